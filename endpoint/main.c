/*
 * diemcau-endpoint: a site of the conference.
 *
 *	diemcau-endpoint --join FILE [options]        take part
 *	diemcau-endpoint check --join FILE [options]  try everything, say what is wrong
 *	diemcau-endpoint devices                      list cameras, microphones, loudspeakers
 */
#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint/check_command.h"
#include "endpoint/endpoint.h"
#include "endpoint/media/common/devices.h"
#include "proto/media/srtp_key.h"
#include "proto/network/descriptors.h"
#include "proto/system/memory.h"
#include "proto/system/modes.h"
#include "proto/system/printable.h"
#include "proto/words/text_fill.h"

enum {
	EXIT_USAGE = 2,
	PORT_MAX = 65535,
	SENTENCE_SIZE = 4608, /* with the path of a file: PATH_MAX and a sentence */
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

static enum language chosen_language(void)
{
	return language && strcmp(language, "en") == 0 ? LANGUAGE_EN : LANGUAGE_VI;
}

static const char *say(enum text_id id)
{
	return text_of(id, chosen_language());
}

/* A complaint about a file, on standard error. */
static void complain(enum text_id id, const char *file)
{
	char sentence[SENTENCE_SIZE];
	text_fill(sentence, sizeof(sentence), id, chosen_language(),
		(const struct text_value[]){{.name = "file", .text = file}, {0}});
	print_line(stderr, "diemcau-endpoint: %s", sentence);
}

static void print_device(void *user, enum ep_device_kind kind, const char *name, const char *how)
{
	static const enum text_id kinds[] = {
		[EP_DEVICE_CAMERA] = TEXT_ENDPOINT_CAMERA,
		[EP_DEVICE_MICROPHONE] = TEXT_ENDPOINT_MICROPHONE,
		[EP_DEVICE_LOUDSPEAKER] = TEXT_ENDPOINT_LOUDSPEAKER,
	};
	unsigned *count = user;
	(*count)++;
	print_line(stdout, "%-12s %-28s %s", say(kinds[kind]), how, name);
}

static int list_devices(void)
{
	unsigned count = 0;
	ep_devices_list(print_device, &count);
	if (count == 0) {
		puts(say(TEXT_ENDPOINT_NO_DEVICE));
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
		char line[SENTENCE_SIZE];
		text_fill(line, sizeof(line), TEXT_ENDPOINT_SITE_PAGE, config->language,
			(const struct text_value[]){
				{.name = "url", .text = endpoint_panel_url(endpoint)}, {0}});
		puts(line);
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
		.language = chosen_language(),
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
		complain(TEXT_ENDPOINT_RELAY_FILE, join_path);
		return EXIT_FAILURE;
	}
	if (modes_is_open(join_path)) {
		complain(TEXT_ENDPOINT_OPEN_FILE, join_path);
	}
	GMainLoop *loop = g_main_loop_new(NULL, FALSE);
	config.loop = loop;
	int status = only_check ? (check_run(&config) ? EXIT_SUCCESS : EXIT_FAILURE) : run(&config);
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
