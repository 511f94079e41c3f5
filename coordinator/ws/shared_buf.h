/*
 * One encoded message with a reference count: a broadcast is encoded once, and every outbox holds
 * the same bytes. ws_writer.c writes the websocket header and copies the bytes behind it. One
 * thread only (the loop).
 */
#ifndef DIEMCAU_COORDINATOR_WS_SHARED_BUF_H
#define DIEMCAU_COORDINATOR_WS_SHARED_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cleanup.h"
#include "proto/codec/codec.h"

struct shared_buf {
	size_t references;
	bool binary;
	size_t size;
	const uint8_t *bytes; /* the message */
	struct msg_text text; /* owns the bytes; empty if they are static */
};

/*
 * Encodes a value. 0; -ENOMEM; -EINVAL for a value that breaks the schema. The caller has the one
 * reference.
 */
int shared_buf_encode(
	const struct msg_type *type, const void *value, struct shared_buf **ret_payload);

/* The same for a struct with some members encoded already (msg_append_around). */
int shared_buf_encode_around(const struct msg_type *type, const void *value,
	const struct msg_written *written, size_t n_written, struct shared_buf **ret_payload);

/* A copy of bytes: a binary frame, or an HTTP response. NULL without memory. */
struct shared_buf *shared_buf_copy(const void *bytes, size_t size, bool binary);

/* Static bytes, not copied. NULL without memory. */
struct shared_buf *shared_buf_static(const uint8_t *bytes, size_t size);

struct shared_buf *shared_buf_ref(struct shared_buf *payload);
/* Drops one reference; the last one frees the buffer. Takes NULL. */
void shared_buf_unref(struct shared_buf *payload);
DEFINE_CLEANUP(struct shared_buf *, shared_buf_unref)

#endif
