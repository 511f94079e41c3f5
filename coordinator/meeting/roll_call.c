/*
 * The roll call (roll_call.h). A call is a talkback (talkback.h) and ends with it: whatever closes
 * the talkback, or opens another, interrupts the roll.
 */
#include "coordinator/meeting/roll_call.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

const struct roll_call *mtg_roll_call(const struct meeting *meeting)
{
	return &meeting->core.roll;
}

bool mtg_is_on_roll(const struct meeting *meeting, int index)
{
	const struct site *site = &meeting->sites[index];

	return index != meeting->core.main_venue && !site->removed && !site->barred &&
	       mtg_is_venue(site);
}

static bool waits(const struct meeting *meeting, int site, const char *region)
{
	return mtg_is_on_roll(meeting, site) && site != meeting->core.roll.site &&
	       !meeting->sites[site].roll.result && !mtg_is_gone(&meeting->sites[site]) &&
	       (!region || strcmp(meeting->sites[site].region, region) == 0);
}

/* The next that waits after this one, round to it; in the region, where one is given. */
static int next_after(const struct meeting *meeting, int last, const char *region)
{
	int n = (int)meeting->core.n_sites;

	for (int i = 1; i <= n; i++) {
		int site = (last + i) % n;

		if (waits(meeting, site, region)) {
			return site;
		}
	}
	return MTG_NONE;
}

int mtg_roll_next(const struct meeting *meeting, const char *region)
{
	int last = meeting->core.roll.last;

	if (region) {
		return next_after(meeting, last, region);
	}
	int next = last == MTG_NONE ? MTG_NONE
				    : next_after(meeting, last, meeting->sites[last].region);
	/* a region that is over: the first in the roster */
	return next != MTG_NONE ? next : next_after(meeting, MTG_NONE, NULL);
}

static bool is_assembling(const struct meeting *meeting)
{
	return meeting->core.about.state == MEETING_STATE_ASSEMBLING;
}

static bool nobody_has_been_called(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		if (meeting->sites[i].roll.called || meeting->sites[i].roll.result) {
			return false;
		}
	}
	return true;
}

int mtg_decide_roll_begin(struct deciding *d)
{
	if (!is_assembling(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.roll.begun && nobody_has_been_called(d->meeting)) {
		return REFUSAL_ALREADY;
	}
	if (d->meeting->core.roll.site != MTG_NONE) {
		mtg_emit_talkback_closed(d, TALKBACK_END_STAFF);
	}
	mtg_emit(d, EV_ROLL_BEGUN);
	return 0;
}

void mtg_apply_roll_begun(struct meeting *meeting, const struct mtg_record *record)
{
	struct roll_call *roll = &meeting->core.roll;

	roll->begun = true;
	roll->since = record->at;
	roll->site = roll->last = MTG_NONE;
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		memset(&meeting->sites[i].roll, 0, sizeof(meeting->sites[i].roll));
	}
}

/* The site named, or the next: 0 or a refusal. */
static int choose(const struct meeting *meeting, const struct cmd_roll_call *in, int *ret_site)
{
	if (in->has_site) {
		return mtg_check_called(meeting, in->site, ret_site);
	}
	*ret_site = mtg_roll_next(meeting, in->has_region ? in->region : NULL);
	return *ret_site == MTG_NONE ? REFUSAL_NOT_FOUND : 0;
}

static void emit_call(struct deciding *d, int site)
{
	const struct talkback *now = &d->meeting->core.talkback;
	const char *id = d->meeting->sites[site].id;

	if (!d->meeting->core.roll.begun) {
		mtg_emit(d, EV_ROLL_BEGUN);
	}
	if (!now->open || now->private || now->site != site) {
		struct ev_talkback_opened *out = &mtg_emit(d, EV_TALKBACK_OPENED)->talkback_opened;

		out->has_site = true;
		TEXT_COPY(out->site, id);
	}
	TEXT_COPY(mtg_emit(d, EV_ROLL_CALLED)->roll_called.site, id);
}

