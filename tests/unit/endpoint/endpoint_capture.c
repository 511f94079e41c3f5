/*
 * One picture source: whatever its pace, nothing is cut in while it lives, and it stands upright; a
 * camera that refuses the password is not asked again and again.
 */
#define _GNU_SOURCE /* memmem */
#include <arpa/inet.h>
#include <glib.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "endpoint/media/capture/capture.h"
#include "endpoint/media/common/pipeline.h"
#include "tests/unit/endpoint/main_loop.h"

enum {
	STEP_MS = 50,
	PATIENCE = 200, /* steps that a busy machine may need to start something */
	REQUEST_SIZE = 4096,
};

static struct ep_capture *capture; /* of the running test: destroyed after it, even if it failed */
static GstSample *latest;
static pthread_mutex_t latest_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_uint delivered;

static void on_sample(void *user, GstSample *sample)
{
	(void)user;
	pthread_mutex_lock(&latest_lock);
	if (latest) {
		gst_sample_unref(latest);
	}
	latest = gst_sample_ref(sample);
	pthread_mutex_unlock(&latest_lock);
	atomic_fetch_add(&delivered, 1);
}

static const struct ep_capture_events events = {.on_sample = on_sample};

static void open_source(struct ep_source source)
{
	struct ep_capture_config config = {
		.medium = EP_MEDIUM_PICTURE,
		.source = source,
		.picture = ep_format_find("360p15")->full,
		.number = 1,
	};
	ep_pipeline_init();
	atomic_store(&delivered, 0);
	capture = ep_capture_create(&config, &events, NULL);
}

static void open_text(const char *text)
{
	struct ep_source source;
	assert_true(ep_source_parse(text, EP_MEDIUM_PICTURE, &source));
	open_source(source);
}

static int finish(void **state)
{
	(void)state;
	ep_capture_destroy(capture);
	capture = NULL;
	if (latest) {
		gst_sample_unref(latest);
		latest = NULL;
	}
	unlink("still.png");
	unlink("film.mkv");
	unlink("phone.mp4");
	return 0;
}

static void make(const char *pipeline)
{
	char *command = g_strdup_printf("gst-launch-1.0 -q %s", pipeline);
	assert_int_equal(system(command), 0);
	g_free(command);
}

static void wait_for_a_picture(void)
{
	for (int i = 0; i < PATIENCE && ep_capture_is_missing(capture); i++) {
		run_for(STEP_MS);
	}
	assert_false(ep_capture_is_missing(capture));
}

/* Never missing, for so long. */
static void stays(unsigned ms)
{
	wait_for_a_picture();
	for (unsigned passed = 0; passed < ms; passed += STEP_MS) {
		run_for(STEP_MS);
		assert_false(ep_capture_is_missing(capture));
	}
}

static void a_still_is_held(void **state)
{
	(void)state;
	make("videotestsrc num-buffers=1 ! video/x-raw,width=320,height=180 ! pngenc ! "
	     "filesink location=still.png");
	open_text("file:still.png");
	stays(4000);
	assert_true(ep_capture_is_still(capture));
	assert_in_range(ep_capture_openings(capture), 1, 3);
	assert_in_range(atomic_load(&delivered), 10, 60);
}

static void a_film_goes_round_without_a_gap(void **state)
{
	(void)state;
	make("videotestsrc num-buffers=15 pattern=ball ! "
	     "video/x-raw,width=320,height=180,framerate=15/1 ! x264enc ! matroskamux ! "
	     "filesink location=film.mkv");
	open_text("file:film.mkv");
	stays(4000);
	assert_false(ep_capture_is_still(capture));
	assert_in_range(ep_capture_openings(capture), 3, 5);
}

static void a_film_that_is_taken_away_is_missing(void **state)
{
	(void)state;
	make("videotestsrc num-buffers=15 ! video/x-raw,width=320,height=180,framerate=15/1 ! "
	     "x264enc ! matroskamux ! filesink location=film.mkv");
	open_text("file:film.mkv");
	wait_for_a_picture();
	unlink("film.mkv");
	for (int i = 0; i < PATIENCE && !ep_capture_is_missing(capture); i++) {
		run_for(STEP_MS);
	}
	assert_true(ep_capture_is_missing(capture));
}

/* As network cameras do at night: a picture in two seconds. */
static void a_slow_camera_is_not_reopened(void **state)
{
	(void)state;
	open_source((struct ep_source){.kind = EP_SOURCE_STREAM,
		.launch = "videotestsrc name=src is-live=true ! "
			  "video/x-raw,width=320,height=180,framerate=1/2"});
	stays(5000);
	assert_int_equal(ep_capture_openings(capture), 1);
}

/* Says in the track's matrix that the film is to be turned by 90 degrees, as a telephone does. */
static void turn(const char *path)
{
	static const uint8_t upright[] = {
		0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0};
	static const uint8_t turned[] = {
		0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0};
	char *film;
	gsize size;
	assert_true(g_file_get_contents(path, &film, &size, NULL));
	char *track = memmem(film, size, "tkhd", 4);
	assert_non_null(track);
	char *matrix = memmem(track, size - (size_t)(track - film), upright, sizeof(upright));
	assert_non_null(matrix);
	memcpy(matrix, turned, sizeof(turned));
	assert_true(g_file_set_contents(path, film, (gssize)size, NULL));
	g_free(film);
}

