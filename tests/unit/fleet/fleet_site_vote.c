/* A simulated site votes as its coordinator takes it: the numbers agree, and each name once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "endpoint/fleet/site_vote.h"

static struct wire_site_desired told(enum vote_method method, uint32_t number, uint32_t ballots)
{
	return (struct wire_site_desired){.number = number,
		.has_vote = true,
		.vote = {.vote = "v", .n_options = 3, .method = method, .ballots = ballots}};
}

static void a_hall_agrees_with_itself(void **state)
{
	(void)state;
	for (uint32_t number = 1; number < 65; number++) {
		struct wire_site_desired desired = told(VOTE_METHOD_BY_SITE, number, 0);
		struct command command;
		uint32_t sum = 0;

		assert_true(site_vote_is_due(&desired));
		site_vote_cast(&desired, "a", &command);
		for (size_t i = 0; i < command.vote_cast.count.n_answers; i++) {
			sum += command.vote_cast.count.answers[i];
		}
		assert_int_equal(command.vote_cast.count.n_answers, 3);
		assert_int_equal(sum, command.vote_cast.count.cast);
		assert_true(sum <= command.vote_cast.count.present);
		desired.vote.ballots = 1;
		assert_false(site_vote_is_due(&desired));
	}
}

static void names_differ(void **state)
{
	(void)state;
	struct command first, second;
	struct wire_site_desired desired = told(VOTE_METHOD_BY_NAME, 1, 0);
	site_vote_cast(&desired, "a", &first);
	desired.vote.ballots = 1;
	assert_true(site_vote_is_due(&desired));
	site_vote_cast(&desired, "a", &second);
	assert_string_not_equal(first.vote_cast.voter, second.vote_cast.voter);
	desired.vote.ballots = SITE_VOTE_VOTERS;
	assert_false(site_vote_is_due(&desired));
}

static void without_a_vote_there_is_nothing_to_cast(void **state)
{
	(void)state;
	struct wire_site_desired desired = {.number = 1};
	assert_false(site_vote_is_due(&desired));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hall_agrees_with_itself),
		cmocka_unit_test(names_differ),
		cmocka_unit_test(without_a_vote_there_is_nothing_to_cast),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
