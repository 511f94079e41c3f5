/*
 * Texts into arrays, the one way to copy them. Pure; texts are UTF-8 and end in NUL.
 */
#ifndef DIEMCAU_TEXT_COPY_H
#define DIEMCAU_TEXT_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "utf8.h"

/*
 * Copy the first `length` bytes of a text into an array of `size` bytes, size > 0. What does not
 * fit is cut before the character that would be cut in two; the rest of the array becomes zero, so
 * the copy ends in NUL and equal texts make equal arrays. False: it was cut. They do not overlap.
 */
static inline bool text_copy_part(char *to, size_t size, const char *from, size_t length)
{
	size_t kept = length < size ? length : utf8_cut(from, size - 1);
	memcpy(to, from, kept);
	memset(to + kept, 0, size - kept);
	return kept == length;
}

/* The same of a whole text. */
static inline bool text_copy(char *to, size_t size, const char *from)
{
	return text_copy_part(to, size, from, strlen(from));
}

/* Into an array by its name; a pointer has another size and will not do. */
#define TEXT_COPY(to, from) text_copy((to), sizeof(to), (from))

/* From array to array, where the compiler knows that nothing is cut; also arrays of texts. */
#define ARRAY_COPY(to, from)                                                                       \
	do {                                                                                       \
		_Static_assert(sizeof(to) >= sizeof(from), "cut short");                           \
		memcpy((to), (from), sizeof(from));                                                \
	} while (0)

#endif
