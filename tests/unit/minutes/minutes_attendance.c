/* Attendance in the minutes: by category and site, with the quorum; viewers do not read it. */
#include <stdlib.h>
#include <string.h>

#include "minutes_run.h"

/* Plan B has a quorum: 67 of a hundred. */
static int set_up(void **state)
{
	struct run *run = run_create();

	run_load(run, "b");
	run_set_up(run, 1);
	run_gather(run);
	*state = run;
	return 0;
}

static int tear_down(void **state)
{
	run_destroy(*state);
	return 0;
}

static const char *category(const struct run *run, size_t index)
{
	return run->plan->meeting.preparation.registration.categories[index];
}

static void expect(struct run *run, size_t site, uint32_t count)
{
	struct cmd_site_register *in = &run->command.body.site_register;

	run->command.body.name = CMD_SITE_REGISTER;
	strcpy(in->site, run->plan->sites.sites[site].id);
	strcpy(in->delegates[0].category, category(run, 1));
	in->delegates[0].count = count;
	in->n_delegates = 1;
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void come(struct run *run, size_t site, uint32_t present, uint32_t online, uint32_t absent)
{
	struct cmd_site_attend *in = &run->command.body.site_attend;

	run->command.body.name = CMD_SITE_ATTEND;
	strcpy(in->site, run->plan->sites.sites[site].id);
	in->delegates[0] =
		(struct delegate_presence){.present = present, .online = online, .absent = absent};
	strcpy(in->delegates[0].category, category(run, 1));
	in->n_delegates = 1;
	in->has_reason = absent > 0;
	strcpy(in->reason, absent > 0 ? "đi <công tác>" : "");
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void counted_by_category_and_site(void **state)
{
	struct run *run = *state;

	expect(run, 1, 10);
	expect(run, 2, 5);
	come(run, 1, 7, 1, 2);
	run_compile(run);
	assert_true(run->minutes.has_attendance);
	const struct minutes_attendance *attendance = &run->minutes.attendance;
	assert_int_equal(attendance->n_categories, 5);
	assert_string_equal(attendance->categories[1].name, category(run, 1));
	assert_int_equal(attendance->categories[1].expected, 15);
	assert_int_equal(attendance->categories[1].present, 7);
	assert_int_equal(attendance->n_sites, 2);
	assert_string_equal(attendance->sites[0].reason, "đi <công tác>");
	assert_int_equal(attendance->sites[1].expected, 5);
	assert_int_equal(attendance->unreported, run->plan->sites.n_sites - 1);
	assert_true(attendance->has_quorum);
	assert_int_equal(attendance->quorum, 11); /* 67 % of 15 are more than ten */
	assert_false(attendance->reached);
	assert_int_equal(
		minutes_recorder_compile(run->recorder, ROLE_VIEWER, &run->arena, &run->minutes),
		0);
	assert_false(run->minutes.has_attendance);
}

static void assert_on_page(const struct run *run, enum language language, const char *text)
{
	char *page = run_page(run, language);

	assert_non_null(strstr(page, text));
	free(page);
}

static void printed_with_the_quorum(void **state)
{
	struct run *run = *state;

	expect(run, 1, 10);
	run_compile(run);
	assert_on_page(run, LANGUAGE_EN, "the quorum of 7 was not reached");
	come(run, 1, 7, 1, 2);
	run_compile(run);
	assert_on_page(run, LANGUAGE_VI, "Có 8 đại biểu dự họp, đủ số tối thiểu là 7.");
	assert_on_page(run, LANGUAGE_VI, "đi &lt;công tác&gt;");
	char *page = run_page(run, LANGUAGE_VI);
	run_leave_page(page, "attendance-vi.html");
	free(page);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(counted_by_category_and_site),
		TEST(printed_with_the_quorum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
