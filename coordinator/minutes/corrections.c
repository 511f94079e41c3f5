/* What was put right, member by member: see corrections.h. */
#include "coordinator/minutes/corrections.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "text_copy.h"

enum { CLOCK_SIZE = 32, SECOND_MS = 1000, MINUTE_MS = 60000, HOUR_MS = 3600000 };

/* Of whom or what, by the name it had. */
struct correcting {
	struct minutes_recorder *recorder;
	const struct mtg_record *record;
	const char *of;
};

static void note(const struct correcting *correcting, enum minutes_member member, const char *was,
	const char *now)
{
	struct recorded_corrections *corrections = &correcting->recorder->corrections;

	if (corrections->n == MINUTES_CORRECTIONS_MAX) {
		corrections->n_left_out++;
		return;
	}
	struct minutes_correction *list = recorder_grown(correcting->recorder, corrections->list,
		corrections->n, &corrections->capacity, sizeof(*list));
	if (!list) {
		return;
	}
	corrections->list = list;
	struct minutes_correction *correction = &list[corrections->n++];
	*correction = (struct minutes_correction){
		.when = whole_moment(&correcting->recorder->seconds, correcting->record->at,
			correcting->record->wall),
		.by = correcting->record->by,
		.member = member};
	TEXT_COPY(correction->of, correcting->of);
	TEXT_COPY(correction->was, was);
	TEXT_COPY(correction->now, now);
}

static void note_given(const struct correcting *correcting, bool given, enum minutes_member member,
	const char *was, const char *now)
{
	if (given) {
		note(correcting, member, was, now);
	}
}

static const char *joined(char *ret, size_t size, const char lines[][TITLE_LINE_SIZE], size_t n)
{
	size_t at = 0;

	ret[0] = '\0';
	for (size_t i = 0; i < n && at < size; i++) {
		text_copy(ret + at, size - at, i > 0 ? " / " : "");
		at += strlen(ret + at);
		text_copy(ret + at, size - at, lines[i]);
		at += strlen(ret + at);
	}
	return ret;
}

static void note_meeting(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_meeting_edited *in = &record->event.meeting_edited;
	const struct about *was = mtg_about(recorder->meeting);
	const struct correcting of = {recorder, record, was->name};
	char before[TOPIC_SIZE], after[TOPIC_SIZE];

	note_given(&of, in->has_name, MINUTES_MEMBER_NAME, was->name, in->name);
	note_given(&of, in->has_host, MINUTES_MEMBER_HOST, was->host, in->host);
	note_given(&of, in->has_place, MINUTES_MEMBER_PLACE, was->place, in->place);
	note_given(&of, in->has_date, MINUTES_MEMBER_DATE, was->date, in->date);
	note_given(&of, in->has_chairs, MINUTES_MEMBER_CHAIRS,
		joined(before, sizeof(before), was->chairs, was->n_chairs),
		joined(after, sizeof(after), in->chairs, in->n_chairs));
	note_given(&of, in->has_title_lines, MINUTES_MEMBER_TITLE_LINES,
		joined(before, sizeof(before), was->title_lines, was->n_title_lines),
		joined(after, sizeof(after), in->title_lines, in->n_title_lines));
}

/* 08:00; of a time that is not set, nothing. */
static const char *clock_of(char ret[CLOCK_SIZE], bool set, uint64_t time)
{
	ret[0] = '\0';
	if (set) {
		snprintf(ret, CLOCK_SIZE, "%02" PRIu64 ":%02" PRIu64, time / HOUR_MS % 24,
			time / MINUTE_MS % 60);
	}
	return ret;
}

/* 0:20:00. */
static const char *length_of(char ret[CLOCK_SIZE], bool set, struct span span)
{
	ret[0] = '\0';
	if (set) {
		snprintf(ret, CLOCK_SIZE, "%" PRId64 ":%02" PRId64 ":%02" PRId64, span.ms / HOUR_MS,
			span.ms / MINUTE_MS % 60, span.ms / SECOND_MS % 60);
	}
	return ret;
}

static bool is_cleared(const struct ev_item_edited *in, enum item_time time)
{
	for (size_t i = 0; i < in->n_clear; i++) {
		if (in->clear[i] == time) {
			return true;
		}
	}
	return false;
}

