/*
 * What carrier.c (the program's side, queues), service.c (connections) and traffic.c (their bytes)
 * share; the latter two are the libwebsockets side. Fields are grouped by who may touch them.
 */
#ifndef DIEMCAU_LINK_CARRIER_INSIDE_H
#define DIEMCAU_LINK_CARRIER_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include <libwebsockets.h>

#include "proto/link/carrier.h"
#include "proto/link/liveness.h"

/* One message to send; LWS_PRE bytes stand free before the payload. */
struct outgoing {
	struct outgoing *next;
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
	struct carrier *carrier;
	struct channel *next; /* list of all; under the mutex */

	/* constant after channel_open */
	void *owner;
	size_t outbox_max;
	size_t n_addresses;
	struct link_address addresses[LINK_ADDRESS_MAX];

	/* under the mutex */
	uint64_t connection; /* number of the open connection; 0: none is open */
	struct outgoing *first, *last;
	size_t queued; /* bytes in the outbox */
	size_t waiting; /* parcels in the inbox */
	bool marked; /* in the list of channels with wishes */
	struct channel *next_marked;
	bool closing, held, welcomed;
	enum link_reason cut; /* unset: no wish to cut */

	/* the service thread's alone */
	enum channel_phase phase;
	struct lws *wsi;
	lws_sorted_usec_list_t retry, deadline, beat, life;
	struct liveness liveness;
	bool asking; /* a ping waits to be written */
	uint32_t failures;
	size_t address; /* the one to try next */
	uint64_t connections;
	struct parcel *arriving;
	enum link_reason why; /* of a close that we began; unset otherwise */
	struct link_verdict verdict; /* of the attempt that goes on, as far as it is known */
	const char *ending; /* how an open connection ends if nothing else is known; static */
};

struct carrier {
	/* constant after carrier_create */
	struct lws_context *context;
	struct lws_vhost *vhost;
	pthread_t thread;
	int fd;

	atomic_bool stopping;

	pthread_mutex_t mutex;
	struct channel *channels;
	struct channel *marked;
	struct parcel *inbox_first, *inbox_last;
};

/* carrier.c, for the others; any thread */
void carrier_post(struct parcel *parcel);
struct parcel *parcel_create(struct channel *channel, enum parcel_kind kind, size_t capacity);
void channel_free(struct channel *channel);
void carrier_remind_service(struct channel *channel); /* have its wishes looked at again */
void channel_drop_outbox(struct channel *channel); /* mutex held */

/* service.c, for carrier.c */
int service_start(struct carrier *carrier, const char *ca, size_t links_max);
int service_callback(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t size);

/* traffic.c, for service.c: what their callbacks return, so -1 closes; then `why` may say why. */
int traffic_received(struct channel *channel, struct lws *wsi, const void *in, size_t size);
int traffic_writeable(struct channel *channel, struct lws *wsi);

#endif
