/*
 * The context, and the callbacks of websockets. Thin on purpose: it moves bytes; decisions that
 * need no socket are in peer.c, outbox.c, http.c.
 *
 * permessage-deflate stays off: it holds buffers back, and asserted in this version of the library.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "bounds.h"
#include "coordinator/ws/ws_private.h"
#include "coordinator/ws/ws_writer.h"

enum {
	SEND_BUFFER = 64 * 1024, /* what the kernel may buffer for a stalled reader */
	HANDSHAKE_S = 5,
	HEADERS_ROOM =
		2 * HTTP_HEADERS_MAX, /* beyond it the library closes the connection by itself */
	MESSAGE_ROOM_MIN = 4096,
	RECEIVE_BUFFER = 2048, /* allocated for every connection */
};

/* ---- sending ---- */

/*
 * Everything is sent. The peer may still be sending, and closing with unread bytes resets the
 * connection before the last message arrives: so only our direction is closed, input is read and
 * dropped, and the peer's close (or the timeout of ws_close) ends it. The library's own close
 * handshake aborts at the first data frame it receives.
 */
static void half_close(struct ws_connection *connection)
{
	shutdown(lws_get_socket_fd(connection->wsi), SHUT_WR);
}

static int on_writable(struct ws_connection *connection)
{
	if (connection->write_blocked) {
		connection->write_blocked = false;
		connection->ws->port.lives(connection->ws->user, connection->peer);
	}
	if (!ws_writer_flush(connection)) {
		return -1;
	}
	if (connection->closing && !ws_writer_is_pending(connection)) {
		half_close(connection);
	}
	return 0;
}

int ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct shared_buf *payload)
{
	if (connection->closing) {
		return OUTBOX_DROPPED;
	}
	int r = outbox_push(&connection->outbox, class, key, payload);
	if (r == 0) {
		ws_writer_schedule(connection);
	}
	return r;
}

void ws_ping(struct ws_connection *connection)
{
	connection->ping = true;
	ws_writer_schedule(connection);
}

void ws_close(struct ws_connection *connection, struct shared_buf *bye)
{
	if (connection->closing) {
		return;
	}
	outbox_clear(&connection->outbox);
	if (bye) {
		outbox_push(&connection->outbox, OUTBOX_RELIABLE, 0, bye);
	}
	connection->closing = true;
	ws_writer_cancel(connection);
	lws_set_timeout(connection->wsi, PENDING_TIMEOUT_CLOSE_SEND, (WS_BYE_MS + 999) / 1000);
	lws_callback_on_writable(connection->wsi);
	loop_wake_library(connection->ws);
}

void ws_set_message_max(struct ws_connection *connection, size_t size)
{
	connection->message_max = size;
}

void ws_set_authenticated(struct ws_connection *connection)
{
	ws_preauth_remove(connection->wsi);
}

struct ws_preauth_counts ws_preauth_counts(const struct ws *ws)
{
	return (struct ws_preauth_counts){
		.count = ws->preauth.count, .evicted = ws->preauth.evicted};
}

size_t ws_connections_left(const struct ws *ws)
{
	const struct acceptor *acceptor = &ws->acceptor;

	return acceptor->connections < acceptor->connections_max
		       ? acceptor->connections_max - acceptor->connections
		       : 0;
}

size_t ws_waiting(const struct ws_connection *connection)
{
	return connection->outbox.bytes;
}

uint64_t ws_dropped(const struct ws_connection *connection)
{
	return connection->outbox.dropped;
}

/* ---- receiving ---- */

static bool make_room(struct ws_connection *connection, size_t size)
{
	if (size <= connection->room) {
		return true;
	}
	size_t room = connection->room ? connection->room : (size_t)MESSAGE_ROOM_MIN;
	while (room < size) {
		room *= 2;
	}
	uint8_t *message = realloc(connection->message, room);
	if (!message) {
		return false;
	}
	connection->message = message;
	connection->room = room;
	return true;
}

static void deliver(struct ws_connection *connection, bool binary)
{
	const struct ws_callbacks *port = &connection->ws->port;
	void *user = connection->ws->user;

	if (connection->oversized) {
		port->oversized(user, connection->peer);
	} else if (binary) {
		port->frame(user, connection->peer, connection->message, connection->size);
	} else {
		port->text(user, connection->peer, (const char *)connection->message,
			connection->size);
	}
	connection->oversized = false;
	connection->size = 0;
}

