/*
 * A simulated site in a line test: it measures its own streams as long as a real site does, and
 * then whoever is at the machine says that the sound was heard.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_FLEET_LINE_H
#define DIEMCAU_ENDPOINT_FLEET_FLEET_LINE_H

#include "endpoint/fleet/fleet_site.h"

/*
 * Called at each tick while its link is up. level_dbfs: of its microphone, now. True with a command
 * that is to be sent.
 */
bool fleet_line_watch(struct fleet_site *site, int32_t level_dbfs, int64_t now_us, int64_t wall_us,
	struct command *ret_command);

#endif
