/* The path to a site: proof, takeover, attacks, expiry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/relay/site_path.h"
#include "coordinator/relay/unknown_senders.h"

static const int64_t second = 1000000;
static const int64_t round_trip = 40000;

static struct media_challenge challenge;

static struct rly_address address(uint8_t last)
{
	char text[] = "192.0.2.0:5004";
	text[8] = (char)('0' + last);
	struct rly_address made;
	assert_true(rly_address_parse(text, &made));
	return made;
}

static struct rly_path path_of(uint16_t number)
{
	if (number == 1) {
		assert_int_equal(media_challenge_make(&challenge), 0);
	}
	struct rly_path path;
	rly_path_init(&path, &challenge, number);
	return path;
}

/* A packet arrives from another address; returns the token to be answered. */
static uint64_t challenge_token(
	struct rly_path *path, const struct rly_address *from, int64_t now_us)
{
	bool proven;
	assert_true(rly_path_challenge(path, now_us, &proven));
	return rly_path_token(path, from);
}

static struct rly_path proven_at(const struct rly_address *proven, int64_t now_us)
{
	struct rly_path path = path_of(1);
	uint64_t token = challenge_token(&path, proven, now_us);
	assert_true(rly_path_response(&path, proven, token, now_us + round_trip));
	return path;
}

static void an_address_is_proven_by_its_own_token(void **state)
{
	(void)state;
	struct rly_path path = path_of(1), other = path_of(2);
	struct rly_address proven = address(1), elsewhere = address(2);
	uint64_t token = challenge_token(&path, &proven, 0);
	assert_false(rly_path_is_proven_at(&path, &proven));
	assert_false(rly_path_response(&path, &elsewhere, token, round_trip));
	assert_false(rly_path_response(&path, &proven, token + 1, round_trip));
	assert_true(challenge_token(&other, &proven, 0) != token);
	assert_false(rly_path_response(&other, &proven, token, round_trip));
	assert_true(rly_path_response(&path, &proven, token, round_trip));
	assert_true(rly_path_is_proven_at(&path, &proven));
	assert_false(rly_path_is_proven_at(&path, &elsewhere));
	/* A repeated response changes nothing. */
	assert_false(rly_path_response(&path, &proven, token, 2 * round_trip));
}

static void a_token_of_long_ago_proves_nothing(void **state)
{
	(void)state;
	struct rly_path path = path_of(1);
	struct rly_address proven = address(1);
	uint64_t token = challenge_token(&path, &proven, 0);
	assert_false(rly_path_response(&path, &proven, token, RLY_PATH_TOKEN_US + 1));
	token = challenge_token(&path, &proven, 20 * second);
	challenge_token(&path, &proven, 21 * second);
	challenge_token(&path, &proven, 22 * second);
	assert_false(rly_path_response(&path, &proven, token, 22 * second + round_trip));
}

static void what_was_asked_before_it_was_forgotten_proves_nothing(void **state)
{
	(void)state;
	struct rly_address proven = address(1);
	struct rly_path path = proven_at(&proven, 0);
	uint64_t token = rly_path_token(&path, &proven);
	rly_path_reset(&path);
	assert_false(rly_path_is_proven_at(&path, &proven));
	challenge_token(&path, &proven, second);
	assert_false(rly_path_response(&path, &proven, token, second));
	assert_true(rly_path_response(&path, &proven, rly_path_token(&path, &proven), second));
}

/* As soon as its answer arrives, even if a dead address was challenged too. */
static void a_site_that_moves_is_followed_within_a_round_trip(void **state)
{
	(void)state;
	struct rly_address proven = address(1), next = address(2);
	struct rly_path path = proven_at(&proven, 0);
	bool asks_home = false;
	assert_true(rly_path_challenge(&path, round_trip + 1, &asks_home));
	assert_true(asks_home);
	uint64_t token = rly_path_token(&path, &next);
	assert_true(rly_path_response(&path, &next, token, 2 * round_trip + 1));
	assert_true(rly_path_is_proven_at(&path, &next));
	/* The old address may still answer the challenge of that round: it was the slower one. */
	assert_true(
		rly_path_response(&path, &proven, rly_path_token(&path, &proven), 3 * round_trip));
	assert_false(rly_path_response(&path, &next, token, 4 * round_trip));
	assert_true(rly_path_is_proven_at(&path, &proven));
}

