/*
 * Two real endpoints through a fake relay: the camera and voice of one are shown and played by the
 * other, checked by decoding the file of its program. Real pipelines, real SRTP, real UDP on
 * loopback.
 */
#include "endpoint/media/endpoint_media.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "endpoint/media/capture/capture.h"
#include "endpoint/media/common/devices.h"
#include "endpoint/media/common/pipeline.h"
#include "tests/tools/av_check/av_check.h"
#include "tests/unit/endpoint/fake_relay.h"
#include "tests/unit/endpoint/main_loop.h"

enum {
	VENUE = 1,
	PROVINCE = 2,
	SECONDS = 1000,
	PATIENCE = 100, /* tenths of a second that a busy machine may need to start something */
	CAPTURED_OFF_MOST_US = 2000000, /* both times are from the same clock */
};

#define FILE_NAME "media_path.mkv"

static bool keep_file;

struct hall {
	struct fake_relay *fake_relay;
	struct ep_media *venue;
	struct ep_media *province;
	unsigned thumbnails;
};

static struct hall hall; /* of the running test: destroyed after it, even if it failed */

static void on_thumbnail(void *user, const uint8_t *data, size_t size)
{
	(void)user;
	assert_true(size > 100 && size < 24 * 1024);
	assert_int_equal(data[0], 0xFF);
	assert_int_equal(data[1], 0xD8);
	hall.thumbnails++;
}

static const struct ep_media_events events = {.on_thumbnail = on_thumbnail};

/* The relay access of a site; each run has its own instance. */
static struct wire_relay_access access_of(int instance)
{
	struct wire_relay_access relay = {.n_addresses = 2};
	snprintf(relay.instance, sizeof(relay.instance), "%032d", instance);
	snprintf(relay.addresses[0], sizeof(relay.addresses[0]), "127.0.0.1:9");
	snprintf(relay.addresses[1], sizeof(relay.addresses[1]), "%s",
		fake_relay_address(hall.fake_relay));
	snprintf(relay.group_key, sizeof(relay.group_key), "%s",
		fake_relay_group_key(hall.fake_relay));
	return relay;
}

static struct ep_media *open_site(uint16_t number, const char *camera, const char *program)
{
	struct ep_media_config config = {
		.camera = camera,
		.content = number == PROVINCE ? "test" : "none",
		.voice = "test",
		.program = program,
		.size = "360p15",
		.number = number,
		.label = number == VENUE ? "Hội trường" : "Điểm cầu",
	};
	struct ep_media *media;
	char *error = NULL;
	int r = ep_media_create(&config, &events, NULL, &media, &error);
	if (r != 0) {
		fail_msg("%s", error);
	}
	struct wire_relay_access relay = access_of(1);
	char key[MEDIA_KEY_SIZE];
	assert_int_equal(ep_media_set_relay(media, &relay, key), 0);
	fake_relay_site(hall.fake_relay, number, key);
	return media;
}

static void open_hall_with(const char *camera, const char *program)
{
	hall = (struct hall){.fake_relay = fake_relay_create()};
	hall.venue = open_site(VENUE, "test", program);
	hall.province = open_site(PROVINCE, camera, "none");
}

static void open_hall(const char *program)
{
	open_hall_with("test", program);
}

static void close_hall(void)
{
	ep_media_destroy(hall.venue);
	ep_media_destroy(hall.province);
	if (hall.fake_relay) {
		fake_relay_destroy(hall.fake_relay);
	}
	hall.venue = NULL;
	hall.province = NULL;
	hall.fake_relay = NULL;
}

static int finish(void **state)
{
	(void)state;
	close_hall();
	return 0;
}

static void wait_until(bool (*is)(const struct ep_media_state *), struct ep_media *media,
	struct ep_media_state *reached)
{
	for (int i = 0; i < PATIENCE; i++) {
		run_for(100);
		ep_media_state(media, true, reached);
		if (is(reached)) {
			return;
		}
	}
	fail_msg("not within %d s", PATIENCE / 10);
}

static bool plays(const struct ep_media_state *state)
{
	return state->playing;
}

static void wait_until_playing(struct ep_media *media, struct ep_media_state *reached)
{
	wait_until(plays, media, reached);
}

