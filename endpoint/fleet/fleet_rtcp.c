#include "endpoint/fleet/fleet_rtcp.h"

#include <stdio.h>

#include "endpoint/fleet/site_socket.h"

enum { COMPOUND = 512, ASK_MAX = 64 };

struct compound {
	_Alignas(8) uint8_t data[COMPOUND];
	struct rtcp_writer writer;
};

static void begin(struct compound *compound)
{
	compound->writer = (struct rtcp_writer){
		.data = compound->data, .capacity = COMPOUND - MEDIA_RTCP_OVERHEAD};
}

static void finish(struct site_media *media, struct compound *compound)
{
	size_t size = compound->writer.size;
	if (size > 0 && media_sender_rtcp(media->sender, compound->data, &size, COMPOUND) == 0) {
		site_socket_send(media, compound->data, size);
	}
}

/* ---- in ---- */

static struct clip_sender *own_clip_sender(struct site_media *media, uint32_t ssrc)
{
	uint16_t stream = media_stream_of(ssrc);
	enum media_source source = media_stream_source(stream);
	bool own = !media_stream_is_slot(stream) && media_stream_site(stream) == media->number;
	return own && (int)source < SITE_MEDIA_PLAIN_SOURCES ? &media->senders[source] : NULL;
}

static void answer_nack(struct site_media *media, const struct rtcp_message *nack)
{
	const struct clip_sender *clip_sender = own_clip_sender(media, nack->media);
	uint16_t sequences[RTCP_NACK_MAX];
	size_t count = clip_sender ? rtcp_nack_list(nack, sequences, RTCP_NACK_MAX) : 0;
	for (size_t i = 0; i < count; i++) {
		size_t size = 0;
		const uint8_t *stored = clip_sender_find(clip_sender, sequences[i], &size);
		if (stored) {
			site_socket_send(media, stored, size);
		}
	}
}

static void handle_sender_report(
	struct site_media *media, const struct rtcp_message *report, int64_t now_us)
{
	uint16_t stream = media_stream_of(report->sender);
	if (media_stream_is_slot(stream) && media_stream_slot(stream) < MEDIA_SLOTS) {
		slot_receiver_sender_report(
			&media->slots[media_stream_slot(stream)], &report->sr, now_us);
	}
}

static void answer_challenge(struct site_media *media, const struct rtcp_message *challenge)
{
	uint32_t own = media_feedback_ssrc(media->number, MEDIA_SLOT_NONE);
	if (challenge->media != own) {
		return;
	}
	struct compound compound;
	begin(&compound);
	rtcp_put_rr(&compound.writer, own, NULL, 0);
	rtcp_put_path_response(&compound.writer, own, MEDIA_RELAY_STREAM, challenge->token);
	finish(media, &compound);
}

static void record_arrived(struct site_media *media, const struct rtcp_message *report)
{
	uint16_t preview = media_uplink_stream(media->number, MEDIA_PREVIEW);
	for (size_t i = 0; i < report->n_blocks; i++) {
		if (media_stream_of(report->blocks[i].ssrc) == preview) {
			media->preview_arrived = report->blocks[i];
			media->preview_known = true;
		}
	}
}

static void take(struct site_media *media, const struct rtcp_message *message, int64_t now_us)
{
	struct clip_sender *clip_sender = NULL;
	switch (message->kind) {
	case RTCP_SR:
		handle_sender_report(media, message, now_us);
		return;
	case RTCP_PLI:
		clip_sender = own_clip_sender(media, message->media);
		if (clip_sender) {
			clip_sender_keyframe(clip_sender);
		}
		return;
	case RTCP_NACK:
		answer_nack(media, message);
		return;
	case RTCP_PATH_CHALLENGE:
		answer_challenge(media, message);
		return;
	case RTCP_RR:
		record_arrived(media, message);
		return;
	case RTCP_OTHER:
	case RTCP_SDES:
	case RTCP_BYE:
	case RTCP_PATH_RESPONSE:
		return;
	}
}

void fleet_rtcp_take(struct site_media *media, const uint8_t *data, size_t size, int64_t now_us)
{
	struct rtcp_reader reader = {.data = data, .size = size};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		take(media, &message, now_us);
	}
}

/* ---- out ---- */

static void send_nacks(struct site_media *media, struct slot_receiver *slot, int64_t now_us)
{
	uint32_t sender = media_feedback_ssrc(media->number, slot->number);
	uint16_t sequences[ASK_MAX];
	size_t count = slot_receiver_tick(slot, now_us, sequences, ASK_MAX);
	bool picture = slot_receiver_wants_keyframe(slot) && now_us >= media->pli_us;
	if (count == 0 && !picture) {
		return;
	}
	uint32_t stream = media_ssrc(0, media_slot_stream(slot->number));
	struct compound compound;
	begin(&compound);
	rtcp_put_rr(&compound.writer, sender, NULL, 0);
	rtcp_put_nack(&compound.writer, sender, stream, sequences, count);
	if (picture) {
		rtcp_put_pli(&compound.writer, sender, stream);
		media->pli_us = now_us + SITE_MEDIA_PLI_US;
	}
	finish(media, &compound);
}

static void report_reception(struct site_media *media, struct slot_receiver *slot, int64_t now_us)
{
	struct rtcp_block block;
	slot_receiver_block(slot, now_us, &block);
	struct compound compound;
	begin(&compound);
	rtcp_put_rr(&compound.writer, media_feedback_ssrc(media->number, slot->number), &block, 1);
	finish(media, &compound);
}

static void report_sending(struct site_media *media, const struct clip_sender *clip_sender)
{
	uint32_t ssrc = media_ssrc(0, media_uplink_stream(media->number, clip_sender->source));
	char cname[24];
	snprintf(cname, sizeof(cname), "site-%u", media->number);
	struct compound compound;
	begin(&compound);
	rtcp_put_sr(&compound.writer, ssrc, &clip_sender->report, NULL, 0);
	rtcp_put_sdes(&compound.writer, ssrc, cname);
	finish(media, &compound);
}

static void report_all(struct site_media *media, int64_t now_us)
{
	struct compound compound;
	begin(&compound);
	rtcp_put_keepalive(&compound.writer, media->number);
	finish(media, &compound);
	for (int i = 0; i < MEDIA_SLOTS; i++) {
		if (media->slots[i].joined && media->slots[i].seen) {
			report_reception(media, &media->slots[i], now_us);
		}
	}
	for (int i = 0; i < SITE_MEDIA_PLAIN_SOURCES; i++) {
		if (media->senders[i].on && media->senders[i].report.packets > 0) {
			report_sending(media, &media->senders[i]);
		}
	}
}

void fleet_rtcp_tick(struct site_media *media, int64_t now_us)
{
	if (now_us >= media->keepalive_us) {
		media->keepalive_us =
			now_us + (media->proven ? SITE_MEDIA_KEEPALIVE_US : SITE_MEDIA_PROBE_US);
		report_all(media, now_us);
	}
	for (int i = 0; i < MEDIA_SLOTS; i++) {
		if (media->slots[i].joined) {
			send_nacks(media, &media->slots[i], now_us);
		}
	}
}
