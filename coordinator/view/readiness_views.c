#include "coordinator/view/readiness_views.h"

#include <errno.h>
#include <string.h>

#include "coordinator/meeting/checklist.h"
#include "coordinator/meeting/readiness.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/tasks.h"
#include "text_copy.h"

void readiness_view_site(const struct view_derived *derived, int index, struct wire_site_view *ret)
{
	const struct meeting *meeting = derived->meeting;
	const struct site *site = mtg_site(meeting, index);

	if (site->removed) {
		return;
	}
	ret->has_missing = ret->has_late = true;
	for (int i = READINESS_STEP_UNSET + 1; i < READINESS_STEP_END; i++) {
		enum readiness_step step = (enum readiness_step)i;
		struct stamp due;

		if (!mtg_is_missing(meeting, site, step)) {
			continue;
		}
		ret->missing[ret->n_missing++] = step;
		if (mtg_step_due(meeting, site, step, &due) && due.ms <= derived->now.wall.ms) {
			ret->late[ret->n_late++] = step;
		}
	}
	ret->has_posted = site->posted;
	if (site->posted) {
		ret->posted = site->posted_since;
	}
}

void readiness_view_ledger(const struct view_derived *derived, struct wire_ledger_view *ret)
{
	struct ledger ledger;

	memset(ret, 0, sizeof(*ret));
	mtg_ledger(derived->meeting, &ledger);
	ret->ready = (uint32_t)ledger.ready;
	ret->expected = (uint32_t)ledger.expected;
	ret->posted = (uint32_t)ledger.posted;
	for (int i = READINESS_STEP_UNSET + 1; i < READINESS_STEP_END; i++) {
		struct wire_ledger_step_view *step = &ret->steps[ret->n_steps++];

		step->step = (enum readiness_step)i;
		step->done = (uint32_t)ledger.done[i];
		step->needed = (uint32_t)ledger.needed[i];
		step->has_due = mtg_step_due_of_all(derived->meeting, step->step, &step->due);
	}
}

size_t readiness_view_checks(const struct view_derived *derived, struct wire_check_view *ret)
{
	size_t n = mtg_check_count(derived->meeting);

	for (size_t i = 0; i < n; i++) {
		const struct check *check = mtg_check_line(derived->meeting, i);

		memset(&ret[i], 0, sizeof(ret[i]));
		TEXT_COPY(ret[i].check, check->id);
		TEXT_COPY(ret[i].title, check->title);
	}
	return n;
}

static void say_ticks(const struct meeting *meeting, int site, struct wire_site_ticks_view *ret)
{
	const struct tick *ticks = mtg_site_ticks(meeting, site)->ticks;

	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->site, mtg_site(meeting, site)->id);
	for (size_t i = 0; i < mtg_check_count(meeting); i++) {
		if (!ticks[i].marked) {
			continue;
		}
		struct wire_tick_view *view = &ret->ticks[ret->n_ticks++];
		TEXT_COPY(view->check, mtg_check_line(meeting, i)->id);
		view->done = ticks[i].done;
		view->at = ticks[i].at;
		view->by = ticks[i].by;
		view->has_note = ticks[i].note[0] != '\0';
		TEXT_COPY(view->note, ticks[i].note);
	}
}

static bool is_told(const struct meeting *meeting, size_t site, int64_t after)
{
	return mtg_site_ticks(meeting, (int)site)->revision > after;
}

int readiness_view_ticks(const struct view_derived *derived, int64_t after, struct msg_arena *arena,
	const struct wire_site_ticks_view **ret, size_t *ret_n)
{
	const struct meeting *meeting = derived->meeting;
	size_t n = 0;

	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		n += is_told(meeting, i, after);
	}
	struct wire_site_ticks_view *views =
		n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;
	if (n > 0 && !views) {
		return -ENOMEM;
	}
	*ret_n = 0;
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		if (is_told(meeting, i, after)) {
			say_ticks(meeting, (int)i, &views[(*ret_n)++]);
		}
	}
	*ret = views;
	return 0;
}

static void say_task(
	const struct view_derived *derived, const struct task *task, struct wire_task_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->task, task->id);
	TEXT_COPY(ret->title, task->title);
	TEXT_COPY(ret->owner, task->owner);
	ret->has_due = task->due[0] != '\0';
	TEXT_COPY(ret->due, task->due);
	ret->late = mtg_task_is_late(derived->meeting, task, derived->now.wall);
	ret->done = task->done;
	ret->has_wall = ret->has_by = task->marked;
	ret->wall = task->wall;
	ret->by = task->by;
	ret->has_note = task->note[0] != '\0';
	TEXT_COPY(ret->note, task->note);
}

int readiness_view_tasks(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_task_view **ret, size_t *ret_n)
{
	size_t n = mtg_task_count(derived->meeting);
	struct wire_task_view *views = n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;

	if (n > 0 && !views) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		say_task(derived, mtg_task(derived->meeting, i), &views[i]);
	}
	*ret = views;
	*ret_n = n;
	return 0;
}

size_t readiness_late_tasks(const struct view_derived *derived)
{
	size_t n = 0;

	for (size_t i = 0; i < mtg_task_count(derived->meeting); i++) {
		n += mtg_task_is_late(
			derived->meeting, mtg_task(derived->meeting, i), derived->now.wall);
	}
	return n;
}
