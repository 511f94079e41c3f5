/*
 * Who may ask for what, and who sees what: as proto/schema declares it of each command
 * (`x-command`) and each event (`x-event`). docs/meeting.md shows it as two tables.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_RIGHTS_H
#define DIEMCAU_COORDINATOR_MEETING_RIGHTS_H

#include "coordinator/meeting/meeting.h"

enum right {
	RIGHT_NEVER,
	RIGHT_OWN, /* a site for itself and its own turns */
	RIGHT_ALWAYS,
};

enum right mtg_right(enum role role, enum command_name command);

/*
 * Whether a reader may see an event. own_site is the id of a reader in role site, else NULL: a site
 * sees those of site.*, mic.locked and message.sent that concern itself.
 */
bool mtg_is_visible(enum role role, const char *own_site, const struct event *event);

/*
 * Whether a reader in this role sees events of this name; a site sees those about itself. Views and
 * minutes show only what follows from events the reader sees.
 */
bool mtg_role_sees(enum role role, enum event_name name);

#endif
