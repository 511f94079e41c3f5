#include "proto/client/liveness.h"

#include "proto/client/ws_client.h"

enum {
	US_PER_MS = 1000,
	SILENCE_US = WS_CLIENT_PING_S * 1000 * US_PER_MS,
	PONG_TIMEOUT_US = (WS_CLIENT_HANGUP_S - WS_CLIENT_PING_S) * 1000 * US_PER_MS,
	GRACE_US = LIVENESS_GRACE_MS * US_PER_MS,
};

void liveness_received(struct liveness *liveness, int64_t now_us)
{
	*liveness = (struct liveness){.received_us = now_us};
}

enum liveness_step liveness_due(struct liveness *liveness, int64_t now_us, int64_t *ret_wait_us)
{
	int64_t since = liveness->pinged ? liveness->pinged_us : liveness->received_us;
	int64_t timeout_us = liveness->pinged ? PONG_TIMEOUT_US : SILENCE_US;
	if (liveness->last_check) {
		return LIVENESS_DEAD;
	}
	if (now_us - since < timeout_us) {
		*ret_wait_us = timeout_us - (now_us - since);
		return LIVENESS_WAIT;
	}
	if (liveness->pinged) {
		liveness->last_check = true;
		*ret_wait_us = GRACE_US;
		return LIVENESS_WAIT;
	}
	liveness->pinged = true;
	liveness->pinged_us = now_us;
	*ret_wait_us = PONG_TIMEOUT_US;
	return LIVENESS_PING;
}
