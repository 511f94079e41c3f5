/*
 * The protocol of a link: hello, welcome, pings, farewell. Runs on the program's thread, parcel by
 * parcel; the transport below knows bytes only. States: down -> greeting (hello sent) -> up.
 *
 * A link may be closed inside any of its callbacks, so nothing of it is touched after one.
 */
#include "proto/link/link.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/codec.h"
#include "proto/link/carrier.h"

enum {
	PROTOCOL_VERSION = 1,
	FAREWELL_SIZE = 1280, /* 300 code points of the server */
	OUTBOX_DEFAULT = 1024 * 1024,
	LINKS_DEFAULT = 16,
	PARCELS_A_ROUND = 512, /* then the loop has its turn again */
	ROUND_TRIPS = 8, /* the best of so many gives the offset */
};

enum link_phase {
	LINK_PHASE_UNSET,
	LINK_PHASE_DOWN,
	LINK_PHASE_GREETING,
	LINK_PHASE_UP,
};

struct clock_sample {
	int64_t round_trip_us;
	int64_t at_ms, wall_ms; /* the server's clocks less ours */
};

struct link_hub {
	struct carrier *carrier;
	struct msg_arena arena;
	struct wire_message message; /* the one being delivered */
	struct wire_message own; /* hello and ping on their way out */
	struct link *links;
};

struct link {
	struct link_hub *hub;
	struct link *next;
	struct channel *channel;
	struct wire_hello hello;
	const struct link_events *events;
	void *user;
	enum link_phase phase;
	uint64_t connection;
	enum refusal farewell; /* code of bye or of a refused hello */
	char farewell_text[FAREWELL_SIZE];
	struct clock_sample samples[ROUND_TRIPS];
	size_t n_samples, next_sample;
};

static const struct link_events no_events;

/* ---- clocks ---- */

/* sent_us: when we asked. A welcome was not asked for: the first true sample is better. */
static void sample_clock(struct link *link, int64_t sent_us, struct instant at, struct stamp wall)
{
	int64_t now_us = carrier_now_us();
	bool asked = sent_us != 0;
	int64_t trip_us = asked ? now_us - sent_us : 0;
	int64_t middle_ms = (now_us - trip_us / 2) / 1000;
	link->samples[link->next_sample] =
		(struct clock_sample){.round_trip_us = asked ? trip_us : INT64_MAX,
			.at_ms = at.ms - middle_ms,
			.wall_ms = wall.ms - middle_ms};
	link->next_sample = (link->next_sample + 1) % ROUND_TRIPS;
	if (link->n_samples < ROUND_TRIPS) {
		link->n_samples++;
	}
}

bool link_server_now(const struct link *link, struct now *ret_now, struct span *ret_round_trip)
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
	int64_t now_ms = carrier_now_us() / 1000;
	*ret_now = (struct now){.at = {best->at_ms + now_ms}, .wall = {best->wall_ms + now_ms}};
	if (ret_round_trip) {
		size_t latest = (link->next_sample + ROUND_TRIPS - 1) % ROUND_TRIPS;
		int64_t trip_us = link->samples[latest].round_trip_us;
		ret_round_trip->ms = trip_us == INT64_MAX ? 0 : (trip_us + 500) / 1000;
	}
	return true;
}

/* ---- sending ---- */

static int send_now(struct link *link, const struct wire_message *message)
{
	char *json = NULL;
	size_t size = 0;
	int fault = msg_encode(&msg_wire_message, message, &json, &size);
	if (fault < 0) {
		return fault;
	}
	int result = channel_send(link->channel, link->connection, true, json, size);
	msg_free(json);
	return result;
}

int link_send(struct link *link, const struct wire_message *message)
{
	return link->phase == LINK_PHASE_UP ? send_now(link, message) : LINK_DOWN;
}

int link_send_frame(struct link *link, const uint8_t *bytes, size_t size)
{
	if (link->phase != LINK_PHASE_UP) {
		return LINK_DOWN;
	}
	return channel_send(link->channel, link->connection, false, bytes, size);
}

