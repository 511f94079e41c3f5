/* RTP headers, the SSRC layout and serial arithmetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/media/refusal.h"
#include "proto/media/rtp.h"
#include "proto/media/seq.h"
#include "proto/media/ssrc.h"

static size_t build(const struct rtp_header *header, const void *payload, size_t n, uint8_t *data)
{
	size_t size = 0;
	assert_int_equal(rtp_build(header, data, 1500, &size), 0);
	memcpy(data + size, payload, n);
	return size + n;
}

static void what_is_built_is_parsed(void **state)
{
	(void)state;
	struct rtp_header header = {.marker = true,
		.payload_type = 96,
		.sequence = 65535,
		.timestamp = 0xFFFFFFFE,
		.ssrc = 0x12345678,
		.n_csrc = 1,
		.csrc = {42},
		.has_ntp = true,
		.ntp = 0x0123456789ABCDEF};
	uint8_t data[1500];
	size_t size = build(&header, "payload", 7, data);
	assert_int_equal(size, RTP_FIXED_SIZE + 4 + RTP_NTP64_SIZE + 7);
	struct rtp_packet packet;
	assert_int_equal(rtp_parse(data, size, &packet), 0);
	assert_true(packet.header.marker && packet.header.has_ntp);
	assert_int_equal(packet.header.payload_type, 96);
	assert_int_equal(packet.header.sequence, 65535);
	assert_int_equal(packet.header.timestamp, 0xFFFFFFFE);
	assert_int_equal(packet.header.ssrc, 0x12345678);
	assert_int_equal(packet.header.n_csrc, 1);
	assert_int_equal(packet.header.csrc[0], 42);
	assert_true(packet.header.ntp == 0x0123456789ABCDEF);
	assert_int_equal(packet.payload_size, 7);
	assert_memory_equal(packet.payload, "payload", 7);
}

static void every_truncation_is_refused_or_shorter(void **state)
{
	(void)state;
	struct rtp_header header = {.payload_type = 97, .n_csrc = 3, .has_ntp = true};
	uint8_t data[1500];
	size_t size = build(&header, "x", 1, data);
	for (size_t cut = 0; cut < size - 1; cut++) {
		struct rtp_packet packet;
		assert_int_equal(rtp_parse(data, cut, &packet), MEDIA_MALFORMED);
	}
}

static void padding_is_taken_off(void **state)
{
	(void)state;
	struct rtp_header header = {.payload_type = 97};
	uint8_t data[1500];
	size_t size = build(&header, "abc\0\0\3", 6, data);
	data[0] |= 0x20;
	struct rtp_packet packet;
	assert_int_equal(rtp_parse(data, size, &packet), 0);
	assert_int_equal(packet.payload_size, 3);
	data[size - 1] = 7;
	assert_int_equal(rtp_parse(data, size, &packet), MEDIA_MALFORMED);
	data[size - 1] = 0;
	assert_int_equal(rtp_parse(data, size, &packet), MEDIA_MALFORMED);
}

static void wrong_version_and_rtcp_are_no_rtp(void **state)
{
	(void)state;
	struct rtp_header header = {.payload_type = 96};
	uint8_t data[1500];
	size_t size = build(&header, "x", 1, data);
	assert_false(rtp_is_rtcp(data, size));
	data[1] = 200;
	assert_true(rtp_is_rtcp(data, size));
	struct rtp_packet packet;
	assert_int_equal(rtp_parse(data, size, &packet), MEDIA_MALFORMED);
	data[1] = 96;
	data[0] = 0x40;
	assert_int_equal(rtp_parse(data, size, &packet), MEDIA_MALFORMED);
}

static void building_refuses_what_cannot_be(void **state)
{
	(void)state;
	uint8_t data[16];
	size_t size = 99;
	struct rtp_header header = {.payload_type = 96, .n_csrc = 2};
	assert_int_equal(rtp_build(&header, data, sizeof(data), &size), MEDIA_NO_ROOM);
	header.n_csrc = 16;
	assert_int_equal(rtp_build(&header, data, sizeof(data), &size), MEDIA_MALFORMED);
	header = (struct rtp_header){.payload_type = 128};
	assert_int_equal(rtp_build(&header, data, sizeof(data), &size), MEDIA_MALFORMED);
	assert_int_equal(size, 99);
}

static bool starts(uint8_t type, const void *payload, size_t size)
{
	struct rtp_packet packet = {
		.header = {.payload_type = type}, .payload = payload, .payload_size = size};
	return rtp_starts_keyframe(&packet);
}

static void keyframes_are_recognised(void **state)
{
	(void)state;
	assert_true(starts(MEDIA_PT_H264, "\x67\x42", 2));
	assert_false(starts(MEDIA_PT_H264, "\x65\x88", 2));
	assert_false(starts(MEDIA_PT_H264, "\x41\x9a", 2));
	assert_true(starts(MEDIA_PT_H264, "\x18\x00\x02\x09\x10\x00\x02\x67\x42", 9));
	assert_false(starts(MEDIA_PT_H264, "\x18\x00\x02\x09\x10\x00\x02\x68\x42", 9));
	assert_false(starts(MEDIA_PT_H264, "\x18\xFF\xFF\x09", 4));
	assert_true(starts(MEDIA_PT_H264, "\x7C\x87", 2));
	assert_false(starts(MEDIA_PT_H264, "\x7C\x07", 2));
	assert_false(starts(MEDIA_PT_H264, "", 0));
	assert_true(starts(MEDIA_PT_OPUS, "", 0));
	assert_true(starts(MEDIA_PT_VP8, "\x10\x10", 2));
	assert_false(starts(MEDIA_PT_VP8, "\x10\x11", 2));
	assert_false(starts(MEDIA_PT_VP8, "\x00\x10", 2));
	assert_true(starts(MEDIA_PT_VP8, "\x90\x80\x81\x02\x10", 5));
	assert_false(starts(MEDIA_PT_VP8, "\x90\xF0\x81", 3));
	assert_false(starts(100, "\x67\x42", 2));
}

static void the_ssrc_says_site_source_slot_and_epoch(void **state)
{
	(void)state;
	uint16_t stream = media_uplink_stream(8127, MEDIA_VOICE);
	assert_false(media_stream_is_slot(stream));
	assert_int_equal(media_stream_site(stream), 8127);
	assert_int_equal(media_stream_source(stream), MEDIA_VOICE);
	assert_true(media_stream_is_slot(media_slot_stream(MEDIA_SLOT_PROGRAM)));
	assert_int_equal(media_stream_slot(media_slot_stream(MEDIA_SLOT_VOICE + 2)), 6);
	assert_int_equal(media_slot_stream(MEDIA_SLOT_NONE), MEDIA_RELAY_STREAM);
	uint32_t ssrc = media_ssrc(0xABCD, stream);
	assert_int_equal(media_epoch_of(ssrc), 0xABCD);
	assert_int_equal(media_stream_of(ssrc), stream);
	assert_int_equal(media_feedback_ssrc(3, 5), 5U << 16 | 3 << 3 | 7);
}

static void numbers_go_the_nearer_way_round(void **state)
{
	(void)state;
	assert_int_equal(seq_distance(65535, 0), 1);
	assert_int_equal(seq_distance(0, 65535), -1);
	assert_true(seq_newer(65000, 10));
	assert_false(seq_newer(10, 65000));
	assert_true(seq_extend(65535, 2) == 65538);
	assert_true(seq_extend(65536, 65530) == 65530);
	assert_int_equal(timestamp_distance(0xFFFFFFFF, 1), 2);
	assert_int_equal(timestamp_distance(1, 0xFFFFFFFF), -2);
}

static bool whole(unsigned type, const char *bytes, size_t size)
{
	struct rtp_packet packet = {.header.payload_type = type,
		.payload = (const uint8_t *)bytes,
		.payload_size = size};
	return rtp_payload_is_whole(&packet);
}

static void payloads_that_end_too_soon_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		unsigned type;
		bool whole;
		size_t size;
		const char *bytes;
	} payloads[] = {
		{MEDIA_PT_H264, true, 2, "\x65x"},
		{MEDIA_PT_H264, true, 1, "\x0A"}, /* the end of a sequence */
		{MEDIA_PT_H264, true, 3, "\x7C\x85x"},
		{MEDIA_PT_H264, true, 8, "\x78\0\2\x67x\0\1\x68"},
		{MEDIA_PT_H264, false, 0, ""},
		{MEDIA_PT_H264, false, 1, "\x7C"}, /* a fragment without its header */
		{MEDIA_PT_H264, false, 2, "\x7C\x85"}, /* and without a byte */
		{MEDIA_PT_H264, false, 3, "\x7C\x98x"}, /* of an aggregate */
		{MEDIA_PT_H264, false, 1, "\x78"},
		{MEDIA_PT_H264, false, 3, "\x78\0\1"},
		{MEDIA_PT_H264, false, 4, "\x78\0\2\x67"},
		{MEDIA_PT_H264, false, 3, "\x78\0\0"},
		{MEDIA_PT_H264, false, 6, "\x78\0\2\x67x\0"},
		{MEDIA_PT_H264, false, 6, "\x78\0\3\x78\0\0"}, /* an aggregate within one */
		{MEDIA_PT_H264, false, 6, "\x7D\x85\0\0xx"}, /* FU-B: another mode */
		{MEDIA_PT_H264, false, 2, "\x60x"},
		{MEDIA_PT_OPUS, true, 1, "\xFC"},
		{MEDIA_PT_OPUS, false, 0, ""},
		{MEDIA_PT_VP8, true, 2, "\x10x"},
		{MEDIA_PT_VP8, false, 1, "\x10"},
		{MEDIA_PT_VP8, false, 2, "\x90\x80"}, /* longer by its own word */
		{0, false, 2, "xx"},
	};
	for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		if (whole(payloads[i].type, payloads[i].bytes, payloads[i].size) !=
			payloads[i].whole) {
			fail_msg("payload %zu", i);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_built_is_parsed),
		cmocka_unit_test(every_truncation_is_refused_or_shorter),
		cmocka_unit_test(padding_is_taken_off),
		cmocka_unit_test(wrong_version_and_rtcp_are_no_rtp),
		cmocka_unit_test(building_refuses_what_cannot_be),
		cmocka_unit_test(keyframes_are_recognised),
		cmocka_unit_test(payloads_that_end_too_soon_are_told_apart),
		cmocka_unit_test(the_ssrc_says_site_source_slot_and_epoch),
		cmocka_unit_test(numbers_go_the_nearer_way_round),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
