/* See csv_joined.h. */
#include "coordinator/plan/csv_joined.h"

#include <stdbool.h>
#include <string.h>

static const char separators[] = {',', ';', '\t'};

struct joined_text {
	const char *at;
	const char *end;
	char *out;
	char outer; /* the separator of the program that saved it */
};

static bool at_line_end(const struct joined_text *text)
{
	return text->at == text->end || *text->at == '\n' || *text->at == '\r';
}

static size_t first_line(const char *text, size_t length)
{
	size_t n = 0;
	while (n < length && text[n] != '\n' && text[n] != '\r') {
		n++;
	}
	return n;
}

/* Without what the line is filled up with. */
static size_t titles_end(const char *line, size_t length)
{
	while (length > 0 && memchr(separators, line[length - 1], sizeof(separators))) {
		length--;
	}
	return length;
}

static char most_frequent(const char *line, size_t length)
{
	size_t best = 0, most = 0;
	for (size_t i = 0; i < sizeof(separators); i++) {
		size_t n = 0;
		for (size_t j = 0; j < length; j++) {
			n += line[j] == separators[i];
		}
		if (n > most) {
			most = n;
			best = i;
		}
	}
	return most > 0 ? separators[best] : '\0';
}

/*
 * Behind a quoted cell that begins here. Whether it holds the separator and quotation marks, which
 * alone make a spreadsheet quote the cell of a line it took for one.
 */
static const char *skip_quoted(const char *at, const char *end, char inner, bool *ret_joined)
{
	bool has_inner = false, has_quote = false;
	for (at++; at < end; at++) {
		if (*at == '"' && (at + 1 == end || at[1] != '"')) {
			at++;
			break;
		}
		has_inner |= *at == inner;
		has_quote |= *at == '"';
		at += *at == '"';
	}
	*ret_joined = has_inner && has_quote;
	return at < end ? at : end;
}

/* The outer separator, if the line that begins here was taken for one cell; else NUL. */
static char outer_of_line(const char *at, const char *end, char inner)
{
	bool joined;
	const char *after = skip_quoted(at, end, inner, &joined);
	if (!joined || (after < end && *after == inner)) {
		return '\0';
	}
	if (after < end && memchr(separators, *after, sizeof(separators))) {
		return *after;
	}
	bool ends = after == end || *after == '\n' || *after == '\r';
	return !ends ? '\0' : inner == ',' ? ';' : ',';
}

/* NUL: the text was not saved so. */
static char outer_separator(const char *text, size_t length, char inner)
{
	size_t n = first_line(text, length);
	if (n > 0 && text[n - 1] != inner && memchr(separators, text[n - 1], sizeof(separators))) {
		return text[n - 1];
	}
	const char *end = text + length;
	for (const char *at = text + n; at < end; at += first_line(at, (size_t)(end - at))) {
		while (at < end && (*at == '\n' || *at == '\r')) {
			at++;
		}
		char outer = at < end && *at == '"' ? outer_of_line(at, end, inner) : '\0';
		if (outer) {
			return outer;
		}
	}
	return '\0';
}

/* Only what stands between the quotation marks of a quoted cell; a bare cell as it is. */
static void copy_cell(struct joined_text *text)
{
	if (text->at < text->end && *text->at == '"') {
		text->at++;
		while (text->at < text->end) {
			if (*text->at == '"' && (text->at + 1 == text->end || text->at[1] != '"')) {
				text->at++;
				break;
			}
			text->at += *text->at == '"';
			*text->out++ = *text->at++;
		}
	}
	while (!at_line_end(text) && *text->at != text->outer) {
		*text->out++ = *text->at++;
	}
}

static void copy_line(struct joined_text *text)
{
	const char *from = text->out;
	copy_cell(text);
	while (!at_line_end(text)) {
		*text->out++ = *text->at++;
		copy_cell(text);
	}
	while (text->out > from && text->out[-1] == text->outer) {
		text->out--;
	}
	while (text->at < text->end && at_line_end(text)) {
		*text->out++ = *text->at++;
	}
}

void csv_undo_joined(char *text, size_t *length)
{
	char inner = most_frequent(text, titles_end(text, first_line(text, *length)));
	char outer = inner ? outer_separator(text, *length, inner) : '\0';
	if (!outer) {
		return;
	}
	struct joined_text joined = {
		.at = text, .end = text + *length, .out = text, .outer = outer};
	while (joined.at < joined.end) {
		copy_line(&joined);
	}
	*joined.out = '\0';
	*length = (size_t)(joined.out - text);
}
