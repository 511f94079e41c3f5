/*
 * A folder that is written as a whole or not at all: a fault leaves nothing in it, and what a
 * program leaves that was killed is known by the file `.unfinished`.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_NEW_FOLDER_H
#define DIEMCAU_COORDINATOR_INSTALLATION_NEW_FOLDER_H

#include <stdbool.h>

#define NEW_FOLDER_MARK ".unfinished"

/* Positive results. */
enum new_folder_refusal {
	NEW_FOLDER_NOT_EMPTY = 0x100, /* it holds something already */
	NEW_FOLDER_UNFINISHED, /* it holds what a program left that was killed */
};

struct new_folder {
	const char *path;
	bool was_there; /* empty, before it was begun */
};

/* Makes the folder, or takes one that is there. 0; a refusal; a negative errno. */
typedef int take_folder(const char *path);

/*
 * `path`, which outlives the folder, is made, or is empty; `take` makes it. 0, to be ended by
 * new_folder_end; a refusal; a negative errno.
 */
int new_folder_begin(struct new_folder *folder, const char *path, take_folder *take);

/*
 * `r` is what came of writing to it: 0, and it is finished; else all that is in it is removed, and
 * the folder itself where it was not there. `r`, or a negative errno.
 */
int new_folder_end(const struct new_folder *folder, int r);

#endif
