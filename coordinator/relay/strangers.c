/* What strangers may cost: see strangers.h. */
#include <string.h>

#include "coordinator/relay/strangers.h"

static const struct rly_rate loud_rate = {RLY_STRANGER_LOUD, RLY_STRANGER_LOUD_BURST};

_Static_assert(
	(int)RLY_STRANGER_FAILURES + RLY_STRANGER_LOUD + RLY_STRANGER_LOUD_BURST < (int)UINT16_MAX,
	"a place counts all that can fail in it within a second");

uint32_t rly_strangers_place(const struct media_challenge *challenge,
	const struct rly_address *address, uint16_t site_number)
{
	uint8_t subject[RLY_ADDRESS_PREFIX + sizeof site_number];
	rly_address_prefix(address, subject);
	memcpy(subject + RLY_ADDRESS_PREFIX, &site_number, sizeof site_number);
	return (uint32_t)(media_challenge_token(challenge, subject, sizeof subject) %
			  RLY_STRANGERS);
}

bool rly_strangers_allow(struct rly_strangers *strangers, uint32_t place, int64_t now_us)
{
	int64_t second = now_us / 1000000;
	if (strangers->second != second) {
		strangers->second = second;
		memset(strangers->failures, 0, sizeof strangers->failures);
	}
	return strangers->failures[place] < RLY_STRANGER_FAILURES ||
	       rly_budget_spend(&strangers->loud, &loud_rate, 1, now_us);
}

void rly_strangers_fail(struct rly_strangers *strangers, uint32_t place)
{
	strangers->failures[place]++;
}
