/*
 * The small parts: site clock, rate limits, media states, GSO batches, addresses, mailboxes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/relay/fanout.h"
#include "coordinator/relay/interfaces.h"
#include "coordinator/relay/mailbox.h"
#include "coordinator/relay/rate_limiter.h"
#include "coordinator/relay/site_clock.h"
#include "coordinator/relay/stats.h"
#include "coordinator/relay/uplink_limit.h"
#include "proto/media/rtx_buffer.h"

static const int64_t second = 1000000;

static void the_least_delay_is_the_offset(void **state)
{
	(void)state;
	struct rly_site_clock site_clock = {0};
	for (int64_t i = 1; i < 200; i++) {
		rly_site_clock_sample(&site_clock, i * 20000, i * 20000 + 7000 + i * 7919 % 30000);
	}
	rly_site_clock_step(&site_clock, 4 * second);
	assert_in_range(rly_site_clock_offset(&site_clock, 4 * second), 7000, 7500);
}

static void drift_both_ways_is_followed_for_hours(void **state)
{
	(void)state;
	static const int ppm[] = {-100, 100};
	for (int k = 0; k < 2; k++) {
		struct rly_site_clock site_clock = {0};
		int64_t worst = 0;
		for (int64_t i = 0; i < 4 * 3600 * 10; i++) {
			int64_t now_us = i * 100000;
			int64_t ntp_us = now_us + now_us * ppm[k] / 1000000;
			rly_site_clock_sample(&site_clock, ntp_us, now_us + 5000);
			int64_t off = rly_site_clock_offset(&site_clock, now_us) -
				      (now_us + 5000 - ntp_us);
			off = off < 0 ? -off : off;
			worst = off > worst ? off : worst;
		}
		/* Thirty seconds (the window) at 100 ppm are 3 ms. */
		assert_in_range(worst, 0, 3200);
	}
}

static void a_step_of_the_sites_clock_is_followed_at_once(void **state)
{
	(void)state;
	struct rly_site_clock site_clock = {0};
	rly_site_clock_sample(&site_clock, 0, 1000);
	rly_site_clock_sample(&site_clock, -3600 * second, 2000);
	assert_true(rly_site_clock_offset(&site_clock, 2000) == 3600 * second + 2000);
}

static void on_air_the_offset_only_slews(void **state)
{
	(void)state;
	struct rly_site_clock site_clock = {0};
	rly_site_clock_sample(&site_clock, 0, 100000);
	assert_true(rly_site_clock_offset(&site_clock, 100000) == 100000);
	rly_site_clock_sample(&site_clock, second, second + 50000);
	int64_t after = rly_site_clock_offset(&site_clock, 100000 + second);
	assert_in_range(after, 98900, 99100);
	rly_site_clock_step(&site_clock, 100000 + second);
	assert_true(rly_site_clock_offset(&site_clock, 100000 + second) == 50000);
}

static void a_throttle_lets_the_first_and_the_later_through(void **state)
{
	(void)state;
	struct rly_throttle throttle = {0};
	assert_true(rly_throttle_allows(&throttle, 275000, 5));
	assert_false(rly_throttle_allows(&throttle, 275000, 275004));
	assert_true(rly_throttle_allows(&throttle, 275000, 275005));
}

static void a_token_bucket_is_spent_and_refilled(void **state)
{
	(void)state;
	static const struct rly_rate repairs = {RLY_REPAIR_PER_SECOND, RLY_REPAIR_BURST};
	struct rly_token_bucket bucket = {0};
	size_t n = 0;
	while (rly_token_bucket_take(&bucket, &repairs, 1200, second)) {
		n++;
	}
	assert_int_equal(n, RLY_REPAIR_BURST / 1200);
	assert_false(rly_token_bucket_take(&bucket, &repairs, 1200, second + 100));
	assert_true(rly_token_bucket_take(&bucket, &repairs, 1200, second + 3000));
}

static void a_repeated_nack_is_answered_once_a_round_trip(void **state)
{
	(void)state;
	struct rly_nack_history nack_history = {0};
	assert_true(rly_nack_history_allows(&nack_history, 0, 7, 40000, 0));
	assert_false(rly_nack_history_allows(&nack_history, 0, 7, 40000, 39999));
	assert_true(rly_nack_history_allows(&nack_history, 1, 7, 40000, 39999));
	assert_true(rly_nack_history_allows(&nack_history, 0, 7, 40000, 40000));
}

enum { RTX_PACKETS = 4096 };

