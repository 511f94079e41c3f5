#include "tests/fleet/pack.h"

#include <string.h>

#include "tests/fleet/clip.h"

enum {
	NAL_SLICE = 1,
	NAL_IDR = 5,
	NAL_SEI = 6,
	NAL_SPS = 7,
	NAL_STAP_A = 24,
	NAL_FU_A = 28,
	NAL_TYPE = 0x1F,
	NAL_REF_IDC = 0x60,
	FU_START = 0x80,
	FU_END = 0x40,
	FU_HEADERS = 2,
	STAP_LENGTH = 2,
};

/* ---- packing ---- */

static bool is_slice(const uint8_t *nal)
{
	int type = nal[0] & NAL_TYPE;
	return type == NAL_SLICE || type == NAL_IDR;
}

static struct pack_payload *add_payload(struct packing *packing)
{
	if (packing->count == PACK_MAX) {
		return NULL;
	}
	struct pack_payload *payload = &packing->payloads[packing->count++];
	payload->size = 0;
	return payload;
}

/* False: it does not fit any more. */
static bool aggregate(struct pack_payload *payload, const uint8_t *nal, size_t size)
{
	size_t header = payload->size == 0 ? 1 : 0;
	if (payload->size + header + STAP_LENGTH + size > PACK_PAYLOAD) {
		return false;
	}
	if (header) {
		payload->bytes[payload->size++] = NAL_STAP_A;
	}
	payload->bytes[0] |= nal[0] & NAL_REF_IDC;
	payload->bytes[payload->size++] = (uint8_t)(size >> 8);
	payload->bytes[payload->size++] = (uint8_t)size;
	memcpy(payload->bytes + payload->size, nal, size);
	payload->size += size;
	return true;
}

static bool fragment(struct packing *packing, const uint8_t *nal, size_t size)
{
	enum { PIECE = PACK_PAYLOAD - FU_HEADERS };
	size_t at = 1;
	while (at < size) {
		struct pack_payload *payload = add_payload(packing);
		if (!payload) {
			return false;
		}
		size_t piece = size - at < PIECE ? size - at : PIECE;
		payload->bytes[0] = (uint8_t)((nal[0] & ~NAL_TYPE) | NAL_FU_A);
		payload->bytes[1] = (uint8_t)((nal[0] & NAL_TYPE) | (at == 1 ? FU_START : 0) |
					      (at + piece == size ? FU_END : 0));
		memcpy(payload->bytes + FU_HEADERS, nal + at, piece);
		payload->size = FU_HEADERS + piece;
		at += piece;
	}
	return true;
}

bool pack_unit(
	const uint8_t *unit, size_t size, const uint8_t sei[STAMP_SEI], struct packing *packing)
{
	size_t at = 0, nal_size = 0;
	bool marked = false;
	packing->count = 0;
	struct pack_payload *first = add_payload(packing);
	const uint8_t *nal = clip_nal(unit, size, &at, &nal_size);
	while (nal) {
		if (is_slice(nal) && !marked) {
			marked = true;
			if (!aggregate(first, sei, STAMP_SEI)) {
				return false;
			}
		}
		bool fits = packing->count == 1 && aggregate(first, nal, nal_size);
		if (!fits && !fragment(packing, nal, nal_size)) {
			return false;
		}
		nal = clip_nal(unit, size, &at, &nal_size);
	}
	return marked;
}

/* ---- unpacking ---- */

static void take_nal(struct unpacking *unpacking, const uint8_t *nal, size_t size)
{
	if (size == 0) {
		unpacking->damaged = true;
		return;
	}
	int type = nal[0] & NAL_TYPE;
	if (type == NAL_SEI && stamp_read_sei(nal, size, &unpacking->mark)) {
		unpacking->marked = true;
		return;
	}
	unpacking->keyframe = unpacking->keyframe || type == NAL_SPS;
	unpacking->sum = stamp_sum(unpacking->sum, nal, size);
}

static void take_aggregate(struct unpacking *unpacking, const uint8_t *payload, size_t size)
{
	size_t at = 1;
	while (at + STAP_LENGTH <= size) {
		size_t nal_size = (size_t)payload[at] << 8 | payload[at + 1];
		at += STAP_LENGTH;
		if (at + nal_size > size) {
			unpacking->damaged = true;
			return;
		}
		take_nal(unpacking, payload + at, nal_size);
		at += nal_size;
	}
}

static void take_fragment(struct unpacking *unpacking, const uint8_t *payload, size_t size)
{
	if (size <= FU_HEADERS) {
		unpacking->damaged = true;
		return;
	}
	if (payload[1] & FU_START) {
		uint8_t header = (uint8_t)((payload[0] & ~NAL_TYPE) | (payload[1] & NAL_TYPE));
		unpacking->keyframe = unpacking->keyframe || (payload[1] & NAL_TYPE) == NAL_SPS;
		unpacking->sum = stamp_sum(unpacking->sum, &header, 1);
	} else if (!unpacking->begun) {
		unpacking->damaged = true;
	}
	unpacking->sum = stamp_sum(unpacking->sum, payload + FU_HEADERS, size - FU_HEADERS);
}

void unpack_payload(struct unpacking *unpacking, const uint8_t *payload, size_t size)
{
	int type = size > 0 ? payload[0] & NAL_TYPE : 0;
	if (type == NAL_STAP_A) {
		take_aggregate(unpacking, payload, size);
	} else if (type == NAL_FU_A) {
		take_fragment(unpacking, payload, size);
	} else {
		take_nal(unpacking, payload, size);
	}
	unpacking->begun = true;
}
