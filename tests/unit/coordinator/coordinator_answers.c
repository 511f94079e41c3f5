/* Remembered answers: by client and id, bounded, the oldest forgotten first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/answers.h"
#include "bounds.h"

static void an_answer_is_found_by_both_names(void **state)
{
	(void)state;
	struct answers *answers = answers_create();
	struct answer answer = {.seq = 7, .take = 3};
	assert_int_equal(answers_keep(answers, "a", "bc", &answer), 0);
	assert_int_equal(answers_find(answers, "a", "bc")->seq, 7);
	assert_null(answers_find(answers, "ab", "c"));
	assert_null(answers_find(answers, "a", "b"));
	answer.seq = 8;
	answers_keep(answers, "a", "bc", &answer);
	assert_int_equal(answers_find(answers, "a", "bc")->seq, 8);
	answers_destroy(answers);
}

static void the_oldest_is_forgotten(void **state)
{
	(void)state;
	struct answers *answers = answers_create();
	char id[16];
	for (int i = 0; i < COMMANDS_REMEMBERED_MAX + 10; i++) {
		struct answer answer = {.seq = i};
		snprintf(id, sizeof(id), "%d", i);
		assert_int_equal(answers_keep(answers, "client", id, &answer), 0);
	}
	assert_null(answers_find(answers, "client", "9"));
	assert_int_equal(answers_find(answers, "client", "10")->seq, 10);
	snprintf(id, sizeof(id), "%d", COMMANDS_REMEMBERED_MAX + 9);
	assert_int_equal(answers_find(answers, "client", id)->seq, COMMANDS_REMEMBERED_MAX + 9);
	answers_destroy(answers);
}

static void an_answer_learns_what_the_events_made(void **state)
{
	(void)state;
	struct answer answer = {0};
	struct event event;
	memset(&event, 0, sizeof(event));
	event.name = EV_FLOOR_TAKEN;
	event.floor_taken.take = 12;
	answer_learn(&answer, 5, &event);
	memset(&event, 0, sizeof(event));
	event.name = EV_TURN_ADDED;
	snprintf(event.turn_added.turn, sizeof(event.turn_added.turn), "t-9");
	answer_learn(&answer, 6, &event);
	assert_int_equal(answer.seq, 6);
	assert_int_equal(answer.take, 12);
	assert_string_equal(answer.turn, "t-9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_found_by_both_names),
		cmocka_unit_test(the_oldest_is_forgotten),
		cmocka_unit_test(an_answer_learns_what_the_events_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
