/* Compiling: recorded data and the folded state as one document. */
#include "coordinator/minutes/compile.h"

#include <errno.h>
#include <string.h>

#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/rights.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/minutes/compile_attendance.h"
#include "coordinator/minutes/compile_votes.h"
#include "coordinator/minutes/corrections.h"
#include "coordinator/minutes/directions.h"
#include "text_copy.h"

static void compile_about(struct compiling *compiling)
{
	const struct about *about = mtg_about(compiling->meeting);
	struct minutes *out = compiling->out;

	out->version = 1;
	out->seq = (uint64_t)mtg_last_seq(compiling->meeting);
	out->has_head = TEXT_COPY(out->head, compiling->recorder->head) && out->head[0] != '\0';
	out->until = compiling->recorder->last;
	ARRAY_COPY(out->meeting, about->meeting);
	ARRAY_COPY(out->name, about->name);
	ARRAY_COPY(out->host, about->host);
	ARRAY_COPY(out->place, about->place);
	ARRAY_COPY(out->date, about->date);
	ARRAY_COPY(out->title_lines, about->title_lines);
	out->n_title_lines = about->n_title_lines;
	out->has_chairs = about->n_chairs > 0;
	out->n_chairs = about->n_chairs;
	ARRAY_COPY(out->chairs, about->chairs);
	out->form = about->form;
	out->utc_offset = about->utc_offset;
	out->speed = about->speed;
	out->rehearsal = about->rehearsal;
	out->has_document = about->has_document;
	out->document = about->document;
	out->has_preparation =
		about->preparation.n_deadlines > 0 || about->preparation.has_post_due;
	out->preparation = about->preparation;
	out->state = about->state;
	out->takes = (uint32_t)mtg_floor(compiling->meeting)->takes;
	out->undone = compiling->recorder->undone;
}

/* When it was opened and closed, and for how long it was live. */
static int compile_course(struct compiling *compiling)
{
	const struct minutes_recorder *recorder = compiling->recorder;
	const struct recorded_reopenings *reopenings = &recorder->reopenings;
	const struct about *about = mtg_about(compiling->meeting);
	struct minutes *out = compiling->out;

	if (!mtg_was_ever_opened(about)) {
		return 0;
	}
	out->has_opened = true;
	out->opened = recorder->opened;
	out->has_closed = about->was_closed;
	if (about->was_closed) {
		out->closed = whole_moment(&recorder->seconds, about->closed, about->closed_wall);
	}
	out->has_adjourned = !about->was_opened;
	if (out->has_adjourned) {
		out->adjourned =
			whole_moment(&recorder->seconds, about->adjourned, about->adjourned_wall);
	}
	struct instant end = about->was_closed    ? out->closed.at
			     : out->has_adjourned ? out->adjourned.at
						  : out->until.at;
	out->live.ms = span_between(out->opened.at, end).ms - reopenings->closed.ms;
	void *list;
	int r = compile_room(compiling->arena, reopenings->n, sizeof(*reopenings->list), &list);
	if (r == 0 && reopenings->n > 0) {
		memcpy(list, reopenings->list, reopenings->n * sizeof(*reopenings->list));
		out->has_reopenings = true;
		out->reopenings = list;
		out->n_reopenings = reopenings->n;
	}
	return r;
}

static void compile_steps(
	const struct compiling *compiling, const struct site *site, struct minutes_site *out)
{
	bool whole = compile_is_visible(compiling, EV_SITE_SIGNED);

	for (int step = 1; step < READINESS_STEP_END; step++) {
		const struct readiness_mark *from = &site->steps[step];
		if (from->done) {
			struct minutes_step *to = &out->steps[out->n_steps++];

			to->step = (enum readiness_step)step;
			to->when =
				whole_moment(&compiling->recorder->seconds, from->at, from->wall);
			to->by = whole ? from->by : (struct actor){.role = from->by.role};
			to->has_evidence = whole && from->evidence[0] != '\0';
			if (to->has_evidence) {
				ARRAY_COPY(to->evidence, from->evidence);
			}
		}
	}
}

/* The time since the site's last mark, which is not yet in its sums. */
static struct span since_mark(
	const struct compiling *compiling, const struct site_presence *presence, bool there)
{
	bool live = mtg_about(compiling->meeting)->state == MEETING_STATE_LIVE;

	if (!live || !there) {
		return (struct span){0};
	}
	return span_between(presence->mark, compiling->recorder->last.at);
}

static int compile_site(const struct compiling *compiling, int index, struct minutes_site *out)
{
	const struct site *site = mtg_site(compiling->meeting, index);
	const struct site_presence *presence = &compiling->recorder->presences[index];
	bool has_link = site->link == LINK_STATE_ONLINE && !site->removed;
	bool has_media = !site->removed &&
			 (site->media == MEDIA_STATE_GOOD || site->media == MEDIA_STATE_DEGRADED);

	ARRAY_COPY(out->site, site->id);
	ARRAY_COPY(out->name, site->name);
	ARRAY_COPY(out->short_code, site->short_code);
	ARRAY_COPY(out->region, site->region);
	out->kind = site->kind;
	out->attended = presence->attended;
	out->has_first_online = presence->attended;
	out->first_online = presence->first_online;
	compile_steps(compiling, site, out);
	out->online = span_sum(presence->online, since_mark(compiling, presence, has_link));
	out->media = span_sum(presence->media, since_mark(compiling, presence, has_media));
	out->has_removed = site->removed;
	out->removed = site->removed ? presence->removed : (struct minutes_moment){0};
	out->losses = presence->losses;
	out->silences = presence->silences;
	out->has_alarms = compile_is_visible(compiling, EV_ALARM_RAISED);
	out->alarms = out->has_alarms ? presence->alarms : 0;
	out->spoken = compile_spoken_from(compiling, index);
	out->has_venue = site->venue[0] != '\0';
	ARRAY_COPY(out->venue, site->venue);
	out->has_chair = site->chair[0] != '\0';
	ARRAY_COPY(out->chair, site->chair);
	return compile_readiness(compiling, index, out);
}

