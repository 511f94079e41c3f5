/* Registration of sites and attendance: what is taken, what it signs, and what it comes to. */
#include <string.h>

#include "tests/unit/meeting/stage.h"

#define LEADERS "Lãnh đạo"
#define OFFICES "Sở, ngành"
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void must(int r)
{
	assert_int_equal(r, 0);
}

static struct preparation *plan(struct stage *stage)
{
	struct cmd_meeting_edit *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;

	in->has_preparation = in->preparation.has_registration = true;
	strcpy(in->preparation.registration.categories[0], LEADERS);
	strcpy(in->preparation.registration.categories[1], OFFICES);
	in->preparation.registration.n_categories = 2;
	in->preparation.registration.by_name = true;
	in->preparation.n_deadlines = 1;
	in->preparation.deadlines[0] =
		(struct step_deadline){.step = READINESS_STEP_REGISTERED, .date = "2022-07-10"};
	return &in->preparation;
}

static struct cmd_site_register *registering(
	struct stage *stage, const char *site, uint32_t leaders, uint32_t offices)
{
	struct cmd_site_register *in =
		&stage_begin(stage, ROLE_SITE, CMD_SITE_REGISTER)->site_register;

	stage_by_site(stage, site);
	strcpy(in->site, site);
	strcpy(in->delegates[0].category, LEADERS);
	strcpy(in->delegates[1].category, OFFICES);
	in->delegates[0].count = leaders;
	in->delegates[1].count = offices;
	in->n_delegates = 2;
	return in;
}

static void name_people(struct cmd_site_register *in, const char *delegates)
{
	in->has_people = in->has_people_digest = true;
	strcpy(in->people.technician, "Trực máy");
	strcpy(in->people.contact, "máy lẻ 101");
	strcpy(in->people.delegates, delegates);
	strcpy(in->people_digest, DIGEST);
}

static struct cmd_site_attend *attending(
	struct stage *stage, const char *site, uint32_t present, uint32_t online, uint32_t absent)
{
	struct cmd_site_attend *in = &stage_begin(stage, ROLE_SITE, CMD_SITE_ATTEND)->site_attend;

	stage_by_site(stage, site);
	strcpy(in->site, site);
	strcpy(in->delegates[0].category, OFFICES);
	in->delegates[0].present = present;
	in->delegates[0].online = online;
	in->delegates[0].absent = absent;
	in->n_delegates = 1;
	return in;
}

static const struct registration *of(const struct stage *stage, const char *site)
{
	return mtg_registration(stage->meeting, stage_index(stage, site));
}

static const struct readiness_mark *step_of(const struct stage *stage, const char *site)
{
	return &mtg_site(stage->meeting, stage_index(stage, site))
			->steps[READINESS_STEP_REGISTERED];
}

static struct stage *planned(void)
{
	struct stage *stage = stage_create();

	stage_assemble(stage);
	plan(stage);
	must(stage_give(stage));
	return stage;
}

static void test_registered(void **state)
{
	struct stage *stage = planned();
	struct cmd_site_register *in = registering(stage, "a", 3, 12);

	(void)state;
	in->has_venue = in->has_chair = true;
	strcpy(in->venue, "Phòng họp số 2");
	strcpy(in->chair, "Phó Bí thư Thường trực");
	name_people(in, LEADERS "\tĐại biểu 1\tBí thư\r\n" OFFICES "\tĐại biểu 2\n\n");
	must(stage_give(stage));
	const struct site *site = mtg_site(stage->meeting, stage_index(stage, "a"));
	assert_string_equal(site->venue, "Phòng họp số 2");
	assert_string_equal(site->chair, "Phó Bí thư Thường trực");
	assert_int_equal(of(stage, "a")->expected[0], 3);
	assert_int_equal(of(stage, "a")->expected[1], 12);
	assert_int_equal(of(stage, "a")->named, 2);
	assert_string_equal(of(stage, "a")->people, DIGEST);
	assert_true(step_of(stage, "a")->done);
	assert_string_equal(step_of(stage, "a")->evidence, "15 · 0123456789ab");
	assert_false(step_of(stage, "b")->done);
	stage_destroy(stage);
}

