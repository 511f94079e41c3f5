/*
 * The output of a slot: packets are renumbered, encrypted once, stored, and sent to all receivers.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/relay/relay_private.h"
#include "proto/media/ntp.h"

enum {
	SEQUENCE_FIRST_MAX = 0x7FFF /* RFC 3711 section 3.3.1: far from the first wrap */
};

int rly_slot_init(struct rly_slot *slot, uint16_t number)
{
	struct media_key noise;
	int r = media_key_make(&noise);
	if (r < 0) {
		return r;
	}
	memset(slot, 0, sizeof(*slot));
	slot->number = number;
	bool voice = number >= MEDIA_SLOT_VOICE && number < MEDIA_SLOT_VOICE + MEDIA_SLOT_VOICES;
	uint16_t first;
	memcpy(&first, noise.bytes, sizeof(first));
	memcpy(&slot->axis_base, noise.bytes + sizeof(first), sizeof(slot->axis_base));
	rly_route_init(&slot->route, voice ? MEDIA_RATE_AUDIO : MEDIA_RATE_VIDEO,
		first & SEQUENCE_FIRST_MAX);
	return 0;
}

void rly_slot_set_first_sequence(struct rly_slot *slot, uint16_t first_sequence)
{
	rly_route_init(&slot->route, slot->route.rate, first_sequence);
}

void rly_slot_finish(struct rly_slot *slot)
{
	rtx_buffer_destroy(slot->rtx);
	free(slot->receivers);
}

uint32_t rly_slot_axis(const struct rly_slot *slot, int64_t axis_us)
{
	int64_t seconds = axis_us / 1000000;
	int64_t rest = axis_us % 1000000;
	int64_t ticks =
		seconds * (int64_t)slot->route.rate + rest * (int64_t)slot->route.rate / 1000000;
	return slot->axis_base + (uint32_t)((uint64_t)ticks & 0xFFFFFFFF);
}

/* Writes the packet into its ring entry and encrypts it there. 0 or a refusal. */
static int write_packet(struct rly_relay *relay, struct rtx_packet *entry,
	const struct rtp_header *header, const struct rtp_packet *packet)
{
	size_t size = 0;
	int r = rtp_build(header, entry->data, sizeof(entry->data), &size);
	if (r != 0) {
		return r;
	}
	if (size + packet->payload_size + MEDIA_RTP_OVERHEAD > sizeof(entry->data)) {
		return MEDIA_NO_ROOM;
	}
	memcpy(entry->data + size, packet->payload, packet->payload_size);
	size += packet->payload_size;
	r = media_sender_rtp(relay->sender, entry->data, &size, sizeof(entry->data));
	if (r == 0) {
		entry->size = (uint16_t)size;
	}
	return r;
}

static void enqueue(struct rly_relay *relay, struct rly_slot *slot, struct rtx_packet *entry,
	bool flush_now, int64_t now_us)
{
	if (slot->n_pending == RLY_PENDING_MAX) {
		slot->paced_us = 0;
		rly_slot_flush(relay, slot, now_us);
	}
	if (slot->n_pending == 0) {
		slot->pending_us = now_us;
		slot->flush_now = false;
	}
	slot->pending[slot->n_pending++] = (struct iovec){entry->data, entry->size};
	slot->flush_now = slot->flush_now || flush_now;
}

void rly_slot_take(struct rly_relay *relay, struct rly_slot *slot, struct rly_site *site,
	const struct rly_route_input *input, const struct rtp_packet *packet, int64_t now_us)
{
	struct rly_route_output output;
	if (!rly_route_forward(&slot->route, input, &output)) {
		return;
	}
	if (!slot->rtx && rtx_buffer_create(RLY_RTX_PACKETS, &slot->rtx) < 0) {
		return;
	}
	struct rtx_packet *entry = rtx_buffer_claim(slot->rtx, output.sequence);
	if (!entry) {
		return;
	}
	struct rtp_header header = {
		.marker = packet->header.marker,
		.payload_type = packet->header.payload_type,
		.sequence = (uint16_t)((uint64_t)output.sequence & 0xFFFF),
		.timestamp = output.timestamp,
		.ssrc = media_slot_stream(slot->number),
		.n_csrc = 1,
		.csrc = {site->number},
	};
	if (write_packet(relay, entry, &header, packet) != 0) {
		return;
	}
	if (output.odd) {
		rly_meter_add(&site->meter, &(struct rly_sample){.odd = 1}, now_us);
	}
	relay->changed = relay->changed || output.switched;
	slot->packets++;
	slot->octets += packet->payload_size;
	bool flush_now = header.marker || !slot->route.picture || !input->arrival.newest;
	enqueue(relay, slot, entry, flush_now, now_us);
}

