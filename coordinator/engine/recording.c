#include "coordinator/engine/recording.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/journal/record.h"
#include "text_copy.h"

enum { FIRST_ROOM = 1024 };

struct recorded {
	int64_t seq;
	struct now time;
	char *texts; /* by, name and data, each with its NUL */
	size_t name, data; /* where they begin */
	bool notable;
};

struct recording {
	struct recorded *list;
	size_t n, room;
	struct recording_mark marks[ITEMS_MAX];
	size_t n_marks;
	struct instant assembled, opened, closed;
	bool was_assembled, was_opened, was_closed;
};

/* ---- what it is about ---- */

static bool is_signal(enum event_name name)
{
	return name == EV_SITE_LINKED || name == EV_SITE_MEDIA_CHANGED ||
	       name == EV_SITE_OBSERVED || name == EV_RELAY_LINKED;
}

static bool is_of_plan(const struct journal_entry *entry, const struct mtg_record *record)
{
	static const char added[] = ".added";
	size_t length = strlen(entry->name), tail = sizeof(added) - 1;
	return record->by.role == ROLE_SYSTEM &&
	       (record->event.name == EV_MEETING_CREATED ||
		       (length > tail && strcmp(entry->name + length - tail, added) == 0));
}

/* Without what comes by the hundred by itself; the board's log hides the same (event_log.ts). */
static bool is_notable(const struct journal_entry *entry, const struct mtg_record *record)
{
	return !is_signal(record->event.name) && !is_of_plan(entry, record);
}

static void mark(struct recording *recording, const char *item, struct instant at)
{
	for (size_t i = 0; i < recording->n_marks; i++) {
		if (strcmp(recording->marks[i].item, item) == 0) {
			return;
		}
	}
	if (recording->n_marks < ITEMS_MAX) {
		struct recording_mark *made = &recording->marks[recording->n_marks++];
		made->at = at;
		TEXT_COPY(made->item, item);
	}
}

static void note_time(bool *was, struct instant *time, struct instant at)
{
	*time = *was ? *time : at;
	*was = true;
}

static void look_at(struct recording *recording, const struct mtg_record *record)
{
	enum event_name name = record->event.name;
	if (name == EV_MEETING_ASSEMBLED) {
		note_time(&recording->was_assembled, &recording->assembled, record->at);
	} else if (name == EV_MEETING_OPENED) {
		note_time(&recording->was_opened, &recording->opened, record->at);
	} else if (name == EV_MEETING_CLOSED) {
		recording->was_closed = true;
		recording->closed = record->at;
	} else if (name == EV_ITEM_STARTED) {
		mark(recording, record->event.item_started.item, record->at);
	}
}

/* ---- reading ---- */

static struct recorded *next_place(struct recording *recording)
{
	if (recording->n == recording->room) {
		size_t room = recording->room ? 2 * recording->room : FIRST_ROOM;
		struct recorded *list = realloc(recording->list, room * sizeof(*list));
		if (!list) {
			return NULL;
		}
		recording->list = list;
		recording->room = room;
	}
	return &recording->list[recording->n];
}

static int keep(struct recording *recording, const struct journal_entry *entry,
	const struct mtg_record *record)
{
	struct recorded *place = next_place(recording);
	size_t by = strlen(entry->by) + 1, name = strlen(entry->name) + 1;
	size_t data = strlen(entry->data) + 1;
	char *texts = place ? malloc(by + name + data) : NULL;
	if (!texts) {
		return -ENOMEM;
	}
	memcpy(texts, entry->by, by);
	memcpy(texts + by, entry->name, name);
	memcpy(texts + by + name, entry->data, data);
	*place = (struct recorded){.seq = entry->seq,
		.time = {entry->at, entry->wall},
		.texts = texts,
		.name = by,
		.data = by + name,
		.notable = is_notable(entry, record)};
	recording->n++;
	return 0;
}

struct intake {
	struct recording *recording;
	struct meeting *meeting;
};

static int take(void *user, const struct journal_entry *entry, const struct mtg_record *record)
{
	struct intake *intake = user;
	mtg_apply(intake->meeting, record);
	look_at(intake->recording, record);
	return keep(intake->recording, entry, record);
}

static int read_all(struct recording *recording, struct journal_reader *reader)
{
	struct intake intake = {recording, mtg_create()};
	int64_t last;
	int r = intake.meeting ? replay(reader, 1, take, &intake, &last) : -ENOMEM;
	if (r == 0 && (recording->n == 0 || mtg_check(intake.meeting))) {
		r = JOURNAL_DAMAGED;
	}
	mtg_destroy(intake.meeting);
	return r;
}

int recording_read(const char *path, struct recording **ret_recording)
{
	struct recording *recording = calloc(1, sizeof(*recording));
	struct journal_reader *reader = NULL;
	int r = recording ? journal_reader_create(path, &reader) : -ENOMEM;
	if (r == 0) {
		r = read_all(recording, reader);
		journal_reader_destroy(reader);
	}
	if (r != 0) {
		recording_destroy(recording);
		return r;
	}
	*ret_recording = recording;
	return 0;
}

void recording_destroy(struct recording *recording)
{
	if (!recording) {
		return;
	}
	for (size_t i = 0; i < recording->n; i++) {
		free(recording->list[i].texts);
	}
	free(recording->list);
	free(recording);
}

/* ---- asking ---- */

size_t recording_count(const struct recording *recording)
{
	return recording->n;
}

struct now recording_time(const struct recording *recording, size_t index)
{
	return recording->list[index].time;
}

bool recording_is_notable(const struct recording *recording, size_t index)
{
	return recording->list[index].notable;
}

size_t recording_until(const struct recording *recording, struct instant at)
{
	size_t low = 0, high = recording->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (instant_reached(recording->list[middle].time.at, at)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

int recording_record(const struct recording *recording, size_t index,
	struct journal_entry *ret_entry, struct mtg_record *ret_record)
{
	const struct recorded *recorded = &recording->list[index];
	struct msg_error error;
	*ret_entry = (struct journal_entry){.seq = recorded->seq,
		.at = recorded->time.at,
		.wall = recorded->time.wall,
		.by = recorded->texts,
		.name = recorded->texts + recorded->name,
		.data = recorded->texts + recorded->data};
	return record_decode(ret_entry, ret_record, &error);
}

struct instant recording_begins(const struct recording *recording)
{
	return recording->was_assembled ? recording->assembled
	       : recording->was_opened  ? recording->opened
					: recording->list[0].time.at;
}

struct instant recording_ends(const struct recording *recording)
{
	return recording->was_closed ? recording->closed
				     : recording->list[recording->n - 1].time.at;
}

const struct recording_mark *recording_marks(const struct recording *recording, size_t *ret_count)
{
	*ret_count = recording->n_marks;
	return recording->marks;
}
