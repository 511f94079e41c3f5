/*
 * How the packets of one stream arrive, for the receiver report about it (RFC 3550 section 6.4.1,
 * appendices A.3 and A.8). Who receives decides what is a new numbering; this counts. Pure; times
 * in microseconds of any steady clock.
 */
#ifndef DIEMCAU_PROTO_MEDIA_RECEIVE_STATS_H
#define DIEMCAU_PROTO_MEDIA_RECEIVE_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "proto/media/rtcp.h"

/* Zeroed is ready for rtcp_receive_stats_begin(). */
struct rtcp_receive_stats {
	int64_t first; /* extended sequence numbers, of the present numbering */
	int64_t newest;
	uint64_t packets; /* of the present numbering; late ones and copies count too */
	uint64_t expected_before; /* at the last report */
	uint64_t packets_before;
	bool timed; /* transit is of a packet of the present numbering */
	uint32_t transit;
	uint32_t jitter; /* timestamp units, times 16 */
	uint32_t last_sr; /* middle of its NTP time; 0: none */
	int64_t last_sr_us;
};

/* A numbering begins, with the packet given next: counts start over, the sender report stays. */
void rtcp_receive_stats_begin(struct rtcp_receive_stats *stats, int64_t first);

/*
 * A packet of the present numbering came. rate is the stream's clock rate. What comes late or twice
 * counts as come, and says nothing of jitter.
 */
void rtcp_receive_stats_packet(struct rtcp_receive_stats *stats, int64_t sequence,
	uint32_t timestamp, uint32_t rate, int64_t now_us);

/* A sender report of the stream came. */
void rtcp_receive_stats_report(
	struct rtcp_receive_stats *stats, const struct rtcp_sender_info *report, int64_t now_us);

/* What to report about the stream: nothing lost where nothing came. Begins the next period. */
void rtcp_receive_stats_block(struct rtcp_receive_stats *stats, uint32_t ssrc, int64_t now_us,
	struct rtcp_block *ret_block);

#endif
