#include "coordinator/peers/reception.h"

static int64_t second_of(struct instant now)
{
	return now.ms / 1000 + 1; /* plus one: a zeroed one has no second */
}

void reception_note(
	struct reception *reception, const struct reception_count *count, struct instant now)
{
	int64_t second = second_of(now);
	int64_t at = second % RECEPTION_CALM_SECONDS;
	if (reception->second[at] != second) {
		reception->second[at] = second;
		reception->count[at] = (struct reception_count){0};
	}
	reception->count[at].packets += count->packets;
	reception->count[at].lost += count->lost;
	reception->count[at].unrecovered += count->unrecovered;
}

static struct reception_count sum(
	const struct reception *reception, struct instant now, int64_t seconds)
{
	struct reception_count sum = {0};
	for (int i = 0; i < RECEPTION_CALM_SECONDS; i++) {
		if (reception->second[i] > second_of(now) - seconds) {
			sum.packets += reception->count[i].packets;
			sum.lost += reception->count[i].lost;
			sum.unrecovered += reception->count[i].unrecovered;
		}
	}
	return sum;
}

static uint64_t permille(uint32_t part, const struct reception_count *of)
{
	uint64_t whole = (uint64_t)of->packets + of->unrecovered;
	return whole < RECEPTION_PACKETS_MIN ? 0 : (uint64_t)part * 1000 / whole;
}

static bool is_poor(const struct reception_count *sum)
{
	return permille(sum->lost, sum) >= RECEPTION_POOR_PERMILLE ||
	       permille(sum->unrecovered, sum) >= RECEPTION_GIVEN_UP_PERMILLE;
}

static bool is_good(const struct reception_count *sum)
{
	return sum->packets >= RECEPTION_PACKETS_MIN && sum->unrecovered == 0 &&
	       permille(sum->lost, sum) < RECEPTION_GOOD_PERMILLE;
}

bool reception_poor(struct reception *reception, bool before, struct instant now)
{
	struct reception_count lately = sum(reception, now, RECEPTION_POOR_SECONDS);
	struct reception_count calm = sum(reception, now, RECEPTION_CALM_SECONDS);
	if (is_poor(&lately)) {
		reception->poor_second = second_of(now);
		return true;
	}
	bool waited = second_of(now) - reception->poor_second >= RECEPTION_CALM_SECONDS;
	return before && !(waited && is_good(&calm));
}
