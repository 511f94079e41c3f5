/*
 * Between the control thread and the media thread: one message each way.
 *
 * The desired state goes one way, a report the other. Only the newest of each counts: a
 * message not yet fetched is replaced. Neither thread ever waits for the other.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_MAILBOX_H
#define DIEMCAU_COORDINATOR_RELAY_MAILBOX_H

#include "wire_msg.h"

struct rly_mailbox;

/* A desired state that owns what it points to. */
struct rly_desired {
	struct wire_relay_desired desired;
	struct wire_relay_site *sites;
};

int rly_mailbox_create(struct rly_mailbox **ret_mail);

/* Takes NULL. Both threads must have let go of it. */
void rly_mailbox_destroy(struct rly_mailbox *mailbox);

/* Copies the state, which may live in a decoder's arena. 0 or -ENOMEM. */
int rly_mailbox_post_desired(struct rly_mailbox *mailbox, const struct wire_relay_desired *desired);

/* The newest desired state, or NULL. The caller's, for rly_desired_destroy. */
struct rly_desired *rly_mailbox_take_desired(struct rly_mailbox *mailbox);
void rly_desired_destroy(struct rly_desired *order);

/* Takes over *report and all it points to, also on failure. 0 or -ENOMEM. */
int rly_mailbox_post_report(struct rly_mailbox *mailbox, const struct wire_relay_report *report);

/* The newest report, or NULL. The caller's, for rly_mailbox_report_destroy. */
struct wire_relay_report *rly_mailbox_take_report(struct rly_mailbox *mailbox);
void rly_mailbox_report_destroy(struct wire_relay_report *report);

/* Asks the media thread to end; it looks with rly_mailbox_stopped. */
void rly_mailbox_stop(struct rly_mailbox *mailbox);
bool rly_mailbox_stopped(const struct rly_mailbox *mailbox);

/* Readable when a desired state (or the end) or a report waits; taking it makes them quiet again.
 */
int rly_mailbox_desired_fd(const struct rly_mailbox *mailbox);
int rly_mailbox_report_fd(const struct rly_mailbox *mailbox);

#endif
