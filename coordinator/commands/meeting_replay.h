/*
 * Getting a closed meeting ready to be played: its journal is copied into a folder of its own, so
 * that nothing beside the original is made, locked or folded; its documents are read where they
 * lie.
 */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_REPLAY_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_REPLAY_H

#include "coordinator/installation/held_meetings.h"

/* Which meeting: of a file that meeting archive wrote, else of the installation. */
struct meeting_replay_choice {
	const char *dir;
	const char *meeting; /* NULL: the current one */
	const char *file; /* or NULL */
};

/*
 * 0, with the place of what is to be played, for meeting_replay_end; else EXIT_FAILURE, told, and
 * nothing is left. A meeting that is not closed is refused; one that a coordinator serves is not.
 */
int meeting_replay_begin(
	const struct meeting_replay_choice *choice, struct meeting_place *ret_place);
void meeting_replay_end(const struct meeting_place *place);

#endif
