/* What follows from the state: tally, scene, microphones, uplinks, turns of a site. */
#include <string.h>

#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

static struct scene program(const struct stage *stage)
{
	struct scene scene;

	mtg_program(stage->meeting, &scene);
	return scene;
}

static void assert_pane(
	const struct stage *stage, size_t pane, const char *site, enum source_name source)
{
	struct scene scene = program(stage);

	assert_true(pane < scene.n_panes);
	assert_string_equal(mtg_site(stage->meeting, scene.panes[pane].site)->id, site);
	assert_int_equal(scene.panes[pane].source, source);
}

static void assert_solo(const struct stage *stage, const char *site)
{
	assert_int_equal(program(stage).layout, LAYOUT_SOLO);
	assert_pane(stage, 0, site, SOURCE_NAME_CAMERA);
}

static void assert_slate(const struct stage *stage)
{
	assert_int_equal(program(stage).layout, LAYOUT_SLATE);
	assert_int_equal(program(stage).n_panes, 0);
}

static void assert_tallies(
	const struct stage *stage, enum tally a, enum tally b, enum tally c, enum tally hn)
{
	assert_int_equal(stage_tally(stage, "a"), a);
	assert_int_equal(stage_tally(stage, "b"), b);
	assert_int_equal(stage_tally(stage, "c"), c);
	assert_int_equal(stage_tally(stage, "hn"), hn);
}

static void test_ladder(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_go_live(stage);
	assert_tallies(stage, TALLY_OFF, TALLY_OFF, TALLY_OFF, TALLY_OFF);
	must(stage_op(stage, CMD_ITEM_START, "talks"));
	assert_tallies(stage, TALLY_STANDBY, TALLY_SOON, TALLY_SOON, TALLY_OFF);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	assert_tallies(stage, TALLY_NEXT, TALLY_STANDBY, TALLY_SOON, TALLY_SOON);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	assert_tallies(stage, TALLY_ON_AIR, TALLY_NEXT, TALLY_STANDBY, TALLY_SOON);
	must(stage_op(stage, CMD_FLOOR_INTERRUPT, "a1"));
	assert_tallies(stage, TALLY_STANDBY, TALLY_NEXT, TALLY_STANDBY, TALLY_SOON);
	stage_destroy(stage);
}

static void test_ladder_steps_over(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_SKIP, "a1"));
	must(stage_bar(stage, "b", true));
	assert_tallies(stage, TALLY_OFF, TALLY_OFF, TALLY_STANDBY, TALLY_SOON);
	must(stage_site(stage, "d", CMD_TURN_REQUEST, "d"));
	assert_int_equal(stage_tally(stage, "d"), TALLY_OFF); /* not approved */
	must(stage_op(stage, CMD_TURN_APPROVE, "t-6"));
	assert_int_equal(stage_tally(stage, "d"), TALLY_SOON);
	stage_destroy(stage);
}

/* A site with several turns is told the highest rung. */
static void test_two_turns_of_a_site(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	stage_add_turn(stage, "a2", "talks", "a", 0);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(stage_op(stage, CMD_TURN_CUE, "a2"));
	assert_int_equal(stage_tally(stage, "a"), TALLY_ON_AIR);
	assert_string_equal(
		mtg_turn(stage->meeting, mtg_turn_of_site(stage->meeting, stage_index(stage, "a")))
			->id,
		"a1");
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	assert_int_equal(stage_tally(stage, "a"), TALLY_NEXT);
	stage_destroy(stage);
}

