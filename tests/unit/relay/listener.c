/* Who plays what comes: see listener.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/seq.h"
#include "proto/media/ssrc.h"
#include "tests/unit/relay/listener.h"

static const int64_t minute_us = 60000000;

void listener_init(struct listener *listener, const struct media_key *group, int64_t ppm)
{
	*listener = (struct listener){
		.ppm = ppm, .window = -1, .least_us = INT64_MAX, .least_before_us = INT64_MAX};
	assert_int_equal(media_receiver_create(group, &listener->receiver), 0);
}

void listener_finish(struct listener *listener)
{
	media_receiver_destroy(listener->receiver);
}

static int64_t own_clock(const struct listener *listener, int64_t true_us)
{
	return true_us + true_us * listener->ppm / 1000000;
}

/* ---- reports ---- */

static void note_travel(struct listener *listener, int64_t relay_us, int64_t own_us)
{
	if (own_us / LISTENER_WINDOW_US != listener->window) {
		listener->window = own_us / LISTENER_WINDOW_US;
		listener->least_before_us = listener->least_us;
		listener->least_us = INT64_MAX;
	}
	int64_t offset_us = own_us - relay_us;
	listener->least_us = offset_us < listener->least_us ? offset_us : listener->least_us;
}

static void take_report(
	struct listener *listener, const struct rtcp_message *message, int64_t own_us)
{
	uint16_t slot = media_stream_slot(media_stream_of(message->sender));
	assert_true(slot < LISTENER_SLOTS);
	listener->slots[slot].known = true;
	listener->slots[slot].relay_us = ntp_to_us(message->sr.ntp);
	listener->slots[slot].timestamp = message->sr.timestamp;
	note_travel(listener, listener->slots[slot].relay_us, own_us);
}

static void take_rtcp(struct listener *listener, const uint8_t *data, size_t size, int64_t own_us)
{
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		if (message.kind == RTCP_SR) {
			take_report(listener, &message, own_us);
		} else if (message.kind == RTCP_PATH_CHALLENGE) {
			listener->challenge = message.token;
		}
	}
}

/* ---- playing ---- */

static int64_t play_at(const struct listener *listener, const struct listener_slot *slot,
	uint32_t timestamp, uint32_t rate)
{
	int64_t ticks = timestamp_distance(slot->timestamp, timestamp);
	int64_t offset_us = listener->least_us < listener->least_before_us
				    ? listener->least_us
				    : listener->least_before_us;
	return slot->relay_us + ticks * 1000000 / (int64_t)rate + offset_us + REHEARSAL_BUFFER_US;
}

/* Sound and picture of one site that are played at about the same time. */
static void compare(struct listener *listener)
{
	const struct listener_slot *picture = &listener->slots[MEDIA_SLOT_PROGRAM];
	const struct listener_slot *sound = &listener->slots[MEDIA_SLOT_VOICE];
	int64_t apart_us = picture->delay_of_us - sound->delay_of_us;
	if (picture->site != sound->site || apart_us > LISTENER_PAIR_US ||
		apart_us < -LISTENER_PAIR_US) {
		return;
	}
	int64_t skew_us = picture->delay_us - sound->delay_us;
	skew_us = skew_us < 0 ? -skew_us : skew_us;
	if (skew_us > listener->heard.worst_skew_us) {
		listener->heard.worst_skew_us = skew_us;
	}
}

static void note_delay(struct listener_slot *slot, int64_t *mean_us, int64_t now_us)
{
	int64_t minute = now_us / minute_us % REHEARSAL_MINUTES_MAX;
	slot->sums_us[minute] += slot->delay_us;
	slot->counts[minute]++;
	mean_us[minute] = slot->sums_us[minute] / slot->counts[minute];
}

static void judge(struct listener *listener, struct listener_slot *slot, bool picture, bool late,
	int64_t now_us)
{
	struct rehearsal_heard *heard = &listener->heard;
	heard->too_late += late;
	heard->pictures += picture;
	heard->sounds += !picture;
	note_delay(slot, picture ? heard->picture_delay_us : heard->sound_delay_us, now_us);
	compare(listener);
}

static void take_rtp(struct listener *listener, const uint8_t *data, size_t size, int64_t now_us)
{
	struct rtp_packet packet;
	int64_t taken_us;
	assert_int_equal(rtp_parse(data, size, &packet), 0);
	uint16_t number = media_stream_slot(media_stream_of(packet.header.ssrc));
	assert_true(number < LISTENER_SLOTS && packet.payload_size == 1 + sizeof taken_us);
	struct listener_slot *slot = &listener->slots[number];
	bool picture = number == MEDIA_SLOT_PROGRAM;
	memcpy(&taken_us, packet.payload + 1, sizeof taken_us);
	if (!slot->known) {
		return;
	}
	int64_t own_us = own_clock(listener, now_us);
	int64_t at_us = play_at(listener, slot, packet.header.timestamp,
		picture ? MEDIA_RATE_VIDEO : MEDIA_RATE_AUDIO);
	slot->delay_us = now_us + (at_us - own_us) - taken_us;
	slot->delay_of_us = now_us;
	slot->site = packet.header.csrc[0];
	if (now_us >= listener->judged_from_us) {
		judge(listener, slot, picture, own_us > at_us, now_us);
	}
}

void listener_take(struct listener *listener, uint8_t *data, size_t size, int64_t now_us)
{
	if (rtp_is_rtcp(data, size)) {
		assert_int_equal(media_receiver_rtcp(listener->receiver, data, &size, now_us), 0);
		take_rtcp(listener, data, size, own_clock(listener, now_us));
	} else {
		assert_int_equal(media_receiver_rtp(listener->receiver, data, &size, now_us), 0);
		take_rtp(listener, data, size, now_us);
	}
}
