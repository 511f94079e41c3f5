/* Guards: see throttle.h. */
#include "coordinator/relay/throttle.h"

enum {
	MILLION = 1000000,
	EARNING_MOST_US = 60 * MILLION /* after a minute every budget is full */
};

bool rly_throttle_due(const struct rly_throttle *throttle, int64_t interval_us, int64_t now_us)
{
	return !throttle->used || now_us - throttle->last_us >= interval_us;
}

bool rly_throttle_allows(struct rly_throttle *throttle, int64_t interval_us, int64_t now_us)
{
	if (!rly_throttle_due(throttle, interval_us, now_us)) {
		return false;
	}
	throttle->used = true;
	throttle->last_us = now_us;
	return true;
}

bool rly_budget_spend(
	struct rly_budget *budget, const struct rly_rate *rate, int64_t amount, int64_t now_us)
{
	const int64_t full = rate->burst * MILLION;
	int64_t earned_us = now_us - budget->filled_us;
	if (!budget->begun || earned_us > EARNING_MOST_US) {
		*budget = (struct rly_budget){true, full, now_us};
	} else if (earned_us > 0) {
		budget->left += earned_us * rate->per_second;
		budget->left = budget->left > full ? full : budget->left;
		budget->filled_us = now_us;
	}
	if (budget->left < amount * MILLION) {
		return false;
	}
	budget->left -= amount * MILLION;
	return true;
}

bool rly_answered_allows(struct rly_answered *answered, uint16_t slot, uint16_t sequence,
	int64_t interval_us, int64_t now_us)
{
	uint32_t name = ((uint32_t)slot << 16 | sequence) + 1;
	uint32_t at = (sequence + slot * 31U) % RLY_ANSWERED;
	if (answered->name[at] == name && now_us - answered->at_us[at] < interval_us) {
		return false;
	}
	answered->name[at] = name;
	answered->at_us[at] = now_us;
	return true;
}
