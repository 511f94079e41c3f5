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
 * Whether a reader may see an event. own_site is the id of a reader in role site, else NULL: a
 * site sees of site.*, mic.locked and message.sent only what concerns itself.
 */
bool mtg_visible(enum role role, const char *own_site, const struct event *event);

/*
 * Whether a reader in this role sees events of this name, a site those about itself. What is made
 * of events (views, minutes) shows what comes of those alone.
 */
bool mtg_sees(enum role role, enum event_name name);

#endif
