/*
 * Where a running coordinator takes orders of `meeting update`: two files in the meeting's folder,
 * written whole or not at all (proto/schema/change.json). Who can write there owns the
 * installation.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_CHANGE_DESK_H
#define DIEMCAU_COORDINATOR_INSTALLATION_CHANGE_DESK_H

#include "change_msg.h"
#include "coordinator/engine/engine.h"
#include "coordinator/installation/held_meetings.h"

enum { CHANGE_DESK_LOOK_MS = 1000, CHANGE_DESK_WAIT_MS = 15000 };

struct change_desk {
	struct engine *engine; /* borrowed */
	char order[ATOMIC_FILE_PATH_MAX];
	char answer[ATOMIC_FILE_PATH_MAX];
	struct instant next; /* when to look */
	bool is_due; /* commands were accepted and are not all on disk yet */
	int64_t last; /* then: the last of their events */
	struct change_answer given;
};

/* Drops an order of before: who laid it waits no longer. 0 or -ENAMETOOLONG. */
int change_desk_init(
	struct change_desk *desk, const struct meeting_place *place, struct engine *engine);

/*
 * Look for an order and carry it out: every command, or those before the first that is refused;
 * none where the meeting has moved since the order was written (REFUSAL_CONFLICT). It is answered
 * once what was accepted is on disk. Call often: it looks once a second.
 */
void change_desk_look(struct change_desk *desk);

/*
 * The other side: lay an order for the coordinator that serves this meeting, and wait for its
 * answer. 0; -ETIMEDOUT: it did not answer within CHANGE_DESK_WAIT_MS, and the order is taken back;
 * another negative errno.
 */
int change_desk_order(const struct meeting_place *place, const struct change_order *order,
	struct change_answer *ret_answer);

#endif
