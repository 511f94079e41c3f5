/*
 * Filling the placeholders of a text of proto/words.
 *
 *	text_fill(out, sizeof(out), TEXT_PLAN_SOUND, LANGUAGE_VI, (const struct text_value[]){
 *		{.name = "name", .text = plan->name}, {.name = "sites", .number = 63}, {0}});
 */
#ifndef DIEMCAU_PROTO_WORDS_TEXT_FILL_H
#define DIEMCAU_PROTO_WORDS_TEXT_FILL_H

#include <stddef.h>
#include <stdint.h>

#include "proto/gen/words.h"

/* The value of {name}: text, or number if text is NULL. */
struct text_value {
	const char *name; /* NULL: the end of the list */
	const char *text;
	int64_t number;
};

/*
 * Writes the text with its values to out. Returns its bytes, without the NUL. A text longer than
 * size - 1 (size > 0) is truncated at a character. values may be NULL; a placeholder without a
 * value stays as it is, which the callers' tests look for. Values are copied unchanged.
 */
size_t text_fill(char *out, size_t size, enum text_id id, enum language language,
	const struct text_value *values);

/* The same piece by piece, of any length: to a sink, which is called in order. */
typedef void text_sink(void *user, const char *bytes, size_t n);
void text_write(enum text_id id, enum language language, const struct text_value *values,
	text_sink *sink, void *user);

/* Appends an element to a list, "a, b": entirely, or not at all if it does not fit in size. */
void text_list(char *list, size_t size, const char *element);

#endif
