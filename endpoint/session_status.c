/* The session's report and page state, and the centre's time. Pure. */
#include <string.h>

#include "bounds.h"
#include "endpoint/session_private.h"

void session_add_time_sample(
	struct ep_session *session, int64_t server_ms, int64_t sent_ms, int64_t now_ms)
{
	int64_t trip = now_ms - sent_ms;
	session->samples[session->next_sample] =
		(struct ep_time_sample){trip, server_ms + trip / 2 - now_ms};
	session->next_sample = (session->next_sample + 1) % EP_TIME_SAMPLES;
	session->n_samples += session->n_samples < EP_TIME_SAMPLES;
}

static const struct ep_time_sample *best_sample(const struct ep_session *session)
{
	const struct ep_time_sample *best = NULL;
	for (size_t i = 0; i < session->n_samples; i++) {
		if (!best || session->samples[i].round_trip_ms < best->round_trip_ms) {
			best = &session->samples[i];
		}
	}
	return best;
}

int64_t ep_session_server_ms(const struct ep_session *session, int64_t now_ms)
{
	const struct ep_time_sample *best = best_sample(session);
	return best ? now_ms + best->offset_ms : now_ms;
}

int64_t ep_session_round_trip_ms(const struct ep_session *session)
{
	const struct ep_time_sample *best = best_sample(session);
	return best ? best->round_trip_ms : -1;
}

void ep_session_pong(
	struct ep_session *session, const struct wire_pong *pong, int64_t sent_ms, int64_t now_ms)
{
	session_add_time_sample(session, pong->at.ms, sent_ms, now_ms);
}

void ep_session_sounded(struct ep_session *session, uint64_t bell)
{
	session->sounded = bell;
}

bool ep_session_countdown(const struct ep_session *session, int64_t now_ms, struct span *ret_left)
{
	const struct wire_site_desired *desired = &session->desired;
	if (!session->has_desired || !desired->has_pause || !desired->pause.has_ends) {
		return false;
	}
	int64_t left = desired->pause.ends.ms - ep_session_server_ms(session, now_ms);
	ret_left->ms = left > 0 ? left : 0;
	return true;
}

static void say_film(const struct ep_session *session, const struct ep_media_state *state,
	struct wire_site_report *report)
{
	const struct wire_film_brief *film = &session->desired.film;
	if (!session->desired.has_film || !state->film.known) {
		return;
	}
	report->has_film = true;
	TEXT_COPY(report->film.item, film->item);
	report->film.run = film->run;
	report->film.state = state->film.state;
	report->film.position.ms = state->film.position_ms;
	report->film.has_length = state->film.length_ms > 0;
	report->film.length.ms = state->film.length_ms;
}

void ep_session_report(const struct ep_session *session, const struct ep_media_state *state,
	struct wire_site_report *ret_report)
{
	memset(ret_report, 0, sizeof(*ret_report));
	ret_report->version = session->reached;
	ret_report->level_dbfs = state->level_dbfs;
	ret_report->playing = state->playing;
	ret_report->n_slots = state->n_slots;
	memcpy(ret_report->slots, state->slots, sizeof(ret_report->slots));
	ret_report->has_key = session->has_key;
	ret_report->key = session->key;
	ret_report->has_group_key_spent = state->group_key_spent;
	ret_report->group_key_spent = state->group_key_spent;
	ret_report->has_signs = true;
	ret_report->n_signs = state->n_signs;
	memcpy(ret_report->signs, state->signs, sizeof(ret_report->signs));
	ret_report->has_bell = session->sounded > 0;
	ret_report->bell = session->sounded;
	say_film(session, state, ret_report);
	if (session->n_samples > 1) {
		ret_report->has_round_trip = true;
		ret_report->round_trip.ms = ep_session_round_trip_ms(session);
	}
}

static void show_timer(const struct ep_session *session, int64_t now_ms, struct panel_state *panel)
{
	const struct wire_site_desired *desired = &session->desired;
	if (!desired->has_timer && !desired->has_floor) {
		return;
	}
	const struct wire_timer *timer =
		desired->has_timer ? &desired->timer : &desired->floor.timer;
	int64_t left = timer->allowance.ms - timer->spoken.ms;
	if (timer->has_since) {
		left -= ep_session_server_ms(session, now_ms) - timer->since.ms;
	}
	panel->has_left = timer->allowance.ms > 0;
	panel->left.ms = panel->has_left ? left : 0;
	panel->running = timer->has_since;
	panel->own_clock = desired->has_timer;
}

