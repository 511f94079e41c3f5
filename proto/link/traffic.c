/* The bytes of an open connection; everything here runs on the service thread. */
#include <stdlib.h>
#include <string.h>

#include "proto/link/carrier_inside.h"

/* ---- bytes in ---- */

static bool make_room(struct channel *channel, size_t more)
{
	struct parcel *parcel = channel->arriving;
	size_t need = parcel->size + more;
	if (need > CARRIER_MESSAGE_MAX) {
		return false;
	}
	if (need <= parcel->capacity) {
		return true;
	}
	size_t capacity = parcel->capacity * 2 > need ? parcel->capacity * 2 : need;
	parcel = realloc(parcel, sizeof(*parcel) + capacity + 1);
	if (!parcel) {
		return false;
	}
	parcel->capacity = capacity;
	channel->arriving = parcel;
	return true;
}

static bool inbox_has_room(struct channel *channel)
{
	pthread_mutex_lock(&channel->carrier->mutex);
	bool room = channel->waiting < LINK_INBOX_MAX;
	pthread_mutex_unlock(&channel->carrier->mutex);
	return room;
}

static int deliver(struct channel *channel)
{
	struct parcel *parcel = channel->arriving;
	if (!inbox_has_room(channel)) {
		channel->why = LINK_SLOW;
		return -1;
	}
	channel->arriving = NULL;
	parcel->bytes[parcel->size] = '\0';
	parcel->connection = channel->connections;
	carrier_post(parcel);
	return 0;
}

int traffic_received(struct channel *channel, struct lws *wsi, const void *in, size_t size)
{
	size_t rest = lws_remaining_packet_payload(wsi);
	liveness_heard(&channel->liveness, carrier_now_us());
	if (!channel->arriving) {
		enum parcel_kind kind = lws_frame_is_binary(wsi) ? PARCEL_BINARY : PARCEL_TEXT;
		channel->arriving = parcel_create(channel, kind, size + (rest < 65536 ? rest : 0));
	}
	if (!channel->arriving || !make_room(channel, size)) {
		channel->why = LINK_GARBLED;
		return -1;
	}
	if (size > 0) {
		memcpy(channel->arriving->bytes + channel->arriving->size, in, size);
		channel->arriving->size += size;
	}
	return rest == 0 && lws_is_final_fragment(wsi) ? deliver(channel) : 0;
}

/* ---- bytes out ---- */

static struct outgoing *next_outgoing(struct channel *channel, bool *ret_more, bool *ret_closing)
{
	pthread_mutex_lock(&channel->carrier->mutex);
	struct outgoing *outgoing = channel->first;
	if (outgoing) {
		channel->first = outgoing->next;
		if (!channel->first) {
			channel->last = NULL;
		}
		channel->queued -= outgoing->size;
	}
	*ret_more = channel->first != NULL;
	*ret_closing = channel->closing;
	pthread_mutex_unlock(&channel->carrier->mutex);
	return outgoing;
}

static int ask_for_life(struct channel *channel, struct lws *wsi)
{
	uint8_t room[LWS_PRE + 1] = {0}; /* of an empty pong libwebsockets tells nobody */
	channel->asking = false;
	lws_callback_on_writable(wsi);
	return lws_write(wsi, room + LWS_PRE, 1, LWS_WRITE_PING) < 0 ? -1 : 0;
}

int traffic_writeable(struct channel *channel, struct lws *wsi)
{
	if (channel->asking) {
		return ask_for_life(channel, wsi);
	}
	bool more = false, closing = false;
	struct outgoing *outgoing = next_outgoing(channel, &more, &closing);
	if (!outgoing) {
		if (closing) {
			lws_close_reason(wsi, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
		}
		return closing ? -1 : 0;
	}
	int written = lws_write(wsi, outgoing->bytes + LWS_PRE, outgoing->size,
		outgoing->text ? LWS_WRITE_TEXT : LWS_WRITE_BINARY);
	bool done = written >= (int)outgoing->size;
	free(outgoing);
	if (done && (more || closing)) {
		lws_callback_on_writable(wsi);
	}
	return done ? 0 : -1;
}
