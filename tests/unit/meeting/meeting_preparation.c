/* Before the opening: the checklist, the post of the technician on duty, tasks, and the ledger. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/meeting/stage.h"

enum { SECOND_MS = 1000, HOUR_MS = 60 * MINUTE_MS };

static void must(int r)
{
	assert_int_equal(r, 0);
}

static const struct site *site_of(const struct stage *stage, const char *id)
{
	return mtg_site_by_id(stage->meeting, id);
}

static int add_check(struct stage *stage, const char *id)
{
	struct cmd_check_add *in = &stage_begin(stage, ROLE_SYSTEM, CMD_CHECK_ADD)->check_add;

	strcpy(in->check, id);
	strcpy(in->title, "Nguồn điện");
	return stage_give(stage);
}

static int tick(struct stage *stage, const char *site, const char *check, bool done)
{
	struct cmd_site_check *in = &stage_begin(stage, ROLE_SITE, CMD_SITE_CHECK)->site_check;

	stage_by_site(stage, site);
	strcpy(in->site, site);
	strcpy(in->check, check);
	in->done = done;
	return stage_give(stage);
}

static int post(struct stage *stage, const char *site, bool present)
{
	struct cmd_site_post *in = &stage_begin(stage, ROLE_SITE, CMD_SITE_POST)->site_post;

	stage_by_site(stage, site);
	strcpy(in->site, site);
	in->present = present;
	return stage_give(stage);
}

static bool is_checked(const struct stage *stage, const char *site)
{
	return site_of(stage, site)->steps[READINESS_STEP_CHECKLIST].done;
}

static struct preparation *plan(struct stage *stage)
{
	struct cmd_meeting_edit *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;

	in->has_preparation = true;
	return &in->preparation;
}

static void test_checklist(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	assert_int_equal(tick(stage, "a", "power", true), REFUSAL_NOT_FOUND);
	must(add_check(stage, "power"));
	must(add_check(stage, "frame"));
	assert_int_equal(add_check(stage, "power"), REFUSAL_EXISTS);
	must(tick(stage, "a", "power", true));
	assert_int_equal(tick(stage, "a", "power", true), REFUSAL_ALREADY);
	assert_false(is_checked(stage, "a"));
	must(tick(stage, "a", "frame", true));
	assert_true(is_checked(stage, "a"));
	assert_id(site_of(stage, "a")->steps[READINESS_STEP_CHECKLIST].by.site, "a");
	assert_false(is_checked(stage, "b"));
	must(tick(stage, "a", "power", false));
	assert_false(is_checked(stage, "a"));
	assert_int_equal(tick(stage, "nowhere", "power", true), REFUSAL_FORBIDDEN);
	stage_destroy(stage);
}

/* A note beside a tick that stands is a change; the same note again is none. */
static void test_notes(void **state)
{
	struct stage *stage = stage_create();
	int a;

	(void)state;
	stage_rehearse(stage);
	must(add_check(stage, "power"));
	must(tick(stage, "a", "power", true));
	for (int i = 0; i < 2; i++) {
		struct cmd_site_check *in =
			&stage_begin(stage, ROLE_TECHNICIAN, CMD_SITE_CHECK)->site_check;

		strcpy(in->site, "a");
		strcpy(in->check, "power");
		in->done = in->has_note = true;
		strcpy(in->note, "có máy nổ");
		assert_int_equal(stage_give(stage), i == 0 ? 0 : REFUSAL_ALREADY);
	}
	a = stage_index(stage, "a");
	assert_string_equal(mtg_site_ticks(stage->meeting, a)->ticks[0].note, "có máy nổ");
	assert_int_equal(mtg_site_ticks(stage->meeting, a)->revision, mtg_last_seq(stage->meeting));
	assert_int_equal(mtg_site_ticks(stage->meeting, stage_index(stage, "b"))->revision, 0);
	stage_destroy(stage);
}

