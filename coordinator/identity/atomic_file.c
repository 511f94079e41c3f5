/*
 * The order of the three steps matters: contents on disk, then the name, then the folder that holds
 * the name. A crash between any two leaves the old file readable.
 */
#include "coordinator/identity/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proto/system/file.h"
#include "proto/system/modes.h"
#include "text_copy.h"

enum { OWNER_ONLY = 0600, FOLDER_OWNER_ONLY = 0700 };

int atomic_file_path(char path[ATOMIC_FILE_PATH_MAX], const char *dir, const char *name)
{
	int length = snprintf(path, ATOMIC_FILE_PATH_MAX, "%s/%s", dir, name);
	return length < 0 || length >= ATOMIC_FILE_PATH_MAX ? -ENAMETOOLONG : 0;
}

/* The folder that a path lies in. */
static void folder_of(char folder[static ATOMIC_FILE_PATH_MAX], const char *path)
{
	char copy[ATOMIC_FILE_PATH_MAX];
	TEXT_COPY(copy, path);
	text_copy(folder, ATOMIC_FILE_PATH_MAX, dirname(copy));
}

static int give_to_owner(int fd, const char *path)
{
	char folder[ATOMIC_FILE_PATH_MAX];
	folder_of(folder, path);
	return modes_give_to_owner(fd, folder);
}

int atomic_file_make_folder(const char *path)
{
	if (mkdir(path, FOLDER_OWNER_ONLY) < 0) {
		return errno == EEXIST ? 0 : -errno;
	}
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	int r = give_to_owner(fd, path);
	close(fd);
	return r;
}

static int write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t written = write(fd, bytes, size);
		if (written < 0) {
			if (errno == EINTR) {
				continue;
			}
			return -errno;
		}
		bytes += written;
		size -= (size_t)written;
	}
	return fsync(fd) < 0 ? -errno : 0;
}

int atomic_file_sync_folder_of(const char *path)
{
	char folder[ATOMIC_FILE_PATH_MAX];
	folder_of(folder, path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	int r = fsync(fd) < 0 ? -errno : 0;
	close(fd);
	return r;
}

static int write_temporary(const char *path, const void *bytes, size_t size)
{
	unlink(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, OWNER_ONLY);
	if (fd < 0) {
		return -errno;
	}
	int r = give_to_owner(fd, path);
	if (r == 0) {
		r = write_all(fd, bytes, size);
	}
	if (close(fd) < 0 && r == 0) {
		r = -errno;
	}
	return r;
}

int atomic_file_replace(const char *path, const void *bytes, size_t size)
{
	char temporary[ATOMIC_FILE_PATH_MAX];
	int length = snprintf(temporary, sizeof(temporary), "%s.new", path);
	if (length < 0 || (size_t)length >= sizeof(temporary)) {
		return -ENAMETOOLONG;
	}
	int r = write_temporary(temporary, bytes, size);
	if (r == 0 && rename(temporary, path) < 0) {
		r = -errno;
	}
	if (r < 0) {
		unlink(temporary);
		return r;
	}
	return atomic_file_sync_folder_of(path);
}

int atomic_file_read(const char *path, char **ret_bytes, size_t *ret_size)
{
	return file_read(path, ATOMIC_FILE_SIZE_MAX, ret_bytes, ret_size);
}
