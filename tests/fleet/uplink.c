#include "tests/fleet/uplink.h"

#include <stdlib.h>
#include <string.h>

#include "proto/media/rtp.h"
#include "tests/fleet/pack.h"

enum {
	LATE_US = 300000, /* a program that was stopped this long catches up with nothing */
	SEQUENCE_FIRST_MAX = 0x7FFF, /* RFC 3711 3.3.1: far from the first wrap */
	FRAME_VIDEO_US = 66667,
	FRAME_PREVIEW_US = 200000,
	FRAME_VOICE_US = 20000,
};

struct uplink_kept {
	uint16_t sequence;
	size_t size;
	uint8_t *bytes; /* NULL: none */
};

void uplink_init(struct uplink *uplink, uint16_t site, enum media_source source)
{
	static const struct {
		const struct clip *clip;
		int64_t interval_us;
	} kinds[] = {
		[MEDIA_CAMERA] = {&clip_camera, FRAME_VIDEO_US},
		[MEDIA_PREVIEW] = {&clip_preview, FRAME_PREVIEW_US},
		[MEDIA_CONTENT] = {&clip_content, FRAME_VIDEO_US},
		[MEDIA_VOICE] = {&clip_voice, FRAME_VOICE_US},
	};
	*uplink = (struct uplink){.site = site,
		.source = source,
		.clip = kinds[source].clip,
		.interval_us = kinds[source].interval_us,
		.sequence = (uint16_t)((unsigned int)rand() & SEQUENCE_FIRST_MAX),
		.timestamp = (uint32_t)rand()};
}

void uplink_forget(struct uplink *uplink)
{
	for (size_t i = 0; uplink->kept && i < UPLINK_RING; i++) {
		free(uplink->kept[i].bytes);
	}
	free(uplink->kept);
	uplink->kept = NULL;
}

void uplink_finish(struct uplink *uplink)
{
	uplink_forget(uplink);
}

void uplink_switch(struct uplink *uplink, bool on, int64_t now_us)
{
	if (on && !uplink->on) {
		uplink->next_us = now_us;
		uplink->item = 0;
	}
	uplink->on = on;
}

void uplink_keyframe(struct uplink *uplink)
{
	uplink->item = 0;
}

int64_t uplink_captured(const struct uplink *uplink, uint32_t frame)
{
	uint32_t behind = uplink->frame - frame;
	bool recent = uplink->on && behind > 0 && behind <= UPLINK_RING;
	return recent ? uplink->next_us - (int64_t)behind * uplink->interval_us : 0;
}

static uint32_t clock_rate(const struct uplink *uplink)
{
	return uplink->source == MEDIA_VOICE ? MEDIA_RATE_AUDIO : MEDIA_RATE_VIDEO;
}

/* The site's own clock, with which it stamps what it sends. */
static int64_t own_clock(const struct uplink *uplink, int64_t us)
{
	return us + us * uplink->ppm / 1000000;
}

static uint32_t timestamp_at(const struct uplink *uplink, int64_t us)
{
	uint64_t own_us = (uint64_t)own_clock(uplink, us);
	uint64_t seconds = own_us / 1000000, rest = own_us % 1000000;
	uint64_t ticks = seconds * clock_rate(uplink) + rest * clock_rate(uplink) / 1000000;
	return uplink->timestamp + (uint32_t)ticks;
}

static void keep(struct uplink *uplink, const uint8_t *datagram, size_t size, uint16_t sequence)
{
	if (!uplink->kept) {
		uplink->kept = calloc(UPLINK_RING, sizeof(*uplink->kept));
	}
	uint8_t *copy = malloc(size);
	if (!uplink->kept || !copy) {
		free(copy);
		return;
	}
	memcpy(copy, datagram, size);
	struct uplink_kept *place = &uplink->kept[sequence % UPLINK_RING];
	free(place->bytes);
	*place = (struct uplink_kept){.sequence = sequence, .size = size, .bytes = copy};
}

const uint8_t *uplink_find(const struct uplink *uplink, uint16_t sequence, size_t *ret_size)
{
	const struct uplink_kept *place =
		uplink->kept ? &uplink->kept[sequence % UPLINK_RING] : NULL;
	if (!place || !place->bytes || place->sequence != sequence) {
		return NULL;
	}
	*ret_size = place->size;
	return place->bytes;
}

