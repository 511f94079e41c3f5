/* RTP headers: see rtp.h. Every length is checked against the size before it is used. */
#include "proto/media/rtp.h"

#include <string.h>

#include "proto/media/big_endian.h"
#include "proto/media/refusal.h"
#include "proto/media/ssrc.h"

enum {
	VERSION = 2,
	EXTENSION_PROFILE = 0xBEDE, /* RFC 8285 section 4.2, one-byte headers */
	RTCP_TYPE_FIRST = 192,
	RTCP_TYPE_LAST = 223,
	RTCP_SSRC_AT = 4,
	RTP_SSRC_AT = 8,
	H264_TYPE_MASK = 0x1F,
	H264_SPS = 7,
	H264_STAP_A = 24,
	H264_FU_A = 28,
	H264_FU_START = 0x80,
	VP8_EXTENDED = 0x80,
	VP8_START = 0x10,
	VP8_PARTITION = 0x07
};

bool rtp_is_rtcp(const uint8_t *data, size_t size)
{
	return size >= 2 && data[1] >= RTCP_TYPE_FIRST && data[1] <= RTCP_TYPE_LAST;
}

int media_peek_ssrc(const uint8_t *data, size_t size, uint32_t *ret_ssrc)
{
	size_t at = rtp_is_rtcp(data, size) ? RTCP_SSRC_AT : RTP_SSRC_AT;
	if (size < at + 4 || data[0] >> 6 != VERSION) {
		return MEDIA_MALFORMED;
	}
	*ret_ssrc = get32(data + at);
	return 0;
}

/*
 * RFC 8285 section 4.2: id in the high four bits, length minus one in the low; id 15 ends the list.
 */
static void read_elements(const uint8_t *data, size_t size, struct rtp_header *header)
{
	size_t at = 0;
	while (at < size) {
		unsigned id = data[at] >> 4;
		size_t length = (data[at] & 0x0FU) + 1U;
		if (id == 0) {
			at++;
			continue;
		}
		if (id == 15 || at + 1 + length > size) {
			return;
		}
		if (id == RTP_NTP64_ID && length == 8) {
			header->has_ntp = true;
			header->ntp = get64(data + at + 1);
		}
		at += 1 + length;
	}
}

/* *at is the end of the CSRCs and is advanced past the extension. */
static int read_extension(const uint8_t *data, size_t size, struct rtp_header *header, size_t *at)
{
	if (*at + 4 > size) {
		return MEDIA_MALFORMED;
	}
	unsigned profile = get16(data + *at);
	size_t length = (size_t)get16(data + *at + 2) * 4;
	if (*at + 4 + length > size) {
		return MEDIA_MALFORMED;
	}
	if (profile == EXTENSION_PROFILE) {
		read_elements(data + *at + 4, length, header);
	}
	*at += 4 + length;
	return 0;
}

static void read_fixed(const uint8_t *data, struct rtp_header *ret_header)
{
	*ret_header = (struct rtp_header){
		.marker = data[1] >> 7,
		.payload_type = data[1] & 0x7F,
		.sequence = get16(data + 2),
		.timestamp = get32(data + 4),
		.ssrc = get32(data + RTP_SSRC_AT),
		.n_csrc = data[0] & 0x0F,
	};
}

int rtp_parse(const uint8_t *data, size_t size, struct rtp_packet *ret_packet)
{
	if (size < RTP_FIXED_SIZE || data[0] >> 6 != VERSION || rtp_is_rtcp(data, size)) {
		return MEDIA_MALFORMED;
	}
	struct rtp_packet packet;
	read_fixed(data, &packet.header);
	size_t at = RTP_FIXED_SIZE + 4U * packet.header.n_csrc;
	if (at > size) {
		return MEDIA_MALFORMED;
	}
	for (unsigned i = 0; i < packet.header.n_csrc; i++) {
		packet.header.csrc[i] = get32(data + RTP_FIXED_SIZE + 4 * i);
	}
	if ((data[0] & 0x10) && read_extension(data, size, &packet.header, &at) != 0) {
		return MEDIA_MALFORMED;
	}
	size_t padding = data[0] & 0x20 ? data[size - 1] : 0;
	if (padding > size - at || (data[0] & 0x20 && padding == 0)) {
		return MEDIA_MALFORMED;
	}
	packet.payload = data + at;
	packet.payload_size = size - at - padding;
	*ret_packet = packet;
	return 0;
}

static size_t put_ntp(uint8_t *data, uint64_t ntp)
{
	put16(data, EXTENSION_PROFILE);
	put16(data + 2, 3);
	data[4] = RTP_NTP64_ID << 4 | 7;
	put64(data + 5, ntp);
	memset(data + 13, 0, 3);
	return RTP_NTP64_SIZE;
}

