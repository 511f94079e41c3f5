/* Films: what is on air, who is heard, what the player's reports make of it, and when it is told.
 */
#include <string.h>

#include "tests/unit/meeting/stage.h"

enum { FILM_MS = 5 * MINUTE_MS };

static void must(int r)
{
	assert_int_equal(r, 0);
}

static void add_film(struct stage *stage, const char *item, const char *file)
{
	struct cmd_item_insert *in = &stage_begin(stage, ROLE_SYSTEM, CMD_ITEM_INSERT)->item_insert;

	strcpy(in->item, item);
	in->kind = ITEM_KIND_FILM;
	in->has_film = true;
	strcpy(in->film, file);
	must(stage_give(stage));
}

static int say(struct stage *stage, const char *item, enum film_state state, int64_t position_ms)
{
	struct cmd_film_observe *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_FILM_OBSERVE)->film_observe;

	strcpy(in->site, "p");
	strcpy(in->item, item);
	in->run = stage->meeting ? mtg_film(stage->meeting)->run : 0;
	in->state = state;
	in->position.ms = position_ms;
	in->has_length = state != FILM_STATE_MISSING && state != FILM_STATE_BROKEN;
	in->length.ms = FILM_MS;
	return stage_give(stage);
}

/* Live in item `talks`, with a player that is there, and two films to come. */
static struct stage *with_films(void)
{
	struct stage *stage = stage_create();

	stage_start_talks(stage);
	stage_add_player(stage, "p", 8);
	add_film(stage, "film", "phóng sự.mp4");
	add_film(stage, "film2", "b.mkv");
	stage_link(stage, "p", LINK_STATE_ONLINE);
	stage_media(stage, "p", MEDIA_STATE_GOOD);
	must(say(stage, "film", FILM_STATE_READY, 0));
	return stage;
}

static struct stage *with_film_on_air(void)
{
	struct stage *stage = with_films();

	must(stage_op(stage, CMD_ITEM_START, "film"));
	must(say(stage, "film", FILM_STATE_PLAYING, 0));
	return stage;
}

static bool is_seen(const struct stage *stage, const char *site)
{
	return mtg_is_seen(stage->meeting, stage_index(stage, site));
}

static void starting_the_item_puts_the_film_on_air(void **state)
{
	struct stage *stage = with_films();
	int voices[VOICES_MAX];
	struct span left;

	(void)state;
	assert_false(is_seen(stage, "p"));
	assert_false(stage_heard(stage, "p"));
	must(stage_op(stage, CMD_ITEM_START, "film"));
	assert_true(mtg_film_is_on_air(stage->meeting));
	assert_true(is_seen(stage, "p"));
	assert_false(is_seen(stage, "hn"));
	assert_true(stage_heard(stage, "p"));
	assert_false(stage_heard(stage, "hn"));
	mtg_voices(stage->meeting, voices);
	assert_int_equal(voices[0], MTG_NONE);
	assert_int_equal(voices[1], stage_index(stage, "p"));
	must(say(stage, "film", FILM_STATE_PLAYING, 500));
	stage_pass(stage, MINUTE_MS);
	assert_true(mtg_film_left(stage->meeting, stage->now.at, &left));
	assert_int_equal(left.ms, FILM_MS - MINUTE_MS - 500);
	stage_destroy(stage);
}

static void its_end_finishes_the_item(void **state)
{
	struct stage *stage = with_film_on_air();

	(void)state;
	stage_pass(stage, FILM_MS);
	must(say(stage, "film", FILM_STATE_ENDED, FILM_MS));
	assert_int_equal(stage_item(stage, "film"), ITEM_STATE_DONE);
	assert_true(is_seen(stage, "hn"));
	assert_false(stage_heard(stage, "p"));
	assert_int_equal(mtg_film_in_hand(stage->meeting),
		mtg_item_index(stage->meeting, mtg_item_by_id(stage->meeting, "film2")));
	stage_destroy(stage);
}

/* A second told later is no news, as long as the player is where it should be. */
static void only_what_is_new_is_recorded(void **state)
{
	struct stage *stage = with_film_on_air();

	(void)state;
	stage_pass(stage, 10000);
	must(say(stage, "film", FILM_STATE_PLAYING, 10000 + FILM_DRIFT_MS));
	assert_int_equal(stage->batch.n, 0);
	must(say(stage, "film", FILM_STATE_PLAYING, 10001 + FILM_DRIFT_MS));
	assert_int_equal(stage->batch.n, 1);
	must(say(stage, "film2", FILM_STATE_READY, 0));
	assert_int_equal(stage->batch.n, 0);
	stage_destroy(stage);
}

