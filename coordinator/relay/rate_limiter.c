/* Rate limits: see rate_limiter.h. */
#include "coordinator/relay/rate_limiter.h"

enum {
	MILLION = 1000000,
	ELAPSED_MAX_US = 60 * MILLION /* after a minute every bucket is full */
};

bool rly_throttle_is_due(const struct rly_throttle *throttle, int64_t interval_us, int64_t now_us)
{
	return !throttle->used || now_us - throttle->last_us >= interval_us;
}

bool rly_throttle_allows(struct rly_throttle *throttle, int64_t interval_us, int64_t now_us)
{
	if (!rly_throttle_is_due(throttle, interval_us, now_us)) {
		return false;
	}
	throttle->used = true;
	throttle->last_us = now_us;
	return true;
}

bool rly_token_bucket_take(struct rly_token_bucket *bucket, const struct rly_rate *rate,
	int64_t amount, int64_t now_us)
{
	const int64_t full = rate->burst * MILLION;
	int64_t elapsed_us = now_us - bucket->filled_us;
	if (!bucket->started || elapsed_us > ELAPSED_MAX_US) {
		*bucket = (struct rly_token_bucket){true, full, now_us};
	} else if (elapsed_us > 0) {
		bucket->left += elapsed_us * rate->per_second;
		bucket->left = bucket->left > full ? full : bucket->left;
		bucket->filled_us = now_us;
	}
	if (bucket->left < amount * MILLION) {
		return false;
	}
	bucket->left -= amount * MILLION;
	return true;
}

bool rly_nack_history_allows(struct rly_nack_history *nack_history, uint16_t slot,
	uint16_t sequence, int64_t interval_us, int64_t now_us)
{
	uint32_t name = ((uint32_t)slot << 16 | sequence) + 1;
	uint32_t at = (sequence + slot * 31U) % RLY_NACK_HISTORY;
	if (nack_history->name[at] == name && now_us - nack_history->at_us[at] < interval_us) {
		return false;
	}
	nack_history->name[at] = name;
	nack_history->at_us[at] = now_us;
	return true;
}
