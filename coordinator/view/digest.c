/* Blocks of zeroes are skipped, so each word is mixed with its position. */
#include "coordinator/view/digest.h"

#include <string.h>

enum { BLOCK = 4 }; /* words */

static uint64_t mix_block(uint64_t digest, const uint64_t words[BLOCK], size_t at)
{
	if ((words[0] | words[1] | words[2] | words[3]) == 0) {
		return digest;
	}
	for (size_t i = 0; i < BLOCK; i++) {
		digest = (digest ^ words[i] ^ at) * 0xff51afd7ed558ccdu;
		digest ^= digest >> 32;
	}
	return digest;
}

uint64_t view_digest(const void *bytes, size_t size)
{
	const unsigned char *from = bytes;
	uint64_t digest = 0x9e3779b97f4a7c15u;
	size_t at = 0;
	uint64_t words[BLOCK];

	/* the size of a copy known to the compiler, or each block would be a call */
	for (; size - at >= sizeof(words); at += sizeof(words)) {
		memcpy(words, from + at, sizeof(words));
		digest = mix_block(digest, words, at);
	}
	memset(words, 0, sizeof(words));
	memcpy(words, from + at, size - at);
	return mix_block(digest, words, at);
}