static void claim(struct rtx_buffer *buffer, int64_t sequence)
{
	struct rtx_packet *packet = rtx_buffer_claim(buffer, sequence);
	assert_non_null(packet);
	packet->size = 1;
	packet->data[0] = (uint8_t)(sequence / 65536);
}

static void a_nack_finds_the_packet_of_its_epoch(void **state)
{
	(void)state;
	struct rtx_buffer *buffer = NULL;
	assert_int_equal(rtx_buffer_create(RTX_PACKETS, &buffer), 0);
	assert_null(rtx_buffer_find(buffer, 0));
	for (int64_t i = 65536 * 3 - 2000; i < 65536 * 3 + 1000; i++) {
		claim(buffer, i);
	}
	assert_int_equal(rtx_buffer_find(buffer, 65000)->data[0], 2);
	assert_int_equal(rtx_buffer_find(buffer, 999)->data[0], 3);
	assert_null(rtx_buffer_find(buffer, 1000));
	assert_null(rtx_buffer_find(buffer, 60000));
	assert_null(rtx_buffer_claim(buffer, 65536 * 3));
	assert_null(rtx_buffer_claim(buffer, 65536 * 3 - 4000));
	claim(buffer, 65536 * 3 + 999 + RTX_PACKETS);
	assert_null(rtx_buffer_find(buffer, 999));
	rtx_buffer_destroy(buffer);
	rtx_buffer_destroy(NULL);
}

static enum media_state judge(
	enum media_state before, int64_t media_us, uint64_t lost_permille, int64_t now_us)
{
	struct rly_sample sum = {.expected = 1000, .lost = lost_permille};
	return rly_media_state_of(before, media_us, &sum, now_us);
}

static void verdicts(void **state)
{
	(void)state;
	assert_int_equal(judge(MEDIA_STATE_NONE, -1, 0, second), MEDIA_STATE_NONE);
	assert_int_equal(judge(MEDIA_STATE_NONE, second, 0, second), MEDIA_STATE_GOOD);
	assert_int_equal(judge(MEDIA_STATE_GOOD, 0, 0, RLY_SILENT_US - 1), MEDIA_STATE_GOOD);
	assert_int_equal(judge(MEDIA_STATE_GOOD, 0, 0, RLY_SILENT_US), MEDIA_STATE_SILENT);
	assert_int_equal(judge(MEDIA_STATE_GOOD, 0, 30, 1), MEDIA_STATE_DEGRADED);
	assert_int_equal(judge(MEDIA_STATE_DEGRADED, 0, 15, 1), MEDIA_STATE_DEGRADED);
	assert_int_equal(judge(MEDIA_STATE_DEGRADED, 0, 9, 1), MEDIA_STATE_GOOD);
	struct rly_sample over = {.expected = 1000, .over = 1};
	assert_int_equal(rly_media_state_of(MEDIA_STATE_GOOD, 0, &over, 1), MEDIA_STATE_DEGRADED);
}

/*
 * Twenty seconds of a camera at this rate: bytes that passed, and whether it is cut off at the end.
 */
static uint64_t offer(
	struct rly_uplink_usage *use, int64_t *now_us, int seconds, int packets_per_second)
{
	enum { SIZE = 1200 };
	const struct rly_uplink_limit *limit =
		rly_uplink_limit_of(&rly_default_uplink_limits, MEDIA_CAMERA);
	uint64_t passed = 0;
	for (int i = 0; i < seconds * packets_per_second; i++) {
		*now_us += second / packets_per_second;
		passed += rly_uplink_usage_take(use, limit, SIZE, 1, *now_us) ? SIZE : 0U;
	}
	return passed;
}

static void a_source_stays_below_its_limit(void **state)
{
	(void)state;
	struct rly_uplink_usage use = {0};
	int64_t now_us = 5 * second;
	assert_true(offer(&use, &now_us, 20, 300) == 20 * 300 * 1200);
	/* Slightly above the limit for long: limited, not cut off. */
	uint64_t passed = offer(&use, &now_us, 30, 1000);
	assert_in_range(passed, 30 * RLY_VIDEO_BYTES, 31 * RLY_VIDEO_BYTES + RLY_VIDEO_BURST);
	assert_false(use.cut);
	/* Far above the limit: cut off, and restored after a while below it. */
	offer(&use, &now_us, RLY_BREAKER_TRIP_SECONDS + 2, 3000);
	assert_true(use.cut);
	assert_int_equal(offer(&use, &now_us, RLY_BREAKER_RESET_SECONDS - 2, 300), 0);
	offer(&use, &now_us, 4, 300);
	assert_false(use.cut);
	assert_true(offer(&use, &now_us, 10, 300) == 10 * 300 * 1200);
	/* Silence counts as below the limit. */
	offer(&use, &now_us, RLY_BREAKER_TRIP_SECONDS + 2, 3000);
	assert_true(use.cut);
	now_us += (RLY_BREAKER_RESET_SECONDS + 2) * second;
	offer(&use, &now_us, 1, 300);
	assert_false(use.cut);
}