static void who_has_the_floor_goes_before_the_film(void **state)
{
	struct stage *stage = with_films();
	struct cmd_item_edit *in = &stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_EDIT)->item_edit;

	(void)state;
	strcpy(in->item, "film");
	in->has_lists = true;
	in->n_lists = 1;
	strcpy(in->lists[0], "talks");
	must(stage_give(stage));
	must(stage_op(stage, CMD_ITEM_START, "film"));
	must(say(stage, "film", FILM_STATE_PLAYING, 0));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_true(is_seen(stage, "a"));
	assert_false(stage_heard(stage, "p"));
	must(say(stage, "film", FILM_STATE_ENDED, FILM_MS));
	assert_int_equal(stage_item(stage, "film"), ITEM_STATE_ACTIVE);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	assert_true(is_seen(stage, "hn"));
	stage_destroy(stage);
}

static void it_is_stopped_and_played_again(void **state)
{
	struct stage *stage = with_film_on_air();
	uint64_t run = mtg_film(stage->meeting)->run;

	(void)state;
	must(stage_op(stage, CMD_FILM_STOP, "film"));
	assert_true(is_seen(stage, "hn"));
	assert_int_equal(stage_op(stage, CMD_FILM_STOP, "film"), REFUSAL_ALREADY);
	must(stage_op(stage, CMD_FILM_PLAY, "film"));
	assert_int_equal(mtg_film(stage->meeting)->run, run + 1);
	assert_true(is_seen(stage, "p"));
	assert_int_equal(stage_op(stage, CMD_FILM_PLAY, "film2"), REFUSAL_WRONG_STATE);
	stage_destroy(stage);
}

/* What the player said of the start before does not end this one. */
static void an_old_end_is_no_end(void **state)
{
	struct stage *stage = with_film_on_air();

	(void)state;
	must(stage_op(stage, CMD_FILM_PLAY, "film"));
	struct cmd_film_observe *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_FILM_OBSERVE)->film_observe;
	strcpy(in->site, "p");
	strcpy(in->item, "film");
	in->run = mtg_film(stage->meeting)->run - 1;
	in->state = FILM_STATE_ENDED;
	must(stage_give(stage));
	assert_int_equal(stage->batch.n, 0);
	assert_int_equal(stage_item(stage, "film"), ITEM_STATE_ACTIVE);
	stage_destroy(stage);
}

static void a_missing_file_is_told_before_its_time(void **state)
{
	struct stage *stage = with_films();

	(void)state;
	must(say(stage, "film", FILM_STATE_MISSING, 0));
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_FILM_MISSING, NULL));
	must(say(stage, "film", FILM_STATE_READY, 0));
	stage_settle(stage);
	assert_false(stage_alarm(stage, ALARM_KIND_FILM_MISSING, NULL));
	stage_destroy(stage);
}

/* The hall is shown meanwhile, and the film again once the player is back. */
static void a_player_that_is_lost_is_told(void **state)
{
	struct stage *stage = with_film_on_air();

	(void)state;
	stage_media(stage, "p", MEDIA_STATE_SILENT);
	assert_true(is_seen(stage, "hn"));
	stage_pass(stage, LOST_GRACE_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_FILM_PLAYER_MISSING, NULL));
	stage_media(stage, "p", MEDIA_STATE_GOOD);
	stage_settle(stage);
	assert_true(is_seen(stage, "p"));
	assert_false(stage_alarm(stage, ALARM_KIND_FILM_PLAYER_MISSING, NULL));
	stage_destroy(stage);
}

static void without_a_player_the_hall_stays(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	add_film(stage, "film", "a.mp4");
	must(stage_op(stage, CMD_ITEM_START, "film"));
	assert_true(is_seen(stage, "hn"));
	stage_pass(stage, LOST_GRACE_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_FILM_PLAYER_MISSING, NULL));
	must(stage_op(stage, CMD_ITEM_FINISH, "film"));
	stage_settle(stage);
	assert_false(stage_alarm(stage, ALARM_KIND_FILM_PLAYER_MISSING, NULL));
	stage_destroy(stage);
}

