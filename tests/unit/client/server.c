#include "tests/unit/client/server.h"

#include <libwebsockets.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/codec/codec.h"
#include "wire_msg.h"

enum { QUEUE = 16, OVERFLOW_MESSAGES = 6000, SAID_MAX = 300000 };

struct peer {
	struct peer *next;
	struct lws *wsi;
	char *queue[QUEUE];
	size_t queued;
	unsigned int flood;
	bool greeted, drop, frame_open, ping;
	char *text;
	size_t size;
};

struct server {
	struct lws_context *context;
	pthread_t thread;
	enum server_mood mood;
	int port;
	atomic_bool stopping, frozen, drop;
	atomic_uint texts, good_pongs, bad_pongs;
	atomic_size_t frame_bytes;
	pthread_mutex_t mutex;
	char *text_to_send;
	struct peer *peers;
	struct wire_message message;
};

static void queue_text(struct peer *peer, const char *text)
{
	if (peer->queued < QUEUE) {
		peer->queue[peer->queued++] = strdup(text);
		lws_callback_on_writable(peer->wsi);
	}
}

static void queue_message(struct peer *peer, const struct wire_message *message)
{
	char *json = NULL;
	size_t size = 0;
	if (msg_encode(&msg_wire_message, message, &json, &size) == 0) {
		queue_text(peer, json);
		msg_free(json);
	}
}

static void welcome(struct server *server, struct peer *peer)
{
	struct wire_message message = {.type = WIRE_WELCOME,
		.welcome = {.version = 1,
			.role = server->message.hello.role,
			.at = {5000},
			.wall = {1790000000000},
			.boot = "0123456789abcdef0123456789abcdef"}};
	queue_message(peer, &message);
	peer->greeted = true;
	if (server->mood == SERVER_SAYS_BYE) {
		message = (struct wire_message){.type = WIRE_BYE,
			.bye = {.code = REFUSAL_STOPPING, .text = "closing down"}};
		queue_message(peer, &message);
		peer->drop = true;
	} else if (server->mood == SERVER_GARBLES) {
		queue_text(peer, "{\"type\":\"nonsense\"}");
	} else if (server->mood == SERVER_OVERFLOWS) {
		peer->flood = OVERFLOW_MESSAGES;
	}
	peer->ping = server->mood == SERVER_PINGS;
}

static void on_hello(struct server *server, struct peer *peer)
{
	if (server->mood == SERVER_MUTE) {
		return;
	}
	if (server->mood == SERVER_REFUSES) {
		struct wire_message message = {.type = WIRE_REFUSED,
			.refused = {.code = REFUSAL_UNAUTHORISED, .text = "no such token"}};
		queue_message(peer, &message);
		peer->drop = true;
		return;
	}
	welcome(server, peer);
}

static void on_text(struct server *server, struct peer *peer, const char *text, size_t size)
{
	struct msg_arena arena = {0};
	if (msg_decode(&msg_wire_message, text, size, &arena, &server->message, NULL) == 0) {
		if (server->message.type == WIRE_HELLO) {
			on_hello(server, peer);
		} else if (server->message.type == WIRE_PING) {
			struct wire_message pong = {.type = WIRE_PONG,
				.pong = {.t = server->message.ping.t,
					.at = {7000},
					.wall = {1790000002000}}};
			queue_message(peer, &pong);
		} else {
			server->texts++;
		}
	}
	msg_arena_finish(&arena);
}

static int received(struct server *server, struct peer *peer, const void *in, size_t size)
{
	if (lws_frame_is_binary(peer->wsi)) {
		server->frame_bytes += size;
		return 0;
	}
	peer->text = realloc(peer->text, peer->size + size + 1);
	memcpy(peer->text + peer->size, in, size);
	peer->size += size;
	if (lws_is_final_fragment(peer->wsi) && lws_remaining_packet_payload(peer->wsi) == 0) {
		on_text(server, peer, peer->text, peer->size);
		peer->size = 0;
	}
	return 0;
}

static int write_text(struct peer *peer, const char *text)
{
	size_t size = strlen(text);
	unsigned char *buffer = malloc(LWS_PRE + size);
	memcpy(buffer + LWS_PRE, text, size);
	int written = lws_write(peer->wsi, buffer + LWS_PRE, size, LWS_WRITE_TEXT);
	free(buffer);
	return written < (int)size ? -1 : 0;
}

static const unsigned char ping_payload[] = "ping";

static int write_ping(struct peer *peer)
{
	unsigned char buffer[LWS_PRE + sizeof(ping_payload)];
	memcpy(buffer + LWS_PRE, ping_payload, sizeof(ping_payload));
	lws_callback_on_writable(peer->wsi);
	return lws_write(peer->wsi, buffer + LWS_PRE, sizeof(ping_payload), LWS_WRITE_PING);
}

static void on_pong(struct server *server, const void *in, size_t size)
{
	if (size == sizeof(ping_payload) && memcmp(in, ping_payload, size) == 0) {
		server->good_pongs++;
	} else {
		server->bad_pongs++;
	}
}

