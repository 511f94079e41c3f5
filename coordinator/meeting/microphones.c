/*
 * Microphones: who is locked, who may speak, who is heard.
 *
 * What a site itself enforces is not here. Its local mute and the lock in its desired state meet in
 * endpoint/session.c (is_voice_open); they close the valve before the encoder, in
 * endpoint/media/send/uplink.c. A lock decided here also takes a voice out of the program's slots:
 * see mtg_voices below, which view/desired.c sends to the relay.
 */
#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

int mtg_decide_mic_lock(struct deciding *d)
{
	const struct cmd_mic_lock *in = &d->command->body.mic_lock;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!is_under_way(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->sites[site].locked == in->locked) {
		return REFUSAL_ALREADY;
	}
	struct ev_mic_locked *out = &mtg_emit(d, EV_MIC_LOCKED)->mic_locked;
	TEXT_COPY(out->site, in->site);
	out->locked = in->locked;
	return 0;
}

void mtg_apply_mic_locked(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_mic_locked *in = &record->event.mic_locked;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];

	site->locked = in->locked;
	site->locked_since = record->at;
	meeting->core.revisions.microphones = record->seq;
}

int mtg_decide_mic_lock_all(struct deciding *d)
{
	const struct cmd_mic_lock_all *in = &d->command->body.mic_lock_all;

	if (!is_under_way(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.floor.all_locked == in->locked) {
		return REFUSAL_ALREADY;
	}
	mtg_emit(d, EV_MIC_ALL_LOCKED)->mic_all_locked.locked = in->locked;
	return 0;
}

void mtg_apply_mic_all_locked(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.floor.all_locked = record->event.mic_all_locked.locked;
	meeting->core.floor.all_locked_since = record->at;
	meeting->core.revisions.microphones = record->seq;
}

int mtg_decide_mic_open_venue(struct deciding *d)
{
	const struct cmd_mic_open_venue *in = &d->command->body.mic_open_venue;

	if (!is_live(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.floor.venue_open == in->open) {
		return REFUSAL_ALREADY;
	}
	mtg_emit(d, EV_MIC_VENUE_OPENED)->mic_venue_opened.open = in->open;
	return 0;
}

void mtg_apply_mic_venue_opened(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.floor.venue_open = record->event.mic_venue_opened.open;
	meeting->core.revisions.microphones = record->seq;
}

int mtg_site_on_air(const struct meeting *meeting)
{
	int turn = meeting->core.floor.on_air;

	return turn == MTG_NONE ? MTG_NONE : meeting->turns[turn].site;
}

/* The site beside the main venue that is to be heard: where the floor comes from, or the player. */
static int remote_voice(const struct meeting *meeting)
{
	int site = mtg_film_is_on_air(meeting) ? mtg_player(meeting) : mtg_input_on_air(meeting);

	return site == meeting->core.main_venue ? MTG_NONE : site;
}

bool mtg_is_locked(const struct meeting *meeting, int index)
{
	const struct site *site = mtg_site(meeting, index);

	return site->locked || site->barred ||
	       (meeting->core.floor.all_locked && mtg_input_on_air(meeting) != index &&
		       remote_voice(meeting) != index && !mtg_talkback_speaks(meeting, index));
}

bool mtg_is_ducked(const struct meeting *meeting, int site)
{
	return site == meeting->core.main_venue && remote_voice(meeting) != MTG_NONE &&
	       !meeting->core.floor.venue_open;
}

/* The hall is open between turns, but not in a pause: talk there is private. */
static bool venue_speaks(const struct meeting *meeting)
{
	if (meeting->core.floor.venue_open) {
		return true;
	}
	return remote_voice(meeting) == MTG_NONE && mtg_pause(meeting) == MTG_NONE;
}

bool mtg_may_speak(const struct meeting *meeting, int site)
{
	if (mtg_is_locked(meeting, site)) {
		return false;
	}
	if (!is_live(meeting)) {
		return mtg_talkback_speaks(meeting, site);
	}
	return mtg_input_on_air(meeting) == site || remote_voice(meeting) == site ||
	       (site == meeting->core.main_venue && venue_speaks(meeting));
}

bool mtg_is_heard(const struct meeting *meeting, int site)
{
	return !mtg_site(meeting, site)->muted && mtg_may_speak(meeting, site);
}

void mtg_voices(const struct meeting *meeting, int ret_sites[VOICES_MAX])
{
	int venue = meeting->core.main_venue;
	int speaker = is_live(meeting) ? remote_voice(meeting) : meeting->core.talkback.site;

	for (int i = 0; i < VOICES_MAX; i++) {
		ret_sites[i] = MTG_NONE;
	}
	if (venue != MTG_NONE && mtg_may_speak(meeting, venue)) {
		ret_sites[0] = venue;
	}
	if (speaker != MTG_NONE && speaker != venue && mtg_may_speak(meeting, speaker)) {
		ret_sites[1] = speaker;
	}
}
