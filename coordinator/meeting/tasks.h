/* The preparation: what is to be done before the meeting, by whom and by when. */
#ifndef DIEMCAU_COORDINATOR_MEETING_TASKS_H
#define DIEMCAU_COORDINATOR_MEETING_TASKS_H

#include "coordinator/meeting/meeting.h"

struct task {
	char id[TASK_ID_SIZE];
	char title[TITLE_LINE_SIZE];
	char owner[UNIT_SIZE];
	char due[41]; /* YYYY-MM-DD, checked; "" without one */
	bool marked; /* done, or not done after all: the rest is set */
	bool done;
	struct stamp wall;
	struct actor by;
	char note[NOTE_SIZE];
};

/* In the order they were added. */
size_t mtg_task_count(const struct meeting *meeting);
const struct task *mtg_task(const struct meeting *meeting, size_t position);
/* Whether the day by which it was to be done is over, and it is not done. */
bool mtg_task_is_late(const struct meeting *meeting, const struct task *task, struct stamp wall);
/* The seq of the last change; 0: none ever. */
int64_t mtg_tasks_revision(const struct meeting *meeting);

#endif
