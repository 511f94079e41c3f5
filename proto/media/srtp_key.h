/*
 * A media key: AEAD_AES_128_GCM of RFC 7714, 16 bytes of key and 12 of salt, for RTP and RTCP.
 *
 * Whoever encrypts makes the key, at random at process start, and never stores it. It travels as
 * base64 text (RFC 4648) in control messages only.
 */
#ifndef DIEMCAU_PROTO_MEDIA_SRTP_KEY_H
#define DIEMCAU_PROTO_MEDIA_SRTP_KEY_H

#include <stddef.h>
#include <stdint.h>

enum media_key_sizes {
	MEDIA_KEY_BYTES = 28,
	MEDIA_KEY_TEXT = 40, /* characters of base64, without the final NUL */
	MEDIA_RTP_OVERHEAD = 16, /* bytes SRTP adds to a packet */
	MEDIA_RTCP_OVERHEAD = 20 /* and SRTCP: tag and index */
};

struct media_key {
	uint8_t bytes[MEDIA_KEY_BYTES];
};

/*
 * Start the library that encrypts, once per process; keys and contexts do so by themselves. To be
 * called first where somebody else in the process may start it too: it refuses a second time. 0 or
 * -EIO.
 */
int media_start(void);

/* A fresh random key. 0, or a negative errno where the machine has no randomness to give. */
int media_key_make(struct media_key *ret_key);

void media_key_to_text(const struct media_key *key, char text[MEDIA_KEY_TEXT + 1]);

/* Refuses MEDIA_MALFORMED: not exactly 28 bytes of base64. */
int media_key_from_text(const char *text, struct media_key *ret_key);

/* Tells one key from another without keeping it: 64 bits of a BLAKE2b of it. */
uint64_t media_key_digest(const struct media_key *key);

/* Wipes it so that no optimiser takes the wiping away. */
void media_key_wipe(struct media_key *key);

#endif
