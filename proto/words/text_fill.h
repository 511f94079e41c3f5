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

/* What stands for {name}: text, or number where text is NULL. */
struct text_value {
	const char *name; /* NULL: the list ends */
	const char *text;
	int64_t number;
};

/*
 * Write the text with its values into out: bytes, NUL not counted. What is longer than
 * size - 1 (size > 0) is cut at the end of a character. values may be NULL; a placeholder that it
 * does not name stays as it is, which tests of the callers look for. Values are copied as they are.
 */
size_t text_fill(char *out, size_t size, enum text_id id, enum language language,
	const struct text_value *values);

/* The same of any length: the sink is called with piece after piece. */
typedef void text_sink(void *user, const char *bytes, size_t n);
void text_write(enum text_id id, enum language language, const struct text_value *values,
	text_sink *sink, void *user);

/* Add an element to a list of them, "a, b": whole, or not at all where it does not fit in size. */
void text_list(char *list, size_t size, const char *element);

#endif
