/*
 * Access units into RTP payloads (RFC 6184, packetization mode 1) and back. Pure.
 */
#ifndef DIEMCAU_FLEET_PACK_H
#define DIEMCAU_FLEET_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/fleet/stamp.h"

enum {
	PACK_PAYLOAD = 1180, /* with headers, tag and UDP within 1280 (RFC 8200 section 5) */
	PACK_MAX = 64, /* payloads of one access unit */
};

struct pack_payload {
	size_t size;
	uint8_t bytes[PACK_PAYLOAD];
};

struct packing {
	size_t count;
	struct pack_payload payloads[PACK_MAX];
};

/*
 * Pack an access unit (clip.h) with a SEI before its first slice: what is small goes into one
 * STAP-A, so that a keyframe's first packet holds the SPS; slices that do not fit are fragmented.
 * False: it needs more than PACK_MAX payloads.
 */
bool pack_unit(
	const uint8_t *unit, size_t size, const uint8_t sei[STAMP_SEI], struct packing *packing);

/* One access unit as it arrives; all zeroes is the beginning of one. */
struct unpacking {
	bool begun;
	bool damaged; /* a fragment missing, a payload malformed */
	bool keyframe;
	bool marked;
	struct frame_mark mark;
	uint32_t sum; /* of all NAL units but the mark */
};

/* Take the next payload of the access unit. */
void unpack_payload(struct unpacking *unpacking, const uint8_t *payload, size_t size);

#endif