/* Mean luma of a square of 8 pixels. */
static int luma_at(unsigned x, unsigned y)
{
	struct ep_luma luma;
	GstMapInfo map;
	int sum = 0;
	pthread_mutex_lock(&latest_lock);
	GstBuffer *buffer = gst_sample_get_buffer(latest);
	assert_true(gst_buffer_map(buffer, &map, GST_MAP_READ));
	assert_true(ep_pipeline_luma(gst_sample_get_caps(latest), &map, &luma));
	for (unsigned i = 0; i < 64; i++) {
		sum += luma.pixels[(y + i / 8) * luma.stride + x + i % 8];
	}
	gst_buffer_unmap(buffer, &map);
	pthread_mutex_unlock(&latest_lock);
	return sum / 64;
}

/* Bars that stand side by side in the film lie above each other when it is held upright. */
static void a_film_of_a_telephone_stands_upright(void **state)
{
	(void)state;
	make("videotestsrc num-buffers=30 pattern=smpte75 ! "
	     "video/x-raw,width=320,height=180,framerate=15/1 ! x264enc ! mp4mux ! "
	     "filesink location=phone.mp4");
	turn("phone.mp4");
	open_text("file:phone.mp4");
	wait_for_a_picture();
	run_for(1000);
	assert_in_range(luma_at(60, 180), 0, 40); /* beside the upright picture */
	assert_in_range(luma_at(580, 180), 0, 40);
	int first = luma_at(340, 20), last = luma_at(340, 330);
	print_message("luma above %d, below %d\n", first, last);
	assert_true(abs(first - last) > 60);
}

/* ---- a camera that wants another password ---- */

struct camera {
	int socket;
	atomic_uint tries; /* requests with a password */
	pthread_t thread;
	char address[64];
};

static void answer(struct camera *camera, int connection, const char *request)
{
	const char *number = strstr(request, "CSeq: ");
	bool options = strncmp(request, "OPTIONS", 7) == 0;
	char *text = g_strdup_printf("RTSP/1.0 %s\r\nCSeq: %d\r\n%s\r\n\r\n",
		options ? "200 OK" : "401 Unauthorized", number ? atoi(number + 6) : 0,
		options ? "Public: OPTIONS, DESCRIBE, SETUP, PLAY"
			: "WWW-Authenticate: Basic realm=\"camera\"");
	camera->tries += strstr(request, "Authorization: ") != NULL;
	assert_int_equal(write(connection, text, strlen(text)), (ssize_t)strlen(text));
	g_free(text);
}

static void *serve(void *user)
{
	struct camera *camera = user;
	int connection;
	while ((connection = accept(camera->socket, NULL, NULL)) >= 0) {
		char request[REQUEST_SIZE];
		ssize_t length;
		while ((length = read(connection, request, sizeof(request) - 1)) > 0) {
			request[length] = '\0';
			answer(camera, connection, request);
		}
		close(connection);
	}
	return NULL;
}

static void raise_camera(struct camera *camera)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	camera->socket = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(camera->socket, (struct sockaddr *)&address, size), 0);
	assert_int_equal(listen(camera->socket, 8), 0);
	assert_int_equal(getsockname(camera->socket, (struct sockaddr *)&address, &size), 0);
	snprintf(camera->address, sizeof(camera->address), "rtsp://hall:wrong@127.0.0.1:%u/live",
		ntohs(address.sin_port));
	assert_int_equal(pthread_create(&camera->thread, NULL, serve, camera), 0);
}

/* Cameras lock after five to seven attempts. */
static void a_camera_that_refuses_is_asked_once(void **state)
{
	(void)state;
	struct camera camera = {0};
	raise_camera(&camera);
	open_text(camera.address);
	for (int i = 0; i < PATIENCE && !ep_capture_is_refused(capture); i++) {
		run_for(STEP_MS);
	}
	assert_true(ep_capture_is_refused(capture));
	run_for(5000);
	assert_int_equal(ep_capture_openings(capture), 1);
	assert_int_equal(atomic_load(&camera.tries), 1);
	assert_true(ep_capture_is_missing(capture));
	shutdown(camera.socket, SHUT_RDWR);
	pthread_join(camera.thread, NULL);
	close(camera.socket);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		cmocka_set_test_filter(argv[1]);
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_still_is_held, finish),
		cmocka_unit_test_teardown(a_film_goes_round_without_a_gap, finish),
		cmocka_unit_test_teardown(a_film_that_is_taken_away_is_missing, finish),
		cmocka_unit_test_teardown(a_slow_camera_is_not_reopened, finish),
		cmocka_unit_test_teardown(a_film_of_a_telephone_stands_upright, finish),
		cmocka_unit_test_teardown(a_camera_that_refuses_is_asked_once, finish),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
