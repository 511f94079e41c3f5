/* What was written is put right: turns, items, lists and the meeting's own data. */
#include <string.h>

#include "tests/unit/meeting/stage.h"

static const struct turn *turn_of(const struct stage *stage, const char *id)
{
	return mtg_turn_by_id(stage->meeting, id);
}

static const struct item *item_of(const struct stage *stage, const char *id)
{
	return mtg_item_by_id(stage->meeting, id);
}

static struct cmd_turn_edit *edit_turn(struct stage *stage, const char *turn)
{
	struct cmd_turn_edit *in = &stage_begin(stage, ROLE_OPERATOR, CMD_TURN_EDIT)->turn_edit;

	strcpy(in->turn, turn);
	return in;
}

static struct cmd_item_edit *edit_item(struct stage *stage, const char *item)
{
	struct cmd_item_edit *in = &stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_EDIT)->item_edit;

	strcpy(in->item, item);
	return in;
}

static void must(int r)
{
	assert_int_equal(r, 0);
}

static void deputy(struct stage *stage, const char *turn)
{
	struct cmd_turn_edit *in = edit_turn(stage, turn);

	in->has_speaker = in->has_office = in->has_topic = true;
	strcpy(in->speaker, "Phó Giám đốc");
	strcpy(in->office, "Sở Y tế");
	strcpy(in->topic, "Phòng dịch");
	must(stage_give(stage));
}

/* The words follow at any time: on air, done, and after the closing. */
static void words_of_a_turn_are_put_right_at_any_time(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	deputy(stage, "a1");
	assert_string_equal(turn_of(stage, "a1")->speaker, "Phó Giám đốc");
	assert_string_equal(turn_of(stage, "a1")->office, "Sở Y tế");
	assert_string_equal(turn_of(stage, "a1")->topic, "Phòng dịch");
	assert_string_equal(turn_of(stage, "a1")->unit, "Unit");
	assert_string_equal(stage_on_air(stage), "a1");
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	must(stage_edit_turn(stage, "a1", "Sở Y tế tỉnh", NULL));
	assert_string_equal(turn_of(stage, "a1")->unit, "Sở Y tế tỉnh");
	struct cmd_turn_edit *in = edit_turn(stage, "a1");
	in->has_speaker = true; /* empty: no longer known */
	must(stage_give(stage));
	assert_string_equal(turn_of(stage, "a1")->speaker, "");
	assert_string_equal(turn_of(stage, "a1")->office, "Sở Y tế");
	stage_destroy(stage);
}

/* The event carries what is different; what is so already is no edit. */
static void an_edit_that_changes_nothing_is_refused(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	assert_int_equal(stage_edit_turn(stage, "a1", NULL, NULL), REFUSAL_ALREADY);
	assert_int_equal(stage_edit_turn(stage, "a1", "Unit", "a"), REFUSAL_ALREADY);
	assert_int_equal(stage_edit_turn(stage, "zz", "Unit", NULL), REFUSAL_NOT_FOUND);
	assert_int_equal(stage_edit_turn(stage, "a1", NULL, "nowhere"), REFUSAL_NOT_FOUND);
	must(stage_edit_turn(stage, "a1", "Unit", "b"));
	const struct ev_turn_edited *said = &stage_event(stage, EV_TURN_EDITED)->turn_edited;
	assert_true(said->has_site && !said->has_unit);
	edit_item(stage, "talks")->has_by = true;
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
	stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT);
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
	struct cmd_list_edit *list = &stage_begin(stage, ROLE_OPERATOR, CMD_LIST_EDIT)->list_edit;
	strcpy(list->list, "talks");
	strcpy(list->title, "talks");
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
	stage_destroy(stage);
}

/* A speaker whose line broke goes on from another site. */
static void a_speaker_moves_to_another_site(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_pass(stage, 20000);
	assert_int_equal(stage_edit_turn(stage, "a1", NULL, "d"), REFUSAL_TURN_ON_AIR);
	stage_media(stage, "a", MEDIA_STATE_SILENT);
	stage_pass(stage, 2000);
	must(stage_edit_turn(stage, "a1", NULL, "d"));
	stage_settle(stage);
	must(stage_op(stage, CMD_FLOOR_RESUME, "a1"));
	assert_int_equal(mtg_site_on_air(stage->meeting), stage_index(stage, "d"));
	assert_int_equal(turn_of(stage, "a1")->spoken.ms, 20000);
	stage_destroy(stage);
}

