/* Datagrams of sites: who sent it, is it genuine, what is it for. */
#include "coordinator/relay/inside.h"

enum {
	PLI_FROM_RECEIVER_US = 500000, /* one receiver's losses do not cost all a key frame each */
	PLI_FROM_JOINER_US = 275000,
	ANSWER_LEAST_US = 20000,
	ANSWER_MOST_US = 200000
};

void rly_slots_joined(struct rly_relay *relay, unsigned slots, int64_t now_us)
{
	relay->receivers_stale = true;
	for (size_t i = 0; i < RLY_SLOTS; i++) {
		const struct rly_slot *slot = &relay->slots[i];
		if (slots >> slot->number & 1 && slot->route.picture && !slot->route.holding) {
			rly_want_keyframe(
				relay, slot->route.run.stream, PLI_FROM_JOINER_US, now_us);
		}
	}
}

/* The address follows the site: whoever proves the key, from wherever. */
static void latch(struct rly_relay *relay, struct rly_site *site, const struct rly_address *from,
	int64_t now_us)
{
	site->heard_us = now_us;
	if (site->latched && rly_address_same(&site->receiver.address, from)) {
		return;
	}
	site->receiver = (struct rly_receiver){.address = *from, .plain = false};
	site->latched = true;
	relay->changed = true;
	rly_slots_joined(relay, site->receive, now_us);
	rly_send_receiver_report(relay, site, now_us);
}

/* True where timestamps of the source can be put on the relay's time axis. */
static bool map_time(struct rly_site *site, const struct rly_source *source, uint32_t timestamp,
	uint32_t rate, int64_t now_us, int64_t *ret_axis_us)
{
	*ret_axis_us = now_us;
	if (!source->has_clock) {
		return false;
	}
	int64_t ntp_us = rly_source_ntp_us(source, timestamp, rate);
	*ret_axis_us = ntp_us + rly_timeline_offset(&site->timeline, now_us);
	return true;
}

static bool is_on_slot(const struct rly_relay *relay, uint16_t site_number)
{
	for (size_t i = 0; i < RLY_SLOTS; i++) {
		if (media_stream_site(relay->slots[i].route.run.stream) == site_number) {
			return true;
		}
	}
	return false;
}

static void route_packet(struct rly_relay *relay, struct rly_site *site,
	const struct rly_source *source, struct rly_passing *passing,
	const struct rtp_packet *packet, int64_t now_us)
{
	int64_t axis_us = 0;
	bool prepared = false;
	for (size_t i = 0; i < RLY_SLOTS; i++) {
		struct rly_slot *slot = &relay->slots[i];
		if (!rly_route_concerns(&slot->route, passing->stream)) {
			continue;
		}
		if (!prepared) {
			passing->keyframe = rtp_starts_keyframe(packet);
			if (!is_on_slot(relay, site->number)) {
				rly_timeline_step(&site->timeline, now_us);
			}
			passing->mapped = map_time(site, source, passing->timestamp,
				rly_source_rate(media_stream_source(passing->stream)), now_us,
				&axis_us);
			prepared = true;
		}
		passing->axis = rly_slot_axis(slot, axis_us);
		rly_slot_take(relay, slot, site, passing, packet, now_us);
	}
}

static void take_rtp(struct rly_relay *relay, struct rly_site *site, const uint8_t *data,
	size_t size, int64_t now_us)
{
	struct rtp_packet packet;
	if (rtp_parse(data, size, &packet)) {
		return;
	}
	uint16_t stream = media_stream_of(packet.header.ssrc);
	enum media_source number = media_stream_source(stream);
	struct rly_source *source = rly_site_source(site, number);
	struct rly_passing passing = {.stream = stream, .timestamp = packet.header.timestamp};
	uint32_t rate = rly_source_rate(number);
	int64_t newest = source ? source->reception.newest : 0;
	if (!source || !rly_source_packet(source, &packet, rate, now_us, &passing.arrival)) {
		return;
	}
	site->packets++;
	site->media_us = now_us;
	int64_t ahead = passing.arrival.resumed ? 1 : source->reception.newest - newest;
	rly_meter_add(&site->meter,
		&(struct rly_sample){.bytes = size, .expected = (uint64_t)ahead}, now_us);
	if (passing.arrival.newest && source->has_clock) {
		rly_timeline_sample(&site->timeline,
			rly_source_ntp_us(source, passing.timestamp, rate), now_us);
	}
	route_packet(relay, site, source, &passing, &packet, now_us);
}

static struct rly_slot *slot_of(struct rly_relay *relay, uint32_t ssrc)
{
	uint16_t stream = media_stream_of(ssrc);
	if (!media_stream_is_slot(stream) || media_stream_slot(stream) >= RLY_SLOTS) {
		return NULL;
	}
	return &relay->slots[media_stream_slot(stream)];
}

/* One round trip, as far as it is known: what was just sent again may still be on its way. */
static int64_t answer_interval(const struct rly_site *site)
{
	int64_t us = site->round_trip_us;
	return us < ANSWER_LEAST_US ? ANSWER_LEAST_US : us > ANSWER_MOST_US ? ANSWER_MOST_US : us;
}

