/* A stream as received: numbering, losses, outages, its clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/relay/uplink_source.h"
#include "proto/media/ntp.h"

enum { RATE = 90000 };

static struct rly_arrival arrive(struct rly_source *source, uint16_t sequence, int64_t now_us)
{
	struct rtp_packet packet = {.header = {.sequence = sequence}, .payload_size = 100};
	struct rly_arrival arrival;
	assert_true(rly_source_packet(source, &packet, RATE, now_us, &arrival));
	return arrival;
}

static void numbers_are_extended_over_the_wrap(void **state)
{
	(void)state;
	struct rly_source source = {0};
	struct rly_arrival first = arrive(&source, 65534, 0);
	assert_true(first.resumed && first.newest && first.sequence == 65534);
	assert_true(arrive(&source, 65535, 1).sequence == 65535);
	assert_true(arrive(&source, 0, 2).sequence == 65536);
	struct rly_arrival late = arrive(&source, 65535, 3);
	assert_true(!late.newest && late.sequence == 65535);
}

static void a_gap_is_asked_for_after_a_while_and_again(void **state)
{
	(void)state;
	struct rly_source source = {0};
	arrive(&source, 10, 0);
	arrive(&source, 14, 1000);
	uint16_t asked[8];
	assert_int_equal(rly_source_nack(&source, -1, 1000, asked, 8), 0);
	arrive(&source, 12, 5000);
	assert_int_equal(rly_source_nack(&source, -1, 1000 + RLY_REORDER_US, asked, 8), 2);
	assert_int_equal(asked[0], 11);
	assert_int_equal(asked[1], 13);
	assert_true(source.lost == 2);
	assert_int_equal(rly_source_nack(&source, -1, 2000 + RLY_REORDER_US, asked, 8), 0);
	arrive(&source, 11, 40000);
	assert_true(source.repaired == 1);
	int64_t now_us = 1000 + RLY_REORDER_US;
	for (int i = 1; i < RLY_NACK_TRIES; i++) {
		now_us += RLY_NACK_AGAIN_US;
		assert_int_equal(rly_source_nack(&source, -1, now_us, asked, 8), 1);
		assert_int_equal(asked[0], 13);
	}
	assert_int_equal(rly_source_nack(&source, -1, now_us + RLY_NACK_AGAIN_US, asked, 8), 0);
	assert_int_equal(rly_source_nack(&source, -1, 2000000, asked, 8), 0);
	assert_int_equal(source.n_missing, 0);
}

/* A packet in flight is not requested again: it would come twice, and look like a replay. */
static void on_a_long_way_it_is_asked_for_once_a_round_trip(void **state)
{
	(void)state;
	struct rly_source source = {0};
	int64_t round_trip_us = 160000;
	int64_t first_us = 1000 + RLY_REORDER_US;
	arrive(&source, 10, 0);
	arrive(&source, 12, 1000);
	uint16_t asked[8];
	assert_int_equal(rly_source_nack(&source, round_trip_us, first_us, asked, 8), 1);
	assert_int_equal(
		rly_source_nack(&source, round_trip_us, first_us + round_trip_us, asked, 8), 0);
	assert_int_equal(rly_source_nack(&source, round_trip_us, first_us + 200000, asked, 8), 1);
	assert_int_equal(rly_source_nack(&source, 9000000,
				 first_us + 200000 + RLY_NACK_AGAIN_MOST_US - 1, asked, 8),
		1);
	assert_int_equal(rly_source_nack(&source, 9000000,
				 first_us + 399999 + RLY_NACK_AGAIN_MOST_US, asked, 8),
		0);
}

static void an_outage_is_not_asked_for(void **state)
{
	(void)state;
	struct rly_source source = {0};
	arrive(&source, 10, 0);
	assert_true(arrive(&source, 50, RLY_OUTAGE_US).resumed);
	uint16_t asked[8];
	assert_int_equal(rly_source_nack(&source, -1, RLY_OUTAGE_US * 2, asked, 8), 0);
	assert_true(arrive(&source, 2000, RLY_OUTAGE_US + 1).resumed);
	/* A pause without loss is no outage. */
	assert_false(arrive(&source, 2001, 10 * RLY_OUTAGE_US).resumed);
}

