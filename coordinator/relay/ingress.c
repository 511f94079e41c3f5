/* Datagrams of sites: who sent it, is it genuine, what is it for. */
#include <string.h>

#include "coordinator/relay/relay_private.h"

enum {
	/* A slot's packet, with a CSRC and SRTP's tag, in one datagram. */
	PAYLOAD_MAX = RTP_PACKET_MAX - RTP_FIXED_SIZE - 4 - MEDIA_RTP_OVERHEAD,
	KEYFRAME_COST = 2, /* at one a second of the share: one key frame every two seconds */
	PLI_FROM_RECEIVER_US = 500000, /* one receiver's losses do not cost all a key frame each */
	PLI_FROM_JOINER_US = 275000,
	ANSWER_LEAST_US = 20000,
	ANSWER_MOST_US = 200000
};

/* What one receiver may cost all others, whatever it does. */
/* Program, return picture and content may be joined at once. */
static const struct rly_rate keyframe_rate = {1, 3 * KEYFRAME_COST};
static const struct rly_rate rtcp_rate = {RLY_RTCP_PER_SECOND, RLY_RTCP_BURST};
static const struct rly_rate repair_rate = {RLY_REPAIR_PER_SECOND, RLY_REPAIR_BURST};

void rly_slots_subscribed(struct rly_relay *relay, unsigned slots, int64_t now_us)
{
	relay->receivers_stale = true;
	for (size_t i = 0; i < RLY_SLOTS; i++) {
		const struct rly_slot *slot = &relay->slots[i];
		if (slots >> slot->number & 1 && slot->route.picture &&
			!slot->route.awaits_keyframe) {
			rly_request_keyframe(
				relay, slot->route.run.stream, PLI_FROM_JOINER_US, now_us);
		}
	}
}

/* Where a site may be sent to has changed. */
static void path_changed(struct rly_relay *relay, struct rly_site *site, int64_t now_us)
{
	relay->changed = true;
	relay->receivers_stale = true;
	if (rly_token_bucket_take(&site->keyframe_bucket, &keyframe_rate, KEYFRAME_COST, now_us)) {
		rly_slots_subscribed(relay, site->receive, now_us);
	}
	rly_send_receiver_report(relay, site, now_us);
}

/*
 * Somebody who holds the site's key, or a copy of what it sent, has sent from there. token: what he
 * said back, or 0.
 */
static void heard_from(struct rly_relay *relay, struct rly_site *site,
	const struct rly_address *from, uint64_t token, int64_t now_us)
{
	bool from_proven = false;
	if (token != 0 && rly_path_response(&site->path, from, token, now_us)) {
		path_changed(relay, site, now_us);
	}
	if (rly_path_is_proven_at(&site->path, from) ||
		!rly_path_challenge(&site->path, now_us, &from_proven)) {
		return;
	}
	if (from_proven) {
		rly_send_challenge(relay, site, &site->path.receiver.address);
	}
	rly_send_challenge(relay, site, from);
}

static void note_odd(struct rly_site *site, int64_t now_us)
{
	rly_meter_add(&site->meter, &(struct rly_sample){.odd = 1}, now_us);
}

/*
 * True where timestamps of the source can be put on the relay's time axis: nothing is taken before
 * it comes, and nothing is long under way.
 */
static bool map_time(struct rly_site *site, const struct rly_source *source, uint32_t timestamp,
	uint32_t rate, int64_t now_us, int64_t *ret_axis_us)
{
	*ret_axis_us = now_us;
	if (!source->has_clock) {
		return false;
	}
	int64_t axis_us = rly_source_ntp_us(source, timestamp, rate) +
			  rly_site_clock_offset(&site->site_clock, now_us);
	if (axis_us - now_us > RLY_ROUTE_AHEAD_US || now_us - axis_us > RLY_ROUTE_BEHIND_US) {
		note_odd(site, now_us);
		return false;
	}
	*ret_axis_us = axis_us;
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
	const struct rly_source *source, struct rly_route_input *input,
	const struct rtp_packet *packet, int64_t now_us)
{
	int64_t axis_us = 0;
	bool prepared = false;
	for (size_t i = 0; i < RLY_SLOTS; i++) {
		struct rly_slot *slot = &relay->slots[i];
		if (!rly_route_matches(&slot->route, input->stream)) {
			continue;
		}
		if (!prepared) {
			input->keyframe = rtp_starts_keyframe(packet);
			if (!is_on_slot(relay, site->number)) {
				rly_site_clock_step(&site->site_clock, now_us);
			}
			input->mapped = map_time(site, source, input->timestamp,
				rly_source_rate(media_stream_source(input->stream)), now_us,
				&axis_us);
			prepared = true;
		}
		input->axis = rly_slot_axis(slot, axis_us);
		input->arrived = rly_slot_axis(slot, now_us);
		rly_slot_take(relay, slot, site, input, packet, now_us);
	}
}

/* One of the kinds that receivers are told of (docs/media.md), and whole in one datagram to them.
 */
