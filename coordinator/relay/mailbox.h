/*
 * Between the control thread and the media thread: one message each way.
 *
 * The desired state goes one way, a report the other. Only the newest of each counts: a new message
 * replaces one not yet fetched. Neither thread ever waits for the other.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_MAILBOX_H
#define DIEMCAU_COORDINATOR_RELAY_MAILBOX_H

#include "wire_msg.h"

struct rly_mailbox;

/* A desired state that owns the memory it points to. */
struct rly_desired {
	struct wire_relay_desired desired;
	struct wire_relay_site *sites;
};

int rly_mailbox_create(struct rly_mailbox **ret_mailbox);

/* Takes NULL. Neither thread may still use it. */
void rly_mailbox_destroy(struct rly_mailbox *mailbox);

/* Copies the state, which may live in a decoder's arena. 0 or -ENOMEM. */
int rly_mailbox_post_desired(struct rly_mailbox *mailbox, const struct wire_relay_desired *desired);

/* The newest desired state, or NULL. The caller owns it and calls rly_desired_destroy. */
struct rly_desired *rly_mailbox_take_desired(struct rly_mailbox *mailbox);
void rly_desired_destroy(struct rly_desired *desired);

/* Takes ownership of *report and the memory it points to, also on failure. 0 or -ENOMEM. */
int rly_mailbox_post_report(struct rly_mailbox *mailbox, const struct wire_relay_report *report);

/* The newest report, or NULL. The caller owns it and calls rly_mailbox_report_destroy. */
struct wire_relay_report *rly_mailbox_take_report(struct rly_mailbox *mailbox);
void rly_mailbox_report_destroy(struct wire_relay_report *report);

/* Asks the media thread to end, which polls rly_mailbox_is_stopped. */
void rly_mailbox_stop(struct rly_mailbox *mailbox);
bool rly_mailbox_is_stopped(const struct rly_mailbox *mailbox);

/*
 * Readable while a desired state (or the stop request), or a report, waits; taking it clears them.
 */
int rly_mailbox_desired_fd(const struct rly_mailbox *mailbox);
int rly_mailbox_report_fd(const struct rly_mailbox *mailbox);

#endif
