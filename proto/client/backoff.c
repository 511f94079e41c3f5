#include "proto/client/backoff.h"

#include "proto/client/ws_client.h"

uint32_t ws_client_backoff_ms(uint32_t failures, uint32_t random)
{
	uint32_t cap = WS_CLIENT_BACKOFF_MIN_MS;
	for (uint32_t i = 1; i < failures && cap < WS_CLIENT_BACKOFF_MAX_MS; i++) {
		cap *= 2;
	}
	if (cap > WS_CLIENT_BACKOFF_MAX_MS) {
		cap = WS_CLIENT_BACKOFF_MAX_MS;
	}
	return (uint32_t)((uint64_t)random * (cap + 1) >> 32);
}
