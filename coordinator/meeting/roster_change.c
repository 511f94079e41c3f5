/*
 * What changes about a site that is on the roster: it is put right, removed, or becomes the main
 * venue.
 */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

/* ---- put right ---- */

static bool is_new(bool given, const char *text, const char *before)
{
	return given && strcmp(text, before) != 0;
}

/* An optional text of the command into the event, where it is another than before. */
#define CHANGED_COPY(to, from, before, field)                                                      \
	do {                                                                                       \
		(to)->has_##field = is_new((from)->has_##field, (from)->field, (before)->field);   \
		if ((to)->has_##field) {                                                           \
			TEXT_COPY((to)->field, (from)->field);                                     \
		}                                                                                  \
	} while (0)

/* What the command changes; false: nothing but the contact. */
static bool changes(
	const struct cmd_site_edit *in, const struct site *site, struct ev_site_edited *ret)
{
	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->site, in->site);
	CHANGED_COPY(ret, in, site, name);
	CHANGED_COPY(ret, in, site, short_code);
	CHANGED_COPY(ret, in, site, region);
	CHANGED_COPY(ret, in, site, documents_due);
	CHANGED_COPY(ret, in, site, venue);
	CHANGED_COPY(ret, in, site, chair);
	ret->has_has_content = in->has_has_content && in->has_content != site->has_content;
	ret->has_content = ret->has_has_content && in->has_content;
	return ret->has_name || ret->has_short_code || ret->has_region || ret->has_documents_due ||
	       ret->has_venue || ret->has_chair || ret->has_has_content;
}

static bool is_sound(const struct cmd_site_edit *in)
{
	int64_t day;

	return !((in->has_name && !in->name[0]) || (in->has_short_code && !in->short_code[0]) ||
		 (in->has_region && !in->region[0]) ||
		 (in->has_documents_due && in->documents_due[0] &&
			 !mtg_parse_date(in->documents_due, &day)));
}

/* In any state: the minutes of a meeting that is closed name its sites, too. */
int mtg_decide_site_edit(struct deciding *d)
{
	const struct cmd_site_edit *in = &d->command->body.site_edit;
	struct ev_site_edited edited;
	int index;
	int r = mtg_need_site(d->meeting, in->site, &index);

	if (r != 0) {
		return r;
	}
	if (!is_sound(in)) {
		return REFUSAL_INVALID;
	}
	const struct site *site = &d->meeting->sites[index];
	bool contact = is_new(in->has_contact, in->contact, site->contact);
	if (changes(in, site, &edited)) {
		mtg_emit(d, EV_SITE_EDITED)->site_edited = edited;
	} else if (!contact) {
		return REFUSAL_ALREADY;
	}
	if (contact) {
		mtg_emit_contact(d, in->site, in->contact);
	}
	if (edited.has_has_content && !edited.has_content) {
		mtg_emit_scene_without(d, index, SOURCE_NAME_CONTENT);
	}
	return 0;
}

#define CHANGED_APPLY(to, from, field)                                                             \
	do {                                                                                       \
		if ((from)->has_##field) {                                                         \
			TEXT_COPY((to)->field, (from)->field);                                     \
		}                                                                                  \
	} while (0)

void mtg_apply_site_edited(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_edited *in = &record->event.site_edited;
	int index = mtg_find_site(meeting, in->site);
	struct site *site = &meeting->sites[index];

	CHANGED_APPLY(site, in, name);
	CHANGED_APPLY(site, in, short_code);
	CHANGED_APPLY(site, in, region);
	CHANGED_APPLY(site, in, documents_due);
	CHANGED_APPLY(site, in, venue);
	CHANGED_APPLY(site, in, chair);
	if (in->has_has_content) {
		site->has_content = in->has_content;
	}
	if (meeting->core.scene.content == index && !site->has_content) {
		meeting->core.scene.content = MTG_NONE;
	}
	site->revision = record->seq;
}

void mtg_apply_site_contact_given(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_contact_given *in = &record->event.site_contact_given;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];

	TEXT_COPY(site->contact, in->contact);
	site->revision = record->seq;
}

/* ---- removed ---- */

int mtg_decide_site_remove(struct deciding *d)
{
	const struct cmd_site_remove *in = &d->command->body.site_remove;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (site == d->meeting->core.main_venue) {
		return REFUSAL_INVALID;
	}
	if (mtg_site_on_air(d->meeting) == site || mtg_input_on_air(d->meeting) == site) {
		return REFUSAL_TURN_ON_AIR;
	}
	if (site == d->meeting->core.talkback.site) {
		mtg_emit_talkback_closed(d, TALKBACK_END_REMOVED);
	}
	struct ev_site_removed *out = &mtg_emit(d, EV_SITE_REMOVED)->site_removed;
	TEXT_COPY(out->site, in->site);
	OPTIONAL_COPY(out, in, reason);
	mtg_emit_scene_without(d, site, SOURCE_NAME_UNSET);
	return 0;
}

