/* Written opinions: when a site may give one, how many, and how far the centre has come with it. */
#include <string.h>

#include "coordinator/meeting/opinions.h"
#include "coordinator/meeting/rights.h"
#include "tests/unit/meeting/stage.h"

static struct stage *stage;

static int set_up(void **state)
{
	(void)state;
	stage = stage_create();
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

static int give(const char *site, const char *item)
{
	struct cmd_opinion_give *in =
		&stage_begin(stage, ROLE_SITE, CMD_OPINION_GIVE)->opinion_give;

	strcpy(in->item, item);
	strcpy(in->site, site);
	strcpy(in->text, "Đề nghị bổ sung chỉ tiêu");
	stage_by_site(stage, site);
	return stage_give(stage);
}

static int mark(enum role role, uint64_t opinion, enum opinion_state state, const char *note)
{
	struct cmd_opinion_mark *in = &stage_begin(stage, role, CMD_OPINION_MARK)->opinion_mark;

	in->opinion = opinion;
	in->state = state;
	in->has_note = note != NULL;
	strcpy(in->note, note ? note : "");
	return stage_give(stage);
}

/* "talks" are presentations, "end" is the closing. */
static void test_only_an_item_that_takes_them(void **state)
{
	(void)state;
	stage_assemble(stage);
	assert_int_equal(give("a", "talks"), REFUSAL_WRONG_STATE);
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	assert_int_equal(give("a", "talks"), REFUSAL_WRONG_STATE); /* not under way */
	must(stage_op(stage, CMD_ITEM_START, "talks"));
	must(give("a", "talks"));
	assert_int_equal(give("a", "nothing"), REFUSAL_NOT_FOUND);
	must(stage_op(stage, CMD_ITEM_START, "end"));
	assert_int_equal(give("a", "talks"), REFUSAL_WRONG_STATE);
	assert_int_equal(give("a", "end"), REFUSAL_NO_OPINIONS);
	assert_int_equal(mtg_opinion_count(stage->meeting), 1);
	assert_int_equal(mtg_item_for_opinions(stage->meeting), MTG_NONE);
}

static void test_so_many_of_a_site_in_an_item(void **state)
{
	(void)state;
	stage_start_talks(stage);
	for (int i = 0; i < OPINIONS_PER_SITE_MAX; i++) {
		assert_int_equal(mtg_opinions_left(stage->meeting, stage_index(stage, "a")),
			OPINIONS_PER_SITE_MAX - i);
		must(give("a", "talks"));
	}
	assert_int_equal(give("a", "talks"), REFUSAL_LIMIT);
	must(give("b", "talks"));
	must(stage_op(stage, CMD_ITEM_START, "more"));
	must(give("a", "more")); /* a discussion: anew */
}

static void test_a_site_gives_its_own_and_sees_no_other(void **state)
{
	(void)state;
	stage_start_talks(stage);
	struct cmd_opinion_give *in =
		&stage_begin(stage, ROLE_SITE, CMD_OPINION_GIVE)->opinion_give;
	strcpy(in->item, "talks");
	strcpy(in->site, "b");
	strcpy(in->text, "không phải của a");
	stage_by_site(stage, "a");
	assert_int_equal(stage_give(stage), REFUSAL_FORBIDDEN);
	must(give("b", "talks"));
	const struct event *event = stage_event(stage, EV_OPINION_GIVEN);
	assert_true(mtg_is_visible(ROLE_SITE, "b", event));
	assert_false(mtg_is_visible(ROLE_SITE, "a", event));
	assert_true(mtg_role_sees(ROLE_CHAIR, EV_OPINION_GIVEN));
	assert_false(mtg_role_sees(ROLE_TECHNICIAN, EV_OPINION_GIVEN));
	assert_false(mtg_role_sees(ROLE_VIEWER, EV_OPINION_GIVEN));
}

static void test_it_is_read_then_answered(void **state)
{
	(void)state;
	stage_start_talks(stage);
	must(give("a", "talks"));
	assert_int_equal(mark(ROLE_TECHNICIAN, 1, OPINION_STATE_READ, NULL), REFUSAL_FORBIDDEN);
	assert_int_equal(mark(ROLE_CHAIR, 2, OPINION_STATE_READ, NULL), REFUSAL_NOT_FOUND);
	assert_int_equal(mark(ROLE_CHAIR, 1, OPINION_STATE_GIVEN, NULL), REFUSAL_INVALID);
	must(mark(ROLE_CHAIR, 1, OPINION_STATE_READ, NULL));
	assert_int_equal(mark(ROLE_CHAIR, 1, OPINION_STATE_READ, NULL), REFUSAL_ALREADY);
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	must(mark(
		ROLE_OPERATOR, 1, OPINION_STATE_ANSWERED, "Xin tiếp thu")); /* when there is time */
	const struct opinion *opinion = mtg_opinion(stage->meeting, 0);
	assert_int_equal(opinion->state, OPINION_STATE_ANSWERED);
	assert_string_equal(opinion->note, "Xin tiếp thu");
	assert_int_equal(opinion->marked_by.role, ROLE_OPERATOR);
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(test_only_an_item_that_takes_them),
		STAGED(test_so_many_of_a_site_in_an_item),
		STAGED(test_a_site_gives_its_own_and_sees_no_other),
		STAGED(test_it_is_read_then_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
