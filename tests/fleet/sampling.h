/*
 * Once a second: how far sound and picture of one source are apart at a site, how late the picture
 * is, and whether the time to play it moves. The first seconds of a source are not judged.
 */
#ifndef DIEMCAU_FLEET_SAMPLING_H
#define DIEMCAU_FLEET_SAMPLING_H

#include "tests/fleet/samples.h"
#include "tests/fleet/slot.h"
#include "wire_msg.h"

enum { SAMPLING_US = 1000000, SAMPLING_SETTLED_US = 5000000, SAMPLING_SLOTS = SLOT_END - 1 };

/* Begin with all bytes zero, but for where the samples go (borrowed): milliseconds. */
struct sampling {
	struct samples *lip_sync, *delay, *moved;
	int64_t due_us;
	struct {
		uint32_t site; /* whose media flowed at the latest look; 0: none */
		int64_t since_us;
		int64_t shift_us; /* once settled; 0: not yet */
	} sources[SAMPLING_SLOTS];
};

/* Where it is time. slots: SAMPLING_SLOTS of one site, by number. */
void sampling_tick(struct sampling *sampling, const struct slot_receiver *slots, int64_t now_us);

#endif