/* A site of a turn that the latest take could bring back. */
static bool is_in_undo(const struct meeting *meeting, int site)
{
	const struct undo *undo = &meeting->core.floor.undo;

	return undo->open &&
	       (mtg_turn_concerns(&meeting->turns[undo->turn], site) ||
		       (undo->replaced != MTG_NONE &&
			       mtg_turn_concerns(&meeting->turns[undo->replaced], site)));
}

/* What is measured of a site begins anew when it is brought back; what people set of it stays. */
static void forget_measured(struct site *site)
{
	site->link = LINK_STATE_ABSENT;
	site->link_since = (struct instant){0};
	site->media = MEDIA_STATE_NONE;
	site->media_since = (struct instant){0};
	site->spare = false;
	site->posted = false;
	memset(site->signs, 0, sizeof(site->signs));
	memset(site->signs_since, 0, sizeof(site->signs_since));
	TEXT_COPY(site->instance, "");
	TEXT_COPY(site->spare_instance, "");
	TEXT_COPY(site->address, "");
}

/* Nobody waits for it, and nobody calls it. */
static void forget_asked(struct site *site)
{
	site->ready = READY_MARK_UNSET;
	memset(&site->roll, 0, sizeof(site->roll));
	memset(&site->line, 0, sizeof(site->line));
}

/* Its own are withdrawn; those whose telephone would have come in there are without one. */
static void forget_turn(
	struct meeting *meeting, int index, int site, const struct mtg_record *record)
{
	struct turn *turn = &meeting->turns[index];

	if (turn->site == site && is_upcoming(turn)) {
		mtg_take_off(meeting, index, TURN_STATE_WITHDRAWN, record);
	} else if (turn->by_telephone && turn->telephone == site) {
		mtg_hang_up(turn);
		mtg_list_changed(meeting, turn, record);
	}
}

void mtg_apply_site_removed(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_site(meeting, record->event.site_removed.site);
	struct site *site = &meeting->sites[index];

	if (is_in_undo(meeting, index)) {
		meeting->core.floor.undo.open = false;
	}
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		forget_turn(meeting, (int)i, index, record);
	}
	if (meeting->core.scene.content == index) {
		meeting->core.scene.content = MTG_NONE;
	}
	if (meeting->core.film.player == index) {
		meeting->core.film.player = MTG_NONE;
	}
	site->removed = true;
	meeting->core.revisions.roster = record->seq;
	site->revision = record->seq;
	forget_measured(site);
	forget_asked(site);
}

/* ---- the main venue ---- */

/* The venue that was speaks on only where its media arrives: it is no longer heard in the hall. */
int mtg_decide_site_make_main(struct deciding *d)
{
	const struct cmd_site_make_main *in = &d->command->body.site_make_main;
	int before = d->meeting->core.main_venue;
	int site;
	int r = mtg_need_venue(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (site == before) {
		return REFUSAL_ALREADY;
	}
	if (d->meeting->sites[site].barred) {
		return REFUSAL_SITE_BARRED;
	}
	if (before != MTG_NONE && mtg_input_on_air(d->meeting) == before &&
		d->meeting->sites[before].media == MEDIA_STATE_SILENT) {
		mtg_emit_interrupted(
			d, d->meeting->core.floor.on_air, INTERRUPT_CAUSE_MEDIA_SILENT);
	}
	if (d->meeting->core.talkback.open) {
		mtg_emit_talkback_closed(d, TALKBACK_END_MAIN_VENUE);
	}
	mtg_emit_scene_beside(d, site);
	TEXT_COPY(mtg_emit(d, EV_SITE_MADE_MAIN)->site_made_main.site, in->site);
	return 0;
}

/* That the microphone was opened beside a speaker was meant for the hall that was. */
void mtg_apply_site_made_main(struct meeting *meeting, const struct mtg_record *record)
{
	struct core *core = &meeting->core;
	int site = mtg_find_site(meeting, record->event.site_made_main.site);

	if (core->main_venue != MTG_NONE) {
		meeting->sites[core->main_venue].kind = SITE_KIND_REMOTE;
		meeting->sites[core->main_venue].revision = record->seq;
	}
	meeting->sites[site].kind = SITE_KIND_MAIN;
	meeting->sites[site].revision = record->seq;
	core->main_venue = site;
	core->floor.venue_open = false;
	core->revisions.floor = record->seq;
	core->revisions.scene = record->seq;
	core->revisions.microphones = record->seq;
	core->revisions.documents = record->seq; /* remote sites owe and are handed, others not */
	core->revisions.handouts = record->seq;
}
