/* The life of the meeting itself, its relay and its clock. */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/decide.h"

static enum meeting_state state_of(const struct deciding *d)
{
	return d->meeting->core.about.state;
}

int mtg_decide_meeting_create(struct deciding *d)
{
	const struct cmd_meeting_create *in = &d->command->body.meeting_create;

	if (state_of(d) != MEETING_STATE_UNSET) {
		return REFUSAL_EXISTS;
	}
	int64_t day;
	if (!mtg_parse_date(in->date, &day) || in->speed < SPEED_MIN || in->speed > SPEED_MAX ||
		in->n_title_lines > EV_MEETING_CREATED_TITLE_LINES_MAX ||
		in->n_chairs > EV_MEETING_CREATED_CHAIRS_MAX ||
		(in->has_hand_allowance && !is_planned_span(in->hand_allowance)) ||
		(in->has_theme && !is_word((int)in->theme, CARD_THEME_END)) ||
		(in->has_hard_end && in->hard_end > TIME_OF_DAY_MAX) ||
		(in->has_preparation && !mtg_is_preparation(&in->preparation)) ||
		(in->has_phrases && !mtg_are_phrases(&in->phrases))) {
		return REFUSAL_INVALID;
	}
	struct ev_meeting_created *out = &mtg_emit(d, EV_MEETING_CREATED)->meeting_created;
	TEXT_COPY(out->meeting, in->meeting);
	TEXT_COPY(out->name, in->name);
	TEXT_COPY(out->host, in->host);
	TEXT_COPY(out->place, in->place);
	TEXT_COPY(out->date, in->date);
	for (size_t i = 0; i < in->n_title_lines; i++) {
		TEXT_COPY(out->title_lines[i], in->title_lines[i]);
	}
	out->n_title_lines = in->n_title_lines;
	out->has_chairs = in->has_chairs;
	for (size_t i = 0; in->has_chairs && i < in->n_chairs; i++) {
		TEXT_COPY(out->chairs[out->n_chairs++], in->chairs[i]);
	}
	out->utc_offset = in->utc_offset;
	out->form = in->form;
	out->has_theme = in->has_theme;
	out->theme = in->theme;
	out->speed = in->speed;
	out->rehearsal = in->rehearsal;
	out->has_document = in->has_document;
	out->document = in->document;
	out->has_preparation = in->has_preparation;
	out->preparation = in->preparation;
	out->has_phrases = in->has_phrases;
	out->phrases = in->phrases;
	out->has_hand_allowance = in->has_hand_allowance && in->hand_allowance.ms > 0;
	out->has_hard_end = in->has_hard_end && in->hard_end > 0;
	out->hard_end = out->has_hard_end ? in->hard_end : 0;
	out->hand_allowance = out->has_hand_allowance ? in->hand_allowance : (struct span){0};
	return 0;
}

void mtg_apply_meeting_created(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_meeting_created *in = &record->event.meeting_created;
	struct about *about = &meeting->core.about;

	about->state = MEETING_STATE_DRAFT;
	TEXT_COPY(about->meeting, in->meeting);
	TEXT_COPY(about->name, in->name);
	TEXT_COPY(about->host, in->host);
	TEXT_COPY(about->place, in->place);
	TEXT_COPY(about->date, in->date);
	for (size_t i = 0; i < in->n_title_lines; i++) {
		TEXT_COPY(about->title_lines[i], in->title_lines[i]);
	}
	about->n_title_lines = in->n_title_lines;
	about->n_chairs = in->has_chairs ? in->n_chairs : 0;
	for (size_t i = 0; i < about->n_chairs; i++) {
		TEXT_COPY(about->chairs[i], in->chairs[i]);
	}
	about->utc_offset = in->utc_offset;
	about->form = in->form;
	about->theme = in->theme;
	about->speed = in->speed;
	about->rehearsal = in->rehearsal;
	about->has_document = in->has_document;
	about->document = in->document;
	about->preparation = in->preparation;
	about->phrases = in->phrases;
	meeting->core.revisions.registration_terms =
		in->preparation.has_registration ? record->seq : 0;
	about->hard_end = in->hard_end;
	about->hand_allowance = in->hand_allowance;
	meeting->core.revisions.agenda = record->seq;
}

int mtg_decide_meeting_assemble(struct deciding *d)
{
	if (state_of(d) != MEETING_STATE_DRAFT) {
		return REFUSAL_WRONG_STATE;
	}
	mtg_emit(d, EV_MEETING_ASSEMBLED);
	return 0;
}

