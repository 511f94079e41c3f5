/*
 * Private: registration and attendance as views: of each site for staff, and of its own for a site.
 * Arrays are in the arena; 0 or -ENOMEM. Nobody is named here.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_REGISTRATION_VIEWS_H
#define DIEMCAU_COORDINATOR_VIEW_REGISTRATION_VIEWS_H

#include "coordinator/meeting/meeting.h"
#include "proto/codec/arena.h"
#include "wire_msg.h"

/* Of the sites whose registration changed after this seq. */
int registration_views(const struct meeting *meeting, int64_t after, struct msg_arena *arena,
	const struct wire_registration_view **ret, size_t *ret_n);
/* All sites together; all zero where sites do not register. Zeroes *ret first. */
void registration_view_attendance(const struct meeting *meeting, struct wire_attendance_view *ret);

#endif
