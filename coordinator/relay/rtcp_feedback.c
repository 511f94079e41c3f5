/* RTCP from the relay to a site: key frame requests, NACKs, receiver reports, path challenges. */
#include "coordinator/relay/relay_private.h"

enum { ASKED_AT_ONCE = 64, FEEDBACK_SIZE = 512 };

struct feedback {
	_Alignas(8) uint8_t data[FEEDBACK_SIZE];
	struct rtcp_writer writer;
};

/* Every compound begins with a receiver report (RFC 3550 section 6.1), empty or not. */
static void begin(struct feedback *feedback, const struct rtcp_block *blocks, size_t n_blocks)
{
	feedback->writer = (struct rtcp_writer){
		feedback->data, sizeof(feedback->data) - MEDIA_RTCP_OVERHEAD, 0};
	rtcp_put_rr(&feedback->writer, MEDIA_RELAY_STREAM, blocks, n_blocks);
}

static void send_to(
	struct rly_relay *relay, const struct rly_address *to, struct feedback *feedback)
{
	size_t size = feedback->writer.size;
	if (media_sender_rtcp(relay->sender, feedback->data, &size, sizeof(feedback->data)) == 0) {
		relay->config.egress.send(relay->config.egress.user, to, feedback->data, size);
	}
}

static void send(struct rly_relay *relay, const struct rly_site *site, struct feedback *feedback)
{
	if (site->path.proven && !site->barred) {
		send_to(relay, &site->path.receiver.address, feedback);
	}
}

static void put_challenge(
	struct rly_site *site, const struct rly_address *to, struct feedback *feedback)
{
	rtcp_put_path_challenge(&feedback->writer, MEDIA_RELAY_STREAM,
		media_feedback_ssrc(site->number, MEDIA_SLOT_NONE),
		rly_path_token(&site->path, to));
}

void rly_send_challenge(
	struct rly_relay *relay, struct rly_site *site, const struct rly_address *to)
{
	struct feedback feedback;
	begin(&feedback, NULL, 0);
	put_challenge(site, to, &feedback);
	send_to(relay, to, &feedback);
}

/* The site that sends this stream, for a key frame request; NULL if there is none. */
static struct rly_site *sender_of(const struct rly_relay *relay, uint16_t stream)
{
	bool uplink = stream != 0 && !media_stream_is_slot(stream);
	struct rly_site *site = uplink ? relay->by_number[media_stream_site(stream)] : NULL;
	return site && site->path.proven ? site : NULL;
}

bool rly_is_keyframe_due(
	const struct rly_relay *relay, uint16_t stream, int64_t interval_us, int64_t now_us)
{
	struct rly_site *site = sender_of(relay, stream);
	const struct rly_source *source =
		site ? rly_site_source(site, media_stream_source(stream)) : NULL;
	return source && rly_throttle_is_due(&source->keyframe, interval_us, now_us);
}

void rly_request_keyframe(
	struct rly_relay *relay, uint16_t stream, int64_t interval_us, int64_t now_us)
{
	struct rly_site *site = sender_of(relay, stream);
	struct rly_source *source =
		site ? rly_site_source(site, media_stream_source(stream)) : NULL;
	if (!source || !rly_throttle_allows(&source->keyframe, interval_us, now_us)) {
		return;
	}
	struct feedback feedback;
	begin(&feedback, NULL, 0);
	rtcp_put_pli(&feedback.writer, MEDIA_RELAY_STREAM, stream);
	send(relay, site, &feedback);
}

static bool is_routed(const struct rly_relay *relay, uint16_t stream)
{
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		if (rly_route_matches(&relay->slots[i].route, stream)) {
			return true;
		}
	}
	return false;
}

void rly_send_nacks(struct rly_relay *relay, struct rly_site *site, int64_t now_us)
{
	uint16_t sequences[ASKED_AT_ONCE];
	for (int i = 0; i < SITE_SOURCES; i++) {
		struct rly_source *source = site->sources[i];
		uint16_t stream = media_uplink_stream(site->number, (enum media_source)i);
		if (!source || source->n_missing == 0) {
			continue;
		}
		uint64_t lost = source->lost;
		size_t n = rly_source_nack(
			source, site->round_trip_us, now_us, sequences, ASKED_AT_ONCE);
		rly_meter_add(
			&site->meter, &(struct rly_sample){.lost = source->lost - lost}, now_us);
		/* Losses of a stream on no slot are counted, not repaired. */
		if (n > 0 && is_routed(relay, stream)) {
			struct feedback feedback;
			begin(&feedback, NULL, 0);
			rtcp_put_nack(&feedback.writer, MEDIA_RELAY_STREAM, stream, sequences, n);
			send(relay, site, &feedback);
		}
	}
}

void rly_send_receiver_report(struct rly_relay *relay, struct rly_site *site, int64_t now_us)
{
	struct rtcp_block blocks[SITE_SOURCES];
	size_t n = 0;
	for (int i = 0; i < SITE_SOURCES; i++) {
		struct rly_source *source = site->sources[i];
		if (source && source->seen && now_us - source->arrived_us < RLY_REPORTED_US) {
			uint32_t ssrc = media_uplink_stream(site->number, (enum media_source)i);
			rtcp_receive_stats_block(&source->stats, ssrc, now_us, &blocks[n++]);
		}
	}
	struct feedback feedback;
	begin(&feedback, blocks, n);
	if (rly_path_is_consent_due(&site->path, now_us)) {
		put_challenge(site, &site->path.receiver.address, &feedback);
	}
	send(relay, site, &feedback);
	site->rr_us = now_us;
}
