#include "endpoint/cards/caption.h"

#include <glib.h>
#include <stdio.h>

#include "proto/words/text_day.h"

/* Separators of lines, and directional marks (UAX #9), which could make a caption read as another.
 */
static gboolean is_unwanted(gunichar c)
{
	return g_unichar_iscntrl(c) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

char *ep_caption_clean(const char *text)
{
	char *valid = g_utf8_make_valid(text ? text : "", -1);
	char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
	GString *clean = g_string_new(NULL);
	for (char *at = composed ? composed : valid; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		g_string_append_unichar(clean, is_unwanted(c) ? ' ' : c);
	}
	g_free(composed);
	g_free(valid);
	return g_string_free(clean, FALSE);
}

char *ep_caption_escape(const char *text)
{
	char *clean = ep_caption_clean(text);
	char *escaped = g_markup_escape_text(clean, -1);
	g_free(clean);
	return escaped;
}

char *ep_caption_date(const char *iso)
{
	int year;
	int month;
	int day;
	if (!iso || sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) != 3) {
		return g_strdup(iso ? iso : "");
	}
	char text[TEXT_DAY_SIZE];
	text_day(text, sizeof(text), year, month, day, LANGUAGE_VI);
	return g_strdup(text);
}

char *ep_caption_countdown(int64_t left_ms)
{
	enum { SECOND_MS = 1000, MINUTE_S = 60, HOUR_S = 3600 };
	int64_t s = left_ms > 0 ? (left_ms + SECOND_MS - 1) / SECOND_MS : 0;
	if (s < HOUR_S) {
		return g_strdup_printf("%d:%02d", (int)(s / MINUTE_S), (int)(s % MINUTE_S));
	}
	return g_strdup_printf("%d:%02d:%02d", (int)(s / HOUR_S), (int)(s % HOUR_S / MINUTE_S),
		(int)(s % MINUTE_S));
}
