/* See modes.h. */
#include "proto/system/modes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	OWNER_FOLDER = 0700,
	OTHERS = 0077,
	OTHERS_WRITE = 0022,
	MODE_BITS = 0777,
	DEPTH = 4, /* the folder, meetings/, one of them, its plan/ and the files there */
	PATH_SIZE = 4096,
};

struct closing {
	modes_report *report;
	void *user;
	uid_t owner;
};

static int is_empty(const char *path, bool *ret_empty)
{
	DIR *folder = opendir(path);
	if (!folder) {
		return -errno;
	}
	size_t n = 0;
	while (n <= 2 && readdir(folder)) {
		n++; /* "." and ".." are two */
	}
	closedir(folder);
	*ret_empty = n <= 2;
	return 0;
}

/* A symbolic link in the place of the folder is refused. */
static int use_existing(const char *path)
{
	struct stat facts;
	if (stat(path, &facts) < 0) {
		return -errno;
	}
	if (!S_ISDIR(facts.st_mode)) {
		return -ENOTDIR;
	}
	if (facts.st_uid != geteuid()) {
		return MODES_FOREIGN;
	}
	bool open = facts.st_mode & OTHERS_WRITE;
	bool empty = false;
	int r = is_empty(path, &empty);
	if (r < 0 || (open && !empty)) {
		return r < 0 ? r : MODES_OPEN;
	}
	if (chmod(path, OWNER_FOLDER) < 0) {
		return -errno;
	}
	/* Once it is closed, others cannot write any more: files written before are seen now. */
	r = open ? is_empty(path, &empty) : 0;
	return r < 0 ? r : open && !empty ? MODES_OPEN : 0;
}

int modes_take_folder(const char *path)
{
	if (mkdir(path, OWNER_FOLDER) == 0) {
		return 0;
	}
	return errno == EEXIST ? use_existing(path) : -errno;
}

static int close_one(const struct closing *closing, const char *path, const struct stat *facts)
{
	bool ours = facts->st_uid == closing->owner || facts->st_uid == 0;
	unsigned int mode = facts->st_mode & MODE_BITS;
	if (!ours || mode & OTHERS) {
		if (ours && fchmodat(AT_FDCWD, path, mode & OWNER_FOLDER, 0) < 0) {
			return -errno;
		}
		if (closing->report) {
			closing->report(closing->user, path, mode);
		}
	}
	return ours ? 0 : MODES_FOREIGN;
}

static int close_entry(const struct closing *closing, const char *path, int depth);

static int close_entries(const struct closing *closing, const char *path, int depth)
{
	DIR *folder = opendir(path);
	char name[PATH_SIZE];
	if (!folder) {
		return -errno;
	}
	struct dirent *entry;
	int r = 0;
	while (r == 0 && (entry = readdir(folder))) {
		int length = snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		bool fits = length > 0 && (size_t)length < sizeof(name);
		if (fits && strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
			r = close_entry(closing, name, depth);
		}
	}
	closedir(folder);
	return r;
}

/* The folder first: its entries can then no longer be exchanged by others. */
static int close_entry(const struct closing *closing, const char *path, int depth)
{
	struct stat facts;
	if (lstat(path, &facts) < 0) {
		return errno == ENOENT ? 0 : -errno;
	}
	bool folder = S_ISDIR(facts.st_mode);
	if (!folder && !S_ISREG(facts.st_mode)) {
		return 0;
	}
	int r = close_one(closing, path, &facts);
	return r == 0 && folder && depth > 0 ? close_entries(closing, path, depth - 1) : r;
}

int modes_close(const char *path, modes_report *report, void *user)
{
	struct stat facts;
	struct closing closing = {.report = report, .user = user};
	if (stat(path, &facts) < 0) {
		return -errno;
	}
	closing.owner = facts.st_uid;
	if (facts.st_uid != geteuid() && geteuid() != 0) {
		if (report) {
			report(user, path, facts.st_mode & MODE_BITS);
		}
		return MODES_FOREIGN;
	}
	int r = close_one(&closing, path, &facts);
	return r == 0 ? close_entries(&closing, path, DEPTH - 1) : r;
}

bool modes_is_open(const char *path)
{
	struct stat facts;
	return stat(path, &facts) == 0 && facts.st_mode & (OTHERS_WRITE | 0007);
}

int modes_give_to_owner(int fd, const char *folder)
{
	struct stat facts;
	if (geteuid() != 0) {
		return 0;
	}
	if (stat(folder, &facts) < 0) {
		return -errno;
	}
	return facts.st_uid != 0 && fchown(fd, facts.st_uid, facts.st_gid) < 0 ? -errno : 0;
}
