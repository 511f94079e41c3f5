/* See text_parts.h. */
#include "coordinator/sheets/text_parts.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

enum { ESCAPE_SIZE = sizeof("_x000D_") - 1 };

void text_parts_clear(struct text_parts *parts)
{
	parts->length = 0;
	parts->text[0] = '\0';
}

void text_parts_add(struct text_parts *parts, const char *text)
{
	size_t room = SHEETS_TEXT_BYTES_MAX - parts->length;
	size_t n = strnlen(text, room + 1);
	n = n > room ? utf8_cut(text, room) : n;
	memcpy(parts->text + parts->length, text, n);
	parts->length += n;
	parts->text[parts->length] = '\0';
}

/* The character below U+0080 of an escape that stands here; -1: none does. */
static int escaped(const char *at)
{
	char digits[5] = "";
	if (strncmp(at, "_x", 2) != 0 || strspn(at + 2, "0123456789abcdefABCDEF") < 4 ||
		at[ESCAPE_SIZE - 1] != '_') {
		return -1;
	}
	memcpy(digits, at + 2, 4);
	long point = strtol(digits, NULL, 16);
	return point > 0 && point < 0x80 ? (int)point : -1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void text_parts_trim(struct text_parts *parts)
{
	char *out = parts->text;
	for (const char *at = parts->text; *at;) {
		int c = escaped(at);
		at += c < 0 ? 1 : ESCAPE_SIZE;
		*out++ = c < 0 ? at[-1] : (char)c;
	}
	while (out > parts->text && is_blank(out[-1])) {
		out--;
	}
	*out = '\0';
	char *from = parts->text;
	while (is_blank(*from)) {
		from++;
	}
	parts->length = (size_t)(out - from);
	memmove(parts->text, from, parts->length + 1);
}