static void send_payload(struct uplink *uplink, struct media_sender *sender,
	const struct uplink_outlet *outlet, const struct rtp_header *header, const uint8_t *payload,
	size_t payload_size)
{
	_Alignas(8) uint8_t datagram[UPLINK_DATAGRAM];
	size_t size = 0;
	if (rtp_build(header, datagram, sizeof(datagram), &size) != 0 ||
		size + payload_size + MEDIA_RTP_OVERHEAD > sizeof(datagram)) {
		return;
	}
	memcpy(datagram + size, payload, payload_size);
	size += payload_size;
	if (media_sender_rtp(sender, datagram, &size, sizeof(datagram)) != 0) {
		return;
	}
	keep(uplink, datagram, size, header->sequence);
	uplink->report.packets++;
	uplink->report.octets += (uint32_t)payload_size;
	outlet->send(outlet->user, datagram, size);
}

static struct rtp_header begin_header(struct uplink *uplink, int64_t wall_us)
{
	return (struct rtp_header){
		.payload_type = uplink->source == MEDIA_VOICE ? MEDIA_PT_OPUS : MEDIA_PT_H264,
		.timestamp = timestamp_at(uplink, uplink->next_us),
		.ssrc = media_ssrc(0, media_uplink_stream(uplink->site, uplink->source)),
		.has_ntp = true,
		.ntp = ntp_from_us(own_clock(uplink, uplink->next_us) + wall_us),
	};
}

static void send_picture(struct uplink *uplink, struct media_sender *sender,
	const struct uplink_outlet *outlet, int64_t wall_us)
{
	static struct packing packing;
	uint8_t sei[STAMP_SEI];
	size_t size = 0, at = 0, nal_size = 0;
	const uint8_t *unit = clip_item(uplink->clip, uplink->item, &size);
	struct frame_mark mark = {
		.site = uplink->site, .source = (uint8_t)uplink->source, .frame = uplink->frame};
	for (const uint8_t *nal; (nal = clip_nal(unit, size, &at, &nal_size)) != NULL;) {
		mark.sum = stamp_sum(mark.sum, nal, nal_size);
	}
	stamp_write_sei(&mark, sei);
	if (!pack_unit(unit, size, sei, &packing)) {
		return;
	}
	struct rtp_header header = begin_header(uplink, wall_us);
	for (size_t i = 0; i < packing.count; i++) {
		header.sequence = uplink->sequence++;
		header.marker = i + 1 == packing.count;
		send_payload(uplink, sender, outlet, &header, packing.payloads[i].bytes,
			packing.payloads[i].size);
		header.has_ntp = false;
	}
}

static void send_sound(struct uplink *uplink, struct media_sender *sender,
	const struct uplink_outlet *outlet, int64_t wall_us)
{
	uint8_t payload[UPLINK_DATAGRAM];
	size_t size = 0;
	const uint8_t *packet = clip_item(uplink->clip, uplink->item, &size);
	struct frame_mark mark = {.site = uplink->site,
		.source = MEDIA_VOICE,
		.frame = uplink->frame,
		.sum = stamp_sum(0, packet, size)};
	size = stamp_write_sound(&mark, packet, size, payload);
	struct rtp_header header = begin_header(uplink, wall_us);
	header.sequence = uplink->sequence++;
	send_payload(uplink, sender, outlet, &header, payload, size);
}

void uplink_tick(struct uplink *uplink, struct media_sender *sender,
	const struct uplink_outlet *outlet, int64_t now_us, int64_t wall_us)
{
	int64_t due_us = now_us - uplink->late_us;
	if (uplink->on && due_us - uplink->next_us > LATE_US) {
		uplink->next_us = due_us;
	}
	while (uplink->on && uplink->next_us <= due_us) {
		if (uplink->source == MEDIA_VOICE) {
			send_sound(uplink, sender, outlet, wall_us);
		} else {
			send_picture(uplink, sender, outlet, wall_us);
		}
		uplink->report.timestamp = timestamp_at(uplink, uplink->next_us);
		uplink->report.ntp = ntp_from_us(own_clock(uplink, uplink->next_us) + wall_us);
		uplink->frame++;
		uplink->item = (uplink->item + 1) % uplink->clip->count;
		uplink->next_us += uplink->interval_us;
	}
}
