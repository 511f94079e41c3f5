#include "coordinator/autopilot/autopilot.h"

#include <stdio.h>
#include <string.h>

#include "coordinator/autopilot/hold_vote.h"
#include "text_copy.h"

enum { DAY_MS = 24 * 3600 * 1000 };

static struct span scaled(const struct meeting_mirror *mirror, struct span planned)
{
	return (struct span){planned.ms / (int64_t)mirror->meeting.speed};
}

/* ---- before opening ---- */

static enum autopilot_verdict gather(
	struct autopilot *autopilot, const struct meeting_mirror *mirror, struct instant now)
{
	size_t wanted = autopilot->sites_wanted ? autopilot->sites_wanted : mirror->n_sites;
	size_t good = 0;
	for (size_t i = 0; i < mirror->n_sites; i++) {
		good += mirror->sites[i].link == LINK_STATE_ONLINE &&
			mirror->sites[i].media == MEDIA_STATE_GOOD;
	}
	if (good >= wanted) {
		return AUTOPILOT_DONE;
	}
	if (span_between(autopilot->begun, now).ms > AUTOPILOT_GATHER_MS) {
		snprintf(autopilot->failure, sizeof(autopilot->failure),
			"%zu sites expected, %zu online, %zu with good media", wanted,
			meeting_mirror_online(mirror), good);
		return AUTOPILOT_FAILED;
	}
	return AUTOPILOT_WAIT;
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

static bool lacks(const struct wire_site_view *site, enum readiness_step step)
{
	for (size_t i = 0; i < site->n_missing; i++) {
		if (site->missing[i] == step) {
			return true;
		}
	}
	return false;
}

/* A player of films is there, but is asked nothing. */
static bool is_present(const struct wire_site_view *site)
{
	return site->link == LINK_STATE_ONLINE && site->kind != SITE_KIND_PLAYER;
}

static void sign(const struct wire_site_view *site, enum readiness_step step, const char *evidence,
	struct command *command)
{
	*command = (struct command){.name = CMD_SITE_SIGN,
		.site_sign = {.step = step, .done = true, .has_evidence = true}};
	TEXT_COPY(command->site_sign.site, site->site);
	TEXT_COPY(command->site_sign.evidence, evidence);
}

/* False: no documents are due. */
static bool take_documents(const struct meeting_mirror *mirror, struct command *command)
{
	for (size_t i = 0; i < mirror->n_sites; i++) {
		const struct wire_site_view *site = &mirror->sites[i];
		if (site->has_documents_due && !is_signed(site, READINESS_STEP_DOCUMENTS_IN)) {
			sign(site, READINESS_STEP_DOCUMENTS_IN, "all received", command);
			return true;
		}
	}
	return false;
}

/* False: there is no checklist, or it is done. */
static bool look_around(const struct meeting_mirror *mirror, struct command *command)
{
	for (size_t i = 0; i < mirror->n_sites; i++) {
		const struct wire_site_view *site = &mirror->sites[i];
		if (is_present(site) && lacks(site, READINESS_STEP_CHECKLIST)) {
			sign(site, READINESS_STEP_CHECKLIST, "looked at", command);
			return true;
		}
	}
	return false;
}

/* False: every present site has answered. */
static bool call_roll(const struct meeting_mirror *mirror, struct command *command)
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
		for (size_t i = 0; i < mirror->n_sites; i++) {
			const struct wire_site_view *site = &mirror->sites[i];
			if (is_present(site) && !is_signed(site, calls[c].step)) {
				sign(site, calls[c].step, calls[c].evidence, command);
				return true;
			}
		}
	}
	return false;
}

/* False: no posts are kept, or somebody is at each. */
static bool man_posts(const struct meeting_mirror *mirror, struct command *command)
{
	if (!mirror->meeting.preparation.has_post_due) {
		return false;
	}
	for (size_t i = 0; i < mirror->n_sites; i++) {
		const struct wire_site_view *site = &mirror->sites[i];
		if (is_present(site) && !site->has_posted) {
			*command = (struct command){
				.name = CMD_SITE_POST, .site_post = {.present = true}};
			TEXT_COPY(command->site_post.site, site->site);
			return true;
		}
	}
	return false;
}

