/*
 * Words into lines of about one length, by the least cost over all ways to break (as D. Knuth and
 * M. Plass, "Breaking Paragraphs into Lines", 1981). Pure; lengths in any one unit.
 */
#ifndef DIEMCAU_ENDPOINT_CARDS_CARD_LINES_H
#define DIEMCAU_ENDPOINT_CARDS_CARD_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "endpoint/cards/card_words.h"

enum {
	CARD_WORDS_MAX = 128, /* of a paragraph; a field has 200 letters */
	CARD_LINES_MAX = 8, /* of one */
};

struct card_word {
	double width;
	enum card_joint before; /* between it and the word before */
};

struct card_lines {
	size_t n;
	size_t starts[CARD_LINES_MAX]; /* index of each line's first word */
	size_t parted; /* names and words that a line ends within */
};

/*
 * The best way into exactly this many lines, none wider than `width`. False: there is none, or a
 * limit is passed.
 */
bool card_lines_break(const struct card_word *words, size_t n, double space, double width,
	size_t lines, struct card_lines *ret_lines);

/* Into as few lines as there can be; into one more where that saves a name from being parted. */
bool card_lines_fill(const struct card_word *words, size_t n, double space, double width,
	size_t lines_max, struct card_lines *ret_lines);

#endif
