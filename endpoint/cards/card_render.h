/*
 * A card as a picture: pure, the same card and size give the same pixels. Takes some tens of
 * milliseconds, so a card is drawn when it changes and never for each picture; the countdown is
 * drawn alone, in some hundred microseconds.
 *
 * Not for two threads at once.
 */
#ifndef DIEMCAU_ENDPOINT_CARDS_CARD_RENDER_H
#define DIEMCAU_ENDPOINT_CARDS_CARD_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/cards/card.h"
#include "endpoint/cards/card_template.h"

/* Pixels in 32 bits, alpha high, premultiplied, in the machine's order: 0xAARRGGBB. */
struct card_frame {
	unsigned width;
	unsigned height;
	size_t stride; /* bytes */
	uint8_t *pixels; /* owned */
};

/* Where a field came to stand, in pixels of the frame, and how. */
struct card_place {
	bool drawn;
	bool cut; /* it ends in "…" */
	int left;
	int top;
	int width;
	int height;
	double letters; /* their size */
	size_t lines;
	size_t parted; /* names that a line ends within */
};

struct card_drawn {
	struct card_frame frame;
	struct card_place places[CARD_FIELDS];
	enum card_fault fault; /* of the template that was given; then the built-in one was drawn */
};

/*
 * svg: a template of somebody's own, of `size` bytes; NULL for the theme's. 0; -ENOMEM, or -EINVAL
 * for a size of zero or over 8192. The result is finished with card_drawn_finish.
 */
int card_render(const struct card *card, const char *svg, size_t size, unsigned width,
	unsigned height, struct card_drawn *ret_drawn);

/*
 * A piece of a card that was drawn without its countdown, with this text as its countdown;
 * *ret_left and *ret_top are where it belongs, even numbers, as are its sides. False: the card has
 * no place for one. The frame is finished with card_frame_finish.
 */
bool card_render_countdown(const struct card *card, const struct card_frame *whole,
	const char *text, struct card_frame *ret_frame, int *ret_left, int *ret_top);

void card_frame_finish(struct card_frame *frame);
void card_drawn_finish(struct card_drawn *drawn);

#endif
