#define _GNU_SOURCE /* fts */
#include "coordinator/installation/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fts.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/file_digest.h"
#include "coordinator/installation/file_tree.h"
#include "coordinator/installation/held_meetings.h"
#include "coordinator/journal/journal_file.h"
#include "coordinator/people/people_file.h"
#include "proto/system/modes.h"
#include "text_copy.h"

enum {
	LINE_SIZE = ATOMIC_FILE_PATH_MAX + FILE_DIGEST_SIZE + 4,
	MAX_DECIMAL_DIGITS = 20, /* of a size_t */
};

static const char sums_name[] = "SHA256SUMS", identity_name[] = "identity.json";

/* The last line, which sha256sum takes for a comment: how many files the lines before it name. */
static const char ending_format[] = "# files: %zu\n";

/* Files of DIR itself; those that are not there are left out. identity.json comes last of all. */
static const char *const own_files[] = {
	"ca.pem", "ca.key", "server.pem", "server.key", "device.key", "current"};

DEFINE_CLEANUP(char *, free)

static int note(struct backup_result *result, const char *path, int r)
{
	if (r != 0 && result->where[0] == '\0') {
		TEXT_COPY(result->where, path);
	}
	return r;
}

/* ---- making ---- */

struct making {
	const char *dir;
	const char *to;
	FILE *sums;
	struct backup_result *result;
};

static int add_sum(const struct making *making, const char *name, const char *digest)
{
	making->result->files++;
	return fprintf(making->sums, "%s  %s\n", digest, name) < 0 ? -ENOMEM : 0;
}

/* -ENOENT: there is none. */
static int copy_file(const struct making *making, const char *name)
{
	char from[ATOMIC_FILE_PATH_MAX], to[ATOMIC_FILE_PATH_MAX], digest[FILE_DIGEST_SIZE];
	int r = atomic_file_path(from, making->dir, name);
	if (r == 0) {
		r = atomic_file_path(to, making->to, name);
	}
	if (r == 0) {
		r = file_digest_copy(from, to, digest);
	}
	if (r == -ENOENT) {
		return r;
	}
	r = r == 0 ? add_sum(making, name, digest) : r;
	return note(making->result, from, r);
}

/* A file that is written meanwhile, by what knows how it is. */
static int copy_written(const struct making *making, const char *name,
	int (*copy)(const char *from, const char *to))
{
	char from[ATOMIC_FILE_PATH_MAX], to[ATOMIC_FILE_PATH_MAX], digest[FILE_DIGEST_SIZE];
	int r = atomic_file_path(from, making->dir, name);
	if (r == 0) {
		r = atomic_file_path(to, making->to, name);
	}
	if (r == 0) {
		r = copy(from, to);
	}
	if (r == -ENOENT) {
		return r;
	}
	if (r == 0) {
		r = file_digest(to, digest);
	}
	r = r == 0 ? add_sum(making, name, digest) : r;
	return note(making->result, from, r);
}

static int make_folder(const struct making *making, const char *name)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, making->to, name);
	return r == 0 ? atomic_file_make_folder(path) : r;
}

/* Every regular file of a folder; that there is no such folder is no fault. */
static int copy_folder(const struct making *making, const char *name, size_t *ret_n)
{
	char path[ATOMIC_FILE_PATH_MAX], file[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, making->dir, name);
	DIR *folder = r == 0 ? opendir(path) : NULL;
	if (!folder) {
		return r < 0 ? r : errno == ENOENT ? 0 : note(making->result, path, -errno);
	}
	r = make_folder(making, name);
	struct dirent *entry;
	while (r == 0 && (entry = readdir(folder))) {
		if (entry->d_name[0] != '.' && entry->d_type != DT_DIR) {
			r = atomic_file_path(file, name, entry->d_name);
			r = r == 0 ? copy_file(making, file) : r;
			*ret_n += r == 0;
		}
	}
	closedir(folder);
	return r;
}

