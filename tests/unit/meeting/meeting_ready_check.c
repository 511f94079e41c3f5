/* The ready check: who is asked, what ends it, and what is left of it. */
#include <string.h>

#include "coordinator/meeting/ready_check.h"
#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

static int ask(struct stage *stage, int64_t span_ms)
{
	struct cmd_ready_ask *in = &stage_begin(stage, ROLE_OPERATOR, CMD_READY_ASK)->ready_ask;

	in->has_span = span_ms != 0;
	in->span.ms = span_ms;
	return stage_give(stage);
}

static int answer(struct stage *stage, const char *site)
{
	return stage_site(stage, site, CMD_READY_ANSWER, site);
}

static void assert_count(const struct stage *stage, size_t ready, size_t of)
{
	struct ready_count count = mtg_ready_count(stage->meeting);

	assert_int_equal(count.ready, ready);
	assert_int_equal(count.of, of);
}

static void assert_ended(const struct stage *stage, enum asked_end cause, uint32_t ready)
{
	const struct ready_check *check = mtg_ready_check(stage->meeting);

	assert_false(check->open);
	assert_int_equal(check->cause, cause);
	const struct ev_ready_ended *ended = &stage_event(stage, EV_READY_ENDED)->ready_ended;
	assert_int_equal(ended->cause, cause);
	assert_int_equal(ended->ready, ready);
}

/* hn, a, b, c and d. */
static void test_all_answer(void **state)
{
	static const char *const sites[] = {"hn", "a", "b", "c", "d"};
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	must(ask(stage, 0));
	assert_count(stage, 0, 5);
	assert_int_equal(ask(stage, 0), REFUSAL_ALREADY);
	for (size_t i = 0; i < 5; i++) {
		assert_true(mtg_ready_check(stage->meeting)->open);
		must(answer(stage, sites[i]));
	}
	assert_count(stage, 5, 5);
	stage_settle(stage);
	assert_ended(stage, ASKED_END_ANSWERED, 5);
	assert_int_equal(answer(stage, "a"), REFUSAL_WRONG_STATE);
	must(ask(stage, 0)); /* again, all anew */
	assert_count(stage, 0, 5);
	stage_destroy(stage);
}

/* Four of five; the fifth is named. */
static void test_its_span_ends_it(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(ask(stage, 5000), REFUSAL_INVALID);
	assert_int_equal(ask(stage, 3600000), REFUSAL_INVALID);
	must(ask(stage, 20000));
	must(answer(stage, "hn"));
	must(answer(stage, "a"));
	assert_int_equal(answer(stage, "a"), REFUSAL_ALREADY);
	must(stage_do(stage, ROLE_TECHNICIAN, CMD_READY_ANSWER, "b")); /* who has rung up */
	must(answer(stage, "d"));
	stage_pass(stage, 19000);
	assert_true(mtg_ready_check(stage->meeting)->open);
	stage_pass(stage, 1000);
	assert_false(mtg_ready_check(stage->meeting)->open);
	assert_int_equal(mtg_ready_check(stage->meeting)->cause, ASKED_END_SPAN);
	assert_count(stage, 4, 5);
	assert_int_equal(mtg_site_by_id(stage->meeting, "c")->ready, READY_MARK_ASKED);
	stage_destroy(stage);
}

static void test_staff_ends_it(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	assert_int_equal(stage_op(stage, CMD_READY_END, NULL), REFUSAL_ALREADY);
	must(ask(stage, 0));
	must(answer(stage, "a"));
	must(stage_op(stage, CMD_READY_END, NULL));
	assert_ended(stage, ASKED_END_STAFF, 1);
	stage_destroy(stage);
}

/* Nobody waits for a site that is barred or gone from the roster. */
static void test_who_is_let_in_counts(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	must(stage_bar(stage, "a", true));
	must(ask(stage, 0));
	assert_count(stage, 0, 4);
	assert_int_equal(answer(stage, "a"), REFUSAL_SITE_BARRED);
	must(stage_bar(stage, "a", false));
	must(answer(stage, "a"));
	assert_count(stage, 1, 5);
	must(answer(stage, "hn"));
	must(answer(stage, "b"));
	must(stage_bar(stage, "c", true));
	assert_true(mtg_ready_check(stage->meeting)->open);
	must(stage_op(stage, CMD_SITE_REMOVE, "d"));
	stage_settle(stage);
	assert_ended(stage, ASKED_END_ANSWERED, 3);
	stage_destroy(stage);
}

static void test_the_meeting_ends_it(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_go_live(stage);
	must(ask(stage, 0));
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	stage_settle(stage);
	assert_ended(stage, ASKED_END_CLOSING, 0);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_answer),
		cmocka_unit_test(test_its_span_ends_it),
		cmocka_unit_test(test_staff_ends_it),
		cmocka_unit_test(test_who_is_let_in_counts),
		cmocka_unit_test(test_the_meeting_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
