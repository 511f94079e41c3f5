/* Connects the parts of a running site; its log. */
#include "endpoint/endpoint.h"

#include <errno.h>
#include <glib-unix.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "bounds.h"
#include "endpoint/line_probe.h"
#include "endpoint/media/common/devices.h"
#include "endpoint/panel/panel.h"
#include "endpoint/paper_desk.h"
#include "endpoint/sandbox.h"
#include "proto/client/ws_client.h"
#include "proto/codec/codec.h"
#include "proto/system/language.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"
#include "utf8.h"

enum {
	SHOWN_INSTANCE_SIZE = 9, /* of a relay: eight digits tell them apart */
	TICK_MS = 250, /* level meter and clock of the page */
	TICKS_A_REPORT = 4,
	TICKS_A_PING = 20,
	FILM_LATE_MS = 1500, /* a player that comes later than this goes on where the film is */
};

struct endpoint {
	struct endpoint_config config;
	struct ws_client_hub *hub;
	struct ws_client *link;
	struct ep_media *media;
	struct ep_session session;
	struct line_probe probe;
	struct panel *panel;
	struct paper_desk desk;
	guint hub_watch;
	guint tick;
	unsigned ticks;
	int64_t clock_off_ms;
	bool clock_wrong, certificate_ended, is_permanent;
	int64_t cpu_us; /* CPU time used, and when it was measured */
	int64_t cpu_at_us;
	uint32_t cpu_percent;
	enum tally logged_tally;
	char logged_recording[PATH_MAX];
	bool logged_stop; /* of the recording */
	char reason[ENDPOINT_TEXT_SIZE];
};

static void log_values(
	const struct endpoint *endpoint, enum text_id text, const struct text_value *values)
{
	if (!endpoint->config.quiet) {
		say_fault("diemcau-endpoint", text, values);
	}
}

/* With one value, or none: "". */
static void log_text(
	const struct endpoint *endpoint, enum text_id text, const char *name, const char *value)
{
	log_values(endpoint, text, (const struct text_value[]){{.name = name, .text = value}, {0}});
}

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void take_state(struct endpoint *endpoint, bool begin, struct ep_media_state *state)
{
	bool off = llabs(endpoint->clock_off_ms) > ENDPOINT_CLOCK_OFF_MS;
	ep_media_state(endpoint->media, begin, state);
	if (off && endpoint->session.up && state->n_signs < EP_MEDIA_SIGNS) {
		state->signs[state->n_signs++] = SIGN_CLOCK_OFF;
	}
}

/* ---- to the centre ---- */

static void send_report(struct endpoint *endpoint)
{
	struct wire_message message = {.type = WIRE_SITE_REPORT};
	if (!ws_client_is_up(endpoint->link)) {
		return;
	}
	struct ep_media_state state;
	take_state(endpoint, true, &state);
	ep_session_report(&endpoint->session, &state, &message.site_report);
	message.site_report.has_cpu_percent = true;
	message.site_report.cpu_percent = endpoint->cpu_percent;
	ws_client_send(endpoint->link, &message);
}

static void send_command(struct endpoint *endpoint, const struct wire_command *command)
{
	struct wire_message message = {.type = WIRE_COMMAND, .command = *command};
	ws_client_send(endpoint->link, &message);
}

static void send_ping(struct endpoint *endpoint)
{
	struct wire_message message = {.type = WIRE_PING, .ping = {.t = (uint64_t)now_ms()}};
	ws_client_send(endpoint->link, &message);
}

static void on_thumbnail(void *user, const uint8_t *data, size_t size)
{
	struct endpoint *endpoint = user;
	uint8_t frame[FRAME_MAX];
	if (size < sizeof(frame) && ws_client_is_up(endpoint->link)) {
		frame[0] = WIRE_THUMBNAIL_BYTE;
		memcpy(frame + 1, data, size);
		ws_client_send_frame(endpoint->link, frame, size + 1);
	}
}

static const struct ep_media_events media_events = {.on_thumbnail = on_thumbnail};

/* ---- actions ---- */

static void run_actions(struct endpoint *endpoint, const struct ep_actions *actions);

