/* Texts that people write, or that somebody writes for them: each must come out as text. */
#ifndef DIEMCAU_TEST_NASTY_H
#define DIEMCAU_TEST_NASTY_H

#include <stddef.h>

#include "proto/codec.h"

struct nasty {
	const char *what;
	const char *text;
	bool csv; /* may stand in a CSV file: no control character but line ends */
};

extern const struct nasty nasties[];
extern const size_t n_nasties;

enum { NASTY_LONG = 64 * 1024 };

/* 64 KB of markup; lives for ever. */
const char *nasty_long(void);

bool nasty_is_utf8(const char *text);
bool nasty_has_control(const char *text);
/* Marks that turn the direction of what follows (Unicode Annex 9). */
bool nasty_turns_direction(const char *text);

/*
 * Any value of a type: every text that the schema does not bind to a form is `text` (cut to what
 * the schema lets it be), every optional member is there, every array has two elements, every word
 * is number `word` of its list (counted round).
 */
void nasty_fill(const struct msg_type *type, void *value, const char *text, size_t word,
	struct msg_arena *arena);

#endif
