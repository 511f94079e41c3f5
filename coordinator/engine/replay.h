/*
 * A closed meeting that is played: its recording, its clock and its fold. Nothing is decided: what
 * was recorded is applied when its time comes. `now` is what every other clock shows.
 *
 *	replay_steer	where it shall go on, or how fast
 *	replay_move	carries out the last jump that was asked for
 *	replay_next	each entry that has fallen due since
 *
 * A jump back folds the recording again from its beginning (docs/decisions/065).
 */
#ifndef DIEMCAU_COORDINATOR_ENGINE_REPLAY_H
#define DIEMCAU_COORDINATOR_ENGINE_REPLAY_H

#include <stdbool.h>

#include "coordinator/engine/recording.h"

struct replay;

struct replay_steering {
	enum steering how;
	struct instant at; /* with STEERING_TIME */
	uint32_t speed; /* with STEERING_SPEED; at least 1 */
};

struct replay_state {
	uint32_t rate; /* of its clock; 0: it stands */
	uint32_t speed; /* the rate when it goes */
	struct instant begins, ends;
	const struct recording_mark *marks;
	size_t n_marks;
};

/*
 * Reads the journal and stands where the meeting begins, ready to go at `speed`. Refusals and
 * faults are those of recording_read.
 */
int replay_create(
	const char *journal, uint32_t speed, struct instant now, struct replay **ret_replay);
/* NULL is allowed. */
void replay_destroy(struct replay *replay);

/* The fold up to where it stands: another one after replay_move. */
struct meeting *replay_meeting(struct replay *replay);
struct now replay_now(const struct replay *replay, struct instant now);
struct replay_state replay_state(const struct replay *replay);

void replay_steer(
	struct replay *replay, const struct replay_steering *steering, struct instant now);

/* True: it is elsewhere now. A fault leaves it where it is. */
bool replay_move(struct replay *replay, struct instant now);

/* The next entry that is due, applied. False: there is none. Both are valid until the next call. */
bool replay_next(struct replay *replay, struct instant now, const struct mtg_record **ret_record,
	const struct journal_entry **ret_entry);

/* Stops the clock at the end. True: it went until now. */
bool replay_rest(struct replay *replay, struct instant now);

/* How long until there is something to do; negative: not before it is steered. */
int64_t replay_wait(const struct replay *replay, struct instant now);

#endif
