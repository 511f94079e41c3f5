/* The relay's measurements of a site: see stats.h. */
#include "coordinator/relay/stats.h"

enum {
	PACKETS_TO_JUDGE = 50 /* with fewer, one loss would look like an outage */
};

void rly_meter_add(struct rly_meter *meter, const struct rly_sample *sample, int64_t now_us)
{
	int64_t second = now_us / 1000000 + 1; /* plus one: a zeroed meter has no second */
	int64_t at = second % RLY_METER_SECONDS;
	if (meter->second[at] != second) {
		meter->second[at] = second;
		meter->sample[at] = (struct rly_sample){0};
	}
	struct rly_sample *into = &meter->sample[at];
	into->bytes += sample->bytes;
	into->expected += sample->expected;
	into->lost += sample->lost;
	into->sent += sample->sent;
	into->nacked += sample->nacked;
	into->over += sample->over;
	into->odd += sample->odd;
}

struct rly_sample rly_meter_sum(const struct rly_meter *meter, int64_t now_us)
{
	struct rly_sample sum = {0};
	int64_t oldest = now_us / 1000000 + 1 - RLY_METER_SECONDS;
	for (int i = 0; i < RLY_METER_SECONDS; i++) {
		if (meter->second[i] > oldest) {
			sum.bytes += meter->sample[i].bytes;
			sum.expected += meter->sample[i].expected;
			sum.lost += meter->sample[i].lost;
			sum.sent += meter->sample[i].sent;
			sum.nacked += meter->sample[i].nacked;
			sum.over += meter->sample[i].over;
			sum.odd += meter->sample[i].odd;
		}
	}
	return sum;
}

static uint32_t permille(uint64_t part, uint64_t whole)
{
	if (whole < PACKETS_TO_JUDGE) {
		return 0;
	}
	uint64_t value = part * 1000 / whole;
	return (uint32_t)(value > 1000 ? 1000 : value);
}

uint32_t rly_loss_permille(const struct rly_sample *sum)
{
	uint32_t up = permille(sum->lost, sum->expected);
	uint32_t down = permille(sum->nacked, sum->sent);
	return up > down ? up : down;
}

bool rly_is_over_limit(const struct rly_sample *sum)
{
	return sum->over > 0;
}

bool rly_has_odd_clock(const struct rly_sample *sum)
{
	return sum->odd >= RLY_ODD_PACKETS;
}

enum media_state rly_media_state_of(
	enum media_state before, int64_t media_us, const struct rly_sample *sum, int64_t now_us)
{
	if (media_us < 0) {
		return MEDIA_STATE_NONE;
	}
	if (now_us - media_us >= RLY_SILENT_US) {
		return MEDIA_STATE_SILENT;
	}
	uint32_t limit = before == MEDIA_STATE_DEGRADED ? RLY_GOOD_PERMILLE : RLY_DEGRADED_PERMILLE;
	return rly_loss_permille(sum) >= limit || rly_is_over_limit(sum) ? MEDIA_STATE_DEGRADED
									 : MEDIA_STATE_GOOD;
}