/* Until this many more have been counted; returns the new count. */
static void wait_for_more(int64_t (*count)(const struct fake_relay_figures *), int64_t more)
{
	struct fake_relay_figures figures;
	fake_relay_figures(hall.fake_relay, &figures);
	int64_t wanted = count(&figures) + more;
	for (int i = 0; i < PATIENCE && count(&figures) < wanted; i++) {
		run_for(100);
		fake_relay_figures(hall.fake_relay, &figures);
	}
	assert_true(count(&figures) >= wanted);
}

static int64_t lost(const struct fake_relay_figures *figures)
{
	return (int64_t)figures->lost;
}

static int64_t received(const struct fake_relay_figures *figures)
{
	return (int64_t)figures->received;
}

static void show_solo(struct ep_media *media, enum slot slot)
{
	struct wire_site_scene scene = {.layout = LAYOUT_SOLO, .n_panes = 1};
	scene.panes[0].slot = slot;
	ep_media_join(media, slot);
	ep_media_scene(media, &scene);
}

struct seen {
	unsigned frames[8]; /* by site, whole picture */
	unsigned content; /* whole picture, source 2 */
	unsigned small[8];
	unsigned none;
	unsigned n_gone; /* missing, after a picture was there */
	unsigned heard[8];
	unsigned silent;
	unsigned silenced; /* silent, after sound was there */
	unsigned both;
};

static void count_frame(void *user, const struct av_check_frame *frame)
{
	struct seen *seen = user;
	const struct ep_stamp *whole = &frame->stamps[AV_CHECK_WHOLE];
	if (!frame->found[AV_CHECK_WHOLE]) {
		seen->none++;
		seen->n_gone += seen->frames[PROVINCE] > 0;
	} else if (whole->source == 2) {
		seen->content++;
	} else {
		seen->frames[whole->site % 8]++;
	}
	if (frame->found[AV_CHECK_SMALL]) {
		seen->small[frame->stamps[AV_CHECK_SMALL].site % 8]++;
	}
}

static void count_window(void *user, const struct av_check_window *window)
{
	struct seen *seen = user;
	seen->silent += window->silent;
	seen->silenced += window->silent && seen->heard[PROVINCE] > 0;
	seen->both += window->heard[VENUE] && window->heard[PROVINCE];
	for (unsigned site = 1; site < 8; site++) {
		seen->heard[site] += window->heard[site];
	}
}

static struct seen look(void)
{
	struct seen seen = {0};
	struct av_check_reader reader = {
		.on_frame = count_frame, .on_window = count_window, .user = &seen};
	assert_int_equal(av_check_read(FILE_NAME, &reader), 0);
	if (!keep_file) {
		unlink(FILE_NAME);
	}
	return seen;
}

static bool speaks_well(const struct ep_media_state *state)
{
	return state->level_dbfs > -30 && state->level_dbfs < -10;
}

static void the_other_is_seen_and_heard_and_oneself_is_not(void **state)
{
	(void)state;
	open_hall("file:" FILE_NAME);
	struct wire_site_desired desired = {.n_title_lines = 1, .date = "2022-07-15"};
	snprintf(desired.title_lines[0], sizeof(desired.title_lines[0]), "HỘI NGHỊ & <THỬ>");
	snprintf(desired.name, sizeof(desired.name), "Hà Nội");
	ep_media_slate(hall.venue, &desired);
	fake_relay_route(hall.fake_relay, 0, PROVINCE, MEDIA_CAMERA);
	fake_relay_route(hall.fake_relay, 4, PROVINCE, MEDIA_VOICE);
	fake_relay_route(hall.fake_relay, 5, VENUE, MEDIA_VOICE);
	ep_media_camera(hall.province, UPLINK_LEVEL_FULL);
	ep_media_voice(hall.province, true, false, false);
	ep_media_voice(hall.venue, true, false, false);
	ep_media_join(hall.venue, SLOT_VOICE0);
	ep_media_join(hall.venue, SLOT_VOICE1);
	show_solo(hall.venue, SLOT_PROGRAM);
	struct ep_media_state reached;
	wait_until_playing(hall.venue, &reached);
	run_for(5 * SECONDS);
	wait_until(speaks_well, hall.venue, &reached);
	assert_true(reached.playing && reached.path_proven);
	assert_int_equal(reached.n_slots, 3);
	assert_int_equal(reached.slots[0].site, PROVINCE);
	assert_int_equal(reached.n_signs, 0);
	assert_null(ep_media_fault(hall.venue));
	close_hall();
	struct seen seen = look();
	print_message("frames %u none %u then %u, heard %u silent %u then %u\n",
		seen.frames[PROVINCE], seen.none, seen.n_gone, seen.heard[PROVINCE], seen.silent,
		seen.silenced);
	assert_true(seen.frames[PROVINCE] >= 3 * 15 && seen.n_gone * 10 <= seen.frames[PROVINCE]);
	assert_int_equal(seen.frames[VENUE], 0);
	assert_true(seen.heard[PROVINCE] >= 3 * SECONDS / AV_CHECK_WINDOW_MS);
	assert_true(seen.silenced * 10 <= seen.heard[PROVINCE]);
	assert_int_equal(seen.heard[VENUE], 0);
	assert_true(hall.thumbnails >= 4);
}