static enum autopilot_verdict assemble(struct autopilot *autopilot,
	const struct meeting_mirror *mirror, struct instant now, struct command *command)
{
	enum autopilot_verdict verdict = gather(autopilot, mirror, now);
	if (verdict != AUTOPILOT_DONE) {
		return verdict;
	}
	if (!man_posts(mirror, command) && !look_around(mirror, command) &&
		!call_roll(mirror, command)) {
		*command = (struct command){.name = CMD_MEETING_OPEN};
	}
	return AUTOPILOT_SEND;
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

static bool goes_on_later(const struct meeting_mirror *mirror, const char *list)
{
	for (size_t i = 0; i < mirror->n_items; i++) {
		if (mirror->items[i].state == ITEM_STATE_PENDING &&
			has_list(&mirror->items[i], list)) {
			return true;
		}
	}
	return false;
}

/* A list that continues after a break stops where the next speech would not fit. */
static bool fits(const struct autopilot *autopilot, const struct meeting_mirror *mirror,
	const struct wire_item_view *item, const struct wire_turn_view *turn)
{
	if (!item->has_planned_length || !goes_on_later(mirror, turn->list)) {
		return true;
	}
	return autopilot->used.ms + turn->allowance.ms <=
	       item->planned_length.ms + item->extended.ms;
}

static const struct wire_turn_view *next_turn(const struct autopilot *autopilot,
	const struct meeting_mirror *mirror, const struct wire_item_view *item)
{
	for (size_t i = 0; i < mirror->n_turns; i++) {
		const struct wire_turn_view *turn = &mirror->turns[i];
		bool speaks =
			turn->state == TURN_STATE_WAITING || turn->state == TURN_STATE_INTERRUPTED;
		if (speaks && turn->approved && has_list(item, turn->list)) {
			return fits(autopilot, mirror, item, turn) ? turn : NULL;
		}
	}
	return NULL;
}

/* Counts the allowance of the turn on air, once. */
static void count_used(struct autopilot *autopilot, const struct wire_item_view *item,
	const struct wire_turn_view *turn)
{
	if (strcmp(autopilot->item, item->item) != 0) {
		TEXT_COPY(autopilot->item, item->item);
		autopilot->used.ms = 0;
	}
	if (turn && strcmp(autopilot->counted, turn->turn) != 0) {
		TEXT_COPY(autopilot->counted, turn->turn);
		autopilot->used = span_sum(autopilot->used, turn->allowance);
	}
}

static enum autopilot_verdict cue(const struct wire_turn_view *turn, struct command *command)
{
	*command = (struct command){.name = CMD_TURN_CUE};
	TEXT_COPY(command->turn_cue.turn, turn->turn);
	return AUTOPILOT_SEND;
}

static enum autopilot_verdict resume(const struct wire_turn_view *turn, struct command *command)
{
	*command = (struct command){.name = CMD_FLOOR_RESUME};
	TEXT_COPY(command->floor_resume.turn, turn->turn);
	return AUTOPILOT_SEND;
}

static void watch_cued(struct autopilot *autopilot, const char *turn, struct instant now)
{
	if (strcmp(autopilot->cued, turn) != 0) {
		TEXT_COPY(autopilot->cued, turn);
		autopilot->cued_at = now;
	}
}

/* AUTOPILOT_DONE: the cued turn is acknowledged. */
static enum autopilot_verdict see_acknowledged(struct autopilot *autopilot,
	const struct wire_turn_view *turn, struct instant now, struct command *command)
{
	watch_cued(autopilot, turn->turn, now);
	if (turn->acknowledged) {
		return AUTOPILOT_DONE;
	}
	if (span_between(autopilot->cued_at, now).ms < AUTOPILOT_CALL_MS) {
		return AUTOPILOT_WAIT;
	}
	*command = (struct command){.name = CMD_TURN_ACKNOWLEDGE};
	TEXT_COPY(command->turn_acknowledge.turn, turn->turn);
	return AUTOPILOT_SEND;
}

static bool has_media(const struct meeting_mirror *mirror, const char *name)
{
	const struct wire_site_view *site = meeting_mirror_site(mirror, name);
	bool main = site && site->kind == SITE_KIND_MAIN;
	return main ||
	       (site && (site->media == MEDIA_STATE_GOOD || site->media == MEDIA_STATE_DEGRADED));
}

static enum autopilot_verdict give_floor(struct autopilot *autopilot,
	const struct meeting_mirror *mirror, const struct wire_turn_view *turn, struct instant now,
	struct command *command)
{
	enum autopilot_verdict verdict = see_acknowledged(autopilot, turn, now, command);
	if (verdict != AUTOPILOT_DONE) {
		return verdict;
	}
	if (mirror->floor.has_taken &&
		span_between(mirror->floor.taken, now).ms < AUTOPILOT_TAKE_GUARD_MS) {
		return AUTOPILOT_WAIT;
	}
	if (has_media(mirror, turn->site)) {
		*command = (struct command){.name = CMD_FLOOR_TAKE};
		TEXT_COPY(command->floor_take.turn, turn->turn);
		return AUTOPILOT_SEND;
	}
	if (span_between(autopilot->cued_at, now).ms < AUTOPILOT_STUCK_MS) {
		return AUTOPILOT_WAIT;
	}
	*command = (struct command){.name = CMD_TURN_ABSENT};
	TEXT_COPY(command->turn_absent.turn, turn->turn);
	return AUTOPILOT_SEND;
}

static enum autopilot_verdict listen(struct autopilot *autopilot,
	const struct meeting_mirror *mirror, const struct wire_item_view *item, struct instant now,
	struct command *command)
{
	const struct wire_timer *timer = &mirror->floor.timer;
	if (!mirror->floor.has_timer || !timer->has_since) {
		return AUTOPILOT_WAIT;
	}
	int64_t length = timer->allowance.ms - timer->spoken.ms;
	length = length > AUTOPILOT_SPEECH_MIN_MS ? length : AUTOPILOT_SPEECH_MIN_MS;
	int64_t left = length - span_between(timer->since, now).ms;
	if (left <= AUTOPILOT_RELEASE_EARLY_MS) {
		*command = (struct command){.name = CMD_FLOOR_RELEASE};
		TEXT_COPY(command->floor_release.turn, mirror->floor.turn);
		return AUTOPILOT_SEND;
	}
	const struct wire_turn_view *cued =
		mirror->floor.has_cued ? meeting_mirror_turn(mirror, mirror->floor.cued) : NULL;
	if (cued) {
		enum autopilot_verdict verdict = see_acknowledged(autopilot, cued, now, command);
		return verdict == AUTOPILOT_SEND ? AUTOPILOT_SEND : AUTOPILOT_WAIT;
	}
	const struct wire_turn_view *next = next_turn(autopilot, mirror, item);
	bool soon = left < AUTOPILOT_CUE_AHEAD_MS && next && next->state == TURN_STATE_WAITING;
	return soon ? cue(next, command) : AUTOPILOT_WAIT;
}

static struct span length_of(const struct meeting_mirror *mirror, const struct wire_item_view *item)
{
	struct span length = item->has_planned_length
				     ? span_sum(item->planned_length, item->extended)
				     : (struct span){AUTOPILOT_ITEM_DEFAULT_MS};
	return scaled(mirror, length);
}

static bool has_run_its_time(
	const struct meeting_mirror *mirror, const struct wire_item_view *item, struct instant now)
{
	return !item->has_started ||
	       span_between(item->started, now).ms >= length_of(mirror, item).ms;
}

/* Each act has its share of the item's length. AUTOPILOT_DONE: none is left. */
static enum autopilot_verdict step_ceremony(struct autopilot *autopilot,
	const struct meeting_mirror *mirror, const struct wire_item_view *item, struct instant now,
	struct command *command)
{
	const struct wire_ceremony_view *ceremony = &mirror->ceremony;
	if (!ceremony->has_shown && !ceremony->has_next) {
		return AUTOPILOT_DONE;
	}
	if (strcmp(autopilot->act, ceremony->shown) != 0) {
		TEXT_COPY(autopilot->act, ceremony->shown);
		autopilot->act_at = now;
	}
	int64_t share = length_of(mirror, item).ms / (int64_t)ceremony->total;
	share = share > AUTOPILOT_ACT_MIN_MS ? share : AUTOPILOT_ACT_MIN_MS;
	if (ceremony->has_shown && span_between(autopilot->act_at, now).ms < share) {
		return AUTOPILOT_WAIT;
	}
	if (ceremony->has_next) {
		*command = (struct command){.name = CMD_ACT_SHOW};
		TEXT_COPY(command->act_show.act, ceremony->next);
	} else {
		*command = (struct command){.name = CMD_ACT_FINISH};
		TEXT_COPY(command->act_finish.act, ceremony->shown);
	}
	return AUTOPILOT_SEND;
}

static enum autopilot_verdict run_item(struct autopilot *autopilot,
	const struct meeting_mirror *mirror, const struct wire_item_view *item, struct instant now,
	struct command *command)
{
	const struct wire_turn_view *on_air =
		mirror->floor.has_turn ? meeting_mirror_turn(mirror, mirror->floor.turn) : NULL;
	count_used(autopilot, item, on_air);
	if (on_air) {
		return listen(autopilot, mirror, item, now, command);
	}
	if (mirror->floor.has_cued) {
		const struct wire_turn_view *cued = meeting_mirror_turn(mirror, mirror->floor.cued);
		return cued ? give_floor(autopilot, mirror, cued, now, command) : AUTOPILOT_WAIT;
	}
	const struct wire_turn_view *next = next_turn(autopilot, mirror, item);
	if (next && next->state == TURN_STATE_INTERRUPTED) {
		return has_media(mirror, next->site) ? resume(next, command) : AUTOPILOT_WAIT;
	}
	if (next) {
		return cue(next, command);
	}
	if (item->has_playback && item->playback.on_air) {
		return AUTOPILOT_WAIT; /* its end finishes the item */
	}
	enum autopilot_verdict verdict = step_ceremony(autopilot, mirror, item, now, command);
	if (verdict != AUTOPILOT_DONE) {
		return verdict;
	}
	if (item->n_lists == 0 && !has_run_its_time(mirror, item, now)) {
		return AUTOPILOT_WAIT;
	}
	enum autopilot_verdict voting = hold_vote_of(mirror, item->item, now, command);
	if (voting != AUTOPILOT_DONE) {
		return voting;
	}
	*command = (struct command){.name = CMD_ITEM_FINISH};
	TEXT_COPY(command->item_finish.item, item->item);
	return AUTOPILOT_SEND;
}

/* The next item is planned for a later day than the one that this sitting has done last. */
static bool is_sitting_over(const struct meeting_mirror *mirror, size_t next)
{
	if (next == 0) {
		return false;
	}
	const struct wire_item_view *done = &mirror->items[next - 1];
	const struct wire_item_view *item = &mirror->items[next];
	return mirror->meeting.has_opened && done->has_finished &&
	       done->finished.ms >= mirror->meeting.opened.ms && item->has_planned_start &&
	       (!done->has_planned_start ||
		       item->planned_start / DAY_MS > done->planned_start / DAY_MS);
}

static enum autopilot_verdict run_programme(struct autopilot *autopilot,
	const struct meeting_mirror *mirror, struct instant now, struct command *command)
{
	const struct wire_item_view *active = meeting_mirror_active_item(mirror);
	if (active) {
		return run_item(autopilot, mirror, active, now, command);
	}
	for (size_t i = 0; i < mirror->n_items; i++) {
		if (mirror->items[i].state == ITEM_STATE_PENDING && is_sitting_over(mirror, i)) {
			*command = (struct command){.name = CMD_MEETING_ADJOURN};
			return AUTOPILOT_SEND;
		}
		if (mirror->items[i].state == ITEM_STATE_PENDING) {
			*command = (struct command){.name = CMD_ITEM_START};
			TEXT_COPY(command->item_start.item, mirror->items[i].item);
			return AUTOPILOT_SEND;
		}
	}
	enum autopilot_verdict voting = hold_open_vote(mirror, now, command);
	if (voting != AUTOPILOT_DONE) {
		return voting;
	}
	*command = (struct command){.name = CMD_MEETING_CLOSE};
	return AUTOPILOT_SEND;
}

enum autopilot_verdict autopilot_next(struct autopilot *autopilot,
	const struct meeting_mirror *mirror, struct instant now, struct command *ret_command)
{
	if (!autopilot->has_begun) {
		autopilot->has_begun = true;
		autopilot->begun = now;
	}
	switch (mirror->meeting.state) {
	case MEETING_STATE_DRAFT:
		if (!take_documents(mirror, ret_command)) {
			*ret_command = (struct command){.name = CMD_MEETING_ASSEMBLE};
		}
		return AUTOPILOT_SEND;
	case MEETING_STATE_ASSEMBLING:
		return assemble(autopilot, mirror, now, ret_command);
	case MEETING_STATE_LIVE:
		return run_programme(autopilot, mirror, now, ret_command);
	case MEETING_STATE_CLOSED:
		return AUTOPILOT_DONE;
	case MEETING_STATE_UNSET:
		return AUTOPILOT_WAIT;
	}
	return AUTOPILOT_WAIT;
}
