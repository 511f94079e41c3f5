#include "coordinator/engine/replay.h"

#include <errno.h>
#include <stdlib.h>

#include "coordinator/engine/playing_clock.h"

enum {
	STEP_MS = 20, /* what falls due within is applied at once, so that views are made once */
	BEHIND_MS = 1500, /* who asks for the event before means no other than the last one */
};

struct replay {
	struct recording *recording;
	struct playing_clock clock;
	uint32_t speed;
	struct meeting *meeting;
	size_t applied; /* entries */
	bool is_asked; /* to be elsewhere */
	struct instant asked;
	struct journal_entry entry;
	struct mtg_record record;
};

/* ---- folding ---- */

static int apply_one(struct replay *replay, struct meeting *meeting, size_t index)
{
	int r = recording_record(replay->recording, index, &replay->entry, &replay->record);
	if (r == 0) {
		mtg_apply(meeting, &replay->record);
	}
	return r;
}

static int fold_again(struct replay *replay, size_t to)
{
	struct meeting *meeting = mtg_create();
	int r = meeting ? 0 : -ENOMEM;
	for (size_t i = 0; r == 0 && i < to; i++) {
		r = apply_one(replay, meeting, i);
	}
	if (r != 0) {
		mtg_destroy(meeting);
		return r;
	}
	mtg_destroy(replay->meeting);
	replay->meeting = meeting;
	replay->applied = to;
	return 0;
}

static int fold_on(struct replay *replay, size_t to)
{
	int r = 0;
	while (r == 0 && replay->applied < to) {
		r = apply_one(replay, replay->meeting, replay->applied);
		replay->applied += r == 0;
	}
	return r;
}

/* The last entry has its own place behind the end of the meeting: what was put right later. */
static struct instant last_of(const struct recording *recording)
{
	return recording_time(recording, recording_count(recording) - 1).at;
}

static struct instant within(const struct recording *recording, struct instant at)
{
	struct instant first = recording_time(recording, 0).at, last = last_of(recording);
	return at.ms < first.ms ? first : at.ms > last.ms ? last : at;
}

static int go_to(struct replay *replay, struct instant wanted, struct instant now)
{
	struct instant at = within(replay->recording, wanted);
	struct instant ends = recording_ends(replay->recording);
	size_t to = recording_until(replay->recording, at);
	int r = to < replay->applied ? fold_again(replay, to) : fold_on(replay, to);
	if (r == 0) {
		playing_clock_put(&replay->clock, at,
			at.ms > ends.ms ? last_of(replay->recording) : ends, now);
	}
	return r;
}

/* ---- its life ---- */

int replay_create(
	const char *journal, uint32_t speed, struct instant now, struct replay **ret_replay)
{
	struct replay *replay = calloc(1, sizeof(*replay));
	if (!replay) {
		return -ENOMEM;
	}
	replay->speed = speed;
	replay->meeting = mtg_create();
	int r = replay->meeting ? recording_read(journal, &replay->recording) : -ENOMEM;
	if (r == 0) {
		r = go_to(replay, recording_begins(replay->recording), now);
	}
	if (r != 0) {
		replay_destroy(replay);
		return r;
	}
	*ret_replay = replay;
	return 0;
}

void replay_destroy(struct replay *replay)
{
	if (replay) {
		recording_destroy(replay->recording);
		mtg_destroy(replay->meeting);
		free(replay);
	}
}

/* ---- asking ---- */

struct meeting *replay_meeting(struct replay *replay)
{
	return replay->meeting;
}

/* The wall clock as it was, by the last entry: it may have been set between two. */
struct now replay_now(const struct replay *replay, struct instant now)
{
	size_t last = replay->applied > 0 ? replay->applied - 1 : 0;
	struct now then = recording_time(replay->recording, last);
	struct instant at = playing_clock_at(&replay->clock, now);
	return (struct now){.at = at, .wall = {then.wall.ms + span_between(then.at, at).ms}};
}

