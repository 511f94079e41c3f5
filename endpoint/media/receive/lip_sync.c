/* Playout delays of slots, from their sender reports. */
#include "endpoint/media/receive/lip_sync.h"

void ep_lip_sync_report(
	struct ep_lip_sync *sync, unsigned slot, int64_t local_us, int64_t relay_us, int64_t now_us)
{
	if (slot < EP_LIP_SYNC_SLOTS) {
		sync->slots[slot] = (struct ep_lip_sync_slot){local_us - relay_us, now_us, true};
	}
}

void ep_lip_sync_forget(struct ep_lip_sync *sync, unsigned slot)
{
	if (slot < EP_LIP_SYNC_SLOTS) {
		sync->slots[slot].known = false;
	}
}

static bool is_fresh(const struct ep_lip_sync_slot *slot, int64_t now_us)
{
	return slot->known && now_us - slot->seen_us < EP_LIP_SYNC_STALE_US;
}

int64_t ep_lip_sync_wait_us(const struct ep_lip_sync *sync, unsigned slot, int64_t now_us)
{
	if (slot >= EP_LIP_SYNC_SLOTS || !is_fresh(&sync->slots[slot], now_us)) {
		return 0;
	}
	int64_t slowest = sync->slots[slot].delay_us;
	for (unsigned i = 0; i < EP_LIP_SYNC_SLOTS; i++) {
		if (is_fresh(&sync->slots[i], now_us) && sync->slots[i].delay_us > slowest) {
			slowest = sync->slots[i].delay_us;
		}
	}
	int64_t wait = slowest - sync->slots[slot].delay_us;
	return wait < EP_LIP_SYNC_WAIT_MAX_US ? wait : EP_LIP_SYNC_WAIT_MAX_US;
}

bool ep_lip_sync_is_worth(int64_t from_us, int64_t to_us)
{
	int64_t difference = from_us - to_us;
	return difference > EP_LIP_SYNC_STEP_US || difference < -EP_LIP_SYNC_STEP_US;
}