/* What is left out stays; who changed it and when is of the last one. */
static void test_registered_anew(void **state)
{
	struct stage *stage = planned();

	(void)state;
	name_people(registering(stage, "a", 1, 0), LEADERS "\tĐại biểu 1");
	must(stage_give(stage));
	struct stamp first = of(stage, "a")->wall;
	registering(stage, "a", 1, 0);
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
	stage_pass(stage, MINUTE_MS);
	registering(stage, "a", 1, 4);
	stage->command.by = (struct actor){.role = ROLE_TECHNICIAN};
	must(stage_give(stage));
	assert_int_equal(of(stage, "a")->expected[1], 4);
	assert_int_equal(of(stage, "a")->named, 1);
	assert_string_equal(of(stage, "a")->people, DIGEST);
	assert_int_equal(of(stage, "a")->by.role, ROLE_TECHNICIAN);
	assert_true(of(stage, "a")->wall.ms > first.ms);
	stage_destroy(stage);
}

static void test_late(void **state)
{
	struct stage *stage = planned();
	struct preparation *preparation;

	(void)state;
	registering(stage, "a", 1, 0);
	must(stage_give(stage));
	assert_true(of(stage, "a")->late); /* the stage's clock shows the meeting's day */
	preparation = plan(stage);
	strcpy(preparation->deadlines[0].date, "2022-07-20");
	must(stage_give(stage));
	registering(stage, "b", 1, 0);
	must(stage_give(stage));
	assert_false(of(stage, "b")->late);
	registering(stage, "a", 2, 0);
	must(stage_give(stage));
	assert_true(of(stage, "a")->late); /* it came late, whatever changed since */
	stage_destroy(stage);
}

static int given(struct stage *stage, const char *delegates)
{
	name_people(registering(stage, "a", 1, 1), delegates);
	return stage_give(stage);
}

static void test_not_taken(void **state)
{
	static const char *const wrong[] = {"Ai đó\tĐại biểu", LEADERS, LEADERS "\t",
		LEADERS "\tĐại biểu\t\t\t\tperhaps", LEADERS "\tA\n" LEADERS "\tB",
		LEADERS "\tA\t\t\t\tpresent\tr\tbeyond", LEADERS "\tA\x01"};
	struct stage *stage = planned();
	struct cmd_site_register *in;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(given(stage, wrong[i]), REFUSAL_INVALID);
	}
	in = registering(stage, "a", 1, 1);
	strcpy(in->delegates[1].category, LEADERS);
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	in = registering(stage, "a", 1, 1);
	strcpy(in->delegates[1].category, "Ai đó");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	in = registering(stage, "b", 1, 1);
	strcpy(in->site, "a");
	assert_int_equal(stage_give(stage), REFUSAL_FORBIDDEN); /* for itself alone */
	plan(stage)->registration.by_name = false;
	must(stage_give(stage));
	assert_int_equal(given(stage, LEADERS "\tĐại biểu"), REFUSAL_INVALID);
	must(given(stage, "")); /* whom to ring is always asked */
	assert_int_equal(of(stage, "a")->named, 0);
	stage_destroy(stage);
}

