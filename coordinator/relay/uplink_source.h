/*
 * One stream a site sends, as the relay receives it: numbering, losses and NACKs, the source's
 * clock, jitter. Pure; times in microseconds of the relay's monotonic clock.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_UPLINK_SOURCE_H
#define DIEMCAU_COORDINATOR_RELAY_UPLINK_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/rate_limiter.h"
#include "coordinator/relay/uplink_limit.h"
#include "proto/media/receive_stats.h"
#include "proto/media/rtp.h"

enum rly_source_limits {
	RLY_MISSING_MAX = 128, /* missing numbers tracked at one time */
	RLY_REORDER_US = 20000, /* a gap younger than this may be reordering */
	RLY_NACK_AGAIN_US = 60000, /* or a round trip, if that is longer: a retransmission may be in
				    * flight */
	RLY_NACK_AGAIN_MOST_US = 400000,
	RLY_NACK_TRIES = 4,
	RLY_MISSING_US = 1000000, /* then it counts as lost */
	RLY_OUTAGE_US = 1000000, /* no packet for this long, with packets lost, is an outage */
	RLY_OUTAGE_PACKETS = 1000, /* a jump this wide is always one */
	RLY_SOURCE_WINDOW = 4096 /* a number older than this starts a new numbering */
};

struct rly_missing {
	int64_t sequence;
	int64_t since_us;
	int64_t nack_us; /* time of the next NACK */
	uint8_t tries;
};

struct rly_source {
	bool seen;
	bool restarted; /* the next packet starts a new numbering */
	struct rtcp_receive_stats stats; /* of the present numbering */
	int64_t arrived_us; /* of the newest packet */
	uint64_t lost; /* numbers requested by NACK */
	uint64_t repaired; /* of those, received */

	bool has_clock; /* the NTP time of one timestamp is known */
	bool clock_in_packets; /* from a header extension: more precise than a sender report */
	int64_t clock_ntp_us;
	uint32_t clock_timestamp;
	int64_t clock_us; /* when it was learnt */

	struct rly_uplink_usage use;
	bool dropped; /* a packet was above the limit since the last one passed on */

	struct rly_throttle keyframe; /* time of the last key frame request */
	size_t n_missing;
	struct rly_missing missing[RLY_MISSING_MAX];
};

/* The position of one packet in its stream. */
struct rly_arrival {
	int64_t sequence; /* extended */
	bool newest; /* newer than all before */
	bool resumed; /* the first after an outage or a new numbering: treat as a switch */
};

/*
 * Records a packet. False: it is of an old numbering, or a late duplicate; drop it. rate is the
 * stream's clock rate. Begin with all bytes zero.
 */
bool rly_source_packet(struct rly_source *source, const struct rtp_packet *packet, uint32_t rate,
	int64_t now_us, struct rly_arrival *ret_arrival);

/* A new process sends the stream from now on: numbers and clock start again. */
void rly_source_restart(struct rly_source *source);

/* Records a sender report. */
void rly_source_report(
	struct rly_source *source, const struct rtcp_sender_info *report, int64_t now_us);

/* The NTP time of a timestamp, in microseconds; requires has_clock. */
int64_t rly_source_ntp_us(const struct rly_source *source, uint32_t timestamp, uint32_t rate);

/*
 * The sequence numbers to send NACKs for now, ascending; returns their count, at most capacity.
 * round_trip_us is negative if unknown.
 */
size_t rly_source_nack(struct rly_source *source, int64_t round_trip_us, int64_t now_us,
	uint16_t *ret_sequences, size_t capacity);

#endif
