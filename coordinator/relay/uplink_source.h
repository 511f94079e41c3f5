/*
 * One stream a site sends, as the relay receives it: numbering, losses and what to ask again, the
 * source's clock, jitter. Pure; times in microseconds of the relay's monotonic clock.
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
	RLY_MISSING_MAX = 128, /* numbers waited for at one time */
	RLY_REORDER_US = 20000, /* a gap younger than this may be reordering */
	RLY_NACK_AGAIN_US = 60000, /* or a round trip, where that is longer: it may be on its way */
	RLY_NACK_AGAIN_MOST_US = 400000,
	RLY_NACK_TRIES = 4,
	RLY_MISSING_US = 1000000, /* then it is given up */
	RLY_OUTAGE_US = 1000000, /* no packet for so long, with packets lost: an outage */
	RLY_OUTAGE_PACKETS = 1000, /* a jump this wide is one at any rate */
	RLY_SOURCE_WINDOW = 4096 /* older than this is numbering begun afresh */
};

struct rly_missing {
	int64_t sequence;
	int64_t since_us;
	int64_t ask_us; /* when to ask (again) */
	uint8_t tries;
};

struct rly_source {
	bool seen;
	bool restarted; /* the next packet begins a new numbering */
	struct rtcp_receive_stats stats; /* of the present numbering */
	int64_t arrived_us; /* of the newest */
	uint64_t lost; /* numbers that had to be asked for */
	uint64_t repaired; /* and came */

	bool has_clock; /* NTP time of one timestamp */
	bool clock_in_packets; /* by header extension: better than a sender report */
	int64_t clock_ntp_us;
	uint32_t clock_timestamp;
	int64_t clock_us; /* when it was learnt */

	struct rly_uplink_usage use;
	bool dropped; /* something above its ceiling, since it was last passed on */

	struct rly_throttle keyframe; /* when one was asked for */
	size_t n_missing;
	struct rly_missing missing[RLY_MISSING_MAX];
};

/* How one packet stands in its stream. */
struct rly_arrival {
	int64_t sequence; /* extended */
	bool newest; /* ahead of all before it */
	bool resumed; /* the first after an outage or a new numbering: treat as a switch */
};

/*
 * Takes note of a packet. False: of a numbering given up, or a duplicate of one given up; drop it.
 * rate is the stream's clock rate. Begin with all bytes zero.
 */
bool rly_source_packet(struct rly_source *source, const struct rtp_packet *packet, uint32_t rate,
	int64_t now_us, struct rly_arrival *ret_arrival);

/* Another process sends it from now on: numbers and clock begin afresh. */
void rly_source_restart(struct rly_source *source);

/* Takes note of a sender report. */
void rly_source_report(
	struct rly_source *source, const struct rtcp_sender_info *report, int64_t now_us);

/* The NTP time of a timestamp, in microseconds; call only where has_clock. */
int64_t rly_source_ntp_us(const struct rly_source *source, uint32_t timestamp, uint32_t rate);

/*
 * The numbers to ask for now, ascending; returns how many, at most capacity. round_trip_us:
 * negative where it is not known.
 */
size_t rly_source_nack(struct rly_source *source, int64_t round_trip_us, int64_t now_us,
	uint16_t *ret_sequences, size_t capacity);

#endif
