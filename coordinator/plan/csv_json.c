/* From rows of cells to a JSON document, by the type table of the row. */
#include "coordinator/plan/csv_json.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "coordinator/plan/csv.h"
#include "coordinator/plan/csv_joined.h"
#include "text_copy.h"

enum { LIST_WORD_SIZE = 32 }; /* longer than the words of an enum that stand in a list */

/* A column with data and no title: told once, by its first row. */
struct nameless {
	size_t column; /* from 1; 0: none */
	size_t row;
	size_t n_rows;
};

/* columns[i] is the field that cell i of each row fills; NULL where the name is not known. */
struct csv_json_writer {
	struct csv_json *sheet;
	struct plan_diagnostics *faults;
	const char *file;
	const char *untouched; /* the text as it was, for rows that are left out */
	const struct msg_type *row_type;
	const struct msg_field *columns[CSV_CELLS_MAX];
	bool untitled[CSV_CELLS_MAX];
	size_t n_columns;
	struct nameless nameless;
	struct date_order order;
	bool told_inferred;
	bool told_encoding;
	bool told_narrow;
	FILE *out;
	FILE *damaged;
};

static const struct msg_type *row_type_of(const struct msg_type *type)
{
	return type->fields[0].type->element;
}

static const struct msg_field *find_field(const struct msg_type *type, const char *name)
{
	for (size_t i = 0; i < type->n_fields; i++) {
		if (strcasecmp(type->fields[i].name, name) == 0) {
			return &type->fields[i];
		}
	}
	return NULL;
}

bool csv_json_lacks_column(
	const struct csv_json *sheet, const struct msg_type *type, const char *field)
{
	const struct msg_type *row = row_type_of(type);
	const struct msg_field *found = find_field(row, field);
	return found && (sheet->absent >> (found - row->fields) & 1);
}

static struct plan_place place_of(const struct csv_json_writer *writer, size_t row)
{
	return (struct plan_place){writer->file, PLAN_UNIT_ROW, row};
}

static void complain(struct csv_json_writer *writer, enum plan_diagnostic_code code, size_t row,
	const char *field)
{
	plan_diagnostics_add(writer->faults,
		&(struct plan_finding){
			.code = code, .place = place_of(writer, row), .field = field});
}

static bool has_column(const struct csv_json_writer *writer, const struct msg_field *field)
{
	for (size_t i = 0; i < writer->n_columns; i++) {
		if (writer->columns[i] == field) {
			return true;
		}
	}
	return false;
}

static void note_absent_columns(struct csv_json_writer *writer, size_t row)
{
	const struct msg_type *type = writer->row_type;
	for (size_t i = 0; i < type->n_fields && i < 64; i++) {
		const struct msg_field *field = &type->fields[i];
		if (field->presence == MSG_REQUIRED && !has_column(writer, field)) {
			complain(writer, PLAN_MISSING_COLUMN, row, field->name);
			writer->sheet->absent |= (uint64_t)1 << i;
		}
	}
}

/* Reads the titles into the columns; returns how many name a field. */
static size_t match_titles(struct csv_json_writer *writer, const struct csv_row *row)
{
	size_t n = 0;
	for (size_t i = 0; i < row->n_cells; i++) {
		writer->columns[i] = find_field(writer->row_type, row->cells[i].text);
		n += writer->columns[i] != NULL;
	}
	return n;
}

/*
 * A column without a title may stand at the end, as spreadsheets leave them; its cells must be
 * empty.
 */
static void check_titles(struct csv_json_writer *writer, const struct csv_row *row)
{
	for (size_t i = 0; i < row->n_cells; i++) {
		const struct msg_field *field = writer->columns[i];
		const struct csv_cell *title = &row->cells[i];
		if (!field && title->length > 0) {
			plan_diagnostics_add(
				writer->faults, &(struct plan_finding){.code = PLAN_UNKNOWN_FIELD,
							.place = place_of(writer, row->number),
							.field = title->text,
							.wanted = writer->row_type});
		} else if (field && has_column(writer, field)) {
			complain(writer, PLAN_COLUMN_TWICE, row->number, title->text);
			writer->columns[i] = NULL;
		}
		writer->untitled[i] = title->length == 0;
		writer->n_columns = i + 1;
	}
	note_absent_columns(writer, row->number);
}

