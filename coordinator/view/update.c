/*
 * What changed between two snapshots. Views are compared byte by byte: they are filled into zeroed
 * memory, so equal views are equal bytes. A snapshot lists things in their order, so a change of
 * order shows in the ids alone.
 */
#include "coordinator/view/people.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct view_shown {
	struct msg_arena arenas[2]; /* the snapshot shown last, and room for the next */
	size_t shown; /* which arena holds it */
	bool any;
	struct wire_snapshot last;
	int64_t last_message; /* seq of the newest message shown */
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
	msg_arena_finish(&shown->arenas[0]);
	msg_arena_finish(&shown->arenas[1]);
	free(shown);
}

/* A row of views of one kind: every view of one size begins with its id. */
struct row {
	const void *views;
	size_t n;
	size_t size; /* of a view */
	size_t id; /* of the id at its start */
};

static const char *view_at(const struct row *row, size_t i)
{
	return (const char *)row->views + i * row->size;
}

/* The view of the same id, looked for at the same place first. */
static const char *same_id(const struct row *row, size_t hint, const char *id)
{
	if (hint < row->n && memcmp(view_at(row, hint), id, row->id) == 0) {
		return view_at(row, hint);
	}
	for (size_t i = 0; i < row->n; i++) {
		if (memcmp(view_at(row, i), id, row->id) == 0) {
			return view_at(row, i);
		}
	}
	return NULL;
}

/* Copy the views of `now` that are new or different. 0 or -ENOMEM. */
static int changed_views(const struct row *was, const struct row *now, struct msg_arena *arena,
	const void **ret, size_t *ret_n)
{
	char *copies = NULL;

	*ret_n = 0;
	*ret = NULL;
	for (size_t i = 0; i < now->n; i++) {
		const char *old = same_id(was, i, view_at(now, i));

		if (old && memcmp(old, view_at(now, i), now->size) == 0) {
			continue;
		}
		if (!copies) {
			copies = msg_arena_take(arena, now->n * now->size);
			if (!copies) {
				return -ENOMEM;
			}
			*ret = copies;
		}
		memcpy(copies + *ret_n * now->size, view_at(now, i), now->size);
		*ret_n += 1;
	}
	return 0;
}

static bool same_order(const struct row *was, const struct row *now)
{
	if (was->n != now->n) {
		return false;
	}
	for (size_t i = 0; i < now->n; i++) {
		if (memcmp(view_at(was, i), view_at(now, i), now->id) != 0) {
			return false;
		}
	}
	return true;
}

/* The ids of a row in its order, if that changed. 0 or -ENOMEM. */
static int changed_order(const struct row *was, const struct row *now, struct msg_arena *arena,
	void **ret, size_t *ret_n, bool *ret_has)
{
	char *ids;

	*ret_has = !same_order(was, now);
	*ret_n = 0;
	if (!*ret_has || now->n == 0) {
		return 0;
	}
	ids = msg_arena_take(arena, now->n * now->id);
	if (!ids) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < now->n; i++) {
		memcpy(ids + i * now->id, view_at(now, i), now->id);
	}
	*ret = ids;
	*ret_n = now->n;
	return 0;
}

static struct row sites_of(const struct wire_snapshot *s)
{
	return (struct row){s->sites, s->n_sites, sizeof(*s->sites), SITE_ID_SIZE};
}

static struct row items_of(const struct wire_snapshot *s)
{
	return (struct row){s->items, s->n_items, sizeof(*s->items), ITEM_ID_SIZE};
}

static struct row lists_of(const struct wire_snapshot *s)
{
	return (struct row){s->lists, s->n_lists, sizeof(*s->lists), LIST_ID_SIZE};
}

static struct row turns_of(const struct wire_snapshot *s)
{
	return (struct row){s->turns, s->n_turns, sizeof(*s->turns), TURN_ID_SIZE};
}

static struct row alarms_of(const struct wire_snapshot *s)
{
	return (struct row){s->alarms, s->n_alarms, sizeof(*s->alarms), sizeof(s->alarms->alarm)};
}

static int say_rows(const struct wire_snapshot *was, const struct wire_snapshot *now,
	struct msg_arena *arena, struct wire_update *ret)
{
	const struct row old[] = {
		sites_of(was), items_of(was), lists_of(was), turns_of(was), alarms_of(was)};
	const struct row new[] = {
		sites_of(now), items_of(now), lists_of(now), turns_of(now), alarms_of(now)};
	const void *views[5];
	size_t counts[5];

