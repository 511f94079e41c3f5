/*
 * Alarms, level-triggered: what should be open is derived from the state (alarm_rules.c), what is
 * open is in the state, and a tick settles the difference when it is due. So no command handles the
 * alarms it may cause, and none is lost over a restart.
 */
#include "coordinator/meeting/alarms.h"

#include <string.h>

#include "coordinator/meeting/alarm_rules.h"
#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "text_copy.h"

size_t mtg_alarm_count(const struct meeting *meeting)
{
	return meeting->core.n_alarms;
}

const struct alarm *mtg_alarm(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_alarms);
	return &meeting->alarms[position];
}

const struct alarm *mtg_alarm_by_number(const struct meeting *meeting, uint64_t number)
{
	for (size_t i = 0; i < meeting->core.n_alarms; i++) {
		if (meeting->alarms[i].number == number) {
			return &meeting->alarms[i];
		}
	}
	return NULL;
}

static bool is_open_alarm(const struct meeting *meeting, enum alarm_kind kind, int site)
{
	uint32_t alarms = site == MTG_NONE ? meeting->core.alarms : meeting->sites[site].alarms;

	return (alarms & (1u << kind)) != 0;
}

static const struct alarm *find_alarm(const struct meeting *meeting, enum alarm_kind kind, int site)
{
	for (size_t i = 0; i < meeting->core.n_alarms; i++) {
		if (meeting->alarms[i].kind == kind && meeting->alarms[i].site == site) {
			return &meeting->alarms[i];
		}
	}
	return NULL;
}

/* An alarm for an earlier cue must not stand for this one, nor one for a day for a later day. */
static bool is_stale(
	const struct meeting *meeting, enum alarm_kind kind, int site, struct instant due)
{
	if (!is_open_alarm(meeting, kind, site)) {
		return false;
	}
	if (kind == ALARM_KIND_DOCUMENT_LATE || kind == ALARM_KIND_POST_EMPTY) {
		return find_alarm(meeting, kind, site)->at.ms < due.ms;
	}
	return kind == ALARM_KIND_UNACKNOWLEDGED_NEXT &&
	       find_alarm(meeting, kind, site)->turn != meeting->core.floor.cued;
}

static bool is_about_film(enum alarm_kind kind)
{
	return kind == ALARM_KIND_FILM_PLAYER_MISSING || kind == ALARM_KIND_FILM_MISSING ||
	       kind == ALARM_KIND_FILM_STOPPED;
}

/* Alarms about the meeting as a whole have the site MTG_NONE. */
static bool is_about(enum alarm_kind kind, int site)
{
	bool whole = kind == ALARM_KIND_RELAY_LOST || kind == ALARM_KIND_DOCUMENT_LATE ||
		     is_about_film(kind);

	return whole == (site == MTG_NONE);
}

/* Places are reserved for urgent alarms: thousands of sites may fill the rest. */
static size_t places_for(enum alarm_kind kind)
{
	bool urgent = kind == ALARM_KIND_RELAY_LOST || kind == ALARM_KIND_MAIN_VENUE_LOST ||
		      kind == ALARM_KIND_ON_AIR_UNHEARD || kind == ALARM_KIND_ON_AIR_UNSEEN ||
		      kind == ALARM_KIND_UNACKNOWLEDGED_NEXT || is_about_film(kind);

	return urgent ? ALARMS_MAX : ALARMS_MAX - ALARMS_URGENT;
}

/*
 * Whether the alarm is to change, and when. Numbers and room count what the batch raised before,
 * so that a full table does not make a tick due that could do nothing.
 */
static bool pending_change(const struct alarm_context *alarm_context, enum alarm_kind kind,
	int site, struct instant *ret_due)
{
	const struct meeting *meeting = alarm_context->meeting;

	if (!is_about(kind, site)) {
		return false;
	}
	struct alarm_verdict verdict = mtg_alarm_verdict(alarm_context, kind, site);
	if (is_stale(meeting, kind, site, verdict.due)) {
		verdict = (struct alarm_verdict){false, {0}};
	}
	if (verdict.should_be_open == is_open_alarm(meeting, kind, site) ||
		(verdict.should_be_open && meeting->core.n_alarms >= places_for(kind))) {
		return false;
	}
	*ret_due = verdict.due;
	return true;
}

