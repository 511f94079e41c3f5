/* The list of faults, and their sentences. */
#include "coordinator/plan/diagnostics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/plan/field_hint.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

static const struct {
	const char *word;
	enum text_id text;
} codes[PLAN_DIAGNOSTIC_CODE_END] = {
	[PLAN_DIAGNOSTIC_UNSET] = {"unset", TEXT_NONE},
	[PLAN_FILE_MISSING] = {"file_missing", TEXT_PLAN_FAULT_FILE_MISSING},
	[PLAN_FILE_TWICE] = {"file_twice", TEXT_PLAN_FAULT_FILE_TWICE},
	[PLAN_FILE_UNREADABLE] = {"file_unreadable", TEXT_PLAN_FAULT_FILE_UNREADABLE},
	[PLAN_FILE_NO_FILE] = {"file_no_file", TEXT_PLAN_FAULT_FILE_NO_FILE},
	[PLAN_FILE_TOO_LARGE] = {"file_too_large", TEXT_PLAN_FAULT_FILE_TOO_LARGE},
	[PLAN_NOT_JSON] = {"not_json", TEXT_PLAN_FAULT_NOT_JSON},
	[PLAN_CSV_QUOTE] = {"csv_quote", TEXT_PLAN_FAULT_CSV_QUOTE},
	[PLAN_CSV_CELLS] = {"csv_cells", TEXT_PLAN_FAULT_CSV_CELLS},
	[PLAN_CSV_CONTROL] = {"csv_control", TEXT_PLAN_FAULT_CSV_CONTROL},
	[PLAN_CSV_ENCODING] = {"csv_encoding", TEXT_PLAN_FAULT_CSV_ENCODING},
	[PLAN_COLUMN_TWICE] = {"column_twice", TEXT_PLAN_FAULT_COLUMN_TWICE},
	[PLAN_MISSING] = {"missing", TEXT_PLAN_FAULT_MISSING},
	[PLAN_UNKNOWN_FIELD] = {"unknown_field", TEXT_PLAN_FAULT_UNKNOWN_FIELD},
	[PLAN_WRONG_TYPE] = {"wrong_type", TEXT_PLAN_FAULT_WRONG_TYPE},
	[PLAN_UNKNOWN_WORD] = {"unknown_word", TEXT_PLAN_FAULT_UNKNOWN_WORD},
	[PLAN_OUT_OF_RANGE] = {"out_of_range", TEXT_PLAN_FAULT_OUT_OF_RANGE},
	[PLAN_WRONG_LENGTH] = {"wrong_length", TEXT_PLAN_FAULT_WRONG_LENGTH},
	[PLAN_WRONG_FORM] = {"wrong_form", TEXT_PLAN_FAULT_WRONG_FORM},
	[PLAN_WRONG_COUNT] = {"wrong_count", TEXT_PLAN_FAULT_WRONG_COUNT},
	[PLAN_DUPLICATE] = {"duplicate", TEXT_PLAN_FAULT_DUPLICATE},
	[PLAN_NO_SUCH_DAY] = {"no_such_day", TEXT_PLAN_FAULT_NO_SUCH_DAY},
	[PLAN_UNKNOWN_SITE] = {"unknown_site", TEXT_PLAN_FAULT_UNKNOWN_SITE},
	[PLAN_UNKNOWN_REGION] = {"unknown_region", TEXT_PLAN_FAULT_UNKNOWN_REGION},
	[PLAN_UNKNOWN_LIST] = {"unknown_list", TEXT_PLAN_FAULT_UNKNOWN_LIST},
	[PLAN_MAIN_VENUE] = {"main_venue", TEXT_PLAN_FAULT_MAIN_VENUE},
	[PLAN_DAY_OUT] = {"day_out", TEXT_PLAN_FAULT_DAY_OUT},
	[PLAN_DAY_ALONE] = {"day_alone", TEXT_PLAN_FAULT_DAY_ALONE},
	[PLAN_OVERLAP] = {"overlap", TEXT_PLAN_FAULT_OVERLAP},
	[PLAN_FIXED_END] = {"fixed_end", TEXT_PLAN_FAULT_FIXED_END},
	[PLAN_OWNER] = {"owner", TEXT_PLAN_FAULT_OWNER},
};

