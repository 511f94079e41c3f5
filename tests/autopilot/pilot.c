#include "tests/autopilot/pilot.h"

#include <stdio.h>
#include <string.h>

static void copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

#define COPY(to, from) copy((to), sizeof(to), (from))

static struct span scaled(const struct views *views, struct span planned)
{
	return (struct span){planned.ms / (int64_t)views->meeting.speed};
}

/* ---- before opening ---- */

static enum pilot_verdict gather(struct pilot *pilot, const struct views *views, struct instant now)
{
	size_t wanted = pilot->sites_wanted ? pilot->sites_wanted : views->n_sites;
	size_t good = 0;
	for (size_t i = 0; i < views->n_sites; i++) {
		good += views->sites[i].link == LINK_STATE_ONLINE &&
			views->sites[i].media == MEDIA_STATE_GOOD;
	}
	if (good >= wanted) {
		return PILOT_DONE;
	}
	if (span_between(pilot->begun, now).ms > PILOT_GATHER_MS) {
		snprintf(pilot->failure, sizeof(pilot->failure),
			"%zu sites expected, %zu online, %zu with good media", wanted,
			views_online(views), good);
		return PILOT_FAILED;
	}
	return PILOT_WAIT;
}

static bool is_signed(const struct wire_site_view *site, enum readiness_step step)
{
	for (size_t i = 0; i < site->n_steps; i++) {
		if (site->steps[i].step == step) {
			return true;
		}
	}
	return false;
}

static void sign(const struct wire_site_view *site, enum readiness_step step, const char *evidence,
	struct command *command)
{
	*command = (struct command){.name = CMD_SITE_SIGN,
		.site_sign = {.step = step, .done = true, .has_evidence = true}};
	COPY(command->site_sign.site, site->site);
	COPY(command->site_sign.evidence, evidence);
}

/* False: nobody owes any. */
static bool take_documents(const struct views *views, struct command *command)
{
	for (size_t i = 0; i < views->n_sites; i++) {
		const struct wire_site_view *site = &views->sites[i];
		if (site->has_documents_due && !is_signed(site, READINESS_STEP_DOCUMENTS_IN)) {
			sign(site, READINESS_STEP_DOCUMENTS_IN, "all received", command);
			return true;
		}
	}
	return false;
}

/* False: every site that is there has answered. */
static bool call_roll(const struct views *views, struct command *command)
{
	static const struct {
		enum readiness_step step;
		const char *evidence;
	} calls[] = {
		{READINESS_STEP_LINE_TESTED, "sound and picture both ways"},
		{READINESS_STEP_ROLL_CALLED, "answered the roll call"},
		{READINESS_STEP_SEATED, "delegates seated"},
	};
	for (size_t c = 0; c < sizeof(calls) / sizeof(calls[0]); c++) {
		for (size_t i = 0; i < views->n_sites; i++) {
			const struct wire_site_view *site = &views->sites[i];
			if (site->link == LINK_STATE_ONLINE && !is_signed(site, calls[c].step)) {
				sign(site, calls[c].step, calls[c].evidence, command);
				return true;
			}
		}
	}
	return false;
}

static enum pilot_verdict assemble(
	struct pilot *pilot, const struct views *views, struct instant now, struct command *command)
{
	enum pilot_verdict verdict = gather(pilot, views, now);
	if (verdict != PILOT_DONE) {
		return verdict;
	}
	if (!call_roll(views, command)) {
		*command = (struct command){.name = CMD_MEETING_OPEN};
	}
	return PILOT_SEND;
}

/* ---- the programme ---- */

static bool has_list(const struct wire_item_view *item, const char *list)
{
	for (size_t i = 0; i < item->n_lists; i++) {
		if (strcmp(item->lists[i], list) == 0) {
			return true;
		}
	}
	return false;
}

static bool goes_on_later(const struct views *views, const char *list)
{
	for (size_t i = 0; i < views->n_items; i++) {
		if (views->items[i].state == ITEM_STATE_PENDING &&
			has_list(&views->items[i], list)) {
			return true;
		}
	}
	return false;
}

