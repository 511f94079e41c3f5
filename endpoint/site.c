/* Wiring of a running site, and its log. */
#include "endpoint/site.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <glib-unix.h>

#include "endpoint/confine.h"
#include "endpoint/panel/panel.h"
#include "bounds.h"
#include "proto/codec.h"
#include "proto/link/link.h"
#include "proto/system/printable.h"

enum {
	SITE_LINE_SIZE = 2048, /* of the log; what is longer is cut */
	TICK_MS = 250, /* level meter and clock of the page */
	TICKS_A_REPORT = 4,
	TICKS_A_PING = 20,
	FRAME_THUMBNAIL = 1, /* first byte of a binary message (docs/protocol.md) */
};

struct site {
	struct site_config config;
	struct link_hub *hub;
	struct link *link;
	struct ep_media *media;
	struct ep_session session;
	struct panel *panel;
	guint hub_watch;
	guint tick;
	unsigned ticks;
	int64_t clock_off_ms;
	bool clock_wrong, hopeless;
	int64_t cpu_us; /* used, and when that was looked at */
	int64_t cpu_at_us;
	uint32_t cpu_percent;
	enum tally told_tally;
	char reason[SITE_TEXT_SIZE];
};

static void say(const struct site *site, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void say(const struct site *site, const char *format, ...)
{
	va_list arguments;
	if (site->config.quiet) {
		return;
	}
	char text[SITE_LINE_SIZE];
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	print_line(stderr, "diemcau-endpoint: %s", text);
}

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void take_state(struct site *site, bool begin, struct ep_media_state *state)
{
	bool off = llabs(site->clock_off_ms) > SITE_CLOCK_OFF_MS;
	ep_media_state(site->media, begin, state);
	if (off && site->session.up && state->n_signs < EP_MEDIA_SIGNS) {
		state->signs[state->n_signs++] = SIGN_CLOCK_OFF;
	}
}

/* ---- to the centre ---- */

static void send_report(struct site *site)
{
	struct ep_media_state state;
	struct wire_message message = {.type = WIRE_SITE_REPORT};
	if (!link_is_up(site->link)) {
		return;
	}
	take_state(site, true, &state);
	ep_session_report(&site->session, &state, &message.site_report);
	message.site_report.has_cpu_percent = true;
	message.site_report.cpu_percent = site->cpu_percent;
	link_send(site->link, &message);
}

static void send_command(struct site *site, const struct wire_command *command)
{
	struct wire_message message = {.type = WIRE_COMMAND, .command = *command};
	link_send(site->link, &message);
}

static void send_ping(struct site *site)
{
	struct wire_message message = {.type = WIRE_PING, .ping = {.t = (uint64_t)now_ms()}};
	link_send(site->link, &message);
}

static void on_thumbnail(void *user, const uint8_t *data, size_t size)
{
	struct site *site = user;
	uint8_t frame[FRAME_MAX];
	if (size < sizeof(frame) && link_is_up(site->link)) {
		frame[0] = FRAME_THUMBNAIL;
		memcpy(frame + 1, data, size);
		link_send_frame(site->link, frame, size + 1);
	}
}

static const struct ep_media_events media_events = {.on_thumbnail = on_thumbnail};

/* ---- actions ---- */

static void carry_out(struct site *site, const struct ep_actions *actions);

static void use_relay(struct site *site, const struct wire_relay_access *relay)
{
	char key[MEDIA_KEY_SIZE];
	char instance[INSTANCE_ID_SIZE];
	struct ep_actions actions;
	memcpy(instance, relay->instance, sizeof(instance));
	int r = ep_media_relay(site->media, relay, key);
	if (r != 0) {
		say(site, "the relay cannot be used: %s", strerror(-r));
		return;
	}
	say(site, "relay %.8s at %s", instance, relay->n_addresses > 0 ? relay->addresses[0] : "?");
	ep_session_key(&site->session, instance, key, &actions);
	carry_out(site, &actions);
}

static void act_on_picture(struct site *site, const struct ep_action *action)
{
	if (action->kind == EP_ACTION_SCENE) {
		ep_media_scene(site->media, action->scene);
	} else if (action->kind == EP_ACTION_CAPTION) {
		ep_media_caption(site->media, action->caption);
	} else if (action->kind == EP_ACTION_SLATE) {
		ep_media_slate(site->media, action->slate);
	}
}

static void act(struct site *site, const struct ep_action *action)
{
	switch (action->kind) {
	case EP_ACTION_RELAY:
		use_relay(site, action->relay);
		break;
	case EP_ACTION_FORGET_RELAY:
		ep_media_forget_relay(site->media);
		break;
	case EP_ACTION_JOIN:
		ep_media_join(site->media, action->slot);
		break;
	case EP_ACTION_LEAVE:
		ep_media_leave(site->media, action->slot);
		break;
	case EP_ACTION_CAMERA:
		ep_media_camera(site->media, action->level);
		break;
	case EP_ACTION_CONTENT:
		ep_media_content(site->media, action->level);
		break;
	case EP_ACTION_VOICE:
		ep_media_voice(site->media, action->voice.open, action->voice.ducked,
			action->voice.locked);
		break;
	case EP_ACTION_SCENE:
	case EP_ACTION_CAPTION:
	case EP_ACTION_SLATE:
		act_on_picture(site, action);
		break;
	case EP_ACTION_COMMAND:
		send_command(site, action->command);
		break;
	case EP_ACTION_REPORT:
		send_report(site);
		break;
	case EP_ACTION_UNSET:
		break;
	}
}

static void carry_out(struct site *site, const struct ep_actions *actions)
{
	for (size_t i = 0; i < actions->n; i++) {
		act(site, &actions->list[i]);
	}
}

/* ---- the page ---- */

/* At most NOTE_CHARS characters (UTF-8), the rest is cut. */
static void copy_note(char note[NOTE_SIZE], const char *text)
{
	size_t size = 0, characters = 0;
	while (text[size] && size + 1 < NOTE_SIZE) {
		bool begins = ((unsigned char)text[size] & 0xc0) != 0x80;
		if (begins && characters++ == NOTE_CHARS) {
			break;
		}
		size++;
	}
	memcpy(note, text, size);
	note[size] = '\0';
}

static void show_page(struct site *site, const struct ep_media_state *state)
{
	struct panel_state page;
	const char *fault = ep_media_fault(site->media);
	if (!site->panel) {
		return;
	}
	ep_session_panel(&site->session, state, now_ms(), &page);
	fault = fault ? fault : site->session.up ? "" : site->reason;
	page.has_fault = fault[0] != '\0';
	copy_note(page.fault, fault);
	panel_show(site->panel, &page);
}

static void show_page_now(struct site *site)
{
	struct ep_media_state state;
	take_state(site, false, &state);
	show_page(site, &state);
}

static void on_order(void *user, const struct panel_order *order)
{
	struct site *site = user;
	struct ep_actions actions;
	ep_session_order(&site->session, order, &actions);
	carry_out(site, &actions);
	show_page_now(site);
}

/* ---- from the centre ---- */

static void on_up(void *user, const struct wire_welcome *welcome)
{
	struct site *site = user;
	struct ep_actions actions;
	site->clock_off_ms = g_get_real_time() / 1000 - welcome->wall.ms;
	site->reason[0] = '\0';
	site->clock_wrong = site->hopeless = false;
	say(site, "connected%s", welcome->spare ? " as spare: another instance is on" : "");
	ep_session_welcome(&site->session, welcome, now_ms(), &actions);
	carry_out(site, &actions);
	send_ping(site);
}

static void take_desired(struct site *site, const struct wire_site_desired *desired)
{
	struct ep_actions actions;
	ep_session_desired(&site->session, desired, &actions);
	carry_out(site, &actions);
	if (desired->tally != site->told_tally) {
		site->told_tally = desired->tally;
		say(site, "tally %s", msg_enum_name(&msg_tally, (int)desired->tally));
	}
	show_page_now(site);
}

static void on_message(void *user, const struct wire_message *message)
{
	struct site *site = user;
	switch ((int)message->type) {
	case WIRE_SITE_DESIRED:
		take_desired(site, &message->site_desired);
		break;
	case WIRE_ACCEPTED:
		ep_session_accepted(&site->session, &message->accepted);
		show_page_now(site);
		break;
	case WIRE_REFUSED:
		ep_session_refused(&site->session, &message->refused);
		say(site, "refused: %s", message->refused.text);
		show_page_now(site);
		break;
	case WIRE_PONG:
		ep_session_pong(&site->session, &message->pong, (int64_t)message->pong.t, now_ms());
		break;
	case WIRE_BYE:
		say(site, "the centre says good-bye: %s", message->bye.text);
		break;
	default:
		break; /* what later versions may say to sites */
	}
}

static void note_cause(struct site *site, const struct link_notice *notice)
{
	enum link_trouble trouble = notice->verdict ? notice->verdict->trouble : LINK_TROUBLE_UNSET;
	site->clock_wrong = trouble == LINK_CLOCK_BEHIND || trouble == LINK_CERTIFICATE_OVER;
	site->hopeless = notice->reason == LINK_UNTRUSTED || notice->code == REFUSAL_UNAUTHORISED;
}

static void on_down(void *user, const struct link_notice *notice)
{
	struct site *site = user;
	char sentence[LINK_TROUBLE_TEXT];
	ep_session_down(&site->session);
	link_notice_sentence(notice, site->config.language, sentence);
	if (notice->was_up || strcmp(site->reason, sentence) != 0) {
		say(site, "not connected: %s (%s)", sentence, link_reason_name(notice->reason));
	}
	snprintf(site->reason, sizeof(site->reason), "%s", sentence);
	note_cause(site, notice);
	show_page_now(site);
}

static const struct link_events link_events = {
	.on_up = on_up,
	.on_message = on_message,
	.on_down = on_down,
};

static gboolean on_hub(gint fd, GIOCondition condition, gpointer user)
{
	struct site *site = user;
	(void)fd;
	(void)condition;
	link_hub_dispatch(site->hub);
	return G_SOURCE_CONTINUE;
}

/* ---- time ---- */

static void measure_cpu(struct site *site)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	int64_t used = (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
		       usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
	int64_t at = g_get_monotonic_time();
	if (site->cpu_at_us && at > site->cpu_at_us) {
		site->cpu_percent =
			(uint32_t)((used - site->cpu_us) * 100 / (at - site->cpu_at_us));
	}
	site->cpu_us = used;
	site->cpu_at_us = at;
}

static gboolean on_tick(gpointer user)
{
	struct site *site = user;
	struct ep_media_state state;
	struct ep_actions actions;
	site->ticks++;
	take_state(site, false, &state);
	ep_session_measured(&site->session, &state, &actions);
	carry_out(site, &actions);
	show_page(site, &state);
	if (site->ticks % TICKS_A_REPORT == 0) {
		measure_cpu(site);
		send_report(site);
	}
	if (site->ticks % TICKS_A_PING == 0) {
		send_ping(site);
	}
	return G_SOURCE_CONTINUE;
}

/* ---- life ---- */

static int open_media(struct site *site, char fault[SITE_TEXT_SIZE])
{
	char *error = NULL;
	struct ep_media_config config = {
		.camera = site->config.camera,
		.content = site->config.content,
		.voice = site->config.voice,
		.program = site->config.program,
		.size = site->config.size,
		.number = (uint16_t)site->config.join->number,
		.label = site->config.join->site,
	};
	int r = ep_media_create(&config, &media_events, site, &site->media, &error);
	if (r != 0) {
		snprintf(fault, SITE_TEXT_SIZE, "%s", error ? error : strerror(-r));
		free(error);
	}
	return r;
}

static int open_link(struct site *site, char fault[SITE_TEXT_SIZE])
{
	const struct join *join = site->config.join;
	const char *addresses[LINK_ADDRESS_MAX];
	struct wire_hello hello;
	struct link_hub_config hub = {.ca = join->ca[0] ? join->ca : NULL};
	join_hello(join, "diemcau-endpoint " DIEMCAU_VERSION, &hello);
	struct link_config link = {.addresses = addresses,
		.n_addresses = join_addresses(join, addresses),
		.hello = &hello,
		.events = &link_events,
		.user = site};
	ep_session_init(&site->session, join->site, hello.instance);
	int r = link_hub_create(&hub, &site->hub);
	if (r == 0) {
		site->hub_watch = g_unix_fd_add(link_hub_fd(site->hub), G_IO_IN, on_hub, site);
		r = link_open(site->hub, &link, &site->link);
	}
	if (r != 0) {
		snprintf(fault, SITE_TEXT_SIZE, "the control link cannot start: %s", strerror(-r));
	}
	return r;
}

static int open_panel(struct site *site, char fault[SITE_TEXT_SIZE])
{
	if (site->config.panel_port == SITE_NO_PANEL) {
		return 0;
	}
	int r = panel_create(
		(unsigned)site->config.panel_port, site->config.loop, on_order, site, &site->panel);
	if (r != 0) {
		snprintf(fault, SITE_TEXT_SIZE, "the page cannot be served on port %d: %s",
			site->config.panel_port, strerror(-r));
	}
	return r;
}

/* Before anything comes in; an older kernel is no reason to stay away. */
static void confine_decoders(void)
{
	int r = ep_confine();
	if (r != 0) {
		fprintf(stderr, "diemcau-endpoint: the decoders are not confined: %s\n",
			strerror(-r));
	}
}

int site_create(
	const struct site_config *config, struct site **ret_site, char fault[SITE_TEXT_SIZE])
{
	struct site *site = calloc(1, sizeof(*site));
	if (!site) {
		return -ENOMEM;
	}
	site->config = *config;
	int r = open_media(site, fault);
	confine_decoders();
	r = r == 0 ? open_panel(site, fault) : r;
	r = r == 0 ? open_link(site, fault) : r;
	if (r != 0) {
		site_destroy(site);
		return r;
	}
	site->tick = g_timeout_add(TICK_MS, on_tick, site);
	*ret_site = site;
	return 0;
}

void site_destroy(struct site *site)
{
	if (!site) {
		return;
	}
	if (site->tick) {
		g_source_remove(site->tick);
	}
	if (site->hub_watch) {
		g_source_remove(site->hub_watch);
	}
	link_hub_destroy(site->hub);
	panel_destroy(site->panel);
	ep_media_destroy(site->media);
	free(site);
}

const char *site_panel_url(const struct site *site)
{
	return site->panel ? panel_url(site->panel) : NULL;
}

/* What does not fit is left out: it is for people. */
static void list_addresses(const struct wire_relay_access *relay, char text[SITE_TEXT_SIZE])
{
	size_t used = 0;
	for (size_t i = 0; i < relay->n_addresses && used < SITE_TEXT_SIZE; i++) {
		used += (size_t)snprintf(text + used, SITE_TEXT_SIZE - used, "%s%s", i ? ", " : "",
			relay->addresses[i]);
	}
}

void site_send_full_picture(struct site *site)
{
	ep_media_camera(site->media, UPLINK_LEVEL_FULL);
}

void site_health(struct site *site, struct site_health *ret_health)
{
	*ret_health = (struct site_health){
		.connected = site->session.up,
		.spare = site->session.spare,
		.has_desired = site->session.has_desired,
		.has_relay = site->session.desired.has_relay,
		.clock_off_ms = site->clock_off_ms,
		.clock_wrong = site->clock_wrong,
		.hopeless = site->hopeless,
		.round_trip_ms = ep_session_round_trip_ms(&site->session),
		.fault = ep_media_fault(site->media),
	};
	if (ret_health->has_relay) {
		list_addresses(&site->session.desired.relay, ret_health->relay);
	}
	memcpy(ret_health->reason, site->reason, sizeof(ret_health->reason));
	take_state(site, false, &ret_health->media);
}
