/* Texts with placeholders. */
#include "proto/words/text_fill.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_SIZE = sizeof("-9223372036854775808") };

struct sink {
	char *text;
	size_t length;
	size_t most; /* length of text at most */
	bool full;
};

/* Once something is cut, nothing follows it. */
static void append(struct sink *sink, const char *bytes, size_t n)
{
	size_t room = sink->full ? 0 : sink->most - sink->length;
	if (n > room) {
		sink->full = true;
		n = room;
		while (n > 0 && ((unsigned char)bytes[n] & 0xc0) == 0x80) {
			n--;
		}
	}
	memcpy(sink->text + sink->length, bytes, n);
	sink->length += n;
}

static void append_value(struct sink *sink, const struct text_value *value)
{
	char digits[NUMBER_SIZE];
	const char *text = value->text;
	if (!text) {
		snprintf(digits, sizeof(digits), "%" PRId64, value->number);
		text = digits;
	}
	append(sink, text, strlen(text));
}

static const struct text_value *find(const struct text_value *values, const char *name, size_t n)
{
	for (; values && values->name; values++) {
		if (strlen(values->name) == n && memcmp(values->name, name, n) == 0) {
			return values;
		}
	}
	return NULL;
}

size_t text_fill(char *out, size_t size, enum text_id id, enum language language,
	const struct text_value *values)
{
	struct sink sink = {.text = out, .most = size - 1};
	const char *at = text_of(id, language);
	while (*at) {
		size_t plain = strcspn(at, "{");
		append(&sink, at, plain);
		at += plain;
		size_t name = strcspn(at, "}"); /* of "{name", the generator has seen to the rest */
		const struct text_value *value = *at ? find(values, at + 1, name - 1) : NULL;
		if (value) {
			append_value(&sink, value);
		} else {
			append(&sink, at, name + (*at != '\0'));
		}
		at += name + (*at != '\0');
	}
	out[sink.length] = '\0';
	return sink.length;
}

void text_list(char *list, size_t size, const char *element)
{
	size_t length = strlen(list);
	const char *separator = length > 0 ? ", " : "";
	if (length + strlen(separator) + strlen(element) < size) {
		snprintf(list + length, size - length, "%s%s", separator, element);
	}
}