static void show_programme(const struct wire_site_desired *desired, struct panel_state *panel)
{
	panel->has_items = desired->has_items;
	panel->n_items = desired->n_items;
	memcpy(panel->items, desired->items, sizeof(panel->items));
	panel->has_turns = desired->has_turns;
	panel->n_turns = desired->n_turns;
	memcpy(panel->turns, desired->turns, sizeof(panel->turns));
	panel->has_ahead = desired->has_ahead;
	panel->ahead = desired->ahead;
}

static void show_own(const struct wire_site_desired *desired, struct panel_state *panel)
{
	panel->has_number = true;
	panel->number = desired->number;
	panel->has_registered = desired->has_registered;
	panel->registered = desired->registered;
	panel->has_seated = desired->has_seated;
	panel->seated = desired->seated;
	panel->has_content_shown = desired->has_content_shown;
	panel->content_shown = desired->content_shown;
	panel->has_posted = desired->has_posted;
	panel->posted = desired->posted;
	panel->has_checks = desired->has_checks;
	panel->n_checks = desired->n_checks;
	memcpy(panel->checks, desired->checks, sizeof(panel->checks));
	panel->has_messages = desired->has_messages;
	panel->n_messages = desired->n_messages;
	memcpy(panel->messages, desired->messages, sizeof(panel->messages));
	panel->has_unread = desired->has_unread;
	panel->unread = desired->unread;
	panel->has_notice = desired->has_notice;
	panel->notice = desired->notice;
	panel->has_written = desired->has_written;
	panel->n_written = desired->n_written;
	memcpy(panel->written, desired->written, sizeof(panel->written));
	panel->has_phrases = desired->has_phrases;
	panel->n_phrases = desired->n_phrases;
	memcpy(panel->phrases, desired->phrases, sizeof(panel->phrases));
}

/* The bell of a pause, and the one that sounds now. */
static void show_pause(const struct ep_session *session, int64_t now_ms, struct panel_state *panel)
{
	const struct wire_site_desired *desired = &session->desired;
	int64_t server_ms = ep_session_server_ms(session, now_ms);
	panel->has_pause = desired->has_pause;
	panel->pause.kind = desired->pause.kind;
	panel->pause.has_left = ep_session_countdown(session, now_ms, &panel->pause.left);
	panel->pause.has_bell = desired->pause.has_bell;
	panel->pause.bell.ms = desired->pause.has_bell ? desired->pause.bell.ms - server_ms : 0;
	panel->has_bell = desired->has_bell && server_ms - desired->bell.at.ms < BELL_FRESH_SPAN_MS;
	panel->bell = panel->has_bell ? desired->bell.reason : BELL_REASON_UNSET;
}

static void show_desired(
	const struct ep_session *session, int64_t now_ms, struct panel_state *panel)
{
	const struct wire_site_desired *desired = &session->desired;
	TEXT_COPY(panel->name, desired->name);
	memcpy(panel->title_lines, desired->title_lines, sizeof(panel->title_lines));
	panel->n_title_lines = desired->n_title_lines;
	panel->meeting = desired->meeting;
	panel->has_rehearsal = desired->has_rehearsal;
	panel->rehearsal = desired->rehearsal;
	panel->has_debrief = panel->debrief = desired->debrief;
	panel->tally = desired->tally;
	panel->seen = desired->seen;
	panel->heard = desired->heard;
	panel->hand = desired->hand || session_is_awaiting(session, CMD_TURN_REQUEST);
	panel->has_hands_closed = panel->hands_closed = desired->hands_closed;
	panel->locked = desired->microphone.locked;
	panel->ducked = desired->microphone.ducked;
	panel->acknowledged = desired->has_acknowledged && desired->acknowledged;
	panel->has_item = desired->has_item;
	TEXT_COPY(panel->item, desired->item);
	panel->has_speaker = desired->has_floor;
	TEXT_COPY(panel->speaker, desired->floor.name);
	panel->has_unit = desired->has_unit;
	TEXT_COPY(panel->unit, desired->unit);
	panel->has_message = desired->has_message;
	TEXT_COPY(panel->message, desired->message);
	show_programme(desired, panel);
	show_own(desired, panel);
	panel->has_line_test = desired->has_line_test;
	panel->line_test.measured = desired->line_test.reported;
	panel->line_test.confirmed = desired->line_test.confirmed;
	panel->has_ready = desired->has_ready;
	panel->ready.answered = desired->ready.answered;
	panel->ready.left.ms =
		desired->has_ready ? desired->ready.due.ms - ep_session_server_ms(session, now_ms)
				   : 0;
	panel->has_talkback = desired->has_talkback;
	panel->talkback = desired->talkback;
	show_pause(session, now_ms, panel);
	panel->has_telephone = desired->has_telephone;
	panel->telephone = desired->telephone;
	panel->has_registration = session->has_registration;
	panel->registration = session->registration;
	panel->has_vote = desired->has_vote;
	panel->vote = desired->vote;
	panel->has_opinions = desired->has_opinions;
	panel->opinions = desired->opinions;
	if (desired->has_expected_start) {
		panel->has_until_turn = true;
		panel->until_turn.ms =
			desired->expected_start.ms - ep_session_server_ms(session, now_ms);
	}
	show_timer(session, now_ms, panel);
}