static void test_terms(void **state)
{
	struct stage *stage = stage_create();
	struct registration_terms *terms;

	(void)state;
	stage_rehearse(stage);
	registering(stage, "a", 1, 0);
	assert_int_equal(stage_give(stage), REFUSAL_WRONG_STATE); /* nobody asked */
	terms = &plan(stage)->registration;
	strcpy(terms->categories[1], LEADERS);
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	terms = &plan(stage)->registration;
	terms->has_quorum_percent = terms->has_quorum_delegates = true;
	terms->quorum_percent = terms->quorum_delegates = 50;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	plan(stage);
	must(stage_give(stage));
	registering(stage, "a", 1, 0);
	must(stage_give(stage));
	terms = &plan(stage)->registration;
	strcpy(terms->categories[0], "Khách mời");
	assert_int_equal(
		stage_give(stage), REFUSAL_WRONG_STATE); /* what is counted keeps its place */
	terms = &plan(stage)->registration;
	strcpy(terms->categories[2], "Khách mời");
	terms->n_categories = 3;
	must(stage_give(stage));
	assert_int_equal(of(stage, "a")->expected[0], 1);
	stage_destroy(stage);
}

static void test_attended(void **state)
{
	struct stage *stage = planned();
	struct cmd_site_attend *in;

	(void)state;
	registering(stage, "a", 0, 10);
	must(stage_give(stage));
	in = attending(stage, "a", 7, 1, 2);
	in->has_reason = true;
	strcpy(in->reason, "đi công tác");
	must(stage_give(stage));
	assert_int_equal(of(stage, "a")->present[1], 7);
	assert_int_equal(of(stage, "a")->online[1], 1);
	assert_int_equal(of(stage, "a")->absent[1], 2);
	assert_string_equal(of(stage, "a")->reason, "đi công tác");
	attending(stage, "a", 7, 1, 2);
	must(stage_give(stage)); /* without the reason: it is another one */
	attending(stage, "a", 7, 1, 2);
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
	in = attending(stage, "a", 1, 0, 0);
	in->has_people = true;
	strcpy(in->people.delegates, OFFICES "\tA\t\t\t\tabsent\tốm");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID); /* named absent, counted present */
	in = attending(stage, "a", 1, 0, 1);
	in->has_people = in->has_people_digest = true;
	strcpy(in->people.delegates, OFFICES "\tA\t\t\t\tabsent\tốm");
	strcpy(in->people_digest, DIGEST);
	must(stage_give(stage));
	assert_string_equal(of(stage, "a")->people, DIGEST);
	stage_destroy(stage);
}

static void test_quorum(void **state)
{
	struct stage *stage = planned();
	struct registration_terms *terms;
	struct attendance attendance;

	(void)state;
	terms = &plan(stage)->registration;
	terms->has_quorum_percent = true;
	terms->quorum_percent = 67;
	must(stage_give(stage));
	mtg_attendance(stage->meeting, &attendance);
	assert_false(attendance.reached); /* of nobody */
	registering(stage, "a", 1, 4);
	must(stage_give(stage));
	registering(stage, "b", 0, 5);
	must(stage_give(stage));
	attending(stage, "a", 3, 1, 1);
	must(stage_give(stage));
	attending(stage, "b", 2, 0, 3);
	must(stage_give(stage));
	mtg_attendance(stage->meeting, &attendance);
	assert_int_equal(attendance.sites, 5);
	assert_int_equal(attendance.registered, 2);
	assert_int_equal(attendance.attended, 2);
	assert_int_equal(attendance.all.expected, 10);
	assert_int_equal(attendance.quorum, 7);
	assert_int_equal(attendance.all.present + attendance.all.online, 6);
	assert_false(attendance.reached);
	attending(stage, "b", 2, 1, 2);
	must(stage_give(stage));
	mtg_attendance(stage->meeting, &attendance);
	assert_true(attendance.reached);
	assert_int_equal(attendance.categories[1].absent, 3);
	must(stage_op(stage, CMD_SITE_REMOVE, "b"));
	mtg_attendance(stage->meeting, &attendance);
	assert_int_equal(attendance.all.expected, 5);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_registered),
		cmocka_unit_test(test_registered_anew),
		cmocka_unit_test(test_late),
		cmocka_unit_test(test_not_taken),
		cmocka_unit_test(test_terms),
		cmocka_unit_test(test_attended),
		cmocka_unit_test(test_quorum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
