/* Private: writing a page: escaped text, lists of names, times, lengths. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_WRITER_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "domain_msg.h"
#include "minutes_msg.h"
#include "proto/words/text_fill.h"

enum { HTML_VALUE_SIZE = 96 };

struct html_writer {
	FILE *out;
	enum language language;
	int32_t utc_offset;
	int64_t opening_day; /* counted from 1970-01-01, at the place */
	bool has_several_days;
};

/* Lets times of another day than the opening carry their date; all of them on several days. */
void html_set_days(struct html_writer *html, const struct minutes *minutes);

/* Markup, unescaped. */
void html_markup(const struct html_writer *html, const char *markup);

/* A text of proto/words in the language of the page, escaped; its values are escaped with it. */
void html_say(const struct html_writer *html, enum text_id id);
void html_fill(const struct html_writer *html, enum text_id id, const struct text_value *values);

/* The same within <element>, or <element class="kind"> where kind is not "", and a new line. */
void html_element(const struct html_writer *html, const char *element, const char *kind,
	enum text_id id, const struct text_value *values);

/* Text of people: escaped. */
void html_text(const struct html_writer *html, const char *text);

/* By whom: the account, or the role of what has none. */
void html_who(const struct html_writer *html, const struct actor *actor);

/* <td class="kind">text</td>; kind may be "" */
void html_cell(const struct html_writer *html, const char *kind, const char *text);

/* The head of a table, as far as <tbody>. kind as of html_cell(). */
struct html_column {
	const char *kind;
	enum text_id text;
};
void html_table(const struct html_writer *html, const struct html_column *columns, size_t n);

/*
 * Names as a list, "a; b": names have commas of their own. Begin, add each, write as the value of
 * {sites} or {names}; nothing is written of an empty list. 0 or -ENOMEM, and the list is gone.
 */
struct html_names {
	FILE *list;
	char *text;
	size_t length;
	bool has_any;
};
int html_names_begin(struct html_names *names);
void html_names_add(struct html_names *names, const char *name);
int html_names_write(struct html_names *names, const struct html_writer *html, enum text_id id,
	const char *placeholder);

/* The same as <p class="kind">, with one value beside it: {region}. */
struct html_named {
	const char *kind;
	const char *placeholder;
	const char *other; /* its placeholder; NULL: there is none */
	const char *value;
};
int html_names_write_of(struct html_names *names, const struct html_writer *html, enum text_id id,
	struct html_named named);

/* ---- values: of cells, or of placeholders ---- */

struct html_value {
	char text[HTML_VALUE_SIZE];
};

/* 08:20:05 on the wall of the place, with its date where html_set_days() says so. */
struct html_value html_time(const struct html_writer *html, struct stamp stamp);

/* 8 giờ 20 phút; 08:20. Without seconds. */
struct html_value html_time_words(const struct html_writer *html, struct stamp stamp);

/* ngày 15 tháng 7 năm 2022; 15 July 2022. */
struct html_value html_day_words(const struct html_writer *html, struct stamp stamp);

/* The same of YYYY-MM-DD; empty where that is no day. */
struct html_value html_date_words(const struct html_writer *html, const char *date);

/* The same as html_time_words(), of a time of day in milliseconds. */
struct html_value html_clock_words(const struct html_writer *html, uint32_t time_of_day);

/* 08:20 of a time of day; of a later day with the date, counted from the meeting's. */
struct html_value html_clock(
	const struct html_writer *html, const struct minutes *minutes, uint64_t time_of_day);

/* 0:09:05 of a length; +0:01:05 or −0:00:30 of a difference. */
struct html_value html_span(struct span span);
struct html_value html_difference(struct span span);

/* 0 giờ 05 phút; 5 minutes. */
struct html_value html_minutes_words(const struct html_writer *html, int64_t minutes);

/* 2 phút 05 giây, dưới 01 giây; 2 minutes 5 seconds. */
struct html_value html_span_words(const struct html_writer *html, struct span span);

#endif
