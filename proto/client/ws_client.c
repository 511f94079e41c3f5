/*
 * The protocol of a link: hello, welcome, pings, bye. Runs on the program's thread, message by
 * message; the transport below handles bytes only. States: down -> greeting (hello sent) -> up.
 *
 * A link may be closed inside any of its callbacks, so it is not accessed after one.
 */
#include "proto/client/ws_client.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "proto/client/ws_thread.h"
#include "proto/codec/codec.h"
#include "text_copy.h"

enum {
	PROTOCOL_VERSION = 1,
	BYE_TEXT_SIZE = 1280, /* 300 code points from the server */
	OUTBOX_DEFAULT = 1024 * 1024,
	LINKS_DEFAULT = 16,
	INBOUND_PER_ROUND = 512, /* then the event loop continues */
	ROUND_TRIPS = 8, /* the offset comes from the best of these */
};

enum link_phase {
	LINK_PHASE_UNSET,
	LINK_PHASE_DOWN,
	LINK_PHASE_GREETING,
	LINK_PHASE_UP,
};

struct clock_sample {
	int64_t round_trip_us;
	int64_t at_ms, wall_ms; /* the server's clocks minus ours */
};

struct ws_client_hub {
	struct ws_thread *ws_thread;
	struct msg_arena arena;
	struct wire_message message; /* the one being delivered */
	struct wire_message own; /* hello and ping to be sent */
	struct ws_client *links;
};

struct ws_client {
	struct ws_client_hub *hub;
	struct ws_client *next;
	struct channel *channel;
	struct wire_hello hello;
	const struct ws_client_events *events;
	void *user;
	enum link_phase phase;
	uint64_t connection;
	enum refusal bye_code; /* code of bye or of a refused hello */
	char bye_text[BYE_TEXT_SIZE];
	struct clock_sample samples[ROUND_TRIPS];
	size_t n_samples, next_sample;
};

static const struct ws_client_events no_events;

/* ---- clocks ---- */

/* sent_us: time of the request. A welcome answers no request: the first ping sample replaces it. */
static void sample_clock(
	struct ws_client *link, int64_t sent_us, struct instant at, struct stamp wall)
{
	int64_t now_us = ws_thread_now_us();
	bool asked = sent_us != 0;
	int64_t round_trip_us = asked ? now_us - sent_us : 0;
	int64_t middle_ms = (now_us - round_trip_us / 2) / 1000;
	link->samples[link->next_sample] =
		(struct clock_sample){.round_trip_us = asked ? round_trip_us : INT64_MAX,
			.at_ms = at.ms - middle_ms,
			.wall_ms = wall.ms - middle_ms};
	link->next_sample = (link->next_sample + 1) % ROUND_TRIPS;
	if (link->n_samples < ROUND_TRIPS) {
		link->n_samples++;
	}
}

bool ws_client_server_now(
	const struct ws_client *link, struct now *ret_now, struct span *ret_round_trip)
{
	if (link->n_samples == 0) {
		return false;
	}
	const struct clock_sample *best = &link->samples[0];
	for (size_t i = 1; i < link->n_samples; i++) {
		if (link->samples[i].round_trip_us < best->round_trip_us) {
			best = &link->samples[i];
		}
	}
	int64_t now_ms = ws_thread_now_us() / 1000;
	*ret_now = (struct now){.at = {best->at_ms + now_ms}, .wall = {best->wall_ms + now_ms}};
	if (ret_round_trip) {
		size_t latest = (link->next_sample + ROUND_TRIPS - 1) % ROUND_TRIPS;
		int64_t round_trip_us = link->samples[latest].round_trip_us;
		ret_round_trip->ms = round_trip_us == INT64_MAX ? 0 : (round_trip_us + 500) / 1000;
	}
	return true;
}

/* ---- sending ---- */

static int send_now(struct ws_client *link, const struct wire_message *message)
{
	char *json = NULL;
	size_t size = 0;
	int r = msg_encode(&msg_wire_message, message, &json, &size);
	if (r < 0) {
		return r;
	}
	r = channel_send(link->channel, link->connection, true, json, size);
	msg_free(json);
	return r;
}

int ws_client_send(struct ws_client *link, const struct wire_message *message)
{
	return link->phase == LINK_PHASE_UP ? send_now(link, message) : WS_CLIENT_DOWN;
}

int ws_client_send_frame(struct ws_client *link, const uint8_t *bytes, size_t size)
{
	if (link->phase != LINK_PHASE_UP) {
		return WS_CLIENT_DOWN;
	}
	return channel_send(link->channel, link->connection, false, bytes, size);
}

