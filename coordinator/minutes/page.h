/*
 * Private: writing a page: escaped text, times, spans.
 */
#ifndef DIEMCAU_MINUTES_PAGE_H
#define DIEMCAU_MINUTES_PAGE_H

#include "domain_msg.h"
#include "minutes_msg.h"

#include <stdbool.h>
#include <stdio.h>

struct page {
	FILE *out;
	enum language language;
	int32_t utc_offset;
};

bool page_is_english(const struct page *page);

/* One of the two, by the language of the page. */
const char *page_word(const struct page *page, const char *vi, const char *en);

/* Markup, as it stands; vi or en by the language of the page. */
void page_markup(const struct page *page, const char *markup);
void page_say(const struct page *page, const char *vi, const char *en);

/* Text of people: escaped. */
void page_text(const struct page *page, const char *text);

/* <td class="kind">text</td>; kind may be "" */
void page_cell(const struct page *page, const char *kind, const char *text);

/* 08:20:05 on the wall of the place; 15/7/2022 likewise. */
void page_time(const struct page *page, struct stamp stamp);
void page_day(const struct page *page, struct stamp stamp);

/* 08:20 of a time of day. */
void page_clock(const struct page *page, uint32_t time_of_day);

/* 9:05 minutes and seconds, 1:02:03 with hours. */
void page_span(const struct page *page, struct span span);

/* +1:05 or −0:30; "" for less than a second. */
void page_difference(const struct page *page, struct span span);

#endif
