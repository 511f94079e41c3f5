/*
 * What changed since the last look. Of each view only its id and a digest are remembered; to be
 * looked at it is said into one place, again and again, and only what is different is kept. Ids are
 * remembered in their order, so a change of order shows in them alone.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/view/digest.h"
#include "coordinator/view/kinds.h"
#include "coordinator/view/people.h"

struct trace {
	char id[KIND_ID_MAX]; /* zeroed behind its end */
	uint64_t digest;
	bool changed; /* or new, at this look */
};

struct row {
	struct trace *traces; /* in the order of the kind */
	size_t n;
};

/* What a look found, in an arena of its own. */
struct look {
	struct msg_arena arena;
	struct row rows[KINDS_NAMED];
	uint64_t meeting, floor, scene, relay, microphones; /* digests */
	int64_t last_message; /* seq of the newest one */
};

struct view_shown {
	struct look looks[2]; /* the last one, and room for the next */
	size_t last;
	bool any;
	union any_view scratch;
};

struct view_shown *view_shown_create(void)
{
	return calloc(1, sizeof(struct view_shown));
}

void view_shown_destroy(struct view_shown *shown)
{
	if (!shown) {
		return;
	}
	msg_arena_finish(&shown->looks[0].arena);
	msg_arena_finish(&shown->looks[1].arena);
	free(shown);
}

/* ---- things there are many of ---- */

/* The trace of the same id, looked for at the same place first. */
static const struct trace *same_id(const struct row *row, size_t hint, const struct trace *trace)
{
	if (hint < row->n && memcmp(row->traces[hint].id, trace->id, sizeof(trace->id)) == 0) {
		return &row->traces[hint];
	}
	for (size_t i = 0; i < row->n; i++) {
		if (memcmp(row->traces[i].id, trace->id, sizeof(trace->id)) == 0) {
			return &row->traces[i];
		}
	}
	return NULL;
}

/* 0 or -ENOMEM. */
static int look_at_row(
	struct view_shown *shown, struct look *now, enum kind kind, const struct view_frame *frame)
{
	const struct kind_of_view *of = &kinds[kind];
	const struct row *was = &shown->looks[shown->last].rows[kind];
	struct row *row = &now->rows[kind];

	row->n = of->count(frame->meeting);
	row->traces =
		row->n > 0 ? msg_arena_take(&now->arena, row->n * sizeof(*row->traces)) : NULL;
	if (row->n > 0 && !row->traces) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < row->n; i++) {
		struct trace *trace = &row->traces[i];

		of->say(frame, i, &shown->scratch);
		memcpy(trace->id, &shown->scratch, of->id);
		trace->digest = view_digest(&shown->scratch, of->size);
		const struct trace *before = same_id(was, i, trace);
		trace->changed = !before || before->digest != trace->digest;
	}
	return 0;
}

static size_t count_changed(const struct row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++) {
		n += row->traces[i].changed;
	}
	return n;
}

/* The views that are new or different. 0 or -ENOMEM. */
static int say_changed(const struct row *row, enum kind kind, const struct view_frame *frame,
	struct msg_arena *arena, const void **ret, size_t *ret_n)
{
	const struct kind_of_view *of = &kinds[kind];
	size_t n = count_changed(row);
	char *at = n > 0 ? msg_arena_take(arena, n * of->size) : NULL;

	if (n > 0 && !at) {
		return -ENOMEM;
	}
	*ret = at;
	*ret_n = n;
	for (size_t i = 0; i < row->n; i++) {
		if (row->traces[i].changed) {
			of->say(frame, i, at);
			at += of->size;
		}
	}
	return 0;
}

static int say_rows(struct view_shown *shown, struct look *now, const struct view_frame *frame,
	struct msg_arena *arena, struct wire_update *ret)
{
	const void *views[KINDS_NAMED];
	size_t counts[KINDS_NAMED];

	for (enum kind kind = KIND_SITE; kind < KINDS_NAMED; kind++) {
		int r = look_at_row(shown, now, kind, frame);

		r = r < 0 ? r
			  : say_changed(&now->rows[kind], kind, frame, arena, &views[kind],
				    &counts[kind]);
		if (r < 0) {
			return r;
		}
	}
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
	return 0;
}

/* ---- their order ---- */

static bool same_order(const struct row *was, const struct row *now)
{
	if (was->n != now->n) {
		return false;
	}
	for (size_t i = 0; i < now->n; i++) {
		if (memcmp(was->traces[i].id, now->traces[i].id, sizeof(now->traces[i].id)) != 0) {
			return false;
		}
	}
	return true;
}

/* The ids of a kind in its order, if that changed. 0 or -ENOMEM. */
static int say_order(const struct view_shown *shown, const struct look *now, enum kind kind,
	struct msg_arena *arena, void **ret, size_t *ret_n, bool *ret_has)
{
	const struct row *row = &now->rows[kind];
	size_t size = kinds[kind].id;
	char *ids;

