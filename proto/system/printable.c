/* See printable.h. */
#include "proto/system/printable.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "utf8.h"

enum { ESCAPE_SIZE = 16 };

struct range {
	uint32_t first, last;
};

/* Characters that are no controls, and yet change the display or are invisible. */
static const struct range unsafe_ranges[] = {
	{0x0080, 0x009f}, /* C1 */
	{0x061c, 0x061c}, /* Arabic letter mark */
	{0x200e, 0x200f}, /* directional marks */
	{0x2028, 0x202e}, /* line, paragraph; embeddings and overrides */
	{0x2060, 0x206f}, /* word joiner, invisible operators, isolates, deprecated shapers */
	{0xfeff, 0xfeff}, /* byte order mark */
	{0xfff9, 0xfffb}, /* interlinear annotation */
	{0xe0000, 0xe007f}, /* tags */
};

static bool is_unsafe(uint32_t point)
{
	for (size_t i = 0; i < sizeof(unsafe_ranges) / sizeof(unsafe_ranges[0]); i++) {
		if (point >= unsafe_ranges[i].first && point <= unsafe_ranges[i].last) {
			return true;
		}
	}
	return point < 0x20 || point == 0x7f;
}

/* The escaped form of one character, or of one invalid byte; consumes *ret_taken bytes of text. */
static size_t write_form(const char *at, size_t size, char form[ESCAPE_SIZE], size_t *ret_taken)
{
	uint32_t point = 0;
	size_t length = utf8_read(at, size, &point);
	*ret_taken = length ? length : 1;
	if (length < 2 && (length == 0 || is_unsafe(point))) {
		return (size_t)snprintf(form, ESCAPE_SIZE, "\\x%02x", (unsigned char)at[0]);
	}
	if (is_unsafe(point)) {
		return (size_t)snprintf(form, ESCAPE_SIZE, "\\u{%x}", (unsigned int)point);
	}
	memcpy(form, at, length);
	return length;
}

size_t printable(char *out, size_t size, const char *text)
{
	const char *at = text, *end = text + strlen(text);
	size_t used = 0;
	while (at < end) {
		char form[ESCAPE_SIZE];
		size_t taken;
		size_t length = write_form(at, (size_t)(end - at), form, &taken);
		if (used + length >= size) {
			break;
		}
		memcpy(out + used, form, length);
		used += length;
		at += taken;
	}
	out[used] = '\0';
	return used;
}

void print_line(FILE *to, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char line[PRINTABLE_LINE_MAX];
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	char safe[PRINTABLE_LINE_MAX * PRINTABLE_GROWTH];
	printable(safe, sizeof(safe), line);
	fprintf(to, "%s\n", safe);
}
