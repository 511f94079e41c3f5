/*
 * Plays sound and picture of several slots in sync.
 *
 * Each slot's jitter buffer maps RTP time to local running time, and its sender report (RFC 3550
 * section 6.4.1) maps the same RTP time to the relay's clock. The difference is the slot's delay; a
 * slot faster than the slowest must wait for it. The relay uses one clock for all its slots, so the
 * delays are comparable. Pure.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_RECEIVE_LIP_SYNC_H
#define DIEMCAU_ENDPOINT_MEDIA_RECEIVE_LIP_SYNC_H

#include <stdbool.h>
#include <stdint.h>

enum {
	EP_LIP_SYNC_SLOTS = 8,
	EP_LIP_SYNC_STEP_US = 10000, /* smaller corrections are not worth a click */
	EP_LIP_SYNC_WAIT_MAX_US = 1000000, /* no slot waits longer for another */
	EP_LIP_SYNC_STALE_US = 5000000, /* a slot without a report for this long is ignored */
};

struct ep_lip_sync_slot {
	int64_t delay_us; /* local running time minus the relay's time */
	int64_t seen_us;
	bool known;
};

/* Begin with all bytes zero. */
struct ep_lip_sync {
	struct ep_lip_sync_slot slots[EP_LIP_SYNC_SLOTS];
};

/*
 * Records a sender report of a slot: local_us is the running time that the jitter buffer assigns to
 * the report's RTP time, relay_us the report's NTP time, now_us a monotonic clock; all in
 * microseconds.
 */
void ep_lip_sync_report(struct ep_lip_sync *sync, unsigned slot, int64_t local_us, int64_t relay_us,
	int64_t now_us);
/* The slot was left. */
void ep_lip_sync_forget(struct ep_lip_sync *sync, unsigned slot);
/* The extra playout delay of this slot, 0..EP_LIP_SYNC_WAIT_MAX_US. */
int64_t ep_lip_sync_wait_us(const struct ep_lip_sync *sync, unsigned slot, int64_t now_us);
/* True if the change from one delay to another is large enough to be made. */
bool ep_lip_sync_is_worth(int64_t from_us, int64_t to_us);

#endif
