/* Checks of films and of their player, which is a row of sites but no site of the conference. */
#ifndef DIEMCAU_COORDINATOR_PLAN_FILM_CHECK_H
#define DIEMCAU_COORDINATOR_PLAN_FILM_CHECK_H

#include <stdbool.h>

#include "coordinator/plan/consistency.h"

/*
 * Adds every fault found: a film of an item that is none, a name that is no file of the film
 * folder, films without a player, a second player.
 */
void plan_check_films(
	const struct plan *plan, const struct plan_parts *parts, struct plan_diagnostics *faults);

/* Whether this id is that of a player: nobody speaks there, and nothing is owed. */
bool plan_is_player(const struct plan_sites *sites, const char *id);

#endif
