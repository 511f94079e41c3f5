/* When people are erased: after the closing, or where a meeting was never held. */
#include "coordinator/people/retention.h"

#include <string.h>

#include "tests/unit/meeting/stage.h"

static const int64_t day_ms = 24 * 3600 * 1000;

static void keep_for(struct stage *stage, uint32_t days)
{
	struct cmd_meeting_edit *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;

	in->has_preparation = in->preparation.has_registration = true;
	strcpy(in->preparation.registration.categories[0], "Đại biểu");
	in->preparation.registration.n_categories = 1;
	in->preparation.has_retention_days = days > 0;
	in->preparation.retention_days = days;
	assert_int_equal(stage_give(stage), 0);
}

static bool over_after(const struct stage *stage, int64_t ms)
{
	return retention_is_over(stage->meeting, (struct stamp){stage->now.wall.ms + ms});
}

static void never_without_days(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	keep_for(stage, 0);
	assert_false(over_after(stage, 10000 * day_ms));
	stage_destroy(stage);
}

static void from_the_closing(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	keep_for(stage, 30);
	assert_int_equal(stage_op(stage, CMD_MEETING_CLOSE, ""), 0);
	assert_false(over_after(stage, 30 * day_ms - 1));
	assert_true(over_after(stage, 30 * day_ms));
	stage_destroy(stage);
}

/* Put off, it keeps who was registered last: a meeting of another day is no meeting that is over.
 */
static void of_a_meeting_never_held(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	keep_for(stage, 30);
	stage_pass(stage, 20 * day_ms);
	assert_false(over_after(stage, 0));
	assert_true(over_after(stage, 11 * day_ms));
	struct cmd_site_register *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_SITE_REGISTER)->site_register;
	strcpy(in->site, "a");
	assert_int_equal(stage_give(stage), 0);
	assert_false(over_after(stage, 30 * day_ms - 1));
	assert_true(over_after(stage, 30 * day_ms));
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(never_without_days),
		cmocka_unit_test(from_the_closing),
		cmocka_unit_test(of_a_meeting_never_held),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
