/*
 * Shared by ws_thread.c (the program's side, queues), lws_loop.c (connections) and lws_io.c (their
 * bytes); the latter two are the libwebsockets side. Fields are grouped by the thread that may
 * access them.
 */
#ifndef DIEMCAU_PROTO_CLIENT_WS_THREAD_PRIVATE_H
#define DIEMCAU_PROTO_CLIENT_WS_THREAD_PRIVATE_H

#include <libwebsockets.h>
#include <pthread.h>
#include <stdatomic.h>

#include "proto/client/liveness.h"
#include "proto/client/ws_thread.h"

/* One message to send; LWS_PRE bytes are free before the payload. */
struct outbound {
	struct outbound *next;
	bool text;
	size_t size;
	uint8_t bytes[];
};

enum channel_phase {
	PHASE_UNSET,
	PHASE_WAITING, /* for its back-off, or held */
	PHASE_CONNECTING, /* TCP, TLS, upgrade */
	PHASE_OPEN,
};

struct channel {
	struct ws_thread *ws_thread;
	struct channel *next; /* list of all; under the mutex */

	/* constant after channel_open */
	void *owner;
	size_t outbox_max;
	size_t n_addresses;
	struct server_url addresses[WS_CLIENT_ADDRESS_MAX];

	/* under the mutex */
	uint64_t connection; /* number of the open connection; 0: none is open */
	struct outbound *first, *last;
	size_t queued; /* bytes in the outbox */
	size_t waiting; /* messages in the inbox */
	bool pending; /* in the list of channels with requests */
	struct channel *next_pending;
	bool closing, held, welcomed;
	enum ws_client_reason abort_reason; /* unset: no abort requested */

	/* service thread only */
	enum channel_phase phase;
	struct lws *wsi;
	lws_sorted_usec_list_t retry, deadline, tick, liveness_timer;
	struct liveness liveness;
	bool ping_due; /* a ping waits to be written */
	uint32_t failures;
	size_t address; /* index of the next address to try */
	uint64_t connections;
	struct inbound *arriving;
	enum ws_client_reason why; /* of a close we started; otherwise unset */
	struct connect_failure failure; /* known facts of the current attempt */
	const char *ending; /* how an open connection ends, if nothing else is known; static */
};

struct ws_thread {
	/* constant after ws_thread_create */
	struct lws_context *context;
	struct lws_vhost *vhost;
	pthread_t thread;
	int fd;

	atomic_bool stopping;

	pthread_mutex_t mutex;
	struct channel *channels;
	struct channel *pending;
	struct inbound *inbox_first, *inbox_last;
};

/* ws_thread.c, for the others; any thread */
void ws_thread_post(struct inbound *inbound);
struct inbound *inbound_create(struct channel *channel, enum inbound_kind kind, size_t capacity);
void channel_free(struct channel *channel);
void ws_thread_wake(struct channel *channel); /* its requests are checked again */
void channel_drop_outbox(struct channel *channel); /* mutex held */

/* lws_loop.c, for ws_thread.c */
int lws_loop_start(struct ws_thread *ws_thread, const char *ca, size_t links_max);

/*
 * lws_io.c, for lws_loop.c: the return value of their callbacks, so -1 closes; then `why` may give
 * the reason.
 */
int lws_io_received(struct channel *channel, struct lws *wsi, const void *in, size_t size);
int lws_io_writeable(struct channel *channel, struct lws *wsi);

#endif
