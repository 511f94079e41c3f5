/*
 * The program's side of the transport: everything here runs on the program's thread or is handed
 * over under the mutex. The only thing done to libwebsockets from here is to wake it.
 */
#include "proto/link/carrier.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "proto/link/carrier_inside.h"

/* ---- parcels ---- */

struct parcel *parcel_create(struct channel *channel, enum parcel_kind kind, size_t capacity)
{
	struct parcel *parcel = malloc(sizeof(*parcel) + capacity + 1);
	if (!parcel) {
		return NULL;
	}
	*parcel = (struct parcel){
		.channel = channel, .owner = channel->owner, .kind = kind, .capacity = capacity};
	parcel->bytes[0] = '\0';
	return parcel;
}

void carrier_remind(struct carrier *carrier)
{
	uint64_t one = 1;
	ssize_t written = write(carrier->fd, &one, sizeof(one));
	(void)written; /* a full counter is readable already */
}

void carrier_quiet(struct carrier *carrier)
{
	uint64_t count;
	ssize_t got = read(carrier->fd, &count, sizeof(count));
	(void)got;
}

void carrier_post(struct parcel *parcel)
{
	struct channel *channel = parcel->channel;
	struct carrier *carrier = channel->carrier;
	pthread_mutex_lock(&carrier->mutex);
	bool unwanted = channel->closing;
	if (!unwanted) {
		if (carrier->inbox_last) {
			carrier->inbox_last->next = parcel;
		} else {
			carrier->inbox_first = parcel;
		}
		carrier->inbox_last = parcel;
		channel->waiting++;
	}
	pthread_mutex_unlock(&carrier->mutex);
	if (unwanted) {
		free(parcel);
	} else {
		carrier_remind(carrier);
	}
}

struct parcel *carrier_take(struct carrier *carrier)
{
	pthread_mutex_lock(&carrier->mutex);
	struct parcel *parcel = carrier->inbox_first;
	if (parcel) {
		carrier->inbox_first = parcel->next;
		if (!parcel->next) {
			carrier->inbox_last = NULL;
		}
		parcel->next = NULL;
		parcel->channel->waiting--;
	}
	pthread_mutex_unlock(&carrier->mutex);
	return parcel;
}

static void drop_parcels_of(struct carrier *carrier, const struct channel *channel)
{
	struct parcel **at = &carrier->inbox_first;
	struct parcel *last = NULL;
	while (*at) {
		struct parcel *parcel = *at;
		if (parcel->channel == channel) {
			*at = parcel->next;
			free(parcel);
		} else {
			last = parcel;
			at = &parcel->next;
		}
	}
	carrier->inbox_last = last;
}

/* ---- channels ---- */

/* Mutex held. */
static void mark(struct channel *channel)
{
	if (!channel->marked) {
		channel->marked = true;
		channel->next_marked = channel->carrier->marked;
		channel->carrier->marked = channel;
	}
}

static void wake(struct carrier *carrier)
{
	lws_cancel_service(carrier->context);
}

void carrier_remind_service(struct channel *channel)
{
	pthread_mutex_lock(&channel->carrier->mutex);
	mark(channel);
	pthread_mutex_unlock(&channel->carrier->mutex);
	wake(channel->carrier);
}

void channel_drop_outbox(struct channel *channel)
{
	while (channel->first) {
		struct outgoing *next = channel->first->next;
		free(channel->first);
		channel->first = next;
	}
	channel->last = NULL;
	channel->queued = 0;
}

void channel_free(struct channel *channel)
{
	channel_drop_outbox(channel);
	free(channel->arriving);
	free(channel);
}

int channel_open(struct carrier *carrier, const struct link_address *addresses, size_t n_addresses,
	size_t outbox_max, void *owner, struct channel **ret_channel)
{
	struct channel *channel = calloc(1, sizeof(*channel));
	if (!channel) {
		return -ENOMEM;
	}
	channel->carrier = carrier;
	channel->owner = owner;
	channel->outbox_max = outbox_max;
	channel->n_addresses = n_addresses;
	memcpy(channel->addresses, addresses, n_addresses * sizeof(*addresses));
	channel->phase = PHASE_WAITING;
	pthread_mutex_lock(&carrier->mutex);
	channel->next = carrier->channels;
	carrier->channels = channel;
	mark(channel);
	pthread_mutex_unlock(&carrier->mutex);
	wake(carrier);
	*ret_channel = channel;
	return 0;
}

void channel_close(struct channel *channel)
{
	struct carrier *carrier = channel->carrier;
	pthread_mutex_lock(&carrier->mutex);
	channel->closing = true;
	drop_parcels_of(carrier, channel);
	mark(channel);
	pthread_mutex_unlock(&carrier->mutex);
	wake(carrier);
}

