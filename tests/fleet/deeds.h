/*
 * What a simulated site does because its script says so: its hand, its microphone, its line, and
 * what only an attacker would do.
 */
#ifndef DIEMCAU_FLEET_DEEDS_H
#define DIEMCAU_FLEET_DEEDS_H

#include <stddef.h>

#include "script_msg.h"
#include "tests/fleet/site.h"

enum {
	DEED_FLOOD_MESSAGES = 400,
	DEED_FORGERIES = 200, /* packets */
};

/* Now, by the site that the step names, or by every one where it names none. */
void deed_do(const struct script_step *step, struct site *sites, size_t n_sites);

#endif
