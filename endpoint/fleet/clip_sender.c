#include "endpoint/fleet/clip_sender.h"

#include <stdlib.h>
#include <string.h>

#include "endpoint/fleet/h264_packetizer.h"
#include "proto/media/ntp.h"
#include "proto/media/rtp.h"

enum {
	LATE_US = 300000, /* after a longer stall of the process, missed frames are skipped */
	SEQUENCE_FIRST_MAX = 0x7FFF, /* RFC 3711 3.3.1: far from the first wrap */
	FRAME_VIDEO_US = 66667,
	FRAME_PREVIEW_US = 200000,
	FRAME_VOICE_US = 20000,
};

struct sent_packet {
	uint16_t sequence;
	size_t size;
	uint8_t *bytes; /* NULL: none */
};

void clip_sender_init(struct clip_sender *clip_sender, uint16_t site, enum media_source source)
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
	*clip_sender = (struct clip_sender){.site = site,
		.source = source,
		.clip = kinds[source].clip,
		.interval_us = kinds[source].interval_us,
		.sequence = (uint16_t)((unsigned int)rand() & SEQUENCE_FIRST_MAX),
		.timestamp = (uint32_t)rand()};
}

void clip_sender_forget(struct clip_sender *clip_sender)
{
	for (size_t i = 0; clip_sender->stored && i < CLIP_SENDER_RTX_PACKETS; i++) {
		free(clip_sender->stored[i].bytes);
	}
	free(clip_sender->stored);
	clip_sender->stored = NULL;
}

void clip_sender_finish(struct clip_sender *clip_sender)
{
	clip_sender_forget(clip_sender);
}

void clip_sender_switch(struct clip_sender *clip_sender, bool on, int64_t now_us)
{
	if (on && !clip_sender->on) {
		clip_sender->next_us = now_us;
		clip_sender->item = 0;
	}
	clip_sender->on = on;
}

void clip_sender_keyframe(struct clip_sender *clip_sender)
{
	clip_sender->item = 0;
}

int64_t clip_sender_captured(const struct clip_sender *clip_sender, uint32_t frame)
{
	uint32_t behind = clip_sender->frame - frame;
	bool recent = clip_sender->on && behind > 0 && behind <= CLIP_SENDER_RTX_PACKETS;
	return recent ? clip_sender->next_us - (int64_t)behind * clip_sender->interval_us : 0;
}

static uint32_t clock_rate(const struct clip_sender *clip_sender)
{
	return clip_sender->source == MEDIA_VOICE ? MEDIA_RATE_AUDIO : MEDIA_RATE_VIDEO;
}

/* The site's own clock, for its RTP timestamps and NTP times. */
static int64_t own_clock(const struct clip_sender *clip_sender, int64_t us)
{
	return us + us * clip_sender->ppm / 1000000;
}

static uint32_t timestamp_at(const struct clip_sender *clip_sender, int64_t us)
{
	uint64_t own_us = (uint64_t)own_clock(clip_sender, us);
	uint64_t seconds = own_us / 1000000, rest = own_us % 1000000;
	uint64_t ticks =
		seconds * clock_rate(clip_sender) + rest * clock_rate(clip_sender) / 1000000;
	return clip_sender->timestamp + (uint32_t)ticks;
}

static void keep(
	struct clip_sender *clip_sender, const uint8_t *datagram, size_t size, uint16_t sequence)
{
	if (!clip_sender->stored) {
		clip_sender->stored = calloc(CLIP_SENDER_RTX_PACKETS, sizeof(*clip_sender->stored));
	}
	uint8_t *copy = malloc(size);
	if (!clip_sender->stored || !copy) {
		free(copy);
		return;
	}
	memcpy(copy, datagram, size);
	struct sent_packet *place = &clip_sender->stored[sequence % CLIP_SENDER_RTX_PACKETS];
	free(place->bytes);
	*place = (struct sent_packet){.sequence = sequence, .size = size, .bytes = copy};
}

const uint8_t *clip_sender_find(
	const struct clip_sender *clip_sender, uint16_t sequence, size_t *ret_size)
{
	const struct sent_packet *place =
		clip_sender->stored ? &clip_sender->stored[sequence % CLIP_SENDER_RTX_PACKETS]
				    : NULL;
	if (!place || !place->bytes || place->sequence != sequence) {
		return NULL;
	}
	*ret_size = place->size;
	return place->bytes;
}

