#include "coordinator/engine/playback.h"

#include <errno.h>
#include <stdlib.h>

#include "coordinator/engine/playing_clock.h"

enum {
	STEP_MS = 20, /* what falls due within is applied at once, so that views are made once */
	BEHIND_MS = 1500, /* who asks for the event before means no other than the last one */
};

struct playback {
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

static int apply_one(struct playback *playback, struct meeting *meeting, size_t index)
{
	int r = recording_record(playback->recording, index, &playback->entry, &playback->record);
	if (r == 0) {
		mtg_apply(meeting, &playback->record);
	}
	return r;
}

static int fold_again(struct playback *playback, size_t to)
{
	struct meeting *meeting = mtg_create();
	int r = meeting ? 0 : -ENOMEM;
	for (size_t i = 0; r == 0 && i < to; i++) {
		r = apply_one(playback, meeting, i);
	}
	if (r != 0) {
		mtg_destroy(meeting);
		return r;
	}
	mtg_destroy(playback->meeting);
	playback->meeting = meeting;
	playback->applied = to;
	return 0;
}

static int fold_on(struct playback *playback, size_t to)
{
	int r = 0;
	while (r == 0 && playback->applied < to) {
		r = apply_one(playback, playback->meeting, playback->applied);
		playback->applied += r == 0;
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

static int go_to(struct playback *playback, struct instant wanted, struct instant now)
{
	struct instant at = within(playback->recording, wanted);
	struct instant ends = recording_ends(playback->recording);
	size_t to = recording_until(playback->recording, at);
	int r = to < playback->applied ? fold_again(playback, to) : fold_on(playback, to);
	if (r == 0) {
		playing_clock_put(&playback->clock, at,
			at.ms > ends.ms ? last_of(playback->recording) : ends, now);
	}
	return r;
}

/* ---- its life ---- */

int playback_create(
	const char *journal, uint32_t speed, struct instant now, struct playback **ret_playback)
{
	struct playback *playback = calloc(1, sizeof(*playback));
	if (!playback) {
		return -ENOMEM;
	}
	playback->speed = speed;
	playback->meeting = mtg_create();
	int r = playback->meeting ? recording_read(journal, &playback->recording) : -ENOMEM;
	if (r == 0) {
		r = go_to(playback, recording_begins(playback->recording), now);
	}
	if (r != 0) {
		playback_destroy(playback);
		return r;
	}
	*ret_playback = playback;
	return 0;
}

void playback_destroy(struct playback *playback)
{
	if (playback) {
		recording_destroy(playback->recording);
		mtg_destroy(playback->meeting);
		free(playback);
	}
}

/* ---- asking ---- */

struct meeting *playback_meeting(struct playback *playback)
{
	return playback->meeting;
}

/* The wall clock as it was, by the last entry: it may have been set between two. */
struct now playback_now(const struct playback *playback, struct instant now)
{
	size_t last = playback->applied > 0 ? playback->applied - 1 : 0;
	struct now then = recording_time(playback->recording, last);
	struct instant at = playing_clock_at(&playback->clock, now);
	return (struct now){.at = at, .wall = {then.wall.ms + span_between(then.at, at).ms}};
}

struct playback_state playback_state(const struct playback *playback)
{
	struct playback_state state = {.rate = playback->clock.rate,
		.speed = playback->speed,
		.begins = recording_begins(playback->recording),
		.ends = recording_ends(playback->recording)};
	state.marks = recording_marks(playback->recording, &state.n_marks);
	return state;
}

/* ---- steering ---- */

static void ask_for(struct playback *playback, struct instant at)
{
	playback->is_asked = true;
	playback->asked = at;
}

static void ask_for_next_event(struct playback *playback)
{
	for (size_t i = playback->applied; i < recording_count(playback->recording); i++) {
		if (recording_is_notable(playback->recording, i)) {
			ask_for(playback, recording_time(playback->recording, i).at);
			return;
		}
	}
}

/* While it goes, the event that has just been is behind at once. */
static void ask_for_previous_event(struct playback *playback, struct instant now)
{
	struct instant at = playing_clock_at(&playback->clock, now);
	at.ms -= (int64_t)playback->clock.rate * BEHIND_MS;
	for (size_t i = playback->applied; i-- > 0;) {
		struct instant then = recording_time(playback->recording, i).at;
		if (then.ms < at.ms && recording_is_notable(playback->recording, i)) {
			ask_for(playback, then);
			return;
		}
	}
	ask_for(playback, recording_begins(playback->recording));
}

static void pace(struct playback *playback, uint32_t rate, struct instant now)
{
	playing_clock_pace(&playback->clock, rate, now);
}

void playback_steer(
	struct playback *playback, const struct playback_steering *steering, struct instant now)
{
	switch (steering->how) {
	case STEERING_PAUSE:
		pace(playback, 0, now);
		break;
	case STEERING_GO_ON:
		pace(playback, playback->speed, now);
		break;
	case STEERING_SPEED:
		playback->speed = steering->speed;
		pace(playback, playback->clock.rate ? playback->speed : 0, now);
		break;
	case STEERING_TIME:
		ask_for(playback, steering->at);
		break;
	case STEERING_NEXT_EVENT:
		ask_for_next_event(playback);
		break;
	case STEERING_PREVIOUS_EVENT:
		ask_for_previous_event(playback, now);
		break;
	case STEERING_UNSET:
		break;
	}
}

bool playback_move(struct playback *playback, struct instant now)
{
	bool asked = playback->is_asked;
	playback->is_asked = false;
	return asked && go_to(playback, playback->asked, now) == 0;
}

/* ---- going on ---- */

bool playback_next(struct playback *playback, struct instant now,
	const struct mtg_record **ret_record, const struct journal_entry **ret_entry)
{
	struct instant at = playing_clock_at(&playback->clock, now);
	if (playback->applied == recording_count(playback->recording) ||
		!instant_reached(recording_time(playback->recording, playback->applied).at, at) ||
		apply_one(playback, playback->meeting, playback->applied) != 0) {
		return false;
	}
	playback->applied++;
	*ret_record = &playback->record;
	*ret_entry = &playback->entry;
	return true;
}

bool playback_rest(struct playback *playback, struct instant now)
{
	bool ended = playback->clock.rate > 0 &&
		     instant_reached(playback->clock.end, playing_clock_at(&playback->clock, now));
	if (ended) {
		pace(playback, 0, now);
	}
	return ended;
}

static int64_t until(const struct playback *playback, struct instant due, struct instant now)
{
	int64_t wait = playing_clock_until(&playback->clock, due, now).ms;
	return wait < 0 ? INT64_MAX : wait < STEP_MS ? STEP_MS : wait;
}

int64_t playback_wait(const struct playback *playback, struct instant now)
{
	if (playback->is_asked) {
		return 0;
	}
	if (playback->clock.rate == 0) {
		return -1;
	}
	int64_t end = until(playback, playback->clock.end, now);
	if (playback->applied == recording_count(playback->recording)) {
		return end;
	}
	int64_t next =
		until(playback, recording_time(playback->recording, playback->applied).at, now);
	return next < end ? next : end;
}
