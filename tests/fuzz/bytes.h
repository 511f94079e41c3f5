/* An input read as a stream of small choices; at its end every choice is 0. */
#ifndef DIEMCAU_TESTS_FUZZ_BYTES_H
#define DIEMCAU_TESTS_FUZZ_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
	const uint8_t *at;
	size_t left;
};

/* What is not so is a finding: the fuzzer sees a crash, with or without assert(). */
#define demand(condition) demand_that((condition), #condition, __FILE__, __LINE__)

static inline void demand_that(bool held, const char *condition, const char *file, int line)
{
	if (!held) {
		fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
		abort();
	}
}

static inline uint8_t bytes_one(struct bytes *bytes)
{
	if (bytes->left == 0) {
		return 0;
	}
	bytes->left--;
	return *bytes->at++;
}

static inline uint16_t bytes_two(struct bytes *bytes)
{
	unsigned high = bytes_one(bytes);

	return (uint16_t)(high << 8 | bytes_one(bytes));
}

/* 0 to n - 1. */
static inline uint32_t bytes_below(struct bytes *bytes, uint32_t n)
{
	uint32_t value = n > 256 ? bytes_two(bytes) : bytes_one(bytes);

	return value % n;
}

/* At most n bytes as they are; returns how many. */
static inline size_t bytes_copy(struct bytes *bytes, uint8_t *to, size_t n)
{
	size_t taken = n < bytes->left ? n : bytes->left;

	if (taken > 0) {
		memcpy(to, bytes->at, taken);
		bytes->at += taken;
		bytes->left -= taken;
	}
	return taken;
}

/* The next line without its newline, borrowed. False: nothing is left. */
static inline bool bytes_line(struct bytes *bytes, const char **ret_line, size_t *ret_length)
{
	const uint8_t *end;

	if (bytes->left == 0) {
		return false;
	}
	end = memchr(bytes->at, '\n', bytes->left);
	*ret_line = (const char *)bytes->at;
	*ret_length = end ? (size_t)(end - bytes->at) : bytes->left;
	bytes->at += *ret_length + (end ? 1 : 0);
	bytes->left -= *ret_length + (end ? 1 : 0);
	return true;
}

/* The same as a text of its own, the caller's to free; "" at the end, cut at a NUL byte. */
static inline char *bytes_text(struct bytes *bytes)
{
	const char *line = NULL;
	size_t length = 0;
	char *text;

	bytes_line(bytes, &line, &length);
	text = malloc(length + 1);
	demand(text != NULL);
	if (length > 0) {
		memcpy(text, line, length);
	}
	text[length] = '\0';
	return text;
}

#endif
