/*
 * RTP headers (RFC 3550 section 5.1): parser and writer. Pure.
 *
 * The one header extension in use is the 64-bit NTP time of RFC 6051 (`rtphdrextntp64`), in the
 * one-byte form of RFC 8285 with the fixed id RTP_NTP64_ID.
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
	RTP_NTP64_SIZE = 16 /* bytes the extension adds to a packet */
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
	uint64_t ntp; /* NTP format 32.32: capture time of the packet's first sample */
};

struct rtp_packet {
	struct rtp_header header;
	const uint8_t *payload; /* borrowed from the parsed bytes, without padding */
	size_t payload_size;
};

/*
 * True if a datagram on the shared port is RTCP (RFC 5761 section 4: packet type 192..223). Needs
 * two bytes; a shorter one is neither.
 */
bool rtp_is_rtcp(const uint8_t *data, size_t size);

/*
 * The SSRC of an RTP packet, or the sender SSRC of an RTCP packet: SRTP encrypts neither. Refuses
 * MEDIA_MALFORMED.
 */
int media_peek_ssrc(const uint8_t *data, size_t size, uint32_t *ret_ssrc);

/* Refuses MEDIA_MALFORMED: version, lengths, padding or extension do not fit the size. */
int rtp_parse(const uint8_t *data, size_t size, struct rtp_packet *ret_packet);

/*
 * Writes the header at data; the payload goes at data + *ret_size. Refuses MEDIA_NO_ROOM;
 * MEDIA_MALFORMED if n_csrc or payload_type is out of range.
 */
int rtp_build(const struct rtp_header *header, uint8_t *data, size_t capacity, size_t *ret_size);

/* Overwrites the SSRC of a packet that rtp_parse has accepted. */
void rtp_set_ssrc(uint8_t *data, uint32_t ssrc);

/*
 * True if a decoder can start at this packet: H.264 with a sequence parameter set (NAL type 7,
 * alone, first fragment, or inside a STAP-A; RFC 6184 section 5), VP8 first packet of a key frame
 * (RFC 7741 section 4). Always true for audio, always false for an unknown payload type.
 */
bool rtp_starts_keyframe(const struct rtp_packet *packet);

/*
 * True if the payload is as long as its own lengths require, for the payload types of
 * docs/media.md. H.264 is read as packetization mode 1: single units, STAP-A, FU-A (RFC 6184
 * section 5). Always false for an unknown payload type. Depayloaders rely on this: GStreamer's
 * computes a negative length, reads and allocates, if a fragment has no bytes.
 */
bool rtp_payload_is_whole(const struct rtp_packet *packet);

#endif
