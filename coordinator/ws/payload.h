/*
 * One encoded message, counted, so that a broadcast is encoded once and stands in every outbox.
 *
 * The text begins behind PAYLOAD_HEADROOM free bytes, where the websocket library writes the header
 * of a frame in front of it. One thread only (the loop).
 */
#ifndef DIEMCAU_WS_PAYLOAD_H
#define DIEMCAU_WS_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cleanup.h"
#include "proto/codec.h"

enum { PAYLOAD_HEADROOM = 16 };

struct payload {
	size_t references;
	bool binary;
	size_t size;
	const uint8_t *bytes; /* the message */
	struct msg_text text; /* where they are its own */
};

/* Encode a value. 0; -ENOMEM; -EINVAL for a value that breaks the schema. One reference, the
 * caller's. */
int payload_encode(const struct msg_type *type, const void *value, struct payload **ret_payload);

/* A copy of bytes: a binary frame, or an answer over HTTP. NULL without memory. */
struct payload *payload_copy(const void *bytes, size_t size, bool binary);

/* Bytes that live as long as the program, and are nobody's copy. NULL without memory. */
struct payload *payload_of_program(const uint8_t *bytes, size_t size);

struct payload *payload_hold(struct payload *payload);
/* Gives up one reference; the last one frees it. NULL is allowed. */
void payload_drop(struct payload *payload);
DEFINE_CLEANUP(struct payload *, payload_drop)

#endif
