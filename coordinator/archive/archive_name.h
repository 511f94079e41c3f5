/* Private: how an archive is marked, and the names of the files in it. */
#ifndef DIEMCAU_COORDINATOR_ARCHIVE_ARCHIVE_NAME_H
#define DIEMCAU_COORDINATOR_ARCHIVE_ARCHIVE_NAME_H

#include <stdbool.h>

/* The comment of the ZIP. */
#define ARCHIVE_MARK "diemcau meeting 1"

enum {
	ARCHIVE_NAME_SIZE = 256,
	ARCHIVE_DEPTH_MAX = 3, /* parts of a name: plan/sites.csv has two */
	ARCHIVE_PATH_SIZE = 4096,
};

/* Letters, digits and . _ - between slashes, no part beginning with a dot: never out of a folder.
 */
bool archive_name_is_plain(const char *name);

/* folder "/" name. 0 or -ENAMETOOLONG. */
int archive_path(char path[static ARCHIVE_PATH_SIZE], const char *folder, const char *name);

#endif
