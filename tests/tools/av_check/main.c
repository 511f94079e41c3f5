/*
 * diemcau-av-check FILE.mkv: one line of JSON for each picture and each 100 ms of sound of a
 * program file, for tests written in Python.
 *
 *	{"ms":1234,"pictures":{"whole":[2,0,123456]}}     place: site, source, clock
 *	{"ms":1240,"voices":[2]}                          sites heard; null if all is silent
 *	{"ms":1405,"dip":true}                            dip of a test voice at a full second
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>

#include "proto/system/cli.h"
#include "tests/tools/av_check/av_check.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void on_frame(void *user, const struct av_check_frame *frame)
{
	const char *comma = "";
	(void)user;
	pthread_mutex_lock(&lock);
	printf("{\"ms\":%" PRId64 ",\"pictures\":{", frame->ms);
	for (int place = 0; place < AV_CHECK_PLACES; place++) {
		const struct ep_stamp *stamp = &frame->stamps[place];
		if (frame->found[place]) {
			printf("%s\"%s\":[%u,%u,%" PRIu32 "]", comma,
				av_check_place_name((enum av_check_place)place),
				(unsigned)stamp->site, (unsigned)stamp->source, stamp->clock);
			comma = ",";
		}
	}
	printf("}}\n");
	pthread_mutex_unlock(&lock);
}

static void on_window(void *user, const struct av_check_window *window)
{
	const char *comma = "";
	(void)user;
	pthread_mutex_lock(&lock);
	printf("{\"ms\":%" PRId64 ",\"voices\":", window->ms);
	if (window->silent) {
		printf("null}\n");
	} else {
		printf("[");
		for (unsigned site = 1; site <= AV_CHECK_SITES; site++) {
			if (window->heard[site]) {
				printf("%s%u", comma, site);
				comma = ",";
			}
		}
		printf("]}\n");
	}
	pthread_mutex_unlock(&lock);
}

static void on_dip(void *user, int64_t ms)
{
	(void)user;
	pthread_mutex_lock(&lock);
	printf("{\"ms\":%" PRId64 ",\"dip\":true}\n", ms);
	pthread_mutex_unlock(&lock);
}

int main(int argc, char **argv)
{
	static const char *file;
	static const struct cli_word words[] = {
		{"FILE", "a program file of diemcau-endpoint, .mkv", &file}, {0}};
	static const struct cli_command commands[] = {
		{.help = "Tell what an endpoint showed and played, a line of JSON each.",
			.words = words},
		{0},
	};
	static const struct cli line = {.program = "diemcau-av-check", .commands = commands};
	struct av_check_reader reader = {
		.on_frame = on_frame, .on_window = on_window, .on_dip = on_dip};
	cli_read(&line, argc, argv);
	return av_check_read(file, &reader) == 0 ? 0 : 1;
}
