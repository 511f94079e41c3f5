/*
 * The templates that come with the program: one for each kind of card and theme, in the program
 * itself, so that no file can be missing or wrong. Read once; the same for ever.
 */
#ifndef DIEMCAU_ENDPOINT_CARDS_CARD_THEME_H
#define DIEMCAU_ENDPOINT_CARDS_CARD_THEME_H

#include <stddef.h>

#include "endpoint/cards/card.h"

/* The text of a template; not ended by NUL. Borrowed for ever. */
const char *card_theme_svg(enum card_theme theme, enum card_kind kind, size_t *ret_size);

#endif
