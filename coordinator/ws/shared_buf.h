/*
 * One encoded message, counted, so that a broadcast is encoded once and stands in every outbox.
 *
 * The text begins behind SHARED_BUF_HEADROOM free bytes, where the websocket library writes the
 * header of a frame in front of it. One thread only (the loop).
 */
#ifndef DIEMCAU_COORDINATOR_WS_SHARED_BUF_H
#define DIEMCAU_COORDINATOR_WS_SHARED_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cleanup.h"
#include "proto/codec/codec.h"

enum { SHARED_BUF_HEADROOM = 16 };

struct shared_buf {
	size_t references;
	bool binary;
	size_t size;
	const uint8_t *bytes; /* the message */
	struct msg_text text; /* where they are its own */
};

/* Encode a value. 0; -ENOMEM; -EINVAL for a value that breaks the schema. One reference, the
 * caller's. */
int shared_buf_encode(
	const struct msg_type *type, const void *value, struct shared_buf **ret_payload);

/* The same for a struct of which some members are JSON already (msg_append_around). */
int shared_buf_encode_around(const struct msg_type *type, const void *value,
	const struct msg_written *written, size_t n_written, struct shared_buf **ret_payload);

/* A copy of bytes: a binary frame, or an answer over HTTP. NULL without memory. */
struct shared_buf *shared_buf_copy(const void *bytes, size_t size, bool binary);

/* Bytes that live as long as the program, and are nobody's copy. NULL without memory. */
struct shared_buf *shared_buf_static(const uint8_t *bytes, size_t size);

struct shared_buf *shared_buf_ref(struct shared_buf *payload);
/* Gives up one reference; the last one frees it. NULL is allowed. */
void shared_buf_unref(struct shared_buf *payload);
DEFINE_CLEANUP(struct shared_buf *, shared_buf_unref)

#endif
