/*
 * A folder with all that is in it: removed, synced, copied. Symbolic links are not followed.
 * Results are 0 or a negative errno.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_FILE_TREE_H
#define DIEMCAU_COORDINATOR_INSTALLATION_FILE_TREE_H

/* That there is none is no fault. */
int file_tree_remove(const char *path);

/* Files first, then their folders: what is in it is on disk when this returns 0. */
int file_tree_sync(const char *path);

/* Gives all that root has made in it to the owner of the folder that it lies in: modes.h. */
int file_tree_give_to_owner(const char *path);

/* Copies one regular file of at most ATOMIC_FILE_SIZE_MAX bytes; the copy is its owner's alone. */
int file_tree_copy_file(const char *from, const char *to);

#endif
