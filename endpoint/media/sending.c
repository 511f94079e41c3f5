/* Protecting, keeping and reporting what a site sends. */
#include "endpoint/media/sending.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint/media/ring.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/sender.h"

enum {
	PAUSE_US = 1000000, /* after so long the relay treats the source as resumed */
	CNAME_SIZE = 32,
};

struct stream {
	struct ep_ring *ring;
	uint32_t packets;
	uint32_t octets;
	uint32_t timestamp; /* of the latest packet, and when it was captured */
	int64_t captured_us;
	unsigned opening; /* packets since the last pause, up to EP_NTP_OPENING */
};

struct ep_sending {
	uint16_t number;
	int64_t wall_zero_us;
	struct media_sender *sender;
	struct stream streams[EP_SENDING_SOURCES];
};

int ep_sending_create(uint16_t number, const struct media_key *key, int64_t wall_zero_us,
	struct ep_sending **ret_sending)
{
	struct ep_sending *sending = calloc(1, sizeof(*sending));
	if (!sending) {
		return -ENOMEM;
	}
	sending->number = number;
	sending->wall_zero_us = wall_zero_us;
	int r = media_sender_create(key, &sending->sender);
	for (size_t i = 0; r == 0 && i < EP_SENDING_SOURCES; i++) {
		sending->streams[i].ring = ep_ring_create();
		r = sending->streams[i].ring ? 0 : -ENOMEM;
	}
	if (r != 0) {
		ep_sending_destroy(sending);
		return r;
	}
	*ret_sending = sending;
	return 0;
}

void ep_sending_destroy(struct ep_sending *sending)
{
	if (!sending) {
		return;
	}
	for (size_t i = 0; i < EP_SENDING_SOURCES; i++) {
		ep_ring_destroy(sending->streams[i].ring);
	}
	media_sender_destroy(sending->sender);
	free(sending);
}

static unsigned clock_rate(enum media_source source)
{
	return source == MEDIA_VOICE ? MEDIA_RATE_AUDIO : MEDIA_RATE_VIDEO;
}

/* The header as it goes out: our SSRC, and the capture time where a receiver may need it. */
static bool write_packet(struct ep_sending *sending, enum media_source source,
	const struct rtp_packet *packet, int64_t captured_us, struct ep_datagram *datagram)
{
	struct stream *stream = &sending->streams[source];
	struct rtp_header header = packet->header;
	header.ssrc = media_ssrc(0, media_uplink_stream(sending->number, source));
	header.has_ntp = stream->opening < EP_NTP_OPENING ||
			 (source != MEDIA_VOICE && rtp_starts_keyframe(packet));
	header.ntp = ntp_from_us(sending->wall_zero_us + captured_us);
	size_t size;
	if (rtp_build(&header, datagram->data, EP_DATAGRAM_MAX, &size) != 0 ||
		size + packet->payload_size + MEDIA_RTP_OVERHEAD > EP_DATAGRAM_MAX) {
		return false;
	}
	memcpy(datagram->data + size, packet->payload, packet->payload_size);
	datagram->size = size + packet->payload_size;
	return true;
}

static void count(struct stream *stream, const struct rtp_packet *packet, int64_t captured_us)
{
	stream->packets++;
	stream->octets += (uint32_t)packet->payload_size;
	stream->timestamp = packet->header.timestamp;
	stream->captured_us = captured_us;
	stream->opening += stream->opening < EP_NTP_OPENING;
}

bool ep_sending_rtp(struct ep_sending *sending, enum media_source source, const uint8_t *rtp,
	size_t size, int64_t captured_us, struct ep_datagram *ret_datagram)
{
	struct rtp_packet packet;
	if ((unsigned)source >= EP_SENDING_SOURCES || rtp_parse(rtp, size, &packet) != 0) {
		return false;
	}
	struct stream *stream = &sending->streams[source];
	if (captured_us - stream->captured_us > PAUSE_US) {
		stream->opening = 0;
	}
	if (!write_packet(sending, source, &packet, captured_us, ret_datagram) ||
		media_sender_rtp(sending->sender, ret_datagram->data, &ret_datagram->size,
			EP_DATAGRAM_MAX) != 0) {
		return false;
	}
	count(stream, &packet, captured_us);
	ep_ring_put(stream->ring, packet.header.sequence, ret_datagram->data, ret_datagram->size);
	return true;
}

