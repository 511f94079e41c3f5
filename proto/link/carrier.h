/*
 * The transport under proto/link: one thread, one libwebsockets context, any number of channels.
 *
 * The service thread owns every socket, timer and buffer of libwebsockets. The program's thread
 * talks to it through one mutex: it queues bytes and wishes (cut, hold, close) and takes parcels.
 * A channel is connected again and again; each connection has a number, and what is sent for a
 * connection that is gone is refused instead of reaching the next one.
 *
 * Nothing here knows what a message is: that is link.c.
 */
#ifndef DIEMCAU_LINK_CARRIER_H
#define DIEMCAU_LINK_CARRIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/link/address.h"
#include "proto/link/link.h"

struct carrier;
struct channel;

enum parcel_kind {
	PARCEL_UNSET,
	PARCEL_OPENED, /* upgraded: say hello */
	PARCEL_TEXT,
	PARCEL_BINARY,
	PARCEL_CLOSED, /* reason; bytes hold a text */
	PARCEL_BEAT, /* some seconds have passed while connected */
};

struct parcel {
	struct parcel *next;
	struct channel *channel;
	void *owner; /* as given to channel_open */
	uint64_t connection;
	enum parcel_kind kind;
	enum link_reason reason;
	struct link_verdict verdict; /* of PARCEL_CLOSED; unset where it was open */
	size_t size;
	size_t capacity;
	uint8_t bytes[]; /* NUL beyond size */
};

enum {
	CARRIER_MESSAGE_MAX = 8 * 1024 * 1024, /* a snapshot of 8127 sites */
	CARRIER_BEAT_MS = 5000, /* clocks drift 0.5 ms in this time (100 ppm) */
	CARRIER_FIRST_BEAT_MS = 200,
};

/* As link_hub_create. carrier_destroy stops the thread and frees every channel and parcel. */
int carrier_create(const char *ca, size_t links_max, struct carrier **ret_carrier);
void carrier_destroy(struct carrier *carrier);
/* An eventfd, readable while parcels wait. Owned by the carrier. */
int carrier_fd(const struct carrier *carrier);

/* The next parcel or NULL; the caller frees it with free(). */
struct parcel *carrier_take(struct carrier *carrier);
/* Clears the descriptor before a round of carrier_take, or sets it after an unfinished one. */
void carrier_quiet(struct carrier *carrier);
void carrier_remind(struct carrier *carrier);

/* Microseconds of the monotonic clock. */
int64_t carrier_now_us(void);

/* Addresses are copied. 0 or -ENOMEM; the channel is freed by channel_close or carrier_destroy. */
int channel_open(struct carrier *carrier, const struct link_address *addresses, size_t n_addresses,
	size_t outbox_max, void *owner, struct channel **ret_channel);
/* No parcel of it is delivered afterwards. */
void channel_close(struct channel *channel);

/* Copy bytes to the outbox. 0, LINK_DOWN, LINK_FULL, -ENOMEM. */
int channel_send(
	struct channel *channel, uint64_t connection, bool text, const void *bytes, size_t size);
/* The peer is content with this connection: forget earlier failures, lift the deadline. */
void channel_welcomed(struct channel *channel, uint64_t connection);
/* End this connection; the owner is told `reason` by a PARCEL_CLOSED. */
void channel_cut(struct channel *channel, uint64_t connection, enum link_reason reason);
/* Held: it is cut, and not connected again until it is held no more. */
void channel_hold(struct channel *channel, bool held);

#endif