/* A site that was taken off the roster before the opening was not expected. */
static bool was_expected(const struct compiling *compiling, int index)
{
	const struct site *site = mtg_site(compiling->meeting, index);

	return mtg_is_venue(site) &&
	       (!site->removed || compiling->recorder->presences[index].removed_live);
}

static int compile_sites(struct compiling *compiling)
{
	size_t n = mtg_site_count(compiling->meeting);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_site), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_site *sites = list;
	compiling->out->sites = sites;
	for (size_t i = 0; i < n && r == 0; i++) {
		if (was_expected(compiling, (int)i)) {
			r = compile_site(compiling, (int)i, &sites[compiling->out->n_sites++]);
		}
	}
	return r;
}

static int compile_alarm_sites(const struct compiling *compiling, const struct recorded_alarm *note,
	struct minutes_alarm *out)
{
	void *list;
	int r = compile_room(compiling->arena, note->n_sites, sizeof(out->sites[0]), &list);

	if (r != 0) {
		return r;
	}
	char(*names)[NAME_SIZE] = list;
	for (size_t i = 0; i < note->n_sites; i++) {
		ARRAY_COPY(names[i], mtg_site(compiling->meeting, note->sites[i])->name);
	}
	out->has_sites = note->n_sites > 0;
	out->sites = list;
	out->n_sites = note->n_sites;
	return 0;
}

static void compile_alarm(const struct compiling *compiling, const struct recorded_alarm *note,
	struct minutes_alarm *out)
{
	out->alarm = note->number;
	out->kind = note->kind;
	out->has_site = note->site != MTG_NONE;
	out->has_site_name = out->has_site;
	if (out->has_site) {
		ARRAY_COPY(out->site, mtg_site(compiling->meeting, note->site)->id);
		ARRAY_COPY(out->site_name, mtg_site(compiling->meeting, note->site)->name);
	}
	out->has_turn = note->turn[0] != '\0';
	ARRAY_COPY(out->turn, note->turn);
	out->raised = note->raised;
	out->has_acknowledged = note->was_acknowledged;
	out->acknowledged = note->acknowledged;
	out->has_acknowledged_by = note->was_acknowledged;
	out->acknowledged_by = note->acknowledged_by;
	out->has_note = note->note[0] != '\0';
	ARRAY_COPY(out->note, note->note);
	out->has_cleared = note->was_cleared;
	out->cleared = note->cleared;
}

static int compile_alarms(struct compiling *compiling)
{
	const struct recorded_alarms *notes = &compiling->recorder->alarms;
	void *list;
	int r = compile_room(compiling->arena, notes->n, sizeof(struct minutes_alarm), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_alarm *alarms = list;
	for (size_t i = 0; i < notes->n && r == 0; i++) {
		compile_alarm(compiling, &notes->list[i], &alarms[i]);
		r = compile_alarm_sites(compiling, &notes->list[i], &alarms[i]);
	}
	compiling->out->alarms = alarms;
	compiling->out->n_alarms = notes->n;
	compiling->out->alarms_left_out = notes->n_left_out;
	return r;
}

static int compile_restarts(struct compiling *compiling)
{
	const struct recorded_restarts *notes = &compiling->recorder->restarts;
	void *list;
	int r = compile_room(compiling->arena, notes->n, sizeof(*notes->list), &list);

	if (r == 0 && notes->n > 0) {
		memcpy(list, notes->list, notes->n * sizeof(*notes->list));
		compiling->out->restarts = list;
		compiling->out->n_restarts = notes->n;
	}
	return r;
}

/* Alarms and restarts, where the reader may see them. */
static int compile_incidents(struct compiling *compiling)
{
	bool alarms = compile_is_visible(compiling, EV_ALARM_RAISED);
	bool restarts = compile_is_visible(compiling, EV_CLOCK_RESUMED);

	compiling->out->has_abridged = true;
	compiling->out->abridged =
		!alarms || !restarts || !compile_is_visible(compiling, EV_SITE_SIGNED);
	int r = alarms ? compile_alarms(compiling) : 0;
	return r == 0 && restarts ? compile_restarts(compiling) : r;
}

int minutes_recorder_compile(const struct minutes_recorder *recorder, enum role role,
	struct msg_arena *arena, struct minutes *ret_minutes)
{
	struct compiling compiling = {.recorder = recorder,
		.meeting = recorder->meeting,
		.role = role,
		.arena = arena,
		.out = ret_minutes};

	memset(ret_minutes, 0, sizeof(*ret_minutes));
	if (recorder->out_of_memory) {
		return -ENOMEM;
	}
	if (mtg_about(recorder->meeting)->state == MEETING_STATE_UNSET) {
		return -ENODATA;
	}
	compile_about(&compiling);
	int r = compile_course(&compiling);
	if (r == 0) {
		r = compile_items(&compiling);
	}
	if (r == 0) {
		r = compile_speeches(&compiling);
	}
	if (r == 0) {
		r = compile_sites(&compiling);
	}
	if (r == 0) {
		r = compile_corrections(&compiling);
	}
	if (r == 0) {
		r = compile_votes(&compiling);
	}
	if (r == 0) {
		r = compile_directions(&compiling);
	}
	if (r == 0) {
		r = compile_attendance(&compiling);
	}
	if (r == 0) {
		r = compile_preparation(&compiling);
	}
	return r != 0 ? r : compile_incidents(&compiling);
}