struct replay_state replay_state(const struct replay *replay)
{
	struct replay_state state = {.rate = replay->clock.rate,
		.speed = replay->speed,
		.begins = recording_begins(replay->recording),
		.ends = recording_ends(replay->recording)};
	state.marks = recording_marks(replay->recording, &state.n_marks);
	return state;
}

/* ---- steering ---- */

static void ask_for(struct replay *replay, struct instant at)
{
	replay->is_asked = true;
	replay->asked = at;
}

static void ask_for_next_event(struct replay *replay)
{
	for (size_t i = replay->applied; i < recording_count(replay->recording); i++) {
		if (recording_is_notable(replay->recording, i)) {
			ask_for(replay, recording_time(replay->recording, i).at);
			return;
		}
	}
}

/* While it goes, the event that has just been is behind at once. */
static void ask_for_previous_event(struct replay *replay, struct instant now)
{
	struct instant at = playing_clock_at(&replay->clock, now);
	at.ms -= (int64_t)replay->clock.rate * BEHIND_MS;
	for (size_t i = replay->applied; i-- > 0;) {
		struct instant then = recording_time(replay->recording, i).at;
		if (then.ms < at.ms && recording_is_notable(replay->recording, i)) {
			ask_for(replay, then);
			return;
		}
	}
	ask_for(replay, recording_begins(replay->recording));
}

static void pace(struct replay *replay, uint32_t rate, struct instant now)
{
	playing_clock_pace(&replay->clock, rate, now);
}

void replay_steer(struct replay *replay, const struct replay_steering *steering, struct instant now)
{
	switch (steering->how) {
	case STEERING_PAUSE:
		pace(replay, 0, now);
		break;
	case STEERING_GO_ON:
		pace(replay, replay->speed, now);
		break;
	case STEERING_SPEED:
		replay->speed = steering->speed;
		pace(replay, replay->clock.rate ? replay->speed : 0, now);
		break;
	case STEERING_TIME:
		ask_for(replay, steering->at);
		break;
	case STEERING_NEXT_EVENT:
		ask_for_next_event(replay);
		break;
	case STEERING_PREVIOUS_EVENT:
		ask_for_previous_event(replay, now);
		break;
	case STEERING_UNSET:
		break;
	}
}

bool replay_move(struct replay *replay, struct instant now)
{
	bool asked = replay->is_asked;
	replay->is_asked = false;
	return asked && go_to(replay, replay->asked, now) == 0;
}

/* ---- going on ---- */

bool replay_next(struct replay *replay, struct instant now, const struct mtg_record **ret_record,
	const struct journal_entry **ret_entry)
{
	struct instant at = playing_clock_at(&replay->clock, now);
	if (replay->applied == recording_count(replay->recording) ||
		!instant_reached(recording_time(replay->recording, replay->applied).at, at) ||
		apply_one(replay, replay->meeting, replay->applied) != 0) {
		return false;
	}
	replay->applied++;
	*ret_record = &replay->record;
	*ret_entry = &replay->entry;
	return true;
}

bool replay_rest(struct replay *replay, struct instant now)
{
	bool ended = replay->clock.rate > 0 &&
		     instant_reached(replay->clock.end, playing_clock_at(&replay->clock, now));
	if (ended) {
		pace(replay, 0, now);
	}
	return ended;
}

static int64_t until(const struct replay *replay, struct instant due, struct instant now)
{
	int64_t wait = playing_clock_until(&replay->clock, due, now).ms;
	return wait < 0 ? INT64_MAX : wait < STEP_MS ? STEP_MS : wait;
}

int64_t replay_wait(const struct replay *replay, struct instant now)
{
	if (replay->is_asked) {
		return 0;
	}
	if (replay->clock.rate == 0) {
		return -1;
	}
	int64_t end = until(replay, replay->clock.end, now);
	if (replay->applied == recording_count(replay->recording)) {
		return end;
	}
	int64_t next = until(replay, recording_time(replay->recording, replay->applied).at, now);
	return next < end ? next : end;
}