static void use_relay(struct endpoint *endpoint, const struct wire_relay_access *relay)
{
	char instance[INSTANCE_ID_SIZE];
	memcpy(instance, relay->instance, sizeof(instance));
	char key[MEDIA_KEY_SIZE];
	int r = ep_media_set_relay(endpoint->media, relay, key);
	if (r != 0) {
		log_text(endpoint, TEXT_ENDPOINT_LOG_RELAY_UNUSABLE, "reason", strerror(-r));
		return;
	}
	char shown[SHOWN_INSTANCE_SIZE];
	TEXT_COPY(shown, instance);
	log_values(endpoint, TEXT_ENDPOINT_LOG_RELAY,
		(const struct text_value[]){{.name = "instance", .text = shown},
			{.name = "place",
				.text = relay->n_addresses > 0 ? relay->addresses[0] : "?"},
			{0}});
	struct ep_actions actions;
	ep_session_key(&endpoint->session, instance, key, &actions);
	run_actions(endpoint, &actions);
}

/* A film that begins begins at its beginning, however long the order was on its way. */
static void play_film(struct endpoint *endpoint, const struct wire_film_brief *film)
{
	struct ep_film_wanted wanted = {0};
	if (film) {
		TEXT_COPY(wanted.file, film->file);
		wanted.run = film->run;
		wanted.playing = film->playing;
	}
	if (wanted.playing && film->has_since) {
		int64_t ago_ms =
			ep_session_server_ms(&endpoint->session, now_ms()) - film->since.ms;
		wanted.position_ms = ago_ms > FILM_LATE_MS ? ago_ms : 0;
	}
	ep_media_film(endpoint->media, &wanted);
}

/* Heard of late, as after a lost line, it would only puzzle the hall. */
static void sound_bell(struct endpoint *endpoint, const struct bell_brief *bell)
{
	int64_t ago_ms = ep_session_server_ms(&endpoint->session, now_ms()) - bell->at.ms;
	uint64_t number = bell->bell;
	if (ago_ms < BELL_FRESH_SPAN_MS && ep_media_bell(endpoint->media)) {
		ep_session_sounded(&endpoint->session, number);
	}
}

static void show_countdown(struct endpoint *endpoint)
{
	struct span left;
	if (ep_session_countdown(&endpoint->session, now_ms(), &left)) {
		ep_media_countdown(endpoint->media, left.ms);
	} else {
		ep_media_no_countdown(endpoint->media);
	}
}

static void run_picture_action(struct endpoint *endpoint, const struct ep_action *action)
{
	if (action->kind == EP_ACTION_SCENE) {
		ep_media_scene(endpoint->media, action->scene);
	} else if (action->kind == EP_ACTION_CAPTION) {
		ep_media_caption(endpoint->media, action->caption);
	} else if (action->kind == EP_ACTION_SLATE) {
		ep_media_slate(endpoint->media, action->slate);
	} else if (action->kind == EP_ACTION_FILM) {
		play_film(endpoint, action->film);
	} else if (action->kind == EP_ACTION_BELL) {
		sound_bell(endpoint, action->bell);
	}
}

static void run_action(struct endpoint *endpoint, const struct ep_action *action)
{
	switch (action->kind) {
	case EP_ACTION_RELAY:
		use_relay(endpoint, action->relay);
		break;
	case EP_ACTION_FORGET_RELAY:
		ep_media_clear_relay(endpoint->media);
		break;
	case EP_ACTION_JOIN:
		ep_media_join(endpoint->media, action->slot);
		break;
	case EP_ACTION_LEAVE:
		ep_media_leave(endpoint->media, action->slot);
		break;
	case EP_ACTION_CAMERA:
		ep_media_camera(endpoint->media, action->level);
		break;
	case EP_ACTION_CONTENT:
		ep_media_content(endpoint->media, action->level);
		break;
	case EP_ACTION_VOICE:
		ep_media_voice(endpoint->media, action->voice.open, action->voice.ducked,
			action->voice.locked);
		break;
	case EP_ACTION_SCENE:
	case EP_ACTION_CAPTION:
	case EP_ACTION_SLATE:
	case EP_ACTION_FILM:
	case EP_ACTION_BELL:
		run_picture_action(endpoint, action);
		break;
	case EP_ACTION_COMMAND:
		send_command(endpoint, action->command);
		break;
	case EP_ACTION_REPORT:
		send_report(endpoint);
		break;
	case EP_ACTION_UNSET:
		break;
	}
}

