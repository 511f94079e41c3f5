/* Texts from people or attackers: each must come out as text. */
#ifndef DIEMCAU_TESTS_UNIT_STRINGS_HOSTILE_STRINGS_H
#define DIEMCAU_TESTS_UNIT_STRINGS_HOSTILE_STRINGS_H

#include <stddef.h>

#include "proto/codec/codec.h"

struct hostile_string {
	const char *what;
	const char *text;
	bool csv; /* allowed in a CSV file: no control character except line ends */
};

extern const struct hostile_string hostile_strings[];
extern const size_t n_hostile_strings;

enum { NASTY_LONG = 64 * 1024 };

/* 64 KB of markup; static. */
const char *hostile_long(void);

bool hostile_is_utf8(const char *text);
bool hostile_has_control(const char *text);
/* Marks that change the direction of the following text (Unicode Annex 9). */
bool hostile_turns_direction(const char *text);

/*
 * Any value of a type: every text without a pattern in the schema is `text` (cut to the schema's
 * length), every optional member is present, every array has two elements, every word is number
 * `word` of its list (modulo its length).
 */
void hostile_fill(const struct msg_type *type, void *value, const char *text, size_t word,
	struct msg_arena *arena);

#endif
