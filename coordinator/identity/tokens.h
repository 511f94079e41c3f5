/* Private: tokens in bulk, for identity_init. */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_TOKENS_H
#define DIEMCAU_COORDINATOR_IDENTITY_TOKENS_H

#include "coordinator/identity/registry.h"

/* A new site with this number, or the relay: writes its join file, and not the registry. */
int token_enrol(
	struct identity_registry *registry, const struct identity_site *site, struct stamp now);

#endif
