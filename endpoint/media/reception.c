/* Reception of one slot, as RFC 3550 counts it. */
#include "endpoint/media/reception.h"

#include "proto/media/seq.h"

static void begin(struct ep_reception *reception, uint16_t sequence)
{
	reception->seen = true;
	reception->first = sequence;
	reception->newest = sequence;
	reception->packets = 0;
	reception->expected_before = 0;
	reception->packets_before = 0;
}

/* RFC 3550 A.8, of packets in order: a repair says nothing of the line. */
static void note_jitter(struct ep_reception *reception, uint32_t timestamp, unsigned rate,
	int64_t now_us, bool comparable)
{
	uint32_t transit = (uint32_t)((uint64_t)now_us * rate / 1000000U) - timestamp;
	int32_t away = timestamp_distance(reception->transit, transit);
	uint32_t size = away < 0 ? 0U - (uint32_t)away : (uint32_t)away;
	if (comparable && size < rate) {
		reception->jitter += size - ((reception->jitter + 8) >> 4);
	}
	reception->transit = transit;
}

void ep_reception_packet(struct ep_reception *reception, const struct rtp_header *header,
	unsigned rate, int64_t now_us)
{
	int64_t sequence = seq_extend(reception->newest, header->sequence);
	int64_t ahead = sequence - reception->newest;
	bool begun = reception->seen && ahead <= EP_RECEPTION_GAP_MAX &&
		     ahead >= -EP_RECEPTION_MISORDER_MAX;
	if (!begun) {
		begin(reception, header->sequence);
	}
	if (!begun || ahead > 0) {
		reception->newest = begun ? sequence : reception->newest;
		note_jitter(reception, header->timestamp, rate, now_us, begun);
	}
	reception->packets++;
	reception->heard_us = now_us;
}

void ep_reception_report(
	struct ep_reception *reception, const struct rtcp_sender_info *report, int64_t now_us)
{
	reception->last_sr = ntp_middle(report->ntp);
	reception->last_sr_us = now_us;
}

/* Repairs may make more packets of a period than were expected: none lost then. */
static uint8_t fraction_lost(const struct ep_reception *reception, uint64_t expected)
{
	uint64_t due = expected - reception->expected_before;
	uint64_t came = reception->packets - reception->packets_before;
	return (uint8_t)(due > came ? (due - came) * 255 / due : 0);
}

bool ep_reception_block(
	struct ep_reception *reception, uint32_t ssrc, int64_t now_us, struct rtcp_block *ret_block)
{
	if (!reception->seen || now_us - reception->heard_us > EP_RECEPTION_FRESH_US) {
		return false;
	}
	uint64_t expected = (uint64_t)(reception->newest - reception->first + 1);
	int64_t delay = (now_us - reception->last_sr_us) * 65536 / 1000000;
	*ret_block = (struct rtcp_block){
		.ssrc = ssrc,
		.fraction_lost = fraction_lost(reception, expected),
		.lost = (int32_t)((int64_t)expected - (int64_t)reception->packets),
		.highest = (uint32_t)((uint64_t)reception->newest & 0xFFFFFFFF),
		.jitter = reception->jitter >> 4,
		.last_sr = reception->last_sr,
		.delay = reception->last_sr ? (uint32_t)delay : 0,
	};
	reception->expected_before = expected;
	reception->packets_before = reception->packets;
	return true;
}