static void run_actions(struct endpoint *endpoint, const struct ep_actions *actions)
{
	for (size_t i = 0; i < actions->n; i++) {
		run_action(endpoint, &actions->list[i]);
	}
}

/* ---- the page ---- */

/* At most NOTE_CHARS characters (UTF-8); the rest is cut off. */
static void copy_note(char note[NOTE_SIZE], const char *text)
{
	text_copy_part(note, NOTE_SIZE, text, utf8_first(text, NOTE_CHARS));
}

static void show_page(struct endpoint *endpoint, const struct ep_media_state *state)
{
	const char *fault = ep_media_fault(endpoint->media);
	if (!endpoint->panel) {
		return;
	}
	struct panel_state page;
	ep_session_panel(&endpoint->session, state, now_ms(), &page);
	page.line_test.sounded = endpoint->probe.sounded || page.line_test.measured;
	fault = fault ? fault : endpoint->session.up ? "" : endpoint->reason;
	page.has_fault = fault[0] != '\0';
	copy_note(page.fault, fault);
	paper_desk_show(&endpoint->desk, &page);
	panel_show(endpoint->panel, &page);
}

static void show_page_now(struct endpoint *endpoint)
{
	struct ep_media_state state;
	take_state(endpoint, false, &state);
	show_page(endpoint, &state);
}

static void on_panel_request(void *user, const struct panel_request *request)
{
	struct endpoint *endpoint = user;
	struct ep_actions actions;
	ep_session_request(&endpoint->session, request, &actions);
	run_actions(endpoint, &actions);
	show_page_now(endpoint);
}

static int on_open_paper(
	void *user, const char *digest, char path[PANEL_PATH_SIZE], char name[DISPLAY_NAME_SIZE])
{
	struct endpoint *endpoint = user;
	return paper_desk_open(&endpoint->desk, digest, path, name);
}

static int on_bring(void *user, struct panel_bring *bring)
{
	struct endpoint *endpoint = user;
	return paper_desk_bring(&endpoint->desk, bring);
}

static int on_brought(void *user, struct panel_bring *bring)
{
	struct endpoint *endpoint = user;
	return paper_desk_brought(&endpoint->desk, bring);
}

static void on_given_up(void *user, struct panel_bring *bring)
{
	(void)user;
	paper_desk_given_up(bring);
}

static const struct panel_events panel_events = {
	.on_request = on_panel_request,
	.on_open = on_open_paper,
	.on_bring = on_bring,
	.on_brought = on_brought,
	.on_given_up = on_given_up,
};

/* ---- from the centre ---- */

static void on_up(void *user, const struct wire_welcome *welcome)
{
	struct endpoint *endpoint = user;
	endpoint->clock_off_ms = g_get_real_time() / 1000 - welcome->wall.ms;
	endpoint->reason[0] = '\0';
	endpoint->clock_wrong = endpoint->certificate_ended = endpoint->is_permanent = false;
	log_text(endpoint,
		welcome->spare ? TEXT_ENDPOINT_LOG_CONNECTED_SPARE : TEXT_ENDPOINT_LOG_CONNECTED,
		"", "");
	struct ep_actions actions;
	ep_session_welcome(&endpoint->session, welcome, now_ms(), &actions);
	run_actions(endpoint, &actions);
	send_ping(endpoint);
}

static void take_desired(struct endpoint *endpoint, const struct wire_site_desired *desired)
{
	struct ep_actions actions;
	ep_session_desired(&endpoint->session, desired, &actions);
	run_actions(endpoint, &actions);
	if (desired->tally != endpoint->logged_tally) {
		endpoint->logged_tally = desired->tally;
		log_text(endpoint, TEXT_ENDPOINT_LOG_TALLY, "tally",
			label_of_tally(desired->tally, endpoint->config.language));
	}
	show_page_now(endpoint);
}

