/*
 * The bell is heard and the countdown seen: a program is recorded, and the recording decoded again.
 * BELL_KEEP=1 keeps the file, to look at it.
 */
#include <gst/app/gstappsink.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "endpoint/cards/caption.h"
#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/common/voice_tone.h"
#include "endpoint/media/program/bell_sound.h"
#include "endpoint/media/program/program.h"
#include "tests/unit/endpoint/main_loop.h"
#include "wire_msg.h"

enum {
	CHECK_MS = 100,
	RATE = 48000,
	WINDOW_MS = 50,
	WINDOW = RATE * WINDOW_MS / 1000,
	WINDOWS_MAX = 1000,
	CHANGES_MAX = 100,
	QUIET_MS = 2000,
	WIDTH = 640,
	HEIGHT = 360,
	FIRST_ROW = HEIGHT * 3 / 4, /* the countdown stands below */
	MUCH = 60, /* of luma: a digit, not the encoder */
	FEW = 40, /* pixels */
};

#define FILE_NAME "bell.mkv"

static gboolean check(gpointer program)
{
	ep_program_check(program);
	return G_SOURCE_CONTINUE;
}

static struct wire_site_desired break_of_a_quarter(void)
{
	struct wire_site_desired desired = {
		.n_title_lines = 2, .has_item = true, .has_pause = true};
	strcpy(desired.title_lines[0], "ỦY BAN NHÂN DÂN TỈNH");
	strcpy(desired.title_lines[1], "HỘI NGHỊ TỔNG KẾT CÔNG TÁC DÂN VẬN");
	strcpy(desired.item, "Nghỉ giải lao");
	desired.pause.kind = ITEM_KIND_BREAK;
	desired.pause.has_ends = true;
	return desired;
}

/* Quiet, then the bell, then its end; the countdown from 4.5 s on. */
static void record(void)
{
	struct ep_program *program;
	char *error = NULL;
	unlink(FILE_NAME);
	assert_int_equal(ep_program_create(EP_OUT_FILE, FILE_NAME, ep_format_find("360p15"),
				 &program, &error),
		0);
	guint checks = g_timeout_add(CHECK_MS, check, program);
	struct wire_site_desired desired = break_of_a_quarter();
	struct card slate;
	card_of_site(&desired, &slate);
	ep_program_slate(program, &slate);
	ep_program_countdown(program, 4500);
	run_for(QUIET_MS);
	assert_true(ep_program_bell(program));
	assert_false(ep_program_bell(program)); /* not into its own sound */
	run_for(EP_BELL_MS + QUIET_MS);
	g_source_remove(checks);
	ep_program_destroy(program);
}

static struct decoded {
	double levels[WINDOWS_MAX]; /* of the bell's tone */
	double others[WINDOWS_MAX]; /* of a tone beside it */
	size_t n_windows;
	uint8_t before[WIDTH * HEIGHT];
	size_t n_frames;
	int64_t changes_ms[CHANGES_MAX];
	size_t n_changes;
} decoded;