static bool is_passed_on(const struct rtp_packet *packet)
{
	enum media_source source = media_stream_source(media_stream_of(packet->header.ssrc));
	bool sound = packet->header.payload_type == MEDIA_PT_OPUS;
	bool picture = packet->header.payload_type == MEDIA_PT_H264 ||
		       packet->header.payload_type == MEDIA_PT_VP8;
	return (source == MEDIA_VOICE ? sound : picture) && rtp_payload_is_whole(packet) &&
	       packet->payload_size <= PAYLOAD_MAX;
}

/* True where the site may have this packet passed on. After one that may not, a source begins anew:
 * what is dropped leaves no gap that all receivers would ask for. */
static bool is_within_limit(struct rly_relay *relay, struct rly_site *site,
	struct rly_source *source, struct rly_route_input *input, const struct rly_sample *sample,
	int64_t now_us)
{
	enum media_source number = media_stream_source(input->stream);
	int64_t numbers = sample->expected > 0 ? (int64_t)sample->expected : 1;
	bool cut = source->use.cut;
	if (!rly_uplink_usage_take(&source->use, rly_uplink_limit_of(&relay->limits, number),
		    sample->bytes, numbers, now_us)) {
		source->dropped = true;
		rly_meter_add(&site->meter, &(struct rly_sample){.over = 1}, now_us);
	} else if (source->dropped && input->arrival.newest) {
		source->dropped = false;
		input->arrival.resumed = true;
	}
	relay->changed = relay->changed || cut != source->use.cut;
	return !source->dropped;
}

/* One source far above its ceiling ends the media of the whole site. */
static bool is_cut(const struct rly_site *site)
{
	for (int i = 0; i < SITE_SOURCES; i++) {
		if (site->sources[i] && site->sources[i]->use.cut) {
			return true;
		}
	}
	return false;
}

static void take_times(struct rly_site *site, const struct rly_source *source,
	const struct rly_route_input *input, int64_t now_us)
{
	uint32_t rate = rly_source_rate(media_stream_source(input->stream));
	if (input->arrival.newest && source->has_clock &&
		rly_site_clock_sample(&site->site_clock,
			rly_source_ntp_us(source, input->timestamp, rate), now_us)) {
		note_odd(site, now_us);
	}
}