/* Every receiver sends a NACK for every skipped number. */
static void numbers_count_where_nothing_comes(void **state)
{
	(void)state;
	struct rly_uplink_usage use = {0};
	const struct rly_uplink_limit *limit =
		rly_uplink_limit_of(&rly_default_uplink_limits, MEDIA_CAMERA);
	int64_t numbers = 0;
	for (int i = 0; i < 10000; i++) {
		numbers += rly_uplink_usage_take(&use, limit, 50, 900, second + i * 1000) ? 900 : 0;
	}
	assert_in_range(numbers, 900, 11 * RLY_VIDEO_PACKETS);
	assert_true(
		rly_uplink_limit_of(&rly_default_uplink_limits, MEDIA_VOICE)->bytes.per_second ==
		RLY_AUDIO_BYTES);
	assert_true(
		rly_uplink_limit_of(&rly_default_uplink_limits, MEDIA_PREVIEW)->bytes.per_second ==
		RLY_PREVIEW_BYTES);
}

static void meters_forget_after_five_seconds(void **state)
{
	(void)state;
	struct rly_meter meter = {0};
	struct rly_sample sample = {.expected = 100, .lost = 5, .sent = 100, .nacked = 20};
	rly_meter_add(&meter, &sample, 0);
	rly_meter_add(&meter, &sample, second);
	struct rly_sample sum = rly_meter_sum(&meter, 4 * second);
	assert_true(sum.expected == 200);
	assert_int_equal(rly_loss_permille(&sum), 200);
	sum = rly_meter_sum(&meter, 5 * second);
	assert_true(sum.expected == 100);
	sum = rly_meter_sum(&meter, 6 * second);
	assert_true(sum.expected == 0);
	sum = (struct rly_sample){.expected = 3, .lost = 3};
	assert_int_equal(rly_loss_permille(&sum), 0);
}

static void gso_batches_are_of_one_size_but_the_last(void **state)
{
	(void)state;
	struct iovec v[60];
	for (size_t i = 0; i < 60; i++) {
		v[i] = (struct iovec){NULL, 1216};
	}
	assert_int_equal(rly_gso_batch_length(v, 3), 3);
	assert_int_equal(rly_gso_batch_length(v, 60), RLY_GSO_PACKETS);
	v[2].iov_len = 300;
	assert_int_equal(rly_gso_batch_length(v, 60), 3);
	assert_int_equal(rly_gso_batch_length(v + 2, 58), 1);
	v[1].iov_len = 1300;
	assert_int_equal(rly_gso_batch_length(v, 60), 1);
	for (size_t i = 0; i < 60; i++) {
		v[i].iov_len = 10000;
	}
	assert_int_equal(rly_gso_batch_length(v, 60), 6);
}

static void addresses_are_read_as_they_are_written(void **state)
{
	(void)state;
	static const char *const good[] = {
		"127.0.0.1:5004", "[::1]:65535", "[fe80::1%lo]:1", "[2001:db8::1]:1"};
	static const char *const bad[] = {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
		"::1:5004", "[::1:5004", "host:5004", "127.0.0.1:50x", "[127.0.0.1]:1", "[]:1"};
	char text[RLY_ADDRESS_TEXT];
	struct rly_address address, other;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(rly_address_parse(good[i], &address));
		rly_address_text(&address, text, sizeof(text));
		assert_string_equal(text, good[i]);
	}
	assert_int_equal(rly_address_port(&address), 1);
	assert_true(rly_address_parse("[2001:db8::1]:2", &other));
	assert_false(rly_address_is_same(&address, &other));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(rly_address_parse(bad[i], &address));
	}
	assert_true(rly_address_parse("0.0.0.0:0", &address) && rly_address_is_any(&address));
	assert_true(rly_address_parse("[::ffff:192.0.2.1]:1", &address));
	rly_address_text(&address, text, sizeof(text));
	assert_string_equal(text, "192.0.2.1:1");
}

