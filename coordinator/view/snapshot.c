/* The whole meeting as views, each thing in its order. */
#include <errno.h>
#include <string.h>

#include "coordinator/view/kinds.h"
#include "coordinator/view/people.h"

/* All of one kind. 0 or -ENOMEM. */
static int say_all(const struct view_frame *frame, enum kind kind, struct msg_arena *arena,
	const void **ret, size_t *ret_n)
{
	const struct kind_of_view *of = &kinds[kind];
	size_t n = of->count(frame->meeting);
	char *views = n > 0 ? msg_arena_take(arena, n * of->size) : NULL;

	if (n > 0 && !views) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		of->say(frame, i, views + i * of->size);
	}
	*ret = views;
	*ret_n = n;
	return 0;
}

static void place(const void *views[KINDS], const size_t counts[KINDS], struct wire_snapshot *ret)
{
	ret->sites = views[KIND_SITE];
	ret->n_sites = counts[KIND_SITE];
	ret->items = views[KIND_ITEM];
	ret->n_items = counts[KIND_ITEM];
	ret->lists = views[KIND_LIST];
	ret->n_lists = counts[KIND_LIST];
	ret->turns = views[KIND_TURN];
	ret->n_turns = counts[KIND_TURN];
	ret->alarms = views[KIND_ALARM];
	ret->n_alarms = counts[KIND_ALARM];
	ret->messages = views[KIND_MESSAGE];
	ret->n_messages = counts[KIND_MESSAGE];
}

int view_snapshot(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	const void *views[KINDS];
	size_t counts[KINDS];

	memset(ret, 0, sizeof(*ret));
	ret->seq = (uint64_t)mtg_last_seq(frame->meeting);
	ret->at = frame->now.at;
	people_meeting(frame, &ret->meeting);
	people_floor(frame, &ret->floor);
	people_scene(frame, &ret->scene);
	people_relay(frame, &ret->relay);
	people_microphones(frame, &ret->microphones);
	for (enum kind kind = KIND_SITE; kind < KINDS; kind++) {
		int r = say_all(frame, kind, arena, &views[kind], &counts[kind]);

		if (r < 0) {
			return r;
		}
	}
	place(views, counts, ret);
	return 0;
}
