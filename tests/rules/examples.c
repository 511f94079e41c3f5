/*
 * examples FILE...: what the codec says to each line of proto/examples.
 *
 * A line is type, verdict, where, document between tabs; only type and document are read here.
 * Printed for each, for examples.py to compare with verdict and with an independent validator:
 * the codec's verdict, the path and, where it is ok, the document as the codec writes it again.
 * Exits 1 when what it wrote does not read back the same.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/codec/codec.h"

static const struct msg_type *find(const char *name, size_t len)
{
	for (size_t i = 0; i < n_msg_types; i++) {
		if (strlen(msg_types[i]->name) == len &&
			memcmp(msg_types[i]->name, name, len) == 0) {
			return msg_types[i];
		}
	}
	return NULL;
}

/* Decode what was encoded and encode it once more: the text must stay as it is. */
static int reads_back(const struct msg_type *type, const struct msg_text *text, void *value)
{
	struct msg_arena arena = {0};
	struct msg_text again = {0};
	int same = msg_decode(type, text->data, text->len, &arena, value, NULL) == 0 &&
		   msg_append(type, value, &again) == 0 && again.len == text->len &&
		   memcmp(again.data, text->data, text->len) == 0;

	msg_text_finish(&again);
	msg_arena_finish(&arena);
	return same;
}

static int judge(const struct msg_type *type, const char *json, size_t len)
{
	/* One byte longer, and no member is ever empty: types without members have size 0. */
	void *value = calloc(1, type->size + 1);
	struct msg_error error = {0};
	struct msg_arena arena = {0};
	struct msg_text text = {0};
	int fine = 1;
	int r = msg_decode(type, json, len, &arena, value, &error);

	if (r == 0) {
		r = msg_append(type, value, &text);
		fine = r == 0 && reads_back(type, &text, value);
		printf("ok\t\t%s\n", text.data ? text.data : "");
	} else {
		printf("%s\t%s\t\n", msg_code_word(error.code), error.path);
	}
	msg_text_finish(&text);
	msg_arena_finish(&arena);
	free(value);
	return fine;
}

static int judge_line(char *line, size_t len)
{
	const char *parts[4] = {line};
	const struct msg_type *type;

	for (int i = 1; i < 4; i++) {
		const char *tab = memchr(parts[i - 1], '\t', len - (size_t)(parts[i - 1] - line));

		if (!tab) {
			return 0;
		}
		parts[i] = tab + 1;
	}
	type = find(line, (size_t)(parts[1] - line - 1));
	return type && judge(type, parts[3], len - (size_t)(parts[3] - line));
}

int main(int argc, char **argv)
{
	size_t capacity = 0;
	char *line = NULL;
	int bad = 0;

	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "r");
		ssize_t len;

		if (!file) {
			perror(argv[i]);
			return 1;
		}
		while ((len = getline(&line, &capacity, file)) > 0) {
			if (!judge_line(line, (size_t)len - (line[len - 1] == '\n'))) {
				fprintf(stderr, "%s: %s", argv[i], line);
				bad = 1;
			}
		}
		fclose(file);
	}
	free(line);
	return bad;
}