static GstFlowReturn on_sound(GstAppSink *sink, void *user)
{
	GstSample *sample = gst_app_sink_pull_sample(sink);
	GstMapInfo map;
	(void)user;
	if (gst_buffer_map(gst_sample_get_buffer(sample), &map, GST_MAP_READ)) {
		const int16_t *samples = (const int16_t *)(const void *)map.data;
		if (map.size == WINDOW * sizeof(*samples) && decoded.n_windows < WINDOWS_MAX) {
			decoded.levels[decoded.n_windows] =
				ep_tone_level(samples, WINDOW, RATE, EP_BELL_HZ);
			decoded.others[decoded.n_windows++] =
				ep_tone_level(samples, WINDOW, RATE, EP_BELL_HZ * 3 / 2);
		}
		gst_buffer_unmap(gst_sample_get_buffer(sample), &map);
	}
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

static void compare(const struct ep_luma *luma, int64_t ms)
{
	size_t differing = 0;
	for (unsigned y = FIRST_ROW; y < HEIGHT; y++) {
		for (unsigned x = 0; x < WIDTH; x++) {
			int now = luma->pixels[y * luma->stride + x];
			differing += abs(now - decoded.before[y * WIDTH + x]) > MUCH;
			decoded.before[y * WIDTH + x] = (uint8_t)now;
		}
	}
	if (decoded.n_frames++ > 0 && differing > FEW && decoded.n_changes < CHANGES_MAX) {
		decoded.changes_ms[decoded.n_changes++] = ms;
	}
}

static GstFlowReturn on_picture(GstAppSink *sink, void *user)
{
	GstSample *sample = gst_app_sink_pull_sample(sink);
	GstBuffer *buffer = gst_sample_get_buffer(sample);
	GstMapInfo map;
	struct ep_luma luma;
	(void)user;
	if (gst_buffer_map(buffer, &map, GST_MAP_READ)) {
		if (ep_pipeline_luma(gst_sample_get_caps(sample), &map, &luma) &&
			luma.width == WIDTH && luma.height == HEIGHT) {
			compare(&luma, (int64_t)(GST_BUFFER_PTS(buffer) / GST_MSECOND));
		}
		gst_buffer_unmap(buffer, &map);
	}
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

static void decode(void)
{
	static const char launch[] =
		"filesrc location=" FILE_NAME " ! matroskademux name=demux "
		"demux. ! queue max-size-buffers=0 max-size-time=0 max-size-bytes=0 ! h264parse ! "
		"avdec_h264 ! videoconvert ! video/x-raw,format=I420 ! appsink name=picture "
		"sync=false "
		"demux. ! queue max-size-buffers=0 max-size-time=0 max-size-bytes=0 ! opusdec ! "
		"audioconvert ! audioresample ! "
		"audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved ! "
		"audiobuffersplit output-buffer-duration=1/20 ! appsink name=sound sync=false";
	GstElement *pipeline = ep_pipeline_parse_own_base_time(launch, NULL);
	assert_non_null(pipeline);
	ep_pipeline_on_sample(pipeline, "picture", on_picture, NULL);
	ep_pipeline_on_sample(pipeline, "sound", on_sound, NULL);
	gst_element_set_state(pipeline, GST_STATE_PLAYING);
	GstBus *bus = gst_element_get_bus(pipeline);
	GstMessage *message = gst_bus_timed_pop_filtered(
		bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
	assert_true(message && GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS);
	gst_message_unref(message);
	gst_object_unref(bus);
	ep_pipeline_destroy(pipeline);
}

static int record_and_decode(void **state)
{
	(void)state;
	memset(&decoded, 0, sizeof(decoded));
	record();
	decode();
	if (!getenv("BELL_KEEP")) {
		unlink(FILE_NAME);
	}
	return 0;
}

/* The window in which the next stroke begins, from this one on. */
static size_t find_stroke(size_t from)
{
	for (size_t i = from; i < decoded.n_windows; i++) {
		double before = i > 0 ? decoded.levels[i - 1] : 0;

		if (decoded.levels[i] > 0.08 && decoded.levels[i] > 2 * before) {
			return i;
		}
	}
	return decoded.n_windows;
}

static void three_strokes_are_heard(void **state)
{
	(void)state;
	size_t first = find_stroke(0);
	size_t second = find_stroke(first + 2);
	size_t third = find_stroke(second + 2);
	print_message("strokes at %zu, %zu, %zu ms of %zu\n", first * WINDOW_MS, second * WINDOW_MS,
		third * WINDOW_MS, decoded.n_windows * WINDOW_MS);
	assert_true(first > 0 && third < decoded.n_windows);
	for (size_t i = 0; i < first - 1; i++) {
		assert_true(decoded.levels[i] < 0.005); /* nobody speaks */
	}
	assert_in_range(
		(second - first) * WINDOW_MS, EP_BELL_STROKE_MS - 100, EP_BELL_STROKE_MS + 100);
	assert_in_range(
		(third - second) * WINDOW_MS, EP_BELL_STROKE_MS - 100, EP_BELL_STROKE_MS + 100);
	assert_true(find_stroke(third + 2) == decoded.n_windows);
	assert_true(decoded.levels[first + 2] > 5 * decoded.others[first + 2]);
	size_t over = first + (EP_BELL_MS + 500) / WINDOW_MS;
	assert_true(over < decoded.n_windows && decoded.levels[over] < 0.005);
}

/* 0:05 0:04 0:03 0:02 0:01 0:00, a second each, and then it stands. */
static void the_countdown_moves_once_a_second(void **state)
{
	(void)state;
	assert_true(decoded.n_frames > 60);
	size_t n = 0, moved = 0;
	int64_t last_ms = 0, first_ms = 0;
	for (size_t i = 0; i < decoded.n_changes; i++) {
		int64_t ms = decoded.changes_ms[i];
		print_message("change at %d ms\n", (int)ms);
		if (n > 0 && ms - last_ms < 300) {
			continue; /* the encoder needs a second frame for it */
		}
		moved += n > 0 && ms - last_ms > 700 && ms - last_ms < 1300;
		first_ms = n == 0 ? ms : first_ms;
		last_ms = ms;
		n++;
	}
	assert_in_range(n, 5, 7);
	assert_true(moved >= 4);
	assert_true(last_ms - first_ms < 5800); /* it stands at zero */
}

static void time_left_reads_well(void **state)
{
	static const struct {
		int64_t ms;
		const char *text;
	} cases[] = {{0, "0:00"}, {-5000, "0:00"}, {1, "0:01"}, {1000, "0:01"}, {299001, "5:00"},
		{900000, "15:00"}, {3599001, "1:00:00"}, {5025000, "1:23:45"}};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = ep_caption_countdown(cases[i].ms);
		assert_string_equal(text, cases[i].text);
		g_free(text);
	}
}

static void the_slate_of_a_pause_names_it(void **state)
{
	struct wire_site_desired desired = break_of_a_quarter();
	struct card card;
	(void)state;
	card_of_site(&desired, &card);
	assert_int_equal(card.kind, CARD_PAUSE);
	assert_string_equal(card.fields[CARD_FIELD_ITEM], "Nghỉ giải lao");
	assert_string_equal(card.fields[CARD_FIELD_NOTICE], "Tiếp tục sau · Resumes in");
	card_finish(&card);
	desired.pause.kind = ITEM_KIND_RECEPTION;
	card_of_site(&desired, &card);
	assert_string_equal(card.fields[CARD_FIELD_NOTICE], "Khai mạc sau · Opens in");
	card_finish(&card);
	desired.pause.has_ends = false;
	card_of_site(&desired, &card);
	assert_null(card.fields[CARD_FIELD_NOTICE]);
	card_finish(&card);
}

int main(void)
{
	ep_pipeline_init();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_left_reads_well),
		cmocka_unit_test(the_slate_of_a_pause_names_it),
		cmocka_unit_test_setup(three_strokes_are_heard, record_and_decode),
		cmocka_unit_test(the_countdown_moves_once_a_second),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