static void say_hello(struct link *link)
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
		channel_cut(link->channel, link->connection, LINK_LOST);
	}
}

static void ask_time(struct link *link)
{
	link->hub->own =
		(struct wire_message){.type = WIRE_PING, .ping = {.t = (uint64_t)carrier_now_us()}};
	link_send(link, &link->hub->own);
}

/* ---- receiving ---- */

static void keep_farewell(struct link *link, enum refusal code, const char *text)
{
	link->farewell = code;
	snprintf(link->farewell_text, sizeof(link->farewell_text), "%s", text);
}

static void on_greeting(struct link *link, const struct wire_message *message)
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
		keep_farewell(link, message->refused.code, message->refused.text);
		channel_cut(link->channel, link->connection, LINK_REFUSED);
	} else {
		keep_farewell(link, REFUSAL_UNSET, "the server spoke before its welcome");
		channel_cut(link->channel, link->connection, LINK_GARBLED);
	}
}

static void on_conversation(struct link *link, const struct wire_message *message)
{
	if (message->type == WIRE_PONG) {
		sample_clock(link, (int64_t)message->pong.t, message->pong.at, message->pong.wall);
	} else if (link->events->on_message) {
		link->events->on_message(link->user, message);
	}
}

static void on_text(struct link *link, const struct parcel *parcel)
{
	struct link_hub *hub = link->hub;
	struct msg_error error;
	msg_arena_reset(&hub->arena);
	int result = msg_decode(&msg_wire_message, (const char *)parcel->bytes, parcel->size,
		&hub->arena, &hub->message, &error);
	if (result != 0) {
		char text[sizeof(link->farewell_text)];
		snprintf(text, sizeof(text), "%s: %s", result > 0 ? error.path : "",
			result > 0 ? error.text : "out of memory");
		keep_farewell(link, REFUSAL_UNSET, text);
		channel_cut(link->channel, link->connection, LINK_GARBLED);
	} else if (hub->message.type == WIRE_BYE) {
		keep_farewell(link, hub->message.bye.code, hub->message.bye.text);
		channel_cut(link->channel, link->connection, LINK_REFUSED);
	} else if (link->phase == LINK_PHASE_GREETING) {
		on_greeting(link, &hub->message);
	} else {
		on_conversation(link, &hub->message);
	}
}

static void on_closed(struct link *link, const struct parcel *parcel)
{
	char text[sizeof(link->farewell_text)];
	bool told = link->farewell_text[0] != '\0';
	snprintf(
		text, sizeof(text), "%s", told ? link->farewell_text : (const char *)parcel->bytes);
	struct link_notice notice = {
		/* a server that says bye and closes at once may win the race with our cut */
		.reason = link->farewell != REFUSAL_UNSET ? LINK_REFUSED : parcel->reason,
		.code = link->farewell,
		.text = text,
		.verdict = parcel->verdict.place[0] ? &parcel->verdict : NULL,
		.was_up = link->phase == LINK_PHASE_UP,
	};
	link->phase = LINK_PHASE_DOWN;
	link->connection = 0;
	keep_farewell(link, REFUSAL_UNSET, "");
	if (link->events->on_down) {
		link->events->on_down(link->user, &notice);
	}
}

static void deliver(struct link *link, const struct parcel *parcel)
{
	switch (parcel->kind) {
	case PARCEL_OPENED:
		link->phase = LINK_PHASE_GREETING;
		link->connection = parcel->connection;
		say_hello(link);
		return;
	case PARCEL_TEXT:
		on_text(link, parcel);
		return;
	case PARCEL_BINARY:
		if (link->phase == LINK_PHASE_UP && link->events->on_frame) {
			link->events->on_frame(link->user, parcel->bytes, parcel->size);
		}
		return;
	case PARCEL_CLOSED:
		on_closed(link, parcel);
		return;
	case PARCEL_BEAT:
		ask_time(link);
		return;
	case PARCEL_UNSET:
		return;
	}
}

