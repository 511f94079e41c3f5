/* The roll call: whom it calls next, what is noted, and how it is interrupted and goes on. */
#include <string.h>

#include "coordinator/meeting/roll_call.h"
#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

static int call(struct stage *stage, const char *site, const char *region)
{
	struct cmd_roll_call *in = &stage_begin(stage, ROLE_TECHNICIAN, CMD_ROLL_CALL)->roll_call;

	in->has_site = site != NULL;
	strcpy(in->site, site ? site : "");
	in->has_region = region != NULL;
	strcpy(in->region, region ? region : "");
	return stage_give(stage);
}

static int mark(struct stage *stage, const char *site, enum roll_result result, const char *note)
{
	struct cmd_roll_mark *in = &stage_begin(stage, ROLE_OPERATOR, CMD_ROLL_MARK)->roll_mark;

	strcpy(in->site, site);
	in->result = result;
	in->has_note = note != NULL;
	strcpy(in->note, note ? note : "");
	return stage_give(stage);
}

static const struct site *site_of(const struct stage *stage, const char *id)
{
	return mtg_site_by_id(stage->meeting, id);
}

static const char *called(const struct stage *stage)
{
	int site = mtg_roll_call(stage->meeting)->site;

	return site == MTG_NONE ? "" : mtg_site(stage->meeting, site)->id;
}

static bool is_signed(const struct stage *stage, const char *id)
{
	return site_of(stage, id)->steps[READINESS_STEP_ROLL_CALLED].done;
}

/* a and c in the north, b and d in the south. */
static void gather(struct stage *stage)
{
	static const char *const sites[] = {"a", "b", "c", "d"};

	stage_assemble(stage);
	for (int i = 0; i < 4; i++) {
		struct cmd_site_edit *in =
			&stage_begin(stage, ROLE_OPERATOR, CMD_SITE_EDIT)->site_edit;

		strcpy(in->site, sites[i]);
		in->has_region = true;
		strcpy(in->region, i % 2 == 0 ? "Bắc" : "Nam");
		must(stage_give(stage));
	}
}

static void test_region_by_region(void **state)
{
	static const char *const order[] = {"a", "c", "b", "d"};
	struct stage *stage = stage_create();

	(void)state;
	gather(stage);
	for (int i = 0; i < 4; i++) {
		must(call(stage, NULL, NULL));
		assert_string_equal(called(stage), order[i]);
		assert_int_equal(mtg_talkback(stage->meeting)->site, stage_index(stage, order[i]));
		must(mark(stage, order[i], ROLL_RESULT_HEARD_AND_SEEN, NULL));
		assert_true(is_signed(stage, order[i]));
	}
	assert_int_equal(call(stage, NULL, NULL), REFUSAL_NOT_FOUND);
	stage_destroy(stage);
}

static void test_a_region_is_chosen(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	gather(stage);
	must(call(stage, NULL, "Nam"));
	assert_string_equal(called(stage), "b");
	must(mark(stage, "b", ROLL_RESULT_HEARD_AND_SEEN, NULL));
	must(call(stage, NULL, NULL));
	assert_string_equal(called(stage), "d"); /* goes on where it is */
	must(mark(stage, "d", ROLL_RESULT_HEARD_AND_SEEN, NULL));
	assert_int_equal(call(stage, NULL, "Nam"), REFUSAL_NOT_FOUND);
	must(call(stage, NULL, NULL));
	assert_string_equal(called(stage), "a");
	stage_destroy(stage);
}

