/* Marks and packetization: a simulated site can read what it sends, and damage is detected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "endpoint/fleet/clip.h"
#include "endpoint/fleet/distribution.h"
#include "endpoint/fleet/h264_packetizer.h"

static const struct media_mark mark = {
	.site = 8127, .source = 2, .frame = 4000000000u, .sum = 0xDEADBEEF};

static void assert_mark(const struct media_mark *found)
{
	assert_int_equal(found->site, mark.site);
	assert_int_equal(found->source, mark.source);
	assert_int_equal(found->frame, mark.frame);
	assert_int_equal(found->sum, mark.sum);
}

static void sum_is_the_known_one(void **state)
{
	(void)state;
	const uint8_t *text = (const uint8_t *)"123456789";
	assert_int_equal(media_mark_sum(0, text, 9), 0xCBF43926);
	assert_int_equal(media_mark_sum(media_mark_sum(0, text, 4), text + 4, 5), 0xCBF43926);
}

static void picture_stamp_comes_back(void **state)
{
	(void)state;
	uint8_t nal[MEDIA_MARK_SEI];
	media_mark_write_sei(&mark, nal);
	struct media_mark found = {0};
	assert_true(media_mark_read_sei(nal, sizeof(nal), &found));
	assert_mark(&found);
	for (size_t i = 0; i + 2 < sizeof(nal); i++) { /* needs no emulation prevention */
		assert_false(nal[i] == 0 && nal[i + 1] == 0);
	}
	assert_false(media_mark_read_sei(nal, sizeof(nal) - 1, &found));
	nal[10] ^= 1;
	assert_false(media_mark_read_sei(nal, sizeof(nal), &found));
}

static void sound_stamp_comes_back(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < clip_voice.count; i++) {
		size_t size = 0;
		const uint8_t *packet = clip_item(&clip_voice, i, &size);
		uint8_t stamped[1500];
		size_t stamped_size = media_mark_write_opus(&mark, packet, size, stamped);
		assert_int_equal(stamped_size, size + MEDIA_MARK_OPUS_MORE);
		uint32_t sum = 0;
		struct media_mark found = {0};
		assert_true(media_mark_read_opus(stamped, stamped_size, &found, &sum));
		assert_mark(&found);
		assert_int_equal(sum, media_mark_sum(0, packet, size));
		stamped[4] ^= 1;
		assert_true(media_mark_read_opus(stamped, stamped_size, &found, &sum));
		assert_int_not_equal(sum, media_mark_sum(0, packet, size));
		assert_false(media_mark_read_opus(packet, size, &found, &sum));
	}
}

static uint32_t sum_of(const uint8_t *unit, size_t unit_size)
{
	size_t at = 0, size = 0;
	uint32_t sum = 0;
	for (const uint8_t *nal; (nal = clip_nal(unit, unit_size, &at, &size)) != NULL;) {
		sum = media_mark_sum(sum, nal, size);
	}
	return sum;
}

static void check_unit(const struct clip *clip, uint32_t index)
{
	static struct h264_packets packed;
	size_t size = 0;
	struct h264_depacketizer depacketizer = {0};
	const uint8_t *unit = clip_item(clip, index, &size);
	uint8_t sei[MEDIA_MARK_SEI];
	media_mark_write_sei(&mark, sei);
	assert_true(h264_packetize(unit, size, sei, &packed));
	for (size_t i = 0; i < packed.count; i++) {
		assert_true(packed.payloads[i].size <= H264_PAYLOAD_SIZE);
		h264_depacketize(&depacketizer, packed.payloads[i].bytes, packed.payloads[i].size);
	}
	assert_false(depacketizer.damaged);
	assert_true(depacketizer.marked);
	assert_mark(&depacketizer.mark);
	assert_int_equal(depacketizer.keyframe, index == 0);
	assert_int_equal(depacketizer.sum, sum_of(unit, size));
}

static void units_are_packed_and_unpacked(void **state)
{
	(void)state;
	const struct clip *clips[] = {&clip_camera, &clip_preview, &clip_content};
	for (size_t c = 0; c < 3; c++) {
		for (uint32_t i = 0; i < clips[c]->count; i++) {
			check_unit(clips[c], i);
		}
	}
}

static void missing_first_fragment_is_damage(void **state)
{
	(void)state;
	static struct h264_packets packed;
	size_t size = 0;
	const uint8_t *unit = clip_item(&clip_camera, 0, &size);
	uint8_t sei[MEDIA_MARK_SEI];
	media_mark_write_sei(&mark, sei);
	assert_true(h264_packetize(unit, size, sei, &packed));
	assert_true(packed.count > 2); /* the keyframe needs fragments: a burst */
	struct h264_depacketizer depacketizer = {0};
	h264_depacketize(&depacketizer, packed.payloads[2].bytes, packed.payloads[2].size);
	assert_true(depacketizer.damaged);
}

static void nonsense_is_damage(void **state)
{
	(void)state;
	static const uint8_t cases[][6] = {
		{24, 0, 9, 1, 2, 3}, {28}, {28, 0x85}, {24, 0, 0, 1}, {28, 0x05, 1}};
	static const size_t sizes[] = {6, 1, 2, 4, 3};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct h264_depacketizer depacketizer = {0};
		h264_depacketize(&depacketizer, cases[i], sizes[i]);
		assert_true(depacketizer.damaged);
	}
	struct h264_depacketizer empty = {0};
	h264_depacketize(&empty, cases[0], 0);
	assert_true(empty.damaged);
}

static void quantiles_are_nearest_rank(void **state)
{
	(void)state;
	struct distribution samples = {0};
	struct quantiles found;
	distribution_quantiles(&samples, &found);
	assert_int_equal(found.count, 0);
	for (int i = 1000; i > 0; i--) {
		distribution_add(&samples, i);
	}
	distribution_quantiles(&samples, &found);
	assert_int_equal(found.count, 1000);
	assert_int_equal(found.median, 500);
	assert_int_equal(found.p99, 990);
	assert_int_equal(found.max, 1000);
	distribution_finish(&samples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sum_is_the_known_one),
		cmocka_unit_test(picture_stamp_comes_back),
		cmocka_unit_test(sound_stamp_comes_back),
		cmocka_unit_test(units_are_packed_and_unpacked),
		cmocka_unit_test(missing_first_fragment_is_damage),
		cmocka_unit_test(nonsense_is_damage),
		cmocka_unit_test(quantiles_are_nearest_rank),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
