/* Records and entries. */
#include "coordinator/journal/record.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"

DEFINE_CLEANUP(struct mtg_record *, free)

/* Keeps only the object behind "data" of {"name":"…","data":{…}}: the name has its own column. */
static void keep_data(struct msg_text *text, const char *name)
{
	size_t before = sizeof("{\"name\":\"\",\"data\":") - 1 + strlen(name);

	text->len -= before + 1;
	memmove(text->data, text->data + before, text->len);
	text->data[text->len] = '\0';
}

int record_encode(const struct mtg_record *record, struct msg_text *by, struct msg_text *data,
	struct journal_entry *ret_entry)
{
	const char *name = msg_enum_name(&msg_event_name, (int)record->event.name);

	by->len = 0;
	data->len = 0;
	int r = msg_append(&msg_actor, &record->by, by);
	if (r == 0) {
		r = msg_append(&msg_event, &record->event, data);
	}
	if (r == 0) {
		keep_data(data, name);
		*ret_entry = (struct journal_entry){.seq = record->seq,
			.at = record->at,
			.wall = record->wall,
			.by = by->data,
			.name = name,
			.data = data->data};
	}
	return r;
}

static int decode_event(
	const struct journal_entry *entry, struct event *ret_event, struct msg_error *ret_error)
{
	static const char form[] = "{\"name\":\"%s\",\"data\":%s}";

	if (msg_enum_value(&msg_event_name, entry->name) == 0) {
		*ret_error = (struct msg_error){.code = MSG_UNKNOWN_WORD, .path = "/name"};
		return MSG_UNKNOWN_WORD;
	}
	size_t size = sizeof(form) + strlen(entry->name) + strlen(entry->data);
	char *json = malloc(size);
	if (!json) {
		return -ENOMEM;
	}
	int length = snprintf(json, size, form, entry->name, entry->data);
	int r = msg_decode(&msg_event, json, (size_t)length, NULL, ret_event, ret_error);
	free(json);
	return r;
}

int record_decode(const struct journal_entry *entry, struct mtg_record *ret_record,
	struct msg_error *ret_error)
{
	memset(ret_record, 0, sizeof(*ret_record));
	ret_record->seq = entry->seq;
	ret_record->at = entry->at;
	ret_record->wall = entry->wall;
	int r = msg_decode(
		&msg_actor, entry->by, strlen(entry->by), NULL, &ret_record->by, ret_error);
	if (r == 0) {
		r = decode_event(entry, &ret_record->event, ret_error);
	}
	return r > 0 ? JOURNAL_DAMAGED : r;
}

struct replaying {
	replay_apply *apply;
	void *user;
	int64_t next;
	struct mtg_record *record;
};

static int replay_entry(void *user, const struct journal_entry *entry)
{
	struct replaying *replaying = user;

	if (entry->seq != replaying->next) {
		return JOURNAL_DAMAGED;
	}
	struct msg_error error;
	int r = record_decode(entry, replaying->record, &error);
	if (r == 0) {
		r = replaying->apply(replaying->user, entry, replaying->record);
	}
	if (r == 0) {
		replaying->next++;
	}
	return r;
}

int replay(struct journal_reader *reader, int64_t from, replay_apply *apply, void *user,
	int64_t *ret_last)
{
	cleanup(free) struct mtg_record *record = malloc(sizeof(*record));
	if (!record) {
		return -ENOMEM;
	}
	struct replaying replaying = {.apply = apply, .user = user, .next = from, .record = record};
	int64_t before;
	int r;
	do {
		before = replaying.next;
		int64_t next;
		r = journal_read(reader, before, REPLAY_PAGE, replay_entry, &replaying, &next);
	} while (r == 0 && replaying.next > before);
	*ret_last = r == JOURNAL_DAMAGED ? replaying.next : replaying.next - 1;
	return r;
}
