/* Protects, stores and reports outgoing packets. */
#include "endpoint/media/send/rtp_sender.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/media/ntp.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/rtx_buffer.h"
#include "proto/media/srtp_sender.h"

enum {
	PAUSE_US = 1000000, /* after this long the relay treats the source as resumed */
	CNAME_SIZE = 32,
};

struct uplink_stream {
	struct rtx_buffer *rtx;
	uint32_t packets;
	uint32_t octets;
	uint32_t timestamp; /* of the latest packet, and its capture time */
	int64_t captured_us;
	unsigned opening; /* packets since the last pause, up to EP_NTP_OPENING */
};

struct ep_rtp_sender {
	uint16_t number;
	int64_t wall_zero_us;
	struct media_sender *sender;
	struct uplink_stream streams[EP_RTP_SENDER_SOURCES];
};

int ep_rtp_sender_create(uint16_t number, const struct media_key *key, int64_t wall_zero_us,
	struct ep_rtp_sender **ret_rtp_sender)
{
	struct ep_rtp_sender *rtp_sender = calloc(1, sizeof(*rtp_sender));
	if (!rtp_sender) {
		return -ENOMEM;
	}
	rtp_sender->number = number;
	rtp_sender->wall_zero_us = wall_zero_us;
	int r = media_sender_create(key, &rtp_sender->sender);
	for (size_t i = 0; r == 0 && i < EP_RTP_SENDER_SOURCES; i++) {
		r = rtx_buffer_create(EP_RTX_PACKETS, &rtp_sender->streams[i].rtx);
	}
	if (r != 0) {
		ep_rtp_sender_destroy(rtp_sender);
		return r;
	}
	*ret_rtp_sender = rtp_sender;
	return 0;
}

void ep_rtp_sender_destroy(struct ep_rtp_sender *rtp_sender)
{
	if (!rtp_sender) {
		return;
	}
	for (size_t i = 0; i < EP_RTP_SENDER_SOURCES; i++) {
		rtx_buffer_destroy(rtp_sender->streams[i].rtx);
	}
	media_sender_destroy(rtp_sender->sender);
	free(rtp_sender);
}

static unsigned clock_rate(enum media_source source)
{
	return source == MEDIA_VOICE ? MEDIA_RATE_AUDIO : MEDIA_RATE_VIDEO;
}

/* Writes the header: our SSRC, and the capture time where a receiver may need it. */
static bool write_packet(struct ep_rtp_sender *rtp_sender, enum media_source source,
	const struct rtp_packet *packet, int64_t captured_us, struct ep_datagram *datagram)
{
	struct uplink_stream *stream = &rtp_sender->streams[source];
	struct rtp_header header = packet->header;
	header.ssrc = media_ssrc(0, media_uplink_stream(rtp_sender->number, source));
	header.has_ntp = stream->opening < EP_NTP_OPENING ||
			 (source != MEDIA_VOICE && rtp_starts_keyframe(packet));
	header.ntp = ntp_from_us(rtp_sender->wall_zero_us + captured_us);
	size_t size;
	if (rtp_build(&header, datagram->data, EP_DATAGRAM_MAX, &size) != 0 ||
		size + packet->payload_size + MEDIA_RTP_OVERHEAD > EP_DATAGRAM_MAX) {
		return false;
	}
	memcpy(datagram->data + size, packet->payload, packet->payload_size);
	datagram->size = size + packet->payload_size;
	return true;
}

static void count(
	struct uplink_stream *stream, const struct rtp_packet *packet, int64_t captured_us)
{
	stream->packets++;
	stream->octets += (uint32_t)packet->payload_size;
	stream->timestamp = packet->header.timestamp;
	stream->captured_us = captured_us;
	stream->opening += stream->opening < EP_NTP_OPENING;
}

bool ep_rtp_sender_rtp(struct ep_rtp_sender *rtp_sender, enum media_source source,
	const uint8_t *rtp, size_t size, int64_t captured_us, struct ep_datagram *ret_datagram)
{
	struct rtp_packet packet;
	if ((unsigned)source >= EP_RTP_SENDER_SOURCES || rtp_parse(rtp, size, &packet) != 0) {
		return false;
	}
	struct uplink_stream *stream = &rtp_sender->streams[source];
	if (captured_us - stream->captured_us > PAUSE_US) {
		stream->opening = 0;
	}
	if (!write_packet(rtp_sender, source, &packet, captured_us, ret_datagram) ||
		media_sender_rtp(rtp_sender->sender, ret_datagram->data, &ret_datagram->size,
			EP_DATAGRAM_MAX) != 0) {
		return false;
	}
	count(stream, &packet, captured_us);
	rtx_buffer_put(stream->rtx, packet.header.sequence, ret_datagram->data, ret_datagram->size);
	return true;
}

