/*
 * Beginning a meeting from a plan: its folder is made whole, then gets its id, then becomes
 * current. Until then a crash leaves the installation as it was.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_MEETING_BEGIN_H
#define DIEMCAU_COORDINATOR_INSTALLATION_MEETING_BEGIN_H

#include <stdint.h>

#include "coordinator/installation/held_meetings.h"
#include "coordinator/plan/plan.h"

struct meeting_beginning {
	const char *dir;
	const char *folder; /* of the plan, whose files are kept */
	const struct plan *plan; /* read from there */
	uint32_t speed;
};

/*
 * Begin the next meeting of the installation and make it current; the caller holds
 * installation_lock_changing. 0 with its id, or a negative errno; -EINVAL where a command of the
 * plan is refused, which is logged.
 */
int meeting_begin(
	const struct meeting_beginning *beginning, char ret_meeting[static MEETING_ID_SIZE]);

/*
 * Begin a rehearsal, in place of what is left of an earlier one, with an id that no meeting has:
 * `mark` is unique to this run. Result as above.
 */
int meeting_begin_rehearsal(const struct meeting_beginning *beginning, const char *mark);

#endif
