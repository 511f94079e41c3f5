/* The meeting that is served: the current one, the first one, a rehearsal, or one that is played.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_SETUP_H
#define DIEMCAU_COORDINATOR_MEETING_SETUP_H

#include "coordinator/engine/engine.h"
#include "coordinator/installation/held_meetings.h"
#include "coordinator/server.h"

/* installation_lock_serving; a fault is logged. */
int meeting_setup_reserve(const struct server_options *options, int *ret_lock);

/*
 * Choose the meeting and say where it lies. An earlier layout is taken over. A meeting begins only
 * where there is none yet and a plan is given; a rehearsal that a crash has left goes on only with
 * the same plan and speed. 0; or a status, after the fault has been logged.
 */
int meeting_setup_choose(
	const struct server_options *options, const char *boot, struct meeting_place *ret_place);

/*
 * Open its journal, and log what it is and which options it does not follow. 0; or a refusal or
 * fault of journal.h, which has been logged.
 */
int meeting_setup_open(const struct engine_config *config, const struct server_options *options,
	const struct meeting_place *place, struct engine **ret_engine);

/* The same of a closed meeting that is played: options->replay. */
int meeting_setup_open_replay(const struct engine_config *config,
	const struct server_options *options, struct engine **ret_engine);

/* After a rehearsal that was stopped or closed: nothing of it is left. */
void meeting_setup_end_rehearsal(const struct meeting_place *place);

/* Log that the coordinator cannot start for this; returns the status. */
int start_fault(const char *what, int status);

#endif