int rtp_build(const struct rtp_header *header, uint8_t *data, size_t capacity, size_t *ret_size)
{
	if (header->n_csrc > RTP_CSRC_MAX || header->payload_type > 0x7F) {
		return MEDIA_MALFORMED;
	}
	size_t size =
		RTP_FIXED_SIZE + 4U * header->n_csrc + (header->has_ntp ? RTP_NTP64_SIZE : 0U);
	if (size > capacity) {
		return MEDIA_NO_ROOM;
	}
	data[0] = (uint8_t)(VERSION << 6 | (header->has_ntp ? 0x10 : 0) | header->n_csrc);
	data[1] = (uint8_t)((header->marker ? 0x80 : 0) | header->payload_type);
	put16(data + 2, header->sequence);
	put32(data + 4, header->timestamp);
	put32(data + RTP_SSRC_AT, header->ssrc);
	for (unsigned i = 0; i < header->n_csrc; i++) {
		put32(data + RTP_FIXED_SIZE + 4 * i, header->csrc[i]);
	}
	if (header->has_ntp) {
		put_ntp(data + RTP_FIXED_SIZE + 4 * header->n_csrc, header->ntp);
	}
	*ret_size = size;
	return 0;
}

void rtp_set_ssrc(uint8_t *data, uint32_t ssrc)
{
	put32(data + RTP_SSRC_AT, ssrc);
}

static bool aggregate_has_sps(const uint8_t *data, size_t size)
{
	size_t at = 1;
	while (at + 2 < size) {
		if ((data[at + 2] & H264_TYPE_MASK) == H264_SPS) {
			return true;
		}
		at += 2U + get16(data + at);
	}
	return false;
}

static bool h264_starts(const uint8_t *data, size_t size)
{
	switch (data[0] & H264_TYPE_MASK) {
	case H264_SPS:
		return true;
	case H264_STAP_A:
		return aggregate_has_sps(data, size);
	case H264_FU_A:
		return size > 1 && data[1] & H264_FU_START &&
		       (data[1] & H264_TYPE_MASK) == H264_SPS;
	default:
		return false;
	}
}

/* A NAL unit type; 0 and types above are none, or packets of several (RFC 6184 section 5.2). */
static bool is_unit(uint8_t header)
{
	unsigned type = header & H264_TYPE_MASK;
	return type > 0 && type < H264_STAP_A;
}

static bool aggregate_is_whole(const uint8_t *data, size_t size)
{
	size_t at = 1;
	while (at + 2 < size) {
		size_t unit = get16(data + at);
		if (unit == 0 || unit > size - at - 2 || !is_unit(data[at + 2])) {
			return false;
		}
		at += 2 + unit;
	}
	return at == size && size > 1;
}

static bool h264_is_whole(const uint8_t *data, size_t size)
{
	switch (data[0] & H264_TYPE_MASK) {
	case H264_STAP_A:
		return aggregate_is_whole(data, size);
	case H264_FU_A:
		return size > 2 && is_unit(data[1]);
	default:
		return is_unit(data[0]);
	}
}

/* Length of the VP8 payload descriptor: RFC 7741 section 4.2, the X, I, L, T and K bits. */
static size_t vp8_descriptor(const uint8_t *data, size_t size)
{
	if (!(data[0] & VP8_EXTENDED) || size < 2) {
		return 1;
	}
	size_t length = 2;
	if (data[1] & 0x80) {
		length += size > 2 && data[2] & 0x80 ? 2 : 1;
	}
	length += data[1] & 0x40 ? 1 : 0;
	return length + (data[1] & 0x30 ? 1 : 0);
}

static bool vp8_starts(const uint8_t *data, size_t size)
{
	size_t descriptor = vp8_descriptor(data, size);
	return data[0] & VP8_START && !(data[0] & VP8_PARTITION) && descriptor < size &&
	       !(data[descriptor] & 1);
}

bool rtp_starts_keyframe(const struct rtp_packet *packet)
{
	switch (packet->header.payload_type) {
	case MEDIA_PT_OPUS:
		return true;
	case MEDIA_PT_H264:
		return packet->payload_size > 0 &&
		       h264_starts(packet->payload, packet->payload_size);
	case MEDIA_PT_VP8:
		return packet->payload_size > 0 &&
		       vp8_starts(packet->payload, packet->payload_size);
	default:
		return false;
	}
}

bool rtp_payload_is_whole(const struct rtp_packet *packet)
{
	const uint8_t *data = packet->payload;
	size_t size = packet->payload_size;
	switch (packet->header.payload_type) {
	case MEDIA_PT_OPUS:
		return size > 0;
	case MEDIA_PT_H264:
		return size > 0 && h264_is_whole(data, size);
	case MEDIA_PT_VP8:
		return size > 0 && vp8_descriptor(data, size) < size;
	default:
		return false;
	}
}