/* False: the first row has no titles, and the rows below cannot be read. */
static bool read_header(struct csv_json_writer *writer, const struct csv_row *row)
{
	if (match_titles(writer, row) == 0) {
		plan_diagnostics_add(writer->faults, &(struct plan_finding){.code = PLAN_NO_TITLES,
							     .place = place_of(writer, row->number),
							     .text = row->cells[0].text,
							     .wanted = writer->row_type});
		writer->sheet->lost = true;
		return false;
	}
	check_titles(writer, row);
	return true;
}

static void write_string(FILE *out, const char *text, size_t length)
{
	fputc('"', out);
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '"' || c == '\\') {
			fprintf(out, "\\%c", c);
		} else if (c < 0x20 || c == 0x7f) {
			fprintf(out, "\\u%04x", (unsigned)c);
		} else {
			fputc(c, out);
		}
	}
	fputc('"', out);
}

/* ---- cells by the type of their field; what cannot be read stays text ---- */

static void write_text(FILE *out, const struct csv_cell *cell)
{
	write_string(out, cell->text, cell->length);
}

static void write_integer(FILE *out, const struct msg_field *field, const struct csv_cell *cell)
{
	int64_t number;
	bool is_minutes = strcmp(field->name, "minutes") == 0;
	if (is_minutes ? cell_read_minutes(cell->text, &number)
		       : cell_read_number(cell->text, &number)) {
		fprintf(out, "%" PRId64, number);
	} else {
		write_text(out, cell);
	}
}

static void write_boolean(FILE *out, const struct csv_cell *cell)
{
	bool yes;
	if (cell_read_yes(cell->text, &yes)) {
		fputs(yes ? "true" : "false", out);
	} else {
		write_text(out, cell);
	}
}

static void write_clock(FILE *out, const struct csv_cell *cell)
{
	char clock[CELL_CLOCK_SIZE];
	if (cell_read_clock(cell->text, clock)) {
		write_string(out, clock, strlen(clock));
	} else {
		write_text(out, cell);
	}
}

/* A word of the schema in capitals, as spreadsheets begin sentences. */
static void write_word(FILE *out, const struct msg_type *type, const struct csv_cell *cell)
{
	for (size_t i = 0; i < type->n_words; i++) {
		if (strcasecmp(type->words[i], cell->text) == 0) {
			write_string(out, type->words[i], strlen(type->words[i]));
			return;
		}
	}
	write_text(out, cell);
}

static void tell_unclear(struct csv_json_writer *writer, size_t row, const struct msg_field *field,
	const struct csv_cell *cell, const struct cell_date *date)
{
	char example[CELL_DATE_SIZE];
	date_order_write(date, DATE_ORDER_DAY_FIRST, example);
	plan_diagnostics_add(writer->faults, &(struct plan_finding){.code = PLAN_DATE_ORDER,
						     .place = place_of(writer, row),
						     .field = field->name,
						     .text = cell->text,
						     .other_text = example,
						     .number = date->first,
						     .limit = date->second});
}

static void tell_inferred(struct csv_json_writer *writer, size_t row, const struct msg_field *field,
	const struct csv_cell *cell, const char *read)
{
	if (writer->told_inferred) {
		return;
	}
	writer->told_inferred = true;
	plan_diagnostics_add(writer->faults, &(struct plan_finding){.code = PLAN_NOTE_DATE_INFERRED,
						     .place = place_of(writer, row),
						     .field = field->name,
						     .text = cell->text,
						     .other_text = read});
}

static void write_date(struct csv_json_writer *writer, size_t row, const struct msg_field *field,
	const struct csv_cell *cell)
{
	struct cell_date date;
	if (!cell_read_date(cell->text, &date)) {
		write_text(writer->out, cell);
		return;
	}
	enum date_order_word order = date_order_decide(&writer->order);
	char text[CELL_DATE_SIZE];
	date_order_write(&date, order, text);
	write_string(writer->out, text, strlen(text));
	if (!date_order_matters(&date)) {
		return;
	}
	if (order == DATE_ORDER_UNKNOWN) {
		tell_unclear(writer, row, field, cell, &date);
	} else if (date_order_is_inferred(&writer->order)) {
		tell_inferred(writer, row, field, cell, text);
	}
}

/* Words of ids and sources hold none of the signs that part them. */
static void write_list(FILE *out, const struct msg_type *element, const struct csv_cell *cell)
{
	static const char parting[] = " ,;+\t\r\n";
	const char *at = cell->text + strspn(cell->text, parting);
	const char *separator = "";
	fputc('[', out);
	while (*at) {
		size_t n = strcspn(at, parting);
		char word[LIST_WORD_SIZE];
		fputs(separator, out);
		if (n < sizeof(word) && element->kind == MSG_ENUM) {
			text_copy_part(word, sizeof(word), at, n);
			write_word(out, element, &(struct csv_cell){word, n});
		} else {
			write_string(out, at, n);
		}
		separator = ",";
		at += n;
		at += strspn(at, parting);
	}
	fputc(']', out);
}