static int writeable(struct peer *peer)
{
	if (peer->queued > 0) {
		char *text = peer->queue[0];
		peer->queued--;
		memmove(peer->queue, peer->queue + 1, peer->queued * sizeof(peer->queue[0]));
		int r = write_text(peer, text);
		free(text);
		lws_callback_on_writable(peer->wsi);
		return r;
	}
	if (peer->flood > 0) {
		peer->flood--;
		lws_callback_on_writable(peer->wsi);
		return write_text(peer, "{\"type\":\"passed\",\"seq\":1}");
	}
	if (peer->ping) {
		return write_ping(peer) < 0 ? -1 : 0;
	}
	return peer->drop ? -1 : 0;
}

static void remove_peer(struct server *server, struct peer *peer)
{
	struct peer **at = &server->peers;
	while (*at && *at != peer) {
		at = &(*at)->next;
	}
	if (*at) {
		*at = peer->next;
	}
	while (peer->queued > 0) {
		free(peer->queue[--peer->queued]);
	}
	free(peer->text);
}

static void obey(struct server *server)
{
	bool drop = atomic_exchange(&server->drop, false);
	pthread_mutex_lock(&server->mutex);
	char *text_to_send = server->text_to_send;
	server->text_to_send = NULL;
	pthread_mutex_unlock(&server->mutex);
	for (struct peer *peer = server->peers; peer; peer = peer->next) {
		if (text_to_send && peer->greeted) {
			queue_text(peer, text_to_send);
		}
		peer->drop = peer->drop || drop;
		lws_callback_on_writable(peer->wsi);
	}
	free(text_to_send);
}

static int on_event(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t size)
{
	struct server *server = lws_context_user(lws_get_context(wsi));
	struct peer *peer = user;
	switch ((int)reason) {
	case LWS_CALLBACK_ESTABLISHED:
		*peer = (struct peer){.next = server->peers, .wsi = wsi};
		server->peers = peer;
		return 0;
	case LWS_CALLBACK_CLOSED:
		remove_peer(server, peer);
		return 0;
	case LWS_CALLBACK_RECEIVE:
		return received(server, peer, in, size);
	case LWS_CALLBACK_RECEIVE_PONG:
		on_pong(server, in, size);
		return 0;
	case LWS_CALLBACK_SERVER_WRITEABLE:
		return writeable(peer);
	case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
		obey(server);
		return 0;
	default:
		return 0;
	}
}

static const struct lws_protocols protocols[] = {
	{.name = "diemcau.v1", .callback = on_event, .per_session_data_size = sizeof(struct peer)},
	{0},
};

static void *serve(void *context)
{
	struct server *server = context;
	while (!server->stopping) {
		if (server->frozen) {
			lws_cancel_service(server->context);
			struct timespec nap = {.tv_nsec = 10000000};
			nanosleep(&nap, NULL);
		} else {
			lws_service(server->context, 0);
		}
	}
	return NULL;
}

struct server *server_start(
	int port, const char *certificate, const char *key, enum server_mood mood)
{
	struct server *server = calloc(1, sizeof(*server));
	struct lws_context_creation_info info = {
		.port = port,
		.protocols = protocols,
		.user = server,
		.gid = (gid_t)-1,
		.uid = (uid_t)-1,
		.options = LWS_SERVER_OPTION_VALIDATE_UTF8 |
			   (certificate ? LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT : 0),
		.ssl_cert_filepath = certificate,
		.ssl_private_key_filepath = key,
		.fd_limit_per_thread = 128,
	};
	lws_set_log_level(0, NULL);
	pthread_mutex_init(&server->mutex, NULL);
	server->mood = mood;
	server->context = lws_create_context(&info);
	if (!server->context) {
		abort();
	}
	server->port = lws_get_vhost_listen_port(lws_get_vhost_by_name(server->context, "default"));
	pthread_create(&server->thread, NULL, serve, server);
	return server;
}

void server_stop(struct server *server)
{
	server->stopping = true;
	lws_cancel_service(server->context);
	pthread_join(server->thread, NULL);
	lws_context_destroy(server->context);
	pthread_mutex_destroy(&server->mutex);
	free(server->text_to_send);
	free(server);
}

int server_port(const struct server *server)
{
	return server->port;
}

unsigned int server_texts(const struct server *server)
{
	return server->texts;
}

unsigned int server_good_pongs(const struct server *server)
{
	return server->good_pongs;
}

unsigned int server_bad_pongs(const struct server *server)
{
	return server->bad_pongs;
}

size_t server_frame_bytes(const struct server *server)
{
	return server->frame_bytes;
}

void server_freeze(struct server *server, bool frozen)
{
	server->frozen = frozen;
	lws_cancel_service(server->context);
}

void server_say(struct server *server, const char *text)
{
	pthread_mutex_lock(&server->mutex);
	free(server->text_to_send);
	server->text_to_send = strdup(text);
	pthread_mutex_unlock(&server->mutex);
	lws_cancel_service(server->context);
}

void server_drop_all(struct server *server)
{
	server->drop = true;
	lws_cancel_service(server->context);
}

/* libwebsockets 4.1.6 leaks the TLS client context of a vhost without a CA. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libwebsockets\n";
}

/* Two servers in one process reload the time zone concurrently inside libc. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
	return "race:tzset_internal\n";
}
