/*
 * The message `certificate`: what is the matter with the server's certificates, to those who can do
 * something about it.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_CERTIFICATE_ALERT_H
#define DIEMCAU_COORDINATOR_PEERS_CERTIFICATE_ALERT_H

#include <stdbool.h>

#include "coordinator/identity/certificate_validity.h"
#include "coordinator/ws/shared_buf.h"

/* All zeroes: nothing is the matter, and nothing was sent. */
struct certificate_alert {
	struct certificate_verdict verdict;
	bool changed; /* since it was sent */
};

void certificate_alert_set(
	struct certificate_alert *alert, const struct certificate_verdict *verdict);

/*
 * The message for staff if it has changed since the last call (NULL: it has not), and the current
 * one for a client that has just joined (NULL: nothing is the matter). The caller's.
 */
struct shared_buf *certificate_alert_fresh(struct certificate_alert *alert);
struct shared_buf *certificate_alert_now(const struct certificate_alert *alert);

#endif
