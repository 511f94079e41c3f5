/*
 * What a simulated site does because its script says so: its hand, its microphone, its line, and
 * what only an attacker would do.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_SCRIPT_ACTIONS_H
#define DIEMCAU_ENDPOINT_FLEET_SCRIPT_ACTIONS_H

#include <stddef.h>

#include "endpoint/fleet/fleet_site.h"
#include "script_msg.h"

enum {
	FLOOD_MESSAGES = 400,
	FORGED_PACKETS = 200, /* packets */
};

/* Now, by the site that the step names, or by every one where it names none. */
void script_action_run(const struct script_step *step, struct fleet_site *sites, size_t n_sites);

#endif
