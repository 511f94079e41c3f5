/*
 * Reading a plan's folder: find each part, convert CSV to JSON, check it by the schema, fold its
 * names, then check the whole; a plan without faults is looked at for what is unusual.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/plan/advice.h"
#include "coordinator/plan/agenda_times.h"
#include "coordinator/plan/consistency.h"
#include "coordinator/plan/csv_json.h"
#include "coordinator/plan/file_text.h"
#include "coordinator/plan/film_check.h"
#include "coordinator/plan/folder.h"
#include "coordinator/plan/name_forms.h"
#include "coordinator/plan/plan.h"
#include "coordinator/plan/site_order.h"
#include "proto/codec/codec.h"
#include "proto/system/file.h"
#include "text_copy.h"

enum {
	PATH_SIZE = 4096,
	PLAN_PARTS = 10,
	DAMAGED_BYTES_MAX = 256 * 1024,
	DUE_DAYS_BEFORE = 31, /* the meeting: papers are likely to be due then */
};

/* One file of the plan while it is read. */
struct source {
	const struct msg_type *type;
	struct plan_part *part;
	void *out;
	bool needed;
	struct plan_diagnostics *faults;
	struct csv_json *sheet; /* NULL for a JSON file */
	char *text;
	size_t length;
};

DEFINE_CLEANUP(struct plan *, plan_destroy)

static enum plan_diagnostic_code code_of(const struct msg_error *error)
{
	switch (error->code) {
	case MSG_TOO_LARGE:
		return PLAN_FILE_TOO_LARGE;
	case MSG_WRONG_TYPE:
		return PLAN_WRONG_TYPE;
	case MSG_MISSING:
		return PLAN_MISSING;
	case MSG_UNKNOWN:
		return PLAN_UNKNOWN_FIELD;
	case MSG_UNKNOWN_WORD:
		return PLAN_UNKNOWN_WORD;
	case MSG_OUT_OF_RANGE:
		return PLAN_OUT_OF_RANGE;
	case MSG_WRONG_LENGTH: /* for a formatted text, the hint shows the format */
		return error->type->check ? PLAN_WRONG_FORM : PLAN_WRONG_LENGTH;
	case MSG_WRONG_FORM:
		return PLAN_WRONG_FORM;
	case MSG_WRONG_COUNT:
		return PLAN_WRONG_COUNT;
	case MSG_OK:
	case MSG_TOO_DEEP:
	case MSG_NOT_JSON:
		break;
	}
	return PLAN_NOT_JSON;
}

/* "/sources/1" as people count: "sources/2". */
static void count_from_one(const char *path, char field[static PLAN_FIELD_SIZE])
{
	const char *last = strrchr(path, '/');
	char *end = NULL;
	unsigned long at = last ? strtoul(last + 1, &end, 10) : 0;
	if (last && end != last + 1 && *end == '\0') {
		snprintf(field, PLAN_FIELD_SIZE, "%.*s/%lu", (int)(last - path), path, at + 1);
	} else {
		text_copy(field, PLAN_FIELD_SIZE, path);
	}
}

/*
 * "/sites/12/code" of a file of rows: the place of element 12, field "code". Elsewhere the whole
 * path, in the file.
 */
static struct plan_place split_path(
	const struct source *source, const char *path, char field[static PLAN_FIELD_SIZE])
{
	const char *array = source->type->fields[0].name;
	size_t length = strlen(array);
	bool in_rows = source->part->unit != PLAN_UNIT_FILE && path[0] == '/' &&
		       strncmp(path + 1, array, length) == 0 && path[1 + length] == '/';
	if (!in_rows) {
		count_from_one(path + (path[0] == '/'), field);
		return plan_part_whole(source->part);
	}
	char *rest;
	size_t at = strtoul(path + length + 2, &rest, 10);
	count_from_one(rest + (*rest == '/'), field);
	if (source->sheet && at >= source->sheet->n_rows) {
		return plan_part_whole(source->part);
	}
	return plan_part_place(source->part, at);
}

