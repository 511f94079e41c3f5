/* A command that a changed plan asks for: tried on the copy of the meeting, and listed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/acts.h"
#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/checklist.h"
#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/tasks.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/meeting/votes.h"
#include "coordinator/plan/plan_changes_private.h"
#include "text_copy.h"

/* ---- names ---- */

static const char *name_of_site(const struct meeting *meeting, const char *id)
{
	const struct site *site = mtg_site_ever(meeting, id);
	return site ? site->name : id;
}

static void name_turn(const struct meeting *meeting, const char *id, char *out)
{
	const struct turn *turn = mtg_turn_by_id(meeting, id);
	if (turn) {
		snprintf(out, PLAN_ABOUT_SIZE, "%s: %s", mtg_site(meeting, turn->site)->name,
			turn->unit);
	}
}

static void name_item(const struct meeting *meeting, const char *id, char *out)
{
	const struct item *item = mtg_item_by_id(meeting, id);
	snprintf(out, PLAN_ABOUT_SIZE, "%s %s", id, item ? item->title : "");
}

static void name_act(const struct meeting *meeting, const char *id, char *out)
{
	for (int i = 0; i < (int)mtg_act_count(meeting); i++) {
		if (strcmp(mtg_act(meeting, i)->id, id) == 0) {
			text_copy(out, PLAN_ABOUT_SIZE, mtg_act(meeting, i)->name);
		}
	}
}

static void name_document(const struct meeting *meeting, const char *id, char *out)
{
	for (size_t i = 0; i < mtg_document_count(meeting); i++) {
		if (strcmp(mtg_document(meeting, i)->id, id) == 0) {
			text_copy(out, PLAN_ABOUT_SIZE, mtg_document(meeting, i)->title);
		}
	}
}

static void name_vote(const struct meeting *meeting, const char *id, char *out)
{
	const struct vote *vote = mtg_vote_by_id(meeting, id);
	text_copy(out, PLAN_ABOUT_SIZE, vote ? vote->question : id);
}

static void name_check(const struct meeting *meeting, const char *id, char *out)
{
	for (size_t i = 0; i < mtg_check_count(meeting); i++) {
		if (strcmp(mtg_check_line(meeting, i)->id, id) == 0) {
			text_copy(out, PLAN_ABOUT_SIZE, mtg_check_line(meeting, i)->title);
		}
	}
}

static void name_task(const struct meeting *meeting, const char *id, char *out)
{
	for (size_t i = 0; i < mtg_task_count(meeting); i++) {
		if (strcmp(mtg_task(meeting, i)->id, id) == 0) {
			text_copy(out, PLAN_ABOUT_SIZE, mtg_task(meeting, i)->title);
		}
	}
}

/* Of a turn, which commands name by a number that nobody knows. */
static const char *turn_of(const struct command *command)
{
	switch ((int)command->name) {
	case CMD_TURN_EDIT:
		return command->turn_edit.turn;
	case CMD_TURN_MOVE:
		return command->turn_move.turn;
	case CMD_TURN_REMOVE:
		return command->turn_remove.turn;
	case CMD_TURN_WITHDRAW:
		return command->turn_withdraw.turn;
	case CMD_FLOOR_EXTEND:
		return command->floor_extend.turn;
	default:
		return NULL;
	}
}

static void name_added(const struct meeting *meeting, const struct command *command, char *out)
{
	switch ((int)command->name) {
	case CMD_SITE_ADD:
		text_copy(out, PLAN_ABOUT_SIZE, command->site_add.name);
		return;
	case CMD_LIST_ADD:
		text_copy(out, PLAN_ABOUT_SIZE, command->list_add.title);
		return;
	case CMD_ITEM_INSERT:
		snprintf(out, PLAN_ABOUT_SIZE, "%s %s", command->item_insert.item,
			command->item_insert.title);
		return;
	case CMD_TURN_ADD:
		snprintf(out, PLAN_ABOUT_SIZE, "%s: %s",
			name_of_site(meeting, command->turn_add.site), command->turn_add.unit);
		return;
	case CMD_ACT_ADD:
		text_copy(out, PLAN_ABOUT_SIZE, command->act_add.name);
		return;
	case CMD_CHECK_ADD:
		text_copy(out, PLAN_ABOUT_SIZE, command->check_add.title);
		return;
	case CMD_TASK_ADD:
		text_copy(out, PLAN_ABOUT_SIZE, command->task_add.title);
		return;
	case CMD_DOCUMENT_ADD:
		text_copy(out, PLAN_ABOUT_SIZE, command->document_add.title);
		return;
	case CMD_VOTE_ADD:
		text_copy(out, PLAN_ABOUT_SIZE, command->vote_add.question);
		return;
	default:
		return;
	}
}

