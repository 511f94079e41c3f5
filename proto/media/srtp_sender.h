/*
 * The sending half of SRTP (RFC 3711), with epochs: gives each packet its wire SSRC and encrypts
 * it in place.
 *
 *	struct media_sender *sender;
 *	media_sender_create(&key, &sender);
 *	...				packet: SSRC = stream id, any epoch bits; plain RTP
 *	media_sender_rtp(sender, packet, &size, capacity);
 *
 * The epoch of a stream ends where its 16-bit sequence number wraps, so that within an epoch the
 * rollover counter is 0 and a late joiner needs only the key. A packet that is late across the wrap
 * belongs to its own epoch. One nonce (key, SSRC, sequence) is never used twice: a repeated
 * sequence number is refused, and NACKs are answered with the stored ciphertext. One owner, one
 * thread.
 */
#ifndef DIEMCAU_PROTO_MEDIA_SRTP_SENDER_H
#define DIEMCAU_PROTO_MEDIA_SRTP_SENDER_H

#include <stddef.h>
#include <stdint.h>

#include "proto/media/refusal.h"
#include "proto/media/srtp_key.h"

enum media_stream_limits {
	MEDIA_STREAMS_MAX = 64, /* streams under one key, each way */
	MEDIA_WINDOW = 8192 /* how far a late packet may be behind the newest */
};

struct media_sender;

/* The key is copied. -ENOMEM or -EIO (the crypto library refuses). */
int media_sender_create(const struct media_key *key, struct media_sender **ret_sender);

/* Takes NULL. */
void media_sender_destroy(struct media_sender *sender);

/*
 * Protects a plain RTP packet in place, *size growing by MEDIA_RTP_OVERHEAD. The data must be
 * aligned to 4 bytes. A sequence that jumps back by more than MEDIA_WINDOW starts a new numbering:
 * a new epoch. Refuses MEDIA_NO_ROOM, MEDIA_MALFORMED, MEDIA_REPLAYED (sequence already sent),
 * MEDIA_STALE (late, of a closed epoch), MEDIA_EXHAUSTED, MEDIA_FULL.
 */
int media_sender_rtp(struct media_sender *sender, uint8_t *data, size_t *size, size_t capacity);

/*
 * Protects a compound RTCP packet in place, *size growing by MEDIA_RTCP_OVERHEAD; aligned likewise.
 * Refuses MEDIA_NO_ROOM, MEDIA_MALFORMED.
 */
int media_sender_rtcp(struct media_sender *sender, uint8_t *data, size_t *size, size_t capacity);

/* The next packet of the stream starts a new epoch (the encoder was rebuilt). */
void media_sender_restart(struct media_sender *sender, uint16_t stream);

/*
 * Uses a new key, which is copied, from the next packet on; every stream continues in a new epoch,
 * so that receivers with both keys see no gap. RTCP changes at once. 0; -ENOMEM or -EIO, and the
 * old key stays in use.
 */
int media_sender_rekey(struct media_sender *sender, const struct media_key *key);

/* The epoch of the stream's newest packet; 0 for a stream never sent. */
uint16_t media_sender_epoch(const struct media_sender *sender, uint16_t stream);

#endif
