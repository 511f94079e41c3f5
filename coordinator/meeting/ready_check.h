/*
 * The ready check: all sites are asked at once, each answers by one press on its page. It ends by
 * itself when all have answered or its span is over; what came of it stays until the next one.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_READY_CHECK_H
#define DIEMCAU_COORDINATOR_MEETING_READY_CHECK_H

#include "coordinator/meeting/meeting.h"

struct ready_check {
	bool open;
	struct instant asked; /* 0: there was none yet */
	struct instant due; /* it ends by itself */
	struct instant ended; /* while it is not open */
	enum asked_end cause;
};

const struct ready_check *mtg_ready_check(const struct meeting *meeting);

struct ready_count {
	size_t ready;
	size_t of; /* asked, and still let in */
};

struct ready_count mtg_ready_count(const struct meeting *meeting);

#endif
