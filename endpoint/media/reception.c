/* How a slot arrives: see reception.h. */
#include "endpoint/media/reception.h"

#include "proto/media/seq.h"

void ep_reception_packet(struct ep_reception *reception, const struct rtp_header *header,
	uint32_t rate, int64_t now_us)
{
	struct rtcp_reception *counts = &reception->counts;
	int64_t sequence = seq_extend(counts->newest, header->sequence);
	int64_t ahead = sequence - counts->newest;
	if (!reception->seen || ahead > EP_RECEPTION_GAP_MAX ||
		ahead < -EP_RECEPTION_MISORDER_MAX) {
		reception->seen = true;
		sequence = header->sequence;
		rtcp_reception_begin(counts, sequence);
	}
	rtcp_reception_packet(counts, sequence, header->timestamp, rate, now_us);
	reception->heard_us = now_us;
}

void ep_reception_report(
	struct ep_reception *reception, const struct rtcp_sender_info *report, int64_t now_us)
{
	rtcp_reception_report(&reception->counts, report, now_us);
}

bool ep_reception_block(
	struct ep_reception *reception, uint32_t ssrc, int64_t now_us, struct rtcp_block *ret_block)
{
	if (!reception->seen || now_us - reception->heard_us > EP_RECEPTION_FRESH_US) {
		return false;
	}
	rtcp_reception_block(&reception->counts, ssrc, now_us, ret_block);
	return true;
}
