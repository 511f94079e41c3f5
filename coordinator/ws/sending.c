/*
 * Frames are put together here, not by lws_write: the library would send each message in a write of
 * its own. Bytes that are framed already pass through it as LWS_WRITE_HTTP, the kind of write that
 * a websocket leaves as it is. What the socket does not take the library keeps, and asks for the
 * socket to be writable; until then nothing more is handed to it.
 */
#include "coordinator/ws/sending.h"

#include <string.h>

#include "coordinator/ws/inside.h"

enum {
	FINAL = 0x80,
	CONTINUATION = 0,
	TEXT = 1,
	BINARY = 2,
	PING = 9,
	SHORT_MAX = 125,
	SIZE_FOLLOWS = 126,
};

_Static_assert(OUTBOX_FRAGMENT <= UINT16_MAX, "a fragment's size is told in two bytes");

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
	struct outbox_fragment fragment;
	size_t used = 0;
	if (connection->ping) {
		/* One byte: of an empty pong the library tells nobody. */
		used = put_header(to, FINAL | PING, 1);
		to[used++] = 0;
		connection->ping = false;
	}
	while (outbox_peek(&connection->outbox, &fragment) &&
		used + SENDING_HEADER_MAX + fragment.size <= SENDING_MAX) {
		used += put_fragment(to + used, &fragment);
		outbox_sent(&connection->outbox, &fragment);
	}
	return used;
}

bool sending_waits(const struct ws_connection *connection)
{
	return connection->outbox.count > 0 || connection->ping || connection->choked;
}

bool sending_now(struct ws_connection *connection)
{
	uint8_t *bytes = connection->ws->sending.bytes + LWS_PRE;
	connection->choked = lws_partial_buffered(connection->wsi) != 0;
	while (!connection->choked && sending_waits(connection)) {
		size_t size = put_waiting(connection, bytes);
		if (lws_write(connection->wsi, bytes, size, LWS_WRITE_HTTP) < (int)size) {
			return false;
		}
		connection->choked = lws_partial_buffered(connection->wsi) != 0;
	}
	if (connection->choked) {
		lws_callback_on_writable(connection->wsi);
	}
	return true;
}

/* ---- many ---- */

void sending_soon(struct ws_connection *connection)
{
	struct sending *sending = &connection->ws->sending;
	if (lws_dll2_is_detached(&connection->soon) && !connection->choked) {
		lws_dll2_add_tail(&connection->soon,
			connection->patient ? &sending->patient : &sending->prompt);
	}
}

void sending_forget(struct ws_connection *connection)
{
	lws_dll2_remove(&connection->soon);
}

static void send_some(lws_dll2_owner_t *list, size_t max)
{
	for (; list->head && max > 0; max--) {
		struct ws_connection *connection =
			lws_container_of(list->head, struct ws_connection, soon);
		sending_forget(connection);
		if (!sending_now(connection)) {
			ws_cut(connection);
		}
	}
}

void ws_flush(struct ws *ws)
{
	struct sending *sending = &ws->sending;
	send_some(&sending->prompt, sending->prompt.count);
	send_some(&sending->patient, WS_SLICE);
	if (sending->patient.head) {
		ws_come_round(ws);
	}
}

void ws_be_patient(struct ws_connection *connection)
{
	if (!connection->patient) {
		sending_forget(connection);
		connection->patient = true;
		sending_soon(connection);
	}
}