/* Whether names that others refer to may be lost with what is refused here. */
static bool loses_names(const struct source *source, const struct msg_error *error,
	const struct plan_place *place, const char *field)
{
	if (source->part->unit == PLAN_UNIT_FILE) {
		return field[0] == '\0' || strncmp(field, "regions", strlen("regions")) == 0;
	}
	bool no_list = strcmp(field, "lists") == 0 && error->type && error->type->kind == MSG_ARRAY;
	return place->unit == PLAN_UNIT_FILE || field[0] == '\0' || no_list;
}

/* What is too long to be searched for each reference may hold any name. */
static void keep_damaged(struct plan_part *part, const char *text, size_t length)
{
	part->damaged = text;
	part->lost |= length > DAMAGED_BYTES_MAX;
}

static void report(void *user, const struct msg_error *error)
{
	struct source *source = user;
	char field[PLAN_FIELD_SIZE];
	struct plan_place place = split_path(source, error->path, field);
	if (error->code == MSG_NOT_JSON) {
		place = (struct plan_place){source->part->file, PLAN_UNIT_LINE, error->line};
		keep_damaged(source->part, source->text, source->length);
	} else {
		source->part->lost |= loses_names(source, error, &place, field);
	}
	if (error->code == MSG_MISSING && source->sheet &&
		csv_json_lacks_column(source->sheet, source->type, field)) {
		source->part->lost |= strcmp(field, "id") == 0;
		return;
	}
	plan_diagnostics_add(
		source->faults, &(struct plan_finding){.code = code_of(error),
					.place = place,
					.field = field,
					.text = error->value,
					.wanted = error->code == MSG_MISSING ? NULL : error->type});
}

static void complain(
	struct source *source, enum plan_diagnostic_code code, const char *file, const char *text)
{
	plan_diagnostics_add(source->faults, &(struct plan_finding){.code = code,
						     .place = {.file = file},
						     .text = text,
						     .limit = PLAN_FILE_MIB_MAX});
	source->part->lost = true;
}

/* ---- files ---- */

/* -ENOENT where there is none; other faults of the file are reported as the plan's. */
static int read_file(struct source *source, const char *folder, const char *name, char **ret_text,
	size_t *ret_length)
{
	char path[PATH_SIZE];
	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path)) {
		return -ENOENT;
	}
	int r = file_read(path, PLAN_FILE_BYTES_MAX, ret_text, ret_length);
	if (r == -ENOMEM || r == -ENOENT || r == -ENOTDIR) {
		return r == -ENOMEM ? r : -ENOENT;
	}
	if (r == 0) {
		return 0;
	}
	if (r == -EFBIG) {
		complain(source, PLAN_FILE_TOO_LARGE, name, NULL);
	} else if (r == -EINVAL) {
		complain(source, PLAN_FILE_NO_FILE, name, NULL);
	} else {
		complain(source, PLAN_FILE_UNREADABLE, name, strerror(-r));
	}
	return -EIO;
}

/*
 * Brings source->text to UTF-8. 0, -ENOMEM, or -EIO where the file is none to be read, which is
 * reported. Of a CSV file in another encoding the rows are tried one by one.
 */
static int convert_text(struct source *source)
{
	int r = file_text_convert(&source->text, &source->length);
	switch (r) {
	case FILE_TEXT_EMPTY:
		complain(source, PLAN_FILE_EMPTY, source->part->file, NULL);
		return -EIO;
	case FILE_TEXT_WORKBOOK:
		complain(source, PLAN_FILE_WORKBOOK, source->part->file, NULL);
		return -EIO;
	case FILE_TEXT_OTHER_ENCODING:
		if (source->part->unit == PLAN_UNIT_ROW) {
			return 0;
		}
		complain(source, PLAN_FILE_ENCODING, source->part->file, NULL);
		return -EIO;
	default:
		return r;
	}
}

static int survey(struct source *source, struct plan *plan, const char *json, size_t length)
{
	int r = msg_survey(source->type, json, length, &plan->arena, source->out, report, source);
	return r != 0 ? r
		      : plan_fold_names(source->type, source->out, source->part, source->faults);
}

/* Papers are due before the meeting, items lie on its days. */
static void expect_days(struct date_order *order, const struct msg_type *type, const char *meeting)
{
	bool of_items = type == &msg_plan_agenda;
	int64_t day = 0;
	order->has_likely = mtg_parse_date(meeting, &day);
	order->first_likely = day - (of_items ? 0 : DUE_DAYS_BEFORE);
	order->last_likely = day + (of_items ? AGENDA_DAYS_LIKELY - 1 : 0);
}

