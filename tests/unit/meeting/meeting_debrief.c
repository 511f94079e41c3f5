/* The debrief: after the closing halls are dark, and technicians and operators still talk. */
#include <string.h>

#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/scene.h"
#include "tests/unit/meeting/stage.h"

static struct stage *stage;

static int set_up(void **state)
{
	(void)state;
	stage = stage_create();
	stage_start_talks(stage);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	stage_destroy(stage);
	return 0;
}

static void must(int r)
{
	assert_int_equal(r, 0);
}

static void close_meeting(void)
{
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
}

static void assert_dark(void)
{
	struct scene program;

	mtg_program(stage->meeting, &program);
	assert_int_equal(program.layout, LAYOUT_SLATE);
	for (size_t i = 0; i < mtg_site_count(stage->meeting); i++) {
		assert_false(mtg_may_speak(stage->meeting, (int)i));
	}
}

static void test_halls_are_dark(void **state)
{
	struct cmd_scene_override *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_SCENE_OVERRIDE)->scene_override;

	(void)state;
	in->layout = LAYOUT_SOLO;
	in->n_panes = 1;
	strcpy(in->panes[0].site, "a");
	in->panes[0].source = SOURCE_NAME_CAMERA;
	must(stage_give(stage));
	assert_int_equal(stage_talkback(stage, "a", false), REFUSAL_WRONG_STATE); /* live */
	close_meeting();
	assert_true(mtg_about(stage->meeting)->debrief);
	assert_dark();
}

static void test_technicians_talk(void **state)
{
	(void)state;
	close_meeting();
	must(stage_talkback(stage, "b", true));
	assert_true(mtg_may_speak(stage->meeting, stage_index(stage, "b")));
	assert_true(mtg_may_speak(stage->meeting, stage_index(stage, "hn")));
	assert_false(mtg_may_speak(stage->meeting, stage_index(stage, "a")));
	assert_false(mtg_talkback_reaches(stage->meeting, stage_index(stage, "a")));
	must(stage_mark(stage, "b", TALKBACK_ANSWER_HEARD));
	const struct site *site = mtg_site_by_id(stage->meeting, "b");
	assert_false(site->steps[READINESS_STEP_ROLL_CALLED].done); /* nobody's roll call */
	must(stage_op(stage, CMD_TALKBACK_CLOSE, NULL));
	assert_dark();
}

static void test_an_operator_ends_it(void **state)
{
	(void)state;
	assert_int_equal(stage_op(stage, CMD_DEBRIEF_END, NULL), REFUSAL_WRONG_STATE);
	close_meeting();
	struct instant closed = mtg_about(stage->meeting)->closed;
	must(stage_talkback(stage, NULL, false));
	stage_pass(stage, 60000);
	must(stage_op(stage, CMD_DEBRIEF_END, NULL));
	assert_false(mtg_talkback(stage->meeting)->open);
	assert_dark();
	assert_int_equal(stage_talkback(stage, "a", false), REFUSAL_WRONG_STATE);
	assert_int_equal(stage_op(stage, CMD_DEBRIEF_END, NULL), REFUSAL_ALREADY);
	assert_int_equal(mtg_about(stage->meeting)->closed.ms, closed.ms); /* the end it was */
}

static void test_the_meeting_goes_on_instead(void **state)
{
	(void)state;
	close_meeting();
	must(stage_talkback(stage, "a", false));
	must(stage_op(stage, CMD_MEETING_REOPEN, NULL));
	assert_false(mtg_talkback(stage->meeting)->open);
	assert_false(mtg_about(stage->meeting)->debrief);
	assert_null(mtg_check(stage->meeting));
}

static int note(uint64_t alarm, const char *text)
{
	struct cmd_alarm_note *in =
		&stage_begin(stage, ROLE_TECHNICIAN, CMD_ALARM_NOTE)->alarm_note;

	in->alarm = alarm;
	strcpy(in->text, text);
	return stage_give(stage);
}

/* Also of what is long over: that it was, its number says. */
static void test_incidents_are_noted(void **state)
{
	(void)state;
	assert_int_equal(note(1, "mất điện"), REFUSAL_NOT_FOUND);
	stage_link(stage, "b", LINK_STATE_LOST);
	stage_pass(stage, 60000);
	stage_link(stage, "b", LINK_STATE_ONLINE);
	stage_settle(stage);
	close_meeting();
	stage_settle(stage);
	assert_int_equal(note(1, ""), REFUSAL_INVALID);
	must(note(1, "đứt cáp ở hội trường, đã thay"));
	assert_int_equal(note(99, "không có"), REFUSAL_NOT_FOUND);
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(test_halls_are_dark),
		STAGED(test_technicians_talk),
		STAGED(test_an_operator_ends_it),
		STAGED(test_the_meeting_goes_on_instead),
		STAGED(test_incidents_are_noted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