int mtg_decide_roll_call(struct deciding *d)
{
	int site;

	if (!is_assembling(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.main_venue == MTG_NONE) {
		return REFUSAL_INVALID;
	}
	int r = choose(d->meeting, &d->command->body.roll_call, &site);
	if (r != 0) {
		return r;
	}
	if (d->meeting->core.roll.site == site) {
		return REFUSAL_ALREADY;
	}
	emit_call(d, site);
	return 0;
}

void mtg_apply_roll_called(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_site(meeting, record->event.roll_called.site);
	struct roll_entry *entry = &meeting->sites[index].roll;

	entry->called = true;
	entry->at = record->at;
	meeting->core.roll.site = meeting->core.roll.last = index;
}

/* The talkback says the same of its call, for who looks there. */
static void emit_talkback_mark(struct deciding *d, int site, bool heard)
{
	enum talkback_answer answer = heard ? TALKBACK_ANSWER_HEARD : TALKBACK_ANSWER_NOT_HEARD;

	if (d->meeting->core.talkback.site != site || d->meeting->core.talkback.answer == answer) {
		return;
	}
	struct ev_talkback_marked *out = &mtg_emit(d, EV_TALKBACK_MARKED)->talkback_marked;
	TEXT_COPY(out->site, d->meeting->sites[site].id);
	out->answer = answer;
}

/* Heard and seen: signed. A fault after all: what this roll has signed is taken back. */
static void emit_signature(struct deciding *d, int site, const struct cmd_roll_mark *in)
{
	const struct site *marked = &d->meeting->sites[site];
	bool done = in->result == ROLL_RESULT_HEARD_AND_SEEN;
	bool taken_back = !done && marked->roll.result == ROLL_RESULT_HEARD_AND_SEEN;

	if (marked->steps[READINESS_STEP_ROLL_CALLED].done == done || (!done && !taken_back)) {
		return;
	}
	struct ev_site_signed *out = &mtg_emit(d, EV_SITE_SIGNED)->site_signed;
	TEXT_COPY(out->site, marked->id);
	out->step = READINESS_STEP_ROLL_CALLED;
	out->done = done;
	OPTIONAL_COPY(out, in, evidence);
}

/* 0, or why this may not be said of the site: only who was called has been heard. */
static int check_mark(const struct deciding *d, const struct cmd_roll_mark *in, int site)
{
	const struct roll_entry *entry = &d->meeting->sites[site].roll;
	const char *note = in->has_note ? in->note : "";

	if (!is_word(in->result, ROLL_RESULT_END) || !mtg_is_on_roll(d->meeting, site)) {
		return REFUSAL_INVALID;
	}
	if (!is_assembling(d->meeting) || !d->meeting->core.roll.begun ||
		(in->result == ROLL_RESULT_HEARD_AND_SEEN && !entry->called)) {
		return REFUSAL_WRONG_STATE;
	}
	return entry->result == in->result && strcmp(entry->note, note) == 0 ? REFUSAL_ALREADY : 0;
}

int mtg_decide_roll_mark(struct deciding *d)
{
	const struct cmd_roll_mark *in = &d->command->body.roll_mark;
	int site;
	int r = mtg_need_venue(d->meeting, in->site, &site);

	r = r != 0 ? r : check_mark(d, in, site);
	if (r != 0) {
		return r;
	}
	struct ev_roll_marked *out = &mtg_emit(d, EV_ROLL_MARKED)->roll_marked;
	TEXT_COPY(out->site, in->site);
	out->result = in->result;
	OPTIONAL_COPY(out, in, note);
	emit_talkback_mark(d, site, in->result == ROLL_RESULT_HEARD_AND_SEEN);
	emit_signature(d, site, in);
	return 0;
}

void mtg_apply_roll_marked(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_roll_marked *in = &record->event.roll_marked;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];

	site->roll.result = in->result;
	TEXT_COPY(site->roll.note, in->has_note ? in->note : "");
	site->revision = record->seq;
}
