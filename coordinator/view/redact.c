/*
 * Removes from a view what a role may not read, so that there is one description of the meeting and
 * not two. The removed members follow the rights on events (meeting/rights.h); a new member of a
 * view is shown to all people unless it is named here, and tests/integration/test_disclosure.py
 * checks.
 */
#include <errno.h>
#include <string.h>

#include "coordinator/meeting/rights.h"
#include "coordinator/view/view.h"
#include "coordinator/view/vote_views.h"

/* Only readers of the event see who signed a step; all may see that it is done. */
static void clear_step(struct wire_step_view *step)
{
	step->has_evidence = false;
	memset(step->evidence, 0, sizeof(step->evidence));
	step->by = (struct actor){.role = step->by.role};
}

static void clear_site(enum role role, struct wire_site_view *site)
{
	if (!mtg_role_sees(role, EV_SITE_LINKED)) {
		site->has_address = false;
		memset(site->address, 0, sizeof(site->address));
	}
	if (!mtg_role_sees(role, EV_SITE_CONTACT_GIVEN)) {
		site->has_contact = false;
		memset(site->contact, 0, sizeof(site->contact));
	}
	if (!mtg_role_sees(role, EV_TALKBACK_MARKED)) {
		site->has_talkback_answer = false;
		site->talkback_answer = TALKBACK_ANSWER_UNSET;
	}
	if (!mtg_role_sees(role, EV_READY_ASKED)) {
		site->has_ready = site->has_roll = site->has_line = false;
		site->ready = READY_MARK_UNSET;
		memset(&site->roll, 0, sizeof(site->roll));
		memset(&site->line, 0, sizeof(site->line));
	}
	if (mtg_role_sees(role, EV_SITE_SIGNED)) {
		return;
	}
	for (size_t i = 0; i < site->n_steps; i++) {
		clear_step(&site->steps[i]);
	}
	site->has_missing = site->has_late = site->has_posted = false;
	site->n_missing = site->n_late = 0;
	site->posted.ms = 0;
}

/* Copies: the views themselves are the caller's. */
static int clear_sites(
	enum role role, struct msg_arena *arena, const struct wire_site_view **sites, size_t n)
{
	if (n == 0) {
		return 0;
	}
	struct wire_site_view *copies = msg_arena_take(arena, n * sizeof(*copies));
	if (!copies) {
		return -ENOMEM;
	}
	memcpy(copies, *sites, n * sizeof(*copies));
	for (size_t i = 0; i < n; i++) {
		clear_site(role, &copies[i]);
	}
	*sites = copies;
	return 0;
}

/* Copies, likewise: who cast what is for readers of the event, and the count before it is closed.
 */
static int clear_votes(
	enum role role, struct msg_arena *arena, const struct wire_vote_view **votes, size_t n)
{
	if (n == 0 || mtg_role_sees(role, EV_VOTE_CAST)) {
		return 0;
	}
	struct wire_vote_view *copies = msg_arena_take(arena, n * sizeof(*copies));
	if (!copies) {
		return -ENOMEM;
	}
	memcpy(copies, *votes, n * sizeof(*copies));
	for (size_t i = 0; i < n; i++) {
		vote_views_publish(&copies[i]);
	}
	*votes = copies;
	return 0;
}

/* Copies, likewise: who is on a telephone line is the staff's affair. */
static int clear_turns(
	enum role role, struct msg_arena *arena, const struct wire_turn_view **turns, size_t n)
{
	if (n == 0 || mtg_role_sees(role, EV_TURN_TELEPHONED)) {
		return 0;
	}
	struct wire_turn_view *copies = msg_arena_take(arena, n * sizeof(*copies));
	if (!copies) {
		return -ENOMEM;
	}
	memcpy(copies, *turns, n * sizeof(*copies));
	for (size_t i = 0; i < n; i++) {
		copies[i].has_telephone_note = false;
		memset(copies[i].telephone_note, 0, sizeof(copies[i].telephone_note));
	}
	*turns = copies;
	return 0;
}

static void clear_microphones(enum role role, struct wire_microphones_view *microphones)
{
	if (!mtg_role_sees(role, EV_TALKBACK_OPENED)) {
		microphones->has_talkback = false;
		memset(&microphones->talkback, 0, sizeof(microphones->talkback));
	}
}

/* They are among those who prepare the meeting. */
static void clear_asked(enum role role, bool *has, struct wire_asked_view *asked)
{
	if (!mtg_role_sees(role, EV_READY_ASKED)) {
		*has = false;
		memset(asked, 0, sizeof(*asked));
	}
}

static void clear_direction(enum role role, bool *has, struct wire_direction_view *direction)
{
	if (!mtg_role_sees(role, EV_DIRECTION_TAKEN)) {
		*has = false;
		memset(direction, 0, sizeof(*direction));
	}
}

static void clear_lectern(enum role role, bool *has, struct wire_lectern_view *lectern)
{
	if (!mtg_role_sees(role, EV_SPEAKER_TOLD)) {
		*has = false;
		memset(lectern, 0, sizeof(*lectern));
	}
}

/* A screen shows what the meeting is, and not how it is directed. */
static void clear_meeting(enum role role, struct wire_meeting_view *meeting)
{
	if (!mtg_role_sees(role, EV_MEETING_EDITED)) {
		meeting->has_document = meeting->has_preparation = meeting->has_phrases = false;
		memset(&meeting->document, 0, sizeof(meeting->document));
		memset(&meeting->preparation, 0, sizeof(meeting->preparation));
		memset(&meeting->phrases, 0, sizeof(meeting->phrases));
		meeting->has_cuts = meeting->has_hand_allowance = false;
		meeting->n_cuts = 0;
	}
}

