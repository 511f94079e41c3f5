/* Recording: what each record adds. compile.c makes the minutes of it. */
#include "coordinator/minutes/recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/alarms.h"
#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/item_note.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/minutes/corrections.h"
#include "coordinator/minutes/directions.h"
#include "coordinator/minutes/recorder_private.h"
#include "text_copy.h"

struct minutes_recorder *minutes_recorder_create(void)
{
	struct minutes_recorder *recorder = calloc(1, sizeof(*recorder));
	if (!recorder) {
		return NULL;
	}
	recorder->meeting = mtg_create();
	recorder->presences = calloc(SITES_MAX, sizeof(*recorder->presences));
	if (!recorder->meeting || !recorder->presences) {
		minutes_recorder_destroy(recorder);
		return NULL;
	}
	return recorder;
}

void minutes_recorder_destroy(struct minutes_recorder *recorder)
{
	if (!recorder) {
		return;
	}
	mtg_destroy(recorder->meeting);
	free(recorder->presences);
	free(recorder->floor_times.list);
	for (size_t i = 0; i < recorder->alarms.n; i++) {
		free(recorder->alarms.list[i].sites);
	}
	free(recorder->alarms.list);
	free(recorder->restarts.list);
	free(recorder->reopenings.list);
	free(recorder->item_notes.list);
	free(recorder->corrections.list);
	free(recorder->directions.list);
	free(recorder->spells.list);
	free(recorder);
}

static struct minutes_moment moment_of(
	const struct minutes_recorder *recorder, const struct mtg_record *record)
{
	return whole_moment(&recorder->seconds, record->at, record->wall);
}

static bool is_live(const struct minutes_recorder *recorder)
{
	return mtg_about(recorder->meeting)->state == MEETING_STATE_LIVE;
}

/* Adds up the time of a site since its mark, by the state before the record. */
static void accrue(struct minutes_recorder *recorder, int index, struct instant now)
{
	const struct site *site = mtg_site(recorder->meeting, index);
	struct site_presence *presence = &recorder->presences[index];
	struct span passed = span_between(presence->mark, now);
	if (passed.ms <= 0) {
		return;
	}
	bool live = is_live(recorder) && !site->removed;
	if (live && site->link == LINK_STATE_ONLINE) {
		presence->online = span_sum(presence->online, passed);
	}
	if (live && (site->media == MEDIA_STATE_GOOD || site->media == MEDIA_STATE_DEGRADED)) {
		presence->media = span_sum(presence->media, passed);
	}
	presence->mark = now;
}

static void accrue_all(struct minutes_recorder *recorder, struct instant now)
{
	for (size_t i = 0; i < mtg_site_count(recorder->meeting); i++) {
		accrue(recorder, (int)i, now);
	}
}

static int site_index(const struct minutes_recorder *recorder, const char *id)
{
	return mtg_site_index(recorder->meeting, mtg_site_ever(recorder->meeting, id));
}

/* Between these moments nothing was live. */
static void note_break_off(struct minutes_recorder *recorder, struct minutes_reopening reopening)
{
	struct recorded_reopenings *reopenings = &recorder->reopenings;
	struct span closed = span_between(reopening.closed.at, reopening.reopened.at);
	reopenings->closed = span_sum(reopenings->closed, closed);
	if (reopenings->n == MINUTES_REOPENINGS_MAX) {
		return;
	}
	struct minutes_reopening *list = recorder_grown(
		recorder, reopenings->list, reopenings->n, &reopenings->capacity, sizeof(*list));
	if (list) {
		reopenings->list = list;
		list[reopenings->n++] = reopening;
	}
}

/* The state before it knows when the meeting was closed. */
static void note_reopening(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct about *about = mtg_about(recorder->meeting);
	note_break_off(
		recorder, (struct minutes_reopening){.closed = whole_moment(&recorder->seconds,
							     about->closed, about->closed_wall),
				  .reopened = moment_of(recorder, record),
				  .by = record->by});
}

/* The first sitting, or one that follows. */
static void note_opening(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct about *about = mtg_about(recorder->meeting);
	if (about->adjournments == 0) {
		recorder->opened = moment_of(recorder, record);
		return;
	}
	note_break_off(recorder,
		(struct minutes_reopening){.closed = whole_moment(&recorder->seconds,
						   about->adjourned, about->adjourned_wall),
			.reopened = moment_of(recorder, record),
			.by = record->by,
			.has_adjourned = true,
			.adjourned = true});
}