void plan_diagnostics_finish(struct plan_diagnostics *faults)
{
	free(faults->list);
	*faults = (struct plan_diagnostics){0};
}

static bool grow(struct plan_diagnostics *faults)
{
	if (faults->n >= PLAN_DIAGNOSTICS_MAX) {
		return false;
	}
	if (faults->n < faults->capacity) {
		return true;
	}
	size_t capacity = faults->capacity ? faults->capacity * 2 : 16;
	struct plan_diagnostic *list = realloc(faults->list, capacity * sizeof(*list));
	if (!list) {
		return false;
	}
	faults->list = list;
	faults->capacity = capacity;
	return true;
}

/* Cuts at the end of a character, and removes line breaks. */
static void copy_cut(char *out, size_t size, const char *text)
{
	text_copy(out, size, text ? text : "");
	for (; *out; out++) {
		unsigned char c = (unsigned char)*out;
		*out = c < 0x20 || c == 0x7f ? ' ' : *out;
	}
}

/* NULL: the list is full. */
static struct plan_diagnostic *add(struct plan_diagnostics *faults, enum plan_diagnostic_code code,
	const char *file, size_t row, const char *field)
{
	if (!grow(faults)) {
		faults->n_lost++;
		return NULL;
	}
	struct plan_diagnostic *fault = &faults->list[faults->n++];
	*fault = (struct plan_diagnostic){.code = code, .row = row};
	copy_cut(fault->file, sizeof(fault->file), file);
	copy_cut(fault->field, sizeof(fault->field), field);
	return fault;
}

void plan_diagnostics_add(struct plan_diagnostics *faults, enum plan_diagnostic_code code,
	const char *file, size_t row, const char *field, const char *text)
{
	struct plan_diagnostic *fault = add(faults, code, file, row, field);
	if (fault) {
		copy_cut(fault->text, sizeof(fault->text), text);
	}
}

void plan_diagnostics_add_form(struct plan_diagnostics *faults, enum plan_diagnostic_code code,
	const char *file, size_t row, const char *field, const struct msg_type *wanted)
{
	struct plan_diagnostic *fault = add(faults, code, file, row, field);
	if (fault) {
		fault->wanted = wanted;
	}
}

static size_t rank_of(const struct plan_diagnostic *fault)
{
	static const char *const order[] = {"meeting.", "sites.", "agenda.", "speaking."};
	size_t rank = 0;
	while (rank < 4 && strncmp(fault->file, order[rank], strlen(order[rank])) != 0) {
		rank++;
	}
	return rank;
}

static bool stands_before(const struct plan_diagnostic *a, const struct plan_diagnostic *b)
{
	size_t left = rank_of(a);
	size_t right = rank_of(b);
	return left != right ? left < right : a->row < b->row;
}

/* By insertion: the faults of one row keep their order, and most come in order. */
void plan_diagnostics_sort(struct plan_diagnostics *faults)
{
	for (size_t i = 1; i < faults->n; i++) {
		struct plan_diagnostic fault = faults->list[i];
		size_t at = i;
		while (at > 0 && stands_before(&fault, &faults->list[at - 1])) {
			faults->list[at] = faults->list[at - 1];
			at--;
		}
		faults->list[at] = fault;
	}
}

const char *plan_diagnostic_word(enum plan_diagnostic_code code)
{
	return codes[code].word;
}

void plan_diagnostic_sentence(const struct plan_diagnostic *fault, enum language language,
	char out[static PLAN_SENTENCE_SIZE])
{
	enum { ROW_SIZE = 64 };
	char row[ROW_SIZE] = "", wanted[PLAN_WANTED_SIZE];
	const char *detail = fault->text;
	if (fault->wanted) {
		plan_field_hint(fault->wanted, language, wanted);
		detail = wanted;
	}
	if (fault->row > 0) {
		text_fill(row, sizeof(row), TEXT_PLAN_ROW, language,
			(const struct text_value[]){
				{.name = "row", .number = (int64_t)fault->row}, {0}});
	}
	snprintf(out, PLAN_SENTENCE_SIZE, "%s%s%s%s%s: %s%s%s%s", fault->file, row[0] ? ", " : "",
		row, fault->field[0] ? ", " : "", fault->field,
		text_of(codes[fault->code].text, language), detail[0] ? " (" : "", detail,
		detail[0] ? ")" : "");
}
