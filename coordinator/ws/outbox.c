/* A list of references: removing from its middle is what dropping and replacing need. */
#include "coordinator/ws/outbox.h"

#include <errno.h>
#include <stdlib.h>

#include "bounds.h"

struct outbox_entry {
	struct outbox_entry *next;
	struct shared_buf *payload;
	enum outbox_class class;
	uint32_t key;
};

typedef bool match(const struct outbox_entry *entry, const struct outbox_entry *like);

static bool same_key(const struct outbox_entry *entry, const struct outbox_entry *like)
{
	return entry->class == like->class && entry->key == like->key;
}

static bool is_telemetry(const struct outbox_entry *entry, const struct outbox_entry *like)
{
	(void)like;
	return entry->class != OUTBOX_RELIABLE;
}

static bool is_any(const struct outbox_entry *entry, const struct outbox_entry *like)
{
	(void)entry;
	(void)like;
	return true;
}

static void entry_destroy(struct outbox_entry *entry)
{
	shared_buf_unref(entry->payload);
	free(entry);
}

/* Remove matching messages, but never one that is partly sent. */
static void remove_matching(struct outbox *outbox, match *matches, const struct outbox_entry *like)
{
	struct outbox_entry *before = outbox->sent > 0 ? outbox->first : NULL;
	struct outbox_entry *entry = before ? before->next : outbox->first;
	while (entry) {
		struct outbox_entry *next = entry->next;
		if (matches(entry, like)) {
			*(before ? &before->next : &outbox->first) = next;
			outbox->last = next ? outbox->last : before;
			outbox->bytes -= entry->payload->size;
			outbox->count--;
			outbox->dropped += entry->class != OUTBOX_RELIABLE;
			entry_destroy(entry);
		} else {
			before = entry;
		}
		entry = next;
	}
}

static int make_room(struct outbox *outbox, enum outbox_class class, size_t size)
{
	if (class != OUTBOX_RELIABLE && outbox->bytes + size > OUTBOX_TELEMETRY_BYTES_MAX) {
		outbox->dropped++;
		return OUTBOX_DROPPED;
	}
	if (outbox->bytes + size > OUTBOX_BYTES_MAX) {
		remove_matching(outbox, is_telemetry, NULL);
	}
	/*
	 * An empty outbox takes any message: a snapshot may be larger than the limit for a slow
	 * reader.
	 */
	return outbox->count > 0 && outbox->bytes + size > OUTBOX_BYTES_MAX ? OUTBOX_FULL : 0;
}

int outbox_push(
	struct outbox *outbox, enum outbox_class class, uint32_t key, struct shared_buf *payload)
{
	struct outbox_entry like = {.class = class, .key = key};
	if (key != 0) {
		remove_matching(outbox, same_key, &like);
	}
	int refusal = make_room(outbox, class, payload->size);
	if (refusal != 0) {
		return refusal;
	}
	struct outbox_entry *entry = calloc(1, sizeof(*entry));
	if (!entry) {
		return -ENOMEM;
	}
	*entry = like;
	entry->payload = shared_buf_ref(payload);
	*(outbox->last ? &outbox->last->next : &outbox->first) = entry;
	outbox->last = entry;
	outbox->bytes += payload->size;
	outbox->count++;
	return 0;
}

bool outbox_peek(const struct outbox *outbox, struct outbox_fragment *ret)
{
	if (!outbox->first) {
		return false;
	}
	const struct shared_buf *payload = outbox->first->payload;
	size_t left = payload->size - outbox->sent;
	size_t size = left < OUTBOX_FRAGMENT ? left : (size_t)OUTBOX_FRAGMENT;
	*ret = (struct outbox_fragment){
		.bytes = payload->bytes + outbox->sent,
		.size = size,
		.binary = payload->binary,
		.first = outbox->sent == 0,
		.last = size == left,
	};
	return true;
}

void outbox_sent(struct outbox *outbox, const struct outbox_fragment *fragment)
{
	outbox->bytes -= fragment->size;
	outbox->sent += fragment->size;
	if (!fragment->last) {
		return;
	}
	struct outbox_entry *entry = outbox->first;
	outbox->first = entry->next;
	outbox->last = outbox->first ? outbox->last : NULL;
	outbox->count--;
	outbox->sent = 0;
	entry_destroy(entry);
}

void outbox_clear(struct outbox *outbox)
{
	remove_matching(outbox, is_any, NULL);
}

void outbox_finish(struct outbox *outbox)
{
	while (outbox->first) {
		struct outbox_entry *entry = outbox->first;
		outbox->first = entry->next;
		entry_destroy(entry);
	}
	*outbox = (struct outbox){0};
}