/* Of a line that comes nothing is ticked; with one that goes, its ticks go, and nobody else's. */
static void test_lines_come_and_go(void **state)
{
	struct stage *stage = stage_create();
	const struct tick *ticks;

	(void)state;
	stage_rehearse(stage);
	must(add_check(stage, "power"));
	must(add_check(stage, "frame"));
	must(tick(stage, "a", "power", true));
	must(tick(stage, "a", "frame", true));
	must(tick(stage, "b", "frame", true));
	must(add_check(stage, "slides"));
	assert_false(is_checked(stage, "a"));
	must(stage_do(stage, ROLE_OPERATOR, CMD_CHECK_REMOVE, "slides"));
	assert_true(is_checked(stage, "a"));
	assert_false(is_checked(stage, "b"));
	must(stage_do(stage, ROLE_OPERATOR, CMD_CHECK_REMOVE, "power"));
	assert_true(is_checked(stage, "b"));
	ticks = mtg_site_ticks(stage->meeting, stage_index(stage, "b"))->ticks;
	assert_true(ticks[0].done);
	assert_false(ticks[1].marked);
	must(stage_do(stage, ROLE_OPERATOR, CMD_CHECK_REMOVE, "frame"));
	assert_false(is_checked(stage, "b"));
	assert_int_equal(
		stage_do(stage, ROLE_OPERATOR, CMD_CHECK_REMOVE, "frame"), REFUSAL_NOT_FOUND);
	stage_destroy(stage);
}

static void test_checklist_is_short(void **state)
{
	struct stage *stage = stage_create();
	char id[CHECK_ID_SIZE];

	(void)state;
	stage_rehearse(stage);
	for (int i = 0; i < CHECKS_MAX; i++) {
		snprintf(id, sizeof(id), "c-%d", i);
		must(add_check(stage, id));
		must(tick(stage, "a", id, true));
	}
	assert_true(is_checked(stage, "a"));
	assert_int_equal(add_check(stage, "one-more"), REFUSAL_LIMIT);
	must(stage_do(stage, ROLE_OPERATOR, CMD_CHECK_REMOVE, "c-0"));
	assert_true(is_checked(stage, "a"));
	stage_destroy(stage);
}

/* Half past seven on the day: posts are kept from eight; who is not there then is an alarm. */
static void test_posts(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	assert_int_equal(post(stage, "a", true), REFUSAL_WRONG_STATE);
	struct preparation *preparation = plan(stage);
	preparation->has_post_due = true;
	preparation->post_due = 8 * HOUR_MS;
	must(stage_give(stage));
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	must(post(stage, "a", true));
	assert_int_equal(post(stage, "a", true), REFUSAL_ALREADY);
	must(stage_bar(stage, "c", true));
	stage_pass(stage, 30 * MINUTE_MS - SECOND_MS);
	assert_false(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "b"));
	stage_pass(stage, SECOND_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "b"));
	assert_true(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "hn"));
	assert_false(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "a"));
	assert_false(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "c"));
	must(post(stage, "b", true));
	stage_settle(stage);
	assert_false(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "b"));
	must(post(stage, "a", false)); /* until the end */
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "a"));
	stage_destroy(stage);
}

/* Of a meeting that begins late nobody is absent at once; one that keeps no posts misses nobody. */
static void test_posts_of_a_late_meeting(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	struct preparation *preparation = plan(stage);
	preparation->has_post_due = true;
	preparation->post_due = 6 * HOUR_MS;
	must(stage_give(stage));
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	stage_pass(stage, POST_GRACE_SPAN_MS - 1);
	assert_false(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "a"));
	stage_pass(stage, 1);
	assert_true(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "a"));
	plan(stage)->has_post_due = false;
	must(stage_give(stage));
	stage_settle(stage);
	assert_false(stage_alarm(stage, ALARM_KIND_POST_EMPTY, "a"));
	stage_destroy(stage);
}

static int add_task(struct stage *stage, const char *id, const char *due)
{
	struct cmd_task_add *in = &stage_begin(stage, ROLE_OPERATOR, CMD_TASK_ADD)->task_add;

	strcpy(in->task, id);
	strcpy(in->title, "Chuẩn bị hội trường");
	strcpy(in->owner, "Văn phòng");
	in->has_due = due != NULL;
	strcpy(in->due, due ? due : "");
	return stage_give(stage);
}

static int mark(struct stage *stage, const char *id, bool done)
{
	struct cmd_task_mark *in = &stage_begin(stage, ROLE_OPERATOR, CMD_TASK_MARK)->task_mark;

	strcpy(in->task, id);
	in->done = done;
	return stage_give(stage);
}

