/* What the speaker's screen says besides the clock, as people see it. */
#ifndef DIEMCAU_COORDINATOR_VIEW_LECTERN_VIEW_H
#define DIEMCAU_COORDINATOR_VIEW_LECTERN_VIEW_H

#include "coordinator/meeting/meeting.h"
#include "wire_msg.h"

void lectern_view(const struct meeting *meeting, struct wire_lectern_view *ret);

#endif
