#include "coordinator/autopilot/meeting_mirror.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* An array of views of one kind; a view's name or number is its first field. */
struct rack {
	void *base;
	size_t count;
	size_t size; /* of one view */
	size_t key_size; /* bytes compared of a number */
	bool named;
};

static char *at(const struct rack *rack, size_t index)
{
	return (char *)rack->base + index * rack->size;
}

static bool same_key(const struct rack *rack, const void *a, const void *b)
{
	return rack->named ? strcmp(a, b) == 0 : memcmp(a, b, rack->key_size) == 0;
}

static size_t find(const struct rack *rack, const void *key)
{
	size_t i = 0;
	while (i < rack->count && !same_key(rack, at(rack, i), key)) {
		i++;
	}
	return i;
}

/* Puts each view in the place of the one with its name, or at the end. */
static int put_all(struct rack *rack, const void *mirror, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *view = (const char *)mirror + i * rack->size;
		size_t index = find(rack, view);
		if (index == rack->count) {
			void *grown = realloc(rack->base, (rack->count + 1) * rack->size);
			if (!grown) {
				return -ENOMEM;
			}
			rack->base = grown;
			rack->count++;
		}
		memcpy(at(rack, index), view, rack->size);
	}
	return 0;
}

/* names: rows of row_size bytes. A view without a name in it is removed. */
static int put_in_order(struct rack *rack, const char *names, size_t row_size, size_t count)
{
	size_t placed = 0;
	char *held = malloc(rack->size);
	if (!held) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < count; i++) {
		size_t index = find(rack, names + i * row_size);
		if (index == rack->count || index < placed) {
			continue;
		}
		memcpy(held, at(rack, index), rack->size);
		memmove(at(rack, placed + 1), at(rack, placed), (index - placed) * rack->size);
		memcpy(at(rack, placed++), held, rack->size);
	}
	free(held);
	rack->count = placed;
	return 0;
}

#define RACK(array, n, is_named)                                                                   \
	{                                                                                          \
		.base = (array), .count = (n), .size = sizeof(*(array)),                           \
		.key_size = sizeof(uint64_t), .named = (is_named)                                  \
	}

static int put_sites(
	struct meeting_mirror *mirror, const struct wire_site_view *sites, size_t count)
{
	struct rack rack = RACK(mirror->sites, mirror->n_sites, true);
	int r = put_all(&rack, sites, count);
	mirror->sites = rack.base;
	mirror->n_sites = rack.count;
	return r;
}

static int put_items(
	struct meeting_mirror *mirror, const struct wire_item_view *items, size_t count)
{
	struct rack rack = RACK(mirror->items, mirror->n_items, true);
	int r = put_all(&rack, items, count);
	mirror->items = rack.base;
	mirror->n_items = rack.count;
	return r;
}

static int put_turns(
	struct meeting_mirror *mirror, const struct wire_turn_view *turns, size_t count)
{
	struct rack rack = RACK(mirror->turns, mirror->n_turns, true);
	int r = put_all(&rack, turns, count);
	mirror->turns = rack.base;
	mirror->n_turns = rack.count;
	return r;
}

static int put_alarms(
	struct meeting_mirror *mirror, const struct wire_alarm_view *alarms, size_t count)
{
	struct rack rack = RACK(mirror->alarms, mirror->n_alarms, false);
	int r = put_all(&rack, alarms, count);
	mirror->alarms = rack.base;
	mirror->n_alarms = rack.count;
	return r;
}

/* All of them. */
static int take_votes(
	struct meeting_mirror *mirror, const struct wire_vote_view *votes, size_t count)
{
	struct rack rack = RACK(mirror->votes, 0, true);
	int r = put_all(&rack, votes, count);
	mirror->votes = rack.base;
	mirror->n_votes = rack.count;
	return r;
}

