/*
 * Playing sound and picture of several slots in step.
 *
 * Each slot's jitter buffer maps RTP time to local running time by itself, and its sender report
 * (RFC 3550 section 6.4.1) maps the same RTP time to the relay's clock. The difference of the two
 * is the slot's delay; a slot that was faster than the slowest must wait for it. The relay uses one
 * clock for all its slots, so the figures can be compared. Pure.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_RECEIVE_LIP_SYNC_H
#define DIEMCAU_ENDPOINT_MEDIA_RECEIVE_LIP_SYNC_H

#include <stdbool.h>
#include <stdint.h>

enum {
	EP_LIP_SYNC_SLOTS = 8,
	EP_LIP_SYNC_STEP_US = 10000, /* smaller corrections are not worth a click */
	EP_LIP_SYNC_WAIT_MAX_US = 1000000, /* a slot never waits longer for another */
	EP_LIP_SYNC_STALE_US = 5000000, /* a slot without report for so long is forgotten */
};

struct ep_lip_sync_slot {
	int64_t delay_us; /* local running time minus the relay's time */
	int64_t seen_us;
	bool known;
};

/* Zeroed is ready. */
struct ep_lip_sync {
	struct ep_lip_sync_slot slots[EP_LIP_SYNC_SLOTS];
};

/*
 * A sender report of a slot: local_us is the running time at which the jitter buffer places the
 * report's RTP time, relay_us the report's NTP time, now_us a steady clock; all in microseconds.
 */
void ep_lip_sync_report(struct ep_lip_sync *sync, unsigned slot, int64_t local_us, int64_t relay_us,
	int64_t now_us);
/* The slot was left. */
void ep_lip_sync_forget(struct ep_lip_sync *sync, unsigned slot);
/* How long what this slot plays must wait, 0..EP_LIP_SYNC_WAIT_MAX_US. */
int64_t ep_lip_sync_wait_us(const struct ep_lip_sync *sync, unsigned slot, int64_t now_us);
/* Whether going from one waiting time to another is worth doing. */
bool ep_lip_sync_worth(int64_t from_us, int64_t to_us);

#endif
