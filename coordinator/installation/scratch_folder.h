/*
 * A folder in /tmp for as long as a program needs it. What a killed program has left is removed by
 * the next of the same user that makes one of the same name: the folder is locked (flock) for the
 * life of whoever made it, and one that nobody has locked is left over.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_SCRATCH_FOLDER_H
#define DIEMCAU_COORDINATOR_INSTALLATION_SCRATCH_FOLDER_H

enum { SCRATCH_PATH_SIZE = 64 };

struct scratch_folder {
	char path[SCRATCH_PATH_SIZE]; /* /tmp/diemcau-replay-x1Yz2A; "": none was made, or it is
					 removed */
	int lock;
};

/* Its owner's alone. `purpose`: a word of its name (replay). 0 or a negative errno. */
int scratch_folder_make(const char *purpose, struct scratch_folder *ret);

/* With all that is in it, if there is one. 0 or a negative errno; it is unlocked in any case. */
int scratch_folder_remove(struct scratch_folder *scratch);

#endif
