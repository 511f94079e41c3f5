/* The roster: every expected site and its state. */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/decide.h"

size_t mtg_site_count(const struct meeting *meeting)
{
	return meeting->core.n_sites;
}

const struct site *mtg_site(const struct meeting *meeting, int index)
{
	assert(index >= 0 && (size_t)index < meeting->core.n_sites);
	return &meeting->sites[index];
}

const struct site *mtg_site_by_id(const struct meeting *meeting, const char *id)
{
	const struct site *site = mtg_site_ever(meeting, id);

	return site && !site->removed ? site : NULL;
}

const struct site *mtg_site_ever(const struct meeting *meeting, const char *id)
{
	int index = mtg_find_site(meeting, id);

	return index == MTG_NONE ? NULL : &meeting->sites[index];
}

const struct site *mtg_site_by_number(const struct meeting *meeting, uint32_t number)
{
	if (number > SITE_NUMBER_MAX || meeting->numbers[number] == 0) {
		return NULL;
	}
	const struct site *site = &meeting->sites[meeting->numbers[number] - 1];
	return site->removed ? NULL : site;
}

int mtg_site_index(const struct meeting *meeting, const struct site *site)
{
	return (int)(site - meeting->sites);
}

int64_t mtg_roster_revision(const struct meeting *meeting)
{
	return meeting->core.revisions.roster;
}

int mtg_main_venue(const struct meeting *meeting)
{
	return meeting->core.main_venue;
}

/* Whether id, number and place are free, but for the site that was removed and comes back. */
static int check_place(const struct deciding *d, const struct cmd_site_add *in)
{
	const struct meeting *meeting = d->meeting;
	bool second = (in->kind == SITE_KIND_MAIN && meeting->core.main_venue != MTG_NONE) ||
		      (in->kind == SITE_KIND_PLAYER && meeting->core.film.player != MTG_NONE);
	int known = mtg_find_site(meeting, in->site);
	int holder = meeting->numbers[in->number] - 1;

	if (known == MTG_NONE && d->command->by.role == ROLE_OPERATOR) {
		return REFUSAL_NOT_FOUND;
	}
	if ((known != MTG_NONE && !meeting->sites[known].removed) || second ||
		(holder >= 0 && holder != known)) {
		return REFUSAL_EXISTS;
	}
	if (known != MTG_NONE && holder != known) {
		return REFUSAL_INVALID;
	}
	if (known != MTG_NONE) {
		bool barred = in->kind == SITE_KIND_MAIN && meeting->sites[known].barred;

		return barred ? REFUSAL_SITE_BARRED : 0;
	}
	return meeting->core.n_sites == SITES_MAX ? REFUSAL_LIMIT : 0;
}

int mtg_decide_site_add(struct deciding *d)
{
	const struct cmd_site_add *in = &d->command->body.site_add;
	int64_t day;

	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (in->number < SITE_NUMBER_MIN || in->number > SITE_NUMBER_MAX || !in->site[0] ||
		(in->has_documents_due && !mtg_parse_date(in->documents_due, &day))) {
		return REFUSAL_INVALID;
	}
	int r = check_place(d, in);
	if (r != 0) {
		return r;
	}
	struct ev_site_added *out = &mtg_emit(d, EV_SITE_ADDED)->site_added;
	TEXT_COPY(out->site, in->site);
	out->number = in->number;
	TEXT_COPY(out->name, in->name);
	TEXT_COPY(out->short_code, in->short_code);
	TEXT_COPY(out->region, in->region);
	out->kind = in->kind;
	out->has_content = in->has_content;
	OPTIONAL_COPY(out, in, documents_due);
	OPTIONAL_COPY(out, in, venue);
	OPTIONAL_COPY(out, in, chair);
	if (in->has_contact && in->contact[0]) {
		mtg_emit_contact(d, in->site, in->contact);
	}
	return 0;
}