/* After the journal: all that it knows is there by then. What is still coming is not taken. */
static int copy_documents(const struct making *making, const char *meeting)
{
	char name[ATOMIC_FILE_PATH_MAX];
	size_t documents = 0;
	int r = atomic_file_path(name, meeting, "documents");
	return r == 0 ? copy_folder(making, name, &documents) : r;
}

/* After the journal, likewise. That nobody is kept by name is no fault. */
static int copy_people(const struct making *making, const char *meeting)
{
	char name[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(name, meeting, "people.sqlite");
	r = r == 0 ? copy_written(making, name, people_file_copy) : r;
	return r == -ENOENT ? 0 : r;
}

static int copy_meeting(const struct making *making, const char *meeting)
{
	char folder[ATOMIC_FILE_PATH_MAX], name[ATOMIC_FILE_PATH_MAX];
	size_t plan_files = 0;
	int r = atomic_file_path(folder, "meetings", meeting);
	if (r == 0) {
		r = make_folder(making, folder);
	}
	if (r == 0) {
		r = atomic_file_path(name, folder, "journal.sqlite");
	}
	if (r == 0) {
		r = copy_written(making, name, journal_file_copy);
	}
	if (r == 0) {
		r = atomic_file_path(name, folder, "plan");
	}
	if (r == 0) {
		r = copy_folder(making, name, &plan_files);
	}
	if (r == 0) {
		r = copy_people(making, folder);
	}
	return r == 0 ? copy_documents(making, folder) : r;
}

static int copy_meetings(const struct making *making)
{
	struct held_meetings meetings = {0};
	int r = held_meetings_list(making->dir, &meetings);
	if (r == 0 && meetings.n > 0) {
		r = make_folder(making, "meetings");
	}
	for (size_t i = 0; i < meetings.n && r == 0; i++) {
		r = copy_meeting(making, meetings.ids[i]);
		making->result->meetings += r == 0;
	}
	held_meetings_finish(&meetings);
	return r;
}

static int copy_own_files(const struct making *making)
{
	int r = 0;
	for (size_t i = 0; i < sizeof(own_files) / sizeof(own_files[0]) && r == 0; i++) {
		r = copy_file(making, own_files[i]);
		if (r == 0 && strcmp(own_files[i], "ca.key") == 0) {
			making->result->has_ca_key = true;
		}
		r = r == -ENOENT ? 0 : r;
	}
	return r;
}

static int copy_all(const struct making *making)
{
	int r = copy_own_files(making);
	if (r == 0) {
		r = copy_folder(making, "join", &making->result->join_files);
	}
	if (r == 0) {
		r = copy_meetings(making);
	}
	if (r == 0) {
		r = note(making->result, making->dir, copy_file(making, identity_name));
	}
	return r;
}

/* The folder to write to is closed to others. */
static int take_closed(const char *path)
{
	int r = modes_take_folder(path);
	return r <= 0 ? r : r == MODES_OPEN ? NEW_FOLDER_NOT_EMPTY : -EPERM;
}

static int write_sums(const char *to, const char *text, size_t size)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = file_tree_sync(to);
	if (r == 0) {
		r = atomic_file_path(path, to, sums_name);
	}
	return r == 0 ? atomic_file_replace(path, text, size) : r;
}

static int end_sums(const struct making *making)
{
	return fprintf(making->sums, ending_format, making->result->files) < 0 ? -ENOMEM : 0;
}

static int make_in(const char *dir, const char *to, struct backup_result *ret_result)
{
	char *text cleanup(free) = NULL;
	size_t size = 0;
	struct making making = {
		.dir = dir, .to = to, .sums = open_memstream(&text, &size), .result = ret_result};
	if (!making.sums) {
		return -ENOMEM;
	}
	int r = copy_all(&making);
	if (r == 0) {
		r = end_sums(&making);
	}
	bool whole = !ferror(making.sums);
	whole = fclose(making.sums) == 0 && whole;
	if (r == 0 && !whole) {
		r = -ENOMEM;
	}
	return r == 0 ? note(ret_result, to, write_sums(to, text, size)) : r;
}

