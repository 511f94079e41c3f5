/* Pango markup for lower third, slate and card. */
#include "endpoint/media/common/caption.h"

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "proto/gen/words.h"
#include "proto/words/text_day.h"
#include "wire_msg.h"

/* Directional marks (UAX #9) could make a caption read as another. */
static gboolean is_directional(gunichar c)
{
	return g_unichar_iscntrl(c) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

char *ep_caption_escape(const char *text)
{
	char *valid = g_utf8_make_valid(text ? text : "", -1);
	char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
	GString *clean = g_string_new(NULL);
	for (char *at = composed ? composed : valid; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		g_string_append_unichar(clean, is_directional(c) ? ' ' : c);
	}
	char *escaped = g_markup_escape_text(clean->str, -1);
	g_string_free(clean, TRUE);
	g_free(composed);
	g_free(valid);
	return escaped;
}

/* Both, with this between them; only one where the other is empty or the same. */
static char *both(const char *first, const char *between, const char *second)
{
	char *one = ep_caption_escape(first);
	char *two = ep_caption_escape(second);
	bool only_two = !one[0];
	bool only_one = !two[0] || strcmp(one, two) == 0;
	char *text = only_two   ? g_strdup(two)
		     : only_one ? g_strdup(one)
				: g_strconcat(one, between, two, NULL);
	g_free(one);
	g_free(two);
	return text;
}

char *ep_caption_lower_third(const struct wire_lower_third *who)
{
	bool person = who->speaker[0] || who->office[0];
	char *first =
		person ? both(who->speaker, " – ", who->office) : ep_caption_escape(who->name);
	char *second = person ? both(who->unit, " · ", who->name) : ep_caption_escape(who->unit);
	const char *mark = who->has_telephone && who->telephone ? "☎ " : "";
	char *markup =
		second[0] && strcmp(first, second) != 0
			? g_strdup_printf("%s<b>%s</b>\n<small>%s</small>", mark, first, second)
			: g_strdup_printf("%s<b>%s</b>", mark, first);
	g_free(first);
	g_free(second);
	return markup;
}

char *ep_caption_caller(const struct wire_lower_third *who)
{
	char *speaker = both(who->speaker, " – ", who->office);
	char *from = both(who->unit, " · ", who->name);
	char *markup = g_strdup_printf("☎ %s · <i>%s</i>\n\n<big><b>%s</b></big>%s%s",
		text_of(TEXT_CAPTION_TELEPHONE, LANGUAGE_VI),
		text_of(TEXT_CAPTION_TELEPHONE, LANGUAGE_EN), speaker[0] ? speaker : from,
		speaker[0] ? "\n" : "", speaker[0] ? from : "");
	g_free(speaker);
	g_free(from);
	return markup;
}

char *ep_caption_card(const char *name)
{
	char *escaped = ep_caption_escape(name);
	char *markup = g_strdup_printf("<b>%s</b>\n<small>%s · %s</small>", escaped,
		text_of(TEXT_CAPTION_NO_PICTURE, LANGUAGE_VI),
		text_of(TEXT_CAPTION_NO_PICTURE, LANGUAGE_EN));
	g_free(escaped);
	return markup;
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

/* Many title slates end in "PLACE, day": then nothing is added. */
static bool has_place(const char *line, const char *place)
{
	return place && place[0] && strstr(line, place);
}

static void add_place(GString *markup, const char *place, const char *date)
{
	char *place_text = ep_caption_escape(place);
	char *written = ep_caption_date(date);
	char *date_text = ep_caption_escape(written);
	const char *between = place_text[0] && date_text[0] ? ", " : "";
	g_string_append_printf(markup, "\n<i>%s%s%s</i>", place_text, between, date_text);
	g_free(place_text);
	g_free(written);
	g_free(date_text);
}

char *ep_caption_act(const struct told_act *act)
{
	char *title = ep_caption_escape(act->title);
	char *name = ep_caption_escape(act->name);
	char *office = ep_caption_escape(act->office);
	char *award = both(act->award, " – ", act->giver);
	char *markup = g_strdup_printf("<i>%s</i>\n\n<big><b>%s</b></big>\n%s\n%s%s", title, name,
		office, office[0] ? "\n" : "", award);
	g_free(title);
	g_free(name);
	g_free(office);
	g_free(award);
	return markup;
}

char *ep_caption_slate(
	const char *const *lines, size_t n_lines, const char *place, const char *date)
{
	GString *markup = g_string_new(NULL);
	bool placed = false;
	for (size_t i = 0; i < n_lines; i++) {
		bool names = has_place(lines[i], place);
		char *line = ep_caption_escape(lines[i]);
		g_string_append_printf(markup, names ? "\n<i>%s</i>" : "<b>%s</b>\n", line);
		g_free(line);
		placed = placed || names;
	}
	if (!placed) {
		add_place(markup, place, date);
	}
	return g_string_free(markup, FALSE);
}

/* Side by side, in one line. */
static void add_chairs(GString *markup, const struct wire_site_desired *desired)
{
	for (size_t i = 0; i < desired->n_chairs; i++) {
		char *chair = ep_caption_escape(desired->chairs[i]);
		g_string_append_printf(markup, "%s%s", i == 0 ? "\n\n<small>" : "   ·   ", chair);
		g_free(chair);
	}
	g_string_append(markup, desired->n_chairs > 0 ? "</small>" : "");
}

char *ep_caption_title(const struct wire_site_desired *desired)
{
	const char *lines[WIRE_SITE_DESIRED_TITLE_LINES_MAX];
	for (size_t i = 0; i < desired->n_title_lines; i++) {
		lines[i] = desired->title_lines[i];
	}
	char *slate = ep_caption_slate(lines, desired->n_title_lines, desired->name, desired->date);
	GString *markup = g_string_new(slate);
	g_free(slate);
	add_chairs(markup, desired);
	return g_string_free(markup, FALSE);
}

char *ep_caption_pause(const struct wire_site_desired *desired)
{
	GString *markup = g_string_new("<small>");
	for (size_t i = 0; i < desired->n_title_lines; i++) {
		char *line = ep_caption_escape(desired->title_lines[i]);
		g_string_append_printf(markup, "%s\n", line);
		g_free(line);
	}
	char *item = ep_caption_escape(desired->item);
	g_string_append_printf(markup, "</small>\n<big><b>%s</b></big>\n", item);
	g_free(item);
	if (desired->pause.has_ends) {
		bool reception = desired->pause.kind == ITEM_KIND_RECEPTION;
		enum text_id text = reception ? TEXT_CAPTION_OPENS_IN : TEXT_CAPTION_RESUMES_IN;
		g_string_append_printf(markup, "%s · <i>%s</i>\n\n\n\n", text_of(text, LANGUAGE_VI),
			text_of(text, LANGUAGE_EN));
	}
	return g_string_free(markup, FALSE);
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
