/*
 * Media follow credentials: a join file that was rotated or revoked takes its media keys with it,
 * at the coordinator at once and by the desired states at relay and sites
 * (coordinator/view/media_keys.h).
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_CREDENTIALS_H
#define DIEMCAU_COORDINATOR_PEERS_CREDENTIALS_H

#include <stdbool.h>
#include <stddef.h>

#include "coordinator/engine/engine.h"
#include "coordinator/identity/identity.h"
#include "coordinator/view/media_keys.h"

struct credentials {
	struct engine *engine; /* borrowed, like the next two */
	struct identity_registry *registry;
	struct media_keys *media_keys;
	int64_t roster_marked; /* revision of the roster when its credentials were compared */
};

/*
 * Compare the registry with the known credentials. At the start, before any peer joins, and then
 * periodically; registry_changed: it has been read again.
 */
void credentials_review(struct credentials *credentials, bool registry_changed);

#endif
