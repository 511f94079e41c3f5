/* Inside of coordinator/identity: tokens in bulk, for identity_init. */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_TOKENS_H
#define DIEMCAU_COORDINATOR_IDENTITY_TOKENS_H

#include "coordinator/identity/registry.h"

/* As identity_site_add, but the book is not written yet: its join file is. */
int token_enrol(
	struct identity_registry *registry, const struct identity_site *site, struct stamp now);

#endif
