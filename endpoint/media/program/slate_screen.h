/*
 * What lies under every picture of the program: the slate, with its countdown, and while pictures
 * are shown the backdrop of its theme, so that no half of a title looks out beside them. Each is
 * drawn when it changes; of the countdown only the digits, once a second. Main thread.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_PROGRAM_SLATE_SCREEN_H
#define DIEMCAU_ENDPOINT_MEDIA_PROGRAM_SLATE_SCREEN_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stdint.h>

#include "endpoint/cards/card.h"
#include "endpoint/media/common/picture_format.h"

struct ep_slate_screen;

/* The canvas is borrowed. Shows the first theme's backdrop until it is told more. */
struct ep_slate_screen *ep_slate_screen_create(const struct ep_picture *canvas);
void ep_slate_screen_destroy(struct ep_slate_screen *screen);

/*
 * The pipeline it is shown in from now on, with the sources "slate" and "countdown" and the pads of
 * the compositor "mix" that they feed, sink_0 and the one named; NULL: none.
 */
void ep_slate_screen_attach(
	struct ep_slate_screen *screen, GstElement *pipeline, const char *countdown_pad);

/* Takes the card's fields. */
void ep_slate_screen_show(struct ep_slate_screen *screen, struct card *card);

/* The instant on the clock of ep_pipeline_now_us that is counted down to; 0: none. */
void ep_slate_screen_countdown(struct ep_slate_screen *screen, int64_t end_us);

enum ep_slate_view {
	EP_SLATE_VIEW_SLATE,
	EP_SLATE_VIEW_BACKDROP, /* pictures are shown now */
	EP_SLATE_VIEW_LOST, /* one was, and has stopped */
};

/* Every 100 ms or so. lost: whose picture has stopped; else unused. */
void ep_slate_screen_check(
	struct ep_slate_screen *screen, enum ep_slate_view view, const char *lost);

#endif
