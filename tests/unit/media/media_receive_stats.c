/* Receive statistics of one stream: its report blocks, as RFC 3550 defines them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/media/receive_stats.h"
#include "proto/media/seq.h"

enum { RATE = 90000, PACKET_US = 20000, PACKET_TICKS = RATE / 50 };

/* A packet with its number on the wire, on time. */
static void arrive(struct rtcp_receive_stats *stats, uint16_t number)
{
	int64_t sequence = seq_extend(stats->newest, number);
	rtcp_receive_stats_packet(
		stats, sequence, (uint32_t)sequence * PACKET_TICKS, RATE, sequence * PACKET_US);
}

static struct rtcp_block report(struct rtcp_receive_stats *stats, int64_t now_us)
{
	struct rtcp_block block;
	rtcp_receive_stats_block(stats, 7, now_us, &block);
	assert_int_equal(block.ssrc, 7);
	return block;
}

static void the_number_wraps(void **state)
{
	(void)state;
	struct rtcp_receive_stats stats = {0};
	rtcp_receive_stats_begin(&stats, 65534);
	for (int round = 0; round < 2 * 65536 + 4; round++) {
		arrive(&stats, (uint16_t)(65534 + round));
	}
	struct rtcp_block block = report(&stats, 0);
	assert_int_equal(block.highest, 3 * 65536 + 1);
	assert_int_equal(block.lost, 0);
	assert_int_equal(block.fraction_lost, 0);
	assert_int_equal(block.jitter, 0);
}

static void losses_are_of_the_period_and_of_all(void **state)
{
	(void)state;
	struct rtcp_receive_stats stats = {0};
	rtcp_receive_stats_begin(&stats, 65500);
	for (int i = 0; i < 100; i++) {
		if (i % 4 != 1) {
			arrive(&stats, (uint16_t)(65500 + i));
		}
	}
	struct rtcp_block block = report(&stats, 0);
	assert_int_equal(block.fraction_lost, 64); /* a quarter */
	assert_int_equal(block.lost, 25);
	block = report(&stats, 0);
	assert_int_equal(block.fraction_lost, 0);
	assert_int_equal(block.lost, 25);
	arrive(&stats, 64); /* follows */
	arrive(&stats, 67); /* two lost of three */
	block = report(&stats, 0);
	assert_int_equal(block.fraction_lost, 128);
	assert_int_equal(block.lost, 27);
}

static void of_all_but_nothing_the_fraction_is_still_a_byte(void **state)
{
	(void)state;
	struct rtcp_receive_stats stats = {0};
	rtcp_receive_stats_begin(&stats, 10);
	arrive(&stats, 10);
	report(&stats, 0);
	arrive(&stats, 10 + 5000);
	assert_int_equal(report(&stats, 0).fraction_lost, 255);
}

/* Duplicates do not improve the fraction; the cumulative loss may be negative. */
static void copies_make_the_sum_negative(void **state)
{
	(void)state;
	struct rtcp_receive_stats stats = {0};
	rtcp_receive_stats_begin(&stats, 65535);
	arrive(&stats, 65535);
	arrive(&stats, 0);
	arrive(&stats, 65535);
	arrive(&stats, 0);
	arrive(&stats, 0);
	struct rtcp_block block = report(&stats, 0);
	assert_int_equal(block.lost, -3);
	assert_int_equal(block.fraction_lost, 0);
	assert_int_equal(block.highest, 65536);

	uint8_t data[RTCP_COMPOUND_MAX];
	struct rtcp_writer writer = {data, sizeof(data), 0};
	assert_int_equal(rtcp_put_rr(&writer, 1, &block, 1), 0);
	struct rtcp_reader reader = {data, writer.size, 0};
	struct rtcp_message message;
	assert_int_equal(rtcp_next(&reader, &message), 0);
	assert_int_equal(message.blocks[0].lost, -3);
}

static void repairs_are_taken_off(void **state)
{
	(void)state;
	struct rtcp_receive_stats stats = {0};
	rtcp_receive_stats_begin(&stats, 0);
	arrive(&stats, 0);
	arrive(&stats, 3);
	assert_int_equal(report(&stats, 0).lost, 2);
	arrive(&stats, 1);
	arrive(&stats, 2);
	arrive(&stats, 4);
	struct rtcp_block block = report(&stats, 0);
	assert_int_equal(block.lost, 0);
	assert_int_equal(block.fraction_lost, 0);
}

static void a_new_numbering_begins_a_new_count(void **state)
{
	(void)state;
	struct rtcp_receive_stats stats = {0};
	struct rtcp_sender_info info = {.ntp = 0x1122334455667788};
	rtcp_receive_stats_begin(&stats, 100);
	arrive(&stats, 100);
	arrive(&stats, 200);
	rtcp_receive_stats_report(&stats, &info, 1000000);
	assert_int_equal(report(&stats, 1000000).lost, 99);
	rtcp_receive_stats_begin(&stats, 30000);
	arrive(&stats, 30000);
	arrive(&stats, 30003);
	struct rtcp_block block = report(&stats, 1500000);
	assert_int_equal(block.lost, 2);
	assert_int_equal(block.fraction_lost, 128);
	assert_int_equal(block.jitter, 0);
	assert_int_equal(block.last_sr, 0x33445566);
	assert_int_equal(block.delay, 32768);
}

static void where_nothing_came_nothing_is_lost(void **state)
{
	(void)state;
	struct rtcp_receive_stats stats = {0};
	struct rtcp_block block = report(&stats, 5000000);
	assert_int_equal(block.lost, 0);
	assert_int_equal(block.fraction_lost, 0);
	assert_int_equal(block.last_sr, 0);
	assert_int_equal(block.delay, 0);
}

/*
 * Appendix A.8: a sixteenth of the difference per packet; retransmissions and pauses do not count.
 */
static void jitter_follows_the_line(void **state)
{
	(void)state;
	struct rtcp_receive_stats stats = {0};
	rtcp_receive_stats_begin(&stats, 1);
	for (int i = 1; i <= 400; i++) {
		int64_t late_us = i % 2 * 10000;
		rtcp_receive_stats_packet(&stats, i, (uint32_t)i * PACKET_TICKS, RATE,
			(int64_t)i * PACKET_US + late_us);
	}
	uint32_t jitter = report(&stats, 0).jitter;
	assert_in_range(jitter, 890, 900); /* 10 ms */
	rtcp_receive_stats_packet(&stats, 5, 5 * PACKET_TICKS, RATE, 400 * PACKET_US);
	rtcp_receive_stats_packet(&stats, 401, 401 * PACKET_TICKS, RATE, 900 * PACKET_US);
	assert_int_equal(report(&stats, 0).jitter, jitter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_number_wraps),
		cmocka_unit_test(losses_are_of_the_period_and_of_all),
		cmocka_unit_test(of_all_but_nothing_the_fraction_is_still_a_byte),
		cmocka_unit_test(copies_make_the_sum_negative),
		cmocka_unit_test(repairs_are_taken_off),
		cmocka_unit_test(a_new_numbering_begins_a_new_count),
		cmocka_unit_test(where_nothing_came_nothing_is_lost),
		cmocka_unit_test(jitter_follows_the_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
