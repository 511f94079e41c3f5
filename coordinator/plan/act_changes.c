/* Acts of ceremonies that a changed plan adds, puts right or drops; those of one name and office
 * are one. */
#include <stdio.h>
#include <string.h>

#include "coordinator/meeting/acts.h"
#include "coordinator/meeting/agenda.h"
#include "coordinator/plan/plan_changes_private.h"
#include "proto/codec/difference.h"
#include "proto/gen/tables.h"
#include "text_copy.h"

static const struct command *row_of(const struct plan_rows *rows, const struct cmd_act_add *act)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct command *row = &rows->list[i];
		if (row->name == CMD_ACT_ADD && strcmp(row->act_add.item, act->item) == 0 &&
			strcmp(row->act_add.name, act->name) == 0 &&
			strcmp(row->act_add.office, act->office) == 0) {
			return row;
		}
	}
	return NULL;
}

/* The meeting's act of this row; NULL: it has none. */
static const struct act *held(const struct comparing *comparing, const struct cmd_act_add *row)
{
	const struct meeting *meeting = comparing->given->meeting;
	for (int i = 0; i < (int)mtg_act_count(meeting); i++) {
		const struct act *act = mtg_act(meeting, i);
		if (strcmp(mtg_item(meeting, act->item)->id, row->item) == 0 &&
			strcmp(act->name, row->name) == 0 &&
			strcmp(act->office, row->office) == 0) {
			return act;
		}
	}
	return NULL;
}

static bool is_free(const struct comparing *comparing, const char *id)
{
	const struct meeting *meeting = comparing->given->meeting;
	for (int i = 0; i < (int)mtg_act_count(meeting); i++) {
		if (strcmp(mtg_act(meeting, i)->id, id) == 0) {
			return false;
		}
	}
	return true;
}

/* The next act of the item in the changed plan that the meeting has and that waits; NULL: none. */
static const struct act *next_act(const struct comparing *comparing, const struct command *row)
{
	const struct command *end = comparing->after.list + comparing->after.n;
	const char *item = row->act_add.item;
	for (row++; row < end && row->name == CMD_ACT_ADD; row++) {
		const struct act *act = held(comparing, &row->act_add);
		if (act && act->state == ACT_STATE_WAITING &&
			strcmp(row->act_add.item, item) == 0) {
			return act;
		}
	}
	return NULL;
}

static void add(struct comparing *comparing, const struct command *row)
{
	struct command command = *row;
	struct cmd_act_add *args = &command.act_add;
	const struct act *next = next_act(comparing, row);
	for (size_t i = 1; !is_free(comparing, args->act); i++) {
		snprintf(args->act, sizeof(args->act), "act-%zu", i);
	}
	args->has_before = next != NULL;
	TEXT_COPY(args->before, next ? next->id : "");
	comparing_ask(comparing, &command);
}

/* What the changed plan says no longer is empty from now on. */
static void put_right(struct comparing *comparing, const struct act *act,
	const struct cmd_act_add *was, const struct cmd_act_add *is)
{
	struct command command = {.name = CMD_ACT_EDIT};
	bool any = msg_difference(&msg_cmd_act_add, was, is, &msg_cmd_act_edit, &command.act_edit);
	ARRAY_COPY(command.act_edit.act, act->id);
	if (any) {
		comparing_ask(comparing, &command);
	}
}

static void drop(struct comparing *comparing, const struct cmd_act_add *row)
{
	struct command command = {.name = CMD_ACT_REMOVE};
	const struct act *act = held(comparing, row);
	if (act) {
		ARRAY_COPY(command.act_remove.act, act->id);
		comparing_ask(comparing, &command);
	}
}

void comparing_acts(struct comparing *comparing)
{
	for (size_t i = 0; i < comparing->before.n; i++) {
		const struct command *row = &comparing->before.list[i];
		if (row->name == CMD_ACT_ADD && !row_of(&comparing->after, &row->act_add)) {
			drop(comparing, &row->act_add);
		}
	}
	for (size_t i = 0; i < comparing->after.n; i++) {
		const struct command *row = &comparing->after.list[i];
		if (row->name != CMD_ACT_ADD) {
			continue;
		}
		const struct command *before = row_of(&comparing->before, &row->act_add);
		const struct act *act = held(comparing, &row->act_add);
		if (!act && !before) {
			add(comparing, row);
		} else if (act) {
			put_right(comparing, act, &(before ? before : comparing->nothing)->act_add,
				&row->act_add);
		}
	}
}
