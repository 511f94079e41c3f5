/* Blocks of zeroes are passed over, so each word is mixed with its place. */
#include "coordinator/view/digest.h"

#include <string.h>

enum { BLOCK = 4 }; /* words */

static uint64_t mix(uint64_t digest, uint64_t word, size_t at)
{
	digest = (digest ^ word ^ at) * 0xff51afd7ed558ccdu;
	return digest ^ digest >> 32;
}

uint64_t view_digest(const void *bytes, size_t size)
{
	const unsigned char *from = bytes;
	uint64_t digest = 0x9e3779b97f4a7c15u;

	for (size_t at = 0; at < size; at += BLOCK * sizeof(uint64_t)) {
		uint64_t words[BLOCK] = {0};
		size_t left = size - at;

		memcpy(words, from + at, left < sizeof(words) ? left : sizeof(words));
		if ((words[0] | words[1] | words[2] | words[3]) == 0) {
			continue;
		}
		for (size_t i = 0; i < BLOCK; i++) {
			digest = mix(digest, words[i], at);
		}
	}
	return digest;
}
