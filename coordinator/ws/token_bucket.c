#include "coordinator/ws/token_bucket.h"

bool token_bucket_take(
	struct token_bucket *rate, uint32_t per_second, uint32_t burst, struct instant now)
{
	int64_t full = (int64_t)burst * 1000;
	if (!rate->begun) {
		*rate = (struct token_bucket){.begun = true, .milli = full, .at = now};
	}
	rate->milli += span_between(rate->at, now).ms * per_second;
	rate->milli = rate->milli > full ? full : rate->milli;
	rate->at = now;
	if (rate->milli < 1000) {
		return false;
	}
	rate->milli -= 1000;
	return true;
}

void token_bucket_refund(struct token_bucket *rate)
{
	rate->milli += 1000; /* the next take knows how many are held at most */
}