static void one_that_breaks_off_gives_way_to_the_hall(void **state)
{
	struct stage *stage = with_film_on_air();

	(void)state;
	must(say(stage, "film", FILM_STATE_BROKEN, 1000));
	stage_settle(stage);
	assert_true(is_seen(stage, "hn"));
	assert_true(stage_alarm(stage, ALARM_KIND_FILM_STOPPED, NULL));
	assert_int_equal(stage_item(stage, "film"), ITEM_STATE_ACTIVE);
	stage_destroy(stage);
}

static void one_that_does_not_begin_is_told(void **state)
{
	struct stage *stage = with_films();

	(void)state;
	must(stage_op(stage, CMD_ITEM_START, "film"));
	stage_pass(stage, FILM_BEGIN_MS - 1);
	assert_false(stage_alarm(stage, ALARM_KIND_FILM_STOPPED, NULL));
	stage_pass(stage, 1);
	assert_true(stage_alarm(stage, ALARM_KIND_FILM_STOPPED, NULL));
	stage_destroy(stage);
}

/* Another name puts a wrong one right while the item is active: that film begins. */
static void another_name_begins_another_film(void **state)
{
	struct stage *stage = with_film_on_air();
	uint64_t run = mtg_film(stage->meeting)->run;
	struct cmd_item_edit *in = &stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_EDIT)->item_edit;

	(void)state;
	strcpy(in->item, "film");
	in->has_film = true;
	strcpy(in->film, "khác.mp4");
	must(stage_give(stage));
	assert_int_equal(mtg_film(stage->meeting)->run, run + 1);
	assert_int_equal(mtg_film(stage->meeting)->state, FILM_STATE_UNSET);
	stage_destroy(stage);
}

static void no_name_leads_out_of_the_folder(void **state)
{
	static const char *const names[] = {
		"../a.mp4", "a/b.mp4", "a\\b.mp4", ".an.mp4", "a\n.mp4"};
	struct stage *stage = with_films();

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct cmd_item_edit *in =
			&stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_EDIT)->item_edit;

		strcpy(in->item, "film2");
		in->has_film = true;
		strcpy(in->film, names[i]);
		assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	}
	stage_destroy(stage);
}

static void the_player_is_no_site(void **state)
{
	struct stage *stage = with_films();
	struct cmd_turn_add *in = &stage_begin(stage, ROLE_OPERATOR, CMD_TURN_ADD)->turn_add;

	(void)state;
	strcpy(in->list, "talks");
	strcpy(in->site, "p");
	in->origin = TURN_ORIGIN_OPERATOR;
	assert_int_equal(stage_give(stage), REFUSAL_NOT_A_SITE);
	assert_int_equal(stage_op(stage, CMD_SITE_MAKE_MAIN, "p"), REFUSAL_NOT_A_SITE);
	stage_destroy(stage);
}

/* A film may be dark, still and silent. */
static void the_players_picture_is_no_camera(void **state)
{
	struct stage *stage = with_film_on_air();

	(void)state;
	stage_observe(stage, "p", SIGN_PICTURE_BLACK, true);
	stage_observe(stage, "p", SIGN_PICTURE_FROZEN, true);
	stage_observe(stage, "p", SIGN_VOICE_SILENT, true);
	stage_settle(stage);
	assert_int_equal(mtg_alarm_count(stage->meeting), 0);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starting_the_item_puts_the_film_on_air),
		cmocka_unit_test(its_end_finishes_the_item),
		cmocka_unit_test(only_what_is_new_is_recorded),
		cmocka_unit_test(who_has_the_floor_goes_before_the_film),
		cmocka_unit_test(it_is_stopped_and_played_again),
		cmocka_unit_test(an_old_end_is_no_end),
		cmocka_unit_test(a_missing_file_is_told_before_its_time),
		cmocka_unit_test(a_player_that_is_lost_is_told),
		cmocka_unit_test(without_a_player_the_hall_stays),
		cmocka_unit_test(one_that_breaks_off_gives_way_to_the_hall),
		cmocka_unit_test(one_that_does_not_begin_is_told),
		cmocka_unit_test(another_name_begins_another_film),
		cmocka_unit_test(no_name_leads_out_of_the_folder),
		cmocka_unit_test(the_player_is_no_site),
		cmocka_unit_test(the_players_picture_is_no_camera),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