static void name_changed(const struct meeting *meeting, const struct command *command, char *out)
{
	switch ((int)command->name) {
	case CMD_SITE_EDIT:
		text_copy(out, PLAN_ABOUT_SIZE, name_of_site(meeting, command->site_edit.site));
		return;
	case CMD_SITE_REMOVE:
		text_copy(out, PLAN_ABOUT_SIZE, name_of_site(meeting, command->site_remove.site));
		return;
	case CMD_SITE_MAKE_MAIN:
		text_copy(
			out, PLAN_ABOUT_SIZE, name_of_site(meeting, command->site_make_main.site));
		return;
	case CMD_LIST_EDIT:
		text_copy(out, PLAN_ABOUT_SIZE, command->list_edit.list);
		return;
	case CMD_ITEM_EDIT:
		name_item(meeting, command->item_edit.item, out);
		return;
	case CMD_ITEM_REMOVE:
		name_item(meeting, command->item_remove.item, out);
		return;
	case CMD_ITEM_MOVE:
		name_item(meeting, command->item_move.item, out);
		return;
	case CMD_ACT_EDIT:
		name_act(meeting, command->act_edit.act, out);
		return;
	case CMD_ACT_REMOVE:
		name_act(meeting, command->act_remove.act, out);
		return;
	case CMD_CHECK_REMOVE:
		name_check(meeting, command->check_remove.check, out);
		return;
	case CMD_TASK_REMOVE:
		name_task(meeting, command->task_remove.task, out);
		return;
	case CMD_DOCUMENT_REMOVE:
		name_document(meeting, command->document_remove.document, out);
		return;
	case CMD_VOTE_REMOVE:
		name_vote(meeting, command->vote_remove.vote, out);
		return;
	default:
		return;
	}
}

static void name(const struct meeting *meeting, const struct command *command,
	char out[static PLAN_ABOUT_SIZE])
{
	out[0] = '\0';
	if (turn_of(command)) {
		name_turn(meeting, turn_of(command), out);
		return;
	}
	name_added(meeting, command, out);
	name_changed(meeting, command, out);
}

/* ---- asking ---- */

static struct plan_change *append(struct comparing *comparing)
{
	struct plan_changes *changes = comparing->changes;
	if (changes->n == changes->capacity) {
		size_t capacity = changes->capacity ? changes->capacity * 2 : 16;
		struct plan_change *list = realloc(changes->list, capacity * sizeof(*list));
		if (!list) {
			comparing->without_memory = true;
			return NULL;
		}
		changes->list = list;
		changes->capacity = capacity;
	}
	return &changes->list[changes->n++];
}

void comparing_ask(struct comparing *comparing, const struct command *command)
{
	struct meeting *meeting = comparing->given->meeting;
	char about[PLAN_ABOUT_SIZE];
	name(meeting, command, about);
	struct mtg_command asked = {.by = {.role = comparing->given->by}, .body = *command};
	int refusal = mtg_decide(meeting, &asked, comparing->given->now, comparing->batch);
	if (refusal == REFUSAL_ALREADY || (refusal == 0 && comparing->batch->n == 0)) {
		return;
	}
	for (size_t i = 0; refusal == 0 && i < comparing->batch->n; i++) {
		mtg_apply(meeting, &comparing->batch->records[i]);
	}
	struct plan_change *change = append(comparing);
	if (change) {
		change->command = *command;
		ARRAY_COPY(change->about, about);
		change->refusal = (enum refusal)refusal;
		comparing->changes->n_refused += refusal != 0;
	}
}
