/*
 * The layout of the 32 bits of an SSRC (docs/media.md has the table).
 *
 *   [epoch:16][stream:16]
 *
 * Stream ids: an uplink is site_number << 3 | source; a slot is 0xFE00 + slot. On the wire an RTP
 * packet carries the epoch of its stream; after unprotect the epoch bits are zero, so a pipeline
 * always sees one SSRC. RTCP refers to streams with epoch bits zero (SRTCP has its own explicit
 * index), except that a receiver's feedback about slot s is sent by the SSRC
 * [s:16][site_number << 3 | 7], so that every slot's session has a sender of its own.
 */
#ifndef DIEMCAU_PROTO_MEDIA_SSRC_H
#define DIEMCAU_PROTO_MEDIA_SSRC_H

#include <stdbool.h>
#include <stdint.h>

enum media_site_number {
	MEDIA_SITE_MIN = 1,
	MEDIA_SITE_MAX = 8127 /* 8127 << 3 | 7 is the last stream id below the slots */
};

/* Media source of an uplink, as in its stream id. */
enum media_source {
	MEDIA_CAMERA = 0,
	MEDIA_PREVIEW = 1, /* the camera's small picture */
	MEDIA_CONTENT = 2,
	MEDIA_VOICE = 3,
	MEDIA_CONTENT_PREVIEW = 4, /* reserved */
	MEDIA_FEEDBACK = 7, /* not a source: the sender of RTCP about slots */
	MEDIA_SOURCES = 8
};

enum media_slot {
	MEDIA_SLOT_PROGRAM = 0, /* P */
	MEDIA_SLOT_PROGRAM_SMALL = 1, /* p */
	MEDIA_SLOT_RETURN = 2, /* R */
	MEDIA_SLOT_CONTENT = 3, /* C */
	MEDIA_SLOT_VOICE = 4, /* A0, A1, A2, A3 */
	MEDIA_SLOT_VOICES = 4,
	MEDIA_SLOT_GALLERY = 16, /* G0, G1, ... */
	MEDIA_SLOT_MAX = 0x1FE,
	MEDIA_SLOT_NONE = 0x1FF /* of the keepalive: feedback about no slot */
};

enum media_ssrc_bits {
	MEDIA_EPOCH_SHIFT = 16,
	MEDIA_STREAM_MASK = 0xFFFF,
	MEDIA_SLOT_STREAM = 0xFE00,
	MEDIA_RELAY_STREAM = 0xFFFF, /* sender of the relay's own feedback to sources */
	MEDIA_EPOCHS = 0x10000
};

/* RTP payload types, fixed for every stream (RFC 3551 section 6: the dynamic range). */
enum media_payload_type {
	MEDIA_PT_H264 = 96, /* clock 90000 */
	MEDIA_PT_OPUS = 97, /* clock 48000, 2 channels (RFC 7587) */
	MEDIA_PT_VP8 = 98 /* clock 90000 */
};

enum media_clock_rate { MEDIA_RATE_VIDEO = 90000, MEDIA_RATE_AUDIO = 48000 };

static inline uint16_t media_stream_of(uint32_t ssrc)
{
	return (uint16_t)(ssrc & MEDIA_STREAM_MASK);
}

static inline uint16_t media_epoch_of(uint32_t ssrc)
{
	return (uint16_t)(ssrc >> MEDIA_EPOCH_SHIFT);
}

static inline uint32_t media_ssrc(uint16_t epoch, uint16_t stream)
{
	return (uint32_t)epoch << MEDIA_EPOCH_SHIFT | stream;
}

static inline uint16_t media_uplink_stream(uint16_t site_number, enum media_source source)
{
	return (uint16_t)((unsigned)site_number << 3 | (unsigned)source);
}

static inline uint16_t media_slot_stream(uint16_t slot)
{
	return (uint16_t)(MEDIA_SLOT_STREAM + slot);
}

static inline bool media_stream_is_slot(uint16_t stream)
{
	return stream >= MEDIA_SLOT_STREAM;
}

/* Only for a stream with media_stream_is_slot(). */
static inline uint16_t media_stream_slot(uint16_t stream)
{
	return (uint16_t)(stream - MEDIA_SLOT_STREAM);
}

/* Of an uplink stream. Zero: of no site. */
static inline uint16_t media_stream_site(uint16_t stream)
{
	return (uint16_t)(stream >> 3);
}

/* Of an uplink stream, or of a site's feedback. */
static inline enum media_source media_stream_source(uint16_t stream)
{
	return (enum media_source)(stream & 7);
}

/* The RTCP sender SSRC of a site's feedback about a slot; MEDIA_SLOT_NONE for the keepalive. */
static inline uint32_t media_feedback_ssrc(uint16_t site_number, uint16_t slot)
{
	return media_ssrc(slot, media_uplink_stream(site_number, MEDIA_FEEDBACK));
}

/*
 * True if the relay may send under this SSRC to a site that receives slots below n_slots. A
 * receiver has room for this many streams; another holder of the group key could fill it with
 * others.
 */
static inline bool media_relay_sends(uint32_t ssrc, bool rtcp, uint16_t n_slots)
{
	uint16_t stream = media_stream_of(ssrc);
	bool slot = media_stream_is_slot(stream) && media_stream_slot(stream) < n_slots;
	bool report = media_epoch_of(ssrc) == 0 && (slot || stream == MEDIA_RELAY_STREAM);
	return rtcp ? report : slot;
}

#endif