static void send_hello(struct ws_client *link)
{
	struct wire_message *message = &link->hub->own;
	*message = (struct wire_message){.type = WIRE_HELLO, .hello = link->hello};
	if (message->hello.n_versions == 0) {
		message->hello.versions[0] = PROTOCOL_VERSION;
		message->hello.n_versions = 1;
	}
	if (link->events->on_hello) {
		link->events->on_hello(link->user, &message->hello);
	}
	if (send_now(link, message) != 0) {
		channel_abort(link->channel, link->connection, WS_CLIENT_LOST);
	}
}

static void send_ping(struct ws_client *link)
{
	link->hub->own = (struct wire_message){
		.type = WIRE_PING, .ping = {.t = (uint64_t)ws_thread_now_us()}};
	ws_client_send(link, &link->hub->own);
}

/* ---- receiving ---- */

static void set_bye(struct ws_client *link, enum refusal code, const char *text)
{
	link->bye_code = code;
	TEXT_COPY(link->bye_text, text);
}

static void on_greeting(struct ws_client *link, const struct wire_message *message)
{
	if (message->type == WIRE_WELCOME) {
		link->phase = LINK_PHASE_UP;
		link->n_samples = 0;
		link->next_sample = 0;
		sample_clock(link, 0, message->welcome.at, message->welcome.wall);
		channel_welcomed(link->channel, link->connection);
		if (link->events->on_up) {
			link->events->on_up(link->user, &message->welcome);
		}
	} else if (message->type == WIRE_REFUSED) {
		set_bye(link, message->refused.code, message->refused.text);
		channel_abort(link->channel, link->connection, WS_CLIENT_REFUSED);
	} else {
		set_bye(link, REFUSAL_UNSET, "the server sent a message before its welcome");
		channel_abort(link->channel, link->connection, WS_CLIENT_MALFORMED);
	}
}

static void on_message_up(struct ws_client *link, const struct wire_message *message)
{
	if (message->type == WIRE_PONG) {
		sample_clock(link, (int64_t)message->pong.t, message->pong.at, message->pong.wall);
	} else if (link->events->on_message) {
		link->events->on_message(link->user, message);
	}
}

static void on_text(struct ws_client *link, const struct inbound *inbound)
{
	struct ws_client_hub *hub = link->hub;
	msg_arena_reset(&hub->arena);
	struct msg_error error;
	int r = msg_decode(&msg_wire_message, (const char *)inbound->bytes, inbound->size,
		&hub->arena, &hub->message, &error);
	if (r != 0) {
		char text[sizeof(link->bye_text)];
		snprintf(text, sizeof(text), "%s: %s", r > 0 ? error.path : "",
			r > 0 ? error.text : "out of memory");
		set_bye(link, REFUSAL_UNSET, text);
		channel_abort(link->channel, link->connection, WS_CLIENT_MALFORMED);
	} else if (hub->message.type == WIRE_BYE) {
		set_bye(link, hub->message.bye.code, hub->message.bye.text);
		channel_abort(link->channel, link->connection, WS_CLIENT_REFUSED);
	} else if (link->phase == LINK_PHASE_GREETING) {
		on_greeting(link, &hub->message);
	} else {
		on_message_up(link, &hub->message);
	}
}

static void on_closed(struct ws_client *link, const struct inbound *inbound)
{
	char text[sizeof(link->bye_text)];
	bool has_bye = link->bye_text[0] != '\0';
	TEXT_COPY(text, has_bye ? link->bye_text : (const char *)inbound->bytes);
	struct ws_client_notice notice = {
		/*
		 * if a server sends bye and closes at once, its close may arrive before our abort
		 */
		.reason = link->bye_code != REFUSAL_UNSET ? WS_CLIENT_REFUSED : inbound->reason,
		.code = link->bye_code,
		.text = text,
		.failure = inbound->failure.address[0] ? &inbound->failure : NULL,
		.was_up = link->phase == LINK_PHASE_UP,
	};
	link->phase = LINK_PHASE_DOWN;
	link->connection = 0;
	set_bye(link, REFUSAL_UNSET, "");
	if (link->events->on_down) {
		link->events->on_down(link->user, &notice);
	}
}

static void deliver(struct ws_client *link, const struct inbound *inbound)
{
	switch (inbound->kind) {
	case INBOUND_OPENED:
		link->phase = LINK_PHASE_GREETING;
		link->connection = inbound->connection;
		send_hello(link);
		return;
	case INBOUND_TEXT:
		on_text(link, inbound);
		return;
	case INBOUND_BINARY:
		if (link->phase == LINK_PHASE_UP && link->events->on_frame) {
			link->events->on_frame(link->user, inbound->bytes, inbound->size);
		}
		return;
	case INBOUND_CLOSED:
		on_closed(link, inbound);
		return;
	case INBOUND_TICK:
		send_ping(link);
		return;
	case INBOUND_UNSET:
		return;
	}
}

