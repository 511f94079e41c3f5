/* See file.h. */
#include "proto/system/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Checked first, because opening alone has effects on many devices; checked again, because the file
 * may have been replaced meanwhile.
 */
static int open_ordinary(const char *path)
{
	struct stat facts;
	if (stat(path, &facts) < 0) {
		return -errno;
	}
	if (!S_ISREG(facts.st_mode)) {
		return -EINVAL;
	}
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		return -errno;
	}
	int r = fstat(fd, &facts) < 0 ? -errno : S_ISREG(facts.st_mode) ? 0 : -EINVAL;
	if (r < 0) {
		close(fd);
		return r;
	}
	return fd;
}

/* A file may grow while it is read: at most `most` bytes are read. */
static int read_all(int fd, char *bytes, size_t most, size_t *ret_size)
{
	size_t held = 0;
	while (held <= most) {
		ssize_t got = read(fd, bytes + held, most + 1 - held);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0) {
			return -errno;
		}
		if (got == 0) {
			break;
		}
		held += (size_t)got;
	}
	if (held > most) {
		return -EFBIG;
	}
	bytes[held] = '\0';
	*ret_size = held;
	return 0;
}

static int read_open(int fd, size_t most, char **ret_bytes, size_t *ret_size)
{
	struct stat facts;
	if (fstat(fd, &facts) < 0) {
		return -errno;
	}
	if ((unsigned long long)facts.st_size > most) {
		return -EFBIG;
	}
	char *bytes = malloc(most + 2);
	if (!bytes) {
		return -ENOMEM;
	}
	int r = read_all(fd, bytes, most, ret_size);
	if (r < 0) {
		free(bytes);
		return r;
	}
	*ret_bytes = bytes;
	return 0;
}

int file_read(const char *path, size_t most, char **ret_bytes, size_t *ret_size)
{
	int fd = open_ordinary(path);
	if (fd < 0) {
		return fd;
	}
	int r = read_open(fd, most, ret_bytes, ret_size);
	close(fd);
	return r;
}

const char *file_fault_text(int error)
{
	if (error == -EINVAL) {
		return "not an ordinary file";
	}
	return error == -EFBIG ? "the file is too large" : strerror(-error);
}
