#include "coordinator/ws/response_writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	RECORD = 16 * 1024, /* a TLS record; one is written at a time */
	RECORDS_PER_ROUND = 4, /* then other connections are served */
	DRAIN = 16 * 1024,
};

/* ---- the socket ---- */

/* Bytes written; 0: none now; -1: closed. After 0, call it with the same bytes again. */
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

void response_writer_write_now(struct lws *wsi, const char *text, size_t size)
{
	(void)put(wsi, text, size);
}

void response_writer_shutdown(struct lws *wsi)
{
	SSL *ssl = lws_get_ssl(wsi);

	if (ssl) {
		ERR_clear_error();
		SSL_shutdown(ssl);
	}
	shutdown(lws_get_socket_fd(wsi), SHUT_WR);
}

/* The library stops reading; its timeout for a body is cleared too. */
void response_writer_stop_reading(struct lws *wsi)
{
	lws_rx_flow_control(wsi, 0);
	lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0);
}

/* ---- the end ---- */

/* The library closes it, which destroys the owner of the writer. */
static void end(struct response_writer *response_writer)
{
	lws_set_timeout(response_writer->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_SYNC);
}

static void on_timeout(struct ev_loop *ev, ev_timer *timeout, int events)
{
	(void)ev;
	(void)events;
	end(timeout->data);
}

static void set_timeout(struct response_writer *response_writer, double seconds)
{
	ev_now_update(response_writer->ev);
	ev_timer_stop(response_writer->ev, &response_writer->timeout);
	ev_timer_set(&response_writer->timeout, seconds, 0);
	ev_timer_start(response_writer->ev, &response_writer->timeout);
}

static void on_readable(struct ev_loop *ev, ev_io *readable, int events)
{
	struct response_writer *response_writer = readable->data;

	(void)ev;
	(void)events;
	char dropped[DRAIN];
	ssize_t n = recv(
		lws_get_socket_fd(response_writer->wsi), dropped, sizeof(dropped), MSG_DONTWAIT);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		end(response_writer);
	}
}

static void linger(struct response_writer *response_writer)
{
	response_writer_shutdown(response_writer->wsi);
	ev_io_stop(response_writer->ev, &response_writer->writable);
	ev_io_start(response_writer->ev, &response_writer->readable);
	set_timeout(response_writer, RESPONSE_LINGER_S);
}

/* ---- sending ---- */

static size_t size_of(const struct response_writer *response_writer)
{
	return response_writer->head_size +
	       (response_writer->body ? response_writer->body->size : 0);
}

/* The next record: the end of the head and the beginning of the body may share one. */
static size_t next_record(const struct response_writer *response_writer, char record[RECORD])
{
	size_t used = 0, at = response_writer->sent;

	if (at < response_writer->head_size) {
		used = response_writer->head_size - at;
		used = used < RECORD ? used : (size_t)RECORD;
		memcpy(record, response_writer->head + at, used);
		at += used;
	}
	size_t left = size_of(response_writer) - at;
	size_t more = left < RECORD - used ? left : RECORD - used;
	if (more > 0) {
		memcpy(record + used,
			response_writer->body->bytes + (at - response_writer->head_size), more);
	}
	return used + more;
}

/* What has been sent is dropped; nothing is written until the next piece is there. */
static void await_piece(struct response_writer *response_writer)
{
	ev_io_stop(response_writer->ev, &response_writer->writable);
	shared_buf_unref(response_writer->body);
	free(response_writer->head);
	response_writer->body = NULL;
	response_writer->head = NULL;
	response_writer->head_size = response_writer->sent = 0;
	response_writer->source->pull(response_writer->source);
}

static void on_writable(struct ev_loop *ev, ev_io *writable, int events)
{
	struct response_writer *response_writer = writable->data;

	(void)ev;
	(void)events;
	char record[RECORD];
	for (int i = 0; i < RECORDS_PER_ROUND && response_writer->sent < size_of(response_writer);
		i++) {
		ssize_t n = put(response_writer->wsi, record, next_record(response_writer, record));
		if (n < 0) {
			end(response_writer);
			return;
		}
		if (n == 0) {
			return;
		}
		response_writer->sent += (size_t)n;
		set_timeout(response_writer, RESPONSE_STALL_S);
	}
	if (response_writer->sent < size_of(response_writer)) {
		return;
	}
	if (response_writer->left > 0) {
		await_piece(response_writer);
	} else {
		linger(response_writer);
	}
}

/* ---- */

void response_writer_init(
	struct response_writer *response_writer, struct lws *wsi, struct ev_loop *ev)
{
	*response_writer = (struct response_writer){.wsi = wsi, .ev = ev};
	int fd = lws_get_socket_fd(wsi);
	ev_io_init(&response_writer->writable, on_writable, fd, EV_WRITE);
	ev_io_init(&response_writer->readable, on_readable, fd, EV_READ);
	ev_timer_init(&response_writer->timeout, on_timeout, 0, 0);
	response_writer->writable.data = response_writer;
	response_writer->readable.data = response_writer;
	response_writer->timeout.data = response_writer;
}

void response_writer_begin(struct response_writer *response_writer, const char *head,
	size_t head_size, struct shared_buf *body)
{
	response_writer->head = malloc(head_size);
	if (response_writer->head) {
		memcpy(response_writer->head, head, head_size);
		response_writer->head_size = head_size;
		response_writer->body = body ? shared_buf_ref(body) : NULL;
	}
	ev_io_start(response_writer->ev, &response_writer->writable);
	set_timeout(response_writer, RESPONSE_STALL_S);
}

void response_writer_follow(
	struct response_writer *response_writer, struct http_source *source, uint64_t size)
{
	response_writer->source = source;
	response_writer->left = size;
}

void response_writer_feed(struct response_writer *response_writer, struct shared_buf *piece)
{
	if (!piece || piece->size == 0 || piece->size > response_writer->left) {
		shared_buf_unref(piece);
		end(response_writer);
		return;
	}
	response_writer->body = piece;
	response_writer->left -= piece->size;
	ev_io_start(response_writer->ev, &response_writer->writable);
	set_timeout(response_writer, RESPONSE_STALL_S);
}

void response_writer_finish(struct response_writer *response_writer)
{
	if (response_writer->source) {
		response_writer->source->ended(response_writer->source);
	}
	ev_io_stop(response_writer->ev, &response_writer->writable);
	ev_io_stop(response_writer->ev, &response_writer->readable);
	ev_timer_stop(response_writer->ev, &response_writer->timeout);
	shared_buf_unref(response_writer->body);
	free(response_writer->head);
	*response_writer =
		(struct response_writer){.wsi = response_writer->wsi, .ev = response_writer->ev};
}
