/* A receiver that plays slots: see playout.h. */
#include "tests/unit/relay/playout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "proto/media/ntp.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/seq.h"
#include "proto/media/ssrc.h"

static const int64_t minute_us = 60000000;

void playout_init(struct playout *playout, const struct media_key *group, int64_t ppm)
{
	*playout = (struct playout){
		.ppm = ppm, .window = -1, .least_us = INT64_MAX, .least_before_us = INT64_MAX};
	assert_int_equal(media_receiver_create(group, &playout->receiver), 0);
}

void playout_finish(struct playout *playout)
{
	media_receiver_destroy(playout->receiver);
}

static int64_t own_clock(const struct playout *playout, int64_t true_us)
{
	return true_us + true_us * playout->ppm / 1000000;
}

/* ---- reports ---- */

static void record_transit(struct playout *playout, int64_t relay_us, int64_t own_us)
{
	if (own_us / PLAYOUT_WINDOW_US != playout->window) {
		playout->window = own_us / PLAYOUT_WINDOW_US;
		playout->least_before_us = playout->least_us;
		playout->least_us = INT64_MAX;
	}
	int64_t offset_us = own_us - relay_us;
	playout->least_us = offset_us < playout->least_us ? offset_us : playout->least_us;
}

static void handle_report(
	struct playout *playout, const struct rtcp_message *message, int64_t own_us)
{
	uint16_t slot = media_stream_slot(media_stream_of(message->sender));
	assert_true(slot < PLAYOUT_SLOTS);
	playout->slots[slot].known = true;
	playout->slots[slot].relay_us = ntp_to_us(message->sr.ntp);
	playout->slots[slot].timestamp = message->sr.timestamp;
	record_transit(playout, playout->slots[slot].relay_us, own_us);
}

static void take_rtcp(struct playout *playout, const uint8_t *data, size_t size, int64_t own_us)
{
	struct rtcp_reader reader = {data, size, 0};
	struct rtcp_message message;
	while (rtcp_next(&reader, &message) == 0) {
		if (message.kind == RTCP_SR) {
			handle_report(playout, &message, own_us);
		} else if (message.kind == RTCP_PATH_CHALLENGE) {
			playout->challenge = message.token;
		}
	}
}

/* ---- playing ---- */

static int64_t play_at(const struct playout *playout, const struct playout_slot *slot,
	uint32_t timestamp, uint32_t rate)
{
	int64_t ticks = timestamp_distance(slot->timestamp, timestamp);
	int64_t offset_us = playout->least_us < playout->least_before_us ? playout->least_us
									 : playout->least_before_us;
	return slot->relay_us + ticks * 1000000 / (int64_t)rate + offset_us + SIMULATION_BUFFER_US;
}

/* The skew of sound and picture of one site that are played at about the same time. */
static void compare(struct playout *playout)
{
	const struct playout_slot *picture = &playout->slots[MEDIA_SLOT_PROGRAM];
	const struct playout_slot *sound = &playout->slots[MEDIA_SLOT_VOICE];
	int64_t apart_us = picture->delay_of_us - sound->delay_of_us;
	if (picture->site != sound->site || apart_us > PLAYOUT_PAIR_US ||
		apart_us < -PLAYOUT_PAIR_US) {
		return;
	}
	int64_t skew_us = picture->delay_us - sound->delay_us;
	skew_us = skew_us < 0 ? -skew_us : skew_us;
	if (skew_us > playout->heard.worst_skew_us) {
		playout->heard.worst_skew_us = skew_us;
	}
}

static void record_delay(struct playout_slot *slot, int64_t *mean_us, int64_t now_us)
{
	int64_t minute = now_us / minute_us % SIMULATION_MINUTES_MAX;
	slot->sums_us[minute] += slot->delay_us;
	slot->counts[minute]++;
	mean_us[minute] = slot->sums_us[minute] / slot->counts[minute];
}

static void measure(
	struct playout *playout, struct playout_slot *slot, bool picture, bool late, int64_t now_us)
{
	struct simulation_heard *heard = &playout->heard;
	heard->too_late += late;
	heard->pictures += picture;
	heard->sounds += !picture;
	record_delay(slot, picture ? heard->picture_delay_us : heard->sound_delay_us, now_us);
	compare(playout);
}

static void take_rtp(struct playout *playout, const uint8_t *data, size_t size, int64_t now_us)
{
	struct rtp_packet packet;
	assert_int_equal(rtp_parse(data, size, &packet), 0);
	uint16_t number = media_stream_slot(media_stream_of(packet.header.ssrc));
	int64_t taken_us;
	assert_true(number < PLAYOUT_SLOTS && packet.payload_size == 1 + sizeof(taken_us));
	struct playout_slot *slot = &playout->slots[number];
	bool picture = number == MEDIA_SLOT_PROGRAM;
	memcpy(&taken_us, packet.payload + 1, sizeof(taken_us));
	if (!slot->known) {
		return;
	}
	int64_t own_us = own_clock(playout, now_us);
	int64_t at_us = play_at(playout, slot, packet.header.timestamp,
		picture ? MEDIA_RATE_VIDEO : MEDIA_RATE_AUDIO);
	slot->delay_us = now_us + (at_us - own_us) - taken_us;
	slot->delay_of_us = now_us;
	slot->site = packet.header.csrc[0];
	if (now_us >= playout->judged_from_us) {
		measure(playout, slot, picture, own_us > at_us, now_us);
	}
}

void playout_take(struct playout *playout, uint8_t *data, size_t size, int64_t now_us)
{
	if (rtp_is_rtcp(data, size)) {
		assert_int_equal(media_receiver_rtcp(playout->receiver, data, &size, now_us), 0);
		take_rtcp(playout, data, size, own_clock(playout, now_us));
	} else {
		assert_int_equal(media_receiver_rtp(playout->receiver, data, &size, now_us), 0);
		take_rtp(playout, data, size, now_us);
	}
}