/* Called before the record is applied: settles the sums that it changes. */
static void settle(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct event *event = &record->event;
	struct instant at = whole_instant(&recorder->seconds, record->at);
	if (event->name == EV_SITE_LINKED) {
		accrue(recorder, site_index(recorder, event->site_linked.site), at);
	} else if (event->name == EV_SITE_MEDIA_CHANGED) {
		accrue(recorder, site_index(recorder, event->site_media_changed.site), at);
	} else if (event->name == EV_SITE_ADDED &&
		   mtg_site_ever(recorder->meeting, event->site_added.site)) {
		accrue(recorder, site_index(recorder, event->site_added.site), at);
	} else if (event->name == EV_SITE_REMOVED) {
		int site = site_index(recorder, event->site_removed.site);
		accrue(recorder, site, at);
		recorder->presences[site].removed = moment_of(recorder, record);
		recorder->presences[site].removed_live = mtg_about(recorder->meeting)->was_opened;
	} else if (event->name == EV_MEETING_CLOSED || event->name == EV_MEETING_ADJOURNED) {
		accrue_all(recorder, at);
	} else if (event->name == EV_MEETING_OPENED) {
		accrue_all(recorder, at);
		note_opening(recorder, record);
	} else if (event->name == EV_MEETING_REOPENED) {
		accrue_all(recorder, at);
		note_reopening(recorder, record);
	} else if (event->name == EV_CLOCK_RESUMED) {
		/* Links ended with the old process, before the gap. */
		struct instant end = {record->at.ms - event->clock_resumed.gap.ms};
		accrue_all(recorder, whole_instant(&recorder->seconds, end));
	}
}

static void note_link(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_site_linked *linked = &record->event.site_linked;
	struct site_presence *presence = &recorder->presences[site_index(recorder, linked->site)];
	if (linked->link == LINK_STATE_LOST && is_live(recorder)) {
		presence->losses++;
	}
	if (linked->link == LINK_STATE_ONLINE && !presence->attended) {
		presence->attended = true;
		presence->first_online = moment_of(recorder, record);
	}
}

static void note_media(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_site_media_changed *changed = &record->event.site_media_changed;
	if (changed->media == MEDIA_STATE_SILENT && is_live(recorder)) {
		recorder->presences[site_index(recorder, changed->site)].silences++;
	}
}

static struct floor_time *running_stretch(struct minutes_recorder *recorder)
{
	for (size_t i = recorder->floor_times.n; i > 0; i--) {
		if (recorder->floor_times.list[i - 1].end == MINUTES_END_RUNNING) {
			return &recorder->floor_times.list[i - 1];
		}
	}
	return NULL;
}

static void end_stretch(
	struct minutes_recorder *recorder, const struct mtg_record *record, enum minutes_end end)
{
	struct floor_time *floor_time = running_stretch(recorder);
	if (!floor_time) {
		return;
	}
	floor_time->end = end;
	floor_time->ended = moment_of(recorder, record);
	if (record->event.name == EV_FLOOR_INTERRUPTED) {
		floor_time->cause = record->event.floor_interrupted.cause;
	}
}

/* The id of a turn, "" for MTG_NONE: its index may be reused. */
static void note_turn(const struct minutes_recorder *recorder, int turn, char ret[TURN_ID_SIZE])
{
	if (turn == MTG_NONE) {
		ret[0] = '\0';
	} else {
		memcpy(ret, mtg_turn(recorder->meeting, turn)->id, TURN_ID_SIZE);
	}
}

