/* What is owed to the centre by a changed plan: it is the same where title, owner and day are. */
#include <stdio.h>
#include <string.h>

#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/plan/plan_changes_private.h"
#include "text_copy.h"

static bool is_same(const struct cmd_document_add *one, const struct cmd_document_add *other)
{
	return strcmp(one->title, other->title) == 0 && strcmp(one->site, other->site) == 0 &&
	       strcmp(one->unit, other->unit) == 0 && strcmp(one->due, other->due) == 0 &&
	       one->every_site == other->every_site;
}

static bool is_in(const struct plan_rows *rows, const struct command *document)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->list[i].name == CMD_DOCUMENT_ADD &&
			is_same(&rows->list[i].document_add, &document->document_add)) {
			return true;
		}
	}
	return false;
}

/* The meeting's document of this row; NULL: it has none. */
static const struct owed_document *held(
	const struct comparing *comparing, const struct cmd_document_add *row)
{
	const struct meeting *meeting = comparing->given->meeting;
	for (size_t i = 0; i < mtg_document_count(meeting); i++) {
		const struct owed_document *document = mtg_document(meeting, i);
		const char *site =
			document->site == MTG_NONE ? "" : mtg_site(meeting, document->site)->id;
		if (strcmp(document->title, row->title) == 0 && strcmp(site, row->site) == 0 &&
			strcmp(document->unit, row->unit) == 0 &&
			strcmp(document->due, row->due) == 0 &&
			document->every_site == row->every_site) {
			return document;
		}
	}
	return NULL;
}

static bool is_free(const struct comparing *comparing, const char *id)
{
	const struct meeting *meeting = comparing->given->meeting;
	for (size_t i = 0; i < mtg_document_count(meeting); i++) {
		if (strcmp(mtg_document(meeting, i)->id, id) == 0) {
			return false;
		}
	}
	return true;
}

static void add(struct comparing *comparing, const struct command *row)
{
	struct command command = *row;
	char *id = command.document_add.document;
	for (size_t i = 1; !is_free(comparing, id); i++) {
		snprintf(id, sizeof(command.document_add.document), "d-%zu", i);
	}
	comparing_ask(comparing, &command);
}

static void drop(struct comparing *comparing, const struct owed_document *document)
{
	struct command command = {.name = CMD_DOCUMENT_REMOVE};
	ARRAY_COPY(command.document_remove.document, document->id);
	comparing_ask(comparing, &command);
}

void comparing_documents(struct comparing *comparing)
{
	for (size_t i = 0; i < comparing->before.n; i++) {
		const struct command *row = &comparing->before.list[i];
		const struct owed_document *document = NULL;
		if (row->name == CMD_DOCUMENT_ADD && !is_in(&comparing->after, row)) {
			document = held(comparing, &row->document_add);
		}
		if (document) {
			drop(comparing, document);
		}
	}
	for (size_t i = 0; i < comparing->after.n; i++) {
		const struct command *row = &comparing->after.list[i];
		if (row->name == CMD_DOCUMENT_ADD && !is_in(&comparing->before, row) &&
			!held(comparing, &row->document_add)) {
			add(comparing, row);
		}
	}
}
