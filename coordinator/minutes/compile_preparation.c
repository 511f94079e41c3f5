/* What was owed to the centre, what it handed out, and what was to be done. */
#include <string.h>

#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/handouts.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/tasks.h"
#include "coordinator/minutes/compile.h"
#include "text_copy.h"

/* ---- owed ---- */

static size_t list_received(const struct compiling *compiling, const struct owed_document *document,
	struct minutes_received *ret)
{
	const struct meeting *meeting = compiling->meeting;
	size_t n = 0;

	for (size_t i = 0; i < mtg_received_count(meeting); i++) {
		const struct received_document *received = mtg_received_at(meeting, i);
		if (strcmp(received->document, document->id) != 0) {
			continue;
		}
		if (ret) {
			ret[n].has_site = ret[n].has_site_name = received->site != MTG_NONE;
			if (received->site != MTG_NONE) {
				ARRAY_COPY(ret[n].site, mtg_site(meeting, received->site)->id);
				ARRAY_COPY(
					ret[n].site_name, mtg_site(meeting, received->site)->name);
			}
			ret[n].file = received->file;
			ret[n].wall = received->wall;
		}
		n++;
	}
	return n;
}

static int compile_document(const struct compiling *compiling, const struct owed_document *document,
	struct minutes_document *out)
{
	const struct meeting *meeting = compiling->meeting;
	size_t n = list_received(compiling, document, NULL);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_received), &list);

	if (r != 0) {
		return r;
	}
	ARRAY_COPY(out->title, document->title);
	out->has_due = document->due[0] != '\0';
	TEXT_COPY(out->due, document->due);
	out->has_site = out->has_site_name = document->site != MTG_NONE;
	if (out->has_site) {
		ARRAY_COPY(out->site, mtg_site(meeting, document->site)->id);
		ARRAY_COPY(out->site_name, mtg_site(meeting, document->site)->name);
	}
	out->has_unit = document->unit[0] != '\0';
	ARRAY_COPY(out->unit, document->unit);
	out->every_site = document->every_site;
	out->missing = (uint32_t)mtg_document_missing(meeting, document);
	out->received = list;
	out->n_received = n > 0 ? list_received(compiling, document, list) : 0;
	return 0;
}

static int compile_documents(struct compiling *compiling)
{
	size_t n = mtg_document_count(compiling->meeting);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_document), &list);
	struct minutes_document *documents = list;

	for (size_t i = 0; i < n && r == 0; i++) {
		r = compile_document(compiling, mtg_document(compiling->meeting, i), &documents[i]);
	}
	compiling->out->has_documents = n > 0;
	compiling->out->documents = documents;
	compiling->out->n_documents = n;
	return r;
}

/* ---- handed out ---- */

/* Of the sites that it is for; those that do not have it go into `lacking`, where there is room. */
static void count_receipts(const struct compiling *compiling, const struct handout *handout,
	struct minutes_handout *out, char (*lacking)[NAME_SIZE])
{
	const struct meeting *meeting = compiling->meeting;

	out->sites = out->fetched = out->opened = 0;
	out->n_lacking = 0;
	for (int i = 0; i < (int)mtg_site_count(meeting); i++) {
		enum receipt receipt = mtg_receipt(meeting, handout, i);
		if (receipt == RECEIPT_UNSET) {
			continue;
		}
		out->sites++;
		out->fetched += receipt >= RECEIPT_FETCHED;
		out->opened += receipt == RECEIPT_OPENED;
		if (receipt < RECEIPT_FETCHED) {
			if (lacking) {
				ARRAY_COPY(lacking[out->n_lacking], mtg_site(meeting, i)->name);
			}
			out->n_lacking++;
		}
	}
}

static int compile_handout(const struct compiling *compiling, const struct handout *handout,
	struct minutes_handout *out)
{
	ARRAY_COPY(out->title, handout->title);
	out->file = handout->file;
	out->wall = handout->wall;
	count_receipts(compiling, handout, out, NULL);
	void *list;
	int r = compile_room(compiling->arena, out->n_lacking, NAME_SIZE, &list);
	if (r == 0) {
		count_receipts(compiling, handout, out, list);
		out->lacking = list;
	}
	return r;
}

static int compile_handouts(struct compiling *compiling)
{
	size_t n = mtg_handout_count(compiling->meeting);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_handout), &list);
	struct minutes_handout *handouts = list;

	for (size_t i = 0; i < n && r == 0; i++) {
		r = compile_handout(compiling, mtg_handout(compiling->meeting, i), &handouts[i]);
	}
	compiling->out->has_handouts = n > 0;
	compiling->out->handouts = handouts;
	compiling->out->n_handouts = n;
	return r;
}

/* ---- to be done ---- */

static int compile_tasks(struct compiling *compiling)
{
	size_t n = mtg_task_count(compiling->meeting);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_task), &list);
	struct minutes_task *tasks = list;

	for (size_t i = 0; i < n && r == 0; i++) {
		const struct task *task = mtg_task(compiling->meeting, i);
		ARRAY_COPY(tasks[i].title, task->title);
		ARRAY_COPY(tasks[i].owner, task->owner);
		tasks[i].has_due = task->due[0] != '\0';
		TEXT_COPY(tasks[i].due, task->due);
		tasks[i].done = task->done;
		tasks[i].has_note = task->note[0] != '\0';
		ARRAY_COPY(tasks[i].note, task->note);
	}
	compiling->out->has_tasks = n > 0;
	compiling->out->tasks = tasks;
	compiling->out->n_tasks = n;
	return r;
}

static void compile_readiness_as_a_whole(struct compiling *compiling)
{
	const struct minutes_recorder *recorder = compiling->recorder;

	if (compile_is_visible(compiling, EV_LINE_TEST_STARTED)) {
		compiling->out->has_line_tested = recorder->has_line_test;
		compiling->out->line_tested = recorder->line_test;
	}
	compiling->out->spells_left_out = recorder->spells.n_left_out;
	compiling->out->has_spells_left_out = recorder->spells.n_left_out > 0;
}

int compile_preparation(struct compiling *compiling)
{
	int r = 0;

	compile_readiness_as_a_whole(compiling);
	if (compile_is_visible(compiling, EV_DOCUMENT_ADDED)) {
		r = compile_documents(compiling);
	}
	if (r == 0 && compile_is_visible(compiling, EV_HANDOUT_OFFERED)) {
		r = compile_handouts(compiling);
	}
	if (r == 0 && compile_is_visible(compiling, EV_TASK_ADDED)) {
		r = compile_tasks(compiling);
	}
	return r;
}
