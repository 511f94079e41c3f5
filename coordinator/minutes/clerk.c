/* Taking down: what each record adds to the notes. Compiling them is in compile.c. */
#include "coordinator/minutes/clerk.h"

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/alarms.h"
#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/item_note.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/minutes/notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct clerk *clerk_create(void)
{
	struct clerk *clerk = calloc(1, sizeof(*clerk));
	if (!clerk) {
		return NULL;
	}
	clerk->meeting = mtg_create();
	clerk->presences = calloc(SITES_MAX, sizeof(*clerk->presences));
	if (!clerk->meeting || !clerk->presences) {
		clerk_destroy(clerk);
		return NULL;
	}
	return clerk;
}

void clerk_destroy(struct clerk *clerk)
{
	if (!clerk) {
		return;
	}
	mtg_destroy(clerk->meeting);
	free(clerk->presences);
	free(clerk->stretches.list);
	free(clerk->alarms.list);
	free(clerk->restarts.list);
	free(clerk->item_notes.list);
	free(clerk);
}

/* Room for one more element of `size`, or NULL with the clerk starved. */
static void *grown(struct clerk *clerk, void *list, size_t n, size_t *capacity, size_t size)
{
	if (n < *capacity) {
		return list;
	}
	size_t wanted = *capacity ? *capacity * 2 : 64;
	void *larger = realloc(list, wanted * size);
	if (!larger) {
		clerk->starved = true;
		return NULL;
	}
	*capacity = wanted;
	return larger;
}

static struct minutes_moment moment_of(const struct mtg_record *record)
{
	return (struct minutes_moment){record->at, record->wall};
}

static bool is_live(const struct clerk *clerk)
{
	return mtg_about(clerk->meeting)->state == MEETING_STATE_LIVE;
}

/* Up to now the site was as the state still says. */
static void accrue(struct clerk *clerk, int index, struct instant now)
{
	const struct site *site = mtg_site(clerk->meeting, index);
	struct presence *presence = &clerk->presences[index];
	struct span passed = span_between(presence->mark, now);
	if (passed.ms <= 0) {
		return;
	}
	bool live = is_live(clerk);
	if (live && site->link == LINK_STATE_ONLINE) {
		presence->online = span_sum(presence->online, passed);
	}
	if (live && (site->media == MEDIA_STATE_GOOD || site->media == MEDIA_STATE_DEGRADED)) {
		presence->media = span_sum(presence->media, passed);
	}
	presence->mark = now;
}

static void accrue_all(struct clerk *clerk, struct instant now)
{
	for (size_t i = 0; i < mtg_site_count(clerk->meeting); i++) {
		accrue(clerk, (int)i, now);
	}
}

static int site_index(const struct clerk *clerk, const char *id)
{
	return mtg_site_index(clerk->meeting, mtg_site_by_id(clerk->meeting, id));
}

/* Before the record is applied: settle what it is about to change. */
static void settle(struct clerk *clerk, const struct mtg_record *record)
{
	const struct event *event = &record->event;
	if (event->name == EV_SITE_LINKED) {
		accrue(clerk, site_index(clerk, event->site_linked.site), record->at);
	} else if (event->name == EV_SITE_MEDIA_CHANGED) {
		accrue(clerk, site_index(clerk, event->site_media_changed.site), record->at);
	} else if (event->name == EV_MEETING_OPENED || event->name == EV_MEETING_CLOSED ||
		   event->name == EV_MEETING_REOPENED) {
		accrue_all(clerk, record->at);
	} else if (event->name == EV_CLOCK_RESUMED) {
		/* Links ended with the old process, at the other end of the gap. */
		accrue_all(clerk, (struct instant){record->at.ms - event->clock_resumed.gap.ms});
	}
}

static void note_link(struct clerk *clerk, const struct mtg_record *record)
{
	const struct ev_site_linked *linked = &record->event.site_linked;
	struct presence *presence = &clerk->presences[site_index(clerk, linked->site)];
	if (linked->link == LINK_STATE_LOST && is_live(clerk)) {
		presence->losses++;
	}
	if (linked->link == LINK_STATE_ONLINE && !presence->attended) {
		presence->attended = true;
		presence->first_online = moment_of(record);
	}
}

