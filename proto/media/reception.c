/* Reception of one stream, as RFC 3550 counts it. */
#include "proto/media/reception.h"

#include "proto/media/seq.h"

static const int64_t us_per_second = 1000000;

void rtcp_reception_begin(struct rtcp_reception *reception, int64_t first)
{
	reception->first = first;
	reception->newest = first - 1;
	reception->packets = 0;
	reception->expected_before = 0;
	reception->packets_before = 0;
	reception->timed = false;
}

/* Appendix A.8. A step of a second and more is a pause or a jump of the source's clock. */
static void note_jitter(
	struct rtcp_reception *reception, uint32_t timestamp, uint32_t rate, int64_t now_us)
{
	uint32_t transit =
		(uint32_t)((uint64_t)now_us * rate / (uint64_t)us_per_second) - timestamp;
	int32_t away = timestamp_distance(reception->transit, transit);
	uint32_t size = away < 0 ? 0U - (uint32_t)away : (uint32_t)away;
	if (reception->timed && size < rate) {
		reception->jitter += size - ((reception->jitter + 8) >> 4);
	}
	reception->timed = true;
	reception->transit = transit;
}

void rtcp_reception_packet(struct rtcp_reception *reception, int64_t sequence, uint32_t timestamp,
	uint32_t rate, int64_t now_us)
{
	reception->packets++;
	if (sequence > reception->newest) {
		reception->newest = sequence;
		note_jitter(reception, timestamp, rate, now_us);
	}
}

void rtcp_reception_report(
	struct rtcp_reception *reception, const struct rtcp_sender_info *report, int64_t now_us)
{
	reception->last_sr = ntp_middle(report->ntp);
	reception->last_sr_us = now_us;
}

static uint64_t expected_packets(const struct rtcp_reception *reception)
{
	return reception->packets ? (uint64_t)(reception->newest - reception->first + 1) : 0;
}

/* Repairs may make more packets of a period than were expected: none lost then. */
static uint8_t fraction_lost(const struct rtcp_reception *reception, uint64_t expected)
{
	uint64_t due = expected - reception->expected_before;
	uint64_t came = reception->packets - reception->packets_before;
	uint64_t fraction = due > came ? (due - came) * 256 / due : 0;
	return (uint8_t)(fraction < UINT8_MAX ? fraction : UINT8_MAX);
}

void rtcp_reception_block(struct rtcp_reception *reception, uint32_t ssrc, int64_t now_us,
	struct rtcp_block *ret_block)
{
	uint64_t expected = expected_packets(reception);
	int64_t delay = (now_us - reception->last_sr_us) * 65536 / us_per_second;
	*ret_block = (struct rtcp_block){
		.ssrc = ssrc,
		.fraction_lost = fraction_lost(reception, expected),
		.lost = (int32_t)((int64_t)expected - (int64_t)reception->packets),
		.highest = (uint32_t)((uint64_t)reception->newest & UINT32_MAX),
		.jitter = reception->jitter >> 4,
		.last_sr = reception->last_sr,
		.delay = reception->last_sr ? (uint32_t)delay : 0,
	};
	reception->expected_before = expected;
	reception->packets_before = reception->packets;
}