static void take_rtp(struct rly_relay *relay, struct rly_site *site, const uint8_t *data,
	size_t size, int64_t now_us)
{
	struct rtp_packet packet;
	if (rtp_parse(data, size, &packet) != 0) {
		return;
	}
	uint16_t stream = media_stream_of(packet.header.ssrc);
	enum media_source number = media_stream_source(stream);
	struct rly_source *source = rly_site_source(site, number);
	struct rly_route_input input = {.stream = stream, .timestamp = packet.header.timestamp};
	int64_t newest = source ? source->stats.newest : 0;
	if (!source || !is_passed_on(&packet) ||
		!rly_source_packet(
			source, &packet, rly_source_rate(number), now_us, &input.arrival)) {
		return;
	}
	int64_t ahead = input.arrival.resumed ? 1 : source->stats.newest - newest;
	struct rly_sample sample = {.bytes = size, .expected = (uint64_t)ahead};
	rly_meter_add(&site->meter, &sample, now_us);
	bool below = is_within_limit(relay, site, source, &input, &sample, now_us);
	if (is_cut(site)) {
		return;
	}
	site->packets++;
	site->media_us = now_us;
	take_times(site, source, &input, now_us);
	if (below) {
		route_packet(relay, site, source, &input, &packet, now_us);
	}
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
		const struct rly_ring_packet *packet =
			rly_packet_ring_find(slot->ring, sequences[i]);
		if (!packet || !rly_nack_history_allows(&site->nack_history, slot->number,
				       sequences[i], interval, now_us)) {
			continue;
		}
		rly_meter_add(&site->meter, &(struct rly_sample){.asked = 1}, now_us);
		if (rly_token_bucket_take(
			    &site->repair_bucket, &repair_rate, packet->size, now_us) &&
			relay->config.egress.send(relay->config.egress.user,
				&site->path.receiver.address, packet->data, packet->size)) {
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

static void take_pli(struct rly_relay *relay, struct rly_site *site, const struct rtcp_message *pli,
	int64_t now_us)
{
	const struct rly_slot *slot = slot_of(relay, pli->media);
	if (!slot || !(site->receive >> slot->number & 1)) {
		return;
	}
	uint16_t stream = slot->route.run.stream;
	/* One that is on its way, for whomever, is not asked for again and costs nobody's share. */
	if (rly_keyframe_due(relay, stream, PLI_FROM_RECEIVER_US, now_us) &&
		rly_token_bucket_take(
			&site->keyframe_bucket, &keyframe_rate, KEYFRAME_COST, now_us)) {
		rly_request_keyframe(relay, stream, PLI_FROM_RECEIVER_US, now_us);
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

/* About what it receives a site speaks from where it receives. */
static void take_feedback(struct rly_relay *relay, struct rly_site *site,
	const struct rtcp_message *message, int64_t now_us)
{
	switch (message->kind) {
	case RTCP_SR:
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
	case RTCP_PATH_CHALLENGE:
	case RTCP_PATH_RESPONSE:
		return;
	}
}

/* The next message of the compound that the site itself sends; a sender that is another is passed
 * over. */
static bool next_message(
	const struct rly_site *site, struct rtcp_reader *reader, struct rtcp_message *ret_message)
{
	while (rtcp_next(reader, ret_message) == 0) {
		uint16_t sender = media_stream_of(ret_message->sender);
		if (!media_stream_is_slot(sender) && media_stream_site(sender) == site->number) {
			return true;
		}
	}
	return false;
}

/* The token that a compound says back, or 0. */
static uint64_t token_in(const struct rly_site *site, const uint8_t *data, size_t size)
{
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (next_message(site, &reader, &message)) {
		if (message.kind == RTCP_PATH_RESPONSE && message.media == MEDIA_RELAY_STREAM) {
			return message.token;
		}
	}
	return 0;
}

/* A site's key proves the whole compound. Of a flood the rest is passed over. */
static void take_rtcp(struct rly_relay *relay, struct rly_site *site, bool from_proven,
	const uint8_t *data, size_t size, int64_t now_us)
{
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	if (!rly_token_bucket_take(&site->rtcp_bucket, &rtcp_rate, 1, now_us)) {
		return;
	}
	while (next_message(site, &reader, &message)) {
		if (message.kind == RTCP_SR) {
			take_sender_report(site, &message, now_us);
		}
		if (from_proven) {
			take_feedback(relay, site, &message, now_us);
		}
	}
}

/* The site in whose name a datagram comes; NULL: nobody's. */
static struct rly_site *named_site(const struct rly_relay *relay, const uint8_t *data, size_t size)
{
	uint32_t ssrc = 0;
	if (size < RLY_PATH_TAIL || media_peek_ssrc(data, size, &ssrc) != 0 ||
		media_stream_is_slot(media_stream_of(ssrc))) {
		return NULL;
	}
	struct rly_site *site = relay->by_number[media_stream_site(media_stream_of(ssrc))];
	return site && site->uplink && !site->barred ? site : NULL;
}

static bool may_authenticate(struct rly_relay *relay, const struct rly_site *site,
	const struct rly_address *from, int64_t now_us)
{
	return rly_path_is_proven_at(&site->path, from) ||
	       rly_unknown_senders_allow(&relay->unknown_senders,
		       rly_unknown_senders_bucket(&relay->challenge, from, site->number), now_us);
}

/* Refused: somebody else's, or come before. A copy of what came from elsewhere is a sign of life.
 */
static void take_refused(struct rly_relay *relay, struct rly_site *site,
	const struct rly_address *from, const uint8_t *tail, int64_t now_us)
{
	uint64_t token = 0;
	if (rly_path_is_proven_at(&site->path, from)) {
		site->refused++;
	} else {
		relay->unknown_packets++;
		rly_unknown_senders_fail(&relay->unknown_senders,
			rly_unknown_senders_bucket(&relay->challenge, from, site->number));
	}
	if (rly_path_find_copy(&site->path, tail, &token)) {
		heard_from(relay, site, from, token, now_us);
	}
}

/* True where the site is sent to there. */
static bool note_sender(struct rly_relay *relay, struct rly_site *site,
	const struct rly_address *from, const uint8_t *tail, uint64_t token, int64_t now_us)
{
	if (rly_path_is_proven_at(&site->path, from)) {
		rly_path_heard(&site->path, now_us);
	} else {
		rly_path_record_copy(&site->path, tail, token);
	}
	heard_from(relay, site, from, token, now_us);
	return rly_path_is_proven_at(&site->path, from);
}

void rly_relay_datagram(struct rly_relay *relay, const struct rly_address *from, uint8_t *data,
	size_t size, int64_t now_us)
{
	relay->received++;
	struct rly_site *site = named_site(relay, data, size);
	if (!site || !may_authenticate(relay, site, from, now_us)) {
		relay->unknown_packets++;
		return;
	}
	uint8_t tail[RLY_PATH_TAIL];
	memcpy(tail, data + size - sizeof(tail), sizeof(tail));
	bool rtcp = rtp_is_rtcp(data, size);
	int r = rtcp ? media_receiver_rtcp(site->uplink, data, &size, now_us)
		     : media_receiver_rtp(site->uplink, data, &size, now_us);
	if (r != 0) {
		take_refused(relay, site, from, tail, now_us);
		return;
	}
	uint64_t token = rtcp ? token_in(site, data, size) : 0;
	bool from_proven = note_sender(relay, site, from, tail, token, now_us);
	if (rtcp) {
		take_rtcp(relay, site, from_proven, data, size, now_us);
	} else {
		take_rtp(relay, site, data, size, now_us);
	}
}
