/* The numbers in media of a plan's sites: those that the installation has given them. */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_SITE_NUMBERS_H
#define DIEMCAU_COORDINATOR_INSTALLATION_SITE_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/identity/identity.h"
#include "coordinator/plan/plan.h"

/*
 * The number of each site, in the order of the plan; a site that the installation does not know is
 * given the next one. The caller frees the array. 0, a refusal of identity.h or a negative errno.
 */
int site_numbers_give(const char *dir, const struct plan *plan, uint32_t **ret_numbers);
/* The same numbers, and none is given yet. */
int site_numbers_foresee(const char *dir, const struct plan *plan, uint32_t **ret_numbers);

/* It has a number, and never had a join file. */
bool site_numbers_is_new(const struct identity_registry *registry, const char *site);

/* Log which of the plan's sites have no join file yet. */
void site_numbers_tell_missing(const char *dir, const struct plan *plan);

#endif
