#include "coordinator/meeting/readiness.h"

#include <string.h>

#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/decide.h"

enum { OFFSET_MINUTE_MS = 60000 };

bool mtg_is_preparation(const struct preparation *preparation)
{
	int64_t day;

	for (size_t i = 0; i < preparation->n_deadlines; i++) {
		const struct step_deadline *deadline = &preparation->deadlines[i];

		if (!is_word(deadline->step, READINESS_STEP_END) ||
			!mtg_parse_date(deadline->date, &day)) {
			return false;
		}
		for (size_t j = 0; j < i; j++) {
			if (preparation->deadlines[j].step == deadline->step) {
				return false;
			}
		}
	}
	return !preparation->has_registration ||
	       mtg_are_registration_terms(&preparation->registration);
}

static bool needs_step(
	const struct meeting *meeting, const struct site *site, enum readiness_step step)
{
	if (step == READINESS_STEP_DOCUMENTS_IN) {
		return site->documents_due[0] != '\0';
	}
	return step != READINESS_STEP_CHECKLIST || meeting->core.n_checks > 0;
}

bool mtg_is_missing(
	const struct meeting *meeting, const struct site *site, enum readiness_step step)
{
	return needs_step(meeting, site, step) && !site->steps[step].done;
}

/* A time of a local day. */
static struct stamp stamp_of(const struct meeting *meeting, int64_t day, int64_t time_ms)
{
	int64_t offset_ms = (int64_t)meeting->core.about.utc_offset * OFFSET_MINUTE_MS;

	return (struct stamp){day * DAY_MS + time_ms - offset_ms};
}

struct stamp mtg_end_of_day(const struct meeting *meeting, int64_t day)
{
	return stamp_of(meeting, day, DAY_MS);
}

bool mtg_step_due_of_all(
	const struct meeting *meeting, enum readiness_step step, struct stamp *ret_due)
{
	const struct preparation *preparation = &meeting->core.about.preparation;
	int64_t day;

	for (size_t i = 0; i < preparation->n_deadlines; i++) {
		const struct step_deadline *deadline = &preparation->deadlines[i];

		if (deadline->step == step && mtg_parse_date(deadline->date, &day)) {
			*ret_due = stamp_of(
				meeting, day, deadline->has_time ? deadline->time : DAY_MS);
			return true;
		}
	}
	return false;
}

bool mtg_step_due(const struct meeting *meeting, const struct site *site, enum readiness_step step,
	struct stamp *ret_due)
{
	int64_t day;

	if (step == READINESS_STEP_DOCUMENTS_IN && mtg_parse_date(site->documents_due, &day)) {
		*ret_due = mtg_end_of_day(meeting, day);
		return true;
	}
	return mtg_step_due_of_all(meeting, step, ret_due);
}

static void count_site(const struct meeting *meeting, const struct site *site, struct ledger *ret)
{
	bool ready = true;

	for (int step = 1; step < READINESS_STEP_END; step++) {
		bool needed = needs_step(meeting, site, (enum readiness_step)step);

		ret->needed[step] += needed;
		ret->done[step] += needed && site->steps[step].done;
		ready = ready && (!needed || site->steps[step].done);
	}
	ret->expected++;
	ret->ready += ready;
	ret->posted += site->posted;
}

void mtg_ledger(const struct meeting *meeting, struct ledger *ret)
{
	memset(ret, 0, sizeof(*ret));
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct site *site = &meeting->sites[i];

		if (!site->removed && !site->barred && site->kind == SITE_KIND_REMOTE) {
			count_site(meeting, site, ret);
		}
	}
}
