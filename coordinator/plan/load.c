/*
 * Reading a plan's folder: find each part, convert CSV to JSON, check it by the schema, then check
 * the whole.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/plan/consistency.h"
#include "coordinator/plan/csv_json.h"
#include "coordinator/plan/plan.h"
#include "proto/codec/codec.h"
#include "proto/system/file.h"

enum {
	PATH_SIZE = 4096,
};

/* One file of the plan while it is read. */
struct source {
	const struct msg_type *type;
	struct plan_part *part;
	struct plan_diagnostics *faults;
	struct csv_json *sheet; /* NULL for a JSON file */
};

DEFINE_CLEANUP(struct plan *, plan_destroy)
DEFINE_CLEANUP(char *, free)

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

/* "/sites/12/code" of a file of rows: element 12, field "code". Elsewhere the whole path. */
static const char *split_path(const struct source *source, const char *path, size_t *ret_row)
{
	const char *array = source->type->fields[0].name;
	size_t length = strlen(array);
	*ret_row = 0;
	if (path[0] != '/') {
		return path;
	}
	if (source->type->n_fields != 1 || strncmp(path + 1, array, length) != 0 ||
		path[1 + length] != '/') {
		return path + 1;
	}
	char *field;
	size_t at = strtoul(path + length + 2, &field, 10);
	bool from_sheet = source->sheet && at < source->sheet->n_rows;
	*ret_row = from_sheet ? source->sheet->rows[at] : at + 1;
	return *field == '/' ? field + 1 : field;
}

static void report(void *user, const struct msg_error *error)
{
	struct source *source = user;
	size_t row;
	const char *field = split_path(source, error->path, &row);
	source->part->whole = false;
	if (error->code == MSG_MISSING && source->sheet &&
		csv_json_lacks_column(source->sheet, source->type, field)) {
		return;
	}
	plan_diagnostics_add_form(source->faults, code_of(error), source->part->file,
		error->code == MSG_NOT_JSON ? error->line : row, field,
		error->code == MSG_MISSING ? NULL : error->type);
}

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
		plan_diagnostics_add(source->faults, PLAN_FILE_TOO_LARGE, name, 0, NULL, NULL);
	} else if (r == -EINVAL) {
		plan_diagnostics_add(source->faults, PLAN_FILE_NO_FILE, name, 0, NULL, NULL);
	} else {
		plan_diagnostics_add(
			source->faults, PLAN_FILE_UNREADABLE, name, 0, NULL, strerror(-r));
	}
	return -EIO;
}

/* Editors put a BOM before JSON too; the codec wants none. */
static int survey(
	struct source *source, struct plan *plan, const char *json, size_t length, void *out)
{
	size_t bom = length >= 3 && memcmp(json, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	return msg_survey(
		source->type, json + bom, length - bom, &plan->arena, out, report, source);
}

static int survey_sheet(struct source *source, struct plan *plan, struct csv_json *sheet,
	char *text, size_t length, void *out)
{
	int r = csv_json_read(
		sheet, source->type, source->part->file, text, length, source->faults);
	source->sheet = sheet;
	source->part->rows = sheet->rows;
	source->part->whole = sheet->sound;
	return r != 0 ? r : survey(source, plan, sheet->json, sheet->length, out);
}

static void name_part(struct plan_part *part, const char *name, const char *ending)
{
	snprintf(part->file, sizeof(part->file), "%s.%s", name, ending);
	part->whole = true;
}

/* A part is NAME.json or NAME.csv. `sheet` outlives the checks: it knows the rows. */
static int load_part(struct source *source, struct plan *plan, const char *folder, const char *name,
	struct csv_json *sheet, void *out)
{
	cleanup(free) char *json = NULL;
	cleanup(free) char *csv = NULL;
	size_t json_length = 0;
	size_t csv_length = 0;
	char csv_name[PLAN_FILE_SIZE];
	snprintf(csv_name, sizeof(csv_name), "%s.csv", name);
	name_part(source->part, name, "json");
	int has_json = read_file(source, folder, source->part->file, &json, &json_length);
	int has_csv = sheet ? read_file(source, folder, csv_name, &csv, &csv_length) : -ENOENT;
	if (has_json == -ENOMEM || has_csv == -ENOMEM) {
		return -ENOMEM;
	}
	if (json && csv) {
		plan_diagnostics_add(source->faults, PLAN_FILE_TWICE, csv_name, 0, NULL, NULL);
	}
	if (json) {
		return survey(source, plan, json, json_length, out);
	}
	if (csv) {
		name_part(source->part, name, "csv");
		return survey_sheet(source, plan, sheet, csv, csv_length, out);
	}
	source->part->whole = false;
	return has_json == -ENOENT && has_csv == -ENOENT ? -ENOENT : 0;
}

struct loading {
	const char *folder;
	struct plan *plan;
	struct plan_parts parts;
	struct plan_diagnostics *faults;
	struct csv_json sites;
	struct csv_json agenda;
	struct csv_json speaking;
	struct csv_json documents;
};

static int load_one(struct loading *loading, const struct msg_type *type, struct plan_part *part,
	const char *name, struct csv_json *sheet, void *out)
{
	struct source source = {.type = type, .part = part, .faults = loading->faults};
	int r = load_part(&source, loading->plan, loading->folder, name, sheet, out);
	if (r == -ENOENT && part != &loading->parts.documents) {
		plan_diagnostics_add(loading->faults, PLAN_FILE_MISSING, part->file, 0, NULL, NULL);
	}
	return r == -ENOENT ? 0 : r;
}

static int load_parts(struct loading *loading)
{
	struct plan *plan = loading->plan;
	struct plan_parts *parts = &loading->parts;
	int r = load_one(
		loading, &msg_plan_meeting, &parts->meeting, "meeting", NULL, &plan->meeting);
	if (r == 0) {
		r = load_one(loading, &msg_plan_sites, &parts->sites, "sites", &loading->sites,
			&plan->sites);
	}
	if (r == 0) {
		r = load_one(loading, &msg_plan_agenda, &parts->agenda, "agenda", &loading->agenda,
			&plan->agenda);
	}
	if (r == 0) {
		r = load_one(loading, &msg_plan_speaking, &parts->speaking, "speaking",
			&loading->speaking, &plan->speaking);
	}
	if (r == 0) {
		r = load_one(loading, &msg_plan_documents, &parts->documents, "documents",
			&loading->documents, &plan->documents);
	}
	return r;
}

static void finish_loading(struct loading *loading)
{
	csv_json_finish(&loading->sites);
	csv_json_finish(&loading->agenda);
	csv_json_finish(&loading->speaking);
	csv_json_finish(&loading->documents);
}

int plan_load(const char *folder, struct plan **ret_plan, struct plan_diagnostics *faults)
{
	cleanup(plan_destroy) struct plan *plan = calloc(1, sizeof(*plan));
	if (!plan) {
		return -ENOMEM;
	}
	struct loading loading = {.folder = folder, .plan = plan, .faults = faults};
	size_t before = faults->n + faults->n_lost;
	int r = load_parts(&loading);
	if (r == 0) {
		plan_check(plan, &loading.parts, faults);
		plan_diagnostics_sort(faults);
	}
	finish_loading(&loading);
	if (r == 0 && faults->n + faults->n_lost > before) {
		r = PLAN_FAULTY;
	}
	if (r == 0) {
		*ret_plan = plan;
		plan = NULL;
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