/* A list that goes on after a break is left where the next speech would not fit any more. */
static bool fits(const struct pilot *pilot, const struct views *views,
	const struct wire_item_view *item, const struct wire_turn_view *turn)
{
	if (!item->has_planned_length || !goes_on_later(views, turn->list)) {
		return true;
	}
	return pilot->used.ms + turn->allowance.ms <= item->planned_length.ms + item->extended.ms;
}

static const struct wire_turn_view *next_turn(
	const struct pilot *pilot, const struct views *views, const struct wire_item_view *item)
{
	for (size_t i = 0; i < views->n_turns; i++) {
		const struct wire_turn_view *turn = &views->turns[i];
		bool speaks =
			turn->state == TURN_STATE_WAITING || turn->state == TURN_STATE_INTERRUPTED;
		if (speaks && turn->approved && has_list(item, turn->list)) {
			return fits(pilot, views, item, turn) ? turn : NULL;
		}
	}
	return NULL;
}

/* Count the allowance of the turn on air, once. */
static void count_used(
	struct pilot *pilot, const struct wire_item_view *item, const struct wire_turn_view *turn)
{
	if (strcmp(pilot->item, item->item) != 0) {
		COPY(pilot->item, item->item);
		pilot->used.ms = 0;
	}
	if (turn && strcmp(pilot->counted, turn->turn) != 0) {
		COPY(pilot->counted, turn->turn);
		pilot->used = span_sum(pilot->used, turn->allowance);
	}
}

static enum pilot_verdict cue(const struct wire_turn_view *turn, struct command *command)
{
	*command = (struct command){.name = CMD_TURN_CUE};
	COPY(command->turn_cue.turn, turn->turn);
	return PILOT_SEND;
}

static enum pilot_verdict resume(const struct wire_turn_view *turn, struct command *command)
{
	*command = (struct command){.name = CMD_FLOOR_RESUME};
	COPY(command->floor_resume.turn, turn->turn);
	return PILOT_SEND;
}

static void watch_cued(struct pilot *pilot, const char *turn, struct instant now)
{
	if (strcmp(pilot->cued, turn) != 0) {
		COPY(pilot->cued, turn);
		pilot->cued_at = now;
	}
}

/* PILOT_DONE: the cued turn is acknowledged. */
static enum pilot_verdict see_acknowledged(struct pilot *pilot, const struct wire_turn_view *turn,
	struct instant now, struct command *command)
{
	watch_cued(pilot, turn->turn, now);
	if (turn->acknowledged) {
		return PILOT_DONE;
	}
	if (span_between(pilot->cued_at, now).ms < PILOT_CALL_MS) {
		return PILOT_WAIT;
	}
	*command = (struct command){.name = CMD_TURN_ACKNOWLEDGE};
	COPY(command->turn_acknowledge.turn, turn->turn);
	return PILOT_SEND;
}

static bool has_media(const struct views *views, const char *name)
{
	const struct wire_site_view *site = views_site(views, name);
	bool main = site && site->kind == SITE_KIND_MAIN;
	return main ||
	       (site && (site->media == MEDIA_STATE_GOOD || site->media == MEDIA_STATE_DEGRADED));
}

static enum pilot_verdict give_floor(struct pilot *pilot, const struct views *views,
	const struct wire_turn_view *turn, struct instant now, struct command *command)
{
	enum pilot_verdict verdict = see_acknowledged(pilot, turn, now, command);
	if (verdict != PILOT_DONE) {
		return verdict;
	}
	if (views->floor.has_taken &&
		span_between(views->floor.taken, now).ms < PILOT_TAKE_GUARD_MS) {
		return PILOT_WAIT;
	}
	if (has_media(views, turn->site)) {
		*command = (struct command){.name = CMD_FLOOR_TAKE};
		COPY(command->floor_take.turn, turn->turn);
		return PILOT_SEND;
	}
	if (span_between(pilot->cued_at, now).ms < PILOT_STUCK_MS) {
		return PILOT_WAIT;
	}
	*command = (struct command){.name = CMD_TURN_ABSENT};
	COPY(command->turn_absent.turn, turn->turn);
	return PILOT_SEND;
}

