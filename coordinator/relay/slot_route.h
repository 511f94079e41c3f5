/*
 * One slot: which source feeds it, and how that source's numbers become the slot's. Pure.
 *
 * A picture changes only at a key frame of the new source. Until then the old source continues, and
 * the relay repeats its key frame request to the new one (rly_route_wants_keyframe). Packets of the
 * new source before the key frame are dropped. Voices change at once. A source that returns after
 * an outage is treated as a switch to itself. The slot as a whole is one stream: sequence numbers
 * have no gap except real losses, and timestamps never go back. Timestamps are on the relay's time
 * axis: whatever the source claims, they stay within RLY_ROUTE_AHEAD_US and RLY_ROUTE_BEHIND_US of
 * the arrival.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_SLOT_ROUTE_H
#define DIEMCAU_COORDINATOR_RELAY_SLOT_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/relay/uplink_source.h"

enum rly_route_limits {
	/*
	 * How far the slot's time may be from a packet's arrival; a packet beyond is placed at its
	 * arrival. Ahead: a path that has become shorter; behind: packets queued on the path.
	 */
	RLY_ROUTE_AHEAD_US = 200000,
	RLY_ROUTE_BEHIND_US = 2000000,
	RLY_ROUTE_FRAMES = 64, /* the timestamps of so many are remembered for late packets */
	RLY_KEYFRAME_AGAIN_US = 275000 /* measured: 250-300 ms is fast enough, and not a flood */
};

/* A run: a part of the slot that one source feeds under one numbering. */
struct rly_route_segment {
	uint16_t stream; /* 0: none */
	int64_t first_in; /* earlier packets are not shown */
	int64_t newest_in;
	int64_t shift; /* slot number = source number + shift */
	uint32_t newest_in_timestamp;
	uint32_t newest_timestamp; /* and the slot's timestamp for it */
	uint32_t n_frames; /* the latest of them are remembered */
	uint32_t frame_in[RLY_ROUTE_FRAMES];
	uint32_t frame_out[RLY_ROUTE_FRAMES];
};

struct rly_route {
	uint32_t rate; /* of the slot's clock */
	bool picture;
	uint16_t desired; /* stream id of the source the slot should carry; 0: none */
	bool awaits_keyframe; /* waits for a key frame of desired */
	struct rly_route_segment run;
	struct rly_route_segment previous; /* the previous run, whose gaps late repairs may still
					    * fill */
	bool started;
	int64_t newest_out;
	uint32_t newest_timestamp;
	uint64_t switches;
};

/* One packet as input of the route. */
struct rly_route_input {
	uint16_t stream;
	struct rly_arrival arrival;
	uint32_t timestamp; /* the source's */
	bool keyframe; /* rtp_starts_keyframe() */
	bool mapped; /* axis comes from the source's clock; otherwise it is the arrival */
	uint32_t axis; /* the timestamp on the slot's time axis */
	uint32_t arrived; /* and of its arrival */
};

struct rly_route_output {
	int64_t sequence; /* extended, the slot's */
	uint32_t timestamp;
	bool switched; /* the first packet of a new run */
	bool odd; /* the source's time was out of range */
};

/* first_sequence: the slot's first sequence number, random in 0..32767. */
void rly_route_init(struct rly_route *route, uint32_t rate, int64_t first_sequence);

/* stream 0 removes the source from the slot. Setting the same stream again changes nothing. */
void rly_route_set(struct rly_route *route, uint16_t stream);

/* True if this stream may concern the slot: cheap, called for every packet. */
bool rly_route_matches(const struct rly_route *route, uint16_t stream);

/* True: send it as *ret_passed says. False: the slot does not carry it now. */
bool rly_route_forward(struct rly_route *route, const struct rly_route_input *packet,
	struct rly_route_output *ret_passed);

/* The stream that a key frame is needed of, or 0. */
uint16_t rly_route_wants_keyframe(const struct rly_route *route);

#endif