/* Who is not there is called once it has come. */
static void test_who_is_gone_is_passed_over(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	gather(stage);
	stage_link(stage, "a", LINK_STATE_LOST);
	stage_media(stage, "a", MEDIA_STATE_SILENT);
	must(stage_bar(stage, "c", true));
	must(call(stage, NULL, NULL));
	assert_string_equal(called(stage), "b");
	assert_int_equal(call(stage, "a", NULL), REFUSAL_SITE_SILENT);
	assert_int_equal(call(stage, "c", NULL), REFUSAL_SITE_BARRED);
	assert_int_equal(call(stage, "hn", NULL), REFUSAL_INVALID);
	assert_int_equal(call(stage, "b", NULL), REFUSAL_ALREADY);
	must(mark(stage, "a", ROLL_RESULT_FAULT, "mất điện")); /* by telephone */
	assert_int_equal(mark(stage, "d", ROLL_RESULT_HEARD_AND_SEEN, NULL), REFUSAL_WRONG_STATE);
	assert_int_equal(mark(stage, "hn", ROLL_RESULT_FAULT, NULL), REFUSAL_INVALID);
	stage_destroy(stage);
}

static void test_a_fault_has_a_note(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	gather(stage);
	assert_int_equal(mark(stage, "a", ROLL_RESULT_FAULT, NULL), REFUSAL_WRONG_STATE);
	must(call(stage, NULL, NULL));
	must(mark(stage, "a", ROLL_RESULT_HEARD_AND_SEEN, NULL));
	must(mark(stage, "a", ROLL_RESULT_FAULT, "rè tiếng")); /* heard better: put right */
	assert_string_equal(site_of(stage, "a")->roll.note, "rè tiếng");
	assert_int_equal(site_of(stage, "a")->talkback_answer, TALKBACK_ANSWER_NOT_HEARD);
	assert_false(is_signed(stage, "a"));
	assert_int_equal(mark(stage, "a", ROLL_RESULT_FAULT, "rè tiếng"), REFUSAL_ALREADY);
	must(mark(stage, "a", ROLL_RESULT_FAULT, "mất hình"));
	must(mark(stage, "a", ROLL_RESULT_HEARD_AND_SEEN, NULL));
	assert_true(is_signed(stage, "a"));
	assert_string_equal(site_of(stage, "a")->roll.note, "");
	stage_destroy(stage);
}

/* By whatever ends the talkback; it knows who has been called, and goes on. */
static void test_interrupted_and_resumed(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	gather(stage);
	must(call(stage, NULL, NULL));
	must(mark(stage, "a", ROLL_RESULT_HEARD_AND_SEEN, NULL));
	must(call(stage, NULL, NULL));
	must(stage_op(stage, CMD_TALKBACK_CLOSE, NULL));
	assert_string_equal(called(stage), "");
	assert_true(site_of(stage, "c")->roll.called);
	must(call(stage, NULL, NULL)); /* had no result: again, once its region is through */
	assert_string_equal(called(stage), "c");
	must(stage_talkback(stage, "b", true)); /* somebody takes a site aside */
	assert_string_equal(called(stage), "");
	must(call(stage, "b", NULL)); /* from aside to aloud */
	assert_string_equal(called(stage), "b");
	assert_false(mtg_talkback(stage->meeting)->private);
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	assert_string_equal(called(stage), "");
	assert_int_equal(call(stage, NULL, NULL), REFUSAL_WRONG_STATE);
	assert_true(is_signed(stage, "a"));
	stage_destroy(stage);
}

static void test_begun_anew(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	gather(stage);
	must(stage_op(stage, CMD_ROLL_BEGIN, NULL));
	assert_int_equal(stage_op(stage, CMD_ROLL_BEGIN, NULL), REFUSAL_ALREADY);
	must(call(stage, NULL, NULL));
	must(mark(stage, "a", ROLL_RESULT_FAULT, "mất tiếng"));
	must(stage_op(stage, CMD_ROLL_BEGIN, NULL));
	assert_false(mtg_talkback(stage->meeting)->open);
	assert_false(site_of(stage, "a")->roll.called);
	assert_string_equal(site_of(stage, "a")->roll.note, "");
	must(call(stage, NULL, NULL));
	assert_string_equal(called(stage), "a");
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_region_by_region),
		cmocka_unit_test(test_a_region_is_chosen),
		cmocka_unit_test(test_who_is_gone_is_passed_over),
		cmocka_unit_test(test_a_fault_has_a_note),
		cmocka_unit_test(test_interrupted_and_resumed),
		cmocka_unit_test(test_begun_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
