#include "coordinator/archive/archive_name.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool archive_name_is_plain(const char *name)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	int parts = 0;
	if (strlen(name) >= ARCHIVE_NAME_SIZE) {
		return false;
	}
	for (;; name++) {
		size_t length = strspn(name, allowed);
		if (length == 0 || name[0] == '.' || ++parts > ARCHIVE_DEPTH_MAX) {
			return false;
		}
		name += length;
		if (*name != '/') {
			return *name == '\0';
		}
	}
}

int archive_path(char path[static ARCHIVE_PATH_SIZE], const char *folder, const char *name)
{
	int n = snprintf(path, ARCHIVE_PATH_SIZE, "%s/%s", folder, name);
	return n < ARCHIVE_PATH_SIZE ? 0 : -ENAMETOOLONG;
}