static void content_is_large_and_the_speaker_small(void **state)
{
	(void)state;
	open_hall("file:" FILE_NAME);
	fake_relay_route(hall.fake_relay, 0, PROVINCE, MEDIA_CAMERA);
	fake_relay_route(hall.fake_relay, 3, PROVINCE, MEDIA_CONTENT);
	ep_media_camera(hall.province, UPLINK_LEVEL_FULL);
	ep_media_content(hall.province, UPLINK_LEVEL_FULL);
	ep_media_join(hall.venue, SLOT_PROGRAM);
	ep_media_join(hall.venue, SLOT_CONTENT);
	struct wire_site_scene scene = {.layout = LAYOUT_PIP, .n_panes = 2};
	scene.panes[0].slot = SLOT_CONTENT;
	scene.panes[1].slot = SLOT_PROGRAM;
	ep_media_scene(hall.venue, &scene);
	struct ep_media_state reached;
	wait_until_playing(hall.venue, &reached);
	run_for(5 * SECONDS);
	close_hall();
	struct seen seen = look();
	print_message(
		"content %u small %u none %u\n", seen.content, seen.small[PROVINCE], seen.none);
	assert_true(seen.content >= 3 * 15);
	assert_true(seen.small[PROVINCE] >= 3 * 15);
}

static void losses_are_repaired(void **state)
{
	(void)state;
	open_hall("none");
	fake_relay_route(hall.fake_relay, 0, PROVINCE, MEDIA_CAMERA);
	fake_relay_route(hall.fake_relay, 4, PROVINCE, MEDIA_VOICE);
	ep_media_camera(hall.province, UPLINK_LEVEL_FULL);
	ep_media_voice(hall.province, true, false, false);
	ep_media_join(hall.venue, SLOT_VOICE0);
	show_solo(hall.venue, SLOT_PROGRAM);
	struct ep_media_state reached;
	wait_until_playing(hall.venue, &reached);
	run_for(2 * SECONDS);
	fake_relay_lose(hall.fake_relay, 5);
	wait_for_more(lost, 20);
	fake_relay_lose(hall.fake_relay, 0);
	run_for(1 * SECONDS);
	ep_media_state(hall.venue, true, &reached);
	struct fake_relay_figures figures;
	fake_relay_figures(hall.fake_relay, &figures);
	print_message("lost %d repaired %d unrecovered %d+%d plis %d\n", (int)figures.lost,
		(int)figures.repaired, (int)reached.slots[0].unrecovered,
		(int)reached.slots[1].unrecovered, (int)figures.plis);
	assert_true(reached.playing);
	assert_true(
		(reached.slots[0].unrecovered + reached.slots[1].unrecovered) * 10 <= figures.lost);
	assert_true(figures.with_ntp > 16);
	assert_true(figures.captured_off_us < CAPTURED_OFF_MOST_US);
	print_message(
		"reports %d round trip %d us\n", (int)figures.blocks, (int)figures.round_trip_us);
	assert_true(figures.blocks >= 12);
	assert_true(figures.round_trip_us >= 0 && figures.round_trip_us < 200 * 1000);
}

