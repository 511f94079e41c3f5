/* A site's clock against the relay's: see site_clock.h. */
#include "coordinator/relay/site_clock.h"

static const int64_t us_per_second = 1000000;

static void reset(struct rly_site_clock *site_clock, int64_t offset, int64_t arrival_us)
{
	for (int i = 0; i < RLY_SITE_CLOCK_SECONDS; i++) {
		site_clock->second[i] = INT64_MIN;
	}
	site_clock->known = true;
	site_clock->applied = offset;
	site_clock->slewed_at = arrival_us;
}

bool rly_site_clock_sample(struct rly_site_clock *site_clock, int64_t ntp_us, int64_t arrival_us)
{
	int64_t offset = arrival_us - ntp_us;
	int64_t distance = offset - site_clock->applied;
	bool set = site_clock->known &&
		   (distance > RLY_SITE_CLOCK_LATE_US || distance < -RLY_SITE_CLOCK_EARLY_US);
	if (!site_clock->known || set) {
		reset(site_clock, offset, arrival_us);
	}
	int64_t second = arrival_us / us_per_second;
	int64_t at = second % RLY_SITE_CLOCK_SECONDS;
	if (site_clock->second[at] != second || offset < site_clock->least[at]) {
		site_clock->second[at] = second;
		site_clock->least[at] = offset;
	}
	return set;
}

/* If every sample is too old, the applied offset stays. */
static int64_t measured(const struct rly_site_clock *site_clock, int64_t now_us)
{
	int64_t oldest = now_us / us_per_second - RLY_SITE_CLOCK_SECONDS;
	int64_t least = INT64_MAX;
	for (int i = 0; i < RLY_SITE_CLOCK_SECONDS; i++) {
		if (site_clock->second[i] > oldest && site_clock->least[i] < least) {
			least = site_clock->least[i];
		}
	}
	return least == INT64_MAX ? site_clock->applied : least;
}

int64_t rly_site_clock_offset(struct rly_site_clock *site_clock, int64_t now_us)
{
	int64_t allowed =
		(now_us - site_clock->slewed_at) * RLY_SITE_CLOCK_SLEW_PPM / us_per_second;
	if (allowed > 0) {
		int64_t distance = measured(site_clock, now_us) - site_clock->applied;
		int64_t step = distance > allowed    ? allowed
			       : distance < -allowed ? -allowed
						     : distance;
		site_clock->applied += step;
		site_clock->slewed_at = now_us;
	}
	return site_clock->applied;
}

void rly_site_clock_step(struct rly_site_clock *site_clock, int64_t now_us)
{
	if (site_clock->known) {
		site_clock->applied = measured(site_clock, now_us);
		site_clock->slewed_at = now_us;
	}
}
