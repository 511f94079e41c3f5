/*
 * diemcau-endpoint: a site of the conference.
 *
 *	diemcau-endpoint --join FILE [options]        take part
 *	diemcau-endpoint check --join FILE [options]  try everything, say what is wrong
 *	diemcau-endpoint devices                      list cameras, microphones, loudspeakers
 */
#include <errno.h>
#include <glib-unix.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint/check_command.h"
#include "endpoint/endpoint.h"
#include "endpoint/media/common/devices.h"
#include "endpoint/media/endpoint_media.h"
#include "proto/media/srtp_key.h"
#include "proto/network/descriptors.h"
#include "proto/system/cli.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"
#include "proto/system/modes.h"
#include "proto/system/printable.h"

enum {
	PORT_MAX = 65535,
	PORT_DIGITS_MAX = 5,
};

static const char *join_path;
static bool keeps_papers = true;
static struct endpoint_config config = {
	.camera = "auto",
	.content = "none",
	.voice = "auto",
	.program = "window",
	.size = "720p25",
};

/* ---- values ---- */

static int read_camera(const char *text)
{
	config.camera = text;
	return ep_media_takes_picture(text) ? 0 : -EINVAL;
}

static int read_content(const char *text)
{
	config.content = text;
	return ep_media_takes_picture(text) ? 0 : -EINVAL;
}

static int read_voice(const char *text)
{
	config.voice = text;
	return ep_media_takes_voice(text) ? 0 : -EINVAL;
}

/* A player has neither camera nor microphone: what it sends is the film. */
static int read_films(const char *text)
{
	config.films = text;
	config.camera = config.content = config.voice = "none";
	return g_file_test(text, G_FILE_TEST_IS_DIR) ? 0 : -EINVAL;
}

static int read_program(const char *text)
{
	config.program = text;
	return ep_media_takes_program(text) ? 0 : -EINVAL;
}

static int read_size(const char *text)
{
	config.size = text;
	return ep_media_takes_size(text) ? 0 : -EINVAL;
}

static int read_panel(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	if (strcmp(text, "off") == 0) {
		config.panel_port = ENDPOINT_NO_PANEL;
		return 0;
	}
	config.panel_port = atoi(digits <= PORT_DIGITS_MAX ? text : "");
	bool port = digits > 0 && digits <= PORT_DIGITS_MAX && text[digits] == '\0' &&
		    config.panel_port <= PORT_MAX;
	return port ? 0 : -EINVAL;
}

static int read_papers(const char *text)
{
	config.papers = text;
	keeps_papers = strcmp(text, "off") != 0;
	return text[0] != '\0' ? 0 : -EINVAL;
}

/* ---- devices ---- */

static const char *text_in_language(enum text_id id)
{
	return text_of(id, config.language);
}

/* Prints a fault of a file on standard error. */
static void complain(enum text_id id, const char *file)
{
	say_fault("diemcau-endpoint", id,
		(const struct text_value[]){{.name = "file", .text = file}, {0}});
}

static void print_device(void *user, enum ep_device_kind kind, const char *name, const char *option)
{
	static const enum text_id kinds[] = {
		[EP_DEVICE_CAMERA] = TEXT_ENDPOINT_CAMERA,
		[EP_DEVICE_MICROPHONE] = TEXT_ENDPOINT_MICROPHONE,
		[EP_DEVICE_LOUDSPEAKER] = TEXT_ENDPOINT_LOUDSPEAKER,
	};
	unsigned *count = user;
	(*count)++;
	print_line(stdout, "%-12s %-28s %s", text_in_language(kinds[kind]), option, name);
}

static int list_devices(void)
{
	unsigned count = 0;
	ep_devices_list(print_device, &count);
	if (count == 0) {
		puts(text_in_language(TEXT_ENDPOINT_NO_DEVICE));
	}
	return 0;
}

/* ---- taking part ---- */

static gboolean on_signal(gpointer loop)
{
	g_main_loop_quit(loop);
	return G_SOURCE_CONTINUE;
}

static int run(void)
{
	struct endpoint *endpoint;
	char fault[ENDPOINT_TEXT_SIZE];
	/* Before anybody is told of it: who is told may end it at once. */
	g_unix_signal_add(SIGINT, on_signal, config.loop);
	g_unix_signal_add(SIGTERM, on_signal, config.loop);
	if (endpoint_create(&config, &endpoint, fault) != 0) {
		print_line(stderr, "diemcau-endpoint: %s", fault);
		return EXIT_FAILURE;
	}
	if (endpoint_panel_url(endpoint)) {
		say_text(stdout, TEXT_ENDPOINT_SITE_PAGE,
			(const struct text_value[]){
				{.name = "url", .text = endpoint_panel_url(endpoint)}, {0}});
		fflush(stdout);
	}
	g_main_loop_run(config.loop);
	endpoint_destroy(endpoint);
	return EXIT_SUCCESS;
}

