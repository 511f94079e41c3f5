/* Access units to RTP payloads (RFC 6184, packetization mode 1) and back. Pure. */
#ifndef DIEMCAU_ENDPOINT_FLEET_H264_PACKETIZER_H
#define DIEMCAU_ENDPOINT_FLEET_H264_PACKETIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/fleet/media_mark.h"

enum {
	H264_PAYLOAD_SIZE = 1180, /* with headers, tag and UDP within 1280 (RFC 8200 section 5) */
	H264_PAYLOADS_MAX = 64, /* payloads of one access unit */
};

struct h264_payload {
	size_t size;
	uint8_t bytes[H264_PAYLOAD_SIZE];
};

struct h264_packets {
	size_t count;
	struct h264_payload payloads[H264_PAYLOADS_MAX];
};

/*
 * Packetizes an access unit (clip.h) with a SEI before its first slice: small units go into one
 * STAP-A, so that a keyframe's first packet holds the SPS; slices that do not fit are fragmented.
 * False: it needs more than H264_PAYLOADS_MAX payloads.
 */
bool h264_packetize(const uint8_t *unit, size_t size, const uint8_t sei[MEDIA_MARK_SEI],
	struct h264_packets *packed);

/* One access unit during reception; begin with all bytes zero. */
struct h264_depacketizer {
	bool has_payload;
	bool damaged; /* a fragment is missing, or a payload malformed */
	bool keyframe;
	bool marked;
	struct media_mark mark;
	uint32_t sum; /* of all NAL units except the mark */
};

/* Adds the next payload of the access unit. */
void h264_depacketize(struct h264_depacketizer *depacketizer, const uint8_t *payload, size_t size);

#endif
