/*
 * The program's side of the transport: everything here runs on the program's thread, or is shared
 * under the mutex. The only libwebsockets function called from here is the wake-up.
 */
#include "proto/client/ws_thread.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "proto/client/ws_thread_private.h"

/* ---- inbound messages ---- */

struct inbound *inbound_create(struct channel *channel, enum inbound_kind kind, size_t capacity)
{
	struct inbound *inbound = malloc(sizeof(*inbound) + capacity + 1);
	if (!inbound) {
		return NULL;
	}
	*inbound = (struct inbound){
		.channel = channel, .owner = channel->owner, .kind = kind, .capacity = capacity};
	inbound->bytes[0] = '\0';
	return inbound;
}

void ws_thread_signal(struct ws_thread *ws_thread)
{
	uint64_t one = 1;
	ssize_t written = write(ws_thread->fd, &one, sizeof(one));
	(void)written; /* a full counter is readable already */
}

void ws_thread_clear(struct ws_thread *ws_thread)
{
	uint64_t count;
	ssize_t got = read(ws_thread->fd, &count, sizeof(count));
	(void)got;
}

void ws_thread_post(struct inbound *inbound)
{
	struct channel *channel = inbound->channel;
	struct ws_thread *ws_thread = channel->ws_thread;
	pthread_mutex_lock(&ws_thread->mutex);
	bool unwanted = channel->closing;
	if (!unwanted) {
		if (ws_thread->inbox_last) {
			ws_thread->inbox_last->next = inbound;
		} else {
			ws_thread->inbox_first = inbound;
		}
		ws_thread->inbox_last = inbound;
		channel->waiting++;
	}
	pthread_mutex_unlock(&ws_thread->mutex);
	if (unwanted) {
		free(inbound);
	} else {
		ws_thread_signal(ws_thread);
	}
}

struct inbound *ws_thread_take(struct ws_thread *ws_thread)
{
	pthread_mutex_lock(&ws_thread->mutex);
	struct inbound *inbound = ws_thread->inbox_first;
	if (inbound) {
		ws_thread->inbox_first = inbound->next;
		if (!inbound->next) {
			ws_thread->inbox_last = NULL;
		}
		inbound->next = NULL;
		inbound->channel->waiting--;
	}
	pthread_mutex_unlock(&ws_thread->mutex);
	return inbound;
}

static void drop_inbound_of(struct ws_thread *ws_thread, const struct channel *channel)
{
	struct inbound **at = &ws_thread->inbox_first;
	struct inbound *last = NULL;
	while (*at) {
		struct inbound *inbound = *at;
		if (inbound->channel == channel) {
			*at = inbound->next;
			free(inbound);
		} else {
			last = inbound;
			at = &inbound->next;
		}
	}
	ws_thread->inbox_last = last;
}

/* ---- channels ---- */

/* Mutex held. */
static void add_pending(struct channel *channel)
{
	if (!channel->pending) {
		channel->pending = true;
		channel->next_pending = channel->ws_thread->pending;
		channel->ws_thread->pending = channel;
	}
}

static void wake(struct ws_thread *ws_thread)
{
	lws_cancel_service(ws_thread->context);
}

void ws_thread_wake(struct channel *channel)
{
	pthread_mutex_lock(&channel->ws_thread->mutex);
	add_pending(channel);
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	wake(channel->ws_thread);
}

