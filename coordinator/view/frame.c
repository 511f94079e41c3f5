/*
 * One moment of the meeting, and which slot carries what in it. docs/media.md has the table role x
 * scene x slot; it is this file in words.
 */
#include "coordinator/view/frame.h"

#include <stdlib.h>
#include <string.h>

struct view_frame *view_frame_create(void)
{
	return calloc(1, sizeof(struct view_frame));
}

void view_frame_destroy(struct view_frame *frame)
{
	free(frame);
}

static void feed(struct view_frame *frame, enum slot slot, const struct scene_pane *pane)
{
	frame->slots[slot] = (struct frame_source){pane->site, pane->source};
}

/* A remote camera is the program; the venue's is, when no remote one is there, else the return. */
static void assign_pictures(struct view_frame *frame)
{
	int venue = mtg_main_venue(frame->meeting);
	const struct scene_pane venue_camera = {venue, SOURCE_NAME_CAMERA};

	for (int slot = SLOT_UNSET; slot < SLOT_END; slot++) {
		frame->slots[slot].site = MTG_NONE;
	}
	for (size_t i = 0; i < frame->program.n_panes; i++) {
		const struct scene_pane *pane = &frame->program.panes[i];

		if (pane->source == SOURCE_NAME_CONTENT) {
			feed(frame, SLOT_CONTENT, pane);
		} else if (pane->site != venue || frame->slots[SLOT_PROGRAM].site == MTG_NONE) {
			feed(frame, SLOT_PROGRAM, pane);
		}
	}
	frame->slots[SLOT_PROGRAM_SMALL] = frame->slots[SLOT_PROGRAM];
	if (venue != MTG_NONE && frame->slots[SLOT_PROGRAM].site != MTG_NONE &&
		frame->slots[SLOT_PROGRAM].site != venue) {
		feed(frame, SLOT_RETURN, &venue_camera);
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

static void foresee(struct view_frame *frame, const struct meeting *meeting, struct now now)
{
	struct instant moment = view_forecast_moment(meeting, now.at);
	now.wall.ms -= span_between(moment, now.at).ms;
	now.at = moment;
	mtg_forecast(meeting, now, &frame->forecast);
}

void view_frame_take(struct view_frame *frame, const struct meeting *meeting, struct now now)
{
	memset(frame, 0, sizeof(*frame));
	frame->meeting = meeting;
	frame->now = now;
	mtg_program(meeting, &frame->program);
	mtg_ladder(meeting, &frame->ladder);
	mtg_voices(meeting, frame->voices);
	foresee(frame, meeting, now);
	assign_pictures(frame);
}

enum slot frame_slot_of(const struct view_frame *frame, const struct scene_pane *pane)
{
	static const enum slot pictures[] = {SLOT_PROGRAM, SLOT_RETURN, SLOT_CONTENT};

	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
		const struct frame_source *fed = &frame->slots[pictures[i]];

		if (fed->site == pane->site && fed->source == pane->source) {
			return pictures[i];
		}
	}
	return SLOT_UNSET;
}

static bool shown_to_all(const struct view_frame *frame, enum slot slot)
{
	for (size_t i = 0; i < frame->program.n_panes; i++) {
		if (frame_slot_of(frame, &frame->program.panes[i]) == slot) {
			return true;
		}
	}
	return false;
}

/*
 * Everybody receives what the scene shows; whose own picture is the program receives the return
 * instead. An unfed program slot is received too, so that the first take finds it joined.
 */
static bool receives_picture(const struct view_frame *frame, int site, enum slot slot)
{
	if (frame->slots[slot].site == site) {
		return false;
	}
	if (slot == SLOT_PROGRAM) {
		return true;
	}
	if (slot == SLOT_RETURN) {
		return frame->slots[SLOT_RETURN].site != MTG_NONE &&
		       (frame->slots[SLOT_PROGRAM].site == site ||
			       shown_to_all(frame, SLOT_RETURN));
	}
	return slot == SLOT_CONTENT && frame->slots[SLOT_CONTENT].site != MTG_NONE;
}

enum slot frame_slot_for(const struct view_frame *frame, int site, enum slot slot)
{
	bool poor = mtg_site(frame->meeting, site)->signs[SIGN_RECEPTION_POOR];

	return slot == SLOT_PROGRAM && poor ? SLOT_PROGRAM_SMALL : slot;
}

size_t frame_receive(const struct view_frame *frame, int site, enum slot *ret)
{
	static const enum slot voice_slots[VOICES_MAX] = {
		SLOT_VOICE0, SLOT_VOICE1, SLOT_VOICE2, SLOT_VOICE3};
	size_t n = 0;

	for (enum slot slot = SLOT_PROGRAM; slot <= SLOT_CONTENT; slot++) {
		if (receives_picture(frame, site, slot)) {
			ret[n++] = frame_slot_for(frame, site, slot);
		}
	}
	for (size_t i = 0; i < VOICES_MAX; i++) {
		if (frame->voices[i] != MTG_NONE && frame->voices[i] != site) {
			ret[n++] = voice_slots[i];
		}
	}
	return n;
}
