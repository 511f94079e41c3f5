/* Escaped text, tables, times, spans. */
#include "coordinator/minutes/html_writer.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/calendar.h"

void html_markup(const struct html_writer *html, const char *markup)
{
	fputs(markup, html->out);
}

/*
 * U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069 change or isolate the direction of the text
 * that follows (Unicode Annex 9); a name must not be able to reorder its row.
 */
static bool turns_direction(const char *at, size_t n)
{
	const unsigned char *c = (const unsigned char *)at;
	if (n >= 2 && c[0] == 0xd8 && c[1] == 0x9c) {
		return true;
	}
	if (n < 3 || c[0] != 0xe2) {
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

static void escape(void *user, const char *bytes, size_t n)
{
	FILE *out = user;
	for (size_t i = 0; i < n; i++) {
		const char *entity = entity_of(bytes[i]);
		if (entity) {
			fputs(entity, out);
		} else if (turns_direction(bytes + i, n - i)) {
			i += (unsigned char)bytes[i] == 0xd8 ? 1 : 2;
		} else {
			fputc(bytes[i], out);
		}
	}
}

void html_text(const struct html_writer *html, const char *text)
{
	escape(html->out, text, strlen(text));
}

void html_say(const struct html_writer *html, enum text_id id)
{
	html_text(html, text_of(id, html->language));
}

void html_fill(const struct html_writer *html, enum text_id id, const struct text_value *values)
{
	text_write(id, html->language, values, escape, html->out);
}

static void open_element(const struct html_writer *html, const char *element, const char *kind)
{
	fprintf(html->out, kind[0] ? "<%s class=\"%s\">" : "<%s>", element, kind);
}

void html_element(const struct html_writer *html, const char *element, const char *kind,
	enum text_id id, const struct text_value *values)
{
	open_element(html, element, kind);
	html_fill(html, id, values);
	fprintf(html->out, "</%s>\n", element);
}

void html_table(const struct html_writer *html, const struct html_column *columns, size_t n)
{
	html_markup(html, "<table><thead><tr>");
	for (size_t i = 0; i < n; i++) {
		open_element(html, "th", columns[i].kind);
		html_say(html, columns[i].text);
		html_markup(html, "</th>");
	}
	html_markup(html, "</tr></thead><tbody>\n");
}

void html_cell(const struct html_writer *html, const char *kind, const char *text)
{
	open_element(html, "td", kind);
	html_text(html, text);
	html_markup(html, "</td>");
}

static int64_t local_seconds(const struct html_writer *html, struct stamp stamp)
{
	return stamp.ms / 1000 + (int64_t)html->utc_offset * 60;
}

struct html_value html_time(const struct html_writer *html, struct stamp stamp)
{
	int seconds = (int)(local_seconds(html, stamp) % 86400);
	struct html_value value;
	snprintf(value.text, sizeof(value.text), "%02d:%02d:%02d", seconds / 3600,
		seconds / 60 % 60, seconds % 60);
	return value;
}

struct html_value html_day(const struct html_writer *html, struct stamp stamp)
{
	struct calendar_date date = mtg_date_of_day(local_seconds(html, stamp) / 86400);
	struct html_value value;
	snprintf(value.text, sizeof(value.text), "%d/%d/%d", date.day, date.month, date.year);
	return value;
}

struct html_value html_clock(uint32_t time_of_day)
{
	struct html_value value;
	snprintf(value.text, sizeof(value.text), "%02" PRIu32 ":%02" PRIu32, time_of_day / 3600000,
		time_of_day / 60000 % 60);
	return value;
}

static struct html_value signed_span(const char *sign, struct span span)
{
	int64_t seconds = llabs(span.ms) / 1000;
	struct html_value value;
	if (seconds >= 3600) {
		snprintf(value.text, sizeof(value.text), "%s%" PRId64 ":%02" PRId64 ":%02" PRId64,
			sign, seconds / 3600, seconds / 60 % 60, seconds % 60);
	} else {
		snprintf(value.text, sizeof(value.text), "%s%" PRId64 ":%02" PRId64, sign,
			seconds / 60, seconds % 60);
	}
	return value;
}

struct html_value html_span(struct span span)
{
	return signed_span("", span);
}

struct html_value html_difference(struct span span)
{
	if (llabs(span.ms) < 1000) {
		return (struct html_value){""};
	}
	return signed_span(span.ms > 0 ? "+" : "−", span);
}
