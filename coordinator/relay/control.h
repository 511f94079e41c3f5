/*
 * The relay as a websocket peer: desired states in, reports out. On the main thread.
 *
 * While no coordinator is connected, the last desired state stays in force, and the newest report
 * is sent on the next connection.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_CONTROL_H
#define DIEMCAU_COORDINATOR_RELAY_CONTROL_H

#include <stddef.h>

#include "coordinator/relay/mailbox.h"
#include "identity_msg.h"

struct rly_control;

/* Events for the log. detail is never NULL and is valid during the call only. */
enum rly_control_event {
	RLY_CONTROL_UP = 1,
	RLY_CONTROL_DOWN,
	RLY_CONTROL_DESIRED, /* a desired state was received; detail empty */
	RLY_CONTROL_UNKNOWN_SENDERS /* at most once in RLY_CONTROL_LOG_INTERVAL_US; detail: the
				     * number of datagrams */
};
enum rly_control_limits {
	RLY_CONTROL_UNKNOWN_MIN = 1000, /* fewer come from a port scan, or from a site with an old
					 * key */
	RLY_CONTROL_LOG_INTERVAL_US = 60000000
};
typedef void rly_control_log(enum rly_control_event event, const char *detail);

struct rly_control_config {
	const struct join *join;
	char (*advertised)[MEDIA_ADDRESS_SIZE]; /* read only; the addresses sites are given, best
						 * first */
	size_t n_advertised;
	struct rly_mailbox *mailbox;
	rly_control_log *log;
};

/* Copies the configuration except the mailbox, which is borrowed. 0 or a negative errno. */
int rly_control_create(const struct rly_control_config *config, struct rly_control **ret_control);

/* Takes NULL. */
void rly_control_destroy(struct rly_control *control);

/* The id of this run, which the hello message carries. Borrowed. */
const char *rly_control_instance(const struct rly_control *control);

/* Poll these for reading, then call rly_control_run. */
int rly_control_link_fd(const struct rly_control *control);
void rly_control_run(struct rly_control *control);

#endif
