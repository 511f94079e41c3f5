/*
 * Text for the screen. Vietnamese names come composed and decomposed, and directional marks could
 * make one name read as another: all text from outside is cleaned here. Pure. The caller frees the
 * results with g_free.
 */
#ifndef DIEMCAU_ENDPOINT_CARDS_CAPTION_H
#define DIEMCAU_ENDPOINT_CARDS_CAPTION_H

#include <stdint.h>

/* NFC, without control and bidirectional override characters. NULL is "". Never NULL. */
char *ep_caption_clean(const char *text);

/*
 * The same as Pango markup, where one unescaped "&" makes the whole text vanish: for what
 * GStreamer's elements draw.
 */
char *ep_caption_escape(const char *text);

/* Time left, in whole seconds, as "4:07" or "1:02:30"; what is below zero is none. */
char *ep_caption_countdown(int64_t left_ms);

/* "2022-07-15" as "ngày 15 tháng 7 năm 2022"; other text is returned unchanged. */
char *ep_caption_date(const char *iso);

#endif