void channel_drop_outbox(struct channel *channel)
{
	while (channel->first) {
		struct outbound *next = channel->first->next;
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

int channel_open(struct ws_thread *ws_thread, const struct server_url *addresses,
	size_t n_addresses, size_t outbox_max, void *owner, struct channel **ret_channel)
{
	struct channel *channel = calloc(1, sizeof(*channel));
	if (!channel) {
		return -ENOMEM;
	}
	channel->ws_thread = ws_thread;
	channel->owner = owner;
	channel->outbox_max = outbox_max;
	channel->n_addresses = n_addresses;
	memcpy(channel->addresses, addresses, n_addresses * sizeof(*addresses));
	channel->phase = PHASE_WAITING;
	pthread_mutex_lock(&ws_thread->mutex);
	channel->next = ws_thread->channels;
	ws_thread->channels = channel;
	add_pending(channel);
	pthread_mutex_unlock(&ws_thread->mutex);
	wake(ws_thread);
	*ret_channel = channel;
	return 0;
}

void channel_close(struct channel *channel)
{
	struct ws_thread *ws_thread = channel->ws_thread;
	pthread_mutex_lock(&ws_thread->mutex);
	channel->closing = true;
	drop_inbound_of(ws_thread, channel);
	add_pending(channel);
	pthread_mutex_unlock(&ws_thread->mutex);
	wake(ws_thread);
}

static struct outbound *outbound_create(bool text, const void *bytes, size_t size)
{
	struct outbound *outbound = malloc(sizeof(*outbound) + LWS_PRE + size);
	if (!outbound) {
		return NULL;
	}
	*outbound = (struct outbound){.text = text, .size = size};
	memcpy(outbound->bytes + LWS_PRE, bytes, size);
	return outbound;
}

/* Mutex held. */
static int enqueue(struct channel *channel, uint64_t connection, struct outbound *outbound)
{
	if (connection == 0 || channel->connection != connection) {
		return WS_CLIENT_DOWN;
	}
	if (channel->queued + outbound->size > channel->outbox_max) {
		return WS_CLIENT_FULL;
	}
	if (channel->last) {
		channel->last->next = outbound;
	} else {
		channel->first = outbound;
	}
	channel->last = outbound;
	channel->queued += outbound->size;
	add_pending(channel);
	return 0;
}

int channel_send(
	struct channel *channel, uint64_t connection, bool text, const void *bytes, size_t size)
{
	struct outbound *outbound = outbound_create(text, bytes, size);
	if (!outbound) {
		return -ENOMEM;
	}
	pthread_mutex_lock(&channel->ws_thread->mutex);
	int refusal = enqueue(channel, connection, outbound);
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	if (refusal) {
		free(outbound);
		return refusal;
	}
	wake(channel->ws_thread);
	return 0;
}

void channel_welcomed(struct channel *channel, uint64_t connection)
{
	pthread_mutex_lock(&channel->ws_thread->mutex);
	if (channel->connection == connection) {
		channel->welcomed = true;
		add_pending(channel);
	}
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	wake(channel->ws_thread);
}

void channel_abort(struct channel *channel, uint64_t connection, enum ws_client_reason reason)
{
	pthread_mutex_lock(&channel->ws_thread->mutex);
	if (channel->connection == connection) {
		channel->abort_reason = reason;
		add_pending(channel);
	}
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	wake(channel->ws_thread);
}

void channel_hold(struct channel *channel, bool held)
{
	pthread_mutex_lock(&channel->ws_thread->mutex);
	channel->held = held;
	add_pending(channel);
	pthread_mutex_unlock(&channel->ws_thread->mutex);
	wake(channel->ws_thread);
}

/* ---- the thread ---- */

static void *serve(void *context)
{
	struct ws_thread *ws_thread = context;
	while (!atomic_load(&ws_thread->stopping)) {
		if (lws_service(ws_thread->context, 0) < 0) {
			break;
		}
	}
	return NULL;
}

/* Signals belong to the program's own thread. */
static int start_thread(struct ws_thread *ws_thread)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int r = pthread_create(&ws_thread->thread, NULL, serve, ws_thread);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -r;
}

static void free_all(struct ws_thread *ws_thread)
{
	while (ws_thread->inbox_first) {
		struct inbound *next = ws_thread->inbox_first->next;
		free(ws_thread->inbox_first);
		ws_thread->inbox_first = next;
	}
	while (ws_thread->channels) {
		struct channel *next = ws_thread->channels->next;
		channel_free(ws_thread->channels);
		ws_thread->channels = next;
	}
	if (ws_thread->fd >= 0) {
		close(ws_thread->fd);
	}
	pthread_mutex_destroy(&ws_thread->mutex);
	free(ws_thread);
}

int ws_thread_create(const char *ca, size_t links_max, struct ws_thread **ret_ws_thread)
{
	struct ws_thread *ws_thread = calloc(1, sizeof(*ws_thread));
	if (!ws_thread) {
		return -ENOMEM;
	}
	pthread_mutex_init(&ws_thread->mutex, NULL);
	ws_thread->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	int r = ws_thread->fd < 0 ? -errno : lws_loop_start(ws_thread, ca, links_max);
	if (r == 0) {
		r = start_thread(ws_thread);
		if (r < 0) {
			lws_context_destroy(ws_thread->context);
		}
	}
	if (r < 0) {
		free_all(ws_thread);
		return r;
	}
	*ret_ws_thread = ws_thread;
	return 0;
}

void ws_thread_destroy(struct ws_thread *ws_thread)
{
	if (!ws_thread) {
		return;
	}
	atomic_store(&ws_thread->stopping, true);
	wake(ws_thread);
	pthread_join(ws_thread->thread, NULL);
	lws_context_destroy(ws_thread->context);
	free_all(ws_thread);
}

int ws_thread_fd(const struct ws_thread *ws_thread)
{
	return ws_thread->fd;
}

int64_t ws_thread_now_us(void)
{
	return (int64_t)lws_now_usecs();
}
