/*
 * Access of other users to a folder of secrets. Files are ours if they belong to the folder's owner
 * or to root; symbolic links are ignored, whatever their target.
 */
#ifndef DIEMCAU_PROTO_SYSTEM_MODES_H
#define DIEMCAU_PROTO_SYSTEM_MODES_H

#include <stdbool.h>
#include <stddef.h>

/* Refusals. */
enum modes_refusal {
	MODES_FOREIGN = 1, /* it belongs to another user, who can change it at any time */
	MODES_OPEN, /* others may write there and it is not empty: foreign files would remain */
};

/*
 * Called for each entry that was open to others, after it was closed; for a foreign one, before
 * returning.
 */
typedef void modes_report(void *user, const char *path, unsigned int mode);

/*
 * Creates a folder of mode 0700, or uses an existing one: its mode becomes 0700. 0; MODES_FOREIGN;
 * MODES_OPEN, unchanged; a negative errno.
 */
int modes_take_folder(const char *path);

/*
 * Closes a folder and the files and folders in it, to a depth of four, to all but their owner: 0700
 * and 0600 at most. `report` may be NULL. 0; MODES_FOREIGN, with the path reported; a negative
 * errno.
 */
int modes_close(const char *path, modes_report *report, void *user);

/*
 * What root makes in somebody's folder is to be that somebody's, or his programs cannot read it.
 * Gives the open file to the owner of the folder, where root asks and the folder is another user's.
 * 0 or a negative errno.
 */
int modes_give_to_owner(int fd, const char *folder);

/* True if others can read or change this file; false if that cannot be determined. */
bool modes_is_open(const char *path);

#endif
