/* What the recorder takes down of sites: who was at the post, what was lost from when to when. */
#include "coordinator/meeting/roster.h"
#include "coordinator/minutes/recorder_private.h"

static struct minutes_moment moment_of(
	const struct minutes_recorder *recorder, const struct mtg_record *record)
{
	return whole_moment(&recorder->seconds, record->at, record->wall);
}

static int site_index(const struct minutes_recorder *recorder, const char *id)
{
	return mtg_site_index(recorder->meeting, mtg_site_ever(recorder->meeting, id));
}

static struct recorded_spell *find_running(
	struct minutes_recorder *recorder, int site, enum minutes_spell_kind kind)
{
	for (size_t i = recorder->spells.n; i > 0; i--) {
		struct recorded_spell *spell = &recorder->spells.list[i - 1];
		if (spell->site == site && spell->spell.kind == kind) {
			return spell->spell.has_to ? NULL : spell;
		}
	}
	return NULL;
}

static void begin(struct minutes_recorder *recorder, const struct mtg_record *record, int site,
	enum minutes_spell_kind kind)
{
	struct recorded_spells *spells = &recorder->spells;
	if (find_running(recorder, site, kind)) {
		return;
	}
	if (spells->n == RECORDED_SPELLS_MAX) {
		spells->n_left_out++;
		return;
	}
	struct recorded_spell *list =
		recorder_grown(recorder, spells->list, spells->n, &spells->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	spells->list = list;
	struct recorded_spell *spell = &list[spells->n++];
	*spell = (struct recorded_spell){
		.site = site, .spell = {.kind = kind, .from = moment_of(recorder, record)}};
	if (kind == MINUTES_SPELL_KIND_POST) {
		spell->spell.has_by = true;
		spell->spell.by = record->by;
	}
}

static void end(struct minutes_recorder *recorder, const struct mtg_record *record, int site,
	enum minutes_spell_kind kind)
{
	struct recorded_spell *spell = find_running(recorder, site, kind);
	if (spell) {
		spell->spell.has_to = true;
		spell->spell.to = moment_of(recorder, record);
	}
}

/* Nobody is missed once it is over, and who leaves then is no loss. */
static void end_all(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	for (size_t i = 0; i < recorder->spells.n; i++) {
		struct minutes_spell *spell = &recorder->spells.list[i].spell;
		if (!spell->has_to && spell->kind != MINUTES_SPELL_KIND_POST) {
			spell->has_to = true;
			spell->to = moment_of(recorder, record);
		}
	}
}

static void note_link(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_site_linked *linked = &record->event.site_linked;
	int site = site_index(recorder, linked->site);
	if (linked->link == LINK_STATE_LOST) {
		begin(recorder, record, site, MINUTES_SPELL_KIND_LINK_LOST);
	} else {
		end(recorder, record, site, MINUTES_SPELL_KIND_LINK_LOST);
	}
}

static void note_media(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_site_media_changed *changed = &record->event.site_media_changed;
	int site = site_index(recorder, changed->site);
	if (changed->media == MEDIA_STATE_SILENT) {
		begin(recorder, record, site, MINUTES_SPELL_KIND_MEDIA_SILENT);
	} else {
		end(recorder, record, site, MINUTES_SPELL_KIND_MEDIA_SILENT);
	}
}

static void note_post(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_site_posted *posted = &record->event.site_posted;
	int site = site_index(recorder, posted->site);
	if (posted->present) {
		begin(recorder, record, site, MINUTES_SPELL_KIND_POST);
	} else {
		end(recorder, record, site, MINUTES_SPELL_KIND_POST);
	}
}

/* The coordinator was away: all links ended with it, and no site is to blame. */
static void note_restart(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	for (size_t i = 0; i < mtg_site_count(recorder->meeting); i++) {
		if (mtg_site(recorder->meeting, (int)i)->link == LINK_STATE_ONLINE) {
			begin(recorder, record, (int)i, MINUTES_SPELL_KIND_LINK_LOST);
		}
	}
}

static void end_of_site(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	int site = site_index(recorder, record->event.site_removed.site);
	for (int kind = MINUTES_SPELL_KIND_UNSET + 1; kind < MINUTES_SPELL_KIND_END; kind++) {
		end(recorder, record, site, (enum minutes_spell_kind)kind);
	}
}

void recorder_note_spells(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	enum event_name name = record->event.name;
	enum meeting_state state = mtg_about(recorder->meeting)->state;
	bool under_way = state == MEETING_STATE_ASSEMBLING || state == MEETING_STATE_LIVE;
	if (name == EV_SITE_POSTED) {
		note_post(recorder, record);
	} else if (name == EV_SITE_REMOVED) {
		end_of_site(recorder, record);
	} else if (name == EV_MEETING_CLOSED) {
		end_all(recorder, record);
	} else if (name == EV_SITE_LINKED && under_way) {
		note_link(recorder, record);
	} else if (name == EV_SITE_MEDIA_CHANGED && under_way) {
		note_media(recorder, record);
	} else if (name == EV_CLOCK_RESUMED && under_way) {
		note_restart(recorder, record);
	}
}
