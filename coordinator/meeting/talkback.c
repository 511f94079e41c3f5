/*
 * The talkback (talkback.h). It is a state and no act: link, media and mute of the called site may
 * come and go meanwhile, and whoever called it sees that. Who is heard by whom: microphones.c. Who
 * sees whom: mtg_talkback_pictures.
 */
#include "coordinator/meeting/talkback.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

const struct talkback *mtg_talkback(const struct meeting *meeting)
{
	return &meeting->core.talkback;
}

bool mtg_is_gone(const struct site *site)
{
	return site->link != LINK_STATE_ONLINE && site->media != MEDIA_STATE_GOOD &&
	       site->media != MEDIA_STATE_DEGRADED;
}

int mtg_check_called(const struct meeting *meeting, const char *id, int *ret_site)
{
	int r = mtg_need_venue(meeting, id, ret_site);

	if (r != 0) {
		return r;
	}
	if (*ret_site == meeting->core.main_venue) {
		return REFUSAL_INVALID;
	}
	if (meeting->sites[*ret_site].barred) {
		return REFUSAL_SITE_BARRED;
	}
	return mtg_is_gone(&meeting->sites[*ret_site]) ? REFUSAL_SITE_SILENT : 0;
}

int mtg_decide_talkback_open(struct deciding *d)
{
	const struct cmd_talkback_open *in = &d->command->body.talkback_open;
	const struct talkback *now = &d->meeting->core.talkback;
	bool private = in->has_private && in->private;
	int site = MTG_NONE;

	if (!mtg_may_talk(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.main_venue == MTG_NONE || (private && !in->has_site)) {
		return REFUSAL_INVALID;
	}
	int r = in->has_site ? mtg_check_called(d->meeting, in->site, &site) : 0;
	if (r != 0) {
		return r;
	}
	if (now->open && now->site == site && now->private == private) {
		return REFUSAL_ALREADY;
	}
	struct ev_talkback_opened *out = &mtg_emit(d, EV_TALKBACK_OPENED)->talkback_opened;
	OPTIONAL_COPY(out, in, site);
	out->private = private;
	return 0;
}

void mtg_apply_talkback_opened(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_talkback_opened *in = &record->event.talkback_opened;
	struct talkback *talkback = &meeting->core.talkback;

	talkback->open = true;
	talkback->private = in->private;
	talkback->site = in->has_site ? mtg_find_site(meeting, in->site) : MTG_NONE;
	talkback->answer = TALKBACK_ANSWER_UNSET;
	talkback->since = record->at;
	mtg_roll_interrupted(meeting);
	meeting->core.revisions.microphones = record->seq;
}

/* Heard: it has answered the roll. Not heard after all: what this call has signed is taken back. */
static void sign_roll(struct deciding *d, int site, const struct cmd_talkback_mark *in)
{
	bool heard = in->answer == TALKBACK_ANSWER_HEARD;
	bool signed_before = d->meeting->sites[site].steps[READINESS_STEP_ROLL_CALLED].done;
	bool taken_back = !heard && d->meeting->core.talkback.answer == TALKBACK_ANSWER_HEARD;

	if (heard ? signed_before : !(taken_back && signed_before)) {
		return;
	}
	struct ev_site_signed *out = &mtg_emit(d, EV_SITE_SIGNED)->site_signed;
	TEXT_COPY(out->site, in->site);
	out->step = READINESS_STEP_ROLL_CALLED;
	out->done = heard;
	OPTIONAL_COPY(out, in, evidence);
}

int mtg_decide_talkback_mark(struct deciding *d)
{
	const struct cmd_talkback_mark *in = &d->command->body.talkback_mark;
	const struct talkback *now = &d->meeting->core.talkback;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!is_word(in->answer, TALKBACK_ANSWER_END)) {
		return REFUSAL_INVALID;
	}
	if (!now->open || now->site != site) {
		return REFUSAL_WRONG_STATE;
	}
	if (now->answer == in->answer) {
		return REFUSAL_ALREADY;
	}
	struct ev_talkback_marked *out = &mtg_emit(d, EV_TALKBACK_MARKED)->talkback_marked;
	TEXT_COPY(out->site, in->site);
	out->answer = in->answer;
	if (d->meeting->core.about.state == MEETING_STATE_ASSEMBLING) {
		sign_roll(d, site, in);
	}
	return 0;
}

void mtg_apply_talkback_marked(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_talkback_marked *in = &record->event.talkback_marked;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];

	meeting->core.talkback.answer = in->answer;
	site->talkback_answer = in->answer;
	site->revision = record->seq;
}

void mtg_emit_talkback_closed(struct deciding *d, enum talkback_end cause)
{
	const struct talkback *now = &d->meeting->core.talkback;
	struct ev_talkback_closed *out = &mtg_emit(d, EV_TALKBACK_CLOSED)->talkback_closed;

	out->cause = cause;
	out->has_site = now->site != MTG_NONE;
	if (out->has_site) {
		TEXT_COPY(out->site, d->meeting->sites[now->site].id);
	}
}

int mtg_decide_talkback_close(struct deciding *d)
{
	if (!mtg_may_talk(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!d->meeting->core.talkback.open) {
		return REFUSAL_ALREADY;
	}
	mtg_emit_talkback_closed(d, TALKBACK_END_STAFF);
	return 0;
}

void mtg_apply_talkback_closed(struct meeting *meeting, const struct mtg_record *record)
{
	struct talkback *talkback = &meeting->core.talkback;

	memset(talkback, 0, sizeof(*talkback));
	talkback->site = MTG_NONE;
	mtg_roll_interrupted(meeting);
	meeting->core.revisions.microphones = record->seq;
}

bool mtg_talkback_speaks(const struct meeting *meeting, int site)
{
	const struct talkback *talkback = &meeting->core.talkback;

	return talkback->open && (site == meeting->core.main_venue || site == talkback->site);
}

bool mtg_talkback_reaches(const struct meeting *meeting, int site)
{
	return meeting->core.talkback.open &&
	       (!meeting->core.talkback.private || mtg_talkback_speaks(meeting, site));
}

int mtg_talkback_pictures(const struct meeting *meeting)
{
	bool set_by_hand = meeting->core.scene.overridden && is_under_way(meeting);

	return set_by_hand ? MTG_NONE : meeting->core.talkback.site;
}