/* What the centre says of the site is of the machine that is on; a spare hears of it only as it
 * joins. */
static void show_as_spare(struct panel_state *panel)
{
	panel->tally = TALLY_OFF;
	panel->seen = panel->heard = false;
	panel->hand = panel->acknowledged = false;
	panel->has_hands_closed = panel->hands_closed = false;
	panel->locked = panel->ducked = false;
	panel->has_item = panel->has_unit = panel->has_message = panel->has_messages = false;
	panel->has_items = panel->has_turns = panel->has_ahead = false;
	panel->has_opinions = false;
	panel->has_unread = panel->has_notice = panel->has_written = panel->has_phrases = false;
	panel->n_written = panel->n_phrases = 0;
	panel->n_messages = panel->n_items = panel->n_turns = 0;
	panel->has_registered = panel->has_seated = panel->has_content_shown = false;
	panel->has_posted = panel->has_checks = false;
	panel->n_checks = 0;
	panel->has_registration = false;
	panel->has_speaker = panel->has_until_turn = false;
	panel->has_left = panel->running = panel->own_clock = false;
}

static void show_fault(bool present, enum site_fault fault, struct panel_state *panel)
{
	if (present) {
		panel->faults[panel->n_faults++] = fault;
	}
}

/* What a camera that refuses us needs is not its cable. */
static void show_troubles(const struct ep_media_state *state, struct panel_state *panel)
{
	for (size_t i = 0; i < state->n_signs; i++) {
		if (state->signs[i] != SIGN_SOURCE_MISSING || !state->camera_refused) {
			panel->signs[panel->n_signs++] = state->signs[i];
		}
	}
	show_fault(state->camera_refused, SITE_FAULT_CAMERA_REFUSED, panel);
	show_fault(state->recording_stopped, SITE_FAULT_RECORDING_STOPPED, panel);
	show_fault(state->disk_nearly_full && !state->recording_stopped,
		SITE_FAULT_DISK_NEARLY_FULL, panel);
}

void ep_session_panel(const struct ep_session *session, const struct ep_media_state *state,
	int64_t now_ms, struct panel_state *ret_panel)
{
	memset(ret_panel, 0, sizeof(*ret_panel));
	TEXT_COPY(ret_panel->site, session->site);
	TEXT_COPY(ret_panel->name, session->site);
	ret_panel->meeting = MEETING_STATE_DRAFT;
	ret_panel->tally = TALLY_OFF;
	if (session->has_desired) {
		show_desired(session, now_ms, ret_panel);
	}
	if (session->spare) {
		show_as_spare(ret_panel);
	}
	ret_panel->connected = session->up;
	ret_panel->spare = session->spare;
	ret_panel->media = state->path_proven;
	ret_panel->playing = state->playing;
	ret_panel->camera = state->has_camera;
	ret_panel->voice = state->has_voice;
	ret_panel->level_dbfs = state->level_dbfs;
	ret_panel->muted = session->muted;
	show_troubles(state, ret_panel);
	ret_panel->waiting = (uint32_t)session->n_pending;
	ret_panel->has_answered = session->answered != PANEL_ACTION_UNSET;
	ret_panel->answered = session->answered;
	ret_panel->has_refusal = session->refusal != REFUSAL_UNSET;
	ret_panel->refusal = session->refusal;
}
