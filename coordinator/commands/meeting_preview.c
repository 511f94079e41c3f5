#include "coordinator/commands/meeting_preview.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"
#include "cleanup.h"
#include "coordinator/commands/change_text.h"
#include "coordinator/commands/command_folder.h"
#include "coordinator/commands/imported_plan.h"
#include "coordinator/commands/meeting_fold.h"
#include "coordinator/engine/clock.h"
#include "coordinator/import/import_preview.h"
#include "coordinator/import/import_words.h"
#include "coordinator/plan/plan_changes.h"
#include "proto/codec/codec.h"
#include "proto/system/language.h"
#include "proto/system/process_limits.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

DEFINE_CLEANUP(struct plan *, plan_destroy)

/* All that a preview is made of. */
struct preview_work {
	const struct preview_order *order;
	enum language language;
	struct meeting_place place;
	struct msg_arena arena;
	struct import_ask ask;
	struct plan *before; /* that the meeting has taken in, as far as it can be read */
	bool sound; /* it is a plan */
	struct meeting *meeting;
	struct import *import;
	struct scratch_folder folder; /* of the plan as it would be */
	struct import_preview preview;
};

/* ---- what is asked ---- */

static int read_ask(struct preview_work *making)
{
	char text[HTTP_BODY_MAX + 1];
	size_t n = fread(text, 1, sizeof(text), stdin);
	if (ferror(stdin)) {
		return -EIO;
	}
	int r = n < sizeof(text)
			? msg_decode(&msg_import_ask, text, n, &making->arena, &making->ask, NULL)
			: -EFBIG;
	return r > 0 ? -EINVAL : r;
}

/* ---- the meeting and its plan ---- */

/* What can be read of it is put together with the file, sound or not. */
static int read_plan(struct preview_work *making)
{
	struct plan_diagnostics faults = {0};
	int r = plan_read(making->place.plan, &making->before, &faults);
	making->sound = r == 0;
	plan_diagnostics_finish(&faults);
	return r > 0 ? 0 : r;
}

static int open_meeting(struct preview_work *making)
{
	int r = meeting_place_of_folder(making->order->folder, &making->place);
	r = r == 0 ? meeting_fold(making->place.journal, &making->meeting) : r;
	r = r == 0 ? read_plan(making) : r;
	if (r == 0) {
		making->preview.seq = (uint64_t)mtg_last_seq(making->meeting);
		making->import = import_create(making->before);
		r = making->import ? 0 : -ENOMEM;
	}
	return r;
}

/* ---- the file ---- */

/* What is no correction of a cell is of no file, and changes nothing. */
static void correct(struct preview_work *making)
{
	for (size_t i = 0; i < making->ask.n_corrections; i++) {
		(void)import_correct(making->import, making->ask.corrections[i]);
	}
}

static const char *name_of(const struct preview_order *order)
{
	return order->name ? order->name : order->file;
}

static void tell_fault(struct preview_work *making, int fault)
{
	char line[IMPORT_LINE_SIZE];
	text_fill(line, sizeof(line), import_fault_text(fault), making->language,
		(const struct text_value[]){{.name = "name", .text = name_of(making->order)}, {0}});
	PREVIEW_SENTENCE(making->preview.fault, line);
	making->preview.has_fault = true;
}

static int read_file(struct preview_work *making)
{
	correct(making);
	int r = import_file(making->import, making->order->file);
	if (r == -EFBIG || r > 0) {
		tell_fault(making, r > 0 ? r : SHEETS_TOO_LARGE);
		return 0;
	}
	if (r < 0) {
		return r;
	}
	making->import->files[0].name = name_of(making->order);
	r = import_merge(making->import);
	return r == 0 ? import_preview_fill(
				making->import, making->language, &making->arena, &making->preview)
		      : r;
}

/* ---- the plan as it would be ---- */

static bool touches(const struct import *import)
{
	bool any = false;
	for (enum import_part part = 0; part < IMPORT_PARTS; part++) {
		any = any || import_touches(import, part);
	}
	return any;
}

/* The row of the file that became this row of a part's CSV, whose titles are its first row. */
static const struct import_row *row_of_csv(
	const struct import *import, enum import_part part, size_t number)
{
	const struct import_rows *rows = &import->merged[part];
	size_t at = 1;
	for (size_t i = 0; i < rows->n; i++) {
		at += rows->list[i].fate != IMPORT_DROPPED;
		if (at == number && rows->list[i].fate != IMPORT_DROPPED) {
			return &rows->list[i];
		}
	}
	return NULL;
}

static const struct import_row *row_of_fault(
	const struct import *import, const char *file, enum plan_unit unit, size_t number)
{
	for (enum import_part part = 0; part < IMPORT_PARTS && unit == PLAN_UNIT_ROW; part++) {
		const char *name = import_part_name(part);
		size_t length = strlen(name);
		if (strncmp(file, name, length) == 0 && strcmp(file + length, ".csv") == 0 &&
			import_touches(import, part)) {
			const struct import_row *row = row_of_csv(import, part, number);
			return row && row->row > 0 ? row : NULL;
		}
	}
	return NULL;
}

