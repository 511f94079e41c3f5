#include "coordinator/papers/paper_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "coordinator/identity/file_digest.h"
#include "coordinator/identity/message_file.h"
#include "coordinator/papers/file_kind.h"
#include "coordinator/papers/paper_name.h"
#include "proto/codec/codec.h"
#include "proto/codec/patterns.h"
#include "proto/gen/tables.h"
#include "text_copy.h"

_Static_assert(CONTENT_DIGEST_SIZE == (int)FILE_DIGEST_SIZE, "both are SHA-256 in hexadecimal");

enum { UPLOAD_NAME_SIZE = INSTANCE_ID_SIZE + 8 };

int paper_store_init(struct paper_store *store, const char *folder)
{
	return text_copy(store->folder, sizeof(store->folder), folder)
		       ? atomic_file_path(store->coming, folder, "coming")
		       : -ENAMETOOLONG;
}

int paper_store_prepare(const struct paper_store *store)
{
	int r = atomic_file_make_folder(store->folder);
	if (r == 0) {
		r = atomic_file_make_folder(store->coming);
	}
	if (r == 0) {
		r = atomic_file_sync_folder_of(store->coming);
	}
	return r == 0 ? atomic_file_sync_folder_of(store->folder) : r;
}

int paper_path(
	const struct paper_store *store, const char *digest, char ret[static ATOMIC_FILE_PATH_MAX])
{
	bool sound = strlen(digest) == CONTENT_DIGEST_CHARS && check_content_digest(digest);
	return sound ? atomic_file_path(ret, store->folder, digest) : -EINVAL;
}

/* The paths of a file that is coming and of its ticket. */
struct coming {
	char file[ATOMIC_FILE_PATH_MAX];
	char ticket[ATOMIC_FILE_PATH_MAX];
};

static int find_coming(const struct paper_store *store, const char *upload, struct coming *ret)
{
	char name[UPLOAD_NAME_SIZE];
	if (strlen(upload) != INSTANCE_ID_CHARS || !check_instance_id(upload)) {
		return -ENOENT;
	}
	snprintf(name, sizeof(name), "%s.json", upload);
	int r = atomic_file_path(ret->file, store->coming, upload);
	return r == 0 ? atomic_file_path(ret->ticket, store->coming, name) : r;
}

int paper_path_coming(
	const struct paper_store *store, const char *upload, char ret[static ATOMIC_FILE_PATH_MAX])
{
	struct coming coming;
	int r = find_coming(store, upload, &coming);
	return r == 0 && !text_copy(ret, ATOMIC_FILE_PATH_MAX, coming.file) ? -ENAMETOOLONG : r;
}

/* ---- what is coming ---- */

/* The ticket comes first: a file without one is nobody's. */
int paper_begin(const struct paper_store *store, const struct upload_ticket *ticket)
{
	struct coming coming;
	int r = find_coming(store, ticket->upload, &coming);
	if (r == 0) {
		r = message_file_write(coming.ticket, &msg_upload_ticket, ticket);
	}
	return r == 0 ? atomic_file_replace(coming.file, "", 0) : r;
}

int paper_length(const struct paper_store *store, const char *upload, int64_t *ret_length)
{
	struct coming coming;
	struct stat facts;
	int r = find_coming(store, upload, &coming);
	if (r < 0) {
		return r;
	}
	if (lstat(coming.file, &facts) < 0) {
		return -errno;
	}
	*ret_length = (int64_t)facts.st_size;
	return S_ISREG(facts.st_mode) ? 0 : -EINVAL;
}

int paper_digest(
	const struct paper_store *store, const char *upload, char ret[static CONTENT_DIGEST_SIZE])
{
	struct coming coming;
	int r = find_coming(store, upload, &coming);
	return r == 0 ? file_digest(coming.file, ret) : r;
}

static int write_at(int fd, int64_t offset, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = pwrite(fd, bytes, size, (off_t)offset);
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return -errno;
		}
		bytes += n;
		offset += n;
		size -= (size_t)n;
	}
	return fdatasync(fd) < 0 ? -errno : 0;
}

/* All of the piece or nothing of it: the file's length is what the sender goes on from. */
static int append_to(int fd, int64_t offset, const void *bytes, size_t size)
{
	struct stat facts;
	if (fstat(fd, &facts) < 0) {
		return -errno;
	}
	if (!S_ISREG(facts.st_mode) || facts.st_size != (off_t)offset) {
		return -ERANGE;
	}
	int r = write_at(fd, offset, bytes, size);
	if (r < 0 && ftruncate(fd, (off_t)offset) < 0) {
		return -errno;
	}
	return r;
}

int paper_append(const struct paper_store *store, const char *upload, int64_t offset,
	const void *bytes, size_t size)
{
	struct coming coming;
	int r = find_coming(store, upload, &coming);
	if (r < 0) {
		return r;
	}
	int fd = open(coming.file, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	r = append_to(fd, offset, bytes, size);
	if (close(fd) < 0 && r == 0) {
		r = -errno;
	}
	return r;
}

int paper_end(const struct paper_store *store, const char *upload)
{
	struct coming coming;
	int r = find_coming(store, upload, &coming);
	if (r == 0 && unlink(coming.file) < 0 && errno != ENOENT) {
		r = -errno;
	}
	if (r == 0 && unlink(coming.ticket) < 0 && errno != ENOENT) {
		r = -errno;
	}
	return r == -ENOENT ? 0 : r;
}

/* ---- what is whole ---- */

static int recognise(const char *path, struct meeting_file *file)
{
	struct stat facts;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	int r = fstat(fd, &facts) < 0 ? -errno : 0;
	if (r == 0) {
		file->size = (uint64_t)facts.st_size;
		r = file_kind_of(fd, (int64_t)facts.st_size, &file->type);
	}
	close(fd);
	return r == 0 && file->type == FILE_TYPE_UNSET ? -EMEDIUMTYPE : r;
}

/* The same content may be there already. */
static int link_to(const char *from, const char *path)
{
	if (link(from, path) < 0 && errno != EEXIST) {
		return -errno;
	}
	return atomic_file_sync_folder_of(path);
}

int paper_keep(const struct paper_store *store, const struct upload_ticket *ticket,
	struct meeting_file *ret_file)
{
	struct coming coming;
	char path[ATOMIC_FILE_PATH_MAX];
	memset(ret_file, 0, sizeof(*ret_file));
	int r = find_coming(store, ticket->upload, &coming);
	if (r == 0) {
		r = recognise(coming.file, ret_file);
	}
	if (r == 0) {
		r = file_digest(coming.file, ret_file->digest);
	}
	if (r == 0) {
		r = paper_path(store, ret_file->digest, path);
	}
	if (r < 0) {
		return r;
	}
	paper_name_make(ticket->ask.name, ret_file->type, ret_file->name);
	return link_to(coming.file, path);
}

int paper_drop(const struct paper_store *store, const char *digest)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = paper_path(store, digest, path);
	return r == 0 && unlink(path) < 0 && errno != ENOENT ? -errno : r;
}
