#include "proto/link/backoff.h"

#include "proto/link/link.h"

uint32_t link_backoff_ms(uint32_t failures, uint32_t random)
{
	uint32_t cap = LINK_BACKOFF_MIN_MS;
	for (uint32_t i = 1; i < failures && cap < LINK_BACKOFF_MAX_MS; i++) {
		cap *= 2;
	}
	if (cap > LINK_BACKOFF_MAX_MS) {
		cap = LINK_BACKOFF_MAX_MS;
	}
	return (uint32_t)((uint64_t)random * (cap + 1) >> 32);
}
