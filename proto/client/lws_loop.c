/*
 * The libwebsockets side of the transport: opening, running and closing connections. Everything
 * here runs on the service thread.
 *
 * A channel cycles WAITING -> CONNECTING -> OPEN -> WAITING. However a connection ends, it passes
 * ended() once: libwebsockets reports the end by one of three callbacks, or by returning NULL.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/client/backoff.h"
#include "proto/client/tls_trust.h"
#include "proto/client/ws_thread_private.h"
#include "text_copy.h"

enum {
	PROTOCOL_RX_BUFFER = 16384,
	FD_RESERVE = 32,
	FD_TABLE_BY_ULIMIT = 1024,
	TEXT_MAX = CONNECT_ERROR_TEXT
};

/*
 * The library's own pings are off: it writes them to the buffer in which the answer to a ping of
 * the server may be waiting (lws 4.1.6, rops_issue_keepalive_ws), and a server that also runs
 * libwebsockets takes the corrupted answer for bad UTF-8 and closes. See liveness.h for ours.
 */
static const lws_retry_bo_t no_library_pings = {.secs_since_valid_ping = 0};

static int on_library_event(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t size);

static const struct lws_protocols protocols[] = {
	{.name = "diemcau.v1", .callback = on_library_event, .rx_buffer_size = PROTOCOL_RX_BUFFER},
	{0},
};

static void connect_now(lws_sorted_usec_list_t *timer);

static void after(
	struct channel *channel, lws_sorted_usec_list_t *timer, sul_cb_t callback, uint32_t ms)
{
	lws_sul_schedule(channel->ws_thread->context, 0, timer, callback, (lws_usec_t)ms * 1000);
}

static void cancel_timer(lws_sorted_usec_list_t *timer)
{
	lws_sul_cancel(timer);
}

static bool is_held(struct channel *channel)
{
	pthread_mutex_lock(&channel->ws_thread->mutex);
	bool held = channel->held || channel->closing;
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	return held;
}

static void post_text(struct channel *channel, uint64_t connection, enum ws_client_reason reason,
	const char *text)
{
	struct inbound *inbound = inbound_create(channel, INBOUND_CLOSED, TEXT_MAX);
	if (inbound) {
		inbound->connection = connection;
		inbound->reason = reason;
		inbound->failure = channel->failure;
		inbound->size = (size_t)snprintf((char *)inbound->bytes, TEXT_MAX, "%s", text);
		ws_thread_post(inbound);
	}
}

static void schedule_retry(struct channel *channel)
{
	channel->failures++;
	uint32_t random = 0;
	lws_get_random(channel->ws_thread->context, &random, sizeof(random));
	after(channel, &channel->retry, connect_now,
		ws_client_backoff_ms(channel->failures, random));
}

static uint64_t forget_connection(struct channel *channel)
{
	pthread_mutex_lock(&channel->ws_thread->mutex);
	uint64_t connection = channel->connection;
	channel->connection = 0;
	channel->welcomed = false;
	channel->abort_reason = WS_CLIENT_REASON_UNSET;
	channel_drop_outbox(channel);
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	return connection;
}

/*
 * The reason of a failure that libwebsockets does not report: names and routes are checked at once.
 */
static void guess_error(struct channel *channel)
{
	if (channel->failure.error == CONNECT_UNSET) {
		channel->failure.error =
			server_url_is_literal(&channel->addresses[channel->address])
				? CONNECT_NO_ROUTE
				: CONNECT_NO_SUCH_HOST;
	}
}

