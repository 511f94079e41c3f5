/* The scripted actions of a simulated site: its hand, its microphone, its line, and attacks. */
#ifndef DIEMCAU_ENDPOINT_FLEET_SCRIPT_ACTIONS_H
#define DIEMCAU_ENDPOINT_FLEET_SCRIPT_ACTIONS_H

#include <stddef.h>

#include "endpoint/fleet/fleet_site.h"
#include "script_msg.h"

enum {
	FLOOD_MESSAGES = 400,
	FORGED_PACKETS = 200, /* packets */
};

/* Runs the step now, for the site it names, or for every site if it names none. */
void script_action_run(const struct script_step *step, struct fleet_site *sites, size_t n_sites);

#endif