int meeting_mirror_take_snapshot(
	struct meeting_mirror *mirror, const struct wire_snapshot *snapshot)
{
	mirror->n_sites = 0;
	mirror->n_items = 0;
	mirror->n_turns = 0;
	mirror->seq = snapshot->seq;
	mirror->meeting = snapshot->meeting;
	mirror->floor = snapshot->floor;
	mirror->ceremony = snapshot->ceremony;
	int r = put_sites(mirror, snapshot->sites, snapshot->n_sites);
	r = r < 0 ? r : put_items(mirror, snapshot->items, snapshot->n_items);
	r = r < 0 ? r : put_turns(mirror, snapshot->turns, snapshot->n_turns);
	r = r < 0 ? r : take_votes(mirror, snapshot->votes, snapshot->n_votes);
	return r < 0 ? r : put_alarms(mirror, snapshot->alarms, snapshot->n_alarms);
}

static int call_roll(struct meeting_mirror *mirror, const struct wire_update *update)
{
	struct rack rack = RACK(mirror->sites, mirror->n_sites, true);
	int r = put_in_order(&rack, (const char *)update->site_order, sizeof(update->site_order[0]),
		update->n_site_order);
	mirror->n_sites = rack.count;
	return r;
}

static int order_items(struct meeting_mirror *mirror, const struct wire_update *update)
{
	struct rack rack = RACK(mirror->items, mirror->n_items, true);
	int r = put_in_order(&rack, (const char *)update->item_order, sizeof(update->item_order[0]),
		update->n_item_order);
	mirror->n_items = rack.count;
	return r;
}

static int order_turns(struct meeting_mirror *mirror, const struct wire_update *update)
{
	struct rack rack = RACK(mirror->turns, mirror->n_turns, true);
	int r = put_in_order(&rack, (const char *)update->turn_order, sizeof(update->turn_order[0]),
		update->n_turn_order);
	mirror->n_turns = rack.count;
	return r;
}

int meeting_mirror_take_update(struct meeting_mirror *mirror, const struct wire_update *update)
{
	mirror->seq = update->seq;
	if (update->has_meeting) {
		mirror->meeting = update->meeting;
	}
	if (update->has_floor) {
		mirror->floor = update->floor;
	}
	if (update->has_ceremony) {
		mirror->ceremony = update->ceremony;
	}
	int r = put_sites(mirror, update->sites, update->n_sites);
	r = r < 0 ? r : put_items(mirror, update->items, update->n_items);
	r = r < 0 ? r : put_turns(mirror, update->turns, update->n_turns);
	r = r < 0 ? r : put_alarms(mirror, update->alarms, update->n_alarms);
	if (r == 0 && update->has_votes) {
		r = take_votes(mirror, update->votes, update->n_votes);
	}
	if (r == 0 && update->has_site_order) {
		r = call_roll(mirror, update);
	}
	if (r == 0 && update->has_item_order) {
		r = order_items(mirror, update);
	}
	if (r == 0 && update->has_turn_order) {
		r = order_turns(mirror, update);
	}
	return r;
}

void meeting_mirror_finish(struct meeting_mirror *mirror)
{
	free(mirror->sites);
	free(mirror->items);
	free(mirror->turns);
	free(mirror->alarms);
	free(mirror->votes);
	*mirror = (struct meeting_mirror){0};
}

const struct wire_site_view *meeting_mirror_site(
	const struct meeting_mirror *mirror, const char *site)
{
	for (size_t i = 0; i < mirror->n_sites; i++) {
		if (strcmp(mirror->sites[i].site, site) == 0) {
			return &mirror->sites[i];
		}
	}
	return NULL;
}

const struct wire_turn_view *meeting_mirror_turn(
	const struct meeting_mirror *mirror, const char *turn)
{
	for (size_t i = 0; i < mirror->n_turns; i++) {
		if (strcmp(mirror->turns[i].turn, turn) == 0) {
			return &mirror->turns[i];
		}
	}
	return NULL;
}

const struct wire_item_view *meeting_mirror_active_item(const struct meeting_mirror *mirror)
{
	for (size_t i = 0; i < mirror->n_items; i++) {
		if (mirror->items[i].state == ITEM_STATE_ACTIVE) {
			return &mirror->items[i];
		}
	}
	return NULL;
}

size_t meeting_mirror_online(const struct meeting_mirror *mirror)
{
	size_t count = 0;
	for (size_t i = 0; i < mirror->n_sites; i++) {
		count += mirror->sites[i].link == LINK_STATE_ONLINE;
	}
	return count;
}
