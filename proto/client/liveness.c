#include "proto/client/liveness.h"

#include "proto/client/ws_client.h"

enum {
	US_PER_MS = 1000,
	QUIET_US = WS_CLIENT_PING_S * 1000 * US_PER_MS,
	ANSWER_US = (WS_CLIENT_HANGUP_S - WS_CLIENT_PING_S) * 1000 * US_PER_MS,
	LAST_LOOK_US = LIVENESS_GRACE_MS * US_PER_MS,
};

void liveness_heard(struct liveness *liveness, int64_t now_us)
{
	*liveness = (struct liveness){.heard_us = now_us};
}

enum liveness_step liveness_due(struct liveness *liveness, int64_t now_us, int64_t *ret_wait_us)
{
	int64_t since = liveness->asked ? liveness->asked_us : liveness->heard_us;
	int64_t patience = liveness->asked ? ANSWER_US : QUIET_US;
	if (liveness->last_check) {
		return LIVENESS_DEAD;
	}
	if (now_us - since < patience) {
		*ret_wait_us = patience - (now_us - since);
		return LIVENESS_WAIT;
	}
	if (liveness->asked) {
		liveness->last_check = true;
		*ret_wait_us = LAST_LOOK_US;
		return LIVENESS_WAIT;
	}
	liveness->asked = true;
	liveness->asked_us = now_us;
	*ret_wait_us = ANSWER_US;
	return LIVENESS_ASK;
}