static void note_media(struct clerk *clerk, const struct mtg_record *record)
{
	const struct ev_site_media_changed *changed = &record->event.site_media_changed;
	if (changed->media == MEDIA_STATE_SILENT && is_live(clerk)) {
		clerk->presences[site_index(clerk, changed->site)].silences++;
	}
}

static struct stretch *running_stretch(struct clerk *clerk)
{
	for (size_t i = clerk->stretches.n; i > 0; i--) {
		if (clerk->stretches.list[i - 1].end == MINUTES_END_RUNNING) {
			return &clerk->stretches.list[i - 1];
		}
	}
	return NULL;
}

static void end_stretch(struct clerk *clerk, const struct mtg_record *record, enum minutes_end end)
{
	struct stretch *stretch = running_stretch(clerk);
	if (!stretch) {
		return;
	}
	stretch->end = end;
	stretch->ended = moment_of(record);
	if (record->event.name == EV_FLOOR_INTERRUPTED) {
		stretch->cause = record->event.floor_interrupted.cause;
	}
}

/* The id of a turn, "" for MTG_NONE: its index may be another's one day. */
static void note_turn(const struct clerk *clerk, int turn, char ret[TURN_ID_SIZE])
{
	if (turn == MTG_NONE) {
		ret[0] = '\0';
	} else {
		memcpy(ret, mtg_turn(clerk->meeting, turn)->id, TURN_ID_SIZE);
	}
}

