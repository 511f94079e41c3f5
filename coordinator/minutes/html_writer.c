/* Escaped text, tables, lists of names, times, lengths. */
#include "coordinator/minutes/html_writer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/calendar.h"
#include "proto/words/text_day.h"
#include "text_copy.h"

enum {
	DAY_SECONDS = DAY_MS / 1000,
	DIGITS_SIZE = 12,
	NUMBER_SIZE = sizeof("-9223372036854775808"),
};

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

void html_who(const struct html_writer *html, const struct actor *actor)
{
	if (actor->has_account) {
		html_text(html, actor->account);
	} else {
		html_text(html, label_of_role(actor->role, html->language));
	}
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

int html_names_begin(struct html_names *names)
{
	*names = (struct html_names){0};
	names->list = open_memstream(&names->text, &names->length);
	return names->list ? 0 : -ENOMEM;
}

void html_names_add(struct html_names *names, const char *name)
{
	fprintf(names->list, "%s%s", names->has_any ? "; " : "", name);
	names->has_any = true;
}

int html_names_write(struct html_names *names, const struct html_writer *html, enum text_id id,
	const char *placeholder)
{
	return html_names_write_of(
		names, html, id, (struct html_named){"", placeholder, NULL, NULL});
}

int html_names_write_of(struct html_names *names, const struct html_writer *html, enum text_id id,
	struct html_named named)
{
	bool failed = ferror(names->list) != 0;
	failed = fclose(names->list) != 0 || failed;
	if (!failed && names->has_any) {
		html_element(html, "p", named.kind, id,
			(const struct text_value[]){
				{.name = named.placeholder, .text = names->text},
				{.name = named.other, .text = named.value}, {0}});
	}
	free(names->text);
	return failed ? -ENOMEM : 0;
}

static int64_t local_seconds(const struct html_writer *html, struct stamp stamp)
{
	return stamp.ms / 1000 + (int64_t)html->utc_offset * 60;
}

static int64_t local_day(const struct html_writer *html, struct stamp stamp)
{
	int64_t seconds = local_seconds(html, stamp);
	return seconds < 0 ? 0 : seconds / DAY_SECONDS;
}

static int seconds_of_day(const struct html_writer *html, struct stamp stamp)
{
	int64_t seconds = local_seconds(html, stamp);
	return seconds < 0 ? 0 : (int)(seconds % DAY_SECONDS);
}

void html_set_days(struct html_writer *html, const struct minutes *minutes)
{
	const struct minutes_moment *end = minutes->has_closed ? &minutes->closed : &minutes->until;
	const struct minutes_moment *begin = minutes->has_opened ? &minutes->opened : end;
	html->opening_day = local_day(html, begin->wall);
	html->has_several_days = local_day(html, end->wall) != html->opening_day;
}

/* Papers write days below 10 and the months 1 and 2 with a leading 0; other tongues, ISO 8601. */
static void add_date(const struct html_writer *html, struct html_value *value, int64_t day)
{
	struct calendar_date date = mtg_date_of_day(day);
	size_t length = strlen(value->text);
	if (html->language == LANGUAGE_EN) {
		snprintf(value->text + length, sizeof(value->text) - length, " %d-%02d-%02d",
			date.year, date.month, date.day);
	} else {
		snprintf(value->text + length, sizeof(value->text) - length, " %02d/%s%d/%d",
			date.day, date.month < 3 ? "0" : "", date.month, date.year);
	}
}

struct html_value html_time(const struct html_writer *html, struct stamp stamp)
{
	int seconds = seconds_of_day(html, stamp);
	int64_t day = local_day(html, stamp);
	struct html_value value;
	snprintf(value.text, sizeof(value.text), "%02d:%02d:%02d", seconds / 3600,
		seconds / 60 % 60, seconds % 60);
	if (html->has_several_days || day != html->opening_day) {
		add_date(html, &value, day);
	}
	return value;
}

static struct html_value clock_words(const struct html_writer *html, int minutes)
{
	char hour[DIGITS_SIZE], minute[DIGITS_SIZE];
	struct html_value value;
	snprintf(hour, sizeof(hour), "%02d", minutes / 60);
	snprintf(minute, sizeof(minute), "%02d", minutes % 60);
	text_fill(value.text, sizeof(value.text), TEXT_MINUTES_CLOCK, html->language,
		(const struct text_value[]){
			{.name = "hour", .text = hour}, {.name = "minute", .text = minute}, {0}});
	return value;
}

struct html_value html_time_words(const struct html_writer *html, struct stamp stamp)
{
	return clock_words(html, seconds_of_day(html, stamp) / 60);
}

struct html_value html_clock_words(const struct html_writer *html, uint32_t time_of_day)
{
	return clock_words(html, (int)(time_of_day / 60000 % (24 * 60)));
}

struct html_value html_date_words(const struct html_writer *html, const char *date)
{
	struct calendar_date day;
	struct html_value value = {""};
	if (mtg_read_date(date, &day)) {
		text_day(value.text, sizeof(value.text), day.year, day.month, day.day,
			html->language);
	}
	return value;
}

struct html_value html_day_words(const struct html_writer *html, struct stamp stamp)
{
	struct calendar_date date = mtg_date_of_day(local_day(html, stamp));
	struct html_value value;
	text_day(value.text, sizeof(value.text), date.year, date.month, date.day, html->language);
	return value;
}

struct html_value html_clock(
	const struct html_writer *html, const struct minutes *minutes, uint64_t time_of_day)
{
	uint64_t in_minutes = time_of_day / 60000;
	int64_t day;
	struct html_value value;
	snprintf(value.text, sizeof(value.text), "%02" PRIu64 ":%02" PRIu64, in_minutes / 60 % 24,
		in_minutes % 60);
	bool later = time_of_day >= DAY_MS;
	if ((later || html->has_several_days) && mtg_parse_date(minutes->date, &day)) {
		add_date(html, &value, day + time_of_day / DAY_MS);
	}
	return value;
}

static struct html_value signed_span(const char *sign, struct span span)
{
	int64_t seconds = llabs(span.ms) / 1000;
	struct html_value value;
	snprintf(value.text, sizeof(value.text), "%s%" PRId64 ":%02d:%02d", sign, seconds / 3600,
		(int)(seconds / 60 % 60), (int)(seconds % 60));
	return value;
}

struct html_value html_span(struct span span)
{
	return signed_span(span.ms < 0 ? "−" : "", span);
}

struct html_value html_difference(struct span span)
{
	return signed_span(span.ms > 0 ? "+" : span.ms < 0 ? "−" : "", span);
}

/* A number with its unit behind what is there. Below 10 with a leading 0, as papers have it. */
struct counted {
	enum text_id one;
	enum text_id many;
	bool padded;
};

static void add_counted(const struct html_writer *html, struct html_value *value,
	const struct counted *unit, int64_t n)
{
	size_t length = strlen(value->text);
	char number[NUMBER_SIZE];
	bool padded = unit->padded && html->language != LANGUAGE_EN;
	snprintf(number, sizeof(number), padded ? "%02" PRId64 : "%" PRId64, n);
	if (length > 0 && length + 1 < sizeof(value->text)) {
		value->text[length++] = ' ';
	}
	text_fill(value->text + length, sizeof(value->text) - length,
		n == 1 ? unit->one : unit->many, html->language,
		(const struct text_value[]){{.name = "n", .text = number}, {0}});
}

static const struct counted hours = {TEXT_MINUTES_HOUR, TEXT_MINUTES_HOURS, false};
static const struct counted minutes_beside_hours = {
	TEXT_MINUTES_MINUTE, TEXT_MINUTES_MINUTES, true};
static const struct counted minutes_alone = {TEXT_MINUTES_MINUTE, TEXT_MINUTES_MINUTES, false};
static const struct counted seconds_of_minute = {TEXT_MINUTES_SECOND, TEXT_MINUTES_SECONDS, true};

struct html_value html_minutes_words(const struct html_writer *html, int64_t minutes)
{
	struct html_value value = {""};
	if (minutes >= 60 || html->language != LANGUAGE_EN) {
		add_counted(html, &value, &hours, minutes / 60);
	}
	add_counted(html, &value, &minutes_beside_hours, minutes % 60);
	return value;
}

struct html_value html_span_words(const struct html_writer *html, struct span span)
{
	int64_t seconds = span.ms / 1000;
	struct html_value value = {""};
	if (seconds < 1) {
		TEXT_COPY(value.text, text_of(TEXT_MINUTES_NO_SECOND, html->language));
		return value;
	}
	if (seconds >= 3600) {
		add_counted(html, &value, &hours, seconds / 3600);
	}
	if (seconds >= 60) {
		add_counted(html, &value, &minutes_alone, seconds / 60 % 60);
	}
	add_counted(html, &value, &seconds_of_minute, seconds % 60);
	return value;
}