void mtg_apply_meeting_assembled(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.about.state = MEETING_STATE_ASSEMBLING;
	meeting->core.about.assembled = record->at;
	meeting->core.about.assembled_wall = record->wall;
	mtg_direction_begins(meeting, record);
	meeting->core.revisions.agenda = record->seq;
}

int mtg_decide_meeting_open(struct deciding *d)
{
	if (state_of(d) != MEETING_STATE_ASSEMBLING) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.talkback.open) {
		mtg_emit_talkback_closed(d, TALKBACK_END_OPENING);
	}
	mtg_emit(d, EV_MEETING_OPENED);
	return 0;
}

void mtg_apply_meeting_opened(struct meeting *meeting, const struct mtg_record *record)
{
	struct about *about = &meeting->core.about;

	about->state = MEETING_STATE_LIVE;
	about->was_opened = true;
	about->opened = record->at;
	about->opened_wall = record->wall;
	mtg_direction_begins(meeting, record);
	meeting->core.revisions.agenda = record->seq;
}

/* A sitting ends for good, or until the next: who is called next is called no longer. */
static int end_sitting(struct deciding *d)
{
	if (!is_live(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.floor.on_air != MTG_NONE) {
		return REFUSAL_TURN_ON_AIR;
	}
	if (d->meeting->core.open_vote != MTG_NONE) {
		return REFUSAL_VOTE_OPEN;
	}
	if (d->meeting->core.floor.cued != MTG_NONE) {
		mtg_emit_uncued(d);
	}
	return 0;
}

static void leave_hall(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.floor.undo.open = false;
	meeting->core.scene.content = MTG_NONE;
	mtg_bell_forgotten(meeting);
	meeting->core.revisions.agenda = record->seq;
}

int mtg_decide_meeting_close(struct deciding *d)
{
	int r = end_sitting(d);
	if (r != 0) {
		return r;
	}
	mtg_emit(d, EV_MEETING_CLOSED);
	/* After meeting.closed, so that the fold knows which item ended with the meeting. */
	mtg_emit_item_finished(d);
	return 0;
}

void mtg_apply_meeting_closed(struct meeting *meeting, const struct mtg_record *record)
{
	struct about *about = &meeting->core.about;

	about->state = MEETING_STATE_CLOSED;
	about->was_closed = true;
	about->closed = record->at;
	about->closed_wall = record->wall;
	about->debrief = true;
	leave_hall(meeting, record);
}

int mtg_decide_meeting_adjourn(struct deciding *d)
{
	int r = end_sitting(d);
	if (r == 0) {
		mtg_emit_item_finished(d);
		mtg_emit(d, EV_MEETING_ADJOURNED);
	}
	return r;
}

/* A hall is set up anew for each sitting; what a site has sent stays sent. */
static void ask_anew(struct meeting *meeting, size_t index, const struct mtg_record *record)
{
	static const enum readiness_step of_a_sitting[] = {READINESS_STEP_LINE_TESTED,
		READINESS_STEP_CHECKLIST, READINESS_STEP_ROLL_CALLED, READINESS_STEP_SEATED};
	struct site *site = &meeting->sites[index];

	for (size_t i = 0; i < sizeof(of_a_sitting) / sizeof(of_a_sitting[0]); i++) {
		memset(&site->steps[of_a_sitting[i]], 0, sizeof(site->steps[0]));
	}
	memset(&meeting->site_ticks[index], 0, sizeof(meeting->site_ticks[index]));
	meeting->site_ticks[index].revision = record->seq;
	site->posted = false;
	site->revision = record->seq;
}

void mtg_apply_meeting_adjourned(struct meeting *meeting, const struct mtg_record *record)
{
	struct about *about = &meeting->core.about;

	about->state = MEETING_STATE_DRAFT;
	about->was_opened = false;
	about->adjournments++;
	about->adjourned = record->at;
	about->adjourned_wall = record->wall;
	memset(&about->preparation.deadlines, 0, sizeof(about->preparation.deadlines));
	about->preparation.n_deadlines = 0;
	about->preparation.has_post_due = false;
	about->preparation.post_due = 0;
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		ask_anew(meeting, i, record);
	}
	meeting->core.revisions.checklist = record->seq;
	leave_hall(meeting, record);
}