static void repair(struct rly_relay *relay, struct rly_site *site, const struct rly_slot *slot,
	const struct rtcp_message *nack, int64_t now_us)
{
	uint16_t sequences[RTCP_NACK_MAX];
	size_t n = rtcp_nack_list(nack, sequences, RTCP_NACK_MAX);
	int64_t interval = answer_interval(site);
	for (size_t i = 0; i < n; i++) {
		const struct rly_ring_packet *packet = rly_ring_find(slot->ring, sequences[i]);
		if (!packet || !rly_answered_allows(&site->answered, slot->number, sequences[i],
				       interval, now_us)) {
			continue;
		}
		rly_meter_add(&site->meter, &(struct rly_sample){.asked = 1}, now_us);
		if (rly_budget_spend(&site->budget, packet->size, now_us) &&
			relay->config.outlet.send(relay->config.outlet.user,
				&site->receiver.address, packet->data, packet->size)) {
			relay->sent++;
		}
	}
}

static void take_nack(struct rly_relay *relay, struct rly_site *site,
	const struct rtcp_message *nack, int64_t now_us)
{
	const struct rly_slot *slot = slot_of(relay, nack->media);
	if (slot && slot->ring && site->receive >> slot->number & 1) {
		repair(relay, site, slot, nack, now_us);
	}
}

static void take_pli(struct rly_relay *relay, const struct rly_site *site,
	const struct rtcp_message *pli, int64_t now_us)
{
	const struct rly_slot *slot = slot_of(relay, pli->media);
	if (slot && site->receive >> slot->number & 1) {
		rly_want_keyframe(relay, slot->route.run.stream, PLI_FROM_RECEIVER_US, now_us);
	}
}

/* RFC 3550 section 6.4.1: arrival, less the time of our report, less how long it was held. */
static void take_blocks(const struct rly_relay *relay, struct rly_site *site,
	const struct rtcp_message *report, int64_t now_us)
{
	uint32_t now = ntp_middle(
		ntp_from_us(now_us + relay->config.wall_offset_us) + (2208988800ULL << 32));
	for (size_t i = 0; i < report->n_blocks; i++) {
		const struct rtcp_block *block = &report->blocks[i];
		uint32_t trip = now - block->last_sr - block->delay;
		if (block->last_sr != 0 && trip < 10U << 16) {
			site->round_trip_us = (int64_t)((uint64_t)trip * 1000000 >> 16);
		}
	}
}

static void take_sender_report(
	struct rly_site *site, const struct rtcp_message *report, int64_t now_us)
{
	enum media_source number = media_stream_source(media_stream_of(report->sender));
	struct rly_source *source = rly_site_source(site, number);
	if (source) {
		rly_source_report(source, &report->sr, now_us);
	}
}

static void take_message(struct rly_relay *relay, struct rly_site *site,
	const struct rtcp_message *message, int64_t now_us)
{
	switch (message->kind) {
	case RTCP_SR:
		take_sender_report(site, message, now_us);
		take_blocks(relay, site, message, now_us);
		return;
	case RTCP_RR:
		take_blocks(relay, site, message, now_us);
		return;
	case RTCP_NACK:
		take_nack(relay, site, message, now_us);
		return;
	case RTCP_PLI:
		take_pli(relay, site, message, now_us);
		return;
	case RTCP_OTHER:
	case RTCP_SDES:
	case RTCP_BYE:
		return;
	}
}

/* A site's key proves the whole compound; a sender that is another site's is passed over. */
static void take_rtcp(struct rly_relay *relay, struct rly_site *site, const uint8_t *data,
	size_t size, int64_t now_us)
{
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		uint16_t sender = media_stream_of(message.sender);
		if (!media_stream_is_slot(sender) && media_stream_site(sender) == site->number) {
			take_message(relay, site, &message, now_us);
		}
	}
}

void rly_relay_datagram(struct rly_relay *relay, const struct rly_address *from, uint8_t *data,
	size_t size, int64_t now_us)
{
	uint32_t ssrc = 0;
	relay->received++;
	bool named = media_peek_ssrc(data, size, &ssrc) == 0 &&
		     !media_stream_is_slot(media_stream_of(ssrc));
	struct rly_site *site =
		named ? relay->by_number[media_stream_site(media_stream_of(ssrc))] : NULL;
	if (!site || !site->uplink || site->barred) {
		relay->strangers++;
		return;
	}
	bool rtcp = rtp_is_rtcp(data, size);
	int refused = rtcp ? media_receiver_rtcp(site->uplink, data, &size)
			   : media_receiver_rtp(site->uplink, data, &size, now_us);
	if (refused) {
		return;
	}
	latch(relay, site, from, now_us);
	if (rtcp) {
		take_rtcp(relay, site, data, size, now_us);
	} else {
		take_rtp(relay, site, data, size, now_us);
	}
}