static void on_message(void *user, const struct wire_message *message)
{
	struct endpoint *endpoint = user;
	switch ((int)message->type) {
	case WIRE_SITE_DESIRED:
		take_desired(endpoint, &message->site_desired);
		break;
	case WIRE_REGISTRATION:
		ep_session_registration(&endpoint->session, &message->registration.registration);
		show_page_now(endpoint);
		break;
	case WIRE_ACCEPTED:
		ep_session_accepted(&endpoint->session, &message->accepted);
		show_page_now(endpoint);
		break;
	case WIRE_REFUSED:
		ep_session_refused(&endpoint->session, &message->refused);
		log_text(endpoint, TEXT_ENDPOINT_LOG_REFUSED, "text", message->refused.text);
		show_page_now(endpoint);
		break;
	case WIRE_PONG:
		ep_session_pong(
			&endpoint->session, &message->pong, (int64_t)message->pong.t, now_ms());
		break;
	case WIRE_BYE:
		log_text(endpoint, TEXT_ENDPOINT_LOG_CLOSED, "text", message->bye.text);
		break;
	default:
		break; /* messages of later protocol versions */
	}
}

static void record_cause(struct endpoint *endpoint, const struct ws_client_notice *notice)
{
	enum connect_error error = notice->failure ? notice->failure->error : CONNECT_UNSET;
	endpoint->clock_wrong = error == CONNECT_CERTIFICATE_NOT_YET_VALID;
	endpoint->certificate_ended = error == CONNECT_CERTIFICATE_EXPIRED;
	endpoint->is_permanent = notice->reason == WS_CLIENT_UNTRUSTED ||
				 notice->code == REFUSAL_UNAUTHORISED ||
				 notice->code == REFUSAL_NOT_IN_ROSTER;
}

static void show_out(struct endpoint *endpoint)
{
	struct ep_actions actions;
	ep_session_shown_out(&endpoint->session, &actions);
	run_actions(endpoint, &actions);
}

static void on_down(void *user, const struct ws_client_notice *notice)
{
	struct endpoint *endpoint = user;
	ep_session_down(&endpoint->session);
	if (notice->code == REFUSAL_NOT_IN_ROSTER) {
		show_out(endpoint);
	}
	char sentence[CONNECT_ERROR_TEXT];
	ws_client_notice_sentence(notice, endpoint->config.language, sentence);
	if (notice->was_up || strcmp(endpoint->reason, sentence) != 0) {
		log_text(endpoint, TEXT_ENDPOINT_LOG_NOT_CONNECTED, "reason", sentence);
	}
	TEXT_COPY(endpoint->reason, sentence);
	record_cause(endpoint, notice);
	show_page_now(endpoint);
}

static const struct ws_client_events ws_client_events = {
	.on_up = on_up,
	.on_message = on_message,
	.on_down = on_down,
};

static gboolean on_hub(gint fd, GIOCondition condition, gpointer user)
{
	struct endpoint *endpoint = user;
	(void)fd;
	(void)condition;
	ws_client_hub_dispatch(endpoint->hub);
	return G_SOURCE_CONTINUE;
}

/* ---- time ---- */

static void measure_cpu(struct endpoint *endpoint)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	int64_t used = (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
		       usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
	int64_t at = g_get_monotonic_time();
	if (endpoint->cpu_at_us && at > endpoint->cpu_at_us) {
		endpoint->cpu_percent =
			(uint32_t)((used - endpoint->cpu_us) * 100 / (at - endpoint->cpu_at_us));
	}
	endpoint->cpu_us = used;
	endpoint->cpu_at_us = at;
}

/* Once for each file, and once when it stops. */
static void log_recording(struct endpoint *endpoint)
{
	struct ep_recording recording;
	ep_media_recording(endpoint->media, &recording);
	const char *path = recording.path ? recording.path : "";
	if (!recording.fault && strcmp(path, endpoint->logged_recording) != 0) {
		say_fault("diemcau-endpoint", TEXT_ENDPOINT_RECORDING,
			(const struct text_value[]){{.name = "path", .text = path}, {0}});
		TEXT_COPY(endpoint->logged_recording, path);
	}
	if (recording.fault && !endpoint->logged_stop) {
		say_fault("diemcau-endpoint", TEXT_ENDPOINT_RECORDING_STOPPED,
			(const struct text_value[]){
				{.name = "reason", .text = recording.fault}, {0}});
	}
	endpoint->logged_stop = recording.fault != NULL;
}

/* ---- the line test ---- */