static void write_cell(struct csv_json_writer *writer, size_t row, const struct msg_field *field,
	const struct csv_cell *cell)
{
	FILE *out = writer->out;
	fprintf(out, "\"%s\":", field->name);
	if (field->type == &msg_plan_clock) {
		write_clock(out, cell);
		return;
	}
	if (field->type == &msg_plan_date) {
		write_date(writer, row, field, cell);
		return;
	}
	switch (field->type->kind) {
	case MSG_INTEGER:
		write_integer(out, field, cell);
		return;
	case MSG_BOOLEAN:
		write_boolean(out, cell);
		return;
	case MSG_ARRAY:
		write_list(out, field->type->element, cell);
		return;
	case MSG_ENUM:
		write_word(out, field->type, cell);
		return;
	case MSG_STRING:
	case MSG_CONST:
	case MSG_STRUCT:
	case MSG_CHOICE:
	case MSG_VARIANT:
	case MSG_KIND_UNSET:
		break;
	}
	write_text(out, cell);
}

/* ---- rows ---- */

static int note_row(struct csv_json *sheet, size_t row)
{
	if (sheet->n_rows == sheet->capacity) {
		size_t capacity = sheet->capacity ? sheet->capacity * 2 : 64;
		size_t *rows = realloc(sheet->rows, capacity * sizeof(*rows));
		if (!rows) {
			return -ENOMEM;
		}
		sheet->rows = rows;
		sheet->capacity = capacity;
	}
	sheet->rows[sheet->n_rows++] = row;
	return 0;
}

static void note_nameless(struct csv_json_writer *writer, size_t column, size_t row)
{
	struct nameless *nameless = &writer->nameless;
	if (nameless->column == 0) {
		*nameless = (struct nameless){.column = column, .row = row};
	}
	nameless->n_rows += column == nameless->column;
}

/* As a spreadsheet names the column: A to Z; no form has more columns than letters. */
static void tell_nameless(struct csv_json_writer *writer)
{
	const struct nameless *nameless = &writer->nameless;
	char letter[] = "A";
	if (nameless->column == 0) {
		return;
	}
	letter[0] = (char)('A' + (nameless->column - 1) % 26);
	plan_diagnostics_add(writer->faults, &(struct plan_finding){.code = PLAN_CSV_CELLS,
						     .place = place_of(writer, nameless->row),
						     .text = letter,
						     .number = (int64_t)nameless->n_rows});
}

/* A number or a day that does not fit its column: a spreadsheet shows ####, and saves that. */
static bool is_too_narrow(
	struct csv_json_writer *writer, size_t row, const char *field, const struct csv_cell *cell)
{
	if (cell->length < 2 || cell->text[strspn(cell->text, "#")] != '\0') {
		return false;
	}
	if (!writer->told_narrow) {
		complain(writer, PLAN_CSV_NARROW, row, field);
	}
	writer->told_narrow = true;
	return true;
}

static int write_row(struct csv_json_writer *writer, const struct csv_row *row)
{
	const char *separator = "";
	fputs(writer->sheet->n_rows > 0 ? ",{" : "{", writer->out);
	for (size_t i = 0; i < row->n_cells; i++) {
		const struct csv_cell *cell = &row->cells[i];
		const struct msg_field *field = i < writer->n_columns ? writer->columns[i] : NULL;
		if (cell->length > 0 && (i >= writer->n_columns || writer->untitled[i])) {
			note_nameless(writer, i + 1, row->number);
		}
		if (field && cell->length > 0 &&
			!is_too_narrow(writer, row->number, field->name, cell)) {
			fputs(separator, writer->out);
			write_cell(writer, row->number, field, cell);
			separator = ",";
		}
	}
	fputc('}', writer->out);
	return note_row(writer->sheet, row->number);
}

static enum plan_diagnostic_code code_of(enum csv_result fault)
{
	switch (fault) {
	case CSV_QUOTE_OPEN:
	case CSV_QUOTE_STRAY:
		return PLAN_CSV_QUOTE;
	case CSV_CONTROL:
		return PLAN_CSV_CONTROL;
	case CSV_ENCODING:
		return PLAN_FILE_ENCODING;
	case CSV_TOO_MANY:
	case CSV_ROW:
	case CSV_END:
		break;
	}
	return PLAN_CSV_CELLS;
}

