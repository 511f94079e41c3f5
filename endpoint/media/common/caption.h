/*
 * Text for the screen. Captions are Pango markup, where one unescaped "&" makes the whole caption
 * vanish; and Vietnamese names come composed and decomposed. All text from outside is escaped here.
 * Pure. The caller frees the results with g_free.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_COMMON_CAPTION_H
#define DIEMCAU_ENDPOINT_MEDIA_COMMON_CAPTION_H

#include <stddef.h>
#include <stdint.h>

/* NFC, without control and bidirectional override characters, escaped. Never NULL. */
char *ep_caption_escape(const char *text);

struct wire_lower_third;

/*
 * The lower third: who speaks, by name and office, and below, smaller, for whom and from where.
 * Where neither is known it is the site, and below it the unit. Nothing is said twice.
 */
char *ep_caption_lower_third(const struct wire_lower_third *who);

/* The card of a site without a picture: its name, and a notice in both languages. */
char *ep_caption_card(const char *name);

/* The title slate: its lines, then place and date unless a line names the place already. */
char *ep_caption_slate(
	const char *const *lines, size_t n_lines, const char *place, const char *date);

struct wire_site_desired;

/* The title slate of a site, and below it who chair together, side by side. */
char *ep_caption_title(const struct wire_site_desired *desired);

struct told_act;

/* The slate of an act of a ceremony: its item, who, and what is given by whom. */
char *ep_caption_act(const struct told_act *act);

/* Who speaks by telephone, in place of a picture: name, office, for whom and from where. */
char *ep_caption_caller(const struct wire_lower_third *who);

/* The slate of a pause: the title lines, small, what it is, and room below for the countdown. */
char *ep_caption_pause(const struct wire_site_desired *desired);

/* Time left, in whole seconds, as "4:07" or "1:02:30"; what is below zero is none. */
char *ep_caption_countdown(int64_t left_ms);

/* "2022-07-15" as "ngày 15 tháng 7 năm 2022"; other text is returned unchanged. */
char *ep_caption_date(const char *iso);

#endif
