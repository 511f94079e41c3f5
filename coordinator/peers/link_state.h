/*
 * Reports links and spares to the meeting, as commands of the system (site.link, site.spare,
 * relay.link).
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_LINK_STATE_H
#define DIEMCAU_COORDINATOR_PEERS_LINK_STATE_H

#include "coordinator/engine/engine.h"
#include "coordinator/peers/clients.h"
#include "coordinator/peers/standby.h"
#include "coordinator/telemetry/flap_damping.h"

struct link_states {
	struct engine *engine; /* borrowed, like the next */
	struct flap_damping *damping; /* by site number; 0 is the relay's */
};

/* The link of a site or of the relay; reason may be NULL. */
void link_state_report(struct link_states *links, const struct client *client, enum link_state link,
	const char *reason);
/* A second instance waits, or no longer waits. */
void link_state_report_spare(struct link_states *links, const struct client *client, bool waiting);

/*
 * A command may have been refused while too many events waited for the disk. Reports again each
 * link whose state in the meeting is wrong. Call periodically.
 */
void link_state_review(
	struct link_states *links, const struct clients *clients, const struct standby *standbys);

#endif
