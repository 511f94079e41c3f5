/* Datagrams from sites: identifies the sender, authenticates, dispatches RTP and RTCP. */
#include <string.h>

#include "coordinator/relay/relay_private.h"
#include "proto/media/ntp.h"

enum {
	/* A slot's packet, with a CSRC and SRTP's tag, in one datagram. */
	PAYLOAD_MAX = RTP_PACKET_MAX - RTP_FIXED_SIZE - 4 - MEDIA_RTP_OVERHEAD,
	KEYFRAME_COST = 2, /* against a rate of one a second: one key frame every two seconds */
	PLI_FROM_RECEIVER_US = 500000, /* one receiver's losses do not cost every other one a key
					* frame each */
	PLI_FROM_JOINER_US = 275000,
	RETRANSMIT_MIN_US = 20000,
	RETRANSMIT_MAX_US = 200000
};

/* The load one receiver may put on all others. */
/* A joining receiver may need program, return picture and content at once. */
static const struct rly_rate keyframe_rate = {1, 3 * KEYFRAME_COST};
static const struct rly_rate rtcp_rate = {RLY_RTCP_PER_SECOND, RLY_RTCP_BURST};
static const struct rly_rate repair_rate = {RLY_REPAIR_PER_SECOND, RLY_REPAIR_BURST};

void rly_slots_subscribed(struct rly_relay *relay, unsigned slots, int64_t now_us)
{
	relay->receivers_stale = true;
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		const struct rly_slot *slot = &relay->slots[i];
		if (slots >> slot->number & 1 && slot->route.picture &&
			!slot->route.awaits_keyframe) {
			rly_request_keyframe(
				relay, slot->route.run.stream, PLI_FROM_JOINER_US, now_us);
		}
	}
}

/* The address a site is sent to has changed. */
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
 * An authentic packet, or a copy of one, came from this address. token: the path response it
 * carried, or 0.
 */
static void update_path(struct rly_relay *relay, struct rly_site *site,
	const struct rly_address *from, uint64_t token, int64_t now_us)
{
	if (token != 0 && rly_path_response(&site->path, from, token, now_us)) {
		path_changed(relay, site, now_us);
	}
	bool from_proven = false;
	if (rly_path_is_proven_at(&site->path, from) ||
		!rly_path_challenge(&site->path, now_us, &from_proven)) {
		return;
	}
	if (from_proven) {
		rly_send_challenge(relay, site, &site->path.receiver.address);
	}
	rly_send_challenge(relay, site, from);
}

static void count_odd_time(struct rly_site *site, int64_t now_us)
{
	rly_meter_add(&site->meter, &(struct rly_sample){.odd = 1}, now_us);
}

/*
 * True if timestamps of the source can be mapped to the relay's time axis: the result may be
 * neither later than the arrival nor long before it.
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
		count_odd_time(site, now_us);
		return false;
	}
	*ret_axis_us = axis_us;
	return true;
}

static bool is_on_slot(const struct rly_relay *relay, uint16_t site_number)
{
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
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
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
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

/*
 * The payload type is one that receivers know (docs/media.md), and the packet fits one datagram to
 * them.
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

/*
 * True if the packet is below the source's limit. The first packet after a dropped one starts a new
 * run: dropped packets leave no gap that every receiver would send NACKs for.
 */
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

/* A source far above its limit cuts off the media of the whole site. */
static bool is_cut(const struct rly_site *site)
{
	for (int i = 0; i < SITE_SOURCES; i++) {
		if (site->sources[i] && site->sources[i]->use.cut) {
			return true;
		}
	}
	return false;
}

static void sample_clock(struct rly_site *site, const struct rly_source *source,
	const struct rly_route_input *input, int64_t now_us)
{
	uint32_t rate = rly_source_rate(media_stream_source(input->stream));
	if (input->arrival.newest && source->has_clock &&
		rly_site_clock_sample(&site->site_clock,
			rly_source_ntp_us(source, input->timestamp, rate), now_us)) {
		count_odd_time(site, now_us);
	}
}

