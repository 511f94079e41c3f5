#include "proto/media/line_meter.h"

bool line_meter_way(const struct line_reading *first, const struct line_reading *last,
	int64_t span_ms, struct line_way *ret)
{
	uint64_t expected = last->expected - first->expected;
	int64_t lost = last->lost - first->lost;

	if (span_ms <= 0 || last->expected <= first->expected || last->bytes < first->bytes) {
		return false;
	}
	lost = lost < 0 ? 0 : lost > (int64_t)expected ? (int64_t)expected : lost;
	*ret = (struct line_way){.bits_per_second = (uint32_t)((last->bytes - first->bytes) * 8000 /
							       (uint64_t)span_ms),
		.loss_permille = (uint32_t)(lost * 1000 / (int64_t)expected),
		.has_jitter = true,
		.jitter = {last->jitter_ms}};
	return true;
}
