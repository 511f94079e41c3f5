/*
 * The codec under fire. Input: the name of a type, a newline, a document.
 *
 * Whatever decodes must encode, and what was encoded must decode and encode to the same bytes.
 * msg_survey must accept what msg_decode accepts and report something where it refuses.
 */
#include "proto/codec/codec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool held)
{
	if (!held) {
		abort();
	}
}

static const struct msg_type *type_of(const char *name, size_t len)
{
	for (size_t i = 0; i < n_msg_types; i++) {
		if (strlen(msg_types[i]->name) == len &&
			memcmp(msg_types[i]->name, name, len) == 0) {
			return msg_types[i];
		}
	}
	return NULL;
}

static void count(void *user, const struct msg_error *error)
{
	size_t *n_faults = user;

	demand(error->code != MSG_OK && error->text[0]);
	(*n_faults)++;
}

static void survey_agrees(
	const struct msg_type *type, const char *json, size_t len, int r, void *value)
{
	struct msg_arena arena = {0};
	size_t n_faults = 0;

	demand(msg_survey(type, json, len, &arena, value, count, &n_faults) == 0);
	demand((n_faults > 0) == (r > 0));
	msg_arena_finish(&arena);
}

static void goes_there_and_back(const struct msg_type *type, const void *value, void *again)
{
	struct msg_arena arena = {0};
	struct msg_text first = {0};
	struct msg_text second = {0};

	demand(msg_append(type, value, &first) == 0);
	demand(msg_decode(type, first.data, first.len, &arena, again, NULL) == 0);
	demand(msg_append(type, again, &second) == 0);
	demand(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
	msg_text_finish(&first);
	msg_text_finish(&second);
	msg_arena_finish(&arena);
}

static void check(const struct msg_type *type, const char *json, size_t len)
{
	void *value = malloc(type->size + 1);
	void *again = malloc(type->size + 1);
	struct msg_arena arena = {0};
	int r;

	demand(value && again);
	r = msg_decode(type, json, len, &arena, value, NULL);
	demand(r >= 0);
	if (r == 0) {
		goes_there_and_back(type, value, again);
	}
	survey_agrees(type, json, len, r, again);
	msg_arena_finish(&arena);
	free(value);
	free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *newline = size > 0 ? memchr(text, '\n', size) : NULL;
	const struct msg_type *type;

	if (!newline) {
		return 0;
	}
	type = type_of(text, (size_t)(newline - text));
	if (type && (type->kind == MSG_STRUCT || type->kind == MSG_VARIANT)) {
		check(type, newline + 1, size - (size_t)(newline + 1 - text));
	}
	return 0;
}
