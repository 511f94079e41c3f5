/*
 * With every guest ranked within his origin, "each origin keeps its newest, as many as every other"
 * is one number: the highest level at which all ranks below it fit into the room.
 */
#include "coordinator/ws/lobby.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

/* IPv4 within IPv6 is IPv4; and what has no address (a socket that is gone) is all one. */
uint64_t lobby_origin(const struct sockaddr_storage *address)
{
	static const uint64_t four = (uint64_t)1 << 32; /* no network of IPv6 begins like this */
	if (address->ss_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)address;
		return four | ntohl(in->sin_addr.s_addr);
	}
	if (address->ss_family != AF_INET6) {
		return 0;
	}
	const uint8_t *bytes = ((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr;
	bool mapped = IN6_IS_ADDR_V4MAPPED(&((const struct sockaddr_in6 *)address)->sin6_addr);
	uint64_t origin = 0;
	for (size_t i = mapped ? 12 : 0; i < (mapped ? 16 : 8); i++) {
		origin = origin << 8 | bytes[i];
	}
	return mapped ? four | origin : origin;
}

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