void link_hub_dispatch(struct link_hub *hub)
{
	carrier_quiet(hub->carrier);
	for (int i = 0; i < PARCELS_A_ROUND; i++) {
		struct parcel *parcel = carrier_take(hub->carrier);
		if (!parcel) {
			return;
		}
		deliver(parcel->owner, parcel);
		free(parcel);
	}
	carrier_remind(hub->carrier);
}

/* ---- hub and links ---- */

int link_hub_create(const struct link_hub_config *config, struct link_hub **ret_hub)
{
	struct link_hub *hub = calloc(1, sizeof(*hub));
	if (!hub) {
		return -ENOMEM;
	}
	size_t links_max = config->links_max ? config->links_max : LINKS_DEFAULT;
	int fault = carrier_create(config->ca, links_max, &hub->carrier);
	if (fault < 0) {
		free(hub);
		return fault;
	}
	*ret_hub = hub;
	return 0;
}

void link_hub_destroy(struct link_hub *hub)
{
	if (!hub) {
		return;
	}
	carrier_destroy(hub->carrier);
	while (hub->links) {
		struct link *next = hub->links->next;
		free(hub->links);
		hub->links = next;
	}
	msg_arena_finish(&hub->arena);
	free(hub);
}

int link_hub_fd(const struct link_hub *hub)
{
	return carrier_fd(hub->carrier);
}

static int parse_addresses(const struct link_config *config,
	struct link_address addresses[LINK_ADDRESS_MAX], size_t *ret_count)
{
	size_t count =
		config->n_addresses < LINK_ADDRESS_MAX ? config->n_addresses : LINK_ADDRESS_MAX;
	for (size_t i = 0; i < count; i++) {
		int fault = link_address_parse(config->addresses[i], &addresses[i]);
		if (fault < 0) {
			return fault;
		}
	}
	*ret_count = count;
	return count > 0 ? 0 : -EINVAL;
}

int link_open(struct link_hub *hub, const struct link_config *config, struct link **ret_link)
{
	struct link_address addresses[LINK_ADDRESS_MAX];
	size_t count = 0;
	int fault = parse_addresses(config, addresses, &count);
	if (fault < 0) {
		return fault;
	}
	struct link *link = calloc(1, sizeof(*link));
	if (!link) {
		return -ENOMEM;
	}
	link->hub = hub;
	link->hello = *config->hello;
	link->events = config->events ? config->events : &no_events;
	link->user = config->user;
	link->phase = LINK_PHASE_DOWN;
	fault = channel_open(hub->carrier, addresses, count,
		config->outbox_max ? config->outbox_max : OUTBOX_DEFAULT, link, &link->channel);
	if (fault < 0) {
		free(link);
		return fault;
	}
	link->next = hub->links;
	hub->links = link;
	*ret_link = link;
	return 0;
}

void link_close(struct link *link)
{
	if (!link) {
		return;
	}
	struct link **at = &link->hub->links;
	while (*at != link) {
		at = &(*at)->next;
	}
	*at = link->next;
	channel_close(link->channel);
	free(link);
}

int64_t link_clock_us(void)
{
	return carrier_now_us();
}

bool link_is_up(const struct link *link)
{
	return link->phase == LINK_PHASE_UP;
}

void link_cut(struct link *link)
{
	channel_cut(link->channel, link->connection, LINK_LOST);
}

void link_hold(struct link *link, bool held)
{
	channel_hold(link->channel, held);
}

const char *link_reason_name(enum link_reason reason)
{
	static const char *const names[LINK_REASON_COUNT] = {
		[LINK_REASON_UNSET] = "unset",
		[LINK_UNREACHABLE] = "unreachable",
		[LINK_UNTRUSTED] = "untrusted",
		[LINK_LOST] = "lost",
		[LINK_REFUSED] = "refused",
		[LINK_GARBLED] = "garbled",
		[LINK_SLOW] = "slow",
	};
	return reason >= 0 && reason < LINK_REASON_COUNT ? names[reason] : "unknown";
}
