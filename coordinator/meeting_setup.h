/* The meeting that a directory is run for: the one that goes on there, or one begun from a plan. */
#ifndef DIEMCAU_COORDINATOR_MEETING_SETUP_H
#define DIEMCAU_COORDINATOR_MEETING_SETUP_H

#include "coordinator/engine/engine.h"
#include "coordinator/server.h"

/*
 * Open the journal. A meeting that is over is put aside first, and one of which the plan was not
 * wholly taken in is thrown away. 0; or a refusal or fault of journal.h, which has been logged.
 */
int meeting_setup_open(const struct engine_config *config, const struct server_options *options,
	struct engine **ret_engine);

/* Go on with the meeting of the journal; begin one from the plan where there is none. The same. */
int meeting_setup_begin(
	struct engine *engine, const struct server_options *options, const char *boot);

/* Log that the coordinator cannot start for this; returns the status. */
int start_fault(const char *what, int status);

#endif