static void a_proven_address_that_answers_is_kept(void **state)
{
	(void)state;
	struct rly_address proven = address(1), attacker = address(2);
	struct rly_path path = proven_at(&proven, 0);
	for (int64_t now_us = second; now_us < 60 * second; now_us += 50000) {
		bool asks_home = false;
		assert_true(rly_path_challenge(&path, now_us, &asks_home));
		uint64_t token = rly_path_token(&path, &attacker);
		if (asks_home) {
			rly_path_response(
				&path, &proven, rly_path_token(&path, &proven), now_us + 10000);
		}
		/* Even if the attacker sees the challenge and the answer. */
		assert_false(rly_path_response(&path, &attacker, token, now_us + 20000));
		assert_true(rly_path_is_proven_at(&path, &proven));
		assert_false(rly_path_expire(&path, now_us));
	}
}

static void a_copy_of_an_answer_is_known_again(void **state)
{
	(void)state;
	struct rly_path path = path_of(1);
	uint8_t tail[RLY_PATH_TAIL] = {7}, other[RLY_PATH_TAIL] = {8};
	uint64_t token = 0;
	assert_false(rly_path_find_copy(&path, tail, &token));
	rly_path_record_copy(&path, tail, 12345);
	assert_true(rly_path_find_copy(&path, tail, &token) && token == 12345);
	assert_false(rly_path_find_copy(&path, other, &token));
	for (int i = 0; i < RLY_PATH_COPIES; i++) {
		rly_path_record_copy(&path, other, 0);
	}
	assert_false(rly_path_find_copy(&path, tail, &token));
}

static void silence_and_missing_consent_end_it(void **state)
{
	(void)state;
	struct rly_address proven = address(1);
	struct rly_path path = proven_at(&proven, 0);
	assert_false(rly_path_expire(&path, RLY_PATH_SILENT_US));
	assert_true(rly_path_expire(&path, RLY_PATH_SILENT_US + round_trip + 1));
	assert_false(rly_path_is_proven_at(&path, &proven));
	assert_false(rly_path_expire(&path, RLY_PATH_SILENT_US + round_trip + 1));
	/* Genuine packets in its name keep the path for a while, answers without limit. */
	path = proven_at(&proven, 0);
	int64_t now_us = 0;
	for (; now_us < RLY_PATH_CONSENT_US; now_us += second) {
		rly_path_received(&path, now_us);
		assert_false(rly_path_expire(&path, now_us));
	}
	rly_path_received(&path, now_us + second);
	assert_true(rly_path_expire(&path, now_us + second));
	path = proven_at(&proven, 0);
	for (now_us = second; now_us < 300 * second; now_us += second) {
		rly_path_received(&path, now_us);
		if (rly_path_is_consent_due(&path, now_us)) {
			rly_path_response(&path, &proven, rly_path_token(&path, &proven), now_us);
		}
		assert_false(rly_path_expire(&path, now_us));
	}
}

static void challenges_are_bounded(void **state)
{
	(void)state;
	struct rly_path path = path_of(1);
	int sent = 0;
	for (int64_t now_us = 0; now_us < 10 * second; now_us += 1000) {
		bool proven;
		sent += rly_path_challenge(&path, now_us, &proven);
	}
	assert_in_range(sent, 1, 11 * RLY_PATH_CHALLENGES);
}

