#include "coordinator/telemetry/link_quality.h"

static int64_t second_of(struct instant now)
{
	return now.ms / 1000 + 1; /* plus one: a zeroed one has no second */
}

void link_quality_add(struct link_quality *link_quality, const struct link_quality_count *count,
	struct instant now)
{
	int64_t second = second_of(now);
	int64_t at = second % LINK_QUALITY_CALM_SECONDS;
	if (link_quality->second[at] != second) {
		link_quality->second[at] = second;
		link_quality->count[at] = (struct link_quality_count){0};
	}
	link_quality->count[at].packets += count->packets;
	link_quality->count[at].lost += count->lost;
	link_quality->count[at].unrecovered += count->unrecovered;
}

static struct link_quality_count sum(
	const struct link_quality *link_quality, struct instant now, int64_t seconds)
{
	struct link_quality_count sum = {0};
	for (int i = 0; i < LINK_QUALITY_CALM_SECONDS; i++) {
		if (link_quality->second[i] > second_of(now) - seconds) {
			sum.packets += link_quality->count[i].packets;
			sum.lost += link_quality->count[i].lost;
			sum.unrecovered += link_quality->count[i].unrecovered;
		}
	}
	return sum;
}

static uint64_t permille(uint32_t part, const struct link_quality_count *of)
{
	uint64_t whole = (uint64_t)of->packets + of->unrecovered;
	return whole < LINK_QUALITY_PACKETS_MIN ? 0 : (uint64_t)part * 1000 / whole;
}

static bool is_poor(const struct link_quality_count *sum)
{
	return permille(sum->lost, sum) >= LINK_QUALITY_POOR_PERMILLE ||
	       permille(sum->unrecovered, sum) >= LINK_QUALITY_GIVEN_UP_PERMILLE;
}

static bool is_good(const struct link_quality_count *sum)
{
	return sum->packets >= LINK_QUALITY_PACKETS_MIN && sum->unrecovered == 0 &&
	       permille(sum->lost, sum) < LINK_QUALITY_GOOD_PERMILLE;
}

bool link_quality_is_poor(struct link_quality *link_quality, bool before, struct instant now)
{
	struct link_quality_count lately = sum(link_quality, now, LINK_QUALITY_POOR_SECONDS);
	struct link_quality_count calm = sum(link_quality, now, LINK_QUALITY_CALM_SECONDS);
	if (is_poor(&lately)) {
		link_quality->poor_second = second_of(now);
		return true;
	}
	bool waited = second_of(now) - link_quality->poor_second >= LINK_QUALITY_CALM_SECONDS;
	return before && !(waited && is_good(&calm));
}