const uint8_t *ep_sending_again(const struct ep_sending *sending, enum media_source source,
	uint16_t sequence, size_t *ret_size)
{
	if ((unsigned)source >= EP_SENDING_SOURCES) {
		return NULL;
	}
	return ep_ring_get(sending->streams[source].ring, sequence, ret_size);
}

static struct rtcp_writer writer_of(struct ep_datagram *datagram)
{
	return (struct rtcp_writer){datagram->data, RTCP_COMPOUND_MAX, 0};
}

static bool protect(
	struct ep_sending *sending, const struct rtcp_writer *writer, struct ep_datagram *datagram)
{
	datagram->size = writer->size;
	return writer->size > 0 && media_sender_rtcp(sending->sender, datagram->data,
					   &datagram->size, EP_DATAGRAM_MAX) == 0;
}

bool ep_sending_report(struct ep_sending *sending, enum media_source source, int64_t now_us,
	struct ep_datagram *ret_datagram)
{
	struct stream *stream = &sending->streams[source];
	int64_t age_us = now_us - stream->captured_us;
	if (stream->packets == 0 || age_us > EP_REPORT_FRESH_US) {
		return false;
	}
	struct rtcp_sender_info info = {
		.ntp = ntp_from_us(sending->wall_zero_us + now_us),
		.timestamp = stream->timestamp + (uint32_t)(age_us * clock_rate(source) / 1000000),
		.packets = stream->packets,
		.octets = stream->octets,
	};
	char cname[CNAME_SIZE];
	snprintf(cname, sizeof(cname), "site-%u", (unsigned)sending->number);
	uint32_t ssrc = media_ssrc(0, media_uplink_stream(sending->number, source));
	struct rtcp_writer writer = writer_of(ret_datagram);
	rtcp_put_sr(&writer, ssrc, &info, NULL, 0);
	rtcp_put_sdes(&writer, ssrc, cname);
	return protect(sending, &writer, ret_datagram);
}

bool ep_sending_keepalive(struct ep_sending *sending, const struct rtcp_block *blocks, size_t n,
	struct ep_datagram *ret_datagram)
{
	struct rtcp_writer writer = writer_of(ret_datagram);
	rtcp_put_rr(&writer, media_feedback_ssrc(sending->number, MEDIA_SLOT_NONE), blocks, n);
	return protect(sending, &writer, ret_datagram);
}

bool ep_sending_path_response(
	struct ep_sending *sending, uint64_t token, struct ep_datagram *ret_datagram)
{
	struct rtcp_writer writer = writer_of(ret_datagram);
	uint32_t sender = media_feedback_ssrc(sending->number, MEDIA_SLOT_NONE);
	rtcp_put_rr(&writer, sender, NULL, 0);
	rtcp_put_path_response(&writer, sender, MEDIA_RELAY_STREAM, token);
	return protect(sending, &writer, ret_datagram);
}

/* Feedback goes as reduced-size RTCP (RFC 5506): no report before it. */
bool ep_sending_nack(struct ep_sending *sending, unsigned slot, const uint16_t *sequences, size_t n,
	struct ep_datagram *ret_datagram)
{
	struct rtcp_writer writer = writer_of(ret_datagram);
	rtcp_put_nack(&writer, media_feedback_ssrc(sending->number, (uint16_t)slot),
		media_ssrc(0, media_slot_stream((uint16_t)slot)), sequences, n);
	return protect(sending, &writer, ret_datagram);
}

bool ep_sending_pli(struct ep_sending *sending, unsigned slot, struct ep_datagram *ret_datagram)
{
	struct rtcp_writer writer = writer_of(ret_datagram);
	rtcp_put_pli(&writer, media_feedback_ssrc(sending->number, (uint16_t)slot),
		media_ssrc(0, media_slot_stream((uint16_t)slot)));
	return protect(sending, &writer, ret_datagram);
}
