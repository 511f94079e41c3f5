/* The whole meeting as views, each thing in its order. */
#include "coordinator/view/people.h"

#include <errno.h>
#include <string.h>

/* Room for n views of one size; true also when none are needed. */
static bool room(struct msg_arena *arena, size_t n, size_t size, void **ret)
{
	*ret = NULL;
	if (n > 0) {
		*ret = msg_arena_take(arena, n * size);
	}
	return n == 0 || *ret;
}

static bool say_sites(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	void *taken;
	struct wire_site_view *views;

	ret->n_sites = mtg_site_count(frame->meeting);
	if (!room(arena, ret->n_sites, sizeof(*views), &taken)) {
		return false;
	}
	views = taken;
	for (size_t i = 0; i < ret->n_sites; i++) {
		people_site(frame, (int)i, &views[i]);
	}
	ret->sites = views;
	return true;
}

static bool say_items(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	void *taken;
	struct wire_item_view *views;

	ret->n_items = mtg_item_count(frame->meeting);
	if (!room(arena, ret->n_items, sizeof(*views), &taken)) {
		return false;
	}
	views = taken;
	for (size_t i = 0; i < ret->n_items; i++) {
		people_item(frame, mtg_item_at(frame->meeting, i), &views[i]);
	}
	ret->items = views;
	return true;
}

static bool say_lists(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	void *taken;
	struct wire_list_view *views;

	ret->n_lists = mtg_list_count(frame->meeting);
	if (!room(arena, ret->n_lists, sizeof(*views), &taken)) {
		return false;
	}
	views = taken;
	for (size_t i = 0; i < ret->n_lists; i++) {
		people_list(frame, (int)i, &views[i]);
	}
	ret->lists = views;
	return true;
}

static bool say_turns(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	void *taken;
	struct wire_turn_view *views;

	ret->n_turns = mtg_turn_count(frame->meeting);
	if (!room(arena, ret->n_turns, sizeof(*views), &taken)) {
		return false;
	}
	views = taken;
	for (size_t i = 0; i < ret->n_turns; i++) {
		people_turn(frame, mtg_turn_at(frame->meeting, i), &views[i]);
	}
	ret->turns = views;
	return true;
}

static bool say_alarms(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	void *taken;
	struct wire_alarm_view *views;

	ret->n_alarms = mtg_alarm_count(frame->meeting);
	if (!room(arena, ret->n_alarms, sizeof(*views), &taken)) {
		return false;
	}
	views = taken;
	for (size_t i = 0; i < ret->n_alarms; i++) {
		people_alarm(frame, mtg_alarm(frame->meeting, i), &views[i]);
	}
	ret->alarms = views;
	return true;
}

static bool say_messages(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	void *taken;
	struct wire_message_view *views;

	ret->n_messages = mtg_message_count(frame->meeting);
	if (!room(arena, ret->n_messages, sizeof(*views), &taken)) {
		return false;
	}
	views = taken;
	for (size_t i = 0; i < ret->n_messages; i++) {
		people_message(frame, mtg_message(frame->meeting, i), &views[i]);
	}
	ret->messages = views;
	return true;
}

int view_snapshot(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->seq = (uint64_t)mtg_last_seq(frame->meeting);
	ret->at = frame->now.at;
	people_meeting(frame, &ret->meeting);
	people_floor(frame, &ret->floor);
	people_scene(frame, &ret->scene);
	people_relay(frame, &ret->relay);
	people_microphones(frame, &ret->microphones);
	if (!say_sites(frame, arena, ret) || !say_items(frame, arena, ret) ||
		!say_lists(frame, arena, ret) || !say_turns(frame, arena, ret) ||
		!say_alarms(frame, arena, ret) || !say_messages(frame, arena, ret)) {
		return -ENOMEM;
	}
	return 0;
}
