/*
 * The simulator's assertions are themselves tested: a good stream raises none, and each possible
 * fault of a relay raises its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "endpoint/fleet/clip.h"
#include "endpoint/fleet/slot_receiver.h"

enum { OWN = 9, FRAME_US = 66667, SOURCE = 5 };

static struct fleet_slot_stats stats;
static struct slot_receiver slot;
static int64_t now_us;
static uint16_t sequence;

static bool is_simulated(void *user, uint32_t site)
{
	(void)user;
	return site < 100;
}

static int begin(void **state)
{
	(void)state;
	stats = (struct fleet_slot_stats){.is_simulated = is_simulated};
	slot_receiver_init(&slot, MEDIA_SLOT_PROGRAM, OWN, &stats);
	slot_receiver_join(&slot, true);
	slot_receiver_expect(&slot, SOURCE);
	now_us = 1000000;
	sequence = 65500; /* a wrap is on the way */
	return 0;
}

static int end(void **state)
{
	(void)state;
	slot_receiver_finish(&slot);
	return 0;
}

/* A frame of the camera clip as RTP packets. */
struct frame {
	uint32_t site;
	uint8_t source;
	uint32_t number;
	uint32_t item; /* of the clip: 0 is the keyframe */
	uint16_t stamped_site; /* the site in the stamp, if not `site` */
	bool unstamped, spoilt;
};

static size_t build(
	const struct frame *frame, uint8_t packets[H264_PAYLOADS_MAX][1500], size_t *sizes)
{
	static struct h264_packets packed;
	size_t size = 0, at = 0, nal_size = 0;
	const uint8_t *unit = clip_item(&clip_camera, frame->item, &size);
	struct media_mark mark = {
		.site = (uint16_t)(frame->stamped_site ? frame->stamped_site : frame->site),
		.source = frame->source,
		.frame = frame->number};
	for (const uint8_t *nal; (nal = clip_nal(unit, size, &at, &nal_size)) != NULL;) {
		mark.sum = media_mark_sum(mark.sum, nal, nal_size);
	}
	uint8_t sei[MEDIA_MARK_SEI];
	media_mark_write_sei(&mark, sei);
	if (frame->unstamped) {
		memset(sei + 3, 0x11, 16);
	}
	assert_true(h264_packetize(unit, size, sei, &packed));
	for (size_t i = 0; i < packed.count; i++) {
		struct rtp_header header = {.payload_type = MEDIA_PT_H264,
			.marker = i + 1 == packed.count,
			.sequence = sequence++,
			.timestamp = frame->number * 6000,
			.ssrc = media_slot_stream(MEDIA_SLOT_PROGRAM),
			.n_csrc = 1,
			.csrc = {frame->site}};
		assert_int_equal(rtp_build(&header, packets[i], 1500, &sizes[i]), 0);
		memcpy(packets[i] + sizes[i], packed.payloads[i].bytes, packed.payloads[i].size);
		sizes[i] += packed.payloads[i].size;
	}
	if (frame->spoilt) {
		packets[packed.count - 1][sizes[packed.count - 1] - 1] ^= 1;
	}
	return packed.count;
}

static void feed(const struct frame *frame)
{
	static uint8_t packets[H264_PAYLOADS_MAX][1500];
	size_t sizes[H264_PAYLOADS_MAX];
	size_t count = build(frame, packets, sizes);
	for (size_t i = 0; i < count; i++) {
		slot_receiver_packet(&slot, packets[i], sizes[i], now_us);
	}
	now_us += FRAME_US;
}

static void feed_run(uint32_t site, uint32_t first, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		feed(&(struct frame){.site = site, .number = first + i, .item = i});
	}
}

static void pass(int64_t us)
{
	uint16_t asked[64];
	for (int64_t until = now_us + us; now_us < until; now_us += 10000) {
		slot_receiver_tick(&slot, now_us, asked, 64);
	}
}

