/*
 * With every guest ranked within his origin, "each origin keeps its newest, as many as every other"
 * is one number: the highest level at which all ranks below it fit into the room.
 */
#include "coordinator/ws/lobby.h"

#include <stdlib.h>

static size_t room_of(const struct lobby *lobby)
{
	return lobby->room > 0 ? lobby->room : GUESTS_ROOM;
}

bool lobby_is_full(const struct lobby *lobby)
{
	return lobby->count >= (lobby->most > 0 ? lobby->most : GUESTS_MAX);
}

bool lobby_enter(
	struct lobby *lobby, struct lobby_guest *guest, uint64_t origin, struct instant now)
{
	if (lobby_is_full(lobby)) {
		return false;
	}
	*guest = (struct lobby_guest){.origin = origin,
		.number = ++lobby->last_number,
		.came = now,
		.index = lobby->count};
	lobby->guests[lobby->count++] = guest;
	return true;
}

void lobby_leave(struct lobby *lobby, struct lobby_guest *guest)
{
	struct lobby_guest *last = lobby->guests[--lobby->count];
	last->index = guest->index;
	lobby->guests[last->index] = last;
}

static int by_origin_then_newest(const void *a, const void *b)
{
	const struct lobby_guest *one = *(struct lobby_guest *const *)a;
	const struct lobby_guest *other = *(struct lobby_guest *const *)b;
	if (one->origin != other->origin) {
		return one->origin < other->origin ? -1 : 1;
	}
	return (one->number < other->number) - (one->number > other->number);
}

static void rank(struct lobby *lobby)
{
	qsort(lobby->guests, lobby->count, sizeof(lobby->guests[0]), by_origin_then_newest);
	for (size_t i = 0; i < lobby->count; i++) {
		struct lobby_guest *guest = lobby->guests[i];
		const struct lobby_guest *before = i > 0 ? lobby->guests[i - 1] : NULL;
		guest->index = i;
		guest->rank = before && before->origin == guest->origin ? before->rank + 1 : 0;
	}
}

static size_t count_below(const struct lobby *lobby, size_t level)
{
	size_t count = 0;
	for (size_t i = 0; i < lobby->count; i++) {
		count += lobby->guests[i]->rank < level;
	}
	return count;
}

/* How many each origin may keep. */
static size_t level_of(const struct lobby *lobby)
{
	size_t fits = 0, too_many = room_of(lobby) + 1;
	while (too_many - fits > 1) {
		size_t middle = fits + (too_many - fits) / 2;
		*(count_below(lobby, middle) <= room_of(lobby) ? &fits : &too_many) = middle;
	}
	return fits;
}

void lobby_make_room(
	struct lobby *lobby, struct instant now, void (*show_out)(struct lobby_guest *guest))
{
	if (lobby->count <= room_of(lobby)) {
		return;
	}
	rank(lobby);
	size_t level = level_of(lobby);
	for (size_t i = 0; i < lobby->count; i++) {
		struct lobby_guest *guest = lobby->guests[i];
		if (guest->rank >= level && !guest->served &&
			span_between(guest->came, now).ms >= GUEST_GRACE_SPAN_MS) {
			lobby->shown_out++;
			show_out(guest);
		}
	}
}