static void test_program_follows_the_floor(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	assert_slate(stage);
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	assert_solo(stage, "hn");
	must(stage_op(stage, CMD_ITEM_START, "talks"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_solo(stage, "a");
	assert_true(mtg_is_seen(stage->meeting, stage_index(stage, "a")));
	assert_false(mtg_is_seen(stage->meeting, stage_index(stage, "hn")));
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	assert_solo(stage, "hn");
	must(stage_op(stage, CMD_ITEM_START, "pause"));
	assert_slate(stage);
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	assert_slate(stage);
	stage_destroy(stage);
}

static void test_content(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(stage_show(stage, "b", true), REFUSAL_INVALID);
	must(stage_show(stage, "hn", true));
	assert_int_equal(stage_show(stage, "hn", true), REFUSAL_ALREADY);
	assert_int_equal(program(stage).layout, LAYOUT_PIP);
	assert_pane(stage, 0, "hn", SOURCE_NAME_CONTENT);
	assert_pane(stage, 1, "hn", SOURCE_NAME_CAMERA);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1")); /* content of others goes off */
	assert_solo(stage, "a");
	must(stage_show(stage, "a", true));
	assert_int_equal(program(stage).layout, LAYOUT_PIP);
	assert_pane(stage, 0, "a", SOURCE_NAME_CONTENT);
	assert_pane(stage, 1, "a", SOURCE_NAME_CAMERA);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	assert_solo(stage, "hn");
	stage_destroy(stage);
}

/* Undo brings back what was shown. */
static void test_content_undone(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_show(stage, "hn", true));
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	assert_solo(stage, "b");
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 1;
	must(stage_give(stage));
	assert_pane(stage, 0, "hn", SOURCE_NAME_CONTENT);
	stage_destroy(stage);
}

static void test_site_shows_its_own_while_on_air(void **state)
{
	struct stage *stage = stage_create();
	struct command *c;

	(void)state;
	stage_start_talks(stage);
	for (int on_air = 0; on_air < 2; on_air++) {
		c = stage_begin(stage, ROLE_SITE, CMD_CONTENT_SHOW);
		stage_by_site(stage, "a");
		strcpy(c->content_show.site, "a");
		c->content_show.shown = true;
		assert_int_equal(stage_give(stage), on_air ? 0 : REFUSAL_FORBIDDEN);
		if (!on_air) {
			must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
		}
	}
	stage_destroy(stage);
}

static void test_main_venue_lost(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	stage_media(stage, "hn", MEDIA_STATE_SILENT);
	assert_slate(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_solo(stage, "a");
	stage_pass(stage, 2000);
	must(stage_op(stage, CMD_FLOOR_TAKE, "v1")); /* heard in the hall all the same */
	assert_solo(stage, "hn");
	stage_destroy(stage);
}

/* Before the relay has judged it, the venue is where its link is. */
static void test_main_venue_before_its_media(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	assert_slate(stage);
	stage_link(stage, "hn", LINK_STATE_ONLINE);
	assert_solo(stage, "hn");
	stage_destroy(stage);
}

static int override(struct stage *stage, enum layout layout, const char *one, const char *two,
	enum source_name second)
{
	struct cmd_scene_override *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_SCENE_OVERRIDE)->scene_override;

	in->layout = layout;
	if (one) {
		strcpy(in->panes[in->n_panes].site, one);
		in->panes[in->n_panes++].source = SOURCE_NAME_CAMERA;
	}
	if (two) {
		strcpy(in->panes[in->n_panes].site, two);
		in->panes[in->n_panes++].source = second;
	}
	return stage_give(stage);
}

static void test_override(void **state)
{
	struct stage *stage = stage_create();
	const enum source_name camera = SOURCE_NAME_CAMERA, content = SOURCE_NAME_CONTENT;

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(override(stage, LAYOUT_SOLO, "a", "b", camera), REFUSAL_INVALID);
	assert_int_equal(override(stage, LAYOUT_SIDE_BY_SIDE, "a", "b", camera), REFUSAL_INVALID);
	assert_int_equal(override(stage, LAYOUT_PIP, "a", "b", content), REFUSAL_INVALID);
	assert_int_equal(override(stage, LAYOUT_SLATE, "a", NULL, camera), REFUSAL_INVALID);
	assert_int_equal(override(stage, LAYOUT_SOLO, "nowhere", NULL, camera), REFUSAL_NOT_FOUND);
	assert_int_equal(override(stage, LAYOUT_GALLERY, NULL, NULL, camera), REFUSAL_INVALID);
	must(override(stage, LAYOUT_SIDE_BY_SIDE, "b", "hn", camera));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_int_equal(program(stage).layout, LAYOUT_SIDE_BY_SIDE); /* until told to follow */
	assert_pane(stage, 0, "b", camera);
	must(stage_bar(stage, "b", true)); /* drops out of it */
	assert_solo(stage, "hn");
	must(stage_op(stage, CMD_SCENE_FOLLOW, NULL));
	assert_int_equal(stage_op(stage, CMD_SCENE_FOLLOW, NULL), REFUSAL_ALREADY);
	assert_solo(stage, "a");
	assert_int_equal(override(stage, LAYOUT_SOLO, "b", NULL, camera), REFUSAL_SITE_BARRED);
	stage_destroy(stage);
}

static void lock_all(struct stage *stage, bool locked)
{
	stage_begin(stage, ROLE_OPERATOR, CMD_MIC_LOCK_ALL)->mic_lock_all.locked = locked;
	must(stage_give(stage));
}

static void open_venue(struct stage *stage, bool open)
{
	stage_begin(stage, ROLE_CHAIR, CMD_MIC_OPEN_VENUE)->mic_open_venue.open = open;
	must(stage_give(stage));
}

static void lock(struct stage *stage, const char *site, bool locked)
{
	struct cmd_mic_lock *in = &stage_begin(stage, ROLE_TECHNICIAN, CMD_MIC_LOCK)->mic_lock;

	strcpy(in->site, site);
	in->locked = locked;
	must(stage_give(stage));
}

static void test_heard(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	assert_false(stage_heard(stage, "hn"));
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	assert_true(stage_heard(stage, "hn"));
	assert_false(stage_heard(stage, "a"));
	must(stage_op(stage, CMD_ITEM_START, "talks"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_true(stage_heard(stage, "a"));
	assert_false(stage_heard(stage, "hn"));
	assert_true(mtg_is_ducked(stage->meeting, stage_index(stage, "hn")));
	open_venue(stage, true);
	assert_true(stage_heard(stage, "hn"));
	assert_false(mtg_is_ducked(stage->meeting, stage_index(stage, "hn")));
	open_venue(stage, false);
	stage_pass(stage, 2000);
	must(stage_op(stage, CMD_FLOOR_TAKE, "v1"));
	assert_true(stage_heard(stage, "hn"));
	assert_false(stage_heard(stage, "a"));
	stage_destroy(stage);
}

/* The chair's small talk in the break stays in the hall. */
static void test_venue_not_heard_in_a_break(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_ITEM_START, "pause"));
	assert_false(stage_heard(stage, "hn"));
	open_venue(stage, true);
	assert_true(stage_heard(stage, "hn"));
	stage_destroy(stage);
}

static void test_locks(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	lock_all(stage, true);
	assert_true(stage_heard(stage, "a")); /* it has the floor */
	assert_true(mtg_is_locked(stage->meeting, stage_index(stage, "hn")));
	assert_true(mtg_is_locked(stage->meeting, stage_index(stage, "b")));
	stage_pass(stage, 2000);
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	assert_true(mtg_is_locked(stage->meeting, stage_index(stage, "a")));
	assert_true(stage_heard(stage, "b"));
	lock(stage, "b", true);
	assert_false(stage_heard(stage, "b"));
	lock(stage, "b", false);
	must(stage_mute(stage, "b", true)); /* a take never overrides the local switch */
	assert_false(stage_heard(stage, "b"));
	assert_true(mtg_may_speak(stage->meeting, stage_index(stage, "b")));
	lock_all(stage, false);
	assert_false(mtg_is_locked(stage->meeting, stage_index(stage, "a")));
	stage_destroy(stage);
}

static struct uplink uplink(const struct stage *stage, const char *site)
{
	struct uplink ret;

	mtg_uplink(stage->meeting, stage_index(stage, site), &ret);
	return ret;
}

static void assert_uplink(const struct stage *stage, const char *site, enum uplink_level camera,
	enum uplink_level content, bool voice)
{
	struct uplink is = uplink(stage, site);

	assert_int_equal(is.camera, camera);
	assert_int_equal(is.content, content);
	assert_int_equal(is.voice, voice);
}

static void test_uplinks(void **state)
{
	struct stage *stage = stage_create();
	const enum uplink_level off = UPLINK_LEVEL_OFF, preview = UPLINK_LEVEL_PREVIEW,
				full = UPLINK_LEVEL_FULL;

	(void)state;
	stage_assemble(stage);
	assert_uplink(stage, "hn", preview, off, false);
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	must(stage_op(stage, CMD_ITEM_START, "talks"));
	assert_uplink(stage, "hn", full, off, true);
	assert_uplink(stage, "a", preview, off, false);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	assert_uplink(stage, "a", full, full, false);
	must(stage_mute(stage, "a", true));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_uplink(stage, "a", full, full, true);
	assert_uplink(stage, "hn", full, off, false);
	assert_uplink(stage, "b", preview, off, false);
	must(stage_bar(stage, "a", true));
	assert_uplink(stage, "a", off, off, false);
	stage_destroy(stage);
}

static void test_voice_slots(void **state)
{
	struct stage *stage = stage_create();
	int slots[VOICES_MAX];

	(void)state;
	stage_start_talks(stage);
	mtg_voices(stage->meeting, slots);
	assert_int_equal(slots[0], stage_index(stage, "hn"));
	assert_int_equal(slots[1], MTG_NONE);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	mtg_voices(stage->meeting, slots);
	assert_int_equal(slots[0], MTG_NONE);
	assert_int_equal(slots[1], stage_index(stage, "a"));
	open_venue(stage, true);
	mtg_voices(stage->meeting, slots);
	assert_int_equal(slots[0], stage_index(stage, "hn"));
	stage_destroy(stage);
}

static void test_hand(void **state)
{
	struct stage *stage = stage_create();
	int d;

	(void)state;
	stage_start_talks(stage);
	d = stage_index(stage, "d");
	assert_false(mtg_has_raised_hand(stage->meeting, d));
	for (int i = 0; i < REQUESTS_PER_SITE_MAX; i++) {
		must(stage_site(stage, "d", CMD_TURN_REQUEST, "d"));
	}
	assert_int_equal(stage_site(stage, "d", CMD_TURN_REQUEST, "d"), REFUSAL_LIMIT);
	assert_true(mtg_has_raised_hand(stage->meeting, d));
	stage_link(stage, "d", LINK_STATE_LOST); /* hand and place survive */
	stage_link(stage, "d", LINK_STATE_ONLINE);
	assert_true(mtg_has_raised_hand(stage->meeting, d));
	must(stage_op(stage, CMD_TURN_APPROVE, "t-6"));
	must(stage_site(stage, "d", CMD_TURN_WITHDRAW, "t-7"));
	must(stage_site(stage, "d", CMD_TURN_WITHDRAW, "t-8"));
	assert_false(mtg_has_raised_hand(stage->meeting, d));
	stage_destroy(stage);
}

static void test_request_needs_a_list(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_go_live(stage);
	assert_int_equal(stage_site(stage, "d", CMD_TURN_REQUEST, "d"), REFUSAL_NOT_IN_ITEM);
	must(stage_op(stage, CMD_ITEM_START, "open"));
	assert_int_equal(stage_site(stage, "d", CMD_TURN_REQUEST, "d"), REFUSAL_NOT_IN_ITEM);
	must(stage_op(stage, CMD_ITEM_START, "more"));
	must(stage_bar(stage, "d", true));
	assert_int_equal(stage_site(stage, "d", CMD_TURN_REQUEST, "d"), REFUSAL_SITE_BARRED);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ladder),
		cmocka_unit_test(test_ladder_steps_over),
		cmocka_unit_test(test_two_turns_of_a_site),
		cmocka_unit_test(test_program_follows_the_floor),
		cmocka_unit_test(test_content),
		cmocka_unit_test(test_content_undone),
		cmocka_unit_test(test_site_shows_its_own_while_on_air),
		cmocka_unit_test(test_main_venue_lost),
		cmocka_unit_test(test_main_venue_before_its_media),
		cmocka_unit_test(test_override),
		cmocka_unit_test(test_heard),
		cmocka_unit_test(test_venue_not_heard_in_a_break),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_uplinks),
		cmocka_unit_test(test_voice_slots),
		cmocka_unit_test(test_hand),
		cmocka_unit_test(test_request_needs_a_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
