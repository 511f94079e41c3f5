/* Rectangles of scenes. */
#include "endpoint/media/program/layout.h"

enum {
	PIP_SHARE = 4, /* a quarter of the canvas in each direction */
	MARGIN_SHARE = 36,
	SAFE_PERCENT = 95,
	THIRD_HEIGHT = 190, /* as its template is shaped: 1280 by 190 of 1920 by 1080 */
	TEMPLATE_HEIGHT = 1080,
};

#define ROOM 0.72 /* of the picture stays above the lower third, and clear of a small picture */

/* Compositors handle odd positions in I420 badly. */
static int even(int value)
{
	return value & ~1;
}

static struct ep_rectangle small_pane(size_t i, int width, int height)
{
	int margin = height / MARGIN_SHARE;
	int wide = width / PIP_SHARE;
	int high = height / PIP_SHARE;
	int up = (int)i * (high + margin);
	return (struct ep_rectangle){
		even(width - wide - margin), even(height - margin - up), even(wide), even(high)};
}

static struct ep_rectangle cell(size_t n, size_t i, int width, int height)
{
	size_t columns = 1;
	while (columns * columns < n) {
		columns++;
	}
	size_t rows = (n + columns - 1) / columns;
	int wide = width / (int)columns;
	int high = height / (int)rows;
	return (struct ep_rectangle){even((int)(i % columns) * wide),
		even((int)(i / columns) * high), even(wide), even(high)};
}

static struct ep_rectangle half(size_t i, int width, int height)
{
	return (struct ep_rectangle){
		i == 0 ? 0 : even(width / 2), even(height / 4), even(width / 2), even(height / 2)};
}

bool ep_layout_place(enum layout layout, size_t n, size_t i, int width, int height,
	struct ep_rectangle *ret_rectangle)
{
	struct ep_rectangle whole = {0, 0, width, height};
	if (i >= n) {
		return false;
	}
	switch (layout) {
	case LAYOUT_SOLO:
		*ret_rectangle = whole;
		return i == 0;
	case LAYOUT_PIP:
		*ret_rectangle = i == 0 ? whole : small_pane(i, width, height);
		return true;
	case LAYOUT_SIDE_BY_SIDE:
		*ret_rectangle = n == 1 ? whole : half(i, width, height);
		return i < 2;
	case LAYOUT_GALLERY:
		*ret_rectangle = cell(n, i, width, height);
		return true;
	case LAYOUT_SLATE:
	case LAYOUT_UNSET:
		break;
	}
	return false;
}

void ep_layout_lower_third(int width, int height, struct ep_rectangle *ret_rectangle)
{
	int high = even(height * THIRD_HEIGHT / TEMPLATE_HEIGHT);
	*ret_rectangle = (struct ep_rectangle){even(width - width * SAFE_PERCENT / 100),
		even(height * SAFE_PERCENT / 100 - high), even(width * 2 / 3), high};
}

void ep_layout_aside(enum layout layout, bool content_first, size_t i, double share, int width,
	struct ep_rectangle *place)
{
	double part = 1 - (1 - ROOM) * share;
	bool large = content_first && i == 0 && (layout == LAYOUT_SOLO || layout == LAYOUT_PIP);
	if (!large && layout != LAYOUT_GALLERY) {
		return;
	}
	place->top = even((int)(place->top * part));
	place->height = even((int)(place->height * part));
	if (large) {
		place->width = even((int)(place->width * part));
		place->left =
			layout == LAYOUT_SOLO ? even((width - place->width) / 2) : place->left;
	}
}
