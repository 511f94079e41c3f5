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
	struct engine *engine; /* not ours, like the next two */
	struct identity_registry *registry;
	struct media_keys *media_keys;
	size_t sites_marked; /* how many there were when their credentials were looked at */
};

/*
 * Compare the book with what is known of its credentials. At the start, before anybody comes, and
 * then now and then; registry_changed: it has been read again.
 */
void credentials_review(struct credentials *credentials, bool registry_changed);

#endif
