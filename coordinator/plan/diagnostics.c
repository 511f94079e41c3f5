/* The list of faults, and their sentences. */
#include "coordinator/plan/diagnostics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/plan/field_hint.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

/* Parts of a sentence, which all fit into one of PLAN_SENTENCE_SIZE. */
enum { PLACE_SIZE = 160, MESSAGE_SIZE = 440, DETAIL_SIZE = 400 };

static const struct {
	const char *word;
	enum text_id text;
} codes[PLAN_DIAGNOSTIC_CODE_END] = {
	[PLAN_DIAGNOSTIC_UNSET] = {"unset", TEXT_NONE},
	[PLAN_FOLDER_MISSING] = {"folder_missing", TEXT_PLAN_FAULT_FOLDER_MISSING},
	[PLAN_FOLDER_NO_FOLDER] = {"folder_no_folder", TEXT_PLAN_FAULT_FOLDER_NO_FOLDER},
	[PLAN_FOLDER_EMPTY] = {"folder_empty", TEXT_PLAN_FAULT_FOLDER_EMPTY},
	[PLAN_FILE_MISSING] = {"file_missing", TEXT_PLAN_FAULT_FILE_MISSING},
	[PLAN_FILE_MISSING_EITHER] = {"file_missing", TEXT_PLAN_FAULT_FILE_MISSING_EITHER},
	[PLAN_FILE_OTHER_NAME] = {"file_other_name", TEXT_PLAN_FAULT_FILE_OTHER_NAME},
	[PLAN_FILE_RENAMED] = {"file_renamed", TEXT_PLAN_FAULT_FILE_RENAMED},
	[PLAN_FILE_TWICE] = {"file_twice", TEXT_PLAN_FAULT_FILE_TWICE},
	[PLAN_FILE_NO_FILE] = {"file_no_file", TEXT_PLAN_FAULT_FILE_NO_FILE},
	[PLAN_FILE_UNREADABLE] = {"file_unreadable", TEXT_PLAN_FAULT_FILE_UNREADABLE},
	[PLAN_FILE_TOO_LARGE] = {"file_too_large", TEXT_PLAN_FAULT_FILE_TOO_LARGE},
	[PLAN_FILE_EMPTY] = {"file_empty", TEXT_PLAN_FAULT_FILE_EMPTY},
	[PLAN_FILE_WORKBOOK] = {"file_workbook", TEXT_PLAN_FAULT_FILE_WORKBOOK},
	[PLAN_FILE_ENCODING] = {"file_encoding", TEXT_PLAN_FAULT_FILE_ENCODING},
	[PLAN_NOT_JSON] = {"not_json", TEXT_PLAN_FAULT_NOT_JSON},
	[PLAN_NO_TITLES] = {"no_titles", TEXT_PLAN_FAULT_NO_TITLES},
	[PLAN_NO_ROWS] = {"no_rows", TEXT_PLAN_FAULT_NO_ROWS},
	[PLAN_CSV_QUOTE] = {"csv_quote", TEXT_PLAN_FAULT_CSV_QUOTE},
	[PLAN_CSV_CELLS] = {"csv_cells", TEXT_PLAN_FAULT_CSV_CELLS},
	[PLAN_CSV_CONTROL] = {"csv_control", TEXT_PLAN_FAULT_CSV_CONTROL},
	[PLAN_CSV_NARROW] = {"csv_narrow", TEXT_PLAN_FAULT_CSV_NARROW},
	[PLAN_COLUMN_TWICE] = {"column_twice", TEXT_PLAN_FAULT_COLUMN_TWICE},
	[PLAN_MISSING] = {"missing", TEXT_PLAN_FAULT_MISSING},
	[PLAN_MISSING_COLUMN] = {"missing_column", TEXT_PLAN_FAULT_MISSING_COLUMN},
	[PLAN_UNKNOWN_FIELD] = {"unknown_field", TEXT_PLAN_FAULT_UNKNOWN_FIELD},
	[PLAN_WRONG_TYPE] = {"wrong_type", TEXT_PLAN_FAULT_WRONG_TYPE},
	[PLAN_UNKNOWN_WORD] = {"unknown_word", TEXT_PLAN_FAULT_UNKNOWN_WORD},
	[PLAN_OUT_OF_RANGE] = {"out_of_range", TEXT_PLAN_FAULT_OUT_OF_RANGE},
	[PLAN_WRONG_LENGTH] = {"wrong_length", TEXT_PLAN_FAULT_WRONG_LENGTH},
	[PLAN_WRONG_FORM] = {"wrong_form", TEXT_PLAN_FAULT_WRONG_FORM},
	[PLAN_WRONG_COUNT] = {"wrong_count", TEXT_PLAN_FAULT_WRONG_COUNT},
	[PLAN_BLANK] = {"blank", TEXT_PLAN_FAULT_BLANK},
	[PLAN_LINE_BREAK] = {"line_break", TEXT_PLAN_FAULT_LINE_BREAK},
	[PLAN_INVISIBLE] = {"invisible", TEXT_PLAN_FAULT_INVISIBLE},
	[PLAN_GARBLED] = {"garbled", TEXT_PLAN_FAULT_GARBLED},
	[PLAN_DATE_ORDER] = {"date_order", TEXT_PLAN_FAULT_DATE_ORDER},
	[PLAN_DUPLICATE] = {"duplicate", TEXT_PLAN_FAULT_DUPLICATE},
	[PLAN_REPEATED] = {"duplicate", TEXT_PLAN_FAULT_REPEATED},
	[PLAN_NO_SUCH_DAY] = {"no_such_day", TEXT_PLAN_FAULT_NO_SUCH_DAY},
	[PLAN_UNKNOWN_SITE] = {"unknown_site", TEXT_PLAN_FAULT_UNKNOWN_SITE},
	[PLAN_UNKNOWN_REGION] = {"unknown_region", TEXT_PLAN_FAULT_UNKNOWN_REGION},
	[PLAN_UNKNOWN_LIST] = {"unknown_list", TEXT_PLAN_FAULT_UNKNOWN_LIST},
	[PLAN_UNKNOWN_ITEM] = {"unknown_item", TEXT_PLAN_FAULT_UNKNOWN_ITEM},
	[PLAN_TWO_QUORUMS] = {"quorums", TEXT_PLAN_FAULT_QUORUMS},
	[PLAN_OPTIONS] = {"options", TEXT_PLAN_FAULT_OPTIONS},
	[PLAN_NO_CEREMONY] = {"no_ceremony", TEXT_PLAN_FAULT_NO_CEREMONY},
	[PLAN_NO_LISTS] = {"no_lists", TEXT_PLAN_FAULT_NO_LISTS},
	[PLAN_MAIN_VENUE] = {"main_venue", TEXT_PLAN_FAULT_MAIN_VENUE},
	[PLAN_DAY_OUT] = {"day_out", TEXT_PLAN_FAULT_DAY_OUT},
	[PLAN_DAY_ALONE] = {"day_alone", TEXT_PLAN_FAULT_DAY_ALONE},
	[PLAN_OVERLAP] = {"overlap", TEXT_PLAN_FAULT_OVERLAP},
	[PLAN_FIXED_END] = {"fixed_end", TEXT_PLAN_FAULT_FIXED_END},
	[PLAN_RESERVED] = {"reserved", TEXT_PLAN_FAULT_RESERVED},
	[PLAN_OWNER] = {"owner", TEXT_PLAN_FAULT_OWNER},
	[PLAN_NO_PLAYER] = {"no_player", TEXT_PLAN_FAULT_NO_PLAYER},
	[PLAN_SECOND_PLAYER] = {"second_player", TEXT_PLAN_FAULT_SECOND_PLAYER},
	[PLAN_FILM_NAME] = {"film_name", TEXT_PLAN_FAULT_FILM_NAME},
	[PLAN_FILM_ELSEWHERE] = {"film_elsewhere", TEXT_PLAN_FAULT_FILM_ELSEWHERE},
	[PLAN_NOT_A_SITE] = {"not_a_site", TEXT_PLAN_FAULT_NOT_A_SITE},
	[PLAN_NOTE_DATE_INFERRED] = {"note_date_inferred", TEXT_PLAN_NOTE_DATE_INFERRED},
	[PLAN_NOTE_TURN_LONG] = {"note_turn_long", TEXT_PLAN_NOTE_TURN_LONG},
	[PLAN_NOTE_TURNS_LONG] = {"note_turns_long", TEXT_PLAN_NOTE_TURNS_LONG},
	[PLAN_NOTE_MAIN_WITHOUT_CAMERA] = {"note_main_without_camera",
		TEXT_PLAN_NOTE_MAIN_WITHOUT_CAMERA},
	[PLAN_NOTE_MAIN_WITHOUT_VOICE] = {"note_main_without_voice",
		TEXT_PLAN_NOTE_MAIN_WITHOUT_VOICE},
	[PLAN_NOTE_SPEAKER_WITHOUT_VOICE] = {"note_speaker_without_voice",
		TEXT_PLAN_NOTE_SPEAKER_WITHOUT_VOICE},
	[PLAN_NOTE_NO_ACTS] = {"note_no_acts", TEXT_PLAN_NOTE_NO_ACTS},
	[PLAN_NOTE_ONE_PARTY] = {"note_one_party", TEXT_PLAN_NOTE_ONE_PARTY},
	[PLAN_NOTE_NO_SPEAKER] = {"note_no_speaker", TEXT_PLAN_NOTE_NO_SPEAKER},
	[PLAN_NOTE_REPORT_WITHOUT_CONTENT] = {"note_report_without_content",
		TEXT_PLAN_NOTE_REPORT_WITHOUT_CONTENT},
	[PLAN_NOTE_DUE_LATE] = {"note_due_late", TEXT_PLAN_NOTE_DUE_LATE},
	[PLAN_NOTE_NO_VOTE] = {"note_no_vote", TEXT_PLAN_NOTE_NO_VOTE},
	[PLAN_NOTE_NO_TIME] = {"note_no_time", TEXT_PLAN_NOTE_NO_TIME},
	[PLAN_NOTE_HARD_END] = {"note_hard_end", TEXT_PLAN_NOTE_HARD_END},
	[PLAN_NOTE_END_DIFFERS] = {"note_end_differs", TEXT_PLAN_NOTE_END_DIFFERS},
	[PLAN_NOTE_REGION_EMPTY] = {"note_region_empty", TEXT_PLAN_NOTE_REGION_EMPTY},
	[PLAN_NOTE_NO_REMOTE] = {"note_no_remote", TEXT_PLAN_NOTE_NO_REMOTE},
	[PLAN_NOTE_PLACEHOLDER] = {"note_placeholder", TEXT_PLAN_NOTE_PLACEHOLDER},
	[PLAN_NOTE_OFFSET] = {"note_offset", TEXT_PLAN_NOTE_OFFSET},
	[PLAN_NOTE_SPREADSHEET_ID] = {"note_spreadsheet_id", TEXT_PLAN_NOTE_SPREADSHEET_ID},
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

bool plan_diagnostic_is_note(enum plan_diagnostic_code code)
{
	return code >= PLAN_FIRST_NOTE;
}

void plan_diagnostics_add(struct plan_diagnostics *faults, const struct plan_finding *finding)
{
	faults->n_faults += !plan_diagnostic_is_note(finding->code);
	if (!grow(faults)) {
		faults->n_lost++;
		return;
	}
	struct plan_diagnostic *fault = &faults->list[faults->n++];
	*fault = (struct plan_diagnostic){
		.code = finding->code,
		.unit = finding->place.unit,
		.row = finding->place.number,
		.wanted = finding->wanted,
		.other_unit = finding->other.unit,
		.other_row = finding->other.number,
		.number = finding->number,
		.limit = finding->limit,
	};
	copy_cut(fault->file, sizeof(fault->file), finding->place.file);
	copy_cut(fault->field, sizeof(fault->field), finding->field);
	copy_cut(fault->text, sizeof(fault->text), finding->text);
	copy_cut(fault->other_file, sizeof(fault->other_file), finding->other.file);
	copy_cut(fault->other_text, sizeof(fault->other_text), finding->other_text);
}

static size_t rank_of(const struct plan_diagnostic *fault)
{
	static const char *const order[] = {"meeting.", "sites.", "agenda.", "speaking.", "awards.",
		"signing.", "documents.", "votes.", "checklist.", "tasks."};
	size_t rank = 0;
	while (rank < sizeof(order) / sizeof(order[0]) &&
		strncmp(fault->file, order[rank], strlen(order[rank])) != 0) {
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

/* "row 4", "element 2", "line 7"; "" for a whole file. */
static void say_unit(
	enum plan_unit unit, size_t number, enum language language, char out[static PLACE_SIZE])
{
	static const enum text_id texts[] = {
		[PLAN_UNIT_ROW] = TEXT_PLAN_ROW,
		[PLAN_UNIT_ELEMENT] = TEXT_PLAN_ELEMENT,
		[PLAN_UNIT_LINE] = TEXT_PLAN_LINE,
	};
	out[0] = '\0';
	if (unit != PLAN_UNIT_FILE && number > 0) {
		text_fill(out, PLACE_SIZE, texts[unit], language,
			(const struct text_value[]){
				{.name = "row", .number = (int64_t)number}, {0}});
	}
}

/* Appends what parts of a list are given, with commas between them. */
static void join(char *out, size_t size, const char *const *parts)
{
	out[0] = '\0';
	for (; *parts; parts++) {
		if ((*parts)[0] != '\0') {
			text_list(out, size, *parts);
		}
	}
}

static void say_place(const char *file, enum plan_unit unit, size_t number, const char *field,
	enum language language, char out[static PLACE_SIZE])
{
	char counted[PLACE_SIZE];
	say_unit(unit, number, language, counted);
	join(out, PLACE_SIZE, (const char *const[]){file, counted, field, NULL});
}

/* The value found and what is wanted, as far as the sentence has no place for them. */
static void say_detail(const struct plan_diagnostic *fault, enum language language,
	const char *wanted, char out[static DETAIL_SIZE])
{
	const char *text = text_of(codes[fault->code].text, language);
	char quoted[PLACE_SIZE + sizeof("“”")] = "";
	if (fault->text[0] && !strstr(text, "{value}")) {
		text_fill(quoted, sizeof(quoted), TEXT_PLAN_QUOTED, language,
			(const struct text_value[]){{.name = "value", .text = fault->text}, {0}});
	}
	const char *more = strstr(text, "{wanted}") ? "" : wanted;
	out[0] = '\0';
	if (quoted[0] || more[0]) {
		snprintf(out, DETAIL_SIZE, " (%s%s%s)", quoted, quoted[0] && more[0] ? "; " : "",
			more);
	}
}

void plan_diagnostic_sentence(const struct plan_diagnostic *fault, enum language language,
	char out[static PLAN_SENTENCE_SIZE])
{
	char place[PLACE_SIZE], other[PLACE_SIZE], wanted[PLAN_WANTED_SIZE] = "";
	char text[MESSAGE_SIZE], detail[DETAIL_SIZE];
	say_place(fault->file, fault->unit, fault->row, fault->field, language, place);
	say_place(strcmp(fault->file, fault->other_file) == 0 ? "" : fault->other_file,
		fault->other_unit, fault->other_row, "", language, other);
	if (fault->wanted) {
		plan_field_hint(fault->wanted, language, wanted);
	}
	text_fill(text, sizeof(text), codes[fault->code].text, language,
		(const struct text_value[]){
			{.name = "value", .text = fault->text},
			{.name = "wanted", .text = wanted},
			{.name = "other", .text = other},
			{.name = "other_text", .text = fault->other_text},
			{.name = "number", .number = fault->number},
			{.name = "limit", .number = fault->limit},
			{0},
		});
	say_detail(fault, language, wanted, detail);
	const char *note =
		plan_diagnostic_is_note(fault->code) ? text_of(TEXT_PLAN_NOTE_MARK, language) : "";
	snprintf(out, PLAN_SENTENCE_SIZE, "%s%s%s%s%s%s", note, note[0] ? " " : "", place,
		place[0] ? ": " : "", text, detail);
}