	*ret_has = !same_order(&shown->looks[shown->last].rows[kind], row);
	if (!*ret_has || row->n == 0) {
		return 0;
	}
	ids = msg_arena_take(arena, row->n * size);
	if (!ids) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < row->n; i++) {
		memcpy(ids + i * size, row->traces[i].id, size);
	}
	*ret = ids;
	*ret_n = row->n;
	return 0;
}

static int say_orders(const struct view_shown *shown, const struct look *now,
	struct msg_arena *arena, struct wire_update *ret)
{
	void *items = NULL, *turns = NULL;
	int r;

	r = say_order(
		shown, now, KIND_ITEM, arena, &items, &ret->n_item_order, &ret->has_item_order);
	if (r == 0) {
		r = say_order(shown, now, KIND_TURN, arena, &turns, &ret->n_turn_order,
			&ret->has_turn_order);
	}
	/* a pointer to const arrays takes a cast in C17 */
	ret->item_order = (const char(*)[ITEM_ID_SIZE])items;
	ret->turn_order = (const char(*)[TURN_ID_SIZE])turns;
	return r;
}

static int say_cleared(const struct view_shown *shown, const struct look *now,
	struct msg_arena *arena, struct wire_update *ret)
{
	const struct row *was = &shown->looks[shown->last].rows[KIND_ALARM];
	uint64_t *cleared;

	if (was->n == 0) {
		return 0;
	}
	cleared = msg_arena_take(arena, was->n * sizeof(*cleared));
	if (!cleared) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < was->n; i++) {
		if (!same_id(&now->rows[KIND_ALARM], i, &was->traces[i])) {
			memcpy(&cleared[ret->n_cleared++], was->traces[i].id, sizeof(*cleared));
		}
	}
	ret->cleared = cleared;
	return 0;
}

/* ---- messages, and the things there is one of ---- */

/* Messages never change: those with a number after the last one shown are new. 0 or -ENOMEM. */
static int say_messages(const struct view_shown *shown, struct look *now,
	const struct view_frame *frame, struct msg_arena *arena, struct wire_update *ret)
{
	size_t n = mtg_message_count(frame->meeting), first = n;
	struct wire_message_view *views;

	now->last_message = n > 0 ? mtg_message(frame->meeting, n - 1)->seq : 0;
	while (first > 0 && mtg_message(frame->meeting, first - 1)->seq >
				    shown->looks[shown->last].last_message) {
		first--;
	}
	if (first == n) {
		return 0;
	}
	views = msg_arena_take(arena, (n - first) * sizeof(*views));
	if (!views) {
		return -ENOMEM;
	}
	for (size_t i = first; i < n; i++) {
		people_message(frame, mtg_message(frame->meeting, i), &views[i - first]);
	}
	ret->messages = views;
	ret->n_messages = n - first;
	return 0;
}

static void say_singles(const struct view_shown *shown, struct look *now,
	const struct view_frame *frame, struct wire_update *ret)
{
	const struct look *was = &shown->looks[shown->last];

	people_meeting(frame, &ret->meeting);
	people_floor(frame, &ret->floor);
	people_scene(frame, &ret->scene);
	people_relay(frame, &ret->relay);
	people_microphones(frame, &ret->microphones);
	now->meeting = view_digest(&ret->meeting, sizeof(ret->meeting));
	now->floor = view_digest(&ret->floor, sizeof(ret->floor));
	now->scene = view_digest(&ret->scene, sizeof(ret->scene));
	now->relay = view_digest(&ret->relay, sizeof(ret->relay));
	now->microphones = view_digest(&ret->microphones, sizeof(ret->microphones));
	ret->has_meeting = !shown->any || now->meeting != was->meeting;
	ret->has_floor = !shown->any || now->floor != was->floor;
	ret->has_scene = !shown->any || now->scene != was->scene;
	ret->has_relay = !shown->any || now->relay != was->relay;
	ret->has_microphones = !shown->any || now->microphones != was->microphones;
}

bool view_says_anything(const struct wire_update *update)
{
	return update->n_sites + update->n_items + update->n_lists + update->n_turns +
			       update->n_alarms + update->n_cleared + update->n_messages >
		       0 ||
	       update->has_meeting || update->has_floor || update->has_scene || update->has_relay ||
	       update->has_microphones || update->has_item_order || update->has_turn_order;
}

int view_update(struct view_shown *shown, const struct view_frame *frame, struct msg_arena *arena,
	struct wire_update *ret, bool *ret_changed)
{
	struct look *now = &shown->looks[1 - shown->last];

	msg_arena_reset(&now->arena);
	memset(ret, 0, sizeof(*ret));
	*ret_changed = false;
	if (say_rows(shown, now, frame, arena, ret) < 0 || say_orders(shown, now, arena, ret) < 0 ||
		say_cleared(shown, now, arena, ret) < 0 ||
		say_messages(shown, now, frame, arena, ret) < 0) {
		return -ENOMEM;
	}
	ret->seq = (uint64_t)mtg_last_seq(frame->meeting);
	ret->at = frame->now.at;
	say_singles(shown, now, frame, ret);
	shown->last = 1 - shown->last;
	shown->any = true;
	*ret_changed = view_says_anything(ret);
	return 0;
}