static void assert_clean(void)
{
	const struct media_findings *found = &stats.findings;
	assert_int_equal(found->bad_sum, 0);
	assert_int_equal(found->unstamped, 0);
	assert_int_equal(found->wrong_source, 0);
	assert_int_equal(found->out_of_order, 0);
	assert_int_equal(found->frames_missing, 0);
	assert_int_equal(found->unclean_switches, 0);
	assert_int_equal(stats.unrecovered, 0);
}

static void good_stream_raises_nothing(void **state)
{
	(void)state;
	feed_run(SOURCE, 100, 90); /* over a wrap of sequence numbers */
	pass(100000);
	assert_int_equal(stats.findings.pictures, 90);
	assert_int_equal(slot.switched_to, SOURCE);
	assert_clean();
}

/* The beginning of a frame, without its end. */
static void feed_cut(const struct frame *frame)
{
	static uint8_t packets[H264_PAYLOADS_MAX][1500];
	size_t sizes[H264_PAYLOADS_MAX];
	size_t count = build(frame, packets, sizes);
	assert_true(count > 1);
	sequence = (uint16_t)(sequence - count + 1);
	slot_receiver_packet(&slot, packets[0], sizes[0], now_us);
	now_us += FRAME_US;
}

static void a_picture_that_is_cut_short_is_none(void **state)
{
	(void)state;
	feed_run(SOURCE, 100, 5);
	feed_cut(&(struct frame){.site = SOURCE, .number = 105, .item = 0});
	feed_run(SOURCE, 120, 5);
	assert_int_equal(stats.findings.pictures, 10);
	assert_clean();
	feed_cut(&(struct frame){.site = SOURCE, .number = 125, .item = 0});
	feed(&(struct frame){.site = SOURCE, .number = 126, .item = 5});
	assert_int_equal(stats.findings.frames_missing, 1);
	assert_int_equal(stats.findings.bad_sum, 0);
}

static void switch_at_keyframe_is_clean_and_timed(void **state)
{
	(void)state;
	feed_run(SOURCE, 1, 5);
	slot_receiver_expect(&slot, 6);
	int64_t at_us = now_us;
	feed_run(6, 7000, 5);
	assert_int_equal(slot.switched_to, 6);
	assert_int_equal(slot.switched_us, at_us);
	assert_clean();
}

static void switch_without_keyframe_is_told(void **state)
{
	(void)state;
	feed_run(SOURCE, 1, 5);
	slot_receiver_expect(&slot, 6);
	feed(&(struct frame){.site = 6, .number = 7, .item = 7});
	assert_int_equal(stats.findings.unclean_switches, 1);
	assert_int_equal(slot.switched_to, SOURCE);
}

static void wrong_source_is_told_once_and_not_at_once(void **state)
{
	(void)state;
	slot_receiver_expect(&slot, 7);
	feed_run(SOURCE, 1, 30); /* two seconds: a switch may be under way */
	assert_int_equal(stats.findings.wrong_source, 0);
	feed_run(SOURCE, 31, 60);
	assert_int_equal(stats.findings.wrong_source, 1);
}

static void mark_of_another_site_is_told(void **state)
{
	(void)state;
	feed_run(SOURCE, 1, 2);
	feed(&(struct frame){.site = SOURCE, .number = 3, .item = 2, .stamped_site = 8});
	assert_int_equal(stats.findings.wrong_source, 1);
}

static void damage_and_missing_marks_are_told(void **state)
{
	(void)state;
	feed(&(struct frame){.site = SOURCE, .number = 1});
	feed(&(struct frame){.site = SOURCE, .number = 2, .item = 1, .spoilt = true});
	assert_int_equal(stats.findings.bad_sum, 1);
	feed(&(struct frame){.site = SOURCE, .number = 3, .item = 2, .unstamped = true});
	assert_int_equal(stats.findings.unstamped, 1);
	feed(&(struct frame){.site = 200, .number = 4, .unstamped = true}); /* a real endpoint */
	assert_int_equal(stats.findings.unstamped, 1);
	assert_int_equal(stats.findings.pictures, 2);
}