static void ended(struct channel *channel, enum ws_client_reason reason, const char *text)
{
	char sentence[CONNECT_ERROR_TEXT];
	if (channel->phase == PHASE_WAITING) {
		return;
	}
	if (channel->phase == PHASE_CONNECTING) {
		guess_error(channel);
		connect_error_sentence(&channel->failure, LANGUAGE_EN, sentence);
		text = sentence;
	}
	channel->phase = PHASE_WAITING;
	if (channel->wsi) {
		lws_set_opaque_user_data(channel->wsi, NULL); /* its last callback comes after the
							       * channel is freed */
		channel->wsi = NULL;
	}
	cancel_timer(&channel->deadline);
	cancel_timer(&channel->tick);
	cancel_timer(&channel->liveness_timer);
	free(channel->arriving);
	channel->arriving = NULL;
	if (channel->why != WS_CLIENT_REASON_UNSET) {
		reason = channel->why;
		channel->why = WS_CLIENT_REASON_UNSET;
	}
	if (atomic_load(&channel->ws_thread->stopping)) {
		return;
	}
	post_text(channel, forget_connection(channel), reason, text);
	if (is_held(channel)) {
		ws_thread_wake(channel); /* to free a closed channel */
		return;
	}
	channel->address = (channel->address + 1) % channel->n_addresses;
	schedule_retry(channel);
}