static void begin_stretch(
	struct clerk *clerk, const struct mtg_record *record, int turn, uint64_t take)
{
	struct stretches *stretches = &clerk->stretches;
	struct stretch *list =
		grown(clerk, stretches->list, stretches->n, &stretches->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	stretches->list = list;
	struct stretch *stretch = &list[stretches->n++];
	*stretch = (struct stretch){.item = mtg_active_item(clerk->meeting),
		.take = take,
		.started = moment_of(record),
		.end = MINUTES_END_RUNNING};
	note_turn(clerk, turn, stretch->turn);
}

/* The undone take leaves nothing; the turn it replaced speaks on as if it never had been. */
static void undo_stretch(struct clerk *clerk, uint64_t take, int on_air)
{
	struct stretches *stretches = &clerk->stretches;
	clerk->undone++;
	while (stretches->n > 0 && stretches->list[stretches->n - 1].take >= take) {
		stretches->n--;
	}
	char turn[TURN_ID_SIZE];
	note_turn(clerk, on_air, turn);
	for (size_t i = stretches->n; i > 0 && on_air != MTG_NONE; i--) {
		if (strcmp(stretches->list[i - 1].turn, turn) == 0) {
			stretches->list[i - 1].end = MINUTES_END_RUNNING;
			return;
		}
	}
}

static void note_floor(struct clerk *clerk, const struct mtg_record *record)
{
	const struct event *event = &record->event;
	int on_air = mtg_floor(clerk->meeting)->on_air;
	if (event->name == EV_FLOOR_TAKEN) {
		end_stretch(clerk, record, MINUTES_END_REPLACED);
		begin_stretch(clerk, record, on_air, event->floor_taken.take);
	} else if (event->name == EV_FLOOR_RESUMED) {
		end_stretch(clerk, record, MINUTES_END_REPLACED);
		begin_stretch(clerk, record, on_air, event->floor_resumed.take);
	} else if (event->name == EV_FLOOR_UNDONE) {
		undo_stretch(clerk, event->floor_undone.take, on_air);
	} else if (event->name == EV_FLOOR_INTERRUPTED) {
		end_stretch(clerk, record, MINUTES_END_INTERRUPTED);
	} else if (on_air == MTG_NONE) {
		end_stretch(clerk, record, MINUTES_END_RELEASED);
	}
}

static struct alarm_note *find_alarm(struct clerk *clerk, uint64_t number)
{
	for (size_t i = clerk->alarms.n; i > 0; i--) {
		if (clerk->alarms.list[i - 1].number == number) {
			return &clerk->alarms.list[i - 1];
		}
	}
	return NULL;
}

static void raise_alarm(struct clerk *clerk, const struct mtg_record *record)
{
	const struct alarm *alarm =
		mtg_alarm_by_number(clerk->meeting, record->event.alarm_raised.alarm);
	struct alarm_notes *alarms = &clerk->alarms;
	if (alarm && alarm->site != MTG_NONE) {
		clerk->presences[alarm->site].alarms++;
	}
	bool many = alarm && alarm->site != MTG_NONE &&
		    clerk->presences[alarm->site].alarms > ALARM_NOTES_OF_A_SITE_MAX;
	if (!alarm || many || alarms->n == MINUTES_ALARMS_MAX) {
		alarms->n_left_out++;
		return;
	}
	struct alarm_note *list =
		grown(clerk, alarms->list, alarms->n, &alarms->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	alarms->list = list;
	struct alarm_note *note = &list[alarms->n++];
	*note = (struct alarm_note){.number = alarm->number,
		.kind = alarm->kind,
		.site = alarm->site,
		.raised = moment_of(record)};
	note_turn(clerk, alarm->turn, note->turn);
}

/* As the meeting's own alarms: those meant that were open, and that nobody had seen to. */
static void acknowledge_alarms(struct clerk *clerk, const struct mtg_record *record)
{
	const struct ev_alarm_acknowledged *event = &record->event.alarm_acknowledged;
	for (size_t i = 0; i < clerk->alarms.n; i++) {
		struct alarm_note *note = &clerk->alarms.list[i];
		bool meant = event->has_kind
				     ? note->kind == event->kind && note->number <= event->alarm
				     : note->number == event->alarm;
		if (meant && !note->was_acknowledged && !note->was_cleared) {
			note->was_acknowledged = true;
			note->acknowledged = moment_of(record);
			note->acknowledged_by = record->by;
		}
	}
}

static void note_alarm(struct clerk *clerk, const struct mtg_record *record)
{
	const struct event *event = &record->event;
	struct alarm_note *note = NULL;
	if (event->name == EV_ALARM_RAISED) {
		raise_alarm(clerk, record);
	} else if (event->name == EV_ALARM_ACKNOWLEDGED) {
		acknowledge_alarms(clerk, record);
	} else if (event->name == EV_ALARM_CLEARED) {
		note = find_alarm(clerk, event->alarm_cleared.alarm);
		if (note) {
			note->was_cleared = true;
			note->cleared = moment_of(record);
		}
	}
}

static void note_restart(struct clerk *clerk, const struct mtg_record *record)
{
	struct restart_notes *restarts = &clerk->restarts;
	if (restarts->n == MINUTES_RESTARTS_MAX) {
		return;
	}
	struct minutes_restart *list =
		grown(clerk, restarts->list, restarts->n, &restarts->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	restarts->list = list;
	list[restarts->n++] = (struct minutes_restart){.when = moment_of(record),
		.source = record->event.clock_resumed.source,
		.gap = record->event.clock_resumed.gap};
}

static void note_item(struct clerk *clerk, const struct mtg_record *record)
{
	struct item_notes *notes = &clerk->item_notes;
	struct item_note said;
	if (!mtg_item_note(&record->event, &said)) {
		return;
	}
	if (notes->n == MINUTES_ITEM_NOTES_MAX) {
		notes->n_left_out++;
		return;
	}
	struct kept_item_note *list =
		grown(clerk, notes->list, notes->n, &notes->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	notes->list = list;
	const struct item *item = mtg_item_by_id(clerk->meeting, said.item);
	struct kept_item_note *kept = &list[notes->n++];
	*kept = (struct kept_item_note){.event = record->event.name,
		.item = mtg_item_index(clerk->meeting, item),
		.note = {.when = moment_of(record), .by = record->by}};
	snprintf(kept->note.text, sizeof(kept->note.text), "%s", said.text);
}

void clerk_note(struct clerk *clerk, const struct mtg_record *record)
{
	settle(clerk, record);
	mtg_apply(clerk->meeting, record);
	clerk->last = moment_of(record);
	if (record->event.name == EV_SITE_LINKED) {
		note_link(clerk, record);
	} else if (record->event.name == EV_SITE_MEDIA_CHANGED) {
		note_media(clerk, record);
	} else if (record->event.name == EV_CLOCK_RESUMED) {
		note_restart(clerk, record);
	}
	note_item(clerk, record);
	note_alarm(clerk, record);
	note_floor(clerk, record);
}
