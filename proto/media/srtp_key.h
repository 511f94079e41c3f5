/*
 * A media key: AEAD_AES_128_GCM of RFC 7714, 16 bytes of key and 12 of salt, for RTP and RTCP.
 *
 * The encrypting party creates its key, at random at process start, and never stores it. Keys are
 * transmitted as base64 text (RFC 4648), in control messages only.
 */
#ifndef DIEMCAU_PROTO_MEDIA_SRTP_KEY_H
#define DIEMCAU_PROTO_MEDIA_SRTP_KEY_H

#include <stddef.h>
#include <stdint.h>

enum media_key_sizes {
	MEDIA_KEY_BYTES = 28,
	MEDIA_KEY_TEXT = 40, /* characters of base64, without the final NUL */
	MEDIA_RTP_OVERHEAD = 16, /* bytes SRTP adds to a packet */
	MEDIA_RTCP_OVERHEAD = 20 /* bytes SRTCP adds: tag and index */
};

struct media_key {
	uint8_t bytes[MEDIA_KEY_BYTES];
};

/*
 * Starts the crypto library, once per process; keys and contexts do so themselves. Must be called
 * first if another component of the process may start the library too: a second start fails. 0 or
 * -EIO.
 */
int media_start(void);

/* A fresh random key. 0, or a negative errno if the machine has no randomness. */
int media_key_make(struct media_key *ret_key);

void media_key_to_text(const struct media_key *key, char text[MEDIA_KEY_TEXT + 1]);

/* Refuses MEDIA_MALFORMED: not exactly 28 bytes of base64. */
int media_key_from_text(const char *text, struct media_key *ret_key);

/* Identifies a key without storing it: 64 bits of its BLAKE2b. */
uint64_t media_key_digest(const struct media_key *key);

/* Overwrites the key; the optimiser does not remove it. */
void media_key_wipe(struct media_key *key);

#endif