/* Closes without a close frame; ended() follows from the callback. */
static void abort_connection(struct channel *channel, enum ws_client_reason reason)
{
	if (!channel->wsi) {
		return;
	}
	if (channel->why == WS_CLIENT_REASON_UNSET) {
		channel->why = reason;
	}
	lws_set_timeout(channel->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
}

static void deadline_passed(lws_sorted_usec_list_t *timer)
{
	struct channel *channel = lws_container_of(timer, struct channel, deadline);
	pthread_mutex_lock(&channel->ws_thread->mutex);
	bool welcomed = channel->welcomed; /* the service thread was busy: the request is not
					    * handled yet */
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	if (!welcomed) {
		channel->failure.error =
			channel->failure.error ? channel->failure.error : CONNECT_TIMEOUT;
		abort_connection(channel, WS_CLIENT_UNREACHABLE);
	}
}

static void tick(lws_sorted_usec_list_t *timer)
{
	struct channel *channel = lws_container_of(timer, struct channel, tick);
	struct inbound *inbound = inbound_create(channel, INBOUND_TICK, 0);
	if (inbound) {
		inbound->connection = channel->connections;
		ws_thread_post(inbound);
	}
	after(channel, &channel->tick, tick, WS_THREAD_TICK_MS);
}

static void check_liveness(lws_sorted_usec_list_t *timer)
{
	struct channel *channel = lws_container_of(timer, struct channel, liveness_timer);
	int64_t wait_us = 0;
	enum liveness_step step = liveness_due(&channel->liveness, ws_thread_now_us(), &wait_us);
	if (step == LIVENESS_DEAD) {
		channel->ending = "the server does not respond";
		abort_connection(channel, WS_CLIENT_LOST);
		return;
	}
	if (step == LIVENESS_PING) {
		channel->ping_due = true;
		lws_callback_on_writable(channel->wsi);
	}
	after(channel, &channel->liveness_timer, check_liveness, (uint32_t)(wait_us / 1000) + 1);
}

static void connect_now(lws_sorted_usec_list_t *timer)
{
	struct channel *channel = lws_container_of(timer, struct channel, retry);
	const struct server_url *address = &channel->addresses[channel->address];
	char host[SERVER_URL_HOST_MAX + 16];
	bool colons = strchr(address->host, ':') != NULL;
	snprintf(host, sizeof(host), colons ? "[%s]:%u" : "%s:%u", address->host, address->port);
	struct lws_client_connect_info info = {
		.context = channel->ws_thread->context,
		.vhost = channel->ws_thread->vhost,
		.address = address->host,
		.port = address->port,
		.path = address->path,
		.host = host,
		.ssl_connection = address->tls ? LCCSCF_USE_SSL : 0,
		.protocol = protocols[0].name,
		.local_protocol_name = protocols[0].name,
		.alpn = "http/1.1",
		.pwsi = &channel->wsi,
		.opaque_user_data = channel,
		.retry_and_idle_policy = &no_library_pings,
	};
	channel->phase = PHASE_CONNECTING;
	channel->failure = (struct connect_failure){0};
	TEXT_COPY(channel->failure.address, host);
	after(channel, &channel->deadline, deadline_passed, WS_CLIENT_CONNECT_MAX_MS);
	if (!lws_client_connect_via_info(&info)) {
		ended(channel, WS_CLIENT_UNREACHABLE, "");
	}
}

static void opened(struct channel *channel)
{
	struct ws_thread *ws_thread = channel->ws_thread;
	channel->phase = PHASE_OPEN;
	channel->failure.address[0] = '\0';
	channel->connections++;
	after(channel, &channel->deadline, deadline_passed, WS_CLIENT_CONNECT_MAX_MS);
	channel->ping_due = false;
	channel->ending = "the connection was closed";
	liveness_received(&channel->liveness, ws_thread_now_us());
	after(channel, &channel->liveness_timer, check_liveness, WS_CLIENT_PING_S * 1000);
	pthread_mutex_lock(&ws_thread->mutex);
	channel->connection = channel->connections;
	pthread_mutex_unlock(&ws_thread->mutex);
	struct inbound *inbound = inbound_create(channel, INBOUND_OPENED, 0);
	if (!inbound) {
		abort_connection(channel, WS_CLIENT_LOST);
		return;
	}
	inbound->connection = channel->connections;
	ws_thread_post(inbound);
	after(channel, &channel->tick, tick, WS_THREAD_FIRST_TICK_MS);
}

static void failed(struct channel *channel, const char *in, size_t size)
{
	char message[TEXT_MAX];
	struct connect_failure *failure = &channel->failure;
	snprintf(message, sizeof(message), "%.*s", (int)(in ? size : 0), in ? in : "");
	if (failure->error == CONNECT_UNSET) {
		failure->error = connect_error_of_text(message);
	}
	ended(channel,
		failure->error >= CONNECT_CERTIFICATE_NOT_YET_VALID ? WS_CLIENT_UNTRUSTED
								    : WS_CLIENT_UNREACHABLE,
		message);
}

/* ---- requests of the program ---- */

static void remove_channel(struct channel *channel)
{
	struct channel **at = &channel->ws_thread->channels;
	while (*at != channel) {
		at = &(*at)->next;
	}
	*at = channel->next;
}

/* The channel may be listed again after it was taken off. Mutex held. */
static void remove_pending(struct channel *channel)
{
	struct channel **at = &channel->ws_thread->pending;
	while (*at && *at != channel) {
		at = &(*at)->next_pending;
	}
	if (*at) {
		*at = channel->next_pending;
	}
}

static void handle_close(struct channel *channel)
{
	cancel_timer(&channel->retry);
	if (channel->phase == PHASE_OPEN) {
		/* the outbox goes first, then a close frame; one second is enough for both */
		lws_callback_on_writable(channel->wsi);
		lws_set_timeout(channel->wsi, PENDING_TIMEOUT_USER_OK, 1);
	} else if (channel->phase == PHASE_CONNECTING) {
		abort_connection(channel, WS_CLIENT_LOST);
	} else {
		pthread_mutex_lock(&channel->ws_thread->mutex);
		remove_channel(channel);
		remove_pending(channel);
		pthread_mutex_unlock(&channel->ws_thread->mutex);
		cancel_timer(&channel->deadline);
		channel_free(channel);
	}
}

static void handle_open(
	struct channel *channel, bool held, bool welcomed, enum ws_client_reason abort_reason)
{
	if (welcomed) {
		channel->failures = 0;
		cancel_timer(&channel->deadline);
	}
	if (held || abort_reason != WS_CLIENT_REASON_UNSET) {
		cancel_timer(&channel->retry);
		abort_connection(channel, held ? WS_CLIENT_LOST : abort_reason);
	}
	if (channel->phase == PHASE_OPEN) {
		lws_callback_on_writable(channel->wsi);
	} else if (channel->phase == PHASE_WAITING && !held &&
		   lws_dll2_is_detached(&channel->retry.list)) {
		after(channel, &channel->retry, connect_now, 1);
	}
}

static void handle_requests(struct channel *channel)
{
	pthread_mutex_lock(&channel->ws_thread->mutex);
	bool closing = channel->closing, held = channel->held, welcomed = channel->welcomed;
	enum ws_client_reason abort_reason = channel->abort_reason;
	channel->welcomed = false;
	channel->abort_reason = WS_CLIENT_REASON_UNSET;
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	if (closing) {
		handle_close(channel);
	} else {
		handle_open(channel, held, welcomed, abort_reason);
	}
}

static struct channel *next_pending(struct ws_thread *ws_thread)
{
	pthread_mutex_lock(&ws_thread->mutex);
	struct channel *channel = ws_thread->pending;
	if (channel) {
		ws_thread->pending = channel->next_pending;
		channel->pending = false;
	}
	pthread_mutex_unlock(&ws_thread->mutex);
	return channel;
}

/* The program may add requests meanwhile: one channel is taken off at a time. */
static void handle_all_requests(struct ws_thread *ws_thread)
{
	struct channel *channel = next_pending(ws_thread);
	while (channel) {
		handle_requests(channel);
		channel = next_pending(ws_thread);
	}
}

/* ---- libwebsockets ---- */

static int on_library_event(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t size)
{
	struct channel *channel = wsi ? lws_get_opaque_user_data(wsi) : NULL;
	if (reason == LWS_CALLBACK_EVENT_WAIT_CANCELLED) {
		handle_all_requests(lws_context_user(lws_get_context(wsi)));
		return 0;
	}
	if (!channel) {
		return 0;
	}
	switch ((int)reason) {
	case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION: /* size: the verification
								     * result */
		if (!size &&
			!tls_trust_host_matches(user, channel->addresses[channel->address].host)) {
			connect_error_of_certificate(user, &channel->failure);
		}
		return 0;
	case LWS_CALLBACK_CLIENT_ESTABLISHED:
		opened(channel);
		return 0;
	case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
		failed(channel, in, size);
		return 0;
	case LWS_CALLBACK_CLIENT_RECEIVE:
		return lws_io_received(channel, wsi, in, size);
	case LWS_CALLBACK_CLIENT_RECEIVE_PONG:
		liveness_received(&channel->liveness, ws_thread_now_us());
		return 0;
	case LWS_CALLBACK_CLIENT_WRITEABLE:
		return lws_io_writeable(channel, wsi);
	case LWS_CALLBACK_CLIENT_CLOSED:
	case LWS_CALLBACK_WSI_DESTROY:
		ended(channel, WS_CLIENT_LOST, channel->ending);
		return 0;
	default:
		return 0;
	}
}

int lws_loop_start(struct ws_thread *ws_thread, const char *ca, size_t links_max)
{
	if (ca && !tls_trust_check(ca)) {
		return -EINVAL;
	}
	struct lws_context_creation_info info = {
		.port = CONTEXT_PORT_NO_LISTEN,
		.protocols = protocols,
		.user = ws_thread,
		.gid = (gid_t)-1,
		.uid = (uid_t)-1,
		.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT |
			   LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS |
			   LWS_SERVER_OPTION_EXPLICIT_VHOSTS,
		.fd_limit_per_thread =
			links_max < FD_TABLE_BY_ULIMIT ? (unsigned int)(links_max + FD_RESERVE) : 0,
		.client_ssl_ca_mem = ca,
		.client_ssl_ca_mem_len = ca ? (unsigned int)strlen(ca) : 0,
		.vhost_name = "link",
	};
	lws_set_log_level(0, NULL);
	ws_thread->context = lws_create_context(&info);
	if (!ws_thread->context) {
		return -ENOMEM;
	}
	ws_thread->vhost = lws_create_vhost(ws_thread->context, &info);
	if (!ws_thread->vhost) {
		lws_context_destroy(ws_thread->context);
		return -EINVAL;
	}
	return 0;
}
