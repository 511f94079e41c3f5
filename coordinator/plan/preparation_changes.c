/*
 * Checklist and tasks of a changed plan, by their ids. One whose words are others is another: it
 * comes anew, without the ticks of the one that goes. What somebody removed stays removed.
 */
#include <string.h>

#include "coordinator/meeting/checklist.h"
#include "coordinator/meeting/tasks.h"
#include "coordinator/plan/plan_changes_private.h"
#include "text_copy.h"

/* NULL: the row is of neither. */
static const char *id_of(const struct command *row)
{
	if (row->name == CMD_CHECK_ADD) {
		return row->check_add.check;
	}
	return row->name == CMD_TASK_ADD ? row->task_add.task : NULL;
}

static bool has_id(const struct plan_rows *rows, const struct command *like)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->list[i].name == like->name &&
			strcmp(id_of(&rows->list[i]), id_of(like)) == 0) {
			return true;
		}
	}
	return false;
}

/* The line or task of the meeting that has the row's id, as a row; false: it has none. */
static bool find_held(
	const struct meeting *meeting, const struct command *row, struct command *ret_held)
{
	memset(ret_held, 0, sizeof(*ret_held));
	ret_held->name = row->name;
	for (size_t i = 0; row->name == CMD_CHECK_ADD && i < mtg_check_count(meeting); i++) {
		const struct check *check = mtg_check_line(meeting, i);
		if (strcmp(check->id, row->check_add.check) == 0) {
			TEXT_COPY(ret_held->check_add.title, check->title);
			return true;
		}
	}
	for (size_t i = 0; row->name == CMD_TASK_ADD && i < mtg_task_count(meeting); i++) {
		const struct task *task = mtg_task(meeting, i);
		if (strcmp(task->id, row->task_add.task) == 0) {
			TEXT_COPY(ret_held->task_add.title, task->title);
			TEXT_COPY(ret_held->task_add.owner, task->owner);
			TEXT_COPY(ret_held->task_add.due, task->due);
			return true;
		}
	}
	return false;
}

static bool says_the_same(const struct command *one, const struct command *other)
{
	if (one->name == CMD_CHECK_ADD) {
		return strcmp(one->check_add.title, other->check_add.title) == 0;
	}
	return strcmp(one->task_add.title, other->task_add.title) == 0 &&
	       strcmp(one->task_add.owner, other->task_add.owner) == 0 &&
	       strcmp(one->task_add.due, other->task_add.due) == 0;
}

static void drop(struct comparing *comparing, const struct command *row)
{
	struct command command = {0};
	if (row->name == CMD_CHECK_ADD) {
		command.name = CMD_CHECK_REMOVE;
		TEXT_COPY(command.check_remove.check, row->check_add.check);
	} else {
		command.name = CMD_TASK_REMOVE;
		TEXT_COPY(command.task_remove.task, row->task_add.task);
	}
	comparing_ask(comparing, &command);
}

static void bring(struct comparing *comparing, const struct command *row)
{
	struct command held;
	if (!find_held(comparing->given->meeting, row, &held)) {
		if (!has_id(&comparing->before, row)) {
			comparing_ask(comparing, row);
		}
		return;
	}
	if (!says_the_same(&held, row)) {
		drop(comparing, row);
		comparing_ask(comparing, row);
	}
}

void comparing_preparation(struct comparing *comparing)
{
	struct command held;
	for (size_t i = 0; i < comparing->before.n; i++) {
		const struct command *row = &comparing->before.list[i];
		if (id_of(row) && !has_id(&comparing->after, row) &&
			find_held(comparing->given->meeting, row, &held)) {
			drop(comparing, row);
		}
	}
	for (size_t i = 0; i < comparing->after.n; i++) {
		if (id_of(&comparing->after.list[i])) {
			bring(comparing, &comparing->after.list[i]);
		}
	}
}
