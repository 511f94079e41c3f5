/* From rows of cells to a JSON document, by the type table of the row. */
#include "coordinator/plan/csv_json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/plan/csv.h"

/* columns[i] is the field that cell i of each row fills; NULL where the name is not known. */
struct csv_json_writer {
	struct csv_json *sheet;
	struct plan_diagnostics *faults;
	const char *file;
	const struct msg_type *row_type;
	const struct msg_field *columns[CSV_CELLS_MAX];
	size_t n_columns;
	FILE *out;
};

static const struct msg_type *row_type_of(const struct msg_type *type)
{
	return type->fields[0].type->element;
}

static const struct msg_field *find_field(const struct msg_type *type, const char *name)
{
	for (size_t i = 0; i < type->n_fields; i++) {
		if (strcmp(type->fields[i].name, name) == 0) {
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

static void complain(struct csv_json_writer *writer, enum plan_diagnostic_code code, size_t row,
	const char *field)
{
	plan_diagnostics_add(writer->faults, code, writer->file, row, field, NULL);
	writer->sheet->sound = false;
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
			complain(writer, PLAN_MISSING, row, field->name);
			writer->sheet->absent |= (uint64_t)1 << i;
		}
	}
}

/* A column without a name may stand at the end, as spreadsheets leave them; its cells must be
 * empty. */
static void read_header(struct csv_json_writer *writer, const struct csv_row *row)
{
	for (size_t i = 0; i < row->n_cells; i++) {
		const char *name = row->cells[i].text;
		const struct msg_field *field = find_field(writer->row_type, name);
		if (!field && row->cells[i].length > 0) {
			plan_diagnostics_add_form(writer->faults, PLAN_UNKNOWN_FIELD, writer->file,
				row->number, name, writer->row_type);
			writer->sheet->sound = false;
		} else if (field && has_column(writer, field)) {
			complain(writer, PLAN_COLUMN_TWICE, row->number, name);
			field = NULL;
		}
		writer->columns[i] = field;
		writer->n_columns = i + 1;
	}
	note_absent_columns(writer, row->number);
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

/* Anything but a number stays text, so that the schema check reports it. */
static void write_integer(FILE *out, const struct csv_cell *cell)
{
	const char *digits = cell->text + (cell->text[0] == '-');
	size_t n = strspn(digits, "0123456789");
	if (n == 0 || n > 15 || digits[n] != '\0' || (n > 1 && digits[0] == '0')) {
		write_string(out, cell->text, cell->length);
		return;
	}
	fputs(cell->text, out);
}

static bool is_among(const char *word, const char *const *words)
{
	while (*words && strcmp(*words, word) != 0) {
		words++;
	}
	return *words;
}

static void write_boolean(FILE *out, const struct csv_cell *cell)
{
	static const char *const yes[] = {"1", "x", "X", "yes", "true", "TRUE", "có", "Có", NULL};
	static const char *const no[] = {"0", "no", "false", "FALSE", "không", "Không", NULL};
	if (is_among(cell->text, yes)) {
		fputs("true", out);
	} else if (is_among(cell->text, no)) {
		fputs("false", out);
	} else {
		write_string(out, cell->text, cell->length);
	}
}

static void write_list(FILE *out, const struct csv_cell *cell)
{
	const char *at = cell->text;
	const char *separator = "";
	fputc('[', out);
	while (*at) {
		size_t n = strcspn(at, " \t\r\n");
		if (n > 0) {
			fputs(separator, out);
			write_string(out, at, n);
			separator = ",";
		}
		at += n;
		at += strspn(at, " \t\r\n");
	}
	fputc(']', out);
}

static void write_cell(FILE *out, const struct msg_field *field, const struct csv_cell *cell)
{
	fprintf(out, "\"%s\":", field->name);
	switch (field->type->kind) {
	case MSG_INTEGER:
		write_integer(out, cell);
		return;
	case MSG_BOOLEAN:
		write_boolean(out, cell);
		return;
	case MSG_ARRAY:
		write_list(out, cell);
		return;
	case MSG_STRING:
	case MSG_ENUM:
	case MSG_CONST:
	case MSG_STRUCT:
	case MSG_CHOICE:
	case MSG_VARIANT:
	case MSG_KIND_UNSET:
		break;
	}
	write_string(out, cell->text, cell->length);
}

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

static int write_row(struct csv_json_writer *writer, const struct csv_row *row)
{
	const char *separator = "";
	fputs(writer->sheet->n_rows > 0 ? ",{" : "{", writer->out);
	for (size_t i = 0; i < row->n_cells; i++) {
		const struct csv_cell *cell = &row->cells[i];
		const struct msg_field *field = i < writer->n_columns ? writer->columns[i] : NULL;
		if (i >= writer->n_columns && cell->length > 0) {
			complain(writer, PLAN_CSV_CELLS, row->number, NULL);
		}
		if (field && cell->length > 0) {
			fputs(separator, writer->out);
			write_cell(writer->out, field, cell);
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
		return PLAN_CSV_ENCODING;
	case CSV_TOO_MANY:
	case CSV_ROW:
	case CSV_END:
		break;
	}
	return PLAN_CSV_CELLS;
}

static int write_rows(struct csv_json_writer *writer, struct csv *csv)
{
	struct csv_row row;
	enum csv_result read = csv_next(csv, &row);
	if (read != CSV_ROW) {
		complain(writer, read == CSV_END ? PLAN_MISSING : code_of(read), 1, NULL);
		return 0;
	}
	read_header(writer, &row);
	int r = 0;
	while (r == 0 && (read = csv_next(csv, &row)) != CSV_END) {
		if (read == CSV_ROW) {
			r = write_row(writer, &row);
		} else {
			complain(writer, code_of(read), row.number, NULL);
		}
	}
	return r;
}

int csv_json_read(struct csv_json *sheet, const struct msg_type *type, const char *file, char *text,
	size_t length, struct plan_diagnostics *faults)
{
	*sheet = (struct csv_json){.sound = true};
	struct csv_json_writer writer = {.sheet = sheet,
		.faults = faults,
		.file = file,
		.row_type = row_type_of(type),
		.out = open_memstream(&sheet->json, &sheet->length)};
	if (!writer.out) {
		return -ENOMEM;
	}
	struct csv csv;
	csv_init(&csv, text, length);
	fprintf(writer.out, "{\"%s\":[", type->fields[0].name);
	int r = write_rows(&writer, &csv);
	fputs("]}", writer.out);
	if (fclose(writer.out) != 0) {
		r = -ENOMEM;
	}
	return r;
}

void csv_json_finish(struct csv_json *sheet)
{
	free(sheet->json);
	free(sheet->rows);
	*sheet = (struct csv_json){0};
}
