/*
 * The relay as a websocket peer: desired states in, reports out. On the main thread.
 *
 * Without a coordinator nothing changes: the last desired state stands, and the newest report is
 * sent as soon as one answers again.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_CONTROL_H
#define DIEMCAU_COORDINATOR_RELAY_CONTROL_H

#include <stddef.h>

#include "coordinator/relay/mailbox.h"
#include "identity_msg.h"

struct rly_control;

/* Told for the log. detail is never NULL and lives for the call only. */
enum rly_control_news {
	RLY_CONTROL_UP = 1,
	RLY_CONTROL_DOWN,
	RLY_CONTROL_DESIRED, /* a desired state came; detail empty */
	RLY_CONTROL_UNKNOWN_SENDERS /* at most once in RLY_CONTROL_LOG_INTERVAL_US; detail: how many
				       datagrams */
};
enum rly_control_limits {
	RLY_CONTROL_UNKNOWN_MIN = 1000, /* fewer are a scan, or a site with an old key */
	RLY_CONTROL_LOG_INTERVAL_US = 60000000
};
typedef void rly_control_tell(enum rly_control_news news, const char *detail);

struct rly_control_config {
	const struct join *join;
	char (*advertised)[MEDIA_ADDRESS_SIZE]; /* only read; what sites are told, best first */
	size_t n_advertised;
	struct rly_mailbox *mailbox;
	rly_control_tell *tell;
};

/* All is copied but the mailbox, which is borrowed. 0 or a negative errno. */
int rly_control_create(const struct rly_control_config *config, struct rly_control **ret_control);

/* Takes NULL. */
void rly_control_destroy(struct rly_control *control);

/* The id of this run, which it says hello with. Borrowed. */
const char *rly_control_instance(const struct rly_control *control);

/* Poll these for reading, then call rly_control_run. */
int rly_control_link_fd(const struct rly_control *control);
void rly_control_run(struct rly_control *control);

#endif
