/*
 * A folder of an earlier version: meeting.sqlite was the current meeting, archive/ID.sqlite past
 * ones, rehearsal.sqlite a rehearsal. It is taken over at first use. A crash leaves a folder that
 * is taken over further the next time, and no meeting is ever under no name.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_EARLIER_LAYOUT_H
#define DIEMCAU_COORDINATOR_INSTALLATION_EARLIER_LAYOUT_H

enum earlier_fate {
	EARLIER_MEETING_TAKEN, /* `name` is its id now */
	EARLIER_REHEARSAL_REMOVED, /* `name` is its file */
	EARLIER_LEFT, /* `name` is a file that holds no meeting, or is damaged: it stays there */
};

typedef void earlier_report(void *user, enum earlier_fate fate, const char *name);

/*
 * Takes over what is there of the earlier layout; the caller holds installation_lock_changing. 0,
 * also where there is nothing; -EBUSY while an earlier version serves it; a refusal of journal.h
 * where meeting.sqlite cannot be read, which stays there; another negative errno.
 */
int earlier_layout_take_over(const char *dir, earlier_report *report, void *user);

#endif