/*
 * The one request after a loss may itself be lost, or be rate limited by the relay: a slot repeats
 * it until it has its keyframe, and not only after the picture has stood still for seconds.
 */
static void a_keyframe_is_asked_for_again(void **state)
{
	(void)state;
	struct fake_relay_figures before, after;
	open_hall("none");
	fake_relay_route(hall.fake_relay, 0, PROVINCE, MEDIA_CAMERA);
	ep_media_camera(hall.province, UPLINK_LEVEL_FULL);
	show_solo(hall.venue, SLOT_PROGRAM);
	struct ep_media_state reached;
	wait_until_playing(hall.venue, &reached);
	run_for(1 * SECONDS);
	fake_relay_ignore_feedback(hall.fake_relay, true);
	fake_relay_lose(hall.fake_relay, 50);
	wait_for_more(lost, 2);
	fake_relay_lose(hall.fake_relay, 0);
	run_for(500);
	fake_relay_figures(hall.fake_relay, &before);
	fake_relay_ignore_feedback(hall.fake_relay, false);
	after = before;
	for (int i = 0; i < 18 && after.plis == before.plis; i++) {
		run_for(100);
		fake_relay_figures(hall.fake_relay, &after);
	}
	assert_true(after.plis > before.plis);
	run_for(3 * SECONDS);
	fake_relay_figures(hall.fake_relay, &before);
	assert_true(before.plis <= after.plis + 2); /* repeating without end would give five */
}

/*
 * How far pictures lag behind the file's own time, and pictures that are shown long after their
 * time.
 */
struct lag {
	uint32_t clock;
	int64_t least_ms; /* of the first seconds */
	int64_t latest_ms;
	unsigned fresh;
	unsigned again; /* of these, behind the longest pause */
	unsigned stale;
};

static void record_lag(void *user, const struct av_check_frame *frame)
{
	struct lag *lag = user;
	const struct ep_stamp *stamp = &frame->stamps[AV_CHECK_WHOLE];
	if (!frame->found[AV_CHECK_WHOLE] || stamp->clock == lag->clock) {
		return;
	}
	int64_t ms = (frame->ms - (int64_t)stamp->clock) & EP_STAMP_CLOCK_MASK;
	lag->least_ms = lag->fresh == 0 ? ms : lag->least_ms;
	lag->stale += ms - lag->least_ms > 1 * SECONDS;
	lag->again =
		lag->fresh > 0 && frame->ms - lag->latest_ms > 3 * SECONDS ? 0 : lag->again + 1;
	lag->latest_ms = frame->ms;
	lag->fresh++;
	lag->clock = stamp->clock;
}

static void ignore_window(void *user, const struct av_check_window *window)
{
	(void)user;
	(void)window;
}

static void a_line_that_was_dead_brings_no_old_pictures(void **state)
{
	(void)state;
	struct fake_relay_figures before, after;
	open_hall("file:" FILE_NAME);
	fake_relay_route(hall.fake_relay, 0, PROVINCE, MEDIA_CAMERA);
	ep_media_camera(hall.province, UPLINK_LEVEL_FULL);
	show_solo(hall.venue, SLOT_PROGRAM);
	struct ep_media_state reached;
	wait_until_playing(hall.venue, &reached);
	run_for(2 * SECONDS);
	fake_relay_ignore_feedback(hall.fake_relay, true);
	fake_relay_lose(hall.fake_relay, 100);
	run_for(5 * SECONDS);
	fake_relay_figures(hall.fake_relay, &before);
	fake_relay_ignore_feedback(hall.fake_relay, false);
	fake_relay_lose(hall.fake_relay, 0);
	wait_until_playing(hall.venue, &reached);
	run_for(2 * SECONDS);
	fake_relay_figures(hall.fake_relay, &after);
	close_hall();
	struct lag lag = {0};
	struct av_check_reader reader = {
		.on_frame = record_lag, .on_window = ignore_window, .user = &lag};
	assert_int_equal(av_check_read(FILE_NAME, &reader), 0);
	unlink(FILE_NAME);
	print_message("fresh %u then %u, stale %u, asked again %d\n", lag.fresh - lag.again,
		lag.again, lag.stale, (int)(after.repaired - before.repaired));
	assert_true(lag.fresh - lag.again > 15 && lag.again > 15);
	assert_true(lag.stale < 8); /* of 75 missed; a few are late on a busy machine */
	assert_true(after.repaired - before.repaired < 20);
}

