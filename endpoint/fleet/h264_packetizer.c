#include "endpoint/fleet/h264_packetizer.h"

#include <string.h>

#include "endpoint/fleet/clip.h"

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

static struct h264_payload *add_payload(struct h264_packets *packed)
{
	if (packed->count == H264_PAYLOADS_MAX) {
		return NULL;
	}
	struct h264_payload *payload = &packed->payloads[packed->count++];
	payload->size = 0;
	return payload;
}

/* False: it does not fit. */
static bool aggregate(struct h264_payload *payload, const uint8_t *nal, size_t size)
{
	size_t header = payload->size == 0 ? 1 : 0;
	if (payload->size + header + STAP_LENGTH + size > H264_PAYLOAD_SIZE) {
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

static bool fragment(struct h264_packets *packed, const uint8_t *nal, size_t size)
{
	enum { PIECE = H264_PAYLOAD_SIZE - FU_HEADERS };
	size_t at = 1;
	while (at < size) {
		struct h264_payload *payload = add_payload(packed);
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

bool h264_packetize(const uint8_t *unit, size_t size, const uint8_t sei[MEDIA_MARK_SEI],
	struct h264_packets *packed)
{
	size_t at = 0, nal_size = 0;
	bool marked = false;
	packed->count = 0;
	struct h264_payload *first = add_payload(packed);
	const uint8_t *nal = clip_nal(unit, size, &at, &nal_size);
	while (nal) {
		if (is_slice(nal) && !marked) {
			marked = true;
			if (!aggregate(first, sei, MEDIA_MARK_SEI)) {
				return false;
			}
		}
		bool fits = packed->count == 1 && aggregate(first, nal, nal_size);
		if (!fits && !fragment(packed, nal, nal_size)) {
			return false;
		}
		nal = clip_nal(unit, size, &at, &nal_size);
	}
	return marked;
}

/* ---- unpacking ---- */

static void add_nal(struct h264_depacketizer *depacketizer, const uint8_t *nal, size_t size)
{
	if (size == 0) {
		depacketizer->damaged = true;
		return;
	}
	int type = nal[0] & NAL_TYPE;
	if (type == NAL_SEI && media_mark_read_sei(nal, size, &depacketizer->mark)) {
		depacketizer->marked = true;
		return;
	}
	depacketizer->keyframe = depacketizer->keyframe || type == NAL_SPS;
	depacketizer->sum = media_mark_sum(depacketizer->sum, nal, size);
}

static void add_aggregate(
	struct h264_depacketizer *depacketizer, const uint8_t *payload, size_t size)
{
	size_t at = 1;
	while (at + STAP_LENGTH <= size) {
		size_t nal_size = (size_t)payload[at] << 8 | payload[at + 1];
		at += STAP_LENGTH;
		if (at + nal_size > size) {
			depacketizer->damaged = true;
			return;
		}
		add_nal(depacketizer, payload + at, nal_size);
		at += nal_size;
	}
}

static void add_fragment(
	struct h264_depacketizer *depacketizer, const uint8_t *payload, size_t size)
{
	if (size <= FU_HEADERS) {
		depacketizer->damaged = true;
		return;
	}
	if (payload[1] & FU_START) {
		uint8_t header = (uint8_t)((payload[0] & ~NAL_TYPE) | (payload[1] & NAL_TYPE));
		depacketizer->keyframe =
			depacketizer->keyframe || (payload[1] & NAL_TYPE) == NAL_SPS;
		depacketizer->sum = media_mark_sum(depacketizer->sum, &header, 1);
	} else if (!depacketizer->has_payload) {
		depacketizer->damaged = true;
	}
	depacketizer->sum =
		media_mark_sum(depacketizer->sum, payload + FU_HEADERS, size - FU_HEADERS);
}

void h264_depacketize(struct h264_depacketizer *depacketizer, const uint8_t *payload, size_t size)
{
	int type = size > 0 ? payload[0] & NAL_TYPE : 0;
	if (type == NAL_STAP_A) {
		add_aggregate(depacketizer, payload, size);
	} else if (type == NAL_FU_A) {
		add_fragment(depacketizer, payload, size);
	} else {
		add_nal(depacketizer, payload, size);
	}
	depacketizer->has_payload = true;
}