static void note_times(
	const struct correcting *of, const struct item *was, const struct ev_item_edited *in)
{
	char before[CLOCK_SIZE], after[CLOCK_SIZE];

	note_given(of, in->has_planned_start || is_cleared(in, ITEM_TIME_PLANNED_START),
		MINUTES_MEMBER_PLANNED_START,
		clock_of(before, was->has_planned_start, was->planned_start),
		clock_of(after, in->has_planned_start, in->planned_start));
	note_given(of, in->has_planned_length || is_cleared(in, ITEM_TIME_PLANNED_LENGTH),
		MINUTES_MEMBER_PLANNED_LENGTH,
		length_of(before, was->has_planned_length, was->planned_length),
		length_of(after, in->has_planned_length, in->planned_length));
	note_given(of, in->has_fixed_end || is_cleared(in, ITEM_TIME_FIXED_END),
		MINUTES_MEMBER_FIXED_END, clock_of(before, was->has_fixed_end, was->fixed_end),
		clock_of(after, in->has_fixed_end, in->fixed_end));
}

static void note_item(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_item_edited *in = &record->event.item_edited;
	const struct item *was = mtg_item_by_id(recorder->meeting, in->item);
	const struct correcting of = {recorder, record, was->title};

	note_given(&of, in->has_title, MINUTES_MEMBER_TITLE, was->title, in->title);
	note_given(&of, in->has_by, MINUTES_MEMBER_BY, was->by, in->by);
	note_times(&of, was, in);
}

static void note_removed(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct item *was = mtg_item_by_id(recorder->meeting, record->event.item_removed.item);
	const struct correcting of = {recorder, record, was->title};

	note(&of, MINUTES_MEMBER_REMOVED, was->title, "");
}

static void note_list(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_list_edited *in = &record->event.list_edited;

	for (size_t i = 0; i < mtg_list_count(recorder->meeting); i++) {
		const struct speaking_list *was = mtg_list(recorder->meeting, (int)i);
		const struct correcting of = {recorder, record, was->title};

		note_given(&of, strcmp(was->id, in->list) == 0, MINUTES_MEMBER_TITLE, was->title,
			in->title);
	}
}

static void note_turn(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct ev_turn_edited *in = &record->event.turn_edited;
	const struct turn *was = mtg_turn_by_id(recorder->meeting, in->turn);
	const struct correcting of = {recorder, record, was->unit};

	note_given(&of, in->has_site, MINUTES_MEMBER_SITE,
		mtg_site(recorder->meeting, was->site)->name,
		in->has_site ? mtg_site_by_id(recorder->meeting, in->site)->name : "");
	note_given(&of, in->has_unit, MINUTES_MEMBER_UNIT, was->unit, in->unit);
	note_given(&of, in->has_speaker, MINUTES_MEMBER_SPEAKER, was->speaker, in->speaker);
	note_given(&of, in->has_office, MINUTES_MEMBER_OFFICE, was->office, in->office);
	note_given(&of, in->has_topic, MINUTES_MEMBER_TOPIC, was->topic, in->topic);
}

void recorder_note_corrections(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	if (!mtg_was_ever_opened(mtg_about(recorder->meeting))) {
		return;
	}
	if (record->event.name == EV_MEETING_EDITED) {
		note_meeting(recorder, record);
	} else if (record->event.name == EV_ITEM_EDITED) {
		note_item(recorder, record);
	} else if (record->event.name == EV_ITEM_REMOVED) {
		note_removed(recorder, record);
	} else if (record->event.name == EV_LIST_EDITED) {
		note_list(recorder, record);
	} else if (record->event.name == EV_TURN_EDITED) {
		note_turn(recorder, record);
	}
}

/* Whoever reads minutes sees these events. */
int compile_corrections(struct compiling *compiling)
{
	const struct recorded_corrections *from = &compiling->recorder->corrections;
	void *list;
	int r = compile_room(compiling->arena, from->n, sizeof(*from->list), &list);

	if (r != 0) {
		return r;
	}
	if (from->n > 0) {
		memcpy(list, from->list, from->n * sizeof(*from->list));
	}
	compiling->out->has_corrections = from->n > 0;
	compiling->out->corrections = list;
	compiling->out->n_corrections = from->n;
	compiling->out->has_corrections_left_out = from->n_left_out > 0;
	compiling->out->corrections_left_out = from->n_left_out;
	return 0;
}
