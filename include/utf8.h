/*
 * UTF-8 (RFC 3629): one character at a time, and where a text may be cut. Pure.
 */
#ifndef DIEMCAU_UTF8_H
#define DIEMCAU_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Is this byte one within a character, not the first of it? */
static inline bool utf8_continues(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/*
 * The bytes of the character at the beginning of a text of `size` bytes, and its code point. 0
 * where there is none: an end, a byte that begins none, a character that is cut, written longer
 * than it has to be, a surrogate, or beyond the last.
 */
static inline size_t utf8_read(const char *text, size_t size, uint32_t *ret_point)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	uint32_t lead = size > 0 ? (unsigned char)text[0] : 0xFF;
	size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	if (lead < 0x80) {
		*ret_point = lead;
		return 1;
	}
	if (lead < 0xC2 || lead > 0xF4 || size < length) {
		return 0;
	}
	uint32_t point = lead & (0x7FU >> length);
	for (size_t i = 1; i < length; i++) {
		if (!utf8_continues(text[i])) {
			return 0;
		}
		point = point << 6 | ((unsigned char)text[i] & 0x3FU);
	}
	if (point < least[length] || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF) {
		return 0;
	}
	*ret_point = point;
	return length;
}

/*
 * Where to cut a text that is longer than `size` bytes: there, or before the character that would
 * be cut in two. text[size] is read.
 */
static inline size_t utf8_cut(const char *text, size_t size)
{
	while (size > 0 && utf8_continues(text[size])) {
		size--;
	}
	return size;
}

/* The bytes of the first so many characters of a text, or of all of it. */
static inline size_t utf8_first(const char *text, size_t characters)
{
	size_t size = 0;
	for (; text[size] != '\0'; size++) {
		if (!utf8_continues(text[size]) && characters-- == 0) {
			break;
		}
	}
	return size;
}

#endif
