/* Private: the hard end in the view of the meeting; of *ret only the members that are about it. */
#ifndef DIEMCAU_COORDINATOR_VIEW_CUT_VIEWS_H
#define DIEMCAU_COORDINATOR_VIEW_CUT_VIEWS_H

#include "coordinator/view/derived.h"

void cut_views_say(const struct view_derived *derived, struct wire_meeting_view *ret);

#endif
