/* Receive statistics of one stream, as RFC 3550 defines them. */
#include "proto/media/receive_stats.h"

#include "proto/media/ntp.h"
#include "proto/media/seq.h"

static const int64_t us_per_second = 1000000;

void rtcp_receive_stats_begin(struct rtcp_receive_stats *stats, int64_t first)
{
	stats->first = first;
	stats->newest = first - 1;
	stats->packets = 0;
	stats->expected_before = 0;
	stats->packets_before = 0;
	stats->timed = false;
}

/* Appendix A.8. A step of a second or more is a pause or a jump of the source's clock. */
static void update_jitter(
	struct rtcp_receive_stats *stats, uint32_t timestamp, uint32_t rate, int64_t now_us)
{
	uint32_t transit =
		(uint32_t)((uint64_t)now_us * rate / (uint64_t)us_per_second) - timestamp;
	int32_t away = timestamp_distance(stats->transit, transit);
	uint32_t size = away < 0 ? 0U - (uint32_t)away : (uint32_t)away;
	if (stats->timed && size < rate) {
		stats->jitter += size - ((stats->jitter + 8) >> 4);
	}
	stats->timed = true;
	stats->transit = transit;
}

void rtcp_receive_stats_packet(struct rtcp_receive_stats *stats, int64_t sequence,
	uint32_t timestamp, uint32_t rate, int64_t now_us)
{
	stats->packets++;
	if (sequence > stats->newest) {
		stats->newest = sequence;
		update_jitter(stats, timestamp, rate, now_us);
	}
}

void rtcp_receive_stats_report(
	struct rtcp_receive_stats *stats, const struct rtcp_sender_info *report, int64_t now_us)
{
	stats->last_sr = ntp_middle(report->ntp);
	stats->last_sr_us = now_us;
}

static uint64_t expected_packets(const struct rtcp_receive_stats *stats)
{
	return stats->packets ? (uint64_t)(stats->newest - stats->first + 1) : 0;
}

/* Retransmissions may make more packets in a period than expected: the loss is then 0. */
static uint8_t fraction_lost(const struct rtcp_receive_stats *stats, uint64_t expected)
{
	uint64_t due = expected - stats->expected_before;
	uint64_t came = stats->packets - stats->packets_before;
	uint64_t fraction = due > came ? (due - came) * 256 / due : 0;
	return (uint8_t)(fraction < UINT8_MAX ? fraction : UINT8_MAX);
}

void rtcp_receive_stats_block(struct rtcp_receive_stats *stats, uint32_t ssrc, int64_t now_us,
	struct rtcp_block *ret_block)
{
	uint64_t expected = expected_packets(stats);
	int64_t delay = (now_us - stats->last_sr_us) * 65536 / us_per_second;
	*ret_block = (struct rtcp_block){
		.ssrc = ssrc,
		.fraction_lost = fraction_lost(stats, expected),
		.lost = (int32_t)((int64_t)expected - (int64_t)stats->packets),
		.highest = (uint32_t)((uint64_t)stats->newest & UINT32_MAX),
		.jitter = stats->jitter >> 4,
		.last_sr = stats->last_sr,
		.delay = stats->last_sr ? (uint32_t)delay : 0,
	};
	stats->expected_before = expected;
	stats->packets_before = stats->packets;
}
