/*
 * Frames are built here, not by lws_write: the library would send each message in its own write.
 * Framed bytes pass through it as LWS_WRITE_HTTP, which a websocket sends unchanged. The library
 * buffers what the socket does not take, and waits for the socket to be writable; until then it
 * gets no more.
 */
#include "coordinator/ws/ws_writer.h"

#include <string.h>

#include "coordinator/ws/ws_private.h"

enum {
	FINAL = 0x80,
	CONTINUATION = 0,
	TEXT = 1,
	BINARY = 2,
	PING = 9,
	SHORT_MAX = 125,
	SIZE_FOLLOWS = 126,
};

_Static_assert(OUTBOX_FRAGMENT <= UINT16_MAX, "a fragment's size takes two bytes");

/* ---- one write ---- */

static size_t put_header(uint8_t *to, unsigned int first, size_t size)
{
	to[0] = (uint8_t)first;
	if (size <= SHORT_MAX) {
		to[1] = (uint8_t)size;
		return 2;
	}
	to[1] = SIZE_FOLLOWS;
	to[2] = (uint8_t)(size >> 8);
	to[3] = (uint8_t)size;
	return 4;
}

static size_t put_fragment(uint8_t *to, const struct outbox_fragment *fragment)
{
	unsigned int opcode = fragment->binary ? BINARY : TEXT;

	opcode = fragment->first ? opcode : CONTINUATION;
	size_t header = put_header(to, opcode | (fragment->last ? FINAL : 0), fragment->size);
	memcpy(to + header, fragment->bytes, fragment->size);
	return header + fragment->size;
}

/* As many frames as one write holds. */
static size_t put_waiting(struct ws_connection *connection, uint8_t *to)
{
	size_t used = 0;

	if (connection->ping) {
		/* One byte: the library does not report an empty pong. */
		used = put_header(to, FINAL | PING, 1);
		to[used++] = 0;
		connection->ping = false;
	}
	struct outbox_fragment fragment;
	while (outbox_peek(&connection->outbox, &fragment) &&
		used + WS_WRITER_HEADER_MAX + fragment.size <= WS_WRITER_MAX) {
		used += put_fragment(to + used, &fragment);
		outbox_sent(&connection->outbox, &fragment);
	}
	return used;
}

bool ws_writer_is_pending(const struct ws_connection *connection)
{
	return connection->outbox.count > 0 || connection->ping || connection->write_blocked;
}

bool ws_writer_flush(struct ws_connection *connection)
{
	uint8_t *bytes = connection->ws->ws_writer.bytes + LWS_PRE;

	connection->write_blocked = lws_partial_buffered(connection->wsi) != 0;
	while (!connection->write_blocked && ws_writer_is_pending(connection)) {
		size_t size = put_waiting(connection, bytes);

		if (lws_write(connection->wsi, bytes, size, LWS_WRITE_HTTP) < (int)size) {
			return false;
		}
		connection->write_blocked = lws_partial_buffered(connection->wsi) != 0;
	}
	if (connection->write_blocked) {
		lws_callback_on_writable(connection->wsi);
	}
	return true;
}

/* ---- many ---- */

void ws_writer_schedule(struct ws_connection *connection)
{
	struct ws_writer *ws_writer = &connection->ws->ws_writer;

	if (lws_dll2_is_detached(&connection->scheduled) && !connection->write_blocked) {
		lws_dll2_add_tail(&connection->scheduled,
			connection->low_priority ? &ws_writer->low_priority : &ws_writer->normal);
	}
}

void ws_writer_cancel(struct ws_connection *connection)
{
	lws_dll2_remove(&connection->scheduled);
}

void ws_abort(struct ws_connection *connection)
{
	connection->closing = true;
	ws_writer_cancel(connection);
	lws_set_timeout(connection->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
	loop_wake_library(connection->ws);
}

static void send_some(lws_dll2_owner_t *list, size_t max)
{
	for (; list->head && max > 0; max--) {
		struct ws_connection *connection =
			lws_container_of(list->head, struct ws_connection, scheduled);

		ws_writer_cancel(connection);
		if (!ws_writer_flush(connection)) {
			ws_abort(connection);
		}
	}
}

void ws_flush(struct ws *ws)
{
	struct ws_writer *ws_writer = &ws->ws_writer;

	send_some(&ws_writer->normal, ws_writer->normal.count);
	send_some(&ws_writer->low_priority, WS_LOW_PRIORITY_PER_ROUND);
	if (ws_writer->low_priority.head) {
		ws_service_again(ws);
	}
}

void ws_set_low_priority(struct ws_connection *connection)
{
	if (!connection->low_priority) {
		ws_writer_cancel(connection);
		connection->low_priority = true;
		ws_writer_schedule(connection);
	}
}