static void who_is_next_elsewhere_has_acknowledged_nothing(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	must(stage_site(stage, "a", CMD_TURN_ACKNOWLEDGE, "a1"));
	int64_t seen = mtg_last_seq(stage->meeting);
	stage_bar(stage, "c", true);
	assert_int_equal(stage_edit_turn(stage, "a1", NULL, "c"), REFUSAL_SITE_BARRED);
	must(stage_edit_turn(stage, "a1", NULL, "b"));
	assert_int_equal(stage_tally(stage, "b"), TALLY_NEXT);
	assert_int_equal(stage_tally(stage, "a"), TALLY_OFF);
	assert_false(turn_of(stage, "a1")->acknowledged);
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_TAKE); /* by who still sees site a next */
	strcpy(stage->command.body.floor_take.turn, "a1");
	stage->command.has_expect = true;
	stage->command.expect = seen;
	assert_int_equal(stage_give(stage), REFUSAL_CONFLICT);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_string_equal(stage_on_air(stage), "a1");
	stage_destroy(stage);
}

/* What a hand counts for its site moves with it. */
static void a_finished_hand_moves(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_site(stage, "a", CMD_TURN_REQUEST, "a"));
	must(stage_site(stage, "a", CMD_TURN_WITHDRAW, "t-6"));
	must(stage_edit_turn(stage, "t-6", NULL, "b"));
	assert_int_equal(mtg_site(stage->meeting, stage_index(stage, "a"))->finished_hands, 0);
	assert_int_equal(mtg_site(stage->meeting, stage_index(stage, "b"))->finished_hands, 1);
	stage_destroy(stage);
}

static void a_hand_is_raised_for_a_unit(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	stage_begin(stage, ROLE_SITE, CMD_TURN_REQUEST);
	stage_by_site(stage, "a");
	struct cmd_turn_request *in = &stage->command.body.turn_request;
	strcpy(in->site, "a");
	in->has_unit = in->has_speaker = true;
	strcpy(in->unit, "Sở Y tế");
	strcpy(in->speaker, "Giám đốc");
	must(stage_give(stage));
	assert_string_equal(turn_of(stage, "t-6")->unit, "Sở Y tế");
	assert_string_equal(turn_of(stage, "t-6")->speaker, "Giám đốc");
	must(stage_site(stage, "b", CMD_TURN_REQUEST, "b")); /* without: the site's own name */
	assert_string_equal(turn_of(stage, "t-7")->unit, "b");
	must(stage_edit_turn(stage, "t-7", "Sở Công Thương", NULL));
	assert_string_equal(turn_of(stage, "t-7")->unit, "Sở Công Thương");
	stage_begin(stage, ROLE_SITE, CMD_TURN_REQUEST);
	stage_by_site(stage, "a");
	strcpy(in->site, "a");
	in->has_office = true;
	strcpy(in->office, "\u202Eoffice"); /* its text acts upon what stands beside it */
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	stage_destroy(stage);
}

/* A planned turn that is not to be; a draft forgets it, later it is withdrawn and stays. */
static void a_draft_loses_a_turn(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	must(stage_op(stage, CMD_TURN_REMOVE, "b1"));
	assert_null(turn_of(stage, "b1"));
	assert_int_equal(mtg_turn_count(stage->meeting), 4);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	assert_int_equal(stage_op(stage, CMD_TURN_REMOVE, "a1"), REFUSAL_WRONG_STATE);
	stage_destroy(stage);
}

static void times_of_an_item_are_given_and_cleared(void **state)
{
	struct stage *stage = stage_create();
	struct cmd_item_edit *in;

	(void)state;
	stage_rehearse(stage);
	in = edit_item(stage, "pause");
	in->has_planned_start = in->has_planned_length = true;
	in->planned_start = 9 * 3600000;
	in->planned_length.ms = 15 * MINUTE_MS;
	must(stage_give(stage));
	assert_true(item_of(stage, "pause")->has_planned_start);
	assert_int_equal(item_of(stage, "pause")->planned_length.ms, 15 * MINUTE_MS);
	in = edit_item(stage, "pause");
	in->has_clear = true;
	in->clear[in->n_clear++] = ITEM_TIME_PLANNED_START;
	in->clear[in->n_clear++] = ITEM_TIME_FIXED_END; /* it has none */
	must(stage_give(stage));
	assert_int_equal(stage_event(stage, EV_ITEM_EDITED)->item_edited.n_clear, 1);
	assert_false(item_of(stage, "pause")->has_planned_start);
	assert_true(item_of(stage, "pause")->has_planned_length);
	in = edit_item(stage, "pause");
	in->has_planned_start = in->has_clear = true;
	in->clear[in->n_clear++] = ITEM_TIME_PLANNED_START;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	in = edit_item(stage, "pause");
	in->has_planned_length = true;
	in->planned_length.ms = -1;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	stage_destroy(stage);
}

/* A cued turn whose list no item calls any more is not next. */
static void lists_of_an_item_change(void **state)
{
	struct stage *stage = stage_create();
	struct cmd_item_edit *in;

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "d1")); /* of the hall, called in `more` */
	in = edit_item(stage, "more");
	in->has_lists = true;
	strcpy(in->lists[in->n_lists++], "talks");
	must(stage_give(stage));
	assert_string_equal(stage_cued(stage), "");
	in = edit_item(stage, "talks");
	in->has_lists = true;
	strcpy(in->lists[in->n_lists++], "hall");
	strcpy(in->lists[in->n_lists++], "hall");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	strcpy(in->lists[1], "talks");
	must(stage_give(stage));
	must(stage_op(stage, CMD_FLOOR_TAKE, "d1"));
	edit_item(stage, "talks")->has_lists = true; /* none: d1 would be nowhere */
	assert_int_equal(stage_give(stage), REFUSAL_TURN_ON_AIR);
	stage_destroy(stage);
}

