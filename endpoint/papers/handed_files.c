#include "endpoint/papers/handed_files.h"

#include <dirent.h>
#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, DIGEST_CHARS = 64 };

#define PART ".part"

static int name_in(const char *folder, const char *digest, const char *ending,
	char path[HANDED_FILE_PATH_SIZE])
{
	int length = snprintf(path, HANDED_FILE_PATH_SIZE, "%s/%s%s", folder, digest, ending);
	return length < 0 || length >= HANDED_FILE_PATH_SIZE ? -ENAMETOOLONG : 0;
}

int handed_file_path(const char *folder, const char *digest, char path[HANDED_FILE_PATH_SIZE])
{
	return name_in(folder, digest, "", path);
}

bool handed_file_is_here(const char *folder, const char *digest)
{
	char path[HANDED_FILE_PATH_SIZE];
	return handed_file_path(folder, digest, path) == 0 && access(path, R_OK) == 0;
}

uint64_t handed_file_size(const char *folder, const char *digest, uint64_t whole)
{
	char path[HANDED_FILE_PATH_SIZE];
	struct stat part;
	if (handed_file_is_here(folder, digest)) {
		return whole;
	}
	bool begun = name_in(folder, digest, PART, path) == 0 && stat(path, &part) == 0;
	return begun ? (uint64_t)part.st_size : 0;
}

int handed_file_open(const char *folder, const char *digest, FILE **ret_file, uint64_t *ret_size)
{
	char path[HANDED_FILE_PATH_SIZE];
	struct stat found;
	int r = name_in(folder, digest, PART, path);
	if (r != 0) {
		return r;
	}
	FILE *file = fopen(path, "ab");
	if (!file || fstat(fileno(file), &found) != 0) {
		r = -errno;
		if (file) {
			fclose(file);
		}
		return r;
	}
	*ret_file = file;
	*ret_size = (uint64_t)found.st_size;
	return 0;
}

static bool is_of_digest(FILE *file, const char *digest)
{
	unsigned char piece[PIECE];
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	for (size_t got = sizeof(piece); got == sizeof(piece);) {
		got = fread(piece, 1, sizeof(piece), file);
		g_checksum_update(sum, piece, (gssize)got);
	}
	bool same = !ferror(file) && strcmp(g_checksum_get_string(sum), digest) == 0;
	g_checksum_free(sum);
	return same;
}

int handed_file_finish(const char *folder, const char *digest)
{
	char part[HANDED_FILE_PATH_SIZE], path[HANDED_FILE_PATH_SIZE];
	int r = name_in(folder, digest, PART, part);
	r = r == 0 ? handed_file_path(folder, digest, path) : r;
	FILE *file = r == 0 ? fopen(part, "rb") : NULL;
	if (!file) {
		return r == 0 ? -errno : r;
	}
	bool same = is_of_digest(file, digest);
	bool stored = fsync(fileno(file)) == 0; /* a name never stands for less than all of it */
	fclose(file);
	if (same && !stored) {
		return -EIO;
	}
	if (!same) {
		unlink(part);
		return -EBADMSG;
	}
	return rename(part, path) == 0 ? 0 : -errno;
}

static bool is_ours(const char *name)
{
	return strspn(name, "0123456789abcdef") == DIGEST_CHARS &&
	       (name[DIGEST_CHARS] == '\0' || strcmp(name + DIGEST_CHARS, PART) == 0);
}

static bool is_listed(const char *name, const char *const *digests, size_t n_digests)
{
	for (size_t i = 0; i < n_digests; i++) {
		if (strncmp(name, digests[i], DIGEST_CHARS) == 0) {
			return true;
		}
	}
	return false;
}

void handed_files_keep(const char *folder, const char *const *digests, size_t n_digests)
{
	DIR *list = opendir(folder);
	const struct dirent *entry;
	while (list && (entry = readdir(list))) {
		if (is_ours(entry->d_name) && !is_listed(entry->d_name, digests, n_digests)) {
			unlinkat(dirfd(list), entry->d_name, 0);
		}
	}
	if (list) {
		closedir(list);
	}
}
