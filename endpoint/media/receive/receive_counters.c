/* Receive statistics of a slot: see receive_counters.h. */
#include "endpoint/media/receive/receive_counters.h"

#include "proto/media/seq.h"

void ep_receive_stats_packet(struct ep_receive_stats *stats, const struct rtp_header *header,
	uint32_t rate, int64_t now_us)
{
	struct rtcp_receive_stats *counts = &stats->counts;
	int64_t sequence = seq_extend(counts->newest, header->sequence);
	int64_t ahead = sequence - counts->newest;
	if (!stats->started || ahead > EP_RECEIVE_GAP_MAX || ahead < -EP_RECEIVE_MISORDER_MAX) {
		stats->started = true;
		sequence = header->sequence;
		rtcp_receive_stats_begin(counts, sequence);
	}
	rtcp_receive_stats_packet(counts, sequence, header->timestamp, rate, now_us);
	stats->received_us = now_us;
}

void ep_receive_stats_report(
	struct ep_receive_stats *stats, const struct rtcp_sender_info *report, int64_t now_us)
{
	rtcp_receive_stats_report(&stats->counts, report, now_us);
}

bool ep_receive_stats_block(
	struct ep_receive_stats *stats, uint32_t ssrc, int64_t now_us, struct rtcp_block *ret_block)
{
	if (!stats->started || now_us - stats->received_us > EP_RECEIVE_FRESH_US) {
		return false;
	}
	rtcp_receive_stats_block(&stats->counts, ssrc, now_us, ret_block);
	return true;
}
