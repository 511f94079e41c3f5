/*
 * The rectangles of a scene's pictures; which layout it has is chosen in
 * coordinator/meeting/scene.c. Pure.
 *
 * The first pane is the largest: with pip the others are small, in the lower right corner, stacked,
 * clear of the lower third; side by side and gallery give all the same size. The compositor keeps
 * the aspect ratio inside the rectangle.
 *
 * The lower third never covers what is to be read: content makes room for it, and so does a
 * gallery, which reaches the lower edge; side by side ends above it.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_PROGRAM_LAYOUT_H
#define DIEMCAU_ENDPOINT_MEDIA_PROGRAM_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "domain_msg.h"

struct ep_rectangle {
	int left;
	int top;
	int width;
	int height;
};

/*
 * The rectangle of pane i of n on a canvas. False if the layout has no such pane: a solo has one, a
 * slate none.
 */
bool ep_layout_place(enum layout layout, size_t n, size_t i, int width, int height,
	struct ep_rectangle *ret_rectangle);

/* Where the lower third stands: inside the safe area, left of the small pictures. */
void ep_layout_lower_third(int width, int height, struct ep_rectangle *ret_rectangle);

/*
 * Makes room below for a lower third that has come so far (0 to 1): up and smaller, where content
 * is the large picture of the layout, or in a gallery. Other places stay.
 */
void ep_layout_aside(enum layout layout, bool content_first, size_t i, double share, int width,
	struct ep_rectangle *place);

#endif