const uint8_t *ep_rtp_sender_retransmit(const struct ep_rtp_sender *rtp_sender,
	enum media_source source, uint16_t sequence, size_t *ret_size)
{
	if ((unsigned)source >= EP_RTP_SENDER_SOURCES) {
		return NULL;
	}
	const struct rtx_packet *packet =
		rtx_buffer_find(rtp_sender->streams[source].rtx, sequence);
	if (!packet) {
		return NULL;
	}
	*ret_size = packet->size;
	return packet->data;
}

static struct rtcp_writer writer_of(struct ep_datagram *datagram)
{
	return (struct rtcp_writer){datagram->data, RTCP_COMPOUND_MAX, 0};
}

static bool protect(struct ep_rtp_sender *rtp_sender, const struct rtcp_writer *writer,
	struct ep_datagram *datagram)
{
	datagram->size = writer->size;
	return writer->size > 0 && media_sender_rtcp(rtp_sender->sender, datagram->data,
					   &datagram->size, EP_DATAGRAM_MAX) == 0;
}

bool ep_rtp_sender_report(struct ep_rtp_sender *rtp_sender, enum media_source source,
	int64_t now_us, struct ep_datagram *ret_datagram)
{
	struct uplink_stream *stream = &rtp_sender->streams[source];
	int64_t age_us = now_us - stream->captured_us;
	if (stream->packets == 0 || age_us > EP_REPORT_FRESH_US) {
		return false;
	}
	struct rtcp_sender_info info = {
		.ntp = ntp_from_us(rtp_sender->wall_zero_us + now_us),
		.timestamp = stream->timestamp + (uint32_t)(age_us * clock_rate(source) / 1000000),
		.packets = stream->packets,
		.octets = stream->octets,
	};
	char cname[CNAME_SIZE];
	snprintf(cname, sizeof(cname), "site-%u", (unsigned)rtp_sender->number);
	uint32_t ssrc = media_ssrc(0, media_uplink_stream(rtp_sender->number, source));
	struct rtcp_writer writer = writer_of(ret_datagram);
	rtcp_put_sr(&writer, ssrc, &info, NULL, 0);
	rtcp_put_sdes(&writer, ssrc, cname);
	return protect(rtp_sender, &writer, ret_datagram);
}

bool ep_rtp_sender_keepalive(struct ep_rtp_sender *rtp_sender, const struct rtcp_block *blocks,
	size_t n, struct ep_datagram *ret_datagram)
{
	struct rtcp_writer writer = writer_of(ret_datagram);
	rtcp_put_rr(&writer, media_feedback_ssrc(rtp_sender->number, MEDIA_SLOT_NONE), blocks, n);
	return protect(rtp_sender, &writer, ret_datagram);
}

bool ep_rtp_sender_path_response(
	struct ep_rtp_sender *rtp_sender, uint64_t token, struct ep_datagram *ret_datagram)
{
	struct rtcp_writer writer = writer_of(ret_datagram);
	uint32_t sender = media_feedback_ssrc(rtp_sender->number, MEDIA_SLOT_NONE);
	rtcp_put_rr(&writer, sender, NULL, 0);
	rtcp_put_path_response(&writer, sender, MEDIA_RELAY_STREAM, token);
	return protect(rtp_sender, &writer, ret_datagram);
}

/* Feedback is sent as reduced-size RTCP (RFC 5506): without a report. */
bool ep_rtp_sender_nack(struct ep_rtp_sender *rtp_sender, unsigned slot, const uint16_t *sequences,
	size_t n, struct ep_datagram *ret_datagram)
{
	struct rtcp_writer writer = writer_of(ret_datagram);
	rtcp_put_nack(&writer, media_feedback_ssrc(rtp_sender->number, (uint16_t)slot),
		media_ssrc(0, media_slot_stream((uint16_t)slot)), sequences, n);
	return protect(rtp_sender, &writer, ret_datagram);
}

bool ep_rtp_sender_pli(
	struct ep_rtp_sender *rtp_sender, unsigned slot, struct ep_datagram *ret_datagram)
{
	struct rtcp_writer writer = writer_of(ret_datagram);
	rtcp_put_pli(&writer, media_feedback_ssrc(rtp_sender->number, (uint16_t)slot),
		media_ssrc(0, media_slot_stream((uint16_t)slot)));
	return protect(rtp_sender, &writer, ret_datagram);
}