static void a_new_numbering_lies_above_the_old(void **state)
{
	(void)state;
	struct rly_source source = {0};
	arrive(&source, 30000, 0);
	struct rly_arrival afresh = arrive(&source, 20000, 1);
	assert_true(afresh.resumed && afresh.sequence > 30000 + 65536);
	assert_int_equal(afresh.sequence & 0xFFFF, 20000);
	rly_source_restart(&source);
	struct rly_arrival again = arrive(&source, 20001, 2);
	assert_true(again.resumed && again.sequence > afresh.sequence + 65536);
}

static void a_large_gap_is_bounded(void **state)
{
	(void)state;
	struct rly_source source = {0};
	arrive(&source, 0, 0);
	arrive(&source, 900, 1);
	uint16_t asked[512];
	assert_int_equal(
		rly_source_nack(&source, -1, 1 + RLY_REORDER_US, asked, 512), RLY_MISSING_MAX);
	assert_int_equal(asked[0], 900 - RLY_MISSING_MAX);
}

static void the_clock_comes_from_the_packets_else_from_reports(void **state)
{
	(void)state;
	struct rly_source source = {0};
	arrive(&source, 1, 0);
	assert_false(source.has_clock);
	struct rtcp_sender_info report = {.ntp = ntp_from_us(5000000), .timestamp = 90000};
	rly_source_report(&source, &report, 10);
	assert_true(rly_source_ntp_us(&source, 180000, RATE) == 6000000);
	assert_true(rly_source_ntp_us(&source, 0, RATE) == 4000000);
	struct rtp_packet packet = {.header = {.sequence = 2,
					    .timestamp = 270000,
					    .has_ntp = true,
					    .ntp = ntp_from_us(7000500)}};
	struct rly_arrival arrival;
	assert_true(rly_source_packet(&source, &packet, RATE, 20, &arrival));
	assert_true(rly_source_ntp_us(&source, 270000, RATE) == 7000500);
	rly_source_report(&source, &report, 30);
	assert_true(rly_source_ntp_us(&source, 270000, RATE) == 7000500);
}

static void a_report_block_tells_losses(void **state)
{
	(void)state;
	struct rly_source source = {0};
	struct rtcp_sender_info report = {.ntp = 0x1122334455667788};
	for (uint16_t i = 0; i < 100; i++) {
		if (i % 4 != 1) {
			arrive(&source, i, i * 1000);
		}
	}
	rly_source_report(&source, &report, 100000);
	struct rtcp_block block;
	rtcp_receive_stats_block(&source.stats, 7, 600000, &block);
	assert_int_equal(block.fraction_lost, 64);
	assert_int_equal(block.lost, 25);
	assert_int_equal(block.highest, 99);
	assert_int_equal(block.last_sr, 0x33445566);
	assert_int_equal(block.delay, 32768);
}

static void a_report_block_is_of_the_present_numbering(void **state)
{
	(void)state;
	struct rly_source source = {0};
	struct rtcp_sender_info report = {.ntp = 0x1122334455667788};
	for (uint16_t i = 0; i < 100; i++) {
		arrive(&source, i, i * 1000);
	}
	rly_source_report(&source, &report, 100000);
	arrive(&source, 30000, 200000);
	arrive(&source, 30002, 201000);
	struct rtcp_block block;
	rtcp_receive_stats_block(&source.stats, 7, 300000, &block);
	assert_int_equal(block.fraction_lost, 85);
	assert_int_equal(block.lost, 1);
	assert_int_equal(block.last_sr, 0x33445566);
	rly_source_restart(&source);
	arrive(&source, 5, 400000);
	rtcp_receive_stats_block(&source.stats, 7, 400000, &block);
	assert_int_equal(block.lost, 0);
	assert_int_equal(block.last_sr, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_extended_over_the_wrap),
		cmocka_unit_test(a_gap_is_asked_for_after_a_while_and_again),
		cmocka_unit_test(on_a_long_way_it_is_asked_for_once_a_round_trip),
		cmocka_unit_test(an_outage_is_not_asked_for),
		cmocka_unit_test(a_new_numbering_lies_above_the_old),
		cmocka_unit_test(a_large_gap_is_bounded),
		cmocka_unit_test(the_clock_comes_from_the_packets_else_from_reports),
		cmocka_unit_test(a_report_block_tells_losses),
		cmocka_unit_test(a_report_block_is_of_the_present_numbering),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
