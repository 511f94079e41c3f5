/*
 * Once a second: how far sound and picture of one source are apart at a site, how late the picture
 * is, and whether the time to play it moves. The first seconds of a source are not judged.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_AV_SYNC_METER_H
#define DIEMCAU_ENDPOINT_FLEET_AV_SYNC_METER_H

#include "endpoint/fleet/distribution.h"
#include "endpoint/fleet/slot_receiver.h"
#include "proto/media/slot_number.h"

enum { AV_SYNC_METER_US = 1000000, AV_SYNC_METER_SETTLED_US = 5000000 };

/* Begin with all bytes zero, but for where the samples go (borrowed): milliseconds. */
struct av_sync_meter {
	struct distribution *lip_sync, *delay, *moved;
	int64_t due_us;
	struct {
		uint32_t site; /* whose media flowed at the latest look; 0: none */
		int64_t since_us;
		int64_t shift_us; /* once settled; 0: not yet */
	} sources[MEDIA_SLOTS];
};

/* Where it is time. slots: MEDIA_SLOTS of one site, by number. */
void av_sync_meter_tick(
	struct av_sync_meter *sync_meter, const struct slot_receiver *slots, int64_t now_us);

#endif