static void keep_earlier(struct instant due, bool *found, struct instant *ret_due)
{
	if (!*found || due.ms < ret_due->ms) {
		*ret_due = due;
		*found = true;
	}
}

bool mtg_alarms_due(const struct meeting *meeting, struct instant *ret_due)
{
	bool found = false;
	struct alarm_context alarm_context;

	mtg_alarm_context(meeting, &alarm_context);
	for (int site = MTG_NONE; site < (int)meeting->core.n_sites; site++) {
		if (site != MTG_NONE && mtg_is_quiet(&alarm_context, site)) {
			continue;
		}
		for (int kind = 1; kind < ALARM_KIND_END; kind++) {
			struct instant due;
			if (pending_change(&alarm_context, (enum alarm_kind)kind, site, &due)) {
				keep_earlier(due, &found, ret_due);
			}
		}
	}
	return found;
}

static size_t count_raised(const struct mtg_batch *batch)
{
	size_t n = 0;

	for (size_t i = 0; i < batch->n; i++) {
		n += batch->records[i].event.name == EV_ALARM_RAISED;
	}
	return n;
}

void mtg_emit_alarm(struct deciding *d, enum alarm_kind kind, int site, int turn)
{
	size_t raised = count_raised(d->batch);

	if (is_open_alarm(d->meeting, kind, site) ||
		d->meeting->core.n_alarms + raised >= places_for(kind) ||
		!is_under_way(d->meeting)) {
		return;
	}
	struct ev_alarm_raised *out = &mtg_emit(d, EV_ALARM_RAISED)->alarm_raised;
	out->alarm = d->meeting->core.alarms_raised + raised + 1;
	out->kind = kind;
	out->has_site = site != MTG_NONE;
	if (out->has_site) {
		TEXT_COPY(out->site, d->meeting->sites[site].id);
	}
	out->has_turn = turn != MTG_NONE;
	if (out->has_turn) {
		TEXT_COPY(out->turn, d->meeting->turns[turn].id);
	}
}

static void settle(struct deciding *d, const struct alarm_context *alarm_context,
	enum alarm_kind kind, int site)
{
	bool for_turn = kind == ALARM_KIND_UNACKNOWLEDGED_NEXT;
	struct instant due;

	if (!mtg_has_room(d) || !pending_change(alarm_context, kind, site, &due) ||
		!instant_reached(due, d->now.at)) {
		return;
	}
	if (is_open_alarm(d->meeting, kind, site)) {
		mtg_emit(d, EV_ALARM_CLEARED)->alarm_cleared.alarm =
			find_alarm(d->meeting, kind, site)->number;
	} else {
		mtg_emit_alarm(d, kind, site, for_turn ? d->meeting->core.floor.cued : MTG_NONE);
	}
}

void mtg_settle_alarms(struct deciding *d)
{
	struct alarm_context alarm_context;

	mtg_alarm_context(d->meeting, &alarm_context);
	for (int site = MTG_NONE; site < (int)d->meeting->core.n_sites && mtg_has_room(d); site++) {
		if (site != MTG_NONE && mtg_is_quiet(&alarm_context, site)) {
			continue;
		}
		for (int kind = 1; kind < ALARM_KIND_END; kind++) {
			settle(d, &alarm_context, (enum alarm_kind)kind, site);
		}
	}
}

static void mark_open(struct meeting *meeting, enum alarm_kind kind, int site, bool open)
{
	uint32_t *alarms = site == MTG_NONE ? &meeting->core.alarms : &meeting->sites[site].alarms;

	if (open) {
		*alarms |= 1u << kind;
	} else {
		*alarms &= ~(1u << kind);
	}
}

