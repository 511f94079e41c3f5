/*
 * The lobby: connections that have come and not yet said who they are. Whoever sends half a
 * request, or none, or opens a websocket without a hello waits here. Pure: time is handed in.
 *
 * Many may wait, as long as they are new: a whole country comes at once after a power cut. When
 * more than GUESTS_ROOM wait, those who have waited for GUEST_GRACE_SPAN_MS make room. Who, is
 * decided by where they come from: each origin keeps its newest, as many as every other may keep.
 * So a crowd from elsewhere costs nobody his place, and within one origin (many sites may stand
 * behind one address) those who only wait go before those who have just come. Whoever waits for us
 * stays.
 */
#ifndef DIEMCAU_WS_LOBBY_H
#define DIEMCAU_WS_LOBBY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bounds.h"
#include "units.h"

/* The owner's; embedded in whatever it keeps of a connection. */
struct lobby_guest {
	uint64_t origin; /* its host (network/origin.h) */
	uint64_t number; /* newer ones have higher numbers */
	struct instant came;
	bool served; /* it is we who are slow */
	size_t rank; /* within its origin, the newest first; good within lobby_make_room */
	size_t index;
};

/* All zeroes is an empty one. */
struct lobby {
	struct lobby_guest *guests[GUESTS_MAX]; /* in no order */
	size_t room, most; /* 0: GUESTS_ROOM, GUESTS_MAX; fewer where descriptors are few */
	size_t count;
	uint64_t last_number;
	uint64_t shown_out; /* ever */
};

/* Are even the new ones too many? */
bool lobby_is_full(const struct lobby *lobby);

/* False: it is full. */
bool lobby_enter(
	struct lobby *lobby, struct lobby_guest *guest, uint64_t origin, struct instant now);
void lobby_leave(struct lobby *lobby, struct lobby_guest *guest);

/* Calls `show_out` for each who has to go; he leaves when his connection is gone. */
void lobby_make_room(
	struct lobby *lobby, struct instant now, void (*show_out)(struct lobby_guest *guest));

#endif