static void order_of_frames_is_watched(void **state)
{
	(void)state;
	feed_run(SOURCE, 10, 3);
	feed(&(struct frame){.site = SOURCE, .number = 12, .item = 3});
	assert_int_equal(stats.findings.out_of_order, 1);
	feed(&(struct frame){.site = SOURCE, .number = 14, .item = 4});
	assert_int_equal(stats.findings.frames_missing, 1);
	feed(&(struct frame){.site = SOURCE, .number = 20, .item = 0}); /* resumed at a keyframe */
	assert_int_equal(stats.findings.frames_missing, 1);
}

static void reordering_costs_nothing(void **state)
{
	(void)state;
	static uint8_t packets[H264_PAYLOADS_MAX][1500];
	size_t sizes[H264_PAYLOADS_MAX];
	size_t count = build(&(struct frame){.site = SOURCE, .number = 1}, packets, sizes);
	assert_true(count >= 3);
	slot_receiver_packet(&slot, packets[0], sizes[0], now_us);
	for (size_t i = count - 1; i > 0; i--) {
		slot_receiver_packet(&slot, packets[i], sizes[i], now_us);
		slot_receiver_packet(&slot, packets[i], sizes[i], now_us); /* and twice */
	}
	uint16_t asked[64];
	assert_int_equal(slot_receiver_tick(&slot, now_us + SLOT_REORDER_US, asked, 64), 0);
	assert_int_equal(stats.findings.pictures, 1);
	assert_int_equal(stats.findings.nacked, 0);
	assert_clean();
}

static void lost_packet_is_asked_for_and_repaired(void **state)
{
	(void)state;
	static uint8_t packets[H264_PAYLOADS_MAX][1500];
	size_t sizes[H264_PAYLOADS_MAX];
	size_t count = build(&(struct frame){.site = SOURCE, .number = 1}, packets, sizes);
	for (size_t i = 0; i < count; i++) {
		if (i != 1) {
			slot_receiver_packet(&slot, packets[i], sizes[i], now_us);
		}
	}
	uint16_t asked[64];
	assert_int_equal(slot_receiver_tick(&slot, now_us, asked, 64), 0);
	assert_int_equal(slot_receiver_tick(&slot, now_us + SLOT_REORDER_US, asked, 64), 1);
	assert_int_equal(asked[0], (uint16_t)(65500 + 1));
	assert_int_equal(slot_receiver_tick(&slot, now_us + SLOT_REORDER_US + 1000, asked, 64), 0);
	slot_receiver_packet(&slot, packets[1], sizes[1], now_us + 30000);
	assert_int_equal(stats.findings.pictures, 1);
	assert_int_equal(stats.findings.recovered, 1);
	assert_clean();
}

static void what_never_comes_is_given_up(void **state)
{
	(void)state;
	static uint8_t packets[H264_PAYLOADS_MAX][1500];
	feed_run(SOURCE, 1, 3);
	size_t sizes[H264_PAYLOADS_MAX];
	size_t count = build(&(struct frame){.site = SOURCE, .number = 4}, packets, sizes);
	assert_true(count > 2);
	for (size_t i = 1; i < count; i++) {
		slot_receiver_packet(&slot, packets[i], sizes[i], now_us);
	}
	feed(&(struct frame){.site = SOURCE, .number = 5, .item = 4});
	feed(&(struct frame){.site = SOURCE, .number = 6, .item = 5});
	assert_int_equal(stats.findings.pictures, 3);
	pass(2 * SLOT_GIVEN_UP_US);
	assert_int_equal(stats.unrecovered, 1);
	assert_int_equal(stats.findings.pictures, 5);
	assert_int_equal(stats.findings.frames_missing, 0); /* the gap explains it */
	assert_int_equal(stats.findings.bad_sum, 0);
}

