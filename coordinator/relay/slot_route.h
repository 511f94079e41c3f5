/*
 * One slot: which source feeds it, and how that source's numbers become the slot's. Pure.
 *
 * A picture changes only at a key frame of the new source. Until then the old one goes on; the
 * relay asks the new one for a key frame again and again (rly_route_wants_keyframe). What the new
 * source sent before it is dropped. Voices change at once. A source that comes back after an outage
 * is treated as a switch to itself. Over all of it the slot is one stream: sequence numbers without
 * a gap that is not a real loss, timestamps that never go back, on the relay's time axis: whatever
 * a source says, they stay within RLY_ROUTE_AHEAD_US and RLY_ROUTE_BEHIND_US of the arrival.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_SLOT_ROUTE_H
#define DIEMCAU_COORDINATOR_RELAY_SLOT_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/relay/uplink_source.h"

enum rly_route_limits {
	/* How far the slot's time may be from a packet's arrival: what is further is put down at
	 * its arrival. Ahead is what a way that has become shorter makes; behind, what waited on
	 * it. */
	RLY_ROUTE_AHEAD_US = 200000,
	RLY_ROUTE_BEHIND_US = 2000000,
	RLY_ROUTE_FRAMES = 64, /* whose timestamps are remembered for late packets */
	RLY_KEYFRAME_AGAIN_US = 275000 /* measured: 250-300 ms is soon enough, and no flood */
};

/* A stretch of the slot fed by one source under one numbering. */
struct rly_route_segment {
	uint16_t stream; /* 0: none */
	int64_t first_in; /* what came before it is not shown */
	int64_t newest_in;
	int64_t shift; /* slot number = source number + shift */
	uint32_t newest_in_timestamp;
	uint32_t newest_timestamp; /* and what it became */
	uint32_t n_frames; /* the latest of them are remembered */
	uint32_t frame_in[RLY_ROUTE_FRAMES];
	uint32_t frame_out[RLY_ROUTE_FRAMES];
};

struct rly_route {
	uint32_t rate; /* of the slot's clock */
	bool picture;
	uint16_t desired; /* stream id of the source it should carry; 0: none */
	bool awaits_keyframe; /* waits for a key frame of desired */
	struct rly_route_segment run;
	struct rly_route_segment past; /* the run before, whose gaps late repairs may still fill */
	bool begun;
	int64_t newest_out;
	uint32_t newest_timestamp;
	uint64_t switches;
};

/* One packet as the route is asked about it. */
struct rly_route_input {
	uint16_t stream;
	struct rly_arrival arrival;
	uint32_t timestamp; /* the source's */
	bool keyframe; /* rtp_starts_keyframe() */
	bool mapped; /* axis is from the source's clock; else it is its arrival */
	uint32_t axis; /* the timestamp on the slot's time axis */
	uint32_t arrived; /* and that of its arrival */
};

struct rly_route_output {
	int64_t sequence; /* extended, the slot's */
	uint32_t timestamp;
	bool switched; /* the first packet of a new run */
	bool odd; /* the source's time was not believed */
};

/* first_sequence: where the slot's numbering begins, 0..32767 at random. */
void rly_route_init(struct rly_route *route, uint32_t rate, int64_t first_sequence);

/* stream 0 takes the source off the slot. The same as before changes nothing. */
void rly_route_set(struct rly_route *route, uint16_t stream);

/* True where this stream may matter to the slot: cheap, for every packet. */
bool rly_route_matches(const struct rly_route *route, uint16_t stream);

/* True: send it on as *ret_passed says. False: it is not for this slot now. */
bool rly_route_forward(struct rly_route *route, const struct rly_route_input *packet,
	struct rly_route_output *ret_passed);

/* The stream a key frame is needed of, or 0. */
uint16_t rly_route_wants_keyframe(const struct rly_route *route);

#endif