static struct outgoing *outgoing_create(bool text, const void *bytes, size_t size)
{
	struct outgoing *outgoing = malloc(sizeof(*outgoing) + LWS_PRE + size);
	if (!outgoing) {
		return NULL;
	}
	*outgoing = (struct outgoing){.text = text, .size = size};
	memcpy(outgoing->bytes + LWS_PRE, bytes, size);
	return outgoing;
}

/* Mutex held. */
static int enqueue(struct channel *channel, uint64_t connection, struct outgoing *outgoing)
{
	if (connection == 0 || channel->connection != connection) {
		return LINK_DOWN;
	}
	if (channel->queued + outgoing->size > channel->outbox_max) {
		return LINK_FULL;
	}
	if (channel->last) {
		channel->last->next = outgoing;
	} else {
		channel->first = outgoing;
	}
	channel->last = outgoing;
	channel->queued += outgoing->size;
	mark(channel);
	return 0;
}

int channel_send(
	struct channel *channel, uint64_t connection, bool text, const void *bytes, size_t size)
{
	struct outgoing *outgoing = outgoing_create(text, bytes, size);
	if (!outgoing) {
		return -ENOMEM;
	}
	pthread_mutex_lock(&channel->carrier->mutex);
	int refusal = enqueue(channel, connection, outgoing);
	pthread_mutex_unlock(&channel->carrier->mutex);
	if (refusal) {
		free(outgoing);
		return refusal;
	}
	wake(channel->carrier);
	return 0;
}

void channel_welcomed(struct channel *channel, uint64_t connection)
{
	pthread_mutex_lock(&channel->carrier->mutex);
	if (channel->connection == connection) {
		channel->welcomed = true;
		mark(channel);
	}
	pthread_mutex_unlock(&channel->carrier->mutex);
	wake(channel->carrier);
}

void channel_cut(struct channel *channel, uint64_t connection, enum link_reason reason)
{
	pthread_mutex_lock(&channel->carrier->mutex);
	if (channel->connection == connection) {
		channel->cut = reason;
		mark(channel);
	}
	pthread_mutex_unlock(&channel->carrier->mutex);
	wake(channel->carrier);
}

void channel_hold(struct channel *channel, bool held)
{
	pthread_mutex_lock(&channel->carrier->mutex);
	channel->held = held;
	mark(channel);
	pthread_mutex_unlock(&channel->carrier->mutex);
	wake(channel->carrier);
}

/* ---- the carrier ---- */

static void *serve(void *context)
{
	struct carrier *carrier = context;
	while (!atomic_load(&carrier->stopping)) {
		if (lws_service(carrier->context, 0) < 0) {
			break;
		}
	}
	return NULL;
}

/* Signals belong to the program's own thread. */
static int start_thread(struct carrier *carrier)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int fault = pthread_create(&carrier->thread, NULL, serve, carrier);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -fault;
}

static void free_all(struct carrier *carrier)
{
	while (carrier->inbox_first) {
		struct parcel *next = carrier->inbox_first->next;
		free(carrier->inbox_first);
		carrier->inbox_first = next;
	}
	while (carrier->channels) {
		struct channel *next = carrier->channels->next;
		channel_free(carrier->channels);
		carrier->channels = next;
	}
	if (carrier->fd >= 0) {
		close(carrier->fd);
	}
	pthread_mutex_destroy(&carrier->mutex);
	free(carrier);
}

int carrier_create(const char *ca, size_t links_max, struct carrier **ret_carrier)
{
	struct carrier *carrier = calloc(1, sizeof(*carrier));
	if (!carrier) {
		return -ENOMEM;
	}
	pthread_mutex_init(&carrier->mutex, NULL);
	carrier->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	int fault = carrier->fd < 0 ? -errno : service_start(carrier, ca, links_max);
	if (fault == 0) {
		fault = start_thread(carrier);
		if (fault < 0) {
			lws_context_destroy(carrier->context);
		}
	}
	if (fault < 0) {
		free_all(carrier);
		return fault;
	}
	*ret_carrier = carrier;
	return 0;
}

void carrier_destroy(struct carrier *carrier)
{
	if (!carrier) {
		return;
	}
	atomic_store(&carrier->stopping, true);
	wake(carrier);
	pthread_join(carrier->thread, NULL);
	lws_context_destroy(carrier->context);
	free_all(carrier);
}

int carrier_fd(const struct carrier *carrier)
{
	return carrier->fd;
}

int64_t carrier_now_us(void)
{
	return (int64_t)lws_now_usecs();
}
