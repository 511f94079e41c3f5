/*
 * Who else may read or change a folder of secrets. Files are ours when they belong to whom the
 * folder belongs to, or to root; symbolic links are left alone, whatever they point to.
 */
#ifndef DIEMCAU_PROTO_SYSTEM_MODES_H
#define DIEMCAU_PROTO_SYSTEM_MODES_H

#include <stdbool.h>
#include <stddef.h>

/* Refusals. */
enum modes_refusal {
	MODES_FOREIGN = 1, /* it belongs to another user, who can change it at will */
	MODES_OPEN, /* others may write there and it is not empty: what they put stays */
};

/* Told of each that was open to others, after it was closed; of one that is foreign, before the
 * end.
 */
typedef void modes_told(void *user, const char *path, unsigned int mode);

/*
 * Make a folder of mode 0700, or take one that stands: its mode becomes 0700. 0; MODES_FOREIGN;
 * MODES_OPEN, untouched; a negative errno.
 */
int modes_take_folder(const char *path);

/*
 * Close a folder and the files and folders in it, to a depth of two, to everybody but their owner:
 * 0700 and 0600 at most. `told` may be NULL. 0; MODES_FOREIGN, the path told; a negative errno.
 */
int modes_close(const char *path, modes_told *told, void *user);

/* Can others read this file, or change it? False where that cannot be found out. */
bool modes_is_open(const char *path);

#endif
