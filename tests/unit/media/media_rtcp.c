/* RTCP: written packets are read back; the parser never reads beyond its bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/media/ntp.h"
#include "proto/media/refusal.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/ssrc.h"

static void a_compound_is_read_back(void **state)
{
	(void)state;
	uint8_t data[RTCP_COMPOUND_MAX];
	struct rtcp_writer writer = {data, sizeof(data), 0};
	struct rtcp_sender_info info = {0x1122334455667788, 90000, 12, 3456};
	struct rtcp_block block = {.ssrc = 9,
		.fraction_lost = 13,
		.lost = -5,
		.highest = 70000,
		.jitter = 44,
		.last_sr = 0xAABBCCDD,
		.delay = 65536};
	assert_int_equal(rtcp_put_sr(&writer, 7, &info, &block, 1), 0);
	assert_int_equal(rtcp_put_sdes(&writer, 7, "diemcau"), 0);
	assert_int_equal(rtcp_put_pli(&writer, 7, 8), 0);
	assert_int_equal(writer.size % 4, 0);

	struct rtcp_reader reader = {data, writer.size, 0};
	struct rtcp_message message;
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_SR);
	assert_int_equal(message.sender, 7);
	assert_true(message.sr.ntp == info.ntp);
	assert_int_equal(message.sr.timestamp, info.timestamp);
	assert_int_equal(message.sr.packets, info.packets);
	assert_int_equal(message.sr.octets, info.octets);
	assert_int_equal(message.n_blocks, 1);
	assert_int_equal(message.blocks[0].ssrc, block.ssrc);
	assert_int_equal(message.blocks[0].fraction_lost, block.fraction_lost);
	assert_int_equal(message.blocks[0].lost, block.lost);
	assert_int_equal(message.blocks[0].highest, block.highest);
	assert_int_equal(message.blocks[0].jitter, block.jitter);
	assert_int_equal(message.blocks[0].last_sr, block.last_sr);
	assert_int_equal(message.blocks[0].delay, block.delay);
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_SDES);
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_PLI);
	assert_int_equal(message.media, 8);
	assert_int_equal(rtcp_next(&reader, &message), MEDIA_END);
}

static void nacks_span_the_wrap(void **state)
{
	(void)state;
	static const uint16_t seqs[] = {65530, 65531, 65535, 0, 10, 11, 40};
	enum { N = sizeof(seqs) / sizeof(seqs[0]) };
	uint8_t data[RTCP_COMPOUND_MAX];
	struct rtcp_writer writer = {data, sizeof(data), 0};
	assert_int_equal(rtcp_put_nack(&writer, 1, 2, seqs, N), 0);
	assert_int_equal(writer.size, 12 + 3 * 4);
	struct rtcp_reader reader = {data, writer.size, 0};
	struct rtcp_message message;
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_NACK);
	uint16_t got[32];
	assert_int_equal(rtcp_nack_list(&message, got, 32), N);
	assert_memory_equal(got, seqs, sizeof(seqs));
	assert_int_equal(rtcp_nack_list(&message, got, 3), 3);
}

static void an_empty_nack_writes_nothing(void **state)
{
	(void)state;
	uint8_t data[64];
	struct rtcp_writer writer = {data, sizeof(data), 0};
	assert_int_equal(rtcp_put_nack(&writer, 1, 2, NULL, 0), 0);
	assert_int_equal(writer.size, 0);
}

static void what_does_not_fit_is_not_begun(void **state)
{
	(void)state;
	uint8_t data[20];
	struct rtcp_writer writer = {data, sizeof(data), 0};
	assert_int_equal(rtcp_put_keepalive(&writer, 5), 0);
	assert_int_equal(writer.size, 8);
	assert_int_equal(rtcp_put_sdes(&writer, 1, "a name too long"), MEDIA_NO_ROOM);
	assert_int_equal(rtcp_put_rr(&writer, 1, NULL, RTCP_BLOCKS_MAX + 1), MEDIA_NO_ROOM);
	assert_int_equal(writer.size, 8);
	struct rtcp_reader reader = {data, writer.size, 0};
	struct rtcp_message message;
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.sender, media_feedback_ssrc(5, MEDIA_SLOT_NONE));
	assert_true(rtp_is_rtcp(data, writer.size));
}

static void a_challenge_and_its_response_are_told_apart(void **state)
{
	(void)state;
	uint8_t data[RTCP_COMPOUND_MAX];
	struct rtcp_writer writer = {data, sizeof(data), 0};
	assert_int_equal(rtcp_put_path_challenge(&writer, 9, 8, 0x1122334455667788), 0);
	assert_int_equal(rtcp_put_path_response(&writer, 8, 9, 0x8877665544332211), 0);
	struct rtcp_reader reader = {data, writer.size, 0};
	struct rtcp_message message;
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_PATH_CHALLENGE);
	assert_true(message.sender == 9 && message.media == 8);
	assert_true(message.token == 0x1122334455667788);
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_PATH_RESPONSE);
	assert_true(message.sender == 8 && message.media == 9);
	assert_true(message.token == 0x8877665544332211);
	data[8] = 'P'; /* an APP packet of another name is not ours */
	reader = (struct rtcp_reader){data, writer.size, 0};
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_OTHER);
}