static bool append_fragment(struct ws_connection *connection, const void *bytes, size_t size)
{
	if (!make_room(connection, connection->size + size + 1)) {
		return false;
	}
	if (size > 0) {
		memcpy(connection->message + connection->size, bytes, size);
	}
	connection->size += size;
	return true;
}

static int on_receive(struct ws_connection *connection, const void *bytes, size_t size)
{
	if (connection->closing) {
		return 0;
	}
	connection->oversized =
		connection->oversized || connection->size + size > connection->message_max;
	if (!connection->oversized && !append_fragment(connection, bytes, size)) {
		return -1;
	}
	if (lws_is_final_fragment(connection->wsi) &&
		lws_remaining_packet_payload(connection->wsi) == 0) {
		deliver(connection, lws_frame_is_binary(connection->wsi));
	}
	return 0;
}

/* ---- opening and closing ---- */

static int on_upgrade(struct lws *wsi, struct ws_user_data *slot)
{
	char path[HTTP_PATH_SIZE];

	ws_header(wsi, WSI_TOKEN_GET_URI, path, sizeof(path));
	struct http_caller caller;
	ws_read_caller(wsi, &caller);
	int r = ws_headers_too_long(wsi) ? 431
					 : http_vet_upgrade(path, &caller, &ws_of(wsi)->hosts);
	if (r != 0) {
		return ws_refuse(wsi, r);
	}
	ws_read_session(wsi, caller.secure, slot->visitor.session);
	ws_real_address(wsi, slot->visitor.address);
	return 0;
}

static int on_established(struct lws *wsi, struct ws_user_data *slot)
{
	struct ws *ws = ws_of(wsi);
	int buffer = SEND_BUFFER;

	setsockopt(lws_get_socket_fd(wsi), SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer));
	struct ws_connection *connection = calloc(1, sizeof(*connection));
	if (!connection) {
		return -1;
	}
	connection->ws = ws;
	connection->wsi = wsi;
	connection->peer = ws->port.opened(ws->user, connection, &slot->visitor);
	if (!connection->peer) {
		free(connection);
		return -1;
	}
	slot->connection = connection;
	return 0;
}

static void on_closed(struct ws_user_data *slot)
{
	struct ws_connection *connection = slot->connection;

	if (!connection) {
		return;
	}
	slot->connection = NULL;
	connection->ws->port.closed(connection->ws->user, connection->peer);
	ws_writer_cancel(connection);
	outbox_finish(&connection->outbox);
	free(connection->message);
	free(connection);
}

static int websocket_callback(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
	struct ws_user_data *slot = user;
	/* Only these of the library's many reasons concern a server's websocket. */
	if (reason == LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION) {
		return on_upgrade(wsi, slot);
	}
	if (reason == LWS_CALLBACK_ESTABLISHED) {
		return on_established(wsi, slot);
	}
	if (!slot || !slot->connection) {
		return 0;
	}
	if (reason == LWS_CALLBACK_RECEIVE) {
		return on_receive(slot->connection, in, len);
	}
	if (reason == LWS_CALLBACK_RECEIVE_PONG) {
		struct ws *ws = slot->connection->ws;
		ws->port.lives(ws->user, slot->connection->peer);
	} else if (reason == LWS_CALLBACK_SERVER_WRITEABLE) {
		return on_writable(slot->connection);
	} else if (reason == LWS_CALLBACK_CLOSED) {
		on_closed(slot);
	}
	return 0;
}

/* ---- the context ---- */

/* TLS 1.2 with forward secrecy and authenticated encryption only; all of TLS 1.3 has both. */
static const char ciphers[] = "ECDHE+AESGCM:ECDHE+CHACHA20";

/* Headers of answers that the library sends by itself (to a malformed path). */
static const struct lws_protocol_vhost_options library_headers[] = {
	{&library_headers[1], NULL, "x-content-type-options:", "nosniff"},
	{&library_headers[2], NULL, "x-frame-options:", "DENY"},
	{&library_headers[3], NULL, "referrer-policy:", "no-referrer"},
	{&library_headers[4], NULL, "content-security-policy:", "default-src 'none'"},
	{NULL, NULL, "cache-control:", "no-store"},
};

