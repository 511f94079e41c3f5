/*
 * The receiving half of SRTP (RFC 3711), with epochs: authenticates, decrypts in place, zeroes the
 * epoch.
 *
 * One receiver per party that encrypts: the relay has one for each site, a site has one for the
 * relay. Within an epoch the rollover counter is 0, so a receiver may begin at any packet. Epochs
 * left behind are kept MEDIA_EPOCH_KEPT_US for late packets and repairs, then refused for ever: a
 * recorded packet of a forgotten epoch never gets in again. Up to MEDIA_KEYS_MAX keys are held
 * while a new one replaces the old. One owner, one thread.
 *
 * All sites hold the key of the slots, so a genuine packet need not be the relay's. A living stream
 * steps forward by MEDIA_EPOCH_STEP epochs at most, and no packet, whatever its epoch, number or
 * SRTCP index, makes those of the place where the stream goes on unwelcome (replay.h). What is
 * refused for its place is looked at once more: that it is sealed with the key all the same
 * (MEDIA_DISPLACED) says that somebody misuses the key, or that the stream has been lost to it.
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
	MEDIA_EPOCH_STEP = 4, /* a stream's wraps and restarts within a second are fewer */
	MEDIA_LEAP = 8192, /* numbers that a stream may be found ahead within a second */
	MEDIA_PROBES = 64 /* refused packets looked at again, in a second */
};

/* How packets fared since the receiver was made; a wrong key shows nowhere but here. */
struct media_counts {
	uint64_t rtp; /* accepted */
	uint64_t rtcp; /* accepted */
	uint64_t unauthentic; /* under none of the keys */
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
 * Adds a newer key; the eldest of more than MEDIA_KEYS_MAX falls out. A key already held changes
 * nothing, so a level-state peer may call it as often as it is told. Copied. 0, -ENOMEM or -EIO.
 */
int media_receiver_add_key(struct media_receiver *receiver, const struct media_key *key);

/*
 * Unprotects in place; *size shrinks and the SSRC's epoch bits become zero. The data must be
 * aligned to 4 bytes. now_us: any monotonic clock. Refuses MEDIA_MALFORMED, MEDIA_UNAUTHENTIC,
 * MEDIA_REPLAYED, MEDIA_STALE, MEDIA_AHEAD, MEDIA_DISPLACED, MEDIA_FULL (each counted); the bytes
 * are then of no use. A negative errno: no memory.
 */
int media_receiver_rtp(
	struct media_receiver *receiver, uint8_t *data, size_t *size, int64_t now_us);

/* The same for RTCP, whose SSRCs are left as they are. */
int media_receiver_rtcp(
	struct media_receiver *receiver, uint8_t *data, size_t *size, int64_t now_us);

/* Borrowed; valid until the receiver is destroyed. */
const struct media_counts *media_receiver_counts(const struct media_receiver *receiver);

#endif
