/*
 * The plan and CSV reader: five parts parted by NUL bytes, meeting.json first, then sites, agenda,
 * speaking, documents, checklist and tasks as CSV. All faults are gathered, then the checks across
 * parts run on whatever could be read.
 */
#include "coordinator/plan/plan.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/plan/advice.h"
#include "coordinator/plan/csv_json.h"
#include "coordinator/plan/file_text.h"
#include "coordinator/plan/name_forms.h"
#include "proto/codec/codec.h"
#include "proto/codec/patterns.h"

enum {
	PARTS = 7,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	char *text;
	size_t length;
};

static void count(void *user, const struct msg_error *error)
{
	size_t *faults = user;
	*faults += strlen(error->path) < sizeof(error->path) && error->code != MSG_OK;
}

static void split(const uint8_t *data, size_t size, struct input *parts)
{
	for (size_t i = 0; i < PARTS; i++) {
		const uint8_t *end = size > 0 ? memchr(data, '\0', size) : NULL;
		size_t length = end && i < PARTS - 1 ? (size_t)(end - data) : size;
		parts[i].text = malloc(length + 1);
		parts[i].length = length;
		if (length > 0) {
			memcpy(parts[i].text, data, length);
		}
		parts[i].text[length] = '\0';
		data += length + (end != NULL && i < PARTS - 1);
		size -= length + (end != NULL && i < PARTS - 1);
	}
}

/* Cells of the kinds that are read by hand, each text of a part for itself. */
static void read_cells(const char *text)
{
	char clock[CELL_CLOCK_SIZE], date[CELL_DATE_SIZE];
	struct cell_date day;
	int64_t number;
	bool yes;
	if (cell_read_clock(text, clock) && !check_plan_clock(clock)) {
		abort();
	}
	if (cell_read_date(text, &day)) {
		date_order_write(&day, DATE_ORDER_DAY_FIRST, date);
	}
	cell_read_minutes(text, &number);
	cell_read_number(text, &number);
	cell_read_yes(text, &yes);
}

static void read_part(struct plan *plan, const struct msg_type *type, struct input *part,
	struct plan_part *ret_part, struct csv_json *sheet, struct plan_diagnostics *faults,
	void *out)
{
	size_t n = 0;
	snprintf(ret_part->file, sizeof(ret_part->file), "%s", type->name);
	ret_part->unit = PLAN_UNIT_ROW;
	read_cells(part->text);
	if (file_text_convert(&part->text, &part->length) < 0) {
		abort();
	}
	struct csv_json_source source = {
		.type = type, .file = type->name, .text = part->text, .length = part->length};
	if (csv_json_read(sheet, &source, faults) != 0) {
		abort();
	}
	if (msg_survey(type, sheet->json, sheet->length, &plan->arena, out, count, &n) != 0) {
		abort();
	}
	ret_part->rows = sheet->rows;
	ret_part->damaged = sheet->damaged;
	ret_part->lost = sheet->lost;
	if (plan_fold_names(type, out, ret_part, faults) != 0) {
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input parts[PARTS];
	struct csv_json sheets[PARTS - 1];
	struct plan_parts from = {0};
	struct plan_diagnostics faults = {0};
	struct plan *plan = calloc(1, sizeof(*plan));
	size_t n = 0;
	split(data, size, parts);
	msg_survey(&msg_plan_meeting, parts[0].text, parts[0].length, &plan->arena, &plan->meeting,
		count, &n);
	from.meeting.lost = n > 0;
	plan_fold_names(&msg_plan_meeting, &plan->meeting, &from.meeting, &faults);
	read_part(plan, &msg_plan_sites, &parts[1], &from.sites, &sheets[0], &faults, &plan->sites);
	read_part(plan, &msg_plan_agenda, &parts[2], &from.agenda, &sheets[1], &faults,
		&plan->agenda);
	read_part(plan, &msg_plan_speaking, &parts[3], &from.speaking, &sheets[2], &faults,
		&plan->speaking);
	read_part(plan, &msg_plan_documents, &parts[4], &from.documents, &sheets[3], &faults,
		&plan->documents);
	read_part(plan, &msg_plan_checklist, &parts[5], &from.checklist, &sheets[4], &faults,
		&plan->checklist);
	read_part(plan, &msg_plan_tasks, &parts[6], &from.tasks, &sheets[5], &faults, &plan->tasks);
	plan_check(plan, &from, &faults);
	if (faults.n_faults == 0 && n == 0) {
		plan_advise(plan, &from, &faults);
	}
	plan_diagnostics_sort(&faults);
	for (size_t i = 0; i < faults.n; i++) {
		char sentence[PLAN_SENTENCE_SIZE];
		plan_diagnostic_sentence(&faults.list[i], LANGUAGE_VI, sentence);
	}
	plan_diagnostics_finish(&faults);
	for (size_t i = 0; i < PARTS; i++) {
		free(parts[i].text);
	}
	for (size_t i = 0; i < PARTS - 1; i++) {
		csv_json_finish(&sheets[i]);
	}
	plan_destroy(plan);
	return 0;
}
