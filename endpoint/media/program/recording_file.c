#include "endpoint/media/program/recording_file.h"

#include <glib.h>
#include <string.h>
#include <sys/statvfs.h>

static char *numbered(const char *path, unsigned number)
{
	const char *name = strrchr(path, '/');
	const char *ending = strrchr(name ? name : path, '.');
	size_t stem = ending ? (size_t)(ending - path) : strlen(path);
	return g_strdup_printf("%.*s-%u%s", (int)stem, path, number, ending ? ending : "");
}

char *ep_recording_path(const char *path)
{
	char *free_path = g_strdup(path);
	for (unsigned number = 2; g_file_test(free_path, G_FILE_TEST_EXISTS); number++) {
		g_free(free_path);
		free_path = numbered(path, number);
	}
	return free_path;
}

int64_t ep_recording_room(const char *path)
{
	char *folder = g_path_get_dirname(path);
	struct statvfs disk;
	int r = statvfs(folder, &disk);
	g_free(folder);
	return r == 0 ? (int64_t)(disk.f_bavail / 1024 * disk.f_frsize / 1024) : INT64_MAX;
}
