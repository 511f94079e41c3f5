/* How a simulated site votes: it counts its hall some seconds after a vote has opened, or, in a
   vote by name, its people vote one after the other. */
#ifndef DIEMCAU_ENDPOINT_FLEET_SITE_VOTE_H
#define DIEMCAU_ENDPOINT_FLEET_SITE_VOTE_H

#include <stdbool.h>

#include "endpoint/fleet/fleet_site.h"

enum { SITE_VOTE_VOTERS = 3 }; /* of a site, in a vote by name */

/* Whether the site has something to cast in the vote it is told of. */
bool site_vote_is_due(const struct wire_site_desired *desired);

/* What it casts next. */
void site_vote_cast(
	const struct wire_site_desired *desired, const char *site, struct command *ret_command);

#endif
