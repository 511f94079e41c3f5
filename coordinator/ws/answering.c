#include "coordinator/ws/answering.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	RECORD = 16 * 1024, /* of TLS; one is written at a time */
	RECORDS_PER_ROUND = 4, /* then others get their turn */
	DRAIN = 16 * 1024,
};

/* ---- the socket ---- */

/* Bytes taken; 0: none now; -1: it is over. With the same bytes again after 0. */
static ssize_t put(struct lws *wsi, const char *bytes, size_t size)
{
	SSL *ssl = lws_get_ssl(wsi);
	if (!ssl) {
		ssize_t n = send(lws_get_socket_fd(wsi), bytes, size, MSG_NOSIGNAL);
		return n < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : n;
	}
	ERR_clear_error();
	int n = SSL_write(ssl, bytes, (int)size);
	if (n > 0) {
		return n;
	}
	int error = SSL_get_error(ssl, n);
	return error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_WANT_READ ? 0 : -1;
}

void answering_say(struct lws *wsi, const char *text, size_t size)
{
	(void)put(wsi, text, size);
}

void answering_shut(struct lws *wsi)
{
	SSL *ssl = lws_get_ssl(wsi);
	if (ssl) {
		ERR_clear_error();
		SSL_shutdown(ssl);
	}
	shutdown(lws_get_socket_fd(wsi), SHUT_WR);
}

/* The library stops reading; its own idea of how long a body may take goes with it. */
void answering_deafen(struct lws *wsi)
{
	lws_rx_flow_control(wsi, 0);
	lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0);
}

/* ---- the end ---- */

/* The library closes it, and so takes the owner of this with it. */
static void end(struct answering *answering)
{
	lws_set_timeout(answering->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_SYNC);
}

static void on_patience(struct ev_loop *ev, ev_timer *patience, int events)
{
	(void)ev;
	(void)events;
	end(patience->data);
}

static void be_patient(struct answering *answering, double seconds)
{
	ev_now_update(answering->ev);
	ev_timer_stop(answering->ev, &answering->patience);
	ev_timer_set(&answering->patience, seconds, 0);
	ev_timer_start(answering->ev, &answering->patience);
}

static void on_readable(struct ev_loop *ev, ev_io *readable, int events)
{
	struct answering *answering = readable->data;
	char dropped[DRAIN];
	(void)ev;
	(void)events;
	ssize_t n = recv(lws_get_socket_fd(answering->wsi), dropped, sizeof(dropped), MSG_DONTWAIT);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		end(answering);
	}
}

static void linger(struct answering *answering)
{
	answering_shut(answering->wsi);
	ev_io_stop(answering->ev, &answering->writable);
	ev_io_start(answering->ev, &answering->readable);
	be_patient(answering, ANSWERING_LINGER_S);
}

/* ---- sending ---- */

static size_t size_of(const struct answering *answering)
{
	return answering->head_size + (answering->body ? answering->body->size : 0);
}

/* The next record: the end of the head and the beginning of the body may share one. */
static size_t next_record(const struct answering *answering, char record[RECORD])
{
	size_t used = 0, at = answering->sent;
	if (at < answering->head_size) {
		used = answering->head_size - at;
		used = used < RECORD ? used : (size_t)RECORD;
		memcpy(record, answering->head + at, used);
		at += used;
	}
	size_t left = size_of(answering) - at;
	size_t more = left < RECORD - used ? left : RECORD - used;
	if (more > 0) {
		memcpy(record + used, answering->body->bytes + (at - answering->head_size), more);
	}
	return used + more;
}

static void on_writable(struct ev_loop *ev, ev_io *writable, int events)
{
	struct answering *answering = writable->data;
	char record[RECORD];
	(void)ev;
	(void)events;
	for (int i = 0; i < RECORDS_PER_ROUND && answering->sent < size_of(answering); i++) {
		ssize_t n = put(answering->wsi, record, next_record(answering, record));
		if (n < 0) {
			end(answering);
			return;
		}
		if (n == 0) {
			return;
		}
		answering->sent += (size_t)n;
		be_patient(answering, ANSWERING_STALL_S);
	}
	if (answering->sent == size_of(answering)) {
		linger(answering);
	}
}

/* ---- */

void answering_init(struct answering *answering, struct lws *wsi, struct ev_loop *ev)
{
	*answering = (struct answering){.wsi = wsi, .ev = ev};
	int fd = lws_get_socket_fd(wsi);
	ev_io_init(&answering->writable, on_writable, fd, EV_WRITE);
	ev_io_init(&answering->readable, on_readable, fd, EV_READ);
	ev_timer_init(&answering->patience, on_patience, 0, 0);
	answering->writable.data = answering;
	answering->readable.data = answering;
	answering->patience.data = answering;
}

void answering_begin(
	struct answering *answering, const char *head, size_t head_size, struct payload *body)
{
	answering->head = malloc(head_size);
	if (answering->head) {
		memcpy(answering->head, head, head_size);
		answering->head_size = head_size;
		answering->body = body ? payload_hold(body) : NULL;
	}
	ev_io_start(answering->ev, &answering->writable);
	be_patient(answering, ANSWERING_STALL_S);
}

void answering_finish(struct answering *answering)
{
	ev_io_stop(answering->ev, &answering->writable);
	ev_io_stop(answering->ev, &answering->readable);
	ev_timer_stop(answering->ev, &answering->patience);
	payload_drop(answering->body);
	free(answering->head);
	*answering = (struct answering){.wsi = answering->wsi, .ev = answering->ev};
}
