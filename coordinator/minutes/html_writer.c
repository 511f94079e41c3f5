/* Escaped text, times, spans. */
#include "coordinator/minutes/html_writer.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

bool html_is_english(const struct html_writer *html)
{
	return html->language == LANGUAGE_EN;
}

const char *html_word(const struct html_writer *html, const char *vi, const char *en)
{
	return html_is_english(html) ? en : vi;
}

void html_markup(const struct html_writer *html, const char *markup)
{
	fputs(markup, html->out);
}

void html_bilingual(const struct html_writer *html, const char *vi, const char *en)
{
	fputs(html_word(html, vi, en), html->out);
}

/*
 * U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069 turn or isolate the direction of what
 * follows (Unicode Annex 9); a name must not be able to rewrite the row it stands in.
 */
static bool turns_direction(const char *at)
{
	const unsigned char *c = (const unsigned char *)at;
	if (c[0] == 0xd8 && c[1] == 0x9c) {
		return true;
	}
	if (c[0] != 0xe2 || c[1] == 0 || c[2] == 0) {
		return false;
	}
	return (c[1] == 0x80 && (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xaa && c[2] <= 0xae))) ||
	       (c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9);
}

static const char *entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return (unsigned char)c < 0x20 || c == 0x7f ? " " : NULL;
	}
}

void html_text(const struct html_writer *html, const char *text)
{
	for (const char *at = text; *at; at++) {
		const char *entity = entity_of(*at);
		if (entity) {
			fputs(entity, html->out);
		} else if (turns_direction(at)) {
			at += (unsigned char)*at == 0xd8 ? 1 : 2;
		} else {
			fputc(*at, html->out);
		}
	}
}

void html_cell(const struct html_writer *html, const char *kind, const char *text)
{
	if (kind[0]) {
		fprintf(html->out, "<td class=\"%s\">", kind);
	} else {
		fputs("<td>", html->out);
	}
	html_text(html, text);
	fputs("</td>", html->out);
}

static int64_t local_seconds(const struct html_writer *html, struct stamp stamp)
{
	return stamp.ms / 1000 + (int64_t)html->utc_offset * 60;
}

void html_time(const struct html_writer *html, struct stamp stamp)
{
	int seconds = (int)(local_seconds(html, stamp) % 86400);
	fprintf(html->out, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* Days since 1970 to a date of the Gregorian calendar, by eras of 400 years from 1 March 0000. */
void html_day(const struct html_writer *html, struct stamp stamp)
{
	int64_t days = local_seconds(html, stamp) / 86400 + 719468;
	int64_t era = days / 146097;
	int64_t of_era = days % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t shifted = (5 * of_year + 2) / 153;
	int64_t day = of_year - (153 * shifted + 2) / 5 + 1;
	int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
	fprintf(html->out, "%" PRId64 "/%" PRId64 "/%" PRId64, day, month,
		year + era * 400 + (month <= 2));
}

void html_clock(const struct html_writer *html, uint32_t time_of_day)
{
	fprintf(html->out, "%02" PRIu32 ":%02" PRIu32, time_of_day / 3600000,
		time_of_day / 60000 % 60);
}

void html_span(const struct html_writer *html, struct span span)
{
	int64_t seconds = llabs(span.ms) / 1000;
	if (seconds >= 3600) {
		fprintf(html->out, "%" PRId64 ":%02" PRId64 ":%02" PRId64, seconds / 3600,
			seconds / 60 % 60, seconds % 60);
	} else {
		fprintf(html->out, "%" PRId64 ":%02" PRId64, seconds / 60, seconds % 60);
	}
}

void html_difference(const struct html_writer *html, struct span span)
{
	if (llabs(span.ms) < 1000) {
		return;
	}
	fputs(span.ms > 0 ? "+" : "−", html->out);
	html_span(html, span);
}