static void send_payload(struct clip_sender *clip_sender, struct media_sender *sender,
	const struct datagram_outlet *outlet, const struct rtp_header *header,
	const uint8_t *payload, size_t payload_size)
{
	_Alignas(8) uint8_t datagram[CLIP_SENDER_DATAGRAM];
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
	keep(clip_sender, datagram, size, header->sequence);
	clip_sender->report.packets++;
	clip_sender->report.octets += (uint32_t)payload_size;
	outlet->send(outlet->user, datagram, size);
}

static struct rtp_header begin_header(struct clip_sender *clip_sender, int64_t wall_us)
{
	return (struct rtp_header){
		.payload_type = clip_sender->source == MEDIA_VOICE ? MEDIA_PT_OPUS : MEDIA_PT_H264,
		.timestamp = timestamp_at(clip_sender, clip_sender->next_us),
		.ssrc = media_ssrc(0, media_uplink_stream(clip_sender->site, clip_sender->source)),
		.has_ntp = true,
		.ntp = ntp_from_us(own_clock(clip_sender, clip_sender->next_us) + wall_us),
	};
}

static void send_picture(struct clip_sender *clip_sender, struct media_sender *sender,
	const struct datagram_outlet *outlet, int64_t wall_us)
{
	static struct h264_packets packed;
	size_t size = 0, at = 0, nal_size = 0;
	const uint8_t *unit = clip_item(clip_sender->clip, clip_sender->item, &size);
	struct media_mark mark = {.site = clip_sender->site,
		.source = (uint8_t)clip_sender->source,
		.frame = clip_sender->frame};
	for (const uint8_t *nal; (nal = clip_nal(unit, size, &at, &nal_size)) != NULL;) {
		mark.sum = media_mark_sum(mark.sum, nal, nal_size);
	}
	uint8_t sei[MEDIA_MARK_SEI];
	media_mark_write_sei(&mark, sei);
	if (!h264_packetize(unit, size, sei, &packed)) {
		return;
	}
	struct rtp_header header = begin_header(clip_sender, wall_us);
	for (size_t i = 0; i < packed.count; i++) {
		header.sequence = clip_sender->sequence++;
		header.marker = i + 1 == packed.count;
		send_payload(clip_sender, sender, outlet, &header, packed.payloads[i].bytes,
			packed.payloads[i].size);
		header.has_ntp = false;
	}
}

static void send_sound(struct clip_sender *clip_sender, struct media_sender *sender,
	const struct datagram_outlet *outlet, int64_t wall_us)
{
	size_t size = 0;
	const uint8_t *packet = clip_item(clip_sender->clip, clip_sender->item, &size);
	struct media_mark mark = {.site = clip_sender->site,
		.source = MEDIA_VOICE,
		.frame = clip_sender->frame,
		.sum = media_mark_sum(0, packet, size)};
	uint8_t payload[CLIP_SENDER_DATAGRAM];
	size = media_mark_write_opus(&mark, packet, size, payload);
	struct rtp_header header = begin_header(clip_sender, wall_us);
	header.sequence = clip_sender->sequence++;
	send_payload(clip_sender, sender, outlet, &header, payload, size);
}

void clip_sender_tick(struct clip_sender *clip_sender, struct media_sender *sender,
	const struct datagram_outlet *outlet, int64_t now_us, int64_t wall_us)
{
	int64_t due_us = now_us - clip_sender->late_us;
	if (clip_sender->on && due_us - clip_sender->next_us > LATE_US) {
		clip_sender->next_us = due_us;
	}
	while (clip_sender->on && clip_sender->next_us <= due_us) {
		if (clip_sender->source == MEDIA_VOICE) {
			send_sound(clip_sender, sender, outlet, wall_us);
		} else {
			send_picture(clip_sender, sender, outlet, wall_us);
		}
		clip_sender->report.timestamp = timestamp_at(clip_sender, clip_sender->next_us);
		clip_sender->report.ntp =
			ntp_from_us(own_clock(clip_sender, clip_sender->next_us) + wall_us);
		clip_sender->frame++;
		clip_sender->item = (clip_sender->item + 1) % clip_sender->clip->count;
		clip_sender->next_us += clip_sender->interval_us;
	}
}
