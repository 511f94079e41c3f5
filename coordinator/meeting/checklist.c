#include "coordinator/meeting/checklist.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

size_t mtg_check_count(const struct meeting *meeting)
{
	return meeting->core.n_checks;
}

const struct check *mtg_check_line(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_checks);
	return &meeting->checks[position];
}

const struct site_ticks *mtg_site_ticks(const struct meeting *meeting, int site)
{
	return &meeting->site_ticks[site];
}

int64_t mtg_checklist_revision(const struct meeting *meeting)
{
	return meeting->core.revisions.checklist;
}

/* ---- its lines ---- */

int mtg_decide_check_add(struct deciding *d)
{
	const struct cmd_check_add *in = &d->command->body.check_add;

	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!in->check[0] || !in->title[0]) {
		return REFUSAL_INVALID;
	}
	if (mtg_find_check(d->meeting, in->check) != MTG_NONE) {
		return REFUSAL_EXISTS;
	}
	if (d->meeting->core.n_checks == CHECKS_MAX) {
		return REFUSAL_LIMIT;
	}
	struct ev_check_added *out = &mtg_emit(d, EV_CHECK_ADDED)->check_added;
	TEXT_COPY(out->check, in->check);
	TEXT_COPY(out->title, in->title);
	return 0;
}

void mtg_sign_checklist(struct meeting *meeting, int site, const struct mtg_record *record)
{
	const struct tick *ticks = meeting->site_ticks[site].ticks;
	struct readiness_mark *step = &meeting->sites[site].steps[READINESS_STEP_CHECKLIST];
	bool all = meeting->core.n_checks > 0;

	for (size_t i = 0; i < meeting->core.n_checks; i++) {
		all = all && ticks[i].done;
	}
	if (all == step->done) {
		return;
	}
	*step = (struct readiness_mark){
		.done = all, .at = record->at, .wall = record->wall, .by = record->by};
}

static void sign_steps(struct meeting *meeting, const struct mtg_record *record)
{
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		if (!meeting->sites[i].removed) {
			mtg_sign_checklist(meeting, (int)i, record);
		}
	}
	meeting->core.revisions.checklist = record->seq;
}

void mtg_apply_check_added(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_check_added *in = &record->event.check_added;
	struct check *check = &meeting->checks[meeting->core.n_checks++];

	TEXT_COPY(check->id, in->check);
	TEXT_COPY(check->title, in->title);
	sign_steps(meeting, record);
}

int mtg_decide_check_remove(struct deciding *d)
{
	const struct cmd_check_remove *in = &d->command->body.check_remove;

	if (mtg_find_check(d->meeting, in->check) == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	TEXT_COPY(mtg_emit(d, EV_CHECK_REMOVED)->check_removed.check, in->check);
	return 0;
}

static void remove_tick(struct site_ticks *of, size_t index, int64_t seq)
{
	struct tick *at = &of->ticks[index];

	if (at->marked) {
		of->revision = seq;
	}
	memmove(at, at + 1, (CHECKS_MAX - index - 1) * sizeof(*at));
	memset(&of->ticks[CHECKS_MAX - 1], 0, sizeof(*at));
}

void mtg_apply_check_removed(struct meeting *meeting, const struct mtg_record *record)
{
	size_t index = (size_t)mtg_find_check(meeting, record->event.check_removed.check);
	struct check *at = &meeting->checks[index];

	meeting->core.n_checks--;
	memmove(at, at + 1, (meeting->core.n_checks - index) * sizeof(*at));
	memset(&meeting->checks[meeting->core.n_checks], 0, sizeof(*at));
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		remove_tick(&meeting->site_ticks[i], index, record->seq);
	}
	sign_steps(meeting, record);
}

/* ---- their ticks ---- */

int mtg_decide_site_check(struct deciding *d)
{
	const struct cmd_site_check *in = &d->command->body.site_check;
	int site;
	int r = mtg_need_venue(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	int check = mtg_find_check(d->meeting, in->check);
	if (check == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	const struct tick *tick = &d->meeting->site_ticks[site].ticks[check];
	if (tick->done == in->done && (!in->has_note || strcmp(tick->note, in->note) == 0)) {
		return REFUSAL_ALREADY;
	}
	struct ev_site_checked *out = &mtg_emit(d, EV_SITE_CHECKED)->site_checked;
	TEXT_COPY(out->site, in->site);
	TEXT_COPY(out->check, in->check);
	out->done = in->done;
	OPTIONAL_COPY(out, in, note);
	return 0;
}

void mtg_apply_site_checked(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_checked *in = &record->event.site_checked;
	int site = mtg_find_site(meeting, in->site);
	struct site_ticks *of = &meeting->site_ticks[site];
	struct tick *tick = &of->ticks[mtg_find_check(meeting, in->check)];

	tick->marked = true;
	tick->done = in->done;
	tick->at = record->at;
	tick->wall = record->wall;
	tick->by = record->by;
	TEXT_COPY(tick->note, in->has_note ? in->note : "");
	of->revision = record->seq;
	meeting->sites[site].revision = record->seq;
	mtg_sign_checklist(meeting, site, record);
}

/* ---- the technician on duty ---- */

int mtg_decide_site_post(struct deciding *d)
{
	const struct cmd_site_post *in = &d->command->body.site_post;
	int site;
	int r = mtg_need_venue(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!is_under_way(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->sites[site].posted == in->present) {
		return REFUSAL_ALREADY;
	}
	struct ev_site_posted *out = &mtg_emit(d, EV_SITE_POSTED)->site_posted;
	TEXT_COPY(out->site, in->site);
	out->present = in->present;
	return 0;
}

void mtg_apply_site_posted(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_posted *in = &record->event.site_posted;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];

	site->posted = in->present;
	site->posted_since = record->at;
	site->revision = record->seq;
}