static void assert_programme(const struct stage *stage, const char *expected)
{
	char ids[256] = "";

	for (size_t i = 0; i < mtg_programme_count(stage->meeting); i++) {
		strcat(ids, mtg_item(stage->meeting, mtg_item_at(stage->meeting, i))->id);
		strcat(ids, " ");
	}
	assert_string_equal(ids, expected);
}

static void insert(struct stage *stage, const char *item, const char *before)
{
	struct cmd_item_insert *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_INSERT)->item_insert;

	strcpy(in->item, item);
	strcpy(in->title, "Mới");
	in->kind = ITEM_KIND_OTHER;
	in->has_before = before != NULL;
	strcpy(in->before, before ? before : "");
	must(stage_give(stage));
}

static void an_item_is_removed_and_comes_back(void **state)
{
	struct stage *stage = stage_create();
	static struct forecast forecast;

	(void)state;
	stage_go_live(stage);
	must(stage_op(stage, CMD_TURN_CUE, "d1"));
	must(stage_op(stage, CMD_ITEM_REMOVE, "more"));
	assert_string_equal(stage_cued(stage), "");
	must(stage_op(stage, CMD_ITEM_REMOVE, "open"));
	assert_programme(stage, "talks pause end ");
	insert(stage, "film", NULL);
	assert_programme(stage, "talks pause end film ");
	insert(stage, "more", NULL);
	assert_programme(stage, "talks pause end film more ");
	assert_string_equal(item_of(stage, "more")->title, "Mới");
	assert_int_equal(item_of(stage, "more")->n_lists, 0);
	insert(stage, "open", "talks");
	assert_programme(stage, "open talks pause end film more ");
	for (const char *const *id = (const char *const[]){"open", "talks", "pause", "end", "film",
		     "more", NULL};
		*id; id++) {
		must(stage_op(stage, CMD_ITEM_REMOVE, *id));
	}
	assert_programme(stage, "");
	mtg_forecast(stage->meeting, stage->now, &forecast);
	assert_false(forecast.items[0].known);
	stage_destroy(stage);
}

static void the_meeting_is_put_right(void **state)
{
	struct stage *stage = stage_create();
	const struct about *about = mtg_about(stage->meeting);
	struct cmd_meeting_edit *in;

	(void)state;
	stage_rehearse(stage);
	in = &stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;
	in->has_name = in->has_title_lines = in->has_document = true;
	strcpy(in->name, "Hội nghị tổng kết");
	strcpy(in->title_lines[in->n_title_lines++], "TỔNG KẾT");
	strcpy(in->title_lines[in->n_title_lines++], "{site}");
	in->document.has_secretary = true;
	strcpy(in->document.secretary, "Chánh Văn phòng");
	must(stage_give(stage));
	assert_string_equal(about->name, "Hội nghị tổng kết");
	assert_string_equal(about->host, "Host");
	assert_int_equal(about->n_title_lines, 2);
	assert_string_equal(about->document.secretary, "Chánh Văn phòng");
	in = &stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;
	in->has_title_lines = true; /* none */
	must(stage_give(stage));
	assert_int_equal(about->n_title_lines, 0);
	in = &stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;
	in->has_chairs = true;
	strcpy(in->chairs[in->n_chairs++], "Trưởng Ban");
	strcpy(in->chairs[in->n_chairs++], "Bí thư");
	must(stage_give(stage));
	assert_int_equal(about->n_chairs, 2);
	assert_string_equal(about->chairs[1], "Bí thư");
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
	in = &stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;
	in->has_date = true;
	strcpy(in->date, "2022-02-30");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	strcpy(in->date, "2022-07-16");
	must(stage_give(stage));
	assert_string_equal(about->date, "2022-07-16");
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_a_turn_are_put_right_at_any_time),
		cmocka_unit_test(an_edit_that_changes_nothing_is_refused),
		cmocka_unit_test(a_speaker_moves_to_another_site),
		cmocka_unit_test(who_is_next_elsewhere_has_acknowledged_nothing),
		cmocka_unit_test(a_finished_hand_moves),
		cmocka_unit_test(a_hand_is_raised_for_a_unit),
		cmocka_unit_test(a_draft_loses_a_turn),
		cmocka_unit_test(times_of_an_item_are_given_and_cleared),
		cmocka_unit_test(lists_of_an_item_change),
		cmocka_unit_test(an_item_is_removed_and_comes_back),
		cmocka_unit_test(the_meeting_is_put_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
