/* The media thread: one socket, one relay, nothing else; it never waits for control. */
#ifndef DIEMCAU_RELAY_MEDIA_H
#define DIEMCAU_RELAY_MEDIA_H

#include "coordinator/relay/ceiling.h"
#include "coordinator/relay/mail.h"
#include "coordinator/relay/udp.h"

enum rly_media_spans {
	RLY_REPORT_US = 1000000,
	RLY_REPORT_SOON_US = 50000 /* where something has changed */
};

struct rly_media;

/* As in rly_config; used during the call. */
struct rly_media_config {
	const char *instance;
	const uint16_t *first_sequence;
	const struct rly_ceilings *ceilings;
};

/* Starts the thread. udp and mail are borrowed and must outlive it. 0 or a negative errno. */
int rly_media_start(struct rly_udp *udp, struct rly_mail *mail,
	const struct rly_media_config *config, struct rly_media **ret_media);

/* Asks it to end, waits for it, and frees. Returns what it ended with: 0 or a negative errno. */
int rly_media_stop(struct rly_media *media);

#endif
