/* Authenticating and counting what a site receives. */
#include "endpoint/media/receiving.h"

#include <string.h>

#include "proto/media/receiver.h"
#include "proto/media/rtp.h"
#include "proto/media/ssrc.h"

static void begin_key(struct ep_receiving *receiving)
{
	memset(receiving->refused, 0, sizeof(receiving->refused));
	receiving->group_key_spent = false;
}

int ep_receiving_open(struct ep_receiving *receiving, const struct media_key *group_key)
{
	struct media_receiver *receiver;
	int r = media_receiver_create(group_key, &receiver);
	if (r != 0) {
		return r;
	}
	ep_receiving_close(receiving);
	receiving->receiver = receiver;
	memset(receiving->receptions, 0, sizeof(receiving->receptions));
	begin_key(receiving);
	return 0;
}

void ep_receiving_close(struct ep_receiving *receiving)
{
	media_receiver_destroy(receiving->receiver);
	receiving->receiver = NULL;
}

int ep_receiving_add_key(struct ep_receiving *receiving, const struct media_key *group_key)
{
	begin_key(receiving);
	return media_receiver_add_key(receiving->receiver, group_key);
}

static unsigned slot_of(const uint8_t *data, size_t size)
{
	uint32_t ssrc;
	if (media_peek_ssrc(data, size, &ssrc) != 0) {
		return EP_SLOTS;
	}
	uint16_t stream = media_stream_of(ssrc);
	bool ours = media_stream_is_slot(stream) && media_stream_slot(stream) < EP_SLOTS;
	return ours ? media_stream_slot(stream) : EP_SLOTS;
}

static void note_packet(struct ep_receiving *receiving, unsigned slot, const uint8_t *data,
	size_t size, int64_t now_us)
{
	struct rtp_packet packet;
	uint32_t rate = slot < MEDIA_SLOT_VOICE ? MEDIA_RATE_VIDEO : MEDIA_RATE_AUDIO;
	receiving->received.slot_packets[slot]++;
	if (rtp_parse(data, size, &packet) == 0) {
		ep_reception_packet(&receiving->receptions[slot], &packet.header, rate, now_us);
	}
}

static void note_failure(struct ep_receiving *receiving, unsigned slot)
{
	receiving->received.auth_failures++;
	if (slot < EP_SLOTS) {
		receiving->received.slot_auth_failures[slot]++;
	}
}

/* A line that doubles packets gives no such row: those taken are between. */
static void note_refused(struct ep_receiving *receiving, unsigned slot, bool rtcp)
{
	struct ep_refused *refused = &receiving->refused[slot];
	refused->media += !rtcp;
	refused->reports += rtcp;
	receiving->group_key_spent = receiving->group_key_spent ||
				     refused->media >= EP_REFUSED_MEDIA ||
				     refused->reports >= EP_REFUSED_REPORTS;
}

static void note_taken(struct ep_receiving *receiving, unsigned slot, bool rtcp)
{
	if (rtcp) {
		receiving->refused[slot].reports = 0;
	} else {
		receiving->refused[slot].media = 0;
	}
}

/* In the name of a stream that the relay sends us; others would take up their room. */
static bool is_expected(const uint8_t *data, size_t size, bool rtcp)
{
	uint32_t ssrc;
	return media_peek_ssrc(data, size, &ssrc) == 0 && media_relay_sends(ssrc, rtcp, EP_SLOTS);
}

static int unprotect(
	struct ep_receiving *receiving, uint8_t *data, size_t *size, bool rtcp, int64_t now_us)
{
	if (!is_expected(data, *size, rtcp)) {
		return MEDIA_UNAUTHENTIC;
	}
	return rtcp ? media_receiver_rtcp(receiving->receiver, data, size, now_us)
		    : media_receiver_rtp(receiving->receiver, data, size, now_us);
}

bool ep_receiving_admit(struct ep_receiving *receiving, uint8_t *data, size_t *size, int64_t now_us,
	unsigned *ret_slot)
{
	bool rtcp = rtp_is_rtcp(data, *size);
	unsigned slot = slot_of(data, *size);
	*ret_slot = slot;
	if (!receiving->receiver) {
		return false;
	}
	int r = unprotect(receiving, data, size, rtcp, now_us);
	if (r == MEDIA_UNAUTHENTIC || r == MEDIA_DISPLACED) {
		note_failure(receiving, slot);
	}
	if (r == MEDIA_REPLAYED || r == MEDIA_DISPLACED) {
		note_refused(receiving, slot, rtcp);
	}
	if (r != 0) {
		return false;
	}
	receiving->received.packets++;
	note_taken(receiving, slot, rtcp);
	if (!rtcp) {
		note_packet(receiving, slot, data, *size, now_us);
	}
	return true;
}

void ep_receiving_report(struct ep_receiving *receiving, unsigned slot,
	const struct rtcp_sender_info *report, int64_t now_us)
{
	ep_reception_report(&receiving->receptions[slot], report, now_us);
}

size_t ep_receiving_blocks(
	struct ep_receiving *receiving, int64_t now_us, struct rtcp_block blocks[EP_SLOTS])
{
	size_t n = 0;
	for (unsigned slot = 0; slot < EP_SLOTS; slot++) {
		uint32_t ssrc = media_ssrc(0, media_slot_stream((uint16_t)slot));
		n += ep_reception_block(&receiving->receptions[slot], ssrc, now_us, &blocks[n]);
	}
	return n;
}