int mtg_decide_meeting_reopen(struct deciding *d)
{
	const struct about *about = &d->meeting->core.about;

	if (about->state != MEETING_STATE_CLOSED) {
		return REFUSAL_WRONG_STATE;
	}
	if (span_between(about->closed, d->now.at).ms > REOPEN_SPAN_MS) {
		return REFUSAL_TOO_LATE;
	}
	if (d->meeting->core.talkback.open) {
		mtg_emit_talkback_closed(d, TALKBACK_END_OPENING);
	}
	mtg_emit(d, EV_MEETING_REOPENED);
	return 0;
}

/* The meeting goes on, and so does the item that ended with it. */
void mtg_apply_meeting_reopened(struct meeting *meeting, const struct mtg_record *record)
{
	struct core *core = &meeting->core;

	core->about.state = MEETING_STATE_LIVE;
	core->about.was_closed = core->about.debrief = false;
	core->about.closed = (struct instant){0};
	core->about.closed_wall = (struct stamp){0};
	core->revisions.agenda = record->seq;
	if (core->closing_item != MTG_NONE) {
		mtg_item_reactivate(meeting, core->closing_item);
		core->closing_item = MTG_NONE;
	}
}

int mtg_decide_debrief_end(struct deciding *d)
{
	if (state_of(d) != MEETING_STATE_CLOSED) {
		return REFUSAL_WRONG_STATE;
	}
	if (!d->meeting->core.about.debrief) {
		return REFUSAL_ALREADY;
	}
	if (d->meeting->core.talkback.open) {
		mtg_emit_talkback_closed(d, TALKBACK_END_STAFF);
	}
	mtg_emit(d, EV_DEBRIEF_ENDED);
	return 0;
}

void mtg_apply_debrief_ended(struct meeting *meeting, const struct mtg_record *record)
{
	(void)record;
	meeting->core.about.debrief = false;
}

int mtg_decide_relay_link(struct deciding *d)
{
	const struct cmd_relay_link *in = &d->command->body.relay_link;
	const struct relay *relay = &d->meeting->core.relay;
	bool same_instance = !in->has_instance || strcmp(in->instance, relay->instance) == 0;

	if (in->link != LINK_STATE_ONLINE && in->link != LINK_STATE_LOST) {
		return REFUSAL_INVALID;
	}
	if ((in->link == relay->link && same_instance) ||
		(in->link == LINK_STATE_LOST && relay->link == LINK_STATE_ABSENT)) {
		return 0;
	}
	struct ev_relay_linked *out = &mtg_emit(d, EV_RELAY_LINKED)->relay_linked;
	out->link = in->link;
	OPTIONAL_COPY(out, in, instance);
	return 0;
}

void mtg_apply_relay_linked(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_relay_linked *in = &record->event.relay_linked;
	struct relay *relay = &meeting->core.relay;

	if (relay->link != in->link) {
		relay->since = record->at;
	}
	relay->link = in->link;
	relay->lost_due = (struct instant){0};
	if (in->link == LINK_STATE_LOST) {
		relay->lost_due =
			instant_after(record->at, (struct span){RELAY_LOST_GRACE_SPAN_MS});
	}
	if (in->has_instance) {
		TEXT_COPY(relay->instance, in->instance);
	}
}

int mtg_decide_clock_resume(struct deciding *d)
{
	const struct cmd_clock_resume *in = &d->command->body.clock_resume;
	struct ev_clock_resumed *out = &mtg_emit(d, EV_CLOCK_RESUMED)->clock_resumed;

	out->source = in->source;
	out->gap = in->gap;
	return 0;
}

/* No peer is connected to a coordinator that has just started; all get a grace to reconnect. */
void mtg_apply_clock_resumed(struct meeting *meeting, const struct mtg_record *record)
{
	struct relay *relay = &meeting->core.relay;

	mtg_disturb_vote(meeting, VOTE_REMARK_KIND_RESTARTED, MTG_NONE, record);
	if (meeting->core.direction.link == LINK_STATE_ONLINE) {
		meeting->core.direction.link = LINK_STATE_LOST;
	}
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		struct site *site = &meeting->sites[i];

		if (site->link == LINK_STATE_ONLINE) {
			site->link = LINK_STATE_LOST;
		}
		if (site->link == LINK_STATE_LOST) {
			site->link_since = record->at;
		}
		site->spare = false;
		memset(site->spare_instance, 0, sizeof(site->spare_instance));
	}
	if (relay->link == LINK_STATE_ABSENT) {
		return;
	}
	if (relay->link == LINK_STATE_ONLINE) {
		relay->link = LINK_STATE_LOST;
		relay->since = record->at;
	}
	relay->lost_due = instant_after(record->at, (struct span){LOST_GRACE_SPAN_MS});
}
