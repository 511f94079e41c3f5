/* A site's clock against the relay's: see timeline.h. */
#include "coordinator/relay/timeline.h"

static const int64_t us_per_second = 1000000;

static void reset(struct rly_timeline *timeline, int64_t offset, int64_t arrival_us)
{
	for (int i = 0; i < RLY_TIMELINE_SECONDS; i++) {
		timeline->second[i] = INT64_MIN;
	}
	timeline->known = true;
	timeline->applied = offset;
	timeline->slewed_at = arrival_us;
}

bool rly_timeline_sample(struct rly_timeline *timeline, int64_t ntp_us, int64_t arrival_us)
{
	int64_t offset = arrival_us - ntp_us;
	int64_t away = offset - timeline->applied;
	bool set =
		timeline->known && (away > RLY_TIMELINE_LATE_US || away < -RLY_TIMELINE_EARLY_US);
	if (!timeline->known || set) {
		reset(timeline, offset, arrival_us);
	}
	int64_t second = arrival_us / us_per_second;
	int64_t at = second % RLY_TIMELINE_SECONDS;
	if (timeline->second[at] != second || offset < timeline->least[at]) {
		timeline->second[at] = second;
		timeline->least[at] = offset;
	}
	return set;
}

/* Where no sample is young enough, what is applied stays. */
static int64_t measured(const struct rly_timeline *timeline, int64_t now_us)
{
	int64_t oldest = now_us / us_per_second - RLY_TIMELINE_SECONDS;
	int64_t least = INT64_MAX;
	for (int i = 0; i < RLY_TIMELINE_SECONDS; i++) {
		if (timeline->second[i] > oldest && timeline->least[i] < least) {
			least = timeline->least[i];
		}
	}
	return least == INT64_MAX ? timeline->applied : least;
}

int64_t rly_timeline_offset(struct rly_timeline *timeline, int64_t now_us)
{
	int64_t allowed = (now_us - timeline->slewed_at) * RLY_TIMELINE_SLEW_PPM / us_per_second;
	if (allowed > 0) {
		int64_t away = measured(timeline, now_us) - timeline->applied;
		int64_t step = away > allowed ? allowed : away < -allowed ? -allowed : away;
		timeline->applied += step;
		timeline->slewed_at = now_us;
	}
	return timeline->applied;
}

void rly_timeline_step(struct rly_timeline *timeline, int64_t now_us)
{
	if (timeline->known) {
		timeline->applied = measured(timeline, now_us);
		timeline->slewed_at = now_us;
	}
}