static gpointer play_sound(gpointer user)
{
	(void)user;
	ep_devices_play_tone();
	return NULL;
}

/* Without loudspeakers of our own there is nothing to hear, and no echo to measure. */
static void begin_sound(struct endpoint *endpoint)
{
	bool plays = strcmp(endpoint->config.program, "window") == 0;
	if (plays) {
		g_thread_unref(g_thread_new("sound", play_sound, NULL));
	}
	line_probe_sounded(&endpoint->probe, plays, now_ms());
}

static void watch_line(struct endpoint *endpoint, const struct ep_media_state *state)
{
	struct line_figures figures;
	struct ep_actions actions;
	switch (line_probe_watch(&endpoint->probe, &endpoint->session.desired, state, now_ms())) {
	case LINE_PROBE_SOUND:
		begin_sound(endpoint);
		break;
	case LINE_PROBE_DONE:
		line_probe_figures(&endpoint->probe, state, now_ms(), &figures);
		ep_session_line_report(
			&endpoint->session, &figures, endpoint->clock_off_ms, &actions);
		run_actions(endpoint, &actions);
		break;
	case LINE_PROBE_NOTHING:
		break;
	}
}

static gboolean on_tick(gpointer user)
{
	struct endpoint *endpoint = user;
	endpoint->ticks++;
	struct ep_media_state state;
	take_state(endpoint, false, &state);
	struct ep_actions actions;
	ep_session_measured(&endpoint->session, &state, &actions);
	run_actions(endpoint, &actions);
	watch_line(endpoint, &state);
	paper_desk_tick(&endpoint->desk, &endpoint->session, &actions);
	run_actions(endpoint, &actions);
	show_countdown(endpoint);
	show_page(endpoint, &state);
	if (endpoint->ticks % TICKS_A_REPORT == 0) {
		measure_cpu(endpoint);
		log_recording(endpoint);
		send_report(endpoint);
	}
	if (endpoint->ticks % TICKS_A_PING == 0) {
		send_ping(endpoint);
	}
	return G_SOURCE_CONTINUE;
}

/* ---- start and end ---- */

static int open_media(struct endpoint *endpoint, char fault[ENDPOINT_TEXT_SIZE])
{
	struct ep_media_config config = {
		.camera = endpoint->config.camera,
		.content = endpoint->config.content,
		.voice = endpoint->config.voice,
		.films = endpoint->config.films,
		.program = endpoint->config.program,
		.size = endpoint->config.size,
		.number = (uint16_t)endpoint->config.join->number,
		.label = endpoint->config.join->site,
	};
	char *error = NULL;
	int r = ep_media_create(&config, &media_events, endpoint, &endpoint->media, &error);
	if (r != 0) {
		text_copy(fault, ENDPOINT_TEXT_SIZE, error ? error : strerror(-r));
		free(error);
	}
	return r;
}

static int open_link(struct endpoint *endpoint, char fault[ENDPOINT_TEXT_SIZE])
{
	const struct join *join = endpoint->config.join;
	struct wire_hello hello;
	struct ws_client_hub_config hub = {.ca = join->ca[0] ? join->ca : NULL};
	join_file_hello(join, "diemcau-endpoint " DIEMCAU_VERSION, &hello);
	const char *addresses[WS_CLIENT_ADDRESS_MAX];
	struct ws_client_config link = {.addresses = addresses,
		.n_addresses = join_file_addresses(join, addresses),
		.hello = &hello,
		.events = &ws_client_events,
		.user = endpoint};
	ep_session_init(&endpoint->session, join->site, hello.instance);
	int r = ws_client_hub_create(&hub, &endpoint->hub);
	if (r == 0) {
		endpoint->hub_watch =
			g_unix_fd_add(ws_client_hub_fd(endpoint->hub), G_IO_IN, on_hub, endpoint);
		r = ws_client_open(endpoint->hub, &link, &endpoint->link);
	}
	if (r != 0) {
		snprintf(fault, ENDPOINT_TEXT_SIZE, "the control link cannot start: %s",
			strerror(-r));
	}
	return r;
}

