/*
 * What the meeting is told of who is at the door: links and spares, as commands of the system
 * (site.link, site.spare, relay.link).
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_LINK_STATE_H
#define DIEMCAU_COORDINATOR_PEERS_LINK_STATE_H

#include "coordinator/coordinator.h"

/* The link of a site or of the relay; reason may be NULL. */
void link_state_report(struct coordinator *coordinator, const struct client *client,
	enum link_state link, const char *reason);
/* A second instance waits, or does not any more. */
void link_state_report_spare(
	struct coordinator *coordinator, const struct client *client, bool waiting);

/*
 * An order may have been refused: too much waited for the disk. What the meeting takes for so and
 * is not is told again. Call now and then.
 */
void link_state_review(struct coordinator *coordinator);

#endif