/* Names of a row that is left out may be meant elsewhere; of the encoding one row is told. */
static void leave_out(
	struct csv_json_writer *writer, enum csv_result fault, const struct csv_row *row)
{
	fwrite(writer->untouched + row->from, 1, row->to - row->from, writer->damaged);
	fputc('\n', writer->damaged);
	if (fault == CSV_TOO_MANY) {
		note_nameless(writer, CSV_CELLS_MAX + 1, row->number);
	} else if (fault != CSV_ENCODING || !writer->told_encoding) {
		complain(writer, code_of(fault), row->number, NULL);
	}
	writer->told_encoding |= fault == CSV_ENCODING;
}

static int write_rows(struct csv_json_writer *writer, struct csv *csv)
{
	struct csv_row row;
	enum csv_result read = csv_next(csv, &row);
	if (read != CSV_ROW) {
		complain(writer, read == CSV_END ? PLAN_FILE_EMPTY : code_of(read), row.number,
			NULL);
		writer->sheet->lost = true;
		return 0;
	}
	if (!read_header(writer, &row)) {
		return 0;
	}
	int r = 0;
	while (r == 0 && (read = csv_next(csv, &row)) != CSV_END) {
		if (read == CSV_ROW) {
			r = write_row(writer, &row);
		} else {
			leave_out(writer, read, &row);
		}
	}
	tell_nameless(writer);
	return r;
}

/* ---- the order of dates, before anything is written ---- */

static bool has_dates(const struct msg_type *type)
{
	for (size_t i = 0; i < type->n_fields; i++) {
		if (type->fields[i].type == &msg_plan_date) {
			return true;
		}
	}
	return false;
}

static void note_dates(struct csv_json_writer *writer, const struct csv_row *row)
{
	for (size_t i = 0; i < row->n_cells; i++) {
		const struct msg_field *field = writer->columns[i];
		struct cell_date date;
		if (field && field->type == &msg_plan_date &&
			cell_read_date(row->cells[i].text, &date)) {
			date_order_note(&writer->order, &date);
		}
	}
}

/* Reads the rows of a copy, which is changed. */
static void find_date_order(struct csv_json_writer *writer, char *copy, size_t length)
{
	struct csv csv;
	struct csv_row row;
	enum csv_result read;
	csv_init(&csv, copy, length);
	if (csv_next(&csv, &row) != CSV_ROW) {
		return;
	}
	match_titles(writer, &row);
	while ((read = csv_next(&csv, &row)) != CSV_END) {
		if (read == CSV_ROW) {
			note_dates(writer, &row);
		}
	}
	memset(writer->columns, 0, sizeof(writer->columns));
}

/* ---- the whole ---- */

static int convert(struct csv_json_writer *writer, const struct csv_json_source *source,
	size_t length, char *copy)
{
	if (has_dates(writer->row_type)) {
		find_date_order(writer, copy, length);
		memcpy(copy, source->text, length);
	}
	writer->untouched = copy;
	struct csv csv;
	csv_init(&csv, source->text, length);
	fprintf(writer->out, "{\"%s\":[", source->type->fields[0].name);
	int r = write_rows(writer, &csv);
	fputs("]}", writer->out);
	return r;
}

static char *copy_of(const char *text, size_t length)
{
	char *copy = malloc(length + 1);
	if (copy) {
		memcpy(copy, text, length);
		copy[length] = '\0';
	}
	return copy;
}

int csv_json_read(struct csv_json *sheet, const struct csv_json_source *source,
	struct plan_diagnostics *faults)
{
	size_t length = source->length;
	csv_undo_joined(source->text, &length);
	*sheet = (struct csv_json){0};
	struct csv_json_writer writer = {.sheet = sheet,
		.faults = faults,
		.file = source->file,
		.row_type = row_type_of(source->type),
		.order = source->order,
		.out = open_memstream(&sheet->json, &sheet->length),
		.damaged = open_memstream(&sheet->damaged, &sheet->damaged_length)};
	char *copy = copy_of(source->text, length);
	int r = writer.out && writer.damaged && copy ? convert(&writer, source, length, copy)
						     : -ENOMEM;
	bool closed = (!writer.out || fclose(writer.out) == 0);
	closed &= !writer.damaged || fclose(writer.damaged) == 0;
	free(copy);
	return closed ? r : -ENOMEM;
}

void csv_json_finish(struct csv_json *sheet)
{
	free(sheet->json);
	free(sheet->rows);
	free(sheet->damaged);
	*sheet = (struct csv_json){0};
}
