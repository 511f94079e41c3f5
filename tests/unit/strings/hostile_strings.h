/* Texts that people write, or that somebody writes for them: each must come out as text. */
#ifndef DIEMCAU_TESTS_UNIT_STRINGS_HOSTILE_STRINGS_H
#define DIEMCAU_TESTS_UNIT_STRINGS_HOSTILE_STRINGS_H

#include <stddef.h>

#include "proto/codec/codec.h"

struct hostile_string {
	const char *what;
	const char *text;
	bool csv; /* may stand in a CSV file: no control character but line ends */
};

extern const struct hostile_string hostile_strings[];
extern const size_t n_hostile_strings;

enum { NASTY_LONG = 64 * 1024 };

/* 64 KB of markup; lives for ever. */
const char *hostile_long(void);

bool hostile_is_utf8(const char *text);
bool hostile_has_control(const char *text);
/* Marks that turn the direction of what follows (Unicode Annex 9). */
bool hostile_turns_direction(const char *text);

/*
 * Any value of a type: every text that the schema does not bind to a form is `text` (cut to what
 * the schema lets it be), every optional member is there, every array has two elements, every word
 * is number `word` of its list (counted round).
 */
void hostile_fill(const struct msg_type *type, void *value, const char *text, size_t word,
	struct msg_arena *arena);

#endif
