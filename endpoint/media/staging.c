/* Changing scenes without a hole. */
#include "endpoint/media/staging.h"

#include <string.h>

void ep_staging_want(
	struct ep_staging *staging, const struct ep_arrangement *wanted, int64_t now_ms)
{
	staging->wanted = *wanted;
	staging->pending = true;
	staging->until_ms = now_ms + EP_STAGING_PATIENCE_MS;
}

static bool complete(const struct ep_arrangement *wanted, const bool visible[EP_STAGE_SLOTS])
{
	for (size_t i = 0; i < wanted->n; i++) {
		if (!visible[wanted->slots[i]]) {
			return false;
		}
	}
	return true;
}

bool ep_staging_check(
	struct ep_staging *staging, const bool visible[EP_STAGE_SLOTS], int64_t now_ms)
{
	if (!staging->pending ||
		(!complete(&staging->wanted, visible) && now_ms < staging->until_ms)) {
		return false;
	}
	staging->shown = staging->wanted;
	staging->pending = false;
	return true;
}

bool ep_staging_pane(const struct ep_staging *staging, unsigned slot, size_t *ret_pane)
{
	for (size_t i = 0; i < staging->shown.n; i++) {
		if (staging->shown.slots[i] == slot) {
			*ret_pane = i;
			return true;
		}
	}
	return false;
}