static void rejoining_forgets_the_gap(void **state)
{
	(void)state;
	feed_run(SOURCE, 1, 3);
	slot_receiver_join(&slot, false);
	feed_run(SOURCE, 4, 10);
	assert_int_equal(stats.findings.pictures, 3);
	slot_receiver_join(&slot, true);
	feed(&(struct frame){
		.site = SOURCE, .number = 14, .item = 13}); /* in the middle of a picture */
	assert_true(slot_receiver_wants_keyframe(&slot));
	feed_run(SOURCE, 15, 3);
	assert_false(slot_receiver_wants_keyframe(&slot));
	assert_int_equal(stats.findings.nacked, 0);
	assert_clean();
}

static void feed_voice(uint32_t site, uint32_t number)
{
	size_t size = 0, sound_size = 0;
	const uint8_t *sound = clip_item(&clip_voice, number % clip_voice.count, &sound_size);
	struct media_mark mark = {.site = (uint16_t)site,
		.source = MEDIA_VOICE,
		.frame = number,
		.sum = media_mark_sum(0, sound, sound_size)};
	struct rtp_header header = {.payload_type = MEDIA_PT_OPUS,
		.sequence = sequence++,
		.ssrc = media_slot_stream(MEDIA_SLOT_VOICE),
		.n_csrc = 1,
		.csrc = {site}};
	uint8_t packet[1500];
	assert_int_equal(rtp_build(&header, packet, sizeof(packet), &size), 0);
	size += media_mark_write_opus(&mark, sound, sound_size, packet + size);
	slot_receiver_packet(&slot, packet, size, now_us);
	now_us += 20000;
}

static void voices_are_judged_and_the_own_left_out(void **state)
{
	(void)state;
	slot_receiver_init(&slot, MEDIA_SLOT_VOICE, OWN, &stats);
	slot_receiver_join(&slot, true);
	for (uint32_t i = 0; i < 50; i++) {
		feed_voice(SOURCE, 1000 + i);
	}
	assert_int_equal(stats.findings.sounds, 50);
	assert_clean();
	feed_voice(SOURCE, 1051);
	assert_int_equal(stats.findings.frames_missing, 1);
	now_us += SLOT_PAUSE_US + 1; /* it was silent: frames may have been skipped */
	feed_voice(SOURCE, 1100);
	assert_int_equal(stats.findings.frames_missing, 1);
	feed_voice(OWN, 1);
	assert_int_equal(stats.findings.sounds, 52);
	assert_int_equal(stats.findings.own_voice, 0); /* it may overlap the news of the switch */
	for (uint32_t i = 2; i < 2 + SLOT_FAULT_LASTS_US / 20000; i++) {
		feed_voice(OWN, i);
	}
	assert_int_equal(stats.findings.own_voice, 0);
	feed_voice(OWN, 1000);
	feed_voice(OWN, 1001);
	assert_int_equal(stats.findings.own_voice, 1);
	feed_voice(SOURCE, 1101);
	assert_int_equal(stats.findings.sounds, 53);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(good_stream_raises_nothing, begin, end),
		cmocka_unit_test_setup_teardown(a_picture_that_is_cut_short_is_none, begin, end),
		cmocka_unit_test_setup_teardown(switch_at_keyframe_is_clean_and_timed, begin, end),
		cmocka_unit_test_setup_teardown(switch_without_keyframe_is_told, begin, end),
		cmocka_unit_test_setup_teardown(
			wrong_source_is_told_once_and_not_at_once, begin, end),
		cmocka_unit_test_setup_teardown(mark_of_another_site_is_told, begin, end),
		cmocka_unit_test_setup_teardown(damage_and_missing_marks_are_told, begin, end),
		cmocka_unit_test_setup_teardown(order_of_frames_is_watched, begin, end),
		cmocka_unit_test_setup_teardown(reordering_costs_nothing, begin, end),
		cmocka_unit_test_setup_teardown(lost_packet_is_asked_for_and_repaired, begin, end),
		cmocka_unit_test_setup_teardown(what_never_comes_is_given_up, begin, end),
		cmocka_unit_test_setup_teardown(rejoining_forgets_the_gap, begin, end),
		cmocka_unit_test_setup_teardown(voices_are_judged_and_the_own_left_out, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
