/*
 * Getting a closed meeting ready to be played: its journal is copied into a folder of its own, so
 * that nothing beside the original is made, locked or folded; its documents are read where they
 * lie.
 */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_REPLAY_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_REPLAY_H

#include "coordinator/installation/held_meetings.h"
#include "coordinator/installation/scratch_folder.h"

/* Which meeting: of a file that meeting archive wrote, else of the installation. */
struct meeting_replay_choice {
	const char *dir;
	const char *meeting; /* NULL: the current one */
	const char *file; /* or NULL */
};

struct meeting_replay {
	struct meeting_place place;
	struct scratch_folder folder; /* that the place lies in */
};

/*
 * 0, with the place of what is to be played, for meeting_replay_end; else EXIT_FAILURE, told, and
 * nothing is left. A meeting that is not closed is refused; one that a coordinator serves is not.
 */
int meeting_replay_begin(
	const struct meeting_replay_choice *choice, struct meeting_replay *ret_replay);
void meeting_replay_end(struct meeting_replay *replay);

#endif