static void every_truncation_is_refused(void **state)
{
	(void)state;
	uint8_t data[RTCP_COMPOUND_MAX];
	struct rtcp_writer writer = {data, sizeof(data), 0};
	struct rtcp_block blocks[2] = {{.ssrc = 1}, {.ssrc = 2}};
	assert_int_equal(rtcp_put_rr(&writer, 7, blocks, 2), 0);
	for (size_t cut = 1; cut < writer.size; cut++) {
		struct rtcp_reader reader = {data, cut, 0};
		struct rtcp_message message;
		assert_int_equal(rtcp_next(&reader, &message), MEDIA_MALFORMED);
	}
	data[0] |= 31; /* claims more blocks than there are bytes */
	struct rtcp_reader reader = {data, writer.size, 0};
	struct rtcp_message message;
	assert_int_equal(rtcp_next(&reader, &message), MEDIA_MALFORMED);
}

static void unknown_types_are_passed_over(void **state)
{
	(void)state;
	static const uint8_t data[] = {0x80, 204, 0, 1, 0, 0, 0, 9, 0x8F, 206, 0, 2, 0, 0, 0, 1, 0,
		0, 0, 2, 0x80, 203, 0, 0};
	struct rtcp_reader reader = {data, sizeof(data), 0};
	struct rtcp_message message;
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_OTHER);
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_OTHER);
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.kind, RTCP_BYE);
	assert_int_equal(message.sender, 0);
	assert_int_equal(rtcp_next(&reader, &message), MEDIA_END);
}

static void ntp_time_goes_there_and_back(void **state)
{
	(void)state;
	static const int64_t times[] = {0, 1, 999999, 1000000, 1234567890123456, 3999999999999999};
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		assert_true(ntp_to_us(ntp_from_us(times[i])) == times[i]);
	}
	assert_int_equal(ntp_middle(0x1122334455667788), 0x33445566);
	assert_true(ntp_from_unix_us(0) == UINT64_C(2208988800) << 32);
	assert_true(ntp_from_unix_us(1500000) == (UINT64_C(2208988801) << 32 | 0x80000000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_compound_is_read_back),
		cmocka_unit_test(nacks_span_the_wrap),
		cmocka_unit_test(an_empty_nack_writes_nothing),
		cmocka_unit_test(what_does_not_fit_is_not_begun),
		cmocka_unit_test(a_challenge_and_its_response_are_told_apart),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(unknown_types_are_passed_over),
		cmocka_unit_test(ntp_time_goes_there_and_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
