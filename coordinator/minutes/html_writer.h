/*
 * Private: writing a page: escaped text, times, spans.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_WRITER_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_WRITER_H

#include "domain_msg.h"
#include "minutes_msg.h"

#include <stdbool.h>
#include <stdio.h>

struct html_writer {
	FILE *out;
	enum language language;
	int32_t utc_offset;
};

bool html_is_english(const struct html_writer *html);

/* One of the two, by the language of the page. */
const char *html_word(const struct html_writer *html, const char *vi, const char *en);

/* Markup, as it stands; vi or en by the language of the page. */
void html_markup(const struct html_writer *html, const char *markup);
void html_bilingual(const struct html_writer *html, const char *vi, const char *en);

/* Text of people: escaped. */
void html_text(const struct html_writer *html, const char *text);

/* <td class="kind">text</td>; kind may be "" */
void html_cell(const struct html_writer *html, const char *kind, const char *text);

/* 08:20:05 on the wall of the place; 15/7/2022 likewise. */
void html_time(const struct html_writer *html, struct stamp stamp);
void html_day(const struct html_writer *html, struct stamp stamp);

/* 08:20 of a time of day. */
void html_clock(const struct html_writer *html, uint32_t time_of_day);

/* 9:05 minutes and seconds, 1:02:03 with hours. */
void html_span(const struct html_writer *html, struct span span);

/* +1:05 or −0:30; "" for less than a second. */
void html_difference(const struct html_writer *html, struct span span);

#endif