	for (size_t i = 0; i < 5; i++) {
		int r = changed_views(&old[i], &new[i], arena, &views[i], &counts[i]);

		if (r < 0) {
			return r;
		}
	}
	ret->sites = views[0];
	ret->n_sites = counts[0];
	ret->items = views[1];
	ret->n_items = counts[1];
	ret->lists = views[2];
	ret->n_lists = counts[2];
	ret->turns = views[3];
	ret->n_turns = counts[3];
	ret->alarms = views[4];
	ret->n_alarms = counts[4];
	return 0;
}

static int say_orders(const struct wire_snapshot *was, const struct wire_snapshot *now,
	struct msg_arena *arena, struct wire_update *ret)
{
	const struct row old_items = items_of(was), new_items = items_of(now);
	const struct row old_turns = turns_of(was), new_turns = turns_of(now);
	void *items = NULL, *turns = NULL;
	int r;

	r = changed_order(
		&old_items, &new_items, arena, &items, &ret->n_item_order, &ret->has_item_order);
	if (r == 0) {
		r = changed_order(&old_turns, &new_turns, arena, &turns, &ret->n_turn_order,
			&ret->has_turn_order);
	}
	/* a pointer to const arrays takes a cast in C17 */
	ret->item_order = (const char(*)[ITEM_ID_SIZE])items;
	ret->turn_order = (const char(*)[TURN_ID_SIZE])turns;
	return r;
}

static int say_cleared(const struct wire_snapshot *was, const struct wire_snapshot *now,
	struct msg_arena *arena, struct wire_update *ret)
{
	const struct row open = alarms_of(now);
	uint64_t *cleared;

	if (was->n_alarms == 0) {
		return 0;
	}
	cleared = msg_arena_take(arena, was->n_alarms * sizeof(*cleared));
	if (!cleared) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < was->n_alarms; i++) {
		const struct wire_alarm_view *alarm = &was->alarms[i];

		if (!same_id(&open, i, (const char *)&alarm->alarm)) {
			cleared[ret->n_cleared++] = alarm->alarm;
		}
	}
	ret->cleared = cleared;
	return 0;
}

/* Messages have no id and never change: those with a number after the last one shown are new. */
static void say_messages(struct view_shown *shown, const struct view_frame *frame,
	const struct wire_snapshot *now, struct wire_update *ret)
{
	size_t first = 0;

	while (first < now->n_messages &&
		mtg_message(frame->meeting, first)->seq <= shown->last_message) {
		first++;
	}
	ret->n_messages = now->n_messages - first;
	ret->messages = ret->n_messages > 0 ? now->messages + first : NULL;
	if (ret->n_messages > 0) {
		shown->last_message = mtg_message(frame->meeting, now->n_messages - 1)->seq;
	}
}

/* The things there is one of. */
static void say_singles(const struct wire_snapshot *was, const struct wire_snapshot *now, bool any,
	struct wire_update *ret)
{
	ret->has_meeting = !any || memcmp(&was->meeting, &now->meeting, sizeof(now->meeting)) != 0;
	ret->has_floor = !any || memcmp(&was->floor, &now->floor, sizeof(now->floor)) != 0;
	ret->has_scene = !any || memcmp(&was->scene, &now->scene, sizeof(now->scene)) != 0;
	ret->has_relay = !any || memcmp(&was->relay, &now->relay, sizeof(now->relay)) != 0;
	ret->has_microphones =
		!any || memcmp(&was->microphones, &now->microphones, sizeof(now->microphones)) != 0;
	ret->meeting = now->meeting;
	ret->floor = now->floor;
	ret->scene = now->scene;
	ret->relay = now->relay;
	ret->microphones = now->microphones;
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
	struct msg_arena *next = &shown->arenas[1 - shown->shown];
	struct wire_snapshot now;

	msg_arena_reset(next);
	memset(ret, 0, sizeof(*ret));
	*ret_changed = false;
	if (view_snapshot(frame, next, &now) < 0 || say_rows(&shown->last, &now, arena, ret) < 0 ||
		say_orders(&shown->last, &now, arena, ret) < 0 ||
		say_cleared(&shown->last, &now, arena, ret) < 0) {
		return -ENOMEM;
	}
	ret->seq = now.seq;
	ret->at = now.at;
	say_messages(shown, frame, &now, ret);
	say_singles(&shown->last, &now, shown->any, ret);
	shown->last = now;
	shown->shown = 1 - shown->shown;
	shown->any = true;
	*ret_changed = view_says_anything(ret);
	return 0;
}
