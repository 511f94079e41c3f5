/* The meeting of a directory: the running one, or a new one from a plan. */
#ifndef DIEMCAU_COORDINATOR_MEETING_SETUP_H
#define DIEMCAU_COORDINATOR_MEETING_SETUP_H

#include "coordinator/engine/engine.h"
#include "coordinator/server.h"

/*
 * Open the journal. A meeting that is over is archived first, and one whose plan was not completely
 * imported is deleted. 0; or a refusal or fault of journal.h, which has been logged.
 */
int meeting_setup_open(const struct engine_config *config, const struct server_options *options,
	struct engine **ret_engine);

/*
 * Continue the meeting of the journal; start one from the plan where there is none. Result as
 * above.
 */
int meeting_setup_begin(
	struct engine *engine, const struct server_options *options, const char *boot);

/* Log that the coordinator cannot start for this; returns the status. */
int start_fault(const char *what, int status);

#endif
