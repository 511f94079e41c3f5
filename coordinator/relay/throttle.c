/* Guards: see throttle.h. */
#include "coordinator/relay/throttle.h"

bool rly_throttle_allows(struct rly_throttle *throttle, int64_t interval_us, int64_t now_us)
{
	if (throttle->used && now_us - throttle->last_us < interval_us) {
		return false;
	}
	throttle->used = true;
	throttle->last_us = now_us;
	return true;
}

bool rly_budget_spend(struct rly_budget *budget, size_t size, int64_t now_us)
{
	if (!budget->begun) {
		*budget = (struct rly_budget){true, RLY_BUDGET_BURST, now_us};
	}
	int64_t earned = (now_us - budget->filled_us) * RLY_BUDGET_PER_SECOND / 1000000;
	if (earned > 0) {
		budget->left += earned;
		budget->left = budget->left > RLY_BUDGET_BURST ? RLY_BUDGET_BURST : budget->left;
		budget->filled_us = now_us;
	}
	if (budget->left < (int64_t)size) {
		return false;
	}
	budget->left -= (int64_t)size;
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