void mtg_apply_alarm_raised(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_alarm_raised *in = &record->event.alarm_raised;
	struct alarm *alarm = &meeting->alarms[meeting->core.n_alarms];

	alarm->number = in->alarm;
	alarm->kind = in->kind;
	alarm->site = in->has_site ? mtg_find_site(meeting, in->site) : MTG_NONE;
	alarm->turn = in->has_turn ? mtg_find_turn(meeting, in->turn) : MTG_NONE;
	alarm->at = record->at;
	alarm->wall = record->wall;
	meeting->core.n_alarms++;
	meeting->core.alarms_raised = in->alarm;
	mark_open(meeting, in->kind, alarm->site, true);
}

bool mtg_alarm_is_meant(
	const struct ev_alarm_acknowledged *acknowledged, uint64_t number, enum alarm_kind kind)
{
	return acknowledged->has_kind ? kind == acknowledged->kind && number <= acknowledged->alarm
				      : number == acknowledged->alarm;
}

static int check_acknowledged(const struct meeting *meeting, const struct ev_alarm_acknowledged *in)
{
	bool found = false;

	if (in->has_kind && !is_word(in->kind, ALARM_KIND_END)) {
		return REFUSAL_INVALID;
	}
	if (in->alarm > meeting->core.alarms_raised) {
		return REFUSAL_NOT_FOUND;
	}
	for (size_t i = 0; i < meeting->core.n_alarms; i++) {
		const struct alarm *alarm = &meeting->alarms[i];

		if (!mtg_alarm_is_meant(in, alarm->number, alarm->kind)) {
			continue;
		}
		if (!alarm->acknowledged) {
			return 0;
		}
		found = true;
	}
	return found ? REFUSAL_ALREADY : REFUSAL_NOT_FOUND;
}

int mtg_decide_alarm_acknowledge(struct deciding *d)
{
	const struct cmd_alarm_acknowledge *in = &d->command->body.alarm_acknowledge;
	struct ev_alarm_acknowledged acknowledged = {.alarm = in->alarm,
		.has_kind = in->has_kind,
		.kind = in->has_kind ? in->kind : ALARM_KIND_UNSET};
	int r = check_acknowledged(d->meeting, &acknowledged);

	if (r == 0) {
		mtg_emit(d, EV_ALARM_ACKNOWLEDGED)->alarm_acknowledged = acknowledged;
	}
	return r;
}

static struct alarm *own_alarm(struct meeting *meeting, uint64_t number)
{
	return &meeting->alarms[mtg_alarm_by_number(meeting, number) - meeting->alarms];
}

void mtg_apply_alarm_acknowledged(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_alarm_acknowledged *in = &record->event.alarm_acknowledged;

	for (size_t i = 0; i < meeting->core.n_alarms; i++) {
		struct alarm *alarm = &meeting->alarms[i];

		if (!alarm->acknowledged && mtg_alarm_is_meant(in, alarm->number, alarm->kind)) {
			alarm->acknowledged = true;
			alarm->acknowledged_by = record->by;
		}
	}
}

void mtg_apply_alarm_cleared(struct meeting *meeting, const struct mtg_record *record)
{
	struct alarm *alarm = own_alarm(meeting, record->event.alarm_cleared.alarm);
	struct alarm *last = &meeting->alarms[meeting->core.n_alarms - 1];

	mark_open(meeting, alarm->kind, alarm->site, false);
	memmove(alarm, alarm + 1, (size_t)(last - alarm) * sizeof(*alarm));
	memset(last, 0, sizeof(*last));
	meeting->core.n_alarms--;
}

/* An alarm that is cleared is gone from the state; that it was raised is known by its number. */
int mtg_decide_alarm_note(struct deciding *d)
{
	const struct cmd_alarm_note *in = &d->command->body.alarm_note;

	if (in->alarm < 1 || in->alarm > d->meeting->core.alarms_raised) {
		return REFUSAL_NOT_FOUND;
	}
	if (!in->text[0]) {
		return REFUSAL_INVALID;
	}
	struct ev_alarm_noted *out = &mtg_emit(d, EV_ALARM_NOTED)->alarm_noted;
	out->alarm = in->alarm;
	TEXT_COPY(out->text, in->text);
	return 0;
}

void mtg_apply_alarm_noted(struct meeting *meeting, const struct mtg_record *record)
{
	(void)meeting;
	(void)record; /* for the record alone */
}
