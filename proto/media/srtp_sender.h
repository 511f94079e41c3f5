/*
 * The sending half of SRTP (RFC 3711), with epochs: gives each packet its wire SSRC and encrypts
 * it in place.
 *
 *	struct media_sender *sender;
 *	media_sender_create(&key, &sender);
 *	...				packet: SSRC = stream id, any epoch bits; plain RTP
 *	media_sender_rtp(sender, packet, &size, capacity);
 *
 * The epoch of a stream ends where its 16-bit sequence number wraps, so that inside an epoch the
 * rollover counter is 0 and whoever joins late needs nothing but the key. A packet that comes late
 * across the wrap is put in the epoch it belongs to. One nonce (key, SSRC, sequence) is never used
 * twice: repeating a sequence number is refused, and answers to NACKs are the kept ciphertext.
 * One owner, one thread.
 */
#ifndef DIEMCAU_PROTO_MEDIA_SRTP_SENDER_H
#define DIEMCAU_PROTO_MEDIA_SRTP_SENDER_H

#include <stddef.h>
#include <stdint.h>

#include "proto/media/refusal.h"
#include "proto/media/srtp_key.h"

enum media_stream_limits {
	MEDIA_STREAMS_MAX = 64, /* streams under one key, each way */
	MEDIA_WINDOW = 8192 /* packets a late one may lag behind the newest */
};

struct media_sender;

/* The key is copied. -ENOMEM or -EIO (the crypto library refuses). */
int media_sender_create(const struct media_key *key, struct media_sender **ret_sender);

/* Takes NULL. */
void media_sender_destroy(struct media_sender *sender);

/*
 * Protects a plain RTP packet in place, *size growing by MEDIA_RTP_OVERHEAD. The data must be
 * aligned to 4 bytes. A sequence that jumps back by more than MEDIA_WINDOW is taken as numbering
 * begun afresh: a new epoch. Refuses MEDIA_NO_ROOM, MEDIA_MALFORMED, MEDIA_REPLAYED (sequence
 * already sent), MEDIA_STALE (late, of an epoch closed), MEDIA_EXHAUSTED, MEDIA_FULL.
 */
int media_sender_rtp(struct media_sender *sender, uint8_t *data, size_t *size, size_t capacity);

/*
 * Protects a compound RTCP packet in place, *size growing by MEDIA_RTCP_OVERHEAD; aligned likewise.
 * Refuses MEDIA_NO_ROOM, MEDIA_MALFORMED.
 */
int media_sender_rtcp(struct media_sender *sender, uint8_t *data, size_t *size, size_t capacity);

/* The next packet of the stream begins a new epoch (an encoder was built anew). */
void media_sender_restart(struct media_sender *sender, uint16_t stream);

/*
 * From the next packet on a new key, which is copied; every stream goes on in a new epoch, so that
 * receivers that hold both keys see no gap. RTCP goes over at once. 0; -ENOMEM or -EIO, and the
 * old key stays in use.
 */
int media_sender_rekey(struct media_sender *sender, const struct media_key *key);

/* The epoch the newest packet of the stream went out in; 0 for a stream never sent. */
uint16_t media_sender_epoch(const struct media_sender *sender, uint16_t stream);

#endif
