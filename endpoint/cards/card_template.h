/*
 * A template of a card: an SVG picture in which rectangles with the ids of fields say where text
 * goes and how it is set (docs/cards.md). Reading is pure.
 *
 * A template is never trusted to be sound: what is wrong with one is a fault with a sentence, and
 * the card is drawn from the template that comes with the program.
 */
#ifndef DIEMCAU_ENDPOINT_CARDS_CARD_TEMPLATE_H
#define DIEMCAU_ENDPOINT_CARDS_CARD_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "endpoint/cards/card.h"

enum {
	CARD_TEMPLATE_BYTES_MAX = 1 << 20,
	CARD_PARTS_MAX = 20, /* fields and rules of one template */
};

enum card_fault {
	CARD_FAULT_NONE,
	CARD_FAULT_TOO_LARGE,
	CARD_FAULT_NOT_XML,
	CARD_FAULT_NO_VIEWBOX,
	CARD_FAULT_FIELD_SHAPE, /* a field is no <rect> with x, y, width and height */
	CARD_FAULT_FIELD_STYLE, /* font-size or colour of a field cannot be read */
	CARD_FAULT_FIELD_OUTSIDE, /* of the picture, or of its safe area */
	CARD_FAULT_FIELD_SMALL, /* the smallest size of its letters is not read from the last row */
	CARD_FAULT_FIELD_TWICE,
	CARD_FAULT_FIELD_MISSING, /* one that this kind of card cannot do without */
	CARD_FAULT_STACK_MISSING, /* a field stands in a stack that there is not */
	CARD_FAULT_NOT_DRAWN, /* the library cannot draw it */
	CARD_FAULTS,
};

/* A stable sentence, in English for the log; static. */
const char *card_fault_text(enum card_fault fault);

struct card_area {
	double left;
	double top;
	double width;
	double height;
};

enum card_align {
	CARD_ALIGN_START, /* left, top */
	CARD_ALIGN_MIDDLE,
	CARD_ALIGN_END,
};

/* A field, or a rule (a line between fields that moves with them: field is CARD_FIELDS). */
struct card_part {
	enum card_field field;
	struct card_area area; /* in units of the view box, like all lengths here */
	double size; /* of letters, wanted */
	double size_min; /* they shrink no further */
	double spacing; /* between letters */
	double gap; /* above it in its stack */
	double colour[3];
	enum card_align across;
	enum card_align down;
	bool bold;
	bool italic;
	bool stacked;
};

struct card_template {
	char *svg; /* owned */
	size_t size;
	double width;
	double height;
	struct card_area stack; /* stacked parts stand below each other in it, in its middle */
	enum card_align stack_down;
	struct card_part parts[CARD_PARTS_MAX];
	size_t n_parts;
	bool has_stack;
};

/* The result is finished with card_template_finish; untouched on a fault. */
enum card_fault card_template_read(
	const char *svg, size_t size, enum card_kind kind, struct card_template *ret_template);
void card_template_finish(struct card_template *template);

#endif
