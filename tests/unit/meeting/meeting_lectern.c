/* The speaker's screen: what it says, to whom and until when, and that it is dark. */
#include <string.h>

#include "coordinator/meeting/lectern.h"
#include "coordinator/meeting/rights.h"
#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

static int tell(struct stage *stage, enum role role, const char *text)
{
	struct cmd_speaker_tell *in = &stage_begin(stage, role, CMD_SPEAKER_TELL)->speaker_tell;

	in->has_text = text != NULL;
	strcpy(in->text, text ? text : "");
	return stage_give(stage);
}

static int darken(struct stage *stage, bool dark)
{
	stage_begin(stage, ROLE_OPERATOR, CMD_SPEAKER_DARKEN)->speaker_darken.dark = dark;
	return stage_give(stage);
}

static void test_it_goes_with_the_turn(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(tell(stage, ROLE_OPERATOR, "Còn 2 phút"));
	assert_string_equal(mtg_lectern_text(stage->meeting), "Còn 2 phút");
	assert_int_equal(tell(stage, ROLE_OPERATOR, "Còn 2 phút"), REFUSAL_ALREADY);
	must(tell(stage, ROLE_OPERATOR, "Đề nghị kết luận"));
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	assert_string_equal(mtg_lectern_text(stage->meeting), "");
	stage_pass(stage, 5000);
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	assert_string_equal(mtg_lectern_text(stage->meeting), "");
	must(tell(stage, ROLE_OPERATOR, "Xin nói to hơn"));
	must(tell(stage, ROLE_OPERATOR, NULL));
	assert_string_equal(mtg_lectern_text(stage->meeting), "");
	assert_int_equal(tell(stage, ROLE_OPERATOR, NULL), REFUSAL_ALREADY);
	stage_destroy(stage);
}

/* What was said before somebody spoke is not said again to the next. */
static void test_it_does_not_come_back(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(tell(stage, ROLE_OPERATOR, "Mời lên bục"));
	assert_string_equal(mtg_lectern_text(stage->meeting), "Mời lên bục");
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_string_equal(mtg_lectern_text(stage->meeting), "");
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	assert_string_equal(mtg_lectern_text(stage->meeting), "");
	stage_destroy(stage);
}

static void test_dark_until_it_is_light(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(darken(stage, false), REFUSAL_ALREADY);
	must(darken(stage, true));
	assert_true(mtg_lectern_is_dark(stage->meeting));
	assert_int_equal(darken(stage, true), REFUSAL_ALREADY);
	must(stage_op(stage, CMD_ITEM_FINISH, "talks"));
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	assert_false(mtg_lectern_is_dark(stage->meeting));
	assert_int_equal(darken(stage, false), REFUSAL_WRONG_STATE);
	assert_int_equal(tell(stage, ROLE_OPERATOR, "x"), REFUSAL_WRONG_STATE);
	stage_destroy(stage);
}

/* Those who direct say it, whoever speaks reads it; a screen asks for nothing. */
static void test_who_says_and_who_reads(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	for (int number = ROLE_UNSET + 1; number < ROLE_END; number++) {
		enum role role = (enum role)number;
		bool reads = role == ROLE_OPERATOR || role == ROLE_TECHNICIAN ||
			     role == ROLE_CHAIR || role == ROLE_SYSTEM || role == ROLE_LECTERN;

		assert_int_equal(mtg_role_sees(role, EV_SPEAKER_TOLD), reads);
		assert_int_equal(mtg_role_sees(role, EV_SPEAKER_DARKENED), reads);
		if (role != ROLE_OPERATOR) {
			assert_int_equal(tell(stage, role, "x"), REFUSAL_FORBIDDEN);
		}
	}
	for (int number = 1; number < CMD_END; number++) {
		enum command_name name = (enum command_name)number;

		assert_int_equal(mtg_right(ROLE_DISPLAY, name), RIGHT_NEVER);
		assert_int_equal(mtg_right(ROLE_LECTERN, name), RIGHT_NEVER);
	}
	for (int number = 1; number < EV_END; number++) {
		enum event_name name = (enum event_name)number;
		bool own = name == EV_SPEAKER_TOLD || name == EV_SPEAKER_DARKENED;

		assert_false(mtg_role_sees(ROLE_DISPLAY, name));
		assert_int_equal(mtg_role_sees(ROLE_LECTERN, name), own);
	}
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_it_goes_with_the_turn),
		cmocka_unit_test(test_it_does_not_come_back),
		cmocka_unit_test(test_dark_until_it_is_light),
		cmocka_unit_test(test_who_says_and_who_reads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
