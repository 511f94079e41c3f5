/*
 * diemcau-endpoint: a site of the conference.
 *
 *	diemcau-endpoint --join FILE [options]        take part
 *	diemcau-endpoint check --join FILE [options]  try everything, say what is wrong
 *	diemcau-endpoint devices                      list cameras, microphones, loudspeakers
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glib-unix.h>

#include "endpoint/check_command.h"
#include "endpoint/media/common/devices.h"
#include "endpoint/endpoint.h"
#include "proto/media/srtp_key.h"
#include "proto/network/descriptors.h"
#include "proto/system/memory.h"
#include "proto/system/modes.h"
#include "proto/system/printable.h"

enum {
	EXIT_USAGE = 2,
	PORT_MAX = 65535,
};

static char *join_path;
static char *camera;
static char *content;
static char *voice;
static char *program;
static char *size;
static char *panel;
static char *language;
static char **words;

static GOptionEntry entries[] = {
	{"join", 'j', 0, G_OPTION_ARG_FILENAME, &join_path, "Join file of this site", "FILE"},
	{"camera", 0, 0, G_OPTION_ARG_STRING, &camera,
		"auto, none, test, v4l2:DEVICE, file:PATH or rtsp://... (auto)", "SOURCE"},
	{"content", 0, 0, G_OPTION_ARG_STRING, &content,
		"Slides or a laptop, written like --camera (none)", "SOURCE"},
	{"voice", 0, 0, G_OPTION_ARG_STRING, &voice,
		"auto, none, test, pulse:NAME or alsa:NAME (auto)", "SOURCE"},
	{"program", 0, 0, G_OPTION_ARG_STRING, &program, "window, none or file:PATH.mkv (window)",
		"OUTPUT"},
	{"size", 0, 0, G_OPTION_ARG_STRING, &size, "360p15, 720p25 or 1080p25 (720p25)", "SIZE"},
	{"panel", 0, 0, G_OPTION_ARG_STRING, &panel,
		"Port of the site page on loopback, or off (any free one)", "PORT"},
	{"lang", 0, 0, G_OPTION_ARG_STRING, &language, "vi or en (vi)", "LANGUAGE"},
	{G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "[check|devices]"},
	{NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
};

static bool english(void)
{
	return language && strcmp(language, "en") == 0;
}

static void print_device(void *user, enum ep_device_kind kind, const char *name, const char *how)
{
	static const char *const vietnamese[] = {"?", "Camera", "Micro", "Loa"};
	static const char *const in_english[] = {"?", "Camera", "Microphone", "Loudspeaker"};
	unsigned *count = user;
	(*count)++;
	print_line(
		stdout, "%-12s %-28s %s", (english() ? in_english : vietnamese)[kind], how, name);
}

static int list_devices(void)
{
	unsigned count = 0;
	ep_devices_list(print_device, &count);
	if (count == 0) {
		puts(english() ? "No camera, microphone or loudspeaker found."
			       : "Không tìm thấy camera, micro hay loa nào.");
	}
	return 0;
}

static bool read_panel(int *ret_port)
{
	if (!panel) {
		*ret_port = 0;
		return true;
	}
	if (strcmp(panel, "off") == 0) {
		*ret_port = ENDPOINT_NO_PANEL;
		return true;
	}
	char *end;
	unsigned long port = strtoul(panel, &end, 10);
	*ret_port = (int)port;
	return panel[0] && *end == '\0' && port <= PORT_MAX;
}

static gboolean on_signal(gpointer loop)
{
	g_main_loop_quit(loop);
	return G_SOURCE_CONTINUE;
}

static int run(const struct endpoint_config *config)
{
	struct endpoint *endpoint;
	char fault[ENDPOINT_TEXT_SIZE];
	if (endpoint_create(config, &endpoint, fault) != 0) {
		print_line(stderr, "diemcau-endpoint: %s", fault);
		return EXIT_FAILURE;
	}
	if (endpoint_panel_url(endpoint)) {
		printf("%s %s\n",
			english() ? "Site page:" : "Trang điểm cầu:", endpoint_panel_url(endpoint));
		fflush(stdout);
	}
	g_unix_signal_add(SIGINT, on_signal, config->loop);
	g_unix_signal_add(SIGTERM, on_signal, config->loop);
	g_main_loop_run(config->loop);
	endpoint_destroy(endpoint);
	return EXIT_SUCCESS;
}

static int join_conference(bool only_check)
{
	struct join join;
	char fault[JOIN_FILE_FAULT_SIZE];
	struct endpoint_config config = {
		.join = &join,
		.camera = camera ? camera : "auto",
		.content = content ? content : "none",
		.voice = voice ? voice : "auto",
		.program = program ? program : "window",
		.size = size ? size : "720p25",
		.language = english() ? LANGUAGE_EN : LANGUAGE_VI,
	};
	if (!join_path || !read_panel(&config.panel_port)) {
		fputs("diemcau-endpoint: --join FILE is needed, --panel takes a port or off\n",
			stderr);
		return EXIT_USAGE;
	}
	if (join_file_load(join_path, &join, fault) != 0) {
		print_line(stderr, "diemcau-endpoint: %s", fault);
		return EXIT_FAILURE;
	}
	if (join.role != ROLE_SITE) {
		print_line(stderr,
			english() ? "diemcau-endpoint: %s is the relay's join file, not a site's: "
				    "ask "
				    "the centre for the file of this site"
				  : "diemcau-endpoint: %s là tệp của bộ chuyển tiếp (relay), không "
				    "phải "
				    "của điểm cầu: hãy xin trung tâm tệp của điểm cầu này",
			join_path);
		return EXIT_FAILURE;
	}
	if (modes_is_open(join_path)) {
		print_line(stderr,
			english() ? "diemcau-endpoint: others can read or change %s: chmod 600 it"
				  : "diemcau-endpoint: người khác đọc hoặc sửa được %s: hãy chmod "
				    "600 "
				    "tệp này",
			join_path);
	}
	GMainLoop *loop = g_main_loop_new(NULL, FALSE);
	config.loop = loop;
	int status = only_check ? (check_run(&config, english()) ? EXIT_SUCCESS : EXIT_FAILURE)
				: run(&config);
	g_main_loop_unref(loop);
	return status;
}

static int dispatch(void)
{
	if (!words || !words[0]) {
		return join_conference(false);
	}
	if (strcmp(words[0], "check") == 0 && !words[1]) {
		return join_conference(true);
	}
	if (strcmp(words[0], "devices") == 0 && !words[1]) {
		return list_devices();
	}
	print_line(stderr, "diemcau-endpoint: %s?", words[0]);
	return EXIT_USAGE;
}

int main(int argc, char **argv)
{
	GError *error = NULL;
	memory_guard();
	descriptors_raise();
	/* Before GStreamer looks through its plugins: one of them starts the same library, which
	 * bears to be started once. */
	media_start();
	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	GOptionContext *options = g_option_context_new("- take part in a conference as a site");
	g_option_context_add_main_entries(options, entries, NULL);
	/* The options are copied by then; whoever lists processes reads the words themselves. */
	int n_words = argc;
	char **all_words = g_memdup2(argv, (gsize)argc * sizeof(*argv));
	bool parsed = g_option_context_parse(options, &argc, &argv, &error);
	g_option_context_free(options);
	memory_mask_args(n_words, all_words);
	g_free(all_words);
	if (!parsed) {
		print_line(stderr, "diemcau-endpoint: %s", error->message);
		g_error_free(error);
		return EXIT_USAGE;
	}
	return dispatch();
}