static void begin_stretch(
	struct minutes_recorder *recorder, const struct mtg_record *record, int turn, uint64_t take)
{
	struct floor_times *floor_times = &recorder->floor_times;
	struct floor_time *list = recorder_grown(
		recorder, floor_times->list, floor_times->n, &floor_times->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	floor_times->list = list;
	struct floor_time *floor_time = &list[floor_times->n++];
	*floor_time = (struct floor_time){.item = mtg_active_item(recorder->meeting),
		.site = mtg_turn(recorder->meeting, turn)->site,
		.telephone = mtg_turn(recorder->meeting, turn)->by_telephone,
		.take = take,
		.started = moment_of(recorder, record),
		.end = MINUTES_END_RUNNING};
	note_turn(recorder, turn, floor_time->turn);
}

/* Removes the undone take; the stretch of the turn it replaced continues without a break. */
static void undo_stretch(struct minutes_recorder *recorder, uint64_t take, int on_air)
{
	struct floor_times *floor_times = &recorder->floor_times;
	recorder->undone++;
	while (floor_times->n > 0 && floor_times->list[floor_times->n - 1].take >= take) {
		floor_times->n--;
	}
	char turn[TURN_ID_SIZE];
	note_turn(recorder, on_air, turn);
	for (size_t i = floor_times->n; i > 0 && on_air != MTG_NONE; i--) {
		if (strcmp(floor_times->list[i - 1].turn, turn) == 0) {
			floor_times->list[i - 1].end = MINUTES_END_RUNNING;
			return;
		}
	}
}

/* Attached while it is on air, the stretch that runs is by telephone too. */
static void note_telephone(struct minutes_recorder *recorder, int on_air)
{
	struct floor_time *floor_time = running_stretch(recorder);
	if (floor_time && on_air != MTG_NONE && mtg_turn(recorder->meeting, on_air)->by_telephone) {
		floor_time->telephone = true;
	}
}

static void note_floor(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct event *event = &record->event;
	int on_air = mtg_floor(recorder->meeting)->on_air;
	if (event->name == EV_FLOOR_TAKEN) {
		end_stretch(recorder, record, MINUTES_END_REPLACED);
		begin_stretch(recorder, record, on_air, event->floor_taken.take);
	} else if (event->name == EV_FLOOR_RESUMED) {
		end_stretch(recorder, record, MINUTES_END_REPLACED);
		begin_stretch(recorder, record, on_air, event->floor_resumed.take);
	} else if (event->name == EV_FLOOR_UNDONE) {
		undo_stretch(recorder, event->floor_undone.take, on_air);
	} else if (event->name == EV_FLOOR_INTERRUPTED) {
		end_stretch(recorder, record, MINUTES_END_INTERRUPTED);
	} else if (event->name == EV_TURN_TELEPHONED) {
		note_telephone(recorder, on_air);
	} else if (on_air == MTG_NONE) {
		end_stretch(recorder, record, MINUTES_END_RELEASED);
	}
}

static struct recorded_alarm *find_alarm(struct minutes_recorder *recorder, uint64_t number)
{
	for (size_t i = recorder->alarms.n; i > 0; i--) {
		if (recorder->alarms.list[i - 1].number == number) {
			return &recorder->alarms.list[i - 1];
		}
	}
	return NULL;
}

/* Whose documents are missing as the alarm about them is raised. */
static void note_sites(
	struct minutes_recorder *recorder, struct instant at, struct recorded_alarm *note)
{
	size_t n = mtg_site_count(recorder->meeting);
	int *sites = malloc(n * sizeof(*sites));
	if (!sites) {
		recorder->out_of_memory = true;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (mtg_documents_are_late(recorder->meeting, (int)i, at)) {
			sites[note->n_sites++] = (int)i;
		}
	}
	note->sites = sites;
}

static void raise_alarm(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct alarm *alarm =
		mtg_alarm_by_number(recorder->meeting, record->event.alarm_raised.alarm);
	struct recorded_alarms *alarms = &recorder->alarms;
	if (alarm && alarm->site != MTG_NONE) {
		recorder->presences[alarm->site].alarms++;
	}
	bool many = alarm && alarm->site != MTG_NONE &&
		    recorder->presences[alarm->site].alarms > RECORDED_ALARMS_OF_A_SITE_MAX;
	if (!alarm || many || alarms->n == MINUTES_ALARMS_MAX) {
		alarms->n_left_out++;
		return;
	}
	struct recorded_alarm *list =
		recorder_grown(recorder, alarms->list, alarms->n, &alarms->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	alarms->list = list;
	struct recorded_alarm *note = &list[alarms->n++];
	*note = (struct recorded_alarm){.number = alarm->number,
		.kind = alarm->kind,
		.site = alarm->site,
		.raised = moment_of(recorder, record)};
	note_turn(recorder, alarm->turn, note->turn);
	if (alarm->kind == ALARM_KIND_DOCUMENT_LATE) {
		note_sites(recorder, record->at, note);
	}
}

/* One note behind the other, as far as there is room. */
static void add_note(struct recorded_alarm *alarm, const char *text)
{
	char notes[sizeof(alarm->note) + MESSAGE_TEXT_SIZE];
	snprintf(notes, sizeof(notes), "%s%s%s", alarm->note, alarm->note[0] ? "; " : "", text);
	TEXT_COPY(alarm->note, notes);
}

/* Also of one that is over, as in the debrief. */
static void note_incident(struct minutes_recorder *recorder, const struct ev_alarm_noted *event)
{
	for (size_t i = 0; i < recorder->alarms.n; i++) {
		struct recorded_alarm *alarm = &recorder->alarms.list[i];
		if (alarm->number == event->alarm) {
			add_note(alarm, event->text);
		}
	}
}

/* Those meant that are open and not acknowledged yet. */
static void acknowledge_alarms(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_alarm_acknowledged *event = &record->event.alarm_acknowledged;
	for (size_t i = 0; i < recorder->alarms.n; i++) {
		struct recorded_alarm *note = &recorder->alarms.list[i];
		bool meant = mtg_alarm_is_meant(event, note->number, note->kind);
		if (meant && !note->was_acknowledged && !note->was_cleared) {
			note->was_acknowledged = true;
			note->acknowledged = moment_of(recorder, record);
			note->acknowledged_by = record->by;
		}
	}
}

static void note_alarm(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct event *event = &record->event;
	struct recorded_alarm *note = NULL;
	if (event->name == EV_ALARM_RAISED) {
		raise_alarm(recorder, record);
	} else if (event->name == EV_ALARM_ACKNOWLEDGED) {
		acknowledge_alarms(recorder, record);
	} else if (event->name == EV_ALARM_NOTED) {
		note_incident(recorder, &event->alarm_noted);
	} else if (event->name == EV_ALARM_CLEARED) {
		note = find_alarm(recorder, event->alarm_cleared.alarm);
		if (note) {
			note->was_cleared = true;
			note->cleared = moment_of(recorder, record);
		}
	}
}

/* A restart before the meeting or after it disturbed nobody: a closed one is served for months. */
static void note_restart(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	struct recorded_restarts *restarts = &recorder->restarts;
	enum meeting_state state = mtg_about(recorder->meeting)->state;
	bool under_way = state == MEETING_STATE_ASSEMBLING || state == MEETING_STATE_LIVE;
	if (!under_way || restarts->n == MINUTES_RESTARTS_MAX) {
		return;
	}
	struct minutes_restart *list = recorder_grown(
		recorder, restarts->list, restarts->n, &restarts->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	restarts->list = list;
	list[restarts->n++] = (struct minutes_restart){.when = moment_of(recorder, record),
		.source = record->event.clock_resumed.source,
		.gap = record->event.clock_resumed.gap};
}

static void note_item(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	struct item_notes *notes = &recorder->item_notes;
	struct item_note said;
	if (!mtg_item_note(&record->event, &said)) {
		return;
	}
	if (notes->n == MINUTES_ITEM_NOTES_MAX) {
		notes->n_left_out++;
		return;
	}
	struct recorded_item_note *list =
		recorder_grown(recorder, notes->list, notes->n, &notes->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	notes->list = list;
	const struct item *item = mtg_item_by_id(recorder->meeting, said.item);
	struct recorded_item_note *recorded = &list[notes->n++];
	*recorded = (struct recorded_item_note){.event = record->event.name,
		.item = mtg_item_index(recorder->meeting, item),
		.note = {.when = moment_of(recorder, record), .by = record->by}};
	TEXT_COPY(recorded->note.text, said.text);
}

void minutes_recorder_set_head(struct minutes_recorder *recorder, const char *hash)
{
	TEXT_COPY(recorder->head, hash);
}

void minutes_recorder_add(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	if (record->seq == 1) {
		recorder->seconds = whole_seconds_of(record->at, record->wall);
	}
	settle(recorder, record);
	recorder_note_spells(recorder, record);
	recorder_note_corrections(recorder, record);
	mtg_apply(recorder->meeting, record);
	recorder->last = moment_of(recorder, record);
	if (record->event.name == EV_SITE_LINKED) {
		note_link(recorder, record);
	} else if (record->event.name == EV_SITE_MEDIA_CHANGED) {
		note_media(recorder, record);
	} else if (record->event.name == EV_CLOCK_RESUMED) {
		note_restart(recorder, record);
	} else if (record->event.name == EV_LINE_TEST_STARTED) {
		recorder->has_line_test = true;
		recorder->line_test = recorder->last;
	}
	recorder_note_direction(recorder, record);
	note_item(recorder, record);
	note_alarm(recorder, record);
	note_floor(recorder, record);
}
