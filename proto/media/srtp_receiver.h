/*
 * The receiving half of SRTP (RFC 3711), with epochs: authenticates, decrypts in place, zeroes the
 * epoch.
 *
 * One receiver per encrypting party: the relay has one for each site, a site has one for the relay.
 * Within an epoch the rollover counter is 0, so a receiver may start at any packet. Past epochs are
 * kept for MEDIA_EPOCH_KEPT_US for late packets and retransmissions, then refused for good: a
 * recorded packet of a dropped epoch is never accepted. Up to MEDIA_KEYS_MAX keys are held while a
 * new one replaces the old. One owner, one thread.
 *
 * All sites hold the key of the slots, so an authentic packet need not be the relay's. An active
 * stream advances by MEDIA_EPOCH_STEP epochs at most, and no packet, whatever its epoch, number or
 * SRTCP index, makes the receiver refuse packets where the stream continues (replay.h). A packet
 * refused for its position is probed once more: if it is sealed with the key all the same
 * (MEDIA_DISPLACED), the key is misused, or the receiver has lost the stream.
 */
#ifndef DIEMCAU_PROTO_MEDIA_SRTP_RECEIVER_H
#define DIEMCAU_PROTO_MEDIA_SRTP_RECEIVER_H

#include <stddef.h>
#include <stdint.h>

#include "proto/media/refusal.h"
#include "proto/media/srtp_key.h"

enum media_receiver_limits {
	MEDIA_KEYS_MAX = 3,
	MEDIA_EPOCH_KEPT_US = 10000000,
	MEDIA_EPOCH_STEP = 4, /* a stream wraps and restarts less often within a second */
	MEDIA_LEAP = 8192, /* sequence numbers that a stream may advance within a second */
	MEDIA_PROBES = 64 /* probes of refused packets per second */
};

/* Packet counts since the receiver was created; a wrong key shows only here. */
struct media_counts {
	uint64_t rtp; /* accepted */
	uint64_t rtcp; /* accepted */
	uint64_t unauthentic; /* by none of the keys */
	uint64_t replayed;
	uint64_t stale; /* or ahead, and not known to be sealed with the key */
	uint64_t displaced;
	uint64_t malformed;
};

struct media_receiver;

/* The key is copied. -ENOMEM or -EIO (the crypto library refuses). */
int media_receiver_create(const struct media_key *key, struct media_receiver **ret_receiver);

/* Takes NULL. */
void media_receiver_destroy(struct media_receiver *receiver);

/*
 * Adds a newer key; the oldest of more than MEDIA_KEYS_MAX is dropped. A key already held changes
 * nothing, so the call may be repeated with every desired state. Copied. 0, -ENOMEM or -EIO.
 */
int media_receiver_add_key(struct media_receiver *receiver, const struct media_key *key);

/*
 * Unprotects in place; *size shrinks and the SSRC's epoch bits become zero. The data must be
 * aligned to 4 bytes. now_us: any monotonic clock. Refuses MEDIA_MALFORMED, MEDIA_UNAUTHENTIC,
 * MEDIA_REPLAYED, MEDIA_STALE, MEDIA_AHEAD, MEDIA_DISPLACED, MEDIA_FULL (each counted); the bytes
 * are then undefined. A negative errno: no memory.
 */
int media_receiver_rtp(
	struct media_receiver *receiver, uint8_t *data, size_t *size, int64_t now_us);

/* The same for RTCP, whose SSRCs stay unchanged. */
int media_receiver_rtcp(
	struct media_receiver *receiver, uint8_t *data, size_t *size, int64_t now_us);

/* Borrowed; valid until the receiver is destroyed. */
const struct media_counts *media_receiver_counts(const struct media_receiver *receiver);

#endif
