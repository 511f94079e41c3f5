/*
 * Messages that wait to be sent to one peer: bounded, telemetry dropped first.
 *
 * Three classes: control (events, answers, desired states: never dropped, in order), telemetry and
 * thumbnails (dropped when the reader is slow). A message with a key replaces the unsent one with
 * the same class and key: only the latest desired state or thumbnail of a site is worth sending.
 * Beyond OUTBOX_BYTES_MAX of control messages the reader is too slow and must be closed
 * (`too_slow`).
 *
 * Messages are sent in fragments, so that a long one to a slow reader shows progress.
 */
#ifndef DIEMCAU_COORDINATOR_WS_OUTBOX_H
#define DIEMCAU_COORDINATOR_WS_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/ws/shared_buf.h"

enum outbox_class {
	OUTBOX_UNSET,
	OUTBOX_RELIABLE,
	OUTBOX_TELEMETRY,
	OUTBOX_THUMBNAIL,
};

/* Refusals of outbox_push. */
enum outbox_refusal {
	OUTBOX_DROPPED = 1, /* the reader is slow: this message was dropped, as it may be */
	OUTBOX_FULL, /* the reader is too slow: close it */
};

enum { OUTBOX_FRAGMENT = 16 * 1024 };

struct outbox_entry;

/* All zeroes is an empty one. */
struct outbox {
	struct outbox_entry *first;
	struct outbox_entry *last;
	size_t count;
	size_t bytes; /* waiting, without the part already sent */
	size_t sent; /* bytes sent of the first */
	uint64_t dropped; /* telemetry and thumbnails not sent, in total */
};

struct outbox_fragment {
	const uint8_t *bytes;
	size_t size;
	bool binary;
	bool first;
	bool last;
};

/* Takes its own reference. key 0 replaces nothing. 0, a refusal, or -ENOMEM. */
int outbox_push(
	struct outbox *outbox, enum outbox_class class, uint32_t key, struct shared_buf *payload);

/* The next fragment to send. False when nothing waits. */
bool outbox_peek(const struct outbox *outbox, struct outbox_fragment *ret);
/* The fragment was given to the socket. */
void outbox_sent(struct outbox *outbox, const struct outbox_fragment *fragment);

/* Drop all but a partly sent message. */
void outbox_clear(struct outbox *outbox);
void outbox_finish(struct outbox *outbox);

#endif
