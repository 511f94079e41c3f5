/*
 * Between the control thread and the media thread: two places for one letter each.
 *
 * An order (the desired state) goes one way, a report the other. Only the newest of each counts: a
 * letter not yet fetched is replaced and thrown away. Neither thread ever waits for the other.
 */
#ifndef DIEMCAU_RELAY_MAIL_H
#define DIEMCAU_RELAY_MAIL_H

#include "wire_msg.h"

struct rly_mail;

/* A desired state that owns what it points to. */
struct rly_order {
	struct wire_relay_desired desired;
	struct wire_relay_site *sites;
};

int rly_mail_create(struct rly_mail **ret_mail);

/* Takes NULL. Both threads must have let go of it. */
void rly_mail_destroy(struct rly_mail *mail);

/* Copies the state, which may live in a decoder's arena. 0 or -ENOMEM. */
int rly_mail_post_order(struct rly_mail *mail, const struct wire_relay_desired *desired);

/* The newest order, or NULL. The caller's, for rly_order_destroy. */
struct rly_order *rly_mail_take_order(struct rly_mail *mail);
void rly_order_destroy(struct rly_order *order);

/* Takes over *report and all it points to, also on failure. 0 or -ENOMEM. */
int rly_mail_post_report(struct rly_mail *mail, const struct wire_relay_report *report);

/* The newest report, or NULL. The caller's, for rly_mail_report_destroy. */
struct wire_relay_report *rly_mail_take_report(struct rly_mail *mail);
void rly_mail_report_destroy(struct wire_relay_report *report);

/* Asks the media thread to end; it looks with rly_mail_stopped. */
void rly_mail_stop(struct rly_mail *mail);
bool rly_mail_stopped(const struct rly_mail *mail);

/* Readable when an order (or the end) or a report waits; taking it makes them quiet again. */
int rly_mail_order_fd(const struct rly_mail *mail);
int rly_mail_report_fd(const struct rly_mail *mail);

#endif
