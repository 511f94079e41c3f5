/* Scene changes without a gap. */
#include "endpoint/media/program/transition.h"

#include <string.h>

void ep_transition_want(
	struct ep_transition *transition, const struct ep_arrangement *wanted, int64_t now_ms)
{
	transition->wanted = *wanted;
	transition->pending = true;
	transition->until_ms = now_ms + EP_TRANSITION_WAIT_MS;
}

static bool is_complete(
	const struct ep_arrangement *wanted, const bool visible[EP_TRANSITION_SLOTS])
{
	for (size_t i = 0; i < wanted->n; i++) {
		if (!visible[wanted->slots[i]]) {
			return false;
		}
	}
	return true;
}

bool ep_transition_check(
	struct ep_transition *transition, const bool visible[EP_TRANSITION_SLOTS], int64_t now_ms)
{
	if (!transition->pending ||
		(!is_complete(&transition->wanted, visible) && now_ms < transition->until_ms)) {
		return false;
	}
	transition->shown = transition->wanted;
	transition->pending = false;
	return true;
}

bool ep_transition_pane(const struct ep_transition *transition, unsigned slot, size_t *ret_pane)
{
	for (size_t i = 0; i < transition->shown.n; i++) {
		if (transition->shown.slots[i] == slot) {
			*ret_pane = i;
			return true;
		}
	}
	return false;
}