static int survey_sheet(struct source *source, struct plan *plan)
{
	struct csv_json *sheet = source->sheet;
	struct csv_json_source from = {
		.type = source->type,
		.file = source->part->file,
		.text = source->text,
		.length = source->length,
	};
	expect_days(&from.order, source->type, plan->meeting.date);
	int r = csv_json_read(sheet, &from, source->faults);
	if (r != 0) {
		return r;
	}
	source->part->rows = sheet->rows;
	source->part->lost |= sheet->lost;
	keep_damaged(source->part, sheet->damaged, sheet->damaged_length);
	return survey(source, plan, sheet->json, sheet->length);
}

static void name_part(struct plan_part *part, const char *name, const char *ending)
{
	snprintf(part->file, sizeof(part->file), "%s.%s", name, ending);
}

/* Neither as JSON nor as CSV: under a name that a spreadsheet or Windows gave it, or not at all. */
static void report_missing(struct source *source, const char *folder, const char *name)
{
	char found[PLAN_TEXT_SIZE], either[PLAN_FILE_SIZE];
	source->part->lost = true;
	enum plan_diagnostic_code other = plan_folder_find_other(folder, source->part->file, found);
	if (other != PLAN_DIAGNOSTIC_UNSET) {
		complain(source, other, source->part->file, found);
	} else if (source->needed && source->part->unit == PLAN_UNIT_FILE) {
		complain(source, PLAN_FILE_MISSING, source->part->file, NULL);
	} else if (source->needed) {
		snprintf(either, sizeof(either), "%s.json", name);
		plan_diagnostics_add(
			source->faults, &(struct plan_finding){.code = PLAN_FILE_MISSING_EITHER,
						.place = {.file = source->part->file},
						.other_text = either});
	}
}

/* The part's file into source->text; -ENOENT: none that can be read, which is reported. */
static int find_file(struct source *source, const char *folder, const char *name)
{
	char *json = NULL, *csv = NULL;
	size_t json_length = 0, csv_length = 0;
	char csv_name[PLAN_FILE_SIZE], json_name[PLAN_FILE_SIZE];
	snprintf(csv_name, sizeof(csv_name), "%s.csv", name);
	snprintf(json_name, sizeof(json_name), "%s.json", name);
	bool as_csv = source->part->unit == PLAN_UNIT_ROW;
	int has_json = read_file(source, folder, json_name, &json, &json_length);
	int has_csv = as_csv ? read_file(source, folder, csv_name, &csv, &csv_length) : -ENOENT;
	int r = has_json == -ENOMEM || has_csv == -ENOMEM ? -ENOMEM : -ENOENT;
	if (json && csv) {
		complain(source, PLAN_FILE_TWICE, csv_name, NULL);
	} else if (json || csv) {
		source->text = json ? json : csv;
		source->length = json ? json_length : csv_length;
		source->part->unit = as_csv && json ? PLAN_UNIT_ELEMENT : source->part->unit;
		name_part(source->part, name, json ? "json" : "csv");
		return 0;
	} else if (r == -ENOENT && has_json == -ENOENT && has_csv == -ENOENT) {
		report_missing(source, folder, name);
	}
	free(json);
	free(csv);
	return r;
}

/* ---- the whole ---- */

/* What of a part has to outlive the checks, which name rows and texts of it. */
struct kept {
	struct csv_json sheet;
	char *text;
};

struct loading {
	const char *folder;
	struct plan *plan;
	struct plan_parts parts;
	struct plan_diagnostics *faults;
	struct kept kept[PLAN_PARTS];
};

static int load_part(
	struct loading *loading, struct source *source, const char *name, struct kept *kept)
{
	source->faults = loading->faults;
	name_part(source->part, name, source->part->unit == PLAN_UNIT_FILE ? "json" : "csv");
	int r = find_file(source, loading->folder, name);
	if (r == 0) {
		r = convert_text(source);
	}
	kept->text = source->text;
	if (r == 0 && source->part->unit == PLAN_UNIT_ROW) {
		source->sheet = &kept->sheet;
		r = survey_sheet(source, loading->plan);
	} else if (r == 0) {
		r = survey(source, loading->plan, source->text, source->length);
	}
	return r == -ENOMEM ? r : 0;
}

