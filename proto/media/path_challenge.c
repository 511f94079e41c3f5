/*
 * Tokens of path challenges: see path_challenge.h. SipHash is libsodium's keyed hash for short
 * inputs.
 */
#include "proto/media/path_challenge.h"

#include <errno.h>
#include <sodium.h>

#include "proto/media/big_endian.h"

_Static_assert((int)crypto_shorthash_KEYBYTES == MEDIA_CHALLENGE_SECRET, "a secret of its size");
_Static_assert(crypto_shorthash_BYTES == sizeof(uint64_t), "a token is one hash");

int media_challenge_make(struct media_challenge *ret_challenge)
{
	if (sodium_init() < 0) {
		return -EIO;
	}
	crypto_shorthash_keygen(ret_challenge->secret);
	return 0;
}

uint64_t media_challenge_token(
	const struct media_challenge *challenge, const void *subject, size_t size)
{
	uint8_t token[crypto_shorthash_BYTES];
	crypto_shorthash(token, subject, size, challenge->secret);
	return get64(token);
}
