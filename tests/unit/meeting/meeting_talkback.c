/* The talkback: who may be called, what comes of it, and what the record keeps. */
#include <string.h>

#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

static const struct site *site_of(const struct stage *stage, const char *id)
{
	return mtg_site_by_id(stage->meeting, id);
}

static bool roll_called(const struct stage *stage, const char *id)
{
	return site_of(stage, id)->steps[READINESS_STEP_ROLL_CALLED].done;
}

static void test_who_can_be_called(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	assert_int_equal(stage_talkback(stage, "hn", false), REFUSAL_INVALID);
	assert_int_equal(stage_talkback(stage, NULL, true), REFUSAL_INVALID);
	assert_int_equal(stage_talkback(stage, "nowhere", false), REFUSAL_NOT_FOUND);
	must(stage_bar(stage, "a", true));
	assert_int_equal(stage_talkback(stage, "a", false), REFUSAL_SITE_BARRED);
	stage_media(stage, "b", MEDIA_STATE_SILENT);
	must(stage_talkback(stage, "b", false)); /* it may hear all the same */
	stage_link(stage, "b", LINK_STATE_LOST);
	must(stage_talkback(stage, "c", false));
	assert_int_equal(stage_talkback(stage, "b", false), REFUSAL_SITE_SILENT);
	stage_media(stage, "b", MEDIA_STATE_GOOD); /* its program is gone, its sound is not */
	must(stage_talkback(stage, "b", true));
	stage_destroy(stage);
}

static void test_without_a_main_venue(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_meeting(stage, 1);
	stage_add_site(stage, "a", 2, false);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	assert_int_equal(stage_talkback(stage, NULL, false), REFUSAL_INVALID);
	stage_destroy(stage);
}

static void test_roll_call(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	must(stage_talkback(stage, "a", false));
	struct cmd_talkback_mark *in =
		&stage_begin(stage, ROLE_TECHNICIAN, CMD_TALKBACK_MARK)->talkback_mark;
	strcpy(in->site, "a");
	in->answer = TALKBACK_ANSWER_HEARD;
	in->has_evidence = true;
	strcpy(in->evidence, "nghe rõ");
	must(stage_give(stage));
	assert_true(roll_called(stage, "a"));
	assert_string_equal(
		site_of(stage, "a")->steps[READINESS_STEP_ROLL_CALLED].evidence, "nghe rõ");
	assert_int_equal(stage_mark(stage, "a", TALKBACK_ANSWER_HEARD), REFUSAL_ALREADY);
	assert_int_equal(stage_mark(stage, "b", TALKBACK_ANSWER_HEARD), REFUSAL_WRONG_STATE);

	must(stage_talkback(stage, "b", false)); /* the next, without closing */
	must(stage_mark(stage, "b", TALKBACK_ANSWER_NOT_HEARD));
	assert_false(roll_called(stage, "b"));
	assert_int_equal(site_of(stage, "b")->talkback_answer, TALKBACK_ANSWER_NOT_HEARD);
	assert_int_equal(site_of(stage, "a")->talkback_answer, TALKBACK_ANSWER_HEARD);
	must(stage_mark(stage, "b", TALKBACK_ANSWER_HEARD));
	assert_true(roll_called(stage, "b"));
	stage_destroy(stage);
}

/* A slip of the key is put right; what was signed by other means stays. */
static void test_mark_is_taken_back(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	must(stage_talkback(stage, "a", false));
	must(stage_mark(stage, "a", TALKBACK_ANSWER_HEARD));
	must(stage_mark(stage, "a", TALKBACK_ANSWER_NOT_HEARD));
	assert_false(roll_called(stage, "a"));
	must(stage_mark(stage, "a", TALKBACK_ANSWER_HEARD));
	must(stage_talkback(stage, NULL, false));
	must(stage_talkback(stage, "a", false));
	must(stage_mark(stage, "a", TALKBACK_ANSWER_NOT_HEARD));
	assert_true(roll_called(stage, "a"));
	stage_destroy(stage);
}

/* The opening is meeting.opened and nothing else; it ends the talkback in the same batch. */
static void test_opening_ends_it(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	must(stage_talkback(stage, "a", true));
	assert_false(mtg_about(stage->meeting)->was_opened);
	stage_pass(stage, 20 * MINUTE_MS);
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	assert_int_equal(stage->batch.records[0].event.name, EV_TALKBACK_CLOSED);
	assert_int_equal(stage_event(stage, EV_TALKBACK_CLOSED)->talkback_closed.cause,
		TALKBACK_END_OPENING);
	assert_id(stage_event(stage, EV_TALKBACK_CLOSED)->talkback_closed.site, "a");
	assert_int_equal(stage->batch.records[1].event.name, EV_MEETING_OPENED);
	assert_int_equal(mtg_about(stage->meeting)->opened.ms, stage->now.at.ms);
	assert_true(stage_heard(stage, "hn"));
	assert_false(stage_heard(stage, "a"));
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	must(stage_op(stage, CMD_MEETING_REOPEN, NULL));
	assert_false(mtg_talkback(stage->meeting)->open);
	stage_destroy(stage);
}

static void test_barring_ends_the_call(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	must(stage_talkback(stage, "a", false));
	must(stage_bar(stage, "b", true)); /* another one */
	assert_true(mtg_talkback(stage->meeting)->open);
	must(stage_bar(stage, "a", true));
	assert_int_equal(
		stage_event(stage, EV_TALKBACK_CLOSED)->talkback_closed.cause, TALKBACK_END_BARRED);
	assert_false(stage_heard(stage, "hn"));
	stage_destroy(stage);
}

/* The main venue's own switch and lock hold as well. */
static void test_venue_is_never_overridden(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	must(stage_talkback(stage, NULL, false));
	assert_true(stage_heard(stage, "hn"));
	must(stage_mute(stage, "hn", true));
	assert_false(stage_heard(stage, "hn"));
	must(stage_mute(stage, "hn", false));
	struct cmd_mic_lock *in = &stage_begin(stage, ROLE_TECHNICIAN, CMD_MIC_LOCK)->mic_lock;
	strcpy(in->site, "hn");
	in->locked = true;
	must(stage_give(stage));
	assert_false(stage_heard(stage, "hn"));
	stage_destroy(stage);
}

/* Two technicians call at once: the second had not seen the first. */
static void test_conflict(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	int64_t seen = mtg_last_seq(stage->meeting);
	must(stage_talkback(stage, "a", false));
	struct cmd_talkback_open *in =
		&stage_begin(stage, ROLE_TECHNICIAN, CMD_TALKBACK_OPEN)->talkback_open;
	in->has_site = true;
	strcpy(in->site, "b");
	stage->command.has_expect = true;
	stage->command.expect = seen;
	assert_int_equal(stage_give(stage), REFUSAL_CONFLICT);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who_can_be_called),
		cmocka_unit_test(test_without_a_main_venue),
		cmocka_unit_test(test_roll_call),
		cmocka_unit_test(test_mark_is_taken_back),
		cmocka_unit_test(test_opening_ends_it),
		cmocka_unit_test(test_barring_ends_the_call),
		cmocka_unit_test(test_venue_is_never_overridden),
		cmocka_unit_test(test_conflict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
