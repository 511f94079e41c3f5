/*
 * How the packets of one slot arrive, for the receiver report about it: when its numbering begins
 * anew, and when it is worth a report. By that the relay knows the round trip, and answers a NACK
 * once in that time. Pure; times in microseconds of any steady clock.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_RECEIVE_RECEIVE_COUNTERS_H
#define DIEMCAU_ENDPOINT_MEDIA_RECEIVE_RECEIVE_COUNTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "proto/media/receive_stats.h"
#include "proto/media/rtp.h"

enum {
	EP_RECEIVE_FRESH_US = 2000000, /* a slot silent for so long is not reported */
	EP_RECEIVE_GAP_MAX = 3000, /* wider, or further back than MISORDER: numbered anew */
	EP_RECEIVE_MISORDER_MAX = 1000, /* repairs come late; RFC 3550 A.1 has 100 without */
};

/* Zeroed is ready. */
struct ep_receive_stats {
	bool seen;
	int64_t heard_us;
	struct rtcp_receive_stats counts;
};

void ep_receive_stats_packet(struct ep_receive_stats *stats, const struct rtp_header *header,
	uint32_t rate, int64_t now_us);

/* A sender report of the slot. */
void ep_receive_stats_report(
	struct ep_receive_stats *stats, const struct rtcp_sender_info *report, int64_t now_us);

/* What to report, SSRC included; false while there is nothing to say. Begins the next period. */
bool ep_receive_stats_block(struct ep_receive_stats *stats, uint32_t ssrc, int64_t now_us,
	struct rtcp_block *ret_block);

#endif