/* A new relay does not know what was sealed before it: docs/media.md. */
static void no_relay_is_sent_by_a_key_of_before(void **state)
{
	char keys[4][MEDIA_KEY_SIZE];
	static const int instances[] = {1, 1, 2, 1};

	(void)state;
	open_hall("none");
	for (size_t i = 0; i < 4; i++) {
		struct wire_relay_access relay = access_of(instances[i]);
		assert_int_equal(ep_media_set_relay(hall.venue, &relay, keys[i]), 0);
	}
	assert_string_equal(keys[0], keys[1]);
	assert_string_not_equal(keys[1], keys[2]);
	assert_string_not_equal(keys[2], keys[3]);
	assert_string_not_equal(keys[3], keys[0]);
}

static bool signals(const struct ep_media_state *state, enum sign sign)
{
	for (size_t i = 0; i < state->n_signs; i++) {
		if (state->signs[i] == sign) {
			return true;
		}
	}
	return false;
}

static bool talks_while_locked(const struct ep_media_state *state)
{
	return signals(state, SIGN_TALKING_WHILE_LOCKED);
}

static bool misses_its_camera(const struct ep_media_state *state)
{
	return signals(state, SIGN_SOURCE_MISSING);
}

static void levels_are_obeyed(void **state)
{
	(void)state;
	open_hall("none");
	run_for(2 * SECONDS);
	struct fake_relay_figures before;
	fake_relay_figures(hall.fake_relay, &before);
	assert_int_equal(before.received, 0);
	ep_media_camera(hall.province, UPLINK_LEVEL_PREVIEW);
	wait_for_more(received, 8);
	ep_media_camera(hall.province, UPLINK_LEVEL_OFF);
	ep_media_voice(hall.province, false, false, true);
	run_for(500);
	fake_relay_figures(hall.fake_relay, &before);
	run_for(1 * SECONDS);
	struct fake_relay_figures after;
	fake_relay_figures(hall.fake_relay, &after);
	assert_int_equal(before.received, after.received);
	struct ep_media_state reached;
	wait_until(talks_while_locked, hall.province, &reached);
	assert_int_equal(reached.n_signs, 1);
}

static void left_slots_come_back_clean(void **state)
{
	(void)state;
	open_hall("none");
	fake_relay_route(hall.fake_relay, 0, PROVINCE, MEDIA_CAMERA);
	ep_media_camera(hall.province, UPLINK_LEVEL_FULL);
	show_solo(hall.venue, SLOT_PROGRAM);
	struct ep_media_state reached;
	for (int i = 0; i < 4; i++) {
		wait_until_playing(hall.venue, &reached);
		run_for(1 * SECONDS);
		ep_media_state(hall.venue, true, &reached);
		assert_true(reached.playing);
		assert_int_equal(reached.slots[0].unrecovered, 0);
		ep_media_leave(hall.venue, SLOT_PROGRAM);
		run_for(700);
		ep_media_state(hall.venue, true, &reached);
		assert_int_equal(reached.n_slots, 0);
		ep_media_join(hall.venue, SLOT_PROGRAM);
	}
}

static void a_missing_camera_is_told_and_leaves_a_card(void **state)
{
	(void)state;
	open_hall_with("v4l2:/dev/no-such-camera", "none");
	fake_relay_route(hall.fake_relay, 0, PROVINCE, MEDIA_CAMERA);
	ep_media_camera(hall.province, UPLINK_LEVEL_FULL);
	show_solo(hall.venue, SLOT_PROGRAM);
	struct ep_media_state reached;
	wait_until(misses_its_camera, hall.province, &reached);
	assert_false(reached.has_camera);
	assert_null(ep_media_fault(hall.province));
	wait_until_playing(hall.venue, &reached);
}

static unsigned descriptors(void)
{
	unsigned n = 0;
	GDir *folder = g_dir_open("/proc/self/fd", 0, NULL);
	while (g_dir_read_name(folder)) {
		n++;
	}
	g_dir_close(folder);
	return n;
}

