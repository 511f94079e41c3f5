/* The bell and the pause it rings for, as people see them and as sites are told. */
#ifndef DIEMCAU_COORDINATOR_VIEW_BELL_VIEWS_H
#define DIEMCAU_COORDINATOR_VIEW_BELL_VIEWS_H

#include "coordinator/meeting/meeting.h"
#include "wire_msg.h"

void bell_view(const struct meeting *meeting, struct wire_bell_view *ret);

/* The same part of a desired state for every site. */
void bell_view_desired(const struct meeting *meeting, struct wire_site_desired *ret);

#endif