static void test_tasks(void **state)
{
	struct stage *stage = stage_create();
	const struct task *hall;
	struct stamp eve, night;

	(void)state;
	stage_rehearse(stage);
	assert_int_equal(add_task(stage, "hall", "2022-02-30"), REFUSAL_INVALID);
	must(add_task(stage, "hall", "2022-07-14"));
	must(add_task(stage, "papers", NULL));
	assert_int_equal(add_task(stage, "hall", NULL), REFUSAL_EXISTS);
	hall = mtg_task(stage->meeting, 0);
	night = mtg_end_of_day(stage->meeting, 19187); /* 2022-07-14 */
	eve = (struct stamp){night.ms - 1};
	assert_false(mtg_task_is_late(stage->meeting, hall, eve));
	assert_true(mtg_task_is_late(stage->meeting, hall, night));
	assert_false(mtg_task_is_late(stage->meeting, mtg_task(stage->meeting, 1), night));
	must(mark(stage, "hall", true));
	assert_int_equal(mark(stage, "hall", true), REFUSAL_ALREADY);
	assert_false(mtg_task_is_late(stage->meeting, hall, night));
	assert_int_equal(hall->by.role, ROLE_OPERATOR);
	must(mark(stage, "hall", false));
	assert_true(mtg_task_is_late(stage->meeting, hall, night));
	must(stage_op(stage, CMD_TASK_REMOVE, "hall"));
	assert_int_equal(mark(stage, "hall", true), REFUSAL_NOT_FOUND);
	assert_id(mtg_task(stage->meeting, 0)->id, "papers");
	stage_destroy(stage);
}

static void sign_all(struct stage *stage, const char *site)
{
	for (int step = 1; step < READINESS_STEP_END; step++) {
		if (!mtg_is_missing(
			    stage->meeting, site_of(stage, site), (enum readiness_step)step)) {
			continue;
		}
		struct cmd_site_sign *in =
			&stage_begin(stage, ROLE_OPERATOR, CMD_SITE_SIGN)->site_sign;

		strcpy(in->site, site);
		in->step = (enum readiness_step)step;
		in->done = true;
		must(stage_give(stage));
	}
}

static void test_ledger(void **state)
{
	struct stage *stage = stage_create();
	struct ledger ledger;

	(void)state;
	stage_rehearse(stage);
	must(stage_bar(stage, "d", true));
	sign_all(stage, "a");
	sign_all(stage, "b");
	mtg_ledger(stage->meeting, &ledger);
	assert_int_equal(ledger.expected, 3); /* neither the main venue nor who is barred */
	assert_int_equal(ledger.ready, 2);
	assert_int_equal(ledger.needed[READINESS_STEP_CHECKLIST], 0);
	assert_int_equal(ledger.needed[READINESS_STEP_DOCUMENTS_IN], 0);
	assert_int_equal(ledger.done[READINESS_STEP_SEATED], 2);
	must(add_check(stage, "power"));
	must(tick(stage, "a", "power", true));
	mtg_ledger(stage->meeting, &ledger);
	assert_int_equal(ledger.ready, 1);
	assert_int_equal(ledger.needed[READINESS_STEP_CHECKLIST], 3);
	assert_int_equal(ledger.done[READINESS_STEP_CHECKLIST], 1);
	stage_destroy(stage);
}

static void test_deadlines(void **state)
{
	struct stage *stage = stage_create();
	struct stamp due, end;

	(void)state;
	stage_rehearse(stage);
	assert_false(
		mtg_step_due(stage->meeting, site_of(stage, "a"), READINESS_STEP_SEATED, &due));
	struct preparation *preparation = plan(stage);
	preparation->n_deadlines = 2;
	preparation->deadlines[0] =
		(struct step_deadline){.step = READINESS_STEP_SEATED, .date = "2022-07-15"};
	preparation->deadlines[1] = preparation->deadlines[0];
	assert_int_equal(stage_give(stage), REFUSAL_INVALID); /* one for each step */
	preparation = plan(stage);
	preparation->n_deadlines = 1;
	preparation->deadlines[0] = (struct step_deadline){.step = READINESS_STEP_SEATED,
		.date = "2022-07-15",
		.has_time = true,
		.time = HOUR_MS};
	must(stage_give(stage));
	assert_true(mtg_step_due(stage->meeting, site_of(stage, "a"), READINESS_STEP_SEATED, &due));
	end = mtg_end_of_day(stage->meeting, 19188);
	assert_int_equal(end.ms - due.ms, 23 * HOUR_MS);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_checklist),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_lines_come_and_go),
		cmocka_unit_test(test_checklist_is_short),
		cmocka_unit_test(test_posts),
		cmocka_unit_test(test_posts_of_a_late_meeting),
		cmocka_unit_test(test_tasks),
		cmocka_unit_test(test_ledger),
		cmocka_unit_test(test_deadlines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
