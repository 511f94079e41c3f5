/*
 * RTP headers (RFC 3550 section 5.1), read and written. Pure: bytes in, bytes out.
 *
 * The one header extension we use is the 64-bit NTP time of RFC 6051 (`rtphdrextntp64`), in the
 * one-byte form of RFC 8285 under the fixed id RTP_NTP64_ID.
 */
#ifndef DIEMCAU_PROTO_MEDIA_RTP_H
#define DIEMCAU_PROTO_MEDIA_RTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rtp_limits {
	RTP_FIXED_SIZE = 12,
	RTP_CSRC_MAX = 15,
	RTP_PACKET_MAX = 1472, /* one UDP datagram within an Ethernet frame */
	RTP_NTP64_ID = 1,
	RTP_NTP64_SIZE = 16 /* what the extension adds to a packet */
};

#define RTP_NTP64_URI "urn:ietf:params:rtp-hdrext:ntp-64"

struct rtp_header {
	bool marker;
	uint8_t payload_type;
	uint16_t sequence;
	uint32_t timestamp;
	uint32_t ssrc;
	uint8_t n_csrc;
	uint32_t csrc[RTP_CSRC_MAX];
	bool has_ntp;
	uint64_t ntp; /* NTP format 32.32: when the first sample of the packet was captured */
};

struct rtp_packet {
	struct rtp_header header;
	const uint8_t *payload; /* borrowed from the bytes parsed; padding taken off */
	size_t payload_size;
};

/*
 * True where a datagram on the shared port is RTCP (RFC 5761 section 4: packet type 192..223).
 * Needs two bytes; anything shorter is neither.
 */
bool rtp_is_rtcp(const uint8_t *data, size_t size);

/*
 * The SSRC of an RTP packet, or the sender SSRC of an RTCP packet: both stand in clear in SRTP.
 * Refuses MEDIA_MALFORMED.
 */
int media_peek_ssrc(const uint8_t *data, size_t size, uint32_t *ret_ssrc);

/* Refuses MEDIA_MALFORMED: version, lengths, padding or extension do not fit the size. */
int rtp_parse(const uint8_t *data, size_t size, struct rtp_packet *ret_packet);

/*
 * Writes the header at data; the payload goes at data + *ret_size.
 * Refuses MEDIA_NO_ROOM; MEDIA_MALFORMED where n_csrc or payload_type is out of range.
 */
int rtp_build(const struct rtp_header *header, uint8_t *data, size_t capacity, size_t *ret_size);

/* Overwrite the SSRC of a packet that rtp_parse has accepted. */
void rtp_set_ssrc(uint8_t *data, uint32_t ssrc);

/*
 * True where a decoder may begin at this packet: H.264 with a sequence parameter set (NAL type 7,
 * alone, first fragment, or inside a STAP-A; RFC 6184 section 5), VP8 first packet of a key frame
 * (RFC 7741 section 4). Always true for audio. An unknown payload type never is.
 */
bool rtp_starts_keyframe(const struct rtp_packet *packet);

/*
 * True where the payload is as long as it says, for the payload types of docs/media.md. H.264 is
 * taken as packetization mode 1: single units, STAP-A, FU-A (RFC 6184 section 5); an unknown
 * payload type never is whole. Depayloaders trust this: GStreamer's reads and allocates by a length
 * below zero where a fragment has no bytes.
 */
bool rtp_payload_is_whole(const struct rtp_packet *packet);

#endif
