/* Who directs: handed over by acceptance, taken over only from who is gone; it blocks nobody. */
#include <string.h>

#include "coordinator/meeting/direction.h"
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

/* By this operator from here on, who then gives it. */
static struct command *as(const char *account, enum command_name name)
{
	struct command *command = stage_begin(stage, ROLE_OPERATOR, name);

	stage->command.by.has_account = true;
	memset(stage->command.by.account, 0, sizeof(stage->command.by.account));
	strcpy(stage->command.by.account, account);
	return command;
}

static int take(const char *account, const char *reason)
{
	struct cmd_direction_take *in = &as(account, CMD_DIRECTION_TAKE)->direction_take;

	in->has_reason = reason != NULL;
	strcpy(in->reason, reason ? reason : "");
	return stage_give(stage);
}

static int offer(const char *account, const char *to)
{
	struct cmd_direction_offer *in = &as(account, CMD_DIRECTION_OFFER)->direction_offer;

	strcpy(in->to, to);
	in->has_note = true;
	strcpy(in->note, "điểm cầu Cà Mau chờ gọi lại");
	return stage_give(stage);
}

static uint64_t standing(void)
{
	return (uint64_t)mtg_direction(stage->meeting)->offer.number;
}

static int accept(const char *account, uint64_t number)
{
	as(account, CMD_DIRECTION_ACCEPT)->direction_accept.offer = number;
	return stage_give(stage);
}

static int decline(const char *account, uint64_t number)
{
	as(account, CMD_DIRECTION_DECLINE)->direction_decline.offer = number;
	return stage_give(stage);
}

static int withdraw(const char *account, uint64_t number)
{
	as(account, CMD_DIRECTION_WITHDRAW)->direction_withdraw.offer = number;
	return stage_give(stage);
}

static int report(const char *account, enum link_state link)
{
	struct cmd_direction_link *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_DIRECTION_LINK)->direction_link;

	strcpy(in->account, account);
	in->link = link;
	return stage_give(stage);
}

static void assert_directs(const char *account)
{
	assert_string_equal(mtg_direction(stage->meeting)->account, account);
}

/* "someone" assembles. */
static void test_who_assembles_the_meeting_directs_it(void **state)
{
	(void)state;
	stage_rehearse(stage);
	assert_directs("");
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	assert_directs("someone");
	assert_int_equal(take("someone", NULL), REFUSAL_ALREADY);
}

static void test_handed_over_by_acceptance(void **state)
{
	(void)state;
	stage_assemble(stage);
	assert_int_equal(offer("binh", "an"), REFUSAL_FORBIDDEN);
	assert_int_equal(offer("someone", "someone"), REFUSAL_INVALID);
	must(offer("someone", "binh"));
	uint64_t number = standing();
	assert_int_equal(offer("someone", "an"), REFUSAL_ALREADY);
	assert_directs("someone"); /* nothing changes until it is accepted */
	assert_int_equal(accept("an", number), REFUSAL_FORBIDDEN);
	assert_int_equal(accept("binh", number + 1), REFUSAL_NOT_FOUND);
	must(accept("binh", number));
	assert_directs("binh");
	assert_int_equal(standing(), 0);
	assert_int_equal(accept("binh", number), REFUSAL_NOT_FOUND);
	must(offer("binh", "someone"));
	must(decline("someone", standing()));
	assert_directs("binh");
	must(offer("binh", "someone"));
	assert_int_equal(withdraw("someone", standing()), REFUSAL_FORBIDDEN);
	must(withdraw("binh", standing()));
	assert_int_equal(standing(), 0);
}

static void test_taken_over_from_who_is_gone(void **state)
{
	(void)state;
	stage_assemble(stage);
	assert_int_equal(take("binh", "không liên lạc được"), REFUSAL_DIRECTED);
	must(offer("someone", "an"));
	uint64_t number = standing();
	must(report("someone", LINK_STATE_LOST));
	assert_int_equal(take("binh", NULL), REFUSAL_INVALID);
	assert_int_equal(take("binh", ""), REFUSAL_INVALID);
	must(take("binh", "mất kết nối"));
	assert_directs("binh");
	assert_int_equal(mtg_direction(stage->meeting)->link, LINK_STATE_ONLINE);
	assert_int_equal(accept("an", number), REFUSAL_NOT_FOUND); /* what was offered is void */
	must(report("someone", LINK_STATE_ONLINE)); /* who comes back directs no more */
	assert_directs("binh");
}

/* Who is gone may still be succeeded by whom it was offered. */
static void test_an_offer_outlives_its_connection(void **state)
{
	(void)state;
	stage_assemble(stage);
	must(offer("someone", "binh"));
	must(report("someone", LINK_STATE_LOST));
	must(accept("binh", standing()));
	assert_directs("binh");
}

static void test_it_blocks_nobody(void **state)
{
	(void)state;
	stage_assemble(stage);
	must(offer("someone", "binh"));
	as("chi", CMD_MEETING_OPEN);
	must(stage_give(stage));
	strcpy(as("binh", CMD_ITEM_START)->item_start.item, "talks");
	must(stage_give(stage));
	strcpy(as("chi", CMD_FLOOR_TAKE)->floor_take.turn, "a1");
	must(stage_give(stage));
	assert_directs("someone");
	assert_int_not_equal(standing(), 0);
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(test_who_assembles_the_meeting_directs_it),
		STAGED(test_handed_over_by_acceptance),
		STAGED(test_taken_over_from_who_is_gone),
		STAGED(test_an_offer_outlives_its_connection),
		STAGED(test_it_blocks_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
