/* Authenticates and counts received packets. */
#include "endpoint/media/receive/rtp_receiver.h"

#include <string.h>

#include "proto/media/rtp.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/ssrc.h"

static void begin_key(struct ep_rtp_receiver *rtp_receiver)
{
	memset(rtp_receiver->refused, 0, sizeof(rtp_receiver->refused));
	rtp_receiver->group_key_spent = false;
}

int ep_rtp_receiver_open(struct ep_rtp_receiver *rtp_receiver, const struct media_key *group_key)
{
	struct media_receiver *receiver;
	int r = media_receiver_create(group_key, &receiver);
	if (r != 0) {
		return r;
	}
	ep_rtp_receiver_close(rtp_receiver);
	rtp_receiver->receiver = receiver;
	memset(rtp_receiver->slot_stats, 0, sizeof(rtp_receiver->slot_stats));
	begin_key(rtp_receiver);
	return 0;
}

void ep_rtp_receiver_close(struct ep_rtp_receiver *rtp_receiver)
{
	media_receiver_destroy(rtp_receiver->receiver);
	rtp_receiver->receiver = NULL;
}

int ep_rtp_receiver_add_key(struct ep_rtp_receiver *rtp_receiver, const struct media_key *group_key)
{
	begin_key(rtp_receiver);
	return media_receiver_add_key(rtp_receiver->receiver, group_key);
}

static unsigned slot_of(const uint8_t *data, size_t size)
{
	uint32_t ssrc;
	if (media_peek_ssrc(data, size, &ssrc) != 0) {
		return MEDIA_SLOTS;
	}
	uint16_t stream = media_stream_of(ssrc);
	bool ours = media_stream_is_slot(stream) && media_stream_slot(stream) < MEDIA_SLOTS;
	return ours ? media_stream_slot(stream) : MEDIA_SLOTS;
}

static void count_packet(struct ep_rtp_receiver *rtp_receiver, unsigned slot, const uint8_t *data,
	size_t size, int64_t now_us)
{
	uint32_t rate = slot < MEDIA_SLOT_VOICE ? MEDIA_RATE_VIDEO : MEDIA_RATE_AUDIO;
	rtp_receiver->received.slot_packets[slot]++;
	struct rtp_packet packet;
	if (rtp_parse(data, size, &packet) == 0) {
		ep_receive_stats_packet(
			&rtp_receiver->slot_stats[slot], &packet.header, rate, now_us);
	}
}

static void count_failure(struct ep_rtp_receiver *rtp_receiver, unsigned slot)
{
	rtp_receiver->received.auth_failures++;
	if (slot < MEDIA_SLOTS) {
		rtp_receiver->received.slot_auth_failures[slot]++;
	}
}

/* A path that duplicates packets causes no such series: accepted packets come between. */
static void count_refused(struct ep_rtp_receiver *rtp_receiver, unsigned slot, bool rtcp)
{
	struct ep_refused *refused = &rtp_receiver->refused[slot];
	refused->media += !rtcp;
	refused->reports += rtcp;
	rtp_receiver->group_key_spent = rtp_receiver->group_key_spent ||
					refused->media >= EP_REFUSED_MEDIA ||
					refused->reports >= EP_REFUSED_REPORTS;
}

static void count_accepted(struct ep_rtp_receiver *rtp_receiver, unsigned slot, bool rtcp)
{
	if (rtcp) {
		rtp_receiver->refused[slot].reports = 0;
	} else {
		rtp_receiver->refused[slot].media = 0;
	}
}

/* True for a stream that the relay sends us; other streams would use up their room. */
static bool is_expected(const uint8_t *data, size_t size, bool rtcp)
{
	uint32_t ssrc;
	return media_peek_ssrc(data, size, &ssrc) == 0 &&
	       media_relay_sends(ssrc, rtcp, MEDIA_SLOTS);
}

static int unprotect(struct ep_rtp_receiver *rtp_receiver, uint8_t *data, size_t *size, bool rtcp,
	int64_t now_us)
{
	if (!is_expected(data, *size, rtcp)) {
		return MEDIA_UNAUTHENTIC;
	}
	return rtcp ? media_receiver_rtcp(rtp_receiver->receiver, data, size, now_us)
		    : media_receiver_rtp(rtp_receiver->receiver, data, size, now_us);
}

bool ep_rtp_receiver_unprotect(struct ep_rtp_receiver *rtp_receiver, uint8_t *data, size_t *size,
	int64_t now_us, unsigned *ret_slot)
{
	bool rtcp = rtp_is_rtcp(data, *size);
	unsigned slot = slot_of(data, *size);
	*ret_slot = slot;
	if (!rtp_receiver->receiver) {
		return false;
	}
	int r = unprotect(rtp_receiver, data, size, rtcp, now_us);
	if (r == MEDIA_UNAUTHENTIC || r == MEDIA_DISPLACED) {
		count_failure(rtp_receiver, slot);
	}
	if (r == MEDIA_REPLAYED || r == MEDIA_DISPLACED) {
		count_refused(rtp_receiver, slot, rtcp);
	}
	if (r != 0) {
		return false;
	}
	rtp_receiver->received.packets++;
	count_accepted(rtp_receiver, slot, rtcp);
	if (!rtcp) {
		rtp_receiver->received.bytes += *size;
		count_packet(rtp_receiver, slot, data, *size, now_us);
	}
	return true;
}

void ep_rtp_receiver_report(struct ep_rtp_receiver *rtp_receiver, unsigned slot,
	const struct rtcp_sender_info *report, int64_t now_us)
{
	ep_receive_stats_report(&rtp_receiver->slot_stats[slot], report, now_us);
}

size_t ep_rtp_receiver_blocks(
	struct ep_rtp_receiver *rtp_receiver, int64_t now_us, struct rtcp_block blocks[MEDIA_SLOTS])
{
	size_t n = 0;
	for (unsigned slot = 0; slot < MEDIA_SLOTS; slot++) {
		uint32_t ssrc = media_ssrc(0, media_slot_stream((uint16_t)slot));
		n += ep_receive_stats_block(
			&rtp_receiver->slot_stats[slot], ssrc, now_us, &blocks[n]);
	}
	return n;
}