/* How many packets of a flood with this rate in one bucket are tried in a second. */
static int tried_of(struct rly_unknown_senders *unknown_senders, uint32_t place, int64_t begin_us,
	int per_second)
{
	int tried = 0;
	for (int i = 0; i < per_second; i++) {
		int64_t now_us = begin_us + i * second / per_second;
		if (rly_unknown_senders_allow(unknown_senders, place, now_us)) {
			rly_unknown_senders_fail(unknown_senders, place);
			tried++;
		}
	}
	return tried;
}

/* A sender that fails is limited; its neighbour is not affected. */
static void who_fails_is_tried_only_so_often(void **state)
{
	(void)state;
	static struct rly_unknown_senders unknown_senders;
	struct rly_address one, other;
	assert_int_equal(media_challenge_make(&challenge), 0);
	assert_true(rly_address_parse("[2001:db8::1]:5004", &one));
	uint32_t place = rly_unknown_senders_bucket(&challenge, &one, 1);
	assert_in_range(tried_of(&unknown_senders, place, second, 200000), RLY_UNKNOWN_FLOOD_RATE,
		RLY_UNKNOWN_FAILURES_MAX + RLY_UNKNOWN_FLOOD_RATE + RLY_UNKNOWN_FLOOD_BURST);
	assert_true(rly_unknown_senders_allow(
		&unknown_senders, (place + 1) % RLY_UNKNOWN_BUCKETS, 2 * second - 1));
	assert_true(rly_unknown_senders_allow(&unknown_senders, place, 2 * second));
	/* With another site's name it is counted separately. */
	assert_true(rly_unknown_senders_bucket(&challenge, &one, 2) != place ||
		    rly_unknown_senders_bucket(&challenge, &one, 3) != place);
	/* A /64 is one sender; an IPv4 address is one, mapped or not. */
	assert_true(rly_address_parse("[2001:db8::ffff:2]:1", &other));
	assert_int_equal(rly_unknown_senders_bucket(&challenge, &other, 1), place);
	assert_true(rly_address_parse("192.0.2.1:1", &one));
	assert_true(rly_address_parse("[::ffff:192.0.2.1]:2", &other));
	assert_int_equal(rly_unknown_senders_bucket(&challenge, &one, 1),
		rly_unknown_senders_bucket(&challenge, &other, 1));
}

/*
 * An attacker who sends in a site's name from the site's own address, behind the same NAT or by
 * spoofing, blocks none of the site's packets, whenever in a second they come; with a much higher
 * rate, not all of them.
 */
static void a_site_is_tried_where_somebody_floods_from_its_address(void **state)
{
	(void)state;
	static struct rly_unknown_senders unknown_senders;
	int own = 0, tried = 0;
	for (int64_t s = 1; s <= 100; s++) {
		tried_of(&unknown_senders, 7, s * second, 5000);
		assert_true(rly_unknown_senders_allow(&unknown_senders, 7, (s + 1) * second - 1));
	}
	int64_t now_us;
	for (now_us = 102 * second; now_us < 112 * second; now_us += 20) {
		bool is_own = now_us % 1999 < 20;
		bool allowed = rly_unknown_senders_allow(&unknown_senders, 7, now_us);
		own += is_own;
		tried += is_own && allowed;
		if (!is_own && allowed) {
			rly_unknown_senders_fail(&unknown_senders, 7);
		}
	}
	assert_in_range(tried, own / 10, own);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_proven_by_its_own_token),
		cmocka_unit_test(a_token_of_long_ago_proves_nothing),
		cmocka_unit_test(what_was_asked_before_it_was_forgotten_proves_nothing),
		cmocka_unit_test(a_site_that_moves_is_followed_within_a_round_trip),
		cmocka_unit_test(a_proven_address_that_answers_is_kept),
		cmocka_unit_test(a_copy_of_an_answer_is_known_again),
		cmocka_unit_test(silence_and_missing_consent_end_it),
		cmocka_unit_test(challenges_are_bounded),
		cmocka_unit_test(who_fails_is_tried_only_so_often),
		cmocka_unit_test(a_site_is_tried_where_somebody_floods_from_its_address),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
