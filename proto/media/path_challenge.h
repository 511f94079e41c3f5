/*
 * The tokens of path challenges (RFC 9000 section 8.2, RFC 7675): 64 unguessable bits, computed
 * from the challenged party, its address and the round, under a secret of the challenger. So no
 * state is needed per challenge, and many may be in flight at once.
 */
#ifndef DIEMCAU_PROTO_MEDIA_PATH_CHALLENGE_H
#define DIEMCAU_PROTO_MEDIA_PATH_CHALLENGE_H

#include <stddef.h>
#include <stdint.h>

enum media_challenge_sizes { MEDIA_CHALLENGE_SECRET = 16 };

struct media_challenge {
	uint8_t secret[MEDIA_CHALLENGE_SECRET];
};

/* 0, or -EIO if the machine has no randomness. */
int media_challenge_make(struct media_challenge *ret_challenge);

/*
 * The token of this subject: the same bytes give the same token as long as the secret is the same.
 */
uint64_t media_challenge_token(
	const struct media_challenge *challenge, const void *subject, size_t size);

#endif