int backup_make(const char *dir, const char *to, struct backup_result *ret_result)
{
	struct new_folder folder;
	*ret_result = (struct backup_result){0};
	int r = note(ret_result, to, new_folder_begin(&folder, to, take_closed));
	if (r != 0) {
		return r;
	}
	return note(ret_result, to, new_folder_end(&folder, make_in(dir, to, ret_result)));
}

/* ---- restoring ---- */

struct restoring {
	const char *from;
	const char *dir;
	struct backup_result *result;
};

/* A path below the folder, as we write them: letters, digits and . _ - between slashes. */
static bool is_plain_path(const char *name)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
	return name[0] != '/' && name[0] != '.' && name[0] != '\0' && !strstr(name, "/.") &&
	       !strstr(name, "//") && name[strspn(name, allowed)] == '\0';
}

/* "DIGEST  PATH"; the line is changed. */
static int read_line(char *line, char ret_digest[static FILE_DIGEST_SIZE], char **ret_name)
{
	size_t digits = strspn(line, "0123456789abcdef");
	if (digits != FILE_DIGEST_SIZE - 1 || strncmp(line + digits, "  ", 2) != 0 ||
		!is_plain_path(line + digits + 2)) {
		return BACKUP_BAD_SUMS;
	}
	text_copy_part(ret_digest, FILE_DIGEST_SIZE, line, digits);
	*ret_name = line + digits + 2;
	return 0;
}

typedef int act_on_file(struct restoring *restoring, const char *name, const char *digest);

static int each_file(struct restoring *restoring, const char *sums, act_on_file *act)
{
	char line[LINE_SIZE], digest[FILE_DIGEST_SIZE];
	char *name;
	int r = 0;
	restoring->result->files = 0;
	for (const char *at = sums; *at && *at != '#' && r == 0;) {
		size_t length = strcspn(at, "\n");
		bool fits = text_copy_part(line, sizeof(line), at, length);
		r = fits ? read_line(line, digest, &name) : BACKUP_BAD_SUMS;
		if (r != 0) {
			return note(restoring->result, sums_name, r);
		}
		r = note(restoring->result, name, act(restoring, name, digest));
		restoring->result->files++;
		at += length + (at[length] == '\n');
	}
	return r;
}

static bool is_listed(const char *sums, const char *name)
{
	char part[LINE_SIZE];
	snprintf(part, sizeof(part), "  %s\n", name);
	return strstr(sums, part);
}

/* Whether it ends as one that was written whole, and lists an installation. */
static int check_whole(struct restoring *restoring, const char *sums)
{
	char ending[sizeof(ending_format) + MAX_DECIMAL_DIGITS];
	size_t n = 0;
	const char *at = sums;
	for (const char *end; *at != '#' && (end = strchr(at, '\n')); at = end + 1) {
		n++;
	}
	snprintf(ending, sizeof(ending), ending_format, n);
	bool whole = strcmp(at, ending) == 0 && is_listed(sums, identity_name);
	return note(restoring->result, sums_name, whole ? 0 : BACKUP_CUT);
}

/* A file of the backup, as SHA256SUMS names it. */
static int check_listed(struct restoring *restoring, const char *sums, const char *path)
{
	const char *name = path + strlen(restoring->from);
	name += strspn(name, "/");
	bool known = strcmp(name, sums_name) == 0 || strcmp(name, NEW_FOLDER_MARK) == 0 ||
		     is_listed(sums, name);
	return note(restoring->result, name, known ? 0 : BACKUP_UNLISTED);
}

static int check_all_listed(struct restoring *restoring, const char *sums)
{
	char root[ATOMIC_FILE_PATH_MAX];
	if (!TEXT_COPY(root, restoring->from)) {
		return -ENAMETOOLONG;
	}
	FTS *tree = fts_open((char *[]){root, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	if (!tree) {
		return -errno;
	}
	int r = 0;
	FTSENT *entry;
	while (r == 0 && (entry = fts_read(tree))) {
		if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR) {
			r = note(restoring->result, entry->fts_path, -entry->fts_errno);
		} else if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP) {
			r = check_listed(restoring, sums, entry->fts_path);
		}
	}
	fts_close(tree);
	return r;
}

