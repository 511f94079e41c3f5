/* One slot: when it switches, and how numbers and times continue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/relay/slot_route.h"
#include "proto/media/seq.h"

enum { A = 8, B = 16, FRAME = 3600, RATE = 90000, VOICE_RATE = 48000, FIRST = 1000 };

/* A packet in order, mapped to axis; ts is the source's timestamp. */
static struct rly_route_input packet(uint16_t stream, int64_t seq, uint32_t ts, uint32_t axis)
{
	return (struct rly_route_input){.stream = stream,
		.arrival = {.sequence = seq, .newest = true},
		.timestamp = ts,
		.mapped = true,
		.axis = axis,
		.arrived = axis};
}

static struct rly_route_input key(uint16_t stream, int64_t seq, uint32_t ts, uint32_t axis)
{
	struct rly_route_input input = packet(stream, seq, ts, axis);
	input.keyframe = true;
	return input;
}

static struct rly_route_input late(uint16_t stream, int64_t seq, uint32_t ts, uint32_t axis)
{
	struct rly_route_input input = packet(stream, seq, ts, axis);
	input.arrival.newest = false;
	return input;
}

static struct rly_route_input resumed(struct rly_route_input input)
{
	input.arrival.resumed = true;
	return input;
}

static void refused(struct rly_route *route, struct rly_route_input input)
{
	struct rly_route_output forwarded;
	assert_false(rly_route_forward(route, &input, &forwarded));
}

static struct rly_route_output forwarded(struct rly_route *route, struct rly_route_input input)
{
	struct rly_route_output forwarded;
	assert_true(rly_route_forward(route, &input, &forwarded));
	return forwarded;
}

/* A slot that shows A up to number 105, axis 5 frames on. */
static void showing_a(struct rly_route *route)
{
	rly_route_init(route, RATE, FIRST);
	rly_route_set(route, A);
	forwarded(route, key(A, 100, 0, 90000));
	for (uint32_t i = 1; i <= 5; i++) {
		forwarded(route, packet(A, 100 + i, i * FRAME, 90000 + i * FRAME));
	}
}

static void nothing_is_shown_before_a_keyframe(void **state)
{
	(void)state;
	struct rly_route route;
	rly_route_init(&route, RATE, FIRST);
	refused(&route, key(A, 100, 0, 0));
	rly_route_set(&route, A);
	assert_int_equal(rly_route_wants_keyframe(&route), A);
	refused(&route, packet(A, 101, 0, 0));
	struct rly_route_output first = forwarded(&route, key(A, 102, FRAME, 4711));
	assert_true(first.switched);
	assert_true(first.sequence == FIRST);
	assert_int_equal(first.timestamp, 4711);
	assert_int_equal(rly_route_wants_keyframe(&route), 0);
	refused(&route, late(A, 101, 0, 4000));
}

static void the_old_source_goes_on_until_the_new_ones_keyframe(void **state)
{
	(void)state;
	struct rly_route route;
	showing_a(&route);
	rly_route_set(&route, B);
	assert_int_equal(rly_route_wants_keyframe(&route), B);
	refused(&route, packet(B, 7, 50, 200000));
	assert_true(forwarded(&route, packet(A, 106, 6 * FRAME, 111600)).sequence == FIRST + 6);
	struct rly_route_output first = forwarded(&route, key(B, 8, 99, 115000));
	assert_true(first.switched && first.sequence == FIRST + 7);
	assert_int_equal(first.timestamp, 115000);
	refused(&route, packet(A, 107, 7 * FRAME, 115200));
	refused(&route, late(B, 7, 50, 114000));
	assert_true(forwarded(&route, packet(B, 9, 99 + FRAME, 118600)).sequence == FIRST + 8);
}

static void a_keyframe_that_comes_late_is_no_place_to_begin(void **state)
{
	(void)state;
	struct rly_route route;
	showing_a(&route);
	rly_route_set(&route, B);
	struct rly_route_input repaired = key(B, 8, 99, 115000);
	repaired.arrival.newest = false;
	refused(&route, repaired);
	assert_int_equal(rly_route_wants_keyframe(&route), B);
}

static void a_late_repair_of_the_old_source_still_fills_its_gap(void **state)
{
	(void)state;
	struct rly_route route;
	showing_a(&route);
	uint32_t torn = forwarded(&route, packet(A, 108, 6 * FRAME, 111600)).timestamp;
	rly_route_set(&route, B);
	forwarded(&route, key(B, 8, 99, 115000));
	struct rly_route_output repair = forwarded(&route, late(A, 107, 6 * FRAME, 111600));
	assert_true(repair.sequence == FIRST + 7 && !repair.switched);
	assert_int_equal(repair.timestamp, torn);
	refused(&route, packet(A, 109, 7 * FRAME, 115200));
	refused(&route, late(A, 99, 0, 80000));
}

static void losses_of_the_source_are_losses_of_the_slot(void **state)
{
	(void)state;
	struct rly_route route;
	showing_a(&route);
	assert_true(forwarded(&route, packet(A, 110, 9 * FRAME, 122400)).sequence == FIRST + 10);
	assert_true(forwarded(&route, late(A, 107, 7 * FRAME, 115200)).sequence == FIRST + 7);
}

static void changing_ones_mind_needs_no_keyframe(void **state)
{
	(void)state;
	struct rly_route route;
	showing_a(&route);
	rly_route_set(&route, B);
	rly_route_set(&route, A);
	assert_int_equal(rly_route_wants_keyframe(&route), 0);
	assert_true(forwarded(&route, packet(A, 106, 6 * FRAME, 111600)).sequence == FIRST + 6);
}

