/*
 * Once a second: the skew of sound and picture of one source at a site, the delay of the picture,
 * and whether the playout time shifts. The first seconds of a source are not measured.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_AV_SYNC_METER_H
#define DIEMCAU_ENDPOINT_FLEET_AV_SYNC_METER_H

#include "endpoint/fleet/distribution.h"
#include "endpoint/fleet/slot_receiver.h"
#include "proto/media/slot_number.h"

enum { AV_SYNC_METER_US = 1000000, AV_SYNC_METER_SETTLED_US = 5000000 };

/* Begin with all bytes zero, except for the distributions to fill (borrowed): milliseconds. */
struct av_sync_meter {
	struct distribution *lip_sync, *delay, *moved;
	int64_t due_us;
	struct {
		uint32_t site; /* site whose media flowed at the latest measurement; 0: none */
		int64_t since_us;
		int64_t shift_us; /* once settled; 0: not yet */
	} sources[MEDIA_SLOTS];
};

/* Runs if it is due. slots: MEDIA_SLOTS of one site, by number. */
void av_sync_meter_tick(
	struct av_sync_meter *sync_meter, const struct slot_receiver *slots, int64_t now_us);

#endif
