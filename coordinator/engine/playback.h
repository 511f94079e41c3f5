/*
 * A closed meeting that is played: its recording, its clock and its fold. Nothing is decided: what
 * was recorded is applied when its time comes. `now` is what every other clock shows.
 *
 *	playback_steer	where it shall go on, or how fast
 *	playback_move	carries out the last jump that was asked for
 *	playback_next	each entry that has fallen due since
 *
 * A jump back folds the recording again from its beginning (docs/decisions/065).
 */
#ifndef DIEMCAU_COORDINATOR_ENGINE_PLAYBACK_H
#define DIEMCAU_COORDINATOR_ENGINE_PLAYBACK_H

#include <stdbool.h>

#include "coordinator/engine/recording.h"

struct playback;

struct playback_steering {
	enum steering how;
	struct instant at; /* with STEERING_TIME */
	uint32_t speed; /* with STEERING_SPEED; at least 1 */
};

struct playback_state {
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
int playback_create(
	const char *journal, uint32_t speed, struct instant now, struct playback **ret_playback);
/* NULL is allowed. */
void playback_destroy(struct playback *playback);

/* The fold up to where it stands: another one after playback_move. */
struct meeting *playback_meeting(struct playback *playback);
struct now playback_now(const struct playback *playback, struct instant now);
struct playback_state playback_state(const struct playback *playback);

void playback_steer(
	struct playback *playback, const struct playback_steering *steering, struct instant now);

/* True: it is elsewhere now. A fault leaves it where it is. */
bool playback_move(struct playback *playback, struct instant now);

/* The next entry that is due, applied. False: there is none. Both are valid until the next call. */
bool playback_next(struct playback *playback, struct instant now,
	const struct mtg_record **ret_record, const struct journal_entry **ret_entry);

/* Stops the clock at the end. True: it went until now. */
bool playback_rest(struct playback *playback, struct instant now);

/* How long until there is something to do; negative: not before it is steered. */
int64_t playback_wait(const struct playback *playback, struct instant now);

#endif
