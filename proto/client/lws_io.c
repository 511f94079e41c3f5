/* The bytes of an open connection; everything here runs on the service thread. */
#include <stdlib.h>
#include <string.h>

#include "proto/client/ws_thread_private.h"

/* ---- bytes in ---- */

static bool make_room(struct channel *channel, size_t more)
{
	struct inbound *inbound = channel->arriving;
	size_t need = inbound->size + more;
	if (need > WS_THREAD_MESSAGE_MAX) {
		return false;
	}
	if (need <= inbound->capacity) {
		return true;
	}
	size_t capacity = inbound->capacity * 2 > need ? inbound->capacity * 2 : need;
	inbound = realloc(inbound, sizeof(*inbound) + capacity + 1);
	if (!inbound) {
		return false;
	}
	inbound->capacity = capacity;
	channel->arriving = inbound;
	return true;
}

static bool inbox_has_room(struct channel *channel)
{
	pthread_mutex_lock(&channel->ws_thread->mutex);
	bool room = channel->waiting < WS_CLIENT_INBOX_MAX;
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	return room;
}

static int deliver(struct channel *channel)
{
	struct inbound *inbound = channel->arriving;
	if (!inbox_has_room(channel)) {
		channel->why = WS_CLIENT_SLOW;
		return -1;
	}
	channel->arriving = NULL;
	inbound->bytes[inbound->size] = '\0';
	inbound->connection = channel->connections;
	ws_thread_post(inbound);
	return 0;
}

int lws_io_received(struct channel *channel, struct lws *wsi, const void *in, size_t size)
{
	size_t rest = lws_remaining_packet_payload(wsi);
	liveness_received(&channel->liveness, ws_thread_now_us());
	if (!channel->arriving) {
		enum inbound_kind kind = lws_frame_is_binary(wsi) ? INBOUND_BINARY : INBOUND_TEXT;
		channel->arriving = inbound_create(channel, kind, size + (rest < 65536 ? rest : 0));
	}
	if (!channel->arriving || !make_room(channel, size)) {
		channel->why = WS_CLIENT_MALFORMED;
		return -1;
	}
	if (size > 0) {
		memcpy(channel->arriving->bytes + channel->arriving->size, in, size);
		channel->arriving->size += size;
	}
	return rest == 0 && lws_is_final_fragment(wsi) ? deliver(channel) : 0;
}

/* ---- bytes out ---- */

static struct outbound *next_outgoing(struct channel *channel, bool *ret_more, bool *ret_closing)
{
	pthread_mutex_lock(&channel->ws_thread->mutex);
	struct outbound *outbound = channel->first;
	if (outbound) {
		channel->first = outbound->next;
		if (!channel->first) {
			channel->last = NULL;
		}
		channel->queued -= outbound->size;
	}
	*ret_more = channel->first != NULL;
	*ret_closing = channel->closing;
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	return outbound;
}

static int write_ping(struct channel *channel, struct lws *wsi)
{
	uint8_t room[LWS_PRE + 1] = {0}; /* libwebsockets reports no event for an empty pong */
	channel->ping_due = false;
	lws_callback_on_writable(wsi);
	return lws_write(wsi, room + LWS_PRE, 1, LWS_WRITE_PING) < 0 ? -1 : 0;
}

int lws_io_writeable(struct channel *channel, struct lws *wsi)
{
	if (channel->ping_due) {
		return write_ping(channel, wsi);
	}
	bool more = false, closing = false;
	struct outbound *outbound = next_outgoing(channel, &more, &closing);
	if (!outbound) {
		if (closing) {
			lws_close_reason(wsi, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
		}
		return closing ? -1 : 0;
	}
	int written = lws_write(wsi, outbound->bytes + LWS_PRE, outbound->size,
		outbound->text ? LWS_WRITE_TEXT : LWS_WRITE_BINARY);
	bool done = written >= (int)outbound->size;
	free(outbound);
	if (done && (more || closing)) {
		lws_callback_on_writable(wsi);
	}
	return done ? 0 : -1;
}
