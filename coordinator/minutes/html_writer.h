/* Private: writing a page: escaped text, times, spans. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_WRITER_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_WRITER_H

#include <stddef.h>
#include <stdio.h>

#include "domain_msg.h"
#include "minutes_msg.h"
#include "proto/words/text_fill.h"

enum { HTML_VALUE_SIZE = 32 };

struct html_writer {
	FILE *out;
	enum language language;
	int32_t utc_offset;
};

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

/* <td class="kind">text</td>; kind may be "" */
void html_cell(const struct html_writer *html, const char *kind, const char *text);

/* The head of a table, as far as <tbody>. kind as of html_cell(). */
struct html_column {
	const char *kind;
	enum text_id text;
};
void html_table(const struct html_writer *html, const struct html_column *columns, size_t n);

/* ---- values: of cells, or of placeholders ---- */

struct html_value {
	char text[HTML_VALUE_SIZE];
};

/* 08:20:05 on the wall of the place; 15/7/2022 likewise. */
struct html_value html_time(const struct html_writer *html, struct stamp stamp);
struct html_value html_day(const struct html_writer *html, struct stamp stamp);

/* 08:20 of a time of day. */
struct html_value html_clock(uint32_t time_of_day);

/* 9:05 minutes and seconds, 1:02:03 with hours. */
struct html_value html_span(struct span span);

/* +1:05 or −0:30; "" for less than a second. */
struct html_value html_difference(struct span span);

#endif
