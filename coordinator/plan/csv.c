/*
 * The CSV reader. A row is read cell by cell; a malformed row is read to its end all the same, so
 * that one fault does not shift the rows after it.
 */
#include "coordinator/plan/csv.h"

#include <stdbool.h>
#include <string.h>

#include "utf8.h"

static void skip_bom(struct csv *csv)
{
	if (csv->end - csv->at >= 3 && memcmp(csv->at, "\xef\xbb\xbf", 3) == 0) {
		csv->at += 3;
	}
}

static char most_frequent_separator(const struct csv *csv)
{
	static const char candidates[] = {',', ';', '\t'};
	size_t counts[3] = {0};
	bool quoted = false;
	for (const char *at = csv->at; at < csv->end && (quoted || *at != '\n'); at++) {
		if (*at == '"') {
			quoted = !quoted;
		}
		for (size_t i = 0; i < 3 && !quoted; i++) {
			counts[i] += *at == candidates[i];
		}
	}
	size_t best = 0;
	for (size_t i = 1; i < 3; i++) {
		best = counts[i] > counts[best] ? i : best;
	}
	return candidates[best];
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static void skip_line_end(struct csv *csv)
{
	if (csv->at < csv->end && *csv->at == '\r') {
		csv->at++;
	}
	if (csv->at < csv->end && *csv->at == '\n') {
		csv->at++;
	}
}

/* Excel's own first row, which names the separator: a row as others are, but of no cells. */
static char skip_named_separator(struct csv *csv)
{
	enum { NAMED_SIZE = sizeof("sep=") };
	char *at = csv->at;
	if (csv->end - at < NAMED_SIZE || memcmp(at, "sep=", NAMED_SIZE - 1) != 0) {
		return '\0';
	}
	char named = at[NAMED_SIZE - 1];
	if (!strchr(",;\t", named) ||
		(csv->end - at > NAMED_SIZE && !is_line_end(at[NAMED_SIZE]))) {
		return '\0';
	}
	csv->at += NAMED_SIZE;
	skip_line_end(csv);
	csv->rows++;
	return named;
}

void csv_init(struct csv *csv, char *text, size_t length)
{
	*csv = (struct csv){.text = text, .at = text, .end = text + length};
	skip_bom(csv);
	char named = skip_named_separator(csv);
	csv->separator = named ? named : most_frequent_separator(csv);
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

static bool at_line_end(const struct csv *csv)
{
	return csv->at == csv->end || is_line_end(*csv->at);
}

static void worsen(enum csv_result *result, enum csv_result what)
{
	if (*result == CSV_ROW) {
		*result = what;
	}
}

/* Reads the text after an opening quote into `out`, and moves behind the closing one. */
static char *read_quoted(struct csv *csv, char *out, enum csv_result *result)
{
	while (csv->at < csv->end) {
		char c = *csv->at++;
		if (c == '"' && (csv->at == csv->end || *csv->at != '"')) {
			return out;
		}
		if (c == '"') {
			csv->at++;
		}
		if (is_control(c)) {
			worsen(result, CSV_CONTROL);
		}
		*out++ = c;
	}
	*result = CSV_QUOTE_OPEN;
	return out;
}

static char *read_bare(struct csv *csv, char *out, enum csv_result *result)
{
	while (!at_line_end(csv) && *csv->at != csv->separator) {
		char c = *csv->at++;
		if (c == '"') {
			worsen(result, CSV_QUOTE_STRAY);
		}
		if (is_control(c)) {
			worsen(result, CSV_CONTROL);
		}
		*out++ = c;
	}
	return out;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The no-break space: copied from pages, and not seen. */
static bool is_no_break_space(const char *at)
{
	return memcmp(at, "\xc2\xa0", 2) == 0;
}

static struct csv_cell trimmed(char *from, char *to)
{
	for (bool more = true; more;) {
		size_t n = from < to && is_space(*from)                ? 1
			   : to - from >= 2 && is_no_break_space(from) ? 2
								       : 0;
		from += n;
		more = n > 0;
	}
	for (bool more = true; more;) {
		size_t n = to > from && is_space(to[-1])                 ? 1
			   : to - from >= 2 && is_no_break_space(to - 2) ? 2
									 : 0;
		to -= n;
		more = n > 0;
	}
	return (struct csv_cell){from, (size_t)(to - from)};
}

static void skip_blanks(struct csv *csv)
{
	while (csv->at < csv->end &&
		(*csv->at == ' ' || (*csv->at == '\t' && csv->separator != '\t'))) {
		csv->at++;
	}
}

/* Only spaces may stand between a closing quote and the separator. */
static void finish_quoted(struct csv *csv, enum csv_result *result)
{
	skip_blanks(csv);
	if (!at_line_end(csv) && *csv->at != csv->separator) {
		worsen(result, CSV_QUOTE_STRAY);
		read_bare(csv, csv->at, result);
	}
}

static struct csv_cell read_cell(struct csv *csv, enum csv_result *result)
{
	skip_blanks(csv);
	if (csv->at == csv->end || *csv->at != '"') {
		char *from = csv->at;
		return trimmed(from, read_bare(csv, from, result));
	}
	char *from = ++csv->at;
	char *to = read_quoted(csv, from, result);
	finish_quoted(csv, result);
	return trimmed(from, to);
}

static bool is_utf8(const struct csv_cell *cell)
{
	const char *at = cell->text;
	for (size_t left = cell->length; left > 0;) {
		uint32_t point;
		size_t length = utf8_read(at, left, &point);
		if (length == 0) {
			return false;
		}
		at += length;
		left -= length;
	}
	return true;
}

/* Terminates the cells only once the row is read: a NUL lands where a separator or line end was. */
static void terminate_cells(struct csv_row *row)
{
	for (size_t i = 0; i < row->n_cells; i++) {
		row->cells[i].text[row->cells[i].length] = '\0';
	}
}

static enum csv_result read_row(struct csv *csv, struct csv_row *row)
{
	enum csv_result r = CSV_ROW;
	*row = (struct csv_row){.number = ++csv->rows, .from = (size_t)(csv->at - csv->text)};
	for (;;) {
		struct csv_cell cell = read_cell(csv, &r);
		if (!is_utf8(&cell)) {
			worsen(&r, CSV_ENCODING);
		}
		if (row->n_cells < CSV_CELLS_MAX) {
			row->cells[row->n_cells++] = cell;
		} else if (cell.length > 0) {
			worsen(&r, CSV_TOO_MANY);
		}
		if (at_line_end(csv)) {
			break;
		}
		csv->at++;
	}
	skip_line_end(csv);
	row->to = (size_t)(csv->at - csv->text);
	terminate_cells(row);
	return r;
}

static bool row_is_empty(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n_cells; i++) {
		if (row->cells[i].length > 0) {
			return false;
		}
	}
	return true;
}

enum csv_result csv_next(struct csv *csv, struct csv_row *row)
{
	while (csv->at < csv->end) {
		enum csv_result r = read_row(csv, row);
		if (r != CSV_ROW || !row_is_empty(row)) {
			return r;
		}
	}
	*row = (struct csv_row){.number = csv->rows};
	return CSV_END;
}