static void clear_relay(enum role role, struct wire_relay_view *relay)
{
	if (!mtg_role_sees(role, EV_RELAY_LINKED)) {
		relay->has_instance = false;
		memset(relay->instance, 0, sizeof(relay->instance));
	}
}

int view_snapshot_for(enum role role, struct msg_arena *arena, struct wire_snapshot *snapshot)
{
	if (!mtg_role_sees(role, EV_MESSAGE_SENT)) {
		snapshot->n_messages = 0;
	}
	if (!mtg_role_sees(role, EV_ALARM_RAISED)) {
		snapshot->n_alarms = 0;
	}
	if (!mtg_role_sees(role, EV_DOCUMENT_ADDED)) {
		snapshot->has_documents = false;
		snapshot->n_documents = 0;
	}
	if (!mtg_role_sees(role, EV_SITE_CHECKED)) {
		snapshot->has_checks = snapshot->has_ticks = snapshot->has_ledger = false;
		snapshot->n_checks = snapshot->n_ticks = 0;
	}
	if (!mtg_role_sees(role, EV_SITE_REGISTERED)) {
		snapshot->has_registrations = snapshot->has_attendance = false;
		snapshot->n_registrations = 0;
	}
	if (!mtg_role_sees(role, EV_TASK_ADDED)) {
		snapshot->has_tasks = false;
		snapshot->n_tasks = 0;
	}
	if (!mtg_role_sees(role, EV_VOTE_ADDED)) {
		snapshot->has_votes = false;
		snapshot->n_votes = 0;
	}
	if (!mtg_role_sees(role, EV_ACT_ADDED)) {
		snapshot->has_acts = snapshot->has_ceremony = false;
		snapshot->n_acts = 0;
	}
	if (!mtg_role_sees(role, EV_VOTE_CAST)) {
		snapshot->has_ballots = snapshot->has_vote_remarks = false;
		snapshot->n_ballots = snapshot->n_vote_remarks = 0;
	}
	if (!mtg_role_sees(role, EV_OPINION_GIVEN)) {
		snapshot->has_opinions = false;
		snapshot->n_opinions = 0;
	}
	if (!mtg_role_sees(role, EV_HANDOUT_OFFERED)) {
		snapshot->has_handouts = false;
		snapshot->n_handouts = 0;
	}
	clear_relay(role, &snapshot->relay);
	clear_microphones(role, &snapshot->microphones);
	clear_asked(role, &snapshot->has_asked, &snapshot->asked);
	clear_direction(role, &snapshot->has_direction, &snapshot->direction);
	clear_lectern(role, &snapshot->has_lectern, &snapshot->lectern);
	clear_meeting(role, &snapshot->meeting);
	int r = clear_sites(role, arena, &snapshot->sites, snapshot->n_sites);
	r = r < 0 ? r
		  : clear_sites(role, arena, &snapshot->removed_sites, snapshot->n_removed_sites);
	r = r < 0 ? r : clear_turns(role, arena, &snapshot->turns, snapshot->n_turns);
	return r < 0 ? r : clear_votes(role, arena, &snapshot->votes, snapshot->n_votes);
}

int view_update_for(
	enum role role, struct msg_arena *arena, struct wire_update *update, bool *ret_says)
{
	if (!mtg_role_sees(role, EV_MESSAGE_SENT)) {
		update->n_messages = 0;
	}
	if (!mtg_role_sees(role, EV_ALARM_RAISED)) {
		update->n_alarms = 0;
		update->n_cleared = 0;
	}
	if (!mtg_role_sees(role, EV_DOCUMENT_ADDED)) {
		update->has_documents = false;
		update->n_documents = 0;
	}
	if (!mtg_role_sees(role, EV_SITE_CHECKED)) {
		update->has_checks = update->has_ticks = update->has_ledger = false;
		update->n_checks = update->n_ticks = 0;
	}
	if (!mtg_role_sees(role, EV_SITE_REGISTERED)) {
		update->has_registrations = update->has_attendance = false;
		update->n_registrations = 0;
	}
	if (!mtg_role_sees(role, EV_TASK_ADDED)) {
		update->has_tasks = false;
		update->n_tasks = 0;
	}
	if (!mtg_role_sees(role, EV_VOTE_ADDED)) {
		update->has_votes = false;
		update->n_votes = 0;
	}
	if (!mtg_role_sees(role, EV_ACT_ADDED)) {
		update->has_acts = update->has_ceremony = false;
		update->n_acts = 0;
	}
	if (!mtg_role_sees(role, EV_VOTE_CAST)) {
		update->has_ballots = update->has_vote_remarks = false;
		update->n_ballots = update->n_vote_remarks = 0;
	}
	if (!mtg_role_sees(role, EV_OPINION_GIVEN)) {
		update->has_opinions = false;
		update->n_opinions = 0;
	}
	if (!mtg_role_sees(role, EV_HANDOUT_OFFERED)) {
		update->has_handouts = false;
		update->n_handouts = 0;
	}
	clear_relay(role, &update->relay);
	clear_microphones(role, &update->microphones);
	clear_asked(role, &update->has_asked, &update->asked);
	clear_direction(role, &update->has_direction, &update->direction);
	clear_lectern(role, &update->has_lectern, &update->lectern);
	clear_meeting(role, &update->meeting);
	*ret_says = view_update_has_content(update);
	int r = clear_sites(role, arena, &update->sites, update->n_sites);
	r = r < 0 ? r : clear_sites(role, arena, &update->removed_sites, update->n_removed_sites);
	r = r < 0 ? r : clear_turns(role, arena, &update->turns, update->n_turns);
	return r < 0 ? r : clear_votes(role, arena, &update->votes, update->n_votes);
}