static enum pilot_verdict listen(struct pilot *pilot, const struct views *views,
	const struct wire_item_view *item, struct instant now, struct command *command)
{
	const struct wire_timer *timer = &views->floor.timer;
	if (!views->floor.has_timer || !timer->has_since) {
		return PILOT_WAIT;
	}
	int64_t length = timer->allowance.ms - timer->spoken.ms;
	length = length > PILOT_SPEECH_MIN_MS ? length : PILOT_SPEECH_MIN_MS;
	int64_t left = length - span_between(timer->since, now).ms;
	if (left <= PILOT_RELEASE_EARLY_MS) {
		*command = (struct command){.name = CMD_FLOOR_RELEASE};
		COPY(command->floor_release.turn, views->floor.turn);
		return PILOT_SEND;
	}
	const struct wire_turn_view *cued =
		views->floor.has_cued ? views_turn(views, views->floor.cued) : NULL;
	if (cued) {
		enum pilot_verdict verdict = see_acknowledged(pilot, cued, now, command);
		return verdict == PILOT_SEND ? PILOT_SEND : PILOT_WAIT;
	}
	const struct wire_turn_view *next = next_turn(pilot, views, item);
	bool soon = left < PILOT_CUE_AHEAD_MS && next && next->state == TURN_STATE_WAITING;
	return soon ? cue(next, command) : PILOT_WAIT;
}

static bool has_run_its_time(
	const struct views *views, const struct wire_item_view *item, struct instant now)
{
	struct span length = item->has_planned_length
				     ? span_sum(item->planned_length, item->extended)
				     : (struct span){PILOT_ITEM_DEFAULT_MS};
	return !item->has_started ||
	       span_between(item->started, now).ms >= scaled(views, length).ms;
}

static enum pilot_verdict run_item(struct pilot *pilot, const struct views *views,
	const struct wire_item_view *item, struct instant now, struct command *command)
{
	const struct wire_turn_view *on_air =
		views->floor.has_turn ? views_turn(views, views->floor.turn) : NULL;
	count_used(pilot, item, on_air);
	if (on_air) {
		return listen(pilot, views, item, now, command);
	}
	if (views->floor.has_cued) {
		const struct wire_turn_view *cued = views_turn(views, views->floor.cued);
		return cued ? give_floor(pilot, views, cued, now, command) : PILOT_WAIT;
	}
	const struct wire_turn_view *next = next_turn(pilot, views, item);
	if (next && next->state == TURN_STATE_INTERRUPTED) {
		return has_media(views, next->site) ? resume(next, command) : PILOT_WAIT;
	}
	if (next) {
		return cue(next, command);
	}
	if (item->n_lists == 0 && !has_run_its_time(views, item, now)) {
		return PILOT_WAIT;
	}
	*command = (struct command){.name = CMD_ITEM_FINISH};
	COPY(command->item_finish.item, item->item);
	return PILOT_SEND;
}

static enum pilot_verdict run_programme(
	struct pilot *pilot, const struct views *views, struct instant now, struct command *command)
{
	const struct wire_item_view *active = views_active_item(views);
	if (active) {
		return run_item(pilot, views, active, now, command);
	}
	for (size_t i = 0; i < views->n_items; i++) {
		if (views->items[i].state == ITEM_STATE_PENDING) {
			*command = (struct command){.name = CMD_ITEM_START};
			COPY(command->item_start.item, views->items[i].item);
			return PILOT_SEND;
		}
	}
	*command = (struct command){.name = CMD_MEETING_CLOSE};
	return PILOT_SEND;
}

enum pilot_verdict pilot_next(struct pilot *pilot, const struct views *views, struct instant now,
	struct command *ret_command)
{
	if (!pilot->has_begun) {
		pilot->has_begun = true;
		pilot->begun = now;
	}
	switch (views->meeting.state) {
	case MEETING_STATE_DRAFT:
		if (!take_documents(views, ret_command)) {
			*ret_command = (struct command){.name = CMD_MEETING_ASSEMBLE};
		}
		return PILOT_SEND;
	case MEETING_STATE_ASSEMBLING:
		return assemble(pilot, views, now, ret_command);
	case MEETING_STATE_LIVE:
		return run_programme(pilot, views, now, ret_command);
	case MEETING_STATE_CLOSED:
		return PILOT_DONE;
	case MEETING_STATE_UNSET:
		return PILOT_WAIT;
	}
	return PILOT_WAIT;
}
