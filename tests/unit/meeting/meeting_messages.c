/* Messages: who has read them, and what wants to be acknowledged. */
#include <string.h>

#include "coordinator/meeting/messages.h"
#include "tests/unit/meeting/stage.h"

static struct stage *stage;

static int set_up(void **state)
{
	(void)state;
	stage = stage_create();
	stage_assemble(stage);
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

/* NULL: to all. Its number. */
static uint64_t tell(const char *site, bool acknowledge)
{
	struct cmd_message_send *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send;

	strcpy(in->text, "Sắp đến lượt điểm cầu");
	in->has_site = site != NULL;
	strcpy(in->site, site ? site : "");
	in->has_acknowledge = in->acknowledge = acknowledge;
	must(stage_give(stage));
	return (uint64_t)mtg_last_seq(stage->meeting);
}

static uint64_t write_to_centre(const char *site)
{
	strcpy(stage_begin(stage, ROLE_SITE, CMD_MESSAGE_SEND)->message_send.text, "Hình bị tối");
	stage_by_site(stage, site);
	must(stage_give(stage));
	return (uint64_t)mtg_last_seq(stage->meeting);
}

static int read_by_site(const char *site, uint64_t message)
{
	stage_begin(stage, ROLE_SITE, CMD_MESSAGE_READ)->message_read.message = message;
	stage_by_site(stage, site);
	return stage_give(stage);
}

/* Of `site`, or where it is NULL without naming one. */
static int read_by_staff(const char *site, uint64_t message)
{
	struct cmd_message_read *in =
		&stage_begin(stage, ROLE_TECHNICIAN, CMD_MESSAGE_READ)->message_read;

	in->message = message;
	in->has_site = site != NULL;
	strcpy(in->site, site ? site : "");
	return stage_give(stage);
}

static const struct message *of(uint64_t number)
{
	for (size_t i = 0; i < mtg_message_count(stage->meeting); i++) {
		if ((uint64_t)mtg_message(stage->meeting, i)->seq == number) {
			return mtg_message(stage->meeting, i);
		}
	}
	fail();
	return NULL;
}

static void assert_readers(uint64_t message, size_t read, size_t expected, const char *missing)
{
	struct message_readers readers;
	char names[200] = "";

	mtg_message_readers(stage->meeting, of(message), &readers);
	assert_int_equal(readers.read, read);
	assert_int_equal(readers.of, expected);
	for (size_t i = 0; i < readers.n_missing; i++) {
		strcat(names, mtg_site(stage->meeting, readers.missing[i])->id);
	}
	assert_string_equal(names, missing);
}

/* hn is the main venue; a, b, c and d are remote. */
static void test_who_has_read_a_notice_is_known(void **state)
{
	uint64_t notice = tell(NULL, true);

	(void)state;
	assert_readers(notice, 0, 4, "abcd");
	must(read_by_site("a", notice));
	must(read_by_site("c", notice));
	assert_readers(notice, 2, 4, "bd");
	const struct event *event = stage_event(stage, EV_MESSAGE_READ);
	assert_true(mtg_is_visible(ROLE_SITE, "c", event));
	assert_false(mtg_is_visible(ROLE_SITE, "a", event));
	assert_int_equal(read_by_site("a", notice), REFUSAL_ALREADY);
	must(read_by_staff("b", notice)); /* told by telephone */
	assert_int_equal(read_by_staff(NULL, notice), REFUSAL_INVALID);
	assert_readers(notice, 3, 4, "d");
	must(read_by_site("hn", notice)); /* the centre itself: not awaited */
	assert_readers(notice, 3, 4, "d");
	must(stage_op(stage, CMD_SITE_REMOVE, "d"));
	assert_readers(notice, 3, 3, "");
}

static void test_with_one_those_before_it(void **state)
{
	uint64_t first = tell("a", false), notice = tell(NULL, true), last = tell("a", false);

	(void)state;
	must(read_by_site("a", last));
	assert_readers(first, 1, 1, "");
	assert_readers(last, 1, 1, "");
	assert_readers(notice, 0, 4, "abcd"); /* by its own number alone */
	assert_int_equal(read_by_site("a", first), REFUSAL_ALREADY);
	must(read_by_site("a", notice));
	assert_readers(notice, 1, 4, "bcd");
}

static void test_the_centre_reads_what_a_site_writes(void **state)
{
	uint64_t first = write_to_centre("a"), other = write_to_centre("b"),
		 last = write_to_centre("a");

	(void)state;
	assert_int_equal(read_by_site("a", last), REFUSAL_NOT_FOUND);
	assert_int_equal(read_by_staff("b", last), REFUSAL_INVALID);
	must(read_by_staff(NULL, last));
	assert_true(of(first)->was_read && of(last)->was_read);
	assert_false(of(other)->was_read);
	assert_int_equal(of(first)->read_by.role, ROLE_TECHNICIAN);
	assert_string_equal(stage_event(stage, EV_MESSAGE_READ)->message_read.site, "a");
	assert_int_equal(read_by_staff(NULL, first), REFUSAL_ALREADY);
}

static void test_what_is_not_for_a_site_is_not_there(void **state)
{
	uint64_t for_b = tell("b", false);

	(void)state;
	assert_int_equal(read_by_site("a", for_b), REFUSAL_NOT_FOUND);
	assert_int_equal(read_by_staff("a", for_b), REFUSAL_NOT_FOUND);
	assert_int_equal(read_by_site("a", 9999), REFUSAL_NOT_FOUND);
	struct cmd_message_send *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send;
	strcpy(in->text, "nội bộ");
	in->has_audience = true;
	in->audience = MESSAGE_AUDIENCE_STAFF;
	must(stage_give(stage));
	assert_int_equal(
		read_by_site("a", (uint64_t)mtg_last_seq(stage->meeting)), REFUSAL_NOT_FOUND);
}

static void test_only_halls_acknowledge(void **state)
{
	struct cmd_message_send *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send;

	(void)state;
	strcpy(in->text, "nội bộ");
	in->has_audience = in->has_acknowledge = in->acknowledge = true;
	in->audience = MESSAGE_AUDIENCE_STAFF;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	in = &stage_begin(stage, ROLE_SITE, CMD_MESSAGE_SEND)->message_send;
	strcpy(in->text, "xin trả lời");
	in->has_acknowledge = in->acknowledge = true;
	stage_by_site(stage, "a");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
}

/* The mark of a message that is gone is not inherited by the one in its place. */
static void test_marks_go_with_their_message(void **state)
{
	uint64_t first = tell("a", false), last = first;

	(void)state;
	must(read_by_site("a", first));
	for (int i = 0; i < MESSAGES_KEPT_MAX; i++) {
		last = tell("a", false);
		assert_readers(last, 0, 1, "a");
	}
	assert_int_equal(mtg_message_count(stage->meeting), MESSAGES_KEPT_MAX);
	assert_int_equal(read_by_site("a", first), REFUSAL_NOT_FOUND);
	must(read_by_site("a", last));
	assert_null(mtg_check(stage->meeting));
}

static void test_phrases_are_put_right(void **state)
{
	struct cmd_meeting_edit *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;

	(void)state;
	in->has_phrases = true;
	in->phrases.n_to_centre = 1;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID); /* an empty one */
	in = &stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;
	in->has_phrases = true;
	in->phrases.n_to_centre = 1;
	strcpy(in->phrases.to_centre[0], "Đã rõ");
	must(stage_give(stage));
	assert_string_equal(mtg_about(stage->meeting)->phrases.to_centre[0], "Đã rõ");
	in = &stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;
	in->has_phrases = true;
	in->phrases = mtg_about(stage->meeting)->phrases;
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(test_who_has_read_a_notice_is_known),
		STAGED(test_with_one_those_before_it),
		STAGED(test_the_centre_reads_what_a_site_writes),
		STAGED(test_what_is_not_for_a_site_is_not_there),
		STAGED(test_only_halls_acknowledge),
		STAGED(test_marks_go_with_their_message),
		STAGED(test_phrases_are_put_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