void ws_client_hub_dispatch(struct ws_client_hub *hub)
{
	ws_thread_clear(hub->ws_thread);
	for (int i = 0; i < INBOUND_PER_ROUND; i++) {
		struct inbound *inbound = ws_thread_take(hub->ws_thread);
		if (!inbound) {
			return;
		}
		deliver(inbound->owner, inbound);
		free(inbound);
	}
	ws_thread_signal(hub->ws_thread);
}

/* ---- hub and links ---- */

int ws_client_hub_create(const struct ws_client_hub_config *config, struct ws_client_hub **ret_hub)
{
	struct ws_client_hub *hub = calloc(1, sizeof(*hub));
	if (!hub) {
		return -ENOMEM;
	}
	size_t links_max = config->links_max ? config->links_max : LINKS_DEFAULT;
	int r = ws_thread_create(config->ca, links_max, &hub->ws_thread);
	if (r < 0) {
		free(hub);
		return r;
	}
	*ret_hub = hub;
	return 0;
}

void ws_client_hub_destroy(struct ws_client_hub *hub)
{
	if (!hub) {
		return;
	}
	ws_thread_destroy(hub->ws_thread);
	while (hub->links) {
		struct ws_client *next = hub->links->next;
		free(hub->links);
		hub->links = next;
	}
	msg_arena_finish(&hub->arena);
	free(hub);
}

int ws_client_hub_fd(const struct ws_client_hub *hub)
{
	return ws_thread_fd(hub->ws_thread);
}

static int parse_addresses(const struct ws_client_config *config,
	struct server_url addresses[WS_CLIENT_ADDRESS_MAX], size_t *ret_count)
{
	size_t count = config->n_addresses < WS_CLIENT_ADDRESS_MAX ? config->n_addresses
								   : WS_CLIENT_ADDRESS_MAX;
	for (size_t i = 0; i < count; i++) {
		int r = server_url_parse(config->addresses[i], &addresses[i]);
		if (r < 0) {
			return r;
		}
	}
	*ret_count = count;
	return count > 0 ? 0 : -EINVAL;
}

int ws_client_open(struct ws_client_hub *hub, const struct ws_client_config *config,
	struct ws_client **ret_link)
{
	struct server_url addresses[WS_CLIENT_ADDRESS_MAX];
	size_t count = 0;
	int r = parse_addresses(config, addresses, &count);
	if (r < 0) {
		return r;
	}
	struct ws_client *link = calloc(1, sizeof(*link));
	if (!link) {
		return -ENOMEM;
	}
	link->hub = hub;
	link->hello = *config->hello;
	link->events = config->events ? config->events : &no_events;
	link->user = config->user;
	link->phase = LINK_PHASE_DOWN;
	r = channel_open(hub->ws_thread, addresses, count,
		config->outbox_max ? config->outbox_max : OUTBOX_DEFAULT, link, &link->channel);
	if (r < 0) {
		free(link);
		return r;
	}
	link->next = hub->links;
	hub->links = link;
	*ret_link = link;
	return 0;
}

void ws_client_close(struct ws_client *link)
{
	if (!link) {
		return;
	}
	struct ws_client **at = &link->hub->links;
	while (*at != link) {
		at = &(*at)->next;
	}
	*at = link->next;
	channel_close(link->channel);
	free(link);
}

int64_t ws_client_clock_us(void)
{
	return ws_thread_now_us();
}

bool ws_client_is_up(const struct ws_client *link)
{
	return link->phase == LINK_PHASE_UP;
}

void ws_client_abort(struct ws_client *link)
{
	channel_abort(link->channel, link->connection, WS_CLIENT_LOST);
}

void ws_client_hold(struct ws_client *link, bool held)
{
	channel_hold(link->channel, held);
}

const char *ws_client_reason_name(enum ws_client_reason reason)
{
	static const char *const names[WS_CLIENT_REASON_COUNT] = {
		[WS_CLIENT_REASON_UNSET] = "unset",
		[WS_CLIENT_UNREACHABLE] = "unreachable",
		[WS_CLIENT_UNTRUSTED] = "untrusted",
		[WS_CLIENT_LOST] = "lost",
		[WS_CLIENT_REFUSED] = "refused",
		[WS_CLIENT_MALFORMED] = "garbled",
		[WS_CLIENT_SLOW] = "slow",
	};
	return reason >= 0 && reason < WS_CLIENT_REASON_COUNT ? names[reason] : "unknown";
}