static int open_panel(struct endpoint *endpoint, char fault[ENDPOINT_TEXT_SIZE])
{
	if (endpoint->config.panel_port == ENDPOINT_NO_PANEL) {
		return 0;
	}
	int r = panel_create((unsigned)endpoint->config.panel_port, endpoint->config.loop,
		&panel_events, endpoint, &endpoint->panel);
	if (r != 0) {
		snprintf(fault, ENDPOINT_TEXT_SIZE, "the page cannot be served on port %d: %s",
			endpoint->config.panel_port, strerror(-r));
	}
	return r;
}

static int open_desk(struct endpoint *endpoint, char fault[ENDPOINT_TEXT_SIZE])
{
	const char *folder = endpoint->panel ? endpoint->config.papers : NULL;
	int r = paper_desk_init(&endpoint->desk, endpoint->config.join, folder);
	if (r != 0) {
		snprintf(fault, ENDPOINT_TEXT_SIZE, "documents cannot be kept in %s: %s", folder,
			strerror(-r));
	}
	return r;
}

/* Before any input is received; an older kernel does not prevent taking part. */
static void enter_sandbox(void)
{
	int r = ep_sandbox();
	if (r != 0) {
		fprintf(stderr, "diemcau-endpoint: the decoders are not confined: %s\n",
			strerror(-r));
	}
}

int endpoint_create(const struct endpoint_config *config, struct endpoint **ret_site,
	char fault[ENDPOINT_TEXT_SIZE])
{
	struct endpoint *endpoint = calloc(1, sizeof(*endpoint));
	if (!endpoint) {
		return -ENOMEM;
	}
	endpoint->config = *config;
	int r = open_media(endpoint, fault);
	enter_sandbox();
	r = r == 0 ? open_panel(endpoint, fault) : r;
	r = r == 0 ? open_desk(endpoint, fault) : r;
	r = r == 0 ? open_link(endpoint, fault) : r;
	if (r != 0) {
		endpoint_destroy(endpoint);
		return r;
	}
	endpoint->tick = g_timeout_add(TICK_MS, on_tick, endpoint);
	*ret_site = endpoint;
	return 0;
}

void endpoint_destroy(struct endpoint *endpoint)
{
	if (!endpoint) {
		return;
	}
	if (endpoint->tick) {
		g_source_remove(endpoint->tick);
	}
	if (endpoint->hub_watch) {
		g_source_remove(endpoint->hub_watch);
	}
	ws_client_hub_destroy(endpoint->hub);
	panel_destroy(endpoint->panel);
	paper_desk_finish(&endpoint->desk);
	ep_media_destroy(endpoint->media);
	free(endpoint);
}

const char *endpoint_panel_url(const struct endpoint *endpoint)
{
	return endpoint->panel ? panel_url(endpoint->panel) : NULL;
}

/* Addresses that do not fit are omitted: the list is for people. */
static void list_addresses(const struct wire_relay_access *relay, char text[ENDPOINT_TEXT_SIZE])
{
	size_t used = 0;
	for (size_t i = 0; i < relay->n_addresses && used < ENDPOINT_TEXT_SIZE; i++) {
		used += (size_t)snprintf(text + used, ENDPOINT_TEXT_SIZE - used, "%s%s",
			i ? ", " : "", relay->addresses[i]);
	}
}

void endpoint_send_full_picture(struct endpoint *endpoint)
{
	ep_media_camera(endpoint->media, UPLINK_LEVEL_FULL);
}

void endpoint_health(struct endpoint *endpoint, struct endpoint_health *ret_health)
{
	*ret_health = (struct endpoint_health){
		.connected = endpoint->session.up,
		.spare = endpoint->session.spare,
		.has_desired = endpoint->session.has_desired,
		.has_relay = endpoint->session.desired.has_relay,
		.clock_off_ms = endpoint->clock_off_ms,
		.clock_wrong = endpoint->clock_wrong,
		.certificate_ended = endpoint->certificate_ended,
		.is_permanent = endpoint->is_permanent,
		.round_trip_ms = ep_session_round_trip_ms(&endpoint->session),
		.fault = ep_media_fault(endpoint->media),
	};
	if (ret_health->has_relay) {
		list_addresses(&endpoint->session.desired.relay, ret_health->relay);
	}
	memcpy(ret_health->reason, endpoint->reason, sizeof(ret_health->reason));
	take_state(endpoint, false, &ret_health->media);
}