int64_t rly_slot_due(const struct rly_slot *slot)
{
	if (slot->n_pending == 0) {
		return INT64_MAX;
	}
	bool now = slot->flush_now || slot->n_pending >= RLY_PACE_PACKETS;
	int64_t due = slot->pending_us + (now ? 0 : RLY_COALESCE_US);
	int64_t paced = slot->paced_us + (slot->route.picture ? RLY_PACE_US : 0);
	return due > paced ? due : paced;
}

/* Unsent packets stay queued; the ring holds their bytes long enough. */
static void drop_sent(struct rly_slot *slot, size_t n_sent)
{
	slot->n_pending -= n_sent;
	memmove(slot->pending, slot->pending + n_sent, slot->n_pending * sizeof(*slot->pending));
}

void rly_slot_flush(struct rly_relay *relay, struct rly_slot *slot, int64_t now_us)
{
	size_t n_sent = 0;
	while (n_sent < slot->n_pending && n_sent < RLY_PACE_PACKETS) {
		const struct iovec *first = &slot->pending[n_sent];
		size_t n = rly_gso_batch_length(first, slot->n_pending - n_sent);
		struct rly_gso_batch batch = {first, n, (uint16_t)first->iov_len};
		relay->sent += relay->config.egress.fan(
			relay->config.egress.user, &batch, slot->receivers, slot->n_receivers);
		n_sent += n;
	}
	drop_sent(slot, n_sent);
	slot->paced_us = now_us;
}

void rly_slot_send_report(struct rly_relay *relay, struct rly_slot *slot, int64_t now_us)
{
	_Alignas(8) uint8_t data[256];
	struct rtcp_writer writer = {data, sizeof(data) - MEDIA_RTCP_OVERHEAD, 0};
	uint16_t stream = media_slot_stream(slot->number);
	struct rtcp_sender_info info = {
		.ntp = ntp_from_unix_us(now_us + relay->config.wall_offset_us),
		.timestamp = rly_slot_axis(slot, now_us),
		.packets = (uint32_t)(slot->packets & 0xFFFFFFFF),
		.octets = (uint32_t)(slot->octets & 0xFFFFFFFF),
	};
	if (rtcp_put_sr(&writer, stream, &info, NULL, 0) != 0 ||
		rtcp_put_sdes(&writer, stream, relay->config.cname) != 0 ||
		media_sender_rtcp(relay->sender, data, &writer.size, sizeof(data)) != 0) {
		return;
	}
	struct iovec packet = {data, writer.size};
	struct rly_gso_batch batch = {&packet, 1, (uint16_t)writer.size};
	relay->config.egress.fan(
		relay->config.egress.user, &batch, slot->receivers, slot->n_receivers);
}

static bool is_receiver(const struct rly_site *site, const struct rly_slot *slot)
{
	return site->path.proven && !site->barred && site->receive >> slot->number & 1;
}

static void collect(struct rly_relay *relay, struct rly_slot *slot)
{
	slot->n_receivers = 0;
	for (size_t i = 0; i < relay->n_sites; i++) {
		struct rly_site *site = relay->by_number[relay->numbers[i]];
		if (is_receiver(site, slot)) {
			slot->receivers[slot->n_receivers++] = &site->path.receiver;
		}
	}
}

/* The array was sized for all sites when they were added. */
void rly_slots_collect_receivers(struct rly_relay *relay)
{
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		collect(relay, &relay->slots[i]);
	}
	relay->receivers_stale = false;
}