static void a_source_that_resumes_is_a_switch_to_itself(void **state)
{
	(void)state;
	struct rly_route route;
	showing_a(&route);
	refused(&route, resumed(packet(A, 900, 500 * FRAME, 2000000)));
	assert_int_equal(rly_route_wants_keyframe(&route), A);
	refused(&route, packet(A, 901, 501 * FRAME, 2003600));
	struct rly_route_output first = forwarded(&route, key(A, 902, 502 * FRAME, 2007200));
	assert_true(first.switched && first.sequence == FIRST + 6);
	assert_int_equal(first.timestamp, 2007200);
}

static void an_old_source_that_resumes_while_another_is_awaited_stops(void **state)
{
	(void)state;
	struct rly_route route;
	showing_a(&route);
	rly_route_set(&route, B);
	refused(&route, resumed(key(A, 900, 500 * FRAME, 2000000)));
	rly_route_set(&route, A);
	assert_int_equal(rly_route_wants_keyframe(&route), A);
}

static void voices_change_at_once_and_stop_at_once(void **state)
{
	(void)state;
	struct rly_route route;
	rly_route_init(&route, VOICE_RATE, FIRST);
	rly_route_set(&route, A);
	assert_int_equal(rly_route_wants_keyframe(&route), 0);
	forwarded(&route, key(A, 1, 0, 5000));
	rly_route_set(&route, B);
	refused(&route, key(A, 2, 960, 5960));
	struct rly_route_output first = forwarded(&route, key(B, 70, 77, 6000));
	assert_true(first.sequence == FIRST + 1);
	rly_route_set(&route, 0);
	refused(&route, key(B, 71, 77 + 960, 6960));
	rly_route_set(&route, B);
	assert_true(forwarded(&route, key(B, 72, 77 + 1920, 7920)).sequence == FIRST + 2);
}

static void time_never_goes_back_at_a_switch(void **state)
{
	(void)state;
	struct rly_route route;
	showing_a(&route);
	rly_route_set(&route, B);
	/* The new source's clock is 150 ms behind what has been shown. */
	uint32_t shown = 90000 + 5 * FRAME;
	uint32_t axis = shown - 13500;
	uint32_t out = forwarded(&route, key(B, 8, 0, axis)).timestamp;
	assert_true(timestamp_distance(shown, out) > 0);
	/* And it is corrected within five seconds, without ever going backwards. */
	for (uint32_t i = 1; i <= 125; i++) {
		uint32_t next =
			forwarded(&route, packet(B, 8 + i, i * FRAME, axis + i * FRAME)).timestamp;
		assert_true(timestamp_distance(out, next) > FRAME / 2);
		out = next;
	}
	assert_int_equal(out, axis + 125 * FRAME);
}

static void a_frame_is_never_torn(void **state)
{
	(void)state;
	struct rly_route route;
	showing_a(&route);
	uint32_t whole = forwarded(&route, packet(A, 106, 6 * FRAME, 111600)).timestamp;
	assert_int_equal(forwarded(&route, packet(A, 107, 6 * FRAME, 111999)).timestamp, whole);
	forwarded(&route, packet(A, 110, 7 * FRAME, 115300));
	assert_int_equal(forwarded(&route, late(A, 108, 6 * FRAME, 112300)).timestamp, whole);
}

static void without_a_clock_the_sources_own_steps_count(void **state)
{
	(void)state;
	struct rly_route route;
	rly_route_init(&route, RATE, FIRST);
	rly_route_set(&route, A);
	struct rly_route_input input = key(A, 1, 100, 5000);
	input.mapped = false;
	assert_int_equal(forwarded(&route, input).timestamp, 5000);
	input = packet(A, 2, 100 + FRAME, 99999);
	input.mapped = false;
	assert_int_equal(forwarded(&route, input).timestamp, 5000 + FRAME);
}

static void hours_of_drift_are_followed(void **state)
{
	(void)state;
	struct rly_route route;
	rly_route_init(&route, VOICE_RATE, FIRST);
	rly_route_set(&route, A);
	uint32_t out = forwarded(&route, key(A, 0, 0, 0)).timestamp;
	/* The source runs 100 ppm slow: four hours of 20 ms packets. */
	for (int64_t i = 1; i <= 4 * 3600 * 50; i++) {
		uint32_t axis = (uint32_t)(i * 960 + i * 960 / 10000);
		out = forwarded(&route, key(A, i, (uint32_t)(i * 960), axis)).timestamp;
		assert_true(timestamp_distance(out, axis) < 48);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_shown_before_a_keyframe),
		cmocka_unit_test(the_old_source_goes_on_until_the_new_ones_keyframe),
		cmocka_unit_test(a_keyframe_that_comes_late_is_no_place_to_begin),
		cmocka_unit_test(a_late_repair_of_the_old_source_still_fills_its_gap),
		cmocka_unit_test(losses_of_the_source_are_losses_of_the_slot),
		cmocka_unit_test(changing_ones_mind_needs_no_keyframe),
		cmocka_unit_test(a_source_that_resumes_is_a_switch_to_itself),
		cmocka_unit_test(an_old_source_that_resumes_while_another_is_awaited_stops),
		cmocka_unit_test(voices_change_at_once_and_stop_at_once),
		cmocka_unit_test(time_never_goes_back_at_a_switch),
		cmocka_unit_test(a_frame_is_never_torn),
		cmocka_unit_test(without_a_clock_the_sources_own_steps_count),
		cmocka_unit_test(hours_of_drift_are_followed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
