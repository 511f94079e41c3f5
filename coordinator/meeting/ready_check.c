/*
 * The ready check (ready_check.h). It ends by a tick, whatever ends it but staff: so a site that is
 * barred or removed, and the closing of the meeting, need not know of it.
 */
#include "coordinator/meeting/ready_check.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

const struct ready_check *mtg_ready_check(const struct meeting *meeting)
{
	return &meeting->core.ready;
}

static bool is_let_in(const struct site *site)
{
	return !site->removed && !site->barred && mtg_is_venue(site);
}

struct ready_count mtg_ready_count(const struct meeting *meeting)
{
	struct ready_count count = {0};

	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct site *site = &meeting->sites[i];

		count.of += is_let_in(site) && site->ready != READY_MARK_UNSET;
		count.ready += is_let_in(site) && site->ready == READY_MARK_READY;
	}
	return count;
}

static void emit_ended(struct deciding *d, enum asked_end cause)
{
	struct ready_count count = mtg_ready_count(d->meeting);
	struct ev_ready_ended *out = &mtg_emit(d, EV_READY_ENDED)->ready_ended;

	out->cause = cause;
	out->ready = (uint32_t)count.ready;
	out->of = (uint32_t)count.of;
}

int mtg_decide_ready_ask(struct deciding *d)
{
	const struct cmd_ready_ask *in = &d->command->body.ready_ask;
	struct span span = {in->has_span ? in->span.ms : READY_SPAN_MS};

	if (!is_under_way(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (span.ms < READY_SPAN_MIN_MS || span.ms > READY_SPAN_MAX_MS) {
		return REFUSAL_INVALID;
	}
	if (d->meeting->core.ready.open) {
		return REFUSAL_ALREADY;
	}
	mtg_emit(d, EV_READY_ASKED)->ready_asked.span = span;
	return 0;
}

void mtg_apply_ready_asked(struct meeting *meeting, const struct mtg_record *record)
{
	struct ready_check *check = &meeting->core.ready;

	memset(check, 0, sizeof(*check));
	check->open = true;
	check->asked = record->at;
	check->due = instant_after(record->at, record->event.ready_asked.span);
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		struct site *site = &meeting->sites[i];

		site->ready = is_let_in(site) ? READY_MARK_ASKED : READY_MARK_UNSET;
	}
}

int mtg_decide_ready_answer(struct deciding *d)
{
	const struct cmd_ready_answer *in = &d->command->body.ready_answer;
	int site;
	int r = mtg_need_venue(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!d->meeting->core.ready.open) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->sites[site].barred) {
		return REFUSAL_SITE_BARRED;
	}
	if (d->meeting->sites[site].ready == READY_MARK_READY) {
		return REFUSAL_ALREADY;
	}
	TEXT_COPY(mtg_emit(d, EV_READY_ANSWERED)->ready_answered.site, in->site);
	return 0;
}

void mtg_apply_ready_answered(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->sites[mtg_find_site(meeting, record->event.ready_answered.site)].ready =
		READY_MARK_READY;
}

int mtg_decide_ready_end(struct deciding *d)
{
	if (!is_under_way(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!d->meeting->core.ready.open) {
		return REFUSAL_ALREADY;
	}
	emit_ended(d, ASKED_END_STAFF);
	return 0;
}

void mtg_apply_ready_ended(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.ready.open = false;
	meeting->core.ready.ended = record->at;
	meeting->core.ready.cause = record->event.ready_ended.cause;
}

/* Why it ends at once, or UNSET: it waits for its span. */
static enum asked_end end_at_once(const struct meeting *meeting)
{
	struct ready_count count = mtg_ready_count(meeting);

	if (!is_under_way(meeting)) {
		return ASKED_END_CLOSING;
	}
	return count.ready == count.of ? ASKED_END_ANSWERED : ASKED_END_UNSET;
}

bool mtg_ready_due(const struct meeting *meeting, struct instant *ret_due)
{
	const struct ready_check *check = &meeting->core.ready;

	if (!check->open) {
		return false;
	}
	*ret_due = end_at_once(meeting) ? meeting->core.at : check->due;
	return true;
}

void mtg_settle_ready(struct deciding *d)
{
	const struct ready_check *check = &d->meeting->core.ready;
	enum asked_end cause = check->open ? end_at_once(d->meeting) : ASKED_END_UNSET;

	if (check->open && !cause && instant_reached(check->due, d->now.at)) {
		cause = ASKED_END_SPAN;
	}
	if (cause && mtg_has_room(d)) {
		emit_ended(d, cause);
	}
}
