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

/* Of clients with a hundred names each. */
static void keep_many(struct answers *answers, int n)
{
	char client[40], id[16];
	for (int i = 0; i < n; i++) {
		struct answer answer = {.seq = i};
		snprintf(client, sizeof(client), "site:%d/%d", i % 100, i % 7);
		snprintf(id, sizeof(id), "%d", i);
		assert_int_equal(answers_keep(answers, client, id, &answer), 0);
	}
}

static void the_oldest_is_forgotten(void **state)
{
	(void)state;
	struct answers *answers = answers_create();
	char client[40], id[16];
	int last = COMMANDS_REMEMBERED_MAX + 9;
	keep_many(answers, last + 1);
	assert_null(answers_find(answers, "site:9/2", "9"));
	assert_int_equal(answers_find(answers, "site:10/3", "10")->seq, 10);
	snprintf(client, sizeof(client), "site:%d/%d", last % 100, last % 7);
	snprintf(id, sizeof(id), "%d", last);
	assert_int_equal(answers_find(answers, client, id)->seq, last);
	answers_destroy(answers);
}

/* One that invents instances without end loses its own. */
static void nobody_pushes_out_the_answers_of_others(void **state)
{
	(void)state;
	struct answers *answers = answers_create();
	struct answer answer = {.seq = 1};
	char client[40], id[16];
	assert_int_equal(answers_keep(answers, "operator:lan/a", "1", &answer), 0);
	for (int i = 0; i < 2 * COMMANDS_REMEMBERED_MAX; i++) {
		answer.seq = i;
		snprintf(client, sizeof(client), "site:ca-mau/%d", i / 100);
		snprintf(id, sizeof(id), "%d", i);
		assert_int_equal(answers_keep(answers, client, id, &answer), 0);
	}
	assert_int_equal(answers_find(answers, "operator:lan/a", "1")->seq, 1);
	assert_int_equal(answers_find(answers, client, id)->seq, answer.seq);
	int gone = 2 * COMMANDS_REMEMBERED_MAX - COMMANDS_REMEMBERED_OF_ONE_MAX - 1;
	snprintf(client, sizeof(client), "site:ca-mau/%d", gone / 100);
	snprintf(id, sizeof(id), "%d", gone);
	assert_null(answers_find(answers, client, id));
	/* A name that begins like another's is another. */
	assert_int_equal(answers_keep(answers, "site:ca/1", "1", &answer), 0);
	assert_non_null(answers_find(answers, "site:ca/1", "1"));
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
		cmocka_unit_test(nobody_pushes_out_the_answers_of_others),
		cmocka_unit_test(an_answer_learns_what_the_events_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
