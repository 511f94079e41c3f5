#include "coordinator/meeting/tasks.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/readiness.h"

size_t mtg_task_count(const struct meeting *meeting)
{
	return meeting->core.n_tasks;
}

const struct task *mtg_task(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_tasks);
	return &meeting->tasks[position];
}

bool mtg_task_is_late(const struct meeting *meeting, const struct task *task, struct stamp wall)
{
	int64_t day;

	return !task->done && mtg_parse_date(task->due, &day) &&
	       mtg_end_of_day(meeting, day).ms <= wall.ms;
}

int64_t mtg_tasks_revision(const struct meeting *meeting)
{
	return meeting->core.revisions.tasks;
}

int mtg_decide_task_add(struct deciding *d)
{
	const struct cmd_task_add *in = &d->command->body.task_add;
	int64_t day;

	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!in->task[0] || !in->title[0] || !in->owner[0] ||
		(in->has_due && !mtg_parse_date(in->due, &day))) {
		return REFUSAL_INVALID;
	}
	if (mtg_find_task(d->meeting, in->task) != MTG_NONE) {
		return REFUSAL_EXISTS;
	}
	if (d->meeting->core.n_tasks == TASKS_MAX) {
		return REFUSAL_LIMIT;
	}
	struct ev_task_added *out = &mtg_emit(d, EV_TASK_ADDED)->task_added;
	TEXT_COPY(out->task, in->task);
	TEXT_COPY(out->title, in->title);
	TEXT_COPY(out->owner, in->owner);
	OPTIONAL_COPY(out, in, due);
	return 0;
}

void mtg_apply_task_added(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_task_added *in = &record->event.task_added;
	struct task *task = &meeting->tasks[meeting->core.n_tasks++];

	TEXT_COPY(task->id, in->task);
	TEXT_COPY(task->title, in->title);
	TEXT_COPY(task->owner, in->owner);
	TEXT_COPY(task->due, in->has_due ? in->due : "");
	meeting->core.revisions.tasks = record->seq;
}

int mtg_decide_task_remove(struct deciding *d)
{
	const struct cmd_task_remove *in = &d->command->body.task_remove;

	if (mtg_find_task(d->meeting, in->task) == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	TEXT_COPY(mtg_emit(d, EV_TASK_REMOVED)->task_removed.task, in->task);
	return 0;
}

void mtg_apply_task_removed(struct meeting *meeting, const struct mtg_record *record)
{
	size_t index = (size_t)mtg_find_task(meeting, record->event.task_removed.task);
	struct task *at = &meeting->tasks[index];

	meeting->core.n_tasks--;
	memmove(at, at + 1, (meeting->core.n_tasks - index) * sizeof(*at));
	memset(&meeting->tasks[meeting->core.n_tasks], 0, sizeof(*at));
	meeting->core.revisions.tasks = record->seq;
}

/* Also after the closing: expenses are settled then. */
int mtg_decide_task_mark(struct deciding *d)
{
	const struct cmd_task_mark *in = &d->command->body.task_mark;
	int index = mtg_find_task(d->meeting, in->task);

	if (index == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	const struct task *task = &d->meeting->tasks[index];
	if (task->done == in->done && (!in->has_note || strcmp(task->note, in->note) == 0)) {
		return REFUSAL_ALREADY;
	}
	struct ev_task_marked *out = &mtg_emit(d, EV_TASK_MARKED)->task_marked;
	TEXT_COPY(out->task, in->task);
	out->done = in->done;
	OPTIONAL_COPY(out, in, note);
	return 0;
}

void mtg_apply_task_marked(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_task_marked *in = &record->event.task_marked;
	struct task *task = &meeting->tasks[mtg_find_task(meeting, in->task)];

	task->marked = true;
	task->done = in->done;
	task->wall = record->wall;
	task->by = record->by;
	TEXT_COPY(task->note, in->has_note ? in->note : "");
	meeting->core.revisions.tasks = record->seq;
}