void mtg_apply_site_added(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_added *in = &record->event.site_added;
	int known = mtg_find_site(meeting, in->site);
	int index = known == MTG_NONE ? (int)meeting->core.n_sites : known;
	struct site *site = &meeting->sites[index];

	TEXT_COPY(site->id, in->site);
	site->number = in->number;
	site->removed = false;
	TEXT_COPY(site->name, in->name);
	TEXT_COPY(site->short_code, in->short_code);
	TEXT_COPY(site->region, in->region);
	site->kind = in->kind;
	site->has_content = in->has_content;
	TEXT_COPY(site->documents_due, in->has_documents_due ? in->documents_due : "");
	TEXT_COPY(site->venue, in->has_venue ? in->venue : "");
	TEXT_COPY(site->contact, "");
	TEXT_COPY(site->chair, in->has_chair ? in->chair : "");
	site->link = LINK_STATE_ABSENT;
	site->media = MEDIA_STATE_NONE;
	site->revision = record->seq;
	meeting->core.revisions.roster = record->seq;
	if (known == MTG_NONE) {
		meeting->core.n_sites++;
		mtg_enter_site(meeting, index);
		meeting->numbers[in->number] = (int16_t)(index + 1);
	}
	if (in->kind == SITE_KIND_MAIN) {
		meeting->core.main_venue = index;
	} else if (in->kind == SITE_KIND_PLAYER) {
		meeting->core.film.player = index;
	}
	mtg_sign_checklist(meeting, index, record);
}

static bool concerns(const struct meeting *meeting, int turn, int site)
{
	return turn != MTG_NONE && mtg_turn_concerns(&meeting->turns[turn], site);
}

int mtg_decide_site_bar(struct deciding *d)
{
	const struct cmd_site_bar *in = &d->command->body.site_bar;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (site == d->meeting->core.main_venue) {
		return REFUSAL_INVALID;
	}
	if (d->meeting->sites[site].barred == in->barred) {
		return REFUSAL_ALREADY;
	}
	struct ev_site_barred *out = &mtg_emit(d, EV_SITE_BARRED)->site_barred;
	TEXT_COPY(out->site, in->site);
	out->barred = in->barred;
	OPTIONAL_COPY(out, in, reason);
	if (in->barred && concerns(d->meeting, d->meeting->core.floor.on_air, site)) {
		mtg_emit_interrupted(d, d->meeting->core.floor.on_air, INTERRUPT_CAUSE_BARRED);
	}
	if (in->barred && concerns(d->meeting, d->meeting->core.floor.cued, site)) {
		mtg_emit_uncued(d);
	}
	if (in->barred && site == d->meeting->core.talkback.site) {
		mtg_emit_talkback_closed(d, TALKBACK_END_BARRED);
	}
	return 0;
}

void mtg_apply_site_barred(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_barred *in = &record->event.site_barred;
	int index = mtg_find_site(meeting, in->site);

	meeting->sites[index].barred = in->barred;
	meeting->sites[index].revision = record->seq;
	if (in->barred && meeting->core.scene.content == index) {
		meeting->core.scene.content = MTG_NONE;
	}
}

int mtg_decide_site_sign(struct deciding *d)
{
	const struct cmd_site_sign *in = &d->command->body.site_sign;
	int site;
	int r = mtg_need_venue(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!is_word(in->step, READINESS_STEP_END)) {
		return REFUSAL_INVALID;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->sites[site].steps[in->step].done == in->done) {
		return REFUSAL_ALREADY;
	}
	struct ev_site_signed *out = &mtg_emit(d, EV_SITE_SIGNED)->site_signed;
	TEXT_COPY(out->site, in->site);
	out->step = in->step;
	out->done = in->done;
	OPTIONAL_COPY(out, in, evidence);
	return 0;
}

void mtg_apply_site_signed(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_signed *in = &record->event.site_signed;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];
	struct readiness_mark *step = &site->steps[in->step];

	step->done = in->done;
	step->at = record->at;
	step->wall = record->wall;
	step->by = record->by;
	TEXT_COPY(step->evidence, in->has_evidence ? in->evidence : "");
	site->revision = record->seq;
}

int mtg_decide_site_mute(struct deciding *d)
{
	const struct cmd_site_mute *in = &d->command->body.site_mute;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0 || d->meeting->sites[site].muted == in->muted) {
		return r;
	}
	struct ev_site_muted *out = &mtg_emit(d, EV_SITE_MUTED)->site_muted;
	TEXT_COPY(out->site, in->site);
	out->muted = in->muted;
	return 0;
}

void mtg_apply_site_muted(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_muted *in = &record->event.site_muted;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];

	site->muted = in->muted;
	site->muted_since = record->at;
}