/* A capture that waits for a microphone looks for one every few seconds, all day. */
static void looking_for_devices_costs_nothing(void **state)
{
	(void)state;
	ep_pipeline_init();
	unsigned before = 0;
	for (int i = 0; i < 40; i++) {
		for (enum ep_device_kind kind = EP_DEVICE_CAMERA; kind <= EP_DEVICE_LOUDSPEAKER;
			kind++) {
			GstElement *device = ep_devices_first(kind);
			if (device) {
				gst_object_unref(gst_object_ref_sink(device));
			}
		}
		before = i == 9 ? descriptors() : before;
	}
	print_message("descriptors %u, then %u\n", before, descriptors());
	assert_in_range(descriptors(), 1, before + 5);
}

/* Without a sound server, as here, or with one that has died. */
static void a_microphone_that_cannot_be_opened_costs_nothing(void **state)
{
	(void)state;
	ep_pipeline_init();
	struct ep_capture_config config = {.medium = EP_MEDIUM_VOICE};
	assert_true(ep_source_parse("pulse:none", EP_MEDIUM_VOICE, &config.source));
	struct ep_capture_events none = {0};
	struct ep_capture *capture = ep_capture_create(&config, &none, NULL);
	unsigned before = descriptors();
	for (int i = 0; i < 100 && ep_capture_openings(capture) < 5; i++) {
		run_for(100);
	}
	print_message("%u openings: descriptors %u, then %u; %s\n", ep_capture_openings(capture),
		before, descriptors(), ep_capture_fault(capture));
	assert_int_equal(ep_capture_openings(capture), 5);
	assert_true(ep_capture_is_missing(capture));
	assert_in_range(descriptors(), 1, before + 3);
	ep_capture_destroy(capture);
}

/* A file as camera: it ends after two seconds and must restart by itself. */
static void a_film_is_played_over_and_over(void **state)
{
	(void)state;
	int r = system("gst-launch-1.0 -q videotestsrc num-buffers=30 pattern=ball ! "
		       "video/x-raw,width=320,height=180,framerate=15/1 ! x264enc ! "
		       "matroskamux ! filesink location=film.mkv");
	assert_int_equal(r, 0);
	open_hall_with("file:film.mkv", "none");
	fake_relay_route(hall.fake_relay, 0, PROVINCE, MEDIA_CAMERA);
	ep_media_camera(hall.province, UPLINK_LEVEL_FULL);
	show_solo(hall.venue, SLOT_PROGRAM);
	struct ep_media_state reached;
	wait_until_playing(hall.venue, &reached);
	for (int i = 0; i < 3; i++) {
		run_for(2 * SECONDS + 500);
		ep_media_state(hall.venue, true, &reached);
		assert_true(reached.playing && reached.slots[0].packets > 10);
	}
	assert_null(ep_media_fault(hall.province));
	unlink("film.mkv");
}

/* With an argument: only the tests whose names match, and the program files are kept. */
int main(int argc, char **argv)
{
	if (argc > 1) {
		cmocka_set_test_filter(argv[1]);
		keep_file = true;
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_other_is_seen_and_heard_and_oneself_is_not, finish),
		cmocka_unit_test_teardown(content_is_large_and_the_speaker_small, finish),
		cmocka_unit_test_teardown(losses_are_repaired, finish),
		cmocka_unit_test_teardown(a_keyframe_is_asked_for_again, finish),
		cmocka_unit_test_teardown(a_line_that_was_dead_brings_no_old_pictures, finish),
		cmocka_unit_test_teardown(no_relay_is_sent_by_a_key_of_before, finish),
		cmocka_unit_test_teardown(levels_are_obeyed, finish),
		cmocka_unit_test_teardown(left_slots_come_back_clean, finish),
		cmocka_unit_test_teardown(a_missing_camera_is_told_and_leaves_a_card, finish),
		cmocka_unit_test(looking_for_devices_costs_nothing),
		cmocka_unit_test(a_microphone_that_cannot_be_opened_costs_nothing),
		cmocka_unit_test_teardown(a_film_is_played_over_and_over, finish),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
