/* The media thread: one socket and one relay; it never waits for the control thread. */
#ifndef DIEMCAU_COORDINATOR_RELAY_MEDIA_THREAD_H
#define DIEMCAU_COORDINATOR_RELAY_MEDIA_THREAD_H

#include "coordinator/relay/mailbox.h"
#include "coordinator/relay/udp.h"
#include "coordinator/relay/uplink_limit.h"

enum rly_media_spans {
	RLY_REPORT_US = 1000000,
	RLY_REPORT_SOON_US = 50000 /* after a change */
};

struct rly_media_thread;

/* As in rly_config; read during the call only. */
struct rly_media_thread_config {
	const char *instance;
	const uint16_t *first_sequence;
	const struct rly_uplink_limits *limits;
};

/* Starts the thread. udp and mailbox are borrowed and must outlive it. 0 or a negative errno. */
int rly_media_thread_start(struct rly_udp *udp, struct rly_mailbox *mailbox,
	const struct rly_media_thread_config *config, struct rly_media_thread **ret_media);

/* Asks the thread to end, joins it and frees. Returns its result: 0 or a negative errno. */
int rly_media_thread_stop(struct rly_media_thread *media);

#endif
