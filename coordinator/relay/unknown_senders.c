/* Rate limits of unknown senders: see unknown_senders.h. */
#include "coordinator/relay/unknown_senders.h"

#include <string.h>

static const struct rly_rate flood_rate = {RLY_UNKNOWN_FLOOD_RATE, RLY_UNKNOWN_FLOOD_BURST};

_Static_assert((int)RLY_UNKNOWN_FAILURES_MAX + RLY_UNKNOWN_FLOOD_RATE + RLY_UNKNOWN_FLOOD_BURST <
		       (int)UINT16_MAX,
	"a bucket counts all that can fail in it within a second");

uint32_t rly_unknown_senders_bucket(const struct media_challenge *challenge,
	const struct rly_address *address, uint16_t site_number)
{
	uint8_t subject[RLY_ADDRESS_PREFIX + sizeof(site_number)];
	rly_address_prefix(address, subject);
	memcpy(subject + RLY_ADDRESS_PREFIX, &site_number, sizeof(site_number));
	return (uint32_t)(media_challenge_token(challenge, subject, sizeof(subject)) %
			  RLY_UNKNOWN_BUCKETS);
}

bool rly_unknown_senders_allow(
	struct rly_unknown_senders *unknown_senders, uint32_t bucket, int64_t now_us)
{
	int64_t second = now_us / 1000000;
	if (unknown_senders->second != second) {
		unknown_senders->second = second;
		memset(unknown_senders->failures, 0, sizeof(unknown_senders->failures));
	}
	return unknown_senders->failures[bucket] < RLY_UNKNOWN_FAILURES_MAX ||
	       rly_token_bucket_take(&unknown_senders->flooding, &flood_rate, 1, now_us);
}

void rly_unknown_senders_fail(struct rly_unknown_senders *unknown_senders, uint32_t bucket)
{
	unknown_senders->failures[bucket]++;
}
