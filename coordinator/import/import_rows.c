/* See import_rows.h. The fields of a part, and the forms of their values, are those of its type. */
#include "coordinator/import/import_rows.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/codec/codec.h"
#include "proto/gen/tables.h"

enum { VALUE_SIZE = 8192 };

static const struct msg_type *const types[IMPORT_PARTS] = {
	[IMPORT_SITES] = &msg_plan_sites,
	[IMPORT_AGENDA] = &msg_plan_agenda,
	[IMPORT_SPEAKING] = &msg_plan_speaking,
};

struct import_row *import_rows_add(struct import_rows *rows)
{
	if (rows->n == rows->capacity) {
		size_t capacity = rows->capacity ? rows->capacity * 2 : 64;
		struct import_row *list = realloc(rows->list, capacity * sizeof(*list));
		if (!list) {
			return NULL;
		}
		rows->list = list;
		rows->capacity = capacity;
	}
	struct import_row *row = &rows->list[rows->n++];
	*row = (struct import_row){0};
	return row;
}

void import_rows_finish(struct import_rows *rows)
{
	free(rows->list);
	*rows = (struct import_rows){0};
}

const char *import_value(const struct import_row *row, enum import_column column)
{
	return row->values[column] ? row->values[column] : "";
}

const char *import_keep(struct msg_arena *arena, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = msg_arena_take(arena, size);
	return copy ? memcpy(copy, text, size) : NULL;
}

static const struct msg_type *row_type(enum import_part part)
{
	return types[part]->fields[0].type->element;
}

static enum import_column column_of(const struct msg_field *field)
{
	for (enum import_column i = IMPORT_FIRST_FIELD; i < IMPORT_COLUMNS; i++) {
		if (strcmp(import_column_field(i), field->name) == 0) {
			return i;
		}
	}
	return IMPORT_NONE;
}

/* ---- from the plan ---- */

static int64_t integer_at(const struct msg_type *type, const char *at)
{
	int64_t wide;
	int32_t narrow;
	if (type->size == sizeof(narrow)) {
		memcpy(&narrow, at, sizeof(narrow));
		return narrow;
	}
	memcpy(&wide, at, sizeof(wide));
	return wide;
}

static const char *word_at(const struct msg_type *type, const char *at)
{
	int value;
	memcpy(&value, at, sizeof(value));
	return value > 0 ? msg_enum_name(type, value) : "";
}

static void write_value(const struct msg_type *type, const char *at, char *out, size_t size)
{
	if (type->kind == MSG_STRING) {
		snprintf(out, size, "%s", at);
	} else if (type->kind == MSG_INTEGER) {
		int64_t number = integer_at(type, at);
		snprintf(out, size, "%" PRId64, number);
		out[0] = number == 0 ? '\0' : out[0]; /* of a row that could not be read */
	} else if (type->kind == MSG_BOOLEAN) {
		snprintf(out, size, "%s", *at ? "x" : "");
	} else if (type->kind == MSG_ENUM) {
		snprintf(out, size, "%s", word_at(type, at));
	}
}

/* Words of a list, parted by spaces. */
static void write_list(const struct msg_field *field, const char *row, char *out, size_t size)
{
	size_t n, used = 0;
	memcpy(&n, row + field->beside, sizeof(n));
	for (size_t i = 0; i < n; i++) {
		used += (size_t)snprintf(out + used, size - used, "%s", i > 0 ? " " : "");
		write_value(field->type->element,
			row + field->offset + i * field->type->element->size, out + used,
			size - used);
		used += strlen(out + used);
	}
}

static bool is_present(const struct msg_field *field, const char *row)
{
	bool has = true;
	if (field->presence != MSG_REQUIRED) {
		memcpy(&has, row + field->presence, sizeof(has));
	}
	return has;
}

static int read_fields(const struct msg_type *type, const char *from, struct msg_arena *arena,
	struct import_row *row)
{
	const char **others = msg_arena_take(arena, type->n_fields * sizeof(*others));
	if (!others) {
		return -ENOMEM;
	}
	row->others = others;
	for (size_t i = 0; i < type->n_fields; i++) {
		const struct msg_field *field = &type->fields[i];
		char text[VALUE_SIZE] = "";
		if (field->type->kind == MSG_ARRAY) {
			write_list(field, from, text, sizeof(text));
		} else if (is_present(field, from)) {
			write_value(field->type, from + field->offset, text, sizeof(text));
		}
		enum import_column column = column_of(field);
		const char *kept = import_keep(arena, text);
		if (!kept) {
			return -ENOMEM;
		}
		*(column ? &row->values[column] : &others[i]) = kept;
	}
	return 0;
}

struct plan_list {
	const char *rows;
	size_t n;
};

static struct plan_list list_of(const struct plan *plan, enum import_part part)
{
	switch (part) {
	case IMPORT_SITES:
		return (struct plan_list){(const char *)plan->sites.sites, plan->sites.n_sites};
	case IMPORT_AGENDA:
		return (struct plan_list){(const char *)plan->agenda.items, plan->agenda.n_items};
	case IMPORT_SPEAKING:
		return (struct plan_list){
			(const char *)plan->speaking.turns, plan->speaking.n_turns};
	case IMPORT_PARTS:
		break;
	}
	return (struct plan_list){0};
}

int import_rows_of_plan(const struct plan *plan, enum import_part part, struct msg_arena *arena,
	struct import_rows *ret_rows)
{
	const struct msg_type *type = row_type(part);
	struct plan_list list = list_of(plan, part);
	int r = 0;
	for (size_t i = 0; i < list.n && r == 0; i++) {
		struct import_row *row = import_rows_add(ret_rows);
		r = row ? read_fields(type, list.rows + i * type->size, arena, row) : -ENOMEM;
	}
	return r;
}

/* ---- to a file ---- */

/* What the row has in a field of its type. */
static const char *value_of(const struct import_row *row, const struct msg_type *type, size_t field)
{
	enum import_column column = column_of(&type->fields[field]);
	if (column) {
		return import_value(row, column);
	}
	return row->others ? row->others[field] : "";
}

static bool is_used(const struct import_rows *rows, const struct msg_type *type, size_t field)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->list[i].fate != IMPORT_DROPPED &&
			value_of(&rows->list[i], type, field)[0] != '\0') {
			return true;
		}
	}
	return type->fields[field].presence == MSG_REQUIRED;
}

static void write_cell(FILE *out, const char *text)
{
	if (text[strcspn(text, ",;\"\t\r\n")] == '\0') {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text; text++) {
		fputs(*text == '"' ? "\"\"" : (char[]){*text, '\0'}, out);
	}
	fputc('"', out);
}

/* One line; the titles where there is no row. */
static void write_line(FILE *out, const struct msg_type *type, const struct import_rows *rows,
	const struct import_row *row)
{
	const char *separator = "";
	for (size_t i = 0; i < type->n_fields; i++) {
		if (is_used(rows, type, i)) {
			fputs(separator, out);
			write_cell(out, row ? value_of(row, type, i) : type->fields[i].name);
			separator = ",";
		}
	}
	fputs("\r\n", out);
}

char *import_rows_csv(const struct import_rows *rows, enum import_part part, size_t *ret_length)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, ret_length);
	if (!out) {
		return NULL;
	}
	fputs("\xef\xbb\xbf", out);
	write_line(out, row_type(part), rows, NULL);
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->list[i].fate != IMPORT_DROPPED) {
			write_line(out, row_type(part), rows, &rows->list[i]);
		}
	}
	bool failed = ferror(out) != 0;
	if (fclose(out) != 0 || failed) {
		free(text);
		return NULL;
	}
	return text;
}