static int load_parts(struct loading *loading)
{
	struct plan *plan = loading->plan;
	struct plan_parts *parts = &loading->parts;
	const struct {
		const char *name;
		const struct msg_type *type;
		struct plan_part *part;
		void *out;
		enum plan_unit unit;
		bool optional;
	} rows[PLAN_PARTS] = {
		{"meeting", &msg_plan_meeting, &parts->meeting, &plan->meeting, PLAN_UNIT_FILE,
			false},
		{"sites", &msg_plan_sites, &parts->sites, &plan->sites, PLAN_UNIT_ROW, false},
		{"agenda", &msg_plan_agenda, &parts->agenda, &plan->agenda, PLAN_UNIT_ROW, false},
		{"speaking", &msg_plan_speaking, &parts->speaking, &plan->speaking, PLAN_UNIT_ROW,
			false},
		{"awards", &msg_plan_awards, &parts->awards, &plan->awards, PLAN_UNIT_ROW, true},
		{"signing", &msg_plan_signing, &parts->signing, &plan->signing, PLAN_UNIT_ROW,
			true},
		{"documents", &msg_plan_documents, &parts->documents, &plan->documents,
			PLAN_UNIT_ROW, true},
		{"votes", &msg_plan_votes, &parts->votes, &plan->votes, PLAN_UNIT_ROW, true},
		{"checklist", &msg_plan_checklist, &parts->checklist, &plan->checklist,
			PLAN_UNIT_ROW, true},
		{"tasks", &msg_plan_tasks, &parts->tasks, &plan->tasks, PLAN_UNIT_ROW, true},
	};
	int r = 0;
	for (size_t i = 0; i < PLAN_PARTS && r == 0; i++) {
		rows[i].part->unit = rows[i].unit;
		struct source source = {.type = rows[i].type,
			.part = rows[i].part,
			.out = rows[i].out,
			.needed = !rows[i].optional};
		r = load_part(loading, &source, rows[i].name, &loading->kept[i]);
	}
	return r;
}

static void finish_loading(struct loading *loading)
{
	for (size_t i = 0; i < PLAN_PARTS; i++) {
		csv_json_finish(&loading->kept[i].sheet);
		free(loading->kept[i].text);
	}
}

static int load_folder(struct loading *loading)
{
	int r = load_parts(loading);
	if (r == 0) {
		plan_check(loading->plan, &loading->parts, loading->faults);
	}
	if (r == 0 && loading->faults->n_faults == 0) {
		plan_advise(loading->plan, &loading->parts, loading->faults);
		r = plan_order_sites(loading->plan);
	}
	plan_diagnostics_sort(loading->faults);
	return r;
}

int plan_read(const char *folder, struct plan **ret_plan, struct plan_diagnostics *faults)
{
	cleanup(plan_destroy) struct plan *plan = calloc(1, sizeof(*plan));
	if (!plan) {
		return -ENOMEM;
	}
	struct loading loading = {.folder = folder, .plan = plan, .faults = faults};
	size_t before = faults->n_faults;
	int r = 0;
	enum plan_diagnostic_code fault = plan_folder_fault(folder);
	if (fault == PLAN_DIAGNOSTIC_UNSET) {
		r = load_folder(&loading);
	} else {
		plan_diagnostics_add(faults, &(struct plan_finding){.code = fault, .text = folder});
	}
	finish_loading(&loading);
	if (r == 0) {
		*ret_plan = plan;
		plan = NULL;
	}
	return r == 0 && faults->n_faults > before ? PLAN_FAULTY : r;
}

int plan_load(const char *folder, struct plan **ret_plan, struct plan_diagnostics *faults)
{
	struct plan *plan = NULL;
	int r = plan_read(folder, &plan, faults);
	if (r == 0) {
		*ret_plan = plan;
	} else {
		plan_destroy(plan);
	}
	return r;
}

void plan_destroy(struct plan *plan)
{
	if (plan) {
		msg_arena_finish(&plan->arena);
		free(plan);
	}
}