static void handle_rtp(struct rly_relay *relay, struct rly_site *site, const uint8_t *data,
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
	sample_clock(site, source, &input, now_us);
	if (below) {
		route_packet(relay, site, source, &input, &packet, now_us);
	}
}

static struct rly_slot *slot_of(struct rly_relay *relay, uint32_t ssrc)
{
	uint16_t stream = media_stream_of(ssrc);
	if (!media_stream_is_slot(stream) || media_stream_slot(stream) >= MEDIA_SLOTS) {
		return NULL;
	}
	return &relay->slots[media_stream_slot(stream)];
}

/* One round trip, as far as known: a packet that was just retransmitted may still be in flight. */
static int64_t retransmit_interval(const struct rly_site *site)
{
	int64_t us = site->round_trip_us;
	return us < RETRANSMIT_MIN_US   ? RETRANSMIT_MIN_US
	       : us > RETRANSMIT_MAX_US ? RETRANSMIT_MAX_US
					: us;
}

static void retransmit(struct rly_relay *relay, struct rly_site *site, const struct rly_slot *slot,
	const struct rtcp_message *nack, int64_t now_us)
{
	uint16_t sequences[RTCP_NACK_MAX];
	size_t n = rtcp_nack_list(nack, sequences, RTCP_NACK_MAX);
	int64_t interval = retransmit_interval(site);
	for (size_t i = 0; i < n; i++) {
		const struct rtx_packet *packet = rtx_buffer_find(slot->rtx, sequences[i]);
		if (!packet || packet->sequence <= site->joined_at[slot->number] ||
			!rly_nack_history_allows(&site->nack_history, slot->number, sequences[i],
				interval, now_us)) {
			continue;
		}
		rly_meter_add(&site->meter, &(struct rly_sample){.nacked = 1}, now_us);
		if (rly_token_bucket_take(
			    &site->repair_bucket, &repair_rate, packet->size, now_us) &&
			relay->config.egress.send(relay->config.egress.user,
				&site->path.receiver.address, packet->data, packet->size)) {
			relay->sent++;
		}
	}
}

static void handle_nack(struct rly_relay *relay, struct rly_site *site,
	const struct rtcp_message *nack, int64_t now_us)
{
	const struct rly_slot *slot = slot_of(relay, nack->media);
	if (slot && slot->rtx && site->receive >> slot->number & 1) {
		retransmit(relay, site, slot, nack, now_us);
	}
}

static void handle_pli(struct rly_relay *relay, struct rly_site *site,
	const struct rtcp_message *pli, int64_t now_us)
{
	const struct rly_slot *slot = slot_of(relay, pli->media);
	if (!slot || !(site->receive >> slot->number & 1)) {
		return;
	}
	uint16_t stream = slot->route.run.stream;
	/*
	 * A key frame that is already in flight is not requested again and is not charged to this
	 * receiver.
	 */
	if (rly_is_keyframe_due(relay, stream, PLI_FROM_RECEIVER_US, now_us) &&
		rly_token_bucket_take(
			&site->keyframe_bucket, &keyframe_rate, KEYFRAME_COST, now_us)) {
		rly_request_keyframe(relay, stream, PLI_FROM_RECEIVER_US, now_us);
	}
}

/* RFC 3550 section 6.4.1: arrival time minus LSR minus DLSR. */
static void handle_report_blocks(const struct rly_relay *relay, struct rly_site *site,
	const struct rtcp_message *report, int64_t now_us)
{
	uint32_t now = ntp_middle(ntp_from_unix_us(now_us + relay->config.wall_offset_us));
	for (size_t i = 0; i < report->n_blocks; i++) {
		const struct rtcp_block *block = &report->blocks[i];
		uint32_t round_trip = now - block->last_sr - block->delay;
		if (block->last_sr != 0 && round_trip < 10U << 16) {
			site->round_trip_us = (int64_t)((uint64_t)round_trip * 1000000 >> 16);
		}
	}
}