static const struct lws_protocols protocols[] = {
	{.name = "http",
		.callback = ws_http_callback,
		.per_session_data_size = sizeof(struct ws_user_data)},
	{.name = "diemcau.v1",
		.callback = websocket_callback,
		.per_session_data_size = sizeof(struct ws_user_data),
		.rx_buffer_size = RECEIVE_BUFFER,
		.tx_packet_size = WS_WRITER_MAX},
	{.name = NULL},
};

/* The library's own idle pings have a granularity of seconds; peer.c sends its own. */
static const lws_retry_bo_t no_library_pings = {.secs_since_valid_ping = 0};

/* By default the library offers P-256 only, which costs most clients another round trip. */
static void on_tick(lws_sorted_usec_list_t *timer)
{
	struct ws *ws = lws_container_of(timer, struct ws, tick);

	lws_sul_schedule(ws->context, 0, &ws->tick, on_tick, WS_TICK_MS * LWS_US_PER_MS);
	ws->ticks++;
	ws_preauth_evict(ws);
	ws->port.tick(ws->user);
}

static struct lws_context_creation_info describe(struct ws *ws, const struct ws_config *config)
{
	struct lws_context_creation_info info;

	memset(&info, 0, sizeof(info));
	info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_VALIDATE_UTF8 |
		       LWS_SERVER_OPTION_LIBEV |
		       LWS_SERVER_OPTION_FALLBACK_TO_APPLY_LISTEN_ACCEPT_CONFIG; /* on_raw */
	info.port = CONTEXT_PORT_NO_LISTEN_SERVER; /* acceptor.c */
	info.server_string = "diemcau";
	info.headers = library_headers;
	info.protocols = protocols;
	info.user = ws;
	info.alpn = "http/1.1"; /* no websockets over HTTP/2 */
	info.timeout_secs = HANDSHAKE_S;
	info.max_http_header_data = HEADERS_ROOM;
	info.max_http_header_pool =
		PREAUTH_MAX; /* preauth makes room, so no connection waits for it */
	info.retry_and_idle_policy = &no_library_pings;
	if (config->certificate) {
		info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
		info.ssl_cert_filepath = config->certificate;
		info.ssl_private_key_filepath = config->key;
		info.ssl_cipher_list = ciphers;
		info.ssl_options_set =
			SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1 | SSL_OP_NO_RENEGOTIATION;
	}
	return info;
}

int ws_renew_certificate(struct ws *ws)
{
	return lws_tls_cert_updated(ws->context, ws->certificate, ws->key, NULL, 0, NULL, 0) == 0
		       ? 0
		       : -EIO;
}

int ws_create(const struct ws_config *config, struct ws **ret_ws)
{
	struct ws *ws = calloc(1, sizeof(*ws));

	if (!ws) {
		struct listen_sockets sockets = config->sockets;

		listen_sockets_close(&sockets);
		return -ENOMEM;
	}
	ws->acceptor.sockets = config->sockets;
	ws->port = *config->callbacks;
	ws->user = config->user;
	ws->hosts = config->hosts;
	ws->proxies = config->proxies;
	ws->tls = config->certificate != NULL;
	ws->certificate = config->certificate;
	ws->key = config->key;
	ws->mark = config->mark;
	int made = loop_init(ws);
	if (made < 0) {
		ws_destroy(ws);
		return made;
	}
	warning_listen(ws);
	void *loops[] = {ws->loop.ev};
	struct lws_context_creation_info info = describe(ws, config);
	info.foreign_loops = loops;
	ws->context = lws_create_context(&info);
	ws->vhost = ws->context ? lws_create_vhost(ws->context, &info) : NULL;
	if (!ws->vhost) {
		ws_destroy(ws);
		return -EIO;
	}
	acceptor_init(ws, &config->sockets);
	lws_sul_schedule(ws->context, 0, &ws->tick, on_tick, WS_TICK_MS * LWS_US_PER_MS);
	*ret_ws = ws;
	return 0;
}

void ws_destroy(struct ws *ws)
{
	if (!ws) {
		return;
	}
	acceptor_finish(ws);
	if (ws->context) {
		lws_sul_schedule(ws->context, 0, &ws->tick, NULL, LWS_SET_TIMER_USEC_CANCEL);
		lws_context_destroy(ws->context);
	}
	loop_finish(&ws->loop);
	warning_listen(NULL);
	free(ws);
}
