/* See printable.h. */
#include "proto/system/printable.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

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

/* Length of the UTF-8 (RFC 3629) character at `at` and its code point; 0 if there is none. */
static size_t read_character(const unsigned char *at, uint32_t *ret_point)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t length = at[0] < 0x80   ? 1
			: at[0] < 0xc2 ? 0
			: at[0] < 0xe0 ? 2
			: at[0] < 0xf0 ? 3
			: at[0] < 0xf5 ? 4
				       : 0;
	uint32_t point = length < 2 ? at[0] : at[0] & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80) {
			return 0;
		}
		point = point << 6 | (at[i] & 0x3fu);
	}
	bool surrogate = point >= 0xd800 && point <= 0xdfff;
	if (length == 0 || point < least[length] || surrogate || point > 0x10ffff) {
		return 0;
	}
	*ret_point = point;
	return length;
}

/* The escaped form of one character, or of one invalid byte; consumes *ret_taken bytes of text. */
static size_t write_form(const unsigned char *at, char form[ESCAPE_SIZE], size_t *ret_taken)
{
	uint32_t point = 0;
	size_t length = read_character(at, &point);
	*ret_taken = length ? length : 1;
	if (length < 2 && (length == 0 || is_unsafe(point))) {
		return (size_t)snprintf(form, ESCAPE_SIZE, "\\x%02x", at[0]);
	}
	if (is_unsafe(point)) {
		return (size_t)snprintf(form, ESCAPE_SIZE, "\\u{%x}", (unsigned int)point);
	}
	memcpy(form, at, length);
	return length;
}

size_t printable(char *out, size_t size, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t used = 0;
	while (*at) {
		char form[ESCAPE_SIZE];
		size_t taken;
		size_t length = write_form(at, form, &taken);
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