static void handle_sender_report(
	struct rly_site *site, const struct rtcp_message *report, int64_t now_us)
{
	enum media_source number = media_stream_source(media_stream_of(report->sender));
	struct rly_source *source = rly_site_source(site, number);
	if (source) {
		rly_source_report(source, &report->sr, now_us);
	}
}

/* RTCP about received streams counts only from the proven address, where the site receives. */
static void handle_feedback(struct rly_relay *relay, struct rly_site *site,
	const struct rtcp_message *message, int64_t now_us)
{
	switch (message->kind) {
	case RTCP_SR:
	case RTCP_RR:
		handle_report_blocks(relay, site, message, now_us);
		return;
	case RTCP_NACK:
		handle_nack(relay, site, message, now_us);
		return;
	case RTCP_PLI:
		handle_pli(relay, site, message, now_us);
		return;
	case RTCP_OTHER:
	case RTCP_SDES:
	case RTCP_BYE:
	case RTCP_PATH_CHALLENGE:
	case RTCP_PATH_RESPONSE:
		return;
	}
}

/*
 * The next message of the compound whose sender SSRC belongs to the site; messages of other senders
 * are skipped.
 */
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

/* The token of the path response in a compound, or 0. */
static uint64_t find_token(const struct rly_site *site, const uint8_t *data, size_t size)
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

/* The site's key authenticates the whole compound. Above the rate, RTCP is ignored. */
static void handle_rtcp(struct rly_relay *relay, struct rly_site *site, bool from_proven,
	const uint8_t *data, size_t size, int64_t now_us)
{
	struct rtcp_reader reader = {data, size, 0};
	if (!rly_token_bucket_take(&site->rtcp_bucket, &rtcp_rate, 1, now_us)) {
		return;
	}
	struct rtcp_message message;
	while (next_message(site, &reader, &message)) {
		if (message.kind == RTCP_SR) {
			handle_sender_report(site, &message, now_us);
		}
		if (from_proven) {
			handle_feedback(relay, site, &message, now_us);
		}
	}
}

/* The site that the datagram's SSRC names, or NULL. */
static struct rly_site *site_of_ssrc(
	const struct rly_relay *relay, const uint8_t *data, size_t size)
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

/*
 * Refused: sealed by another key, or a replay. A copy of a packet remembered from another address
 * is an answer of the site.
 */
static void handle_refused(struct rly_relay *relay, struct rly_site *site,
	const struct rly_address *from, const uint8_t *tail, int64_t now_us)
{
	if (rly_path_is_proven_at(&site->path, from)) {
		site->refused++;
	} else {
		relay->unknown_packets++;
		rly_unknown_senders_fail(&relay->unknown_senders,
			rly_unknown_senders_bucket(&relay->challenge, from, site->number));
	}
	uint64_t token = 0;
	if (rly_path_find_copy(&site->path, tail, &token)) {
		update_path(relay, site, from, token, now_us);
	}
}

/* True if the datagram came from the proven address. */
static bool record_sender(struct rly_relay *relay, struct rly_site *site,
	const struct rly_address *from, const uint8_t *tail, uint64_t token, int64_t now_us)
{
	if (rly_path_is_proven_at(&site->path, from)) {
		rly_path_received(&site->path, now_us);
	} else {
		rly_path_record_copy(&site->path, tail, token);
	}
	update_path(relay, site, from, token, now_us);
	return rly_path_is_proven_at(&site->path, from);
}

void rly_relay_datagram(struct rly_relay *relay, const struct rly_address *from, uint8_t *data,
	size_t size, int64_t now_us)
{
	relay->received++;
	struct rly_site *site = site_of_ssrc(relay, data, size);
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
		handle_refused(relay, site, from, tail, now_us);
		return;
	}
	uint64_t token = rtcp ? find_token(site, data, size) : 0;
	bool from_proven = record_sender(relay, site, from, tail, token, now_us);
	if (rtcp) {
		handle_rtcp(relay, site, from_proven, data, size, now_us);
	} else {
		handle_rtp(relay, site, data, size, now_us);
	}
}
