/*
 * A player's film: ready before it is wanted, from where it is wanted, picture and sound in step,
 * held at its end; what is missing or broken is said, and looked for again.
 */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "endpoint/media/capture/film_player.h"
#include "endpoint/media/common/pipeline.h"
#include "tests/unit/endpoint/main_loop.h"

enum {
	STEP_MS = 50,
	PATIENCE = 200, /* steps that a busy machine may need to start something */
	LENGTH_MS = 4000,
	NEAR_MS = 700,
};

static struct ep_film_player *player; /* of the running test: destroyed after it */
static atomic_uint pictures, sounds;

static void on_picture(void *user, GstSample *sample)
{
	(void)user;
	(void)sample;
	atomic_fetch_add(&pictures, 1);
}

static void on_sound(void *user, GstSample *sample)
{
	(void)user;
	(void)sample;
	atomic_fetch_add(&sounds, 1);
}

static const struct ep_film_events events = {.on_picture = on_picture, .on_sound = on_sound};

static void make(const char *pipeline)
{
	char *command = g_strdup_printf("gst-launch-1.0 -q %s", pipeline);
	assert_int_equal(system(command), 0);
	g_free(command);
}

static void make_film(void)
{
	make("videotestsrc num-buffers=60 pattern=ball ! "
	     "video/x-raw,width=320,height=180,framerate=15/1 ! x264enc key-int-max=15 ! h264parse "
	     "! "
	     "queue ! mux. audiotestsrc num-buffers=200 samplesperbuffer=960 ! "
	     "audio/x-raw,rate=48000 ! avenc_aac ! queue ! mux. "
	     "mp4mux name=mux ! filesink location=phim.mp4");
}

static int start(void **state)
{
	(void)state;
	ep_pipeline_init();
	atomic_store(&pictures, 0);
	atomic_store(&sounds, 0);
	player = ep_film_player_create(".", &ep_format_find("360p15")->full, &events, NULL);
	return 0;
}

static int finish(void **state)
{
	(void)state;
	ep_film_player_destroy(player);
	player = NULL;
	unlink("phim.mp4");
	return 0;
}

static void want(const char *file, uint64_t run, bool playing, int64_t position_ms)
{
	struct ep_film_wanted wanted = {.run = run, .playing = playing, .position_ms = position_ms};
	strcpy(wanted.file, file);
	ep_film_player_want(player, &wanted);
}

static struct ep_film_state state_now(void)
{
	struct ep_film_state state;
	ep_film_player_state(player, &state);
	return state;
}

static void step(void)
{
	run_for(STEP_MS);
	ep_film_player_check(player);
}

static struct ep_film_state wait_for(enum film_state wanted)
{
	for (int i = 0; i < PATIENCE && state_now().state != wanted; i++) {
		step();
	}
	assert_int_equal(state_now().state, wanted);
	return state_now();
}

static void it_stands_ready_and_is_heard_only_once_it_plays(void **state)
{
	(void)state;
	make_film();
	want("phim.mp4", 0, false, 0);
	assert_in_range(wait_for(FILM_STATE_READY).length_ms, LENGTH_MS - 100, LENGTH_MS + 100);
	for (int i = 0; i < 10; i++) {
		step();
	}
	assert_true(ep_film_player_shows(player));
	assert_in_range(atomic_load(&pictures), 2, 4);
	assert_int_equal(atomic_load(&sounds), 0);
	want("phim.mp4", 1, true, 0);
	assert_in_range(state_now().position_ms, 0, NEAR_MS);
	gint64 begun = g_get_monotonic_time();
	wait_for(FILM_STATE_ENDED);
	assert_in_range((g_get_monotonic_time() - begun) / 1000, LENGTH_MS - 300, LENGTH_MS + 2000);
	assert_in_range(atomic_load(&pictures), 50, 70);
	assert_true(atomic_load(&sounds) > 100);
	assert_true(ep_film_player_shows(player));
}

static void who_comes_late_goes_on_where_it_is(void **state)
{
	(void)state;
	make_film();
	want("phim.mp4", 7, true, LENGTH_MS / 2);
	gint64 begun = g_get_monotonic_time();
	wait_for(FILM_STATE_PLAYING);
	step();
	step();
	assert_in_range(state_now().position_ms, LENGTH_MS / 2, LENGTH_MS / 2 + NEAR_MS);
	wait_for(FILM_STATE_ENDED);
	assert_true((g_get_monotonic_time() - begun) / 1000 < LENGTH_MS - 500);
}

static void another_start_is_from_the_beginning(void **state)
{
	(void)state;
	make_film();
	want("phim.mp4", 1, true, 0);
	wait_for(FILM_STATE_PLAYING);
	want("phim.mp4", 2, true, 0);
	wait_for(FILM_STATE_PLAYING);
	assert_in_range(state_now().position_ms, 0, NEAR_MS);
	want("phim.mp4", 2, false, 0);
	wait_for(FILM_STATE_READY);
}

static void a_missing_file_is_looked_for(void **state)
{
	(void)state;
	want("phim.mp4", 0, false, 0);
	wait_for(FILM_STATE_MISSING);
	assert_false(ep_film_player_shows(player));
	make_film();
	wait_for(FILM_STATE_READY);
}

static void what_is_no_film_is_broken_until_it_is_another(void **state)
{
	(void)state;
	assert_true(g_file_set_contents("phim.mp4", "no film", -1, NULL));
	want("phim.mp4", 1, true, 0);
	wait_for(FILM_STATE_BROKEN);
	make_film();
	wait_for(FILM_STATE_PLAYING);
}

static void no_name_leads_out_of_the_folder(void **state)
{
	static const char *const names[] = {"../endpoint/phim.mp4", "./phim.mp4", ".phim.mp4", ""};
	(void)state;
	make_film();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		want(names[i], 0, false, 0);
		for (int j = 0; j < 30; j++) {
			step();
		}
		assert_int_equal(
			state_now().state, names[i][0] ? FILM_STATE_MISSING : FILM_STATE_UNSET);
	}
	assert_int_equal(rename("phim.mp4", "../phim.mp4"), 0);
	assert_int_equal(symlink("../phim.mp4", "phim.mp4"), 0);
	want("phim.mp4", 0, false, 0);
	wait_for(FILM_STATE_MISSING);
	unlink("../phim.mp4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			it_stands_ready_and_is_heard_only_once_it_plays, start, finish),
		cmocka_unit_test_setup_teardown(who_comes_late_goes_on_where_it_is, start, finish),
		cmocka_unit_test_setup_teardown(another_start_is_from_the_beginning, start, finish),
		cmocka_unit_test_setup_teardown(a_missing_file_is_looked_for, start, finish),
		cmocka_unit_test_setup_teardown(
			what_is_no_film_is_broken_until_it_is_another, start, finish),
		cmocka_unit_test_setup_teardown(no_name_leads_out_of_the_folder, start, finish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
