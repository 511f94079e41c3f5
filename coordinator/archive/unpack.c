/* Unpacking: of a file that may be anything. See archive.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "bounds.h"
#include "cleanup.h"
#include "coordinator/archive/archive.h"
#include "coordinator/archive/archive_name.h"

enum { BUFFER_SIZE = 64 * 1024, MIB = 1024 * 1024 };

DEFINE_CLEANUP(zip_t *, zip_discard)

struct unpacking {
	zip_t *zip;
	const char *folder;
	uint64_t unpacked; /* bytes */
};

static int open_zip(const char *file, zip_t **ret_zip)
{
	int code = 0, length = 0;
	errno = 0;
	*ret_zip = zip_open(file, ZIP_RDONLY | ZIP_CHECKCONS, &code);
	if (!*ret_zip) {
		return code == ZIP_ER_MEMORY                         ? -ENOMEM
		       : code == ZIP_ER_OPEN || code == ZIP_ER_NOENT ? -(errno ? errno : ENOENT)
								     : ARCHIVE_OTHER;
	}
	const char *mark = zip_get_archive_comment(*ret_zip, &length, ZIP_FL_ENC_RAW);
	bool ours = mark && (size_t)length == strlen(ARCHIVE_MARK) &&
		    memcmp(mark, ARCHIVE_MARK, (size_t)length) == 0;
	return ours ? 0 : ARCHIVE_OTHER;
}

/* The folders above a file. */
static int make_parents(const struct unpacking *unpacking, const char *name)
{
	char path[ARCHIVE_PATH_SIZE], above[ARCHIVE_NAME_SIZE];
	for (const char *at = strchr(name, '/'); at; at = strchr(at + 1, '/')) {
		snprintf(above, sizeof(above), "%.*s", (int)(at - name), name);
		int r = archive_path(path, unpacking->folder, above);
		if (r == 0 && mkdir(path, 0700) < 0 && errno != EEXIST) {
			r = -errno;
		}
		if (r != 0) {
			return r;
		}
	}
	return 0;
}

static int write_bytes(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);
		if (n < 0) {
			return -errno;
		}
		bytes += n;
		size -= (size_t)n;
	}
	return 0;
}

/* The sizes that a ZIP claims are not believed: what comes is counted. */
static int copy_out(struct unpacking *unpacking, zip_file_t *from, int to)
{
	static char buffer[BUFFER_SIZE];
	zip_int64_t n;
	while ((n = zip_fread(from, buffer, sizeof(buffer))) > 0) {
		unpacking->unpacked += (uint64_t)n;
		if (unpacking->unpacked / MIB >= ARCHIVE_MIB_MAX) {
			return ARCHIVE_TOO_LARGE;
		}
		int r = write_bytes(to, buffer, (size_t)n);
		if (r < 0) {
			return r;
		}
	}
	return n < 0 ? ARCHIVE_DAMAGED : fsync(to) < 0 ? -errno : 0;
}

static int unpack_file(struct unpacking *unpacking, zip_uint64_t index, const char *name)
{
	char path[ARCHIVE_PATH_SIZE];
	int r = make_parents(unpacking, name);
	if (r == 0) {
		r = archive_path(path, unpacking->folder, name);
	}
	if (r != 0) {
		return r;
	}
	int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (to < 0) {
		return errno == EEXIST ? ARCHIVE_BAD_NAME : -errno;
	}
	zip_file_t *from = zip_fopen_index(unpacking->zip, index, 0);
	r = from ? copy_out(unpacking, from, to) : ARCHIVE_DAMAGED;
	if (from && zip_fclose(from) != 0 && r == 0) {
		r = ARCHIVE_DAMAGED;
	}
	close(to);
	return r;
}

int archive_unpack(const char *file, const char *folder)
{
	zip_t *zip cleanup(zip_discard) = NULL;
	int r = open_zip(file, &zip);
	if (r != 0) {
		return r;
	}
	struct unpacking unpacking = {.zip = zip, .folder = folder};
	zip_int64_t n = zip_get_num_entries(zip, 0);
	if (n > ARCHIVE_FILES_MAX) {
		return ARCHIVE_TOO_LARGE;
	}
	for (zip_int64_t i = 0; i < n && r == 0; i++) {
		const char *name = zip_get_name(zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
		r = name && archive_name_is_plain(name)
			    ? unpack_file(&unpacking, (zip_uint64_t)i, name)
			    : ARCHIVE_BAD_NAME;
	}
	return r;
}
