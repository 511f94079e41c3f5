/*
 * Text fitted into a rectangle with Pango: broken well, in lines of about one length, as large as
 * wanted or as small as it must be; and drawn.
 */
#ifndef DIEMCAU_ENDPOINT_CARDS_CARD_FIT_H
#define DIEMCAU_ENDPOINT_CARDS_CARD_FIT_H

#include <pango/pangocairo.h>
#include <stdbool.h>

#include "endpoint/cards/card_template.h"

struct card_fitted {
	char *lines; /* owned, for g_free: the text with its breaks */
	double size; /* of letters */
	double width; /* of all lines together, as they will be drawn */
	double height;
	size_t parted; /* names that had to be */
	bool cut; /* it does not fit even so: lines end in "…" */
};

/*
 * A text into the part's width and this height, with letters of at most `size`. `layout` is any
 * that belongs to the surface to draw on; its text and font are changed.
 */
void card_fit(PangoLayout *layout, const struct card_part *part, const char *text, double size,
	double height, struct card_fitted *ret_fitted);

/* In an area of its width, below its top. */
void card_fit_draw(cairo_t *cairo, PangoLayout *layout, const struct card_part *part,
	const struct card_fitted *fitted, double top);

#endif