/* Told where it stands in the file, where it stands there; the plan's own files else. */
static void place_fault(
	const struct import *import, struct plan_diagnostic *fault, struct import_fault *ret_fault)
{
	const struct import_row *row = row_of_fault(import, fault->file, fault->unit, fault->row);
	const struct import_row *other =
		row_of_fault(import, fault->other_file, fault->other_unit, fault->other_row);
	if (other) {
		fault->other_row = other->row;
	}
	if (!row) {
		return;
	}
	const struct import_table *table = &import->tables[row->table];
	const struct sheets *sheets = import->files_of[row->table]->sheets;
	ret_fault->has_sheet = ret_fault->has_row = true;
	ret_fault->sheet = (uint32_t)(table->sheet - sheets->list) + 1;
	ret_fault->row = (uint32_t)row->row;
	ret_fault->has_column = import_preview_column(table, fault->field, ret_fault->column);
	fault->unit = PLAN_UNIT_FILE;
	if (strcmp(fault->file, fault->other_file) == 0) {
		fault->other_file[0] = '\0'; /* of the same table */
	}
	fault->file[0] = '\0';
}

static int add_faults(struct preview_work *making, struct plan_diagnostics *faults)
{
	size_t most = faults->n < IMPORT_PREVIEW_FAULTS_MAX ? faults->n : IMPORT_PREVIEW_FAULTS_MAX;
	struct import_fault *list = msg_arena_take(&making->arena, (most + 1) * sizeof(*list));
	if (!list) {
		return -ENOMEM;
	}
	making->preview.faults = list;
	for (size_t i = 0; i < most; i++) {
		char sentence[PLAN_SENTENCE_SIZE];
		if (plan_diagnostic_is_note(faults->list[i].code)) {
			continue;
		}
		struct import_fault *fault = &list[making->preview.n_faults++];
		place_fault(making->import, &faults->list[i], fault);
		plan_diagnostic_sentence(&faults->list[i], making->language, sentence);
		PREVIEW_SENTENCE(fault->text, sentence);
	}
	return 0;
}

/* ---- what it asks of the meeting ---- */

static struct now present(const struct meeting *meeting)
{
	struct clock_reading reading;
	clock_read(&reading);
	return (struct now){.wall = reading.wall, .at = mtg_last_at(meeting)};
}

static void tell_change(
	const struct preview_work *making, const struct plan_change *from, struct import_change *to)
{
	char text[CHANGE_TEXT_SIZE];
	change_text(from, making->language, text);
	PREVIEW_SENTENCE(to->text, text);
	to->command.body = from->command;
	to->has_refusal = to->has_why = from->refusal != REFUSAL_UNSET;
	to->refusal = from->refusal;
	if (to->has_why) {
		PREVIEW_SENTENCE(to->why, sentence_of_refusal(from->refusal, making->language));
	}
}

static int add_changes(struct preview_work *making, const struct plan_changes *changes)
{
	size_t most =
		changes->n < IMPORT_PREVIEW_CHANGES_MAX ? changes->n : IMPORT_PREVIEW_CHANGES_MAX;
	struct import_change *list = msg_arena_take(&making->arena, (most + 1) * sizeof(*list));
	if (!list) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < most; i++) {
		tell_change(making, &changes->list[i], &list[i]);
	}
	making->preview.changes = list;
	making->preview.n_changes = most;
	return 0;
}

/* Once nothing is left to ask for, the meeting is so. */
static int keep(struct preview_work *making)
{
	if (!making->ask.keep || making->preview.n_changes > 0) {
		return 0;
	}
	int r = meeting_keep_plan(&making->place, making->folder.path);
	making->preview.has_kept = making->preview.kept = r == 0;
	return r;
}

static int compare(struct preview_work *making, const struct plan *after)
{
	struct plan_changes changes = {0};
	struct plan_comparison comparison = {.before = making->sound ? making->before : NULL,
		.after = after,
		.meeting = making->meeting,
		.now = present(making->meeting),
		.by = ROLE_OPERATOR};
	int r = plan_changes_find(&comparison, &changes);
	r = r == 0 ? add_changes(making, &changes) : r;
	plan_changes_finish(&changes);
	return r == 0 ? keep(making) : r;
}

static int try_plan(struct preview_work *making)
{
	struct plan *after cleanup(plan_destroy) = NULL;
	struct plan_diagnostics faults = {0};
	int r = imported_plan_make(making->import, making->place.plan, &making->folder);
	r = r == 0 ? plan_load(making->folder.path, &after, &faults) : r;
	if (r == 0) {
		r = compare(making, after);
	} else if (r == PLAN_FAULTY) {
		r = add_faults(making, &faults);
	}
	plan_diagnostics_finish(&faults);
	return r;
}

/* ---- the whole ---- */

static int write_answer(const struct preview_work *making)
{
	char *json cleanup(msg_free) = NULL;
	size_t size;
	int r = msg_encode(&msg_import_preview, &making->preview, &json, &size);
	if (r == 0 && (fwrite(json, 1, size, stdout) != size || fflush(stdout) != 0)) {
		r = -EIO;
	}
	return r;
}

static int make(struct preview_work *making)
{
	int r = read_ask(making);
	r = r == 0 ? open_meeting(making) : r;
	r = r == 0 ? read_file(making) : r;
	r = r == 0 && !making->preview.has_fault && touches(making->import) ? try_plan(making) : r;
	return r == 0 ? write_answer(making) : r;
}

int meeting_preview(const struct preview_order *order)
{
	struct preview_work *making = calloc(1, sizeof(*making));
	if (!making) {
		return command_complain(order->file, -ENOMEM);
	}
	process_limits(PREVIEW_SPAN_MS, PREVIEW_MEMORY_MIB_MAX);
	process_limit(RLIMIT_FSIZE, OFFICE_FILE_MAX);
	making->order = order;
	making->language = language_now();
	int r = make(making);
	scratch_folder_remove(&making->folder);
	import_destroy(making->import);
	mtg_destroy(making->meeting);
	plan_destroy(making->before);
	msg_arena_finish(&making->arena);
	free(making);
	return r == 0 ? EXIT_SUCCESS : command_complain(order->file, r);
}
