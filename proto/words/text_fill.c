/* Texts with placeholders. */
#include "proto/words/text_fill.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "utf8.h"

enum { NUMBER_SIZE = sizeof("-9223372036854775808") };

static const struct text_value *find(const struct text_value *values, const char *name, size_t n)
{
	for (; values && values->name; values++) {
		if (strlen(values->name) == n && memcmp(values->name, name, n) == 0) {
			return values;
		}
	}
	return NULL;
}

static void write_value(const struct text_value *value, text_sink *sink, void *user)
{
	char digits[NUMBER_SIZE];
	const char *text = value->text;
	if (!text) {
		snprintf(digits, sizeof(digits), "%" PRId64, value->number);
		text = digits;
	}
	sink(user, text, strlen(text));
}

void text_write(enum text_id id, enum language language, const struct text_value *values,
	text_sink *sink, void *user)
{
	const char *at = text_of(id, language);
	while (*at) {
		size_t plain = strcspn(at, "{");
		sink(user, at, plain);
		at += plain;
		if (!*at) {
			return;
		}
		size_t name = strcspn(at, "}"); /* of "{name": the generator checked the rest */
		const struct text_value *value = find(values, at + 1, name - 1);
		if (value) {
			write_value(value, sink, user);
		} else {
			sink(user, at, name + 1);
		}
		at += name + 1;
	}
}

struct buffer {
	char *text;
	size_t length;
	size_t most; /* maximum length of text */
	bool full;
};

/* After a truncation nothing more is appended. */
static void append(void *user, const char *bytes, size_t n)
{
	struct buffer *buffer = user;
	size_t room = buffer->full ? 0 : buffer->most - buffer->length;
	if (n > room) {
		buffer->full = true;
		n = utf8_cut(bytes, room);
	}
	memcpy(buffer->text + buffer->length, bytes, n);
	buffer->length += n;
}

size_t text_fill(char *out, size_t size, enum text_id id, enum language language,
	const struct text_value *values)
{
	struct buffer buffer = {.text = out, .most = size - 1};
	text_write(id, language, values, append, &buffer);
	out[buffer.length] = '\0';
	return buffer.length;
}

void text_list(char *list, size_t size, const char *element)
{
	size_t length = strlen(list);
	const char *separator = length > 0 ? ", " : "";
	if (length + strlen(separator) + strlen(element) < size) {
		snprintf(list + length, size - length, "%s%s", separator, element);
	}
}
