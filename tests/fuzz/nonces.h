/*
 * What was encrypted under which nonce: a nonce may appear once in the life of a key. Bounded; when
 * full it says of everything that it is new.
 */
#ifndef DIEMCAU_TESTS_FUZZ_NONCES_H
#define DIEMCAU_TESTS_FUZZ_NONCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NONCES_MAX = 4096, NONCES_ROOM = 2 * NONCES_MAX };

/* All zeroes is empty. */
struct nonces {
	size_t n;
	bool used[NONCES_ROOM];
	uint64_t list[NONCES_ROOM]; /* open addressing */
};

/* False: this one was there before. */
static inline bool nonces_add(struct nonces *nonces, uint32_t ssrc, uint16_t sequence)
{
	uint64_t nonce = (uint64_t)ssrc << 16 | sequence;
	size_t at = (size_t)(nonce * 0x9e3779b97f4a7c15u >> 40) % NONCES_ROOM;

	while (nonces->used[at]) {
		if (nonces->list[at] == nonce) {
			return false;
		}
		at = (at + 1) % NONCES_ROOM;
	}
	if (nonces->n < NONCES_MAX) {
		nonces->n++;
		nonces->used[at] = true;
		nonces->list[at] = nonce;
	}
	return true;
}

#endif