static int verify(struct restoring *restoring, const char *name, const char *digest)
{
	char path[ATOMIC_FILE_PATH_MAX], found[FILE_DIGEST_SIZE];
	int r = atomic_file_path(path, restoring->from, name);
	if (r == 0) {
		r = file_digest(path, found);
	}
	return r == -ENOENT            ? BACKUP_MISSING
	       : r != 0                ? r
	       : strcmp(found, digest) ? BACKUP_CHANGED
				       : 0;
}

/* The folders above a file. */
static int make_parents(const char *dir, const char *name)
{
	int r = 0;
	for (const char *at = strchr(name, '/'); at && r == 0; at = strchr(at + 1, '/')) {
		char part[ATOMIC_FILE_PATH_MAX], path[ATOMIC_FILE_PATH_MAX];
		text_copy_part(part, sizeof(part), name, (size_t)(at - name));
		r = atomic_file_path(path, dir, part);
		if (r == 0) {
			r = atomic_file_make_folder(path);
		}
	}
	return r;
}

static bool is_journal(const char *name)
{
	static const char ending[] = "/journal.sqlite";
	size_t length = strlen(name);
	return length > strlen(ending) && strcmp(name + length - strlen(ending), ending) == 0;
}

static int copy_back(struct restoring *restoring, const char *name, const char *digest)
{
	char from[ATOMIC_FILE_PATH_MAX], to[ATOMIC_FILE_PATH_MAX], found[FILE_DIGEST_SIZE];
	int r = atomic_file_path(from, restoring->from, name);
	if (r == 0) {
		r = atomic_file_path(to, restoring->dir, name);
	}
	if (r == 0) {
		r = make_parents(restoring->dir, name);
	}
	if (r == 0) {
		r = file_digest_copy(from, to, found);
	}
	if (r == 0 && strcmp(found, digest) != 0) {
		r = BACKUP_CHANGED;
	}
	if (r == 0 && is_journal(name)) {
		restoring->result->meetings++;
		r = journal_file_check(to);
	}
	restoring->result->join_files += strncmp(name, "join/", 5) == 0;
	restoring->result->has_ca_key |= strcmp(name, "ca.key") == 0;
	return r;
}

static int read_sums(const char *from, char **ret_text)
{
	char path[ATOMIC_FILE_PATH_MAX];
	size_t size;
	int r = atomic_file_path(path, from, sums_name);
	if (r == 0) {
		r = atomic_file_read(path, ret_text, &size);
	}
	return r == -ENOENT || r == -ENOTDIR ? BACKUP_NO_SUMS : r;
}

static int verify_all(struct restoring *restoring, const char *sums)
{
	int r = each_file(restoring, sums, verify);
	if (r == 0) {
		r = check_whole(restoring, sums);
	}
	return r == 0 ? check_all_listed(restoring, sums) : r;
}

static int copy_all_back(struct restoring *restoring, const char *sums)
{
	int r = each_file(restoring, sums, copy_back);
	return r == 0 ? note(restoring->result, restoring->dir, file_tree_sync(restoring->dir)) : r;
}

int backup_restore(const char *from, const char *dir, struct backup_result *ret_result)
{
	char *sums cleanup(free) = NULL;
	struct new_folder folder;
	*ret_result = (struct backup_result){0};
	struct restoring restoring = {.from = from, .dir = dir, .result = ret_result};
	int r = note(ret_result, from, read_sums(from, &sums));
	if (r == 0) {
		r = verify_all(&restoring, sums);
	}
	if (r == 0) {
		r = note(ret_result, dir, new_folder_begin(&folder, dir, take_closed));
	}
	if (r != 0) {
		return r;
	}
	return note(ret_result, dir, new_folder_end(&folder, copy_all_back(&restoring, sums)));
}