static int check(void)
{
	return check_run(&config) ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int read_join(struct join *ret_join)
{
	char fault[JOIN_FILE_FAULT_SIZE];
	int r = join_file_load(join_path, ret_join, fault);
	if (r < 0) {
		print_line(stderr, "diemcau-endpoint: %s", fault);
		return r;
	}
	if (ret_join->role != ROLE_SITE) {
		complain(TEXT_ENDPOINT_RELAY_FILE, join_path);
		return -EINVAL;
	}
	if (modes_is_open(join_path)) {
		complain(TEXT_ENDPOINT_OPEN_FILE, join_path);
	}
	return 0;
}

/* A service has a folder of its own; a person has a home. Made when there is something to keep. */
static void choose_papers(const struct join *join)
{
	static char folder[PATH_MAX];
	const char *state = getenv("STATE_DIRECTORY");
	if (!keeps_papers) {
		config.papers = NULL;
	} else if (!config.papers && state) {
		snprintf(folder, sizeof(folder), "%s/papers", state);
		config.papers = folder;
	} else if (!config.papers) {
		snprintf(
			folder, sizeof(folder), "%s/diemcau/%s", g_get_user_data_dir(), join->site);
		config.papers = folder;
	}
}

static int with_join(int (*what)(void))
{
	static struct join join;
	if (read_join(&join) < 0) {
		return EXIT_FAILURE;
	}
	config.join = &join;
	choose_papers(&join);
	config.loop = g_main_loop_new(NULL, FALSE);
	int status = what();
	g_main_loop_unref(config.loop);
	return status;
}

static int do_take_part(void)
{
	return with_join(run);
}

static int do_check(void)
{
	return with_join(check);
}

/* ---- tables ---- */

static const struct cli_option known[] = {
	{.name = "join",
		.letter = 'j',
		.needed = true,
		.value = "FILE",
		.help = "the join file of this site",
		.text = &join_path},
	{.name = "camera",
		.value = "SOURCE",
		.help = "auto, none, test, v4l2:DEVICE, file:PATH or rtsp://... (default auto)",
		.read = read_camera,
		.wants = "auto, none, test, v4l2:/dev/video0, file:PATH or rtsp://..."},
	{.name = "content",
		.value = "SOURCE",
		.help = "slides or a laptop, written like --camera (default none)",
		.read = read_content,
		.wants = "auto, none, test, v4l2:/dev/video0, file:PATH or rtsp://..."},
	{.name = "voice",
		.value = "SOURCE",
		.help = "auto, none, test, pulse:NAME or alsa:NAME (default auto)",
		.read = read_voice,
		.wants = "auto, none, test, pulse:NAME or alsa:NAME"},
	{.name = "films",
		.value = "FOLDER",
		.help = "be a player: play the films of this folder, without camera and voice",
		.read = read_films,
		.wants = "a folder"},
	{.name = "program",
		.value = "OUTPUT",
		.help = "window, none or file:PATH.mkv (default window)",
		.read = read_program,
		.wants = "window, none or file:PATH.mkv"},
	{.name = "size",
		.value = "SIZE",
		.help = "360p15, 720p25 or 1080p25 (default 720p25)",
		.read = read_size,
		.wants = "360p15, 720p25 or 1080p25"},
	{.name = "papers",
		.value = "FOLDER",
		.help = "where documents of the centre and for it are kept, or off (default at "
			"home)",
		.read = read_papers,
		.wants = "a folder, or off"},
	{.name = "panel",
		.value = "PORT",
		.help = "port of the site page on loopback, or off (default any free one)",
		.read = read_panel,
		.wants = "a port from 0 to 65535, or off"},
	{0},
};

static const struct cli_command commands[] = {
	{NULL, "Take part in a conference as a site.", NULL, known, do_take_part},
	{"check", "Try everything a site needs, say in a sentence each what is wrong", NULL, known,
		do_check},
	{"devices", "List cameras, microphones and loudspeakers", NULL, NULL, list_devices},
	{0},
};

/* Values point into a copy: the process list shows the original words, which are masked. */
int main(int argc, char **argv)
{
	static const struct cli line = {.program = "diemcau-endpoint", .commands = commands};
	static char **words;
	memory_guard();
	descriptors_raise();
	words = g_strdupv(argv);
	memory_mask_args(argc, argv);
	const struct cli_command *command = cli_read(&line, argc, words);
	config.language = language_now();
	/*
	 * Before GStreamer loads its plugins: one of them starts the same library, which tolerates
	 * only one start.
	 */
	media_start();
	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	return command->run();
}
