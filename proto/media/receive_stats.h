/*
 * Receive statistics of one stream, for its receiver report (RFC 3550 section 6.4.1, appendices A.3
 * and A.8). The caller decides when a new numbering begins. Pure; times in microseconds of any
 * monotonic clock.
 */
#ifndef DIEMCAU_PROTO_MEDIA_RECEIVE_STATS_H
#define DIEMCAU_PROTO_MEDIA_RECEIVE_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "proto/media/rtcp.h"

/* All bytes zero is ready for rtcp_receive_stats_begin(). */
struct rtcp_receive_stats {
	int64_t first; /* extended sequence numbers, of the present numbering */
	int64_t newest;
	uint64_t packets; /* of the present numbering; late packets and duplicates count too */
	uint64_t expected_before; /* at the last report */
	uint64_t packets_before;
	bool timed; /* transit belongs to a packet of the present numbering */
	uint32_t transit;
	uint32_t jitter; /* timestamp units, times 16 */
	uint32_t last_sr; /* middle 32 bits of its NTP time; 0: none */
	int64_t last_sr_us;
};

/* Begins a numbering with the next packet: counts restart, the sender report stays. */
void rtcp_receive_stats_begin(struct rtcp_receive_stats *stats, int64_t first);

/*
 * Records a packet of the present numbering. rate is the stream's clock rate. Late packets and
 * duplicates count as received and do not affect jitter.
 */
void rtcp_receive_stats_packet(struct rtcp_receive_stats *stats, int64_t sequence,
	uint32_t timestamp, uint32_t rate, int64_t now_us);

/* Records a sender report of the stream. */
void rtcp_receive_stats_report(
	struct rtcp_receive_stats *stats, const struct rtcp_sender_info *report, int64_t now_us);

/* The report block of the stream: no loss if no packet was received. Begins the next period. */
void rtcp_receive_stats_block(struct rtcp_receive_stats *stats, uint32_t ssrc, int64_t now_us,
	struct rtcp_block *ret_block);

#endif
