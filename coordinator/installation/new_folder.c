#include "coordinator/installation/new_folder.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "coordinator/identity/atomic_file.h"
#include "coordinator/installation/file_tree.h"

static bool is_entry(const char *name)
{
	return strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* That there is no such folder is no fault. */
static int look(struct new_folder *folder)
{
	DIR *entries = opendir(folder->path);
	if (!entries) {
		return errno == ENOENT ? 0 : -errno;
	}
	folder->was_there = true;
	int r = 0;
	struct dirent *entry;
	while (r != NEW_FOLDER_UNFINISHED && (entry = readdir(entries))) {
		if (strcmp(entry->d_name, NEW_FOLDER_MARK) == 0) {
			r = NEW_FOLDER_UNFINISHED;
		} else if (is_entry(entry->d_name)) {
			r = NEW_FOLDER_NOT_EMPTY;
		}
	}
	closedir(entries);
	return r;
}

static int mark(const char *path)
{
	char name[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(name, path, NEW_FOLDER_MARK);
	return r == 0 ? atomic_file_replace(name, "", 0) : r;
}

static int unmark(const char *path)
{
	char name[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(name, path, NEW_FOLDER_MARK);
	return r == 0 && unlink(name) < 0 && errno != ENOENT ? -errno : r;
}

/* The mark goes last: until then the rest is known for what it is. */
static void clear(const struct new_folder *folder)
{
	char name[ATOMIC_FILE_PATH_MAX];
	DIR *entries = opendir(folder->path);
	struct dirent *entry;
	while (entries && (entry = readdir(entries))) {
		if (is_entry(entry->d_name) && strcmp(entry->d_name, NEW_FOLDER_MARK) != 0 &&
			atomic_file_path(name, folder->path, entry->d_name) == 0) {
			file_tree_remove(name);
		}
	}
	if (entries) {
		closedir(entries);
	}
	unmark(folder->path);
	if (!folder->was_there) {
		rmdir(folder->path);
	}
}

int new_folder_begin(struct new_folder *folder, const char *path, take_folder *take)
{
	*folder = (struct new_folder){.path = path};
	int r = look(folder);
	if (r == 0) {
		r = take(path);
	}
	if (r != 0) {
		return r;
	}
	r = mark(path);
	if (r != 0) {
		clear(folder);
	}
	return r;
}

int new_folder_end(const struct new_folder *folder, int r)
{
	if (r == 0) {
		return unmark(folder->path);
	}
	clear(folder);
	return r;
}