static void of_two_messages_the_newer_is_read(void **state)
{
	(void)state;
	struct rly_mailbox *mailbox = NULL;
	assert_int_equal(rly_mailbox_create(&mailbox), 0);
	assert_null(rly_mailbox_take_desired(mailbox));
	struct wire_relay_site site = {.number = 5};
	struct wire_relay_desired desired = {.version = 1, .sites = &site, .n_sites = 1};
	assert_int_equal(rly_mailbox_post_desired(mailbox, &desired), 0);
	desired.version = 2;
	assert_int_equal(rly_mailbox_post_desired(mailbox, &desired), 0);
	site.number = 6;
	struct rly_desired *newest = rly_mailbox_take_desired(mailbox);
	assert_true(newest->desired.version == 2 && newest->desired.sites[0].number == 5);
	rly_desired_destroy(newest);
	assert_null(rly_mailbox_take_desired(mailbox));
	assert_int_equal(rly_mailbox_post_desired(mailbox, &desired), 0);
	struct wire_relay_report report = {.version = 3};
	assert_int_equal(rly_mailbox_post_report(mailbox, &report), 0);
	assert_int_equal(rly_mailbox_post_report(mailbox, &report), 0);
	struct wire_relay_report *taken = rly_mailbox_take_report(mailbox);
	assert_true(taken->version == 3);
	rly_mailbox_report_destroy(taken);
	assert_null(rly_mailbox_take_report(mailbox));
	assert_false(rly_mailbox_is_stopped(mailbox));
	rly_mailbox_stop(mailbox);
	assert_true(rly_mailbox_is_stopped(mailbox));
	rly_mailbox_destroy(mailbox);
}

static void drivers_tell_cards_from_bridges(void **state)
{
	static const struct {
		const char *driver, *bus;
		enum rly_local_preference preference;
	} cases[] = {{"e1000e", "0000:00:1f.6", RLY_ON_NIC},
		{"virtio_net", "0000:00:03.0", RLY_ON_NIC},
		{"r8152", "usb-0000:00:14.0-4", RLY_ON_NIC}, {"bridge", "N/A", RLY_ON_BRIDGE},
		{"veth", "", RLY_ON_BRIDGE}, {"tun", "tap", RLY_ON_OTHER},
		{"wireguard", "", RLY_ON_OTHER}, {"", "", RLY_ON_OTHER}};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(rly_local_preference_of(cases[i].driver, cases[i].bus),
			cases[i].preference);
	}
}

static void the_likeliest_address_comes_first(void **state)
{
	static const enum rly_local_preference given[] = {RLY_ON_LOOPBACK, RLY_ON_BRIDGE,
		RLY_ON_BRIDGE, RLY_ON_OTHER, RLY_ON_NIC, RLY_ON_LINK_LOCAL, RLY_ON_DEFAULT_ROUTE,
		RLY_ON_NIC};
	static const uint8_t wanted[] = {6, 4, 7, 3, 1, 2, 5, 0};
	struct rly_candidate candidates[8] = {0};
	(void)state;
	for (uint8_t i = 0; i < 8; i++) {
		candidates[i].preference = given[i];
		candidates[i].address.bytes[0] = i;
	}
	rly_candidates_sort(candidates, 8);
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(candidates[i].address.bytes[0], wanted[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_delay_is_the_offset),
		cmocka_unit_test(drift_both_ways_is_followed_for_hours),
		cmocka_unit_test(a_step_of_the_sites_clock_is_followed_at_once),
		cmocka_unit_test(on_air_the_offset_only_slews),
		cmocka_unit_test(a_throttle_lets_the_first_and_the_later_through),
		cmocka_unit_test(a_token_bucket_is_spent_and_refilled),
		cmocka_unit_test(a_repeated_nack_is_answered_once_a_round_trip),
		cmocka_unit_test(a_nack_finds_the_packet_of_its_epoch),
		cmocka_unit_test(verdicts),
		cmocka_unit_test(a_source_stays_below_its_limit),
		cmocka_unit_test(numbers_count_where_nothing_comes),
		cmocka_unit_test(meters_forget_after_five_seconds),
		cmocka_unit_test(gso_batches_are_of_one_size_but_the_last),
		cmocka_unit_test(addresses_are_read_as_they_are_written),
		cmocka_unit_test(drivers_tell_cards_from_bridges),
		cmocka_unit_test(the_likeliest_address_comes_first),
		cmocka_unit_test(of_two_messages_the_newer_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
