/*
 * The meeting at one moment, and what each slot carries. docs/media.md shows the same as a table
 * role x scene x slot.
 */
#include "coordinator/view/derived.h"

#include <stdlib.h>
#include <string.h>

struct view_derived *view_derived_create(void)
{
	return calloc(1, sizeof(struct view_derived));
}

void view_derived_destroy(struct view_derived *derived)
{
	free(derived);
}

static void feed(struct view_derived *derived, enum slot slot, const struct scene_pane *pane)
{
	derived->slots[slot] = (struct slot_source){pane->site, pane->source};
}

/*
 * A remote camera is the program; the venue's is the return, or the program without a remote one.
 */
static void assign_pictures(struct view_derived *derived)
{
	int venue = mtg_main_venue(derived->meeting);
	const struct scene_pane venue_camera = {venue, SOURCE_NAME_CAMERA};

	for (int slot = SLOT_UNSET; slot < SLOT_END; slot++) {
		derived->slots[slot].site = MTG_NONE;
	}
	for (size_t i = 0; i < derived->program.n_panes; i++) {
		const struct scene_pane *pane = &derived->program.panes[i];

		if (pane->source == SOURCE_NAME_CONTENT) {
			feed(derived, SLOT_CONTENT, pane);
		} else if (pane->site != venue || derived->slots[SLOT_PROGRAM].site == MTG_NONE) {
			feed(derived, SLOT_PROGRAM, pane);
		}
	}
	if (derived->called != MTG_NONE) {
		const struct scene_pane called_camera = {derived->called, SOURCE_NAME_CAMERA};

		feed(derived, SLOT_PROGRAM, &called_camera);
	}
	if (venue != MTG_NONE && derived->slots[SLOT_PROGRAM].site == MTG_NONE &&
		mtg_line_is_tested(derived->meeting)) {
		feed(derived, SLOT_PROGRAM, &venue_camera);
	}
	derived->slots[SLOT_PROGRAM_SMALL] = derived->slots[SLOT_PROGRAM];
	if (venue != MTG_NONE && derived->slots[SLOT_PROGRAM].site != MTG_NONE &&
		derived->slots[SLOT_PROGRAM].site != venue) {
		feed(derived, SLOT_RETURN, &venue_camera);
	}
}

static int64_t step_of(const struct meeting *meeting)
{
	uint32_t speed = mtg_about(meeting)->speed;
	int64_t step = speed > 0 ? VIEW_STEP_MS / (int64_t)speed : VIEW_STEP_MS;
	return step > VIEW_STEP_MIN_MS ? step : VIEW_STEP_MIN_MS;
}

struct instant view_forecast_moment(const struct meeting *meeting, struct instant now)
{
	struct instant last = mtg_last_at(meeting);
	struct instant step = {now.ms - now.ms % step_of(meeting)};
	return last.ms > step.ms && last.ms <= now.ms ? last : step;
}

static void foresee(struct view_derived *derived, const struct meeting *meeting, struct now now)
{
	struct instant moment = view_forecast_moment(meeting, now.at);
	now.wall.ms -= span_between(moment, now.at).ms;
	now.at = moment;
	mtg_forecast(meeting, now, &derived->forecast);
	derived->n_cuts =
		mtg_offer_cuts(meeting, now, &derived->forecast, &derived->trial, derived->cuts);
	told_programme_take(meeting, now, &derived->forecast, &derived->programme);
}

static void call_roll(struct view_derived *derived)
{
	for (size_t i = 0; i < mtg_site_count(derived->meeting); i++) {
		if (!mtg_site(derived->meeting, (int)i)->removed) {
			derived->roster[derived->n_roster++] = (int16_t)i;
		}
	}
}

void view_derived_take(struct view_derived *derived, const struct meeting *meeting, struct now now)
{
	memset(derived, 0, sizeof(*derived));
	derived->meeting = meeting;
	derived->now = now;
	mtg_program(meeting, &derived->program);
	mtg_ladder(meeting, &derived->ladder);
	mtg_ceremony(meeting, &derived->ceremony);
	derived->called = mtg_talkback_pictures(meeting);
	mtg_voices(meeting, derived->voices);
	foresee(derived, meeting, now);
	assign_pictures(derived);
	call_roll(derived);
}

enum slot derived_slot_of(const struct view_derived *derived, const struct scene_pane *pane)
{
	static const enum slot pictures[] = {SLOT_PROGRAM, SLOT_RETURN, SLOT_CONTENT};

	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
		const struct slot_source *fed = &derived->slots[pictures[i]];

		if (fed->site == pane->site && fed->source == pane->source) {
			return pictures[i];
		}
	}
	return SLOT_UNSET;
}

static bool shown_to_all(const struct view_derived *derived, enum slot slot)
{
	for (size_t i = 0; i < derived->program.n_panes; i++) {
		if (derived_slot_of(derived, &derived->program.panes[i]) == slot) {
			return true;
		}
	}
	return false;
}

/*
 * Every site receives what the scene shows; in place of its own picture or content it receives the
 * return. A program slot without a source is received too, so that its transport is ready at the
 * first take. In a talkback the called site and the main venue receive each other, and nobody else
 * receives either.
 */
static bool receives_picture(const struct view_derived *derived, int site, enum slot slot)
{
	if (derived->slots[slot].site == site) {
		return false;
	}
	if (derived->called != MTG_NONE) {
		return (slot == SLOT_PROGRAM && site == mtg_main_venue(derived->meeting)) ||
		       (slot == SLOT_RETURN && site == derived->called);
	}
	if (slot == SLOT_PROGRAM) {
		return true;
	}
	if (slot == SLOT_RETURN) {
		return derived->slots[SLOT_RETURN].site != MTG_NONE &&
		       (mtg_is_in_scene(&derived->program, site) ||
			       shown_to_all(derived, SLOT_RETURN));
	}
	return slot == SLOT_CONTENT && derived->slots[SLOT_CONTENT].site != MTG_NONE;
}

enum slot derived_slot_for(const struct view_derived *derived, int site, enum slot slot)
{
	bool poor = mtg_site(derived->meeting, site)->signs[SIGN_RECEPTION_POOR];

	return slot == SLOT_PROGRAM && poor ? SLOT_PROGRAM_SMALL : slot;
}

size_t derived_receive(const struct view_derived *derived, int site, enum slot *ret)
{
	static const enum slot voice_slots[VOICES_MAX] = {
		SLOT_VOICE0, SLOT_VOICE1, SLOT_VOICE2, SLOT_VOICE3};
	size_t n = 0;

	for (enum slot slot = SLOT_PROGRAM; slot <= SLOT_CONTENT; slot++) {
		if (receives_picture(derived, site, slot)) {
			ret[n++] = derived_slot_for(derived, site, slot);
		}
	}
	if (mtg_talkback(derived->meeting)->open && !mtg_talkback_reaches(derived->meeting, site)) {
		return n;
	}
	for (size_t i = 0; i < VOICES_MAX; i++) {
		if (derived->voices[i] != MTG_NONE && derived->voices[i] != site) {
			ret[n++] = voice_slots[i];
		}
	}
	return n;
}
