/*
 * Receive statistics of one slot, for its receiver report: detects a new numbering, and decides
 * when to report. From the report the relay derives the round trip, and answers a NACK once in that
 * time. Pure; times in microseconds of any monotonic clock.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_RECEIVE_RECEIVE_COUNTERS_H
#define DIEMCAU_ENDPOINT_MEDIA_RECEIVE_RECEIVE_COUNTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "proto/media/receive_stats.h"
#include "proto/media/rtp.h"

enum {
	EP_RECEIVE_FRESH_US = 2000000, /* a slot silent for this long is not reported */
	EP_RECEIVE_GAP_MAX = 3000, /* a wider jump, or one further back than MISORDER, is a new
				    * numbering */
	EP_RECEIVE_MISORDER_MAX = 1000, /* retransmissions come late; RFC 3550 A.1 uses 100 without
					 * them */
};

/* Begin with all bytes zero. */
struct ep_receive_stats {
	bool started;
	int64_t received_us;
	struct rtcp_receive_stats counts;
};

void ep_receive_stats_packet(struct ep_receive_stats *stats, const struct rtp_header *header,
	uint32_t rate, int64_t now_us);

/* Records a sender report of the slot. */
void ep_receive_stats_report(
	struct ep_receive_stats *stats, const struct rtcp_sender_info *report, int64_t now_us);

/* The report block, SSRC included; false if there is nothing to report. Begins the next period. */
bool ep_receive_stats_block(struct ep_receive_stats *stats, uint32_t ssrc, int64_t now_us,
	struct rtcp_block *ret_block);

#endif
