#include "coordinator/commands/meeting_archive.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "coordinator/archive/archive.h"
#include "coordinator/commands/meeting_export.h"
#include "coordinator/commands/paper_files.h"
#include "coordinator/identity/file_digest.h"
#include "coordinator/installation/file_tree.h"
#include "coordinator/installation/outline.h"
#include "coordinator/journal/verify.h"
#include "text_copy.h"

/* ---- into one file ---- */

static int copy_document(const char *from, const char *to, const char *name)
{
	char source[ATOMIC_FILE_PATH_MAX], copy[ATOMIC_FILE_PATH_MAX], digest[FILE_DIGEST_SIZE];
	struct stat facts;
	int r = atomic_file_path(source, from, name);
	if (r == 0) {
		r = atomic_file_path(copy, to, name);
	}
	if (r == 0 && lstat(source, &facts) < 0) {
		r = -errno;
	}
	return r == 0 && S_ISREG(facts.st_mode) ? file_digest_copy(source, copy, digest) : r;
}

static int copy_all_documents(DIR *from, const char *folder, const char *to)
{
	int r = atomic_file_make_folder(to);
	const struct dirent *entry;
	while (r == 0 && (entry = readdir(from))) {
		r = entry->d_name[0] == '.' ? 0 : copy_document(folder, to, entry->d_name);
	}
	return r;
}

/* That a meeting has none is no fault. */
static int copy_documents(const struct meeting_place *place, const char *to)
{
	char documents[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(documents, to, "documents");
	DIR *folder = r == 0 ? opendir(place->documents) : NULL;
	if (!folder) {
		return r != 0 || errno == ENOENT ? r : -errno;
	}
	r = copy_all_documents(folder, place->documents, documents);
	closedir(folder);
	return r;
}

int meeting_archive(const struct meeting_place *place, const char *file)
{
	char folder[ATOMIC_FILE_PATH_MAX];
	if (access(file, F_OK) == 0) {
		return -EEXIST;
	}
	int n = snprintf(folder, sizeof(folder), "%s.files", file);
	if (n >= (int)sizeof(folder)) {
		return -ENAMETOOLONG;
	}
	int r = meeting_export(place, folder);
	if (r != 0) {
		return r;
	}
	r = copy_documents(place, folder);
	if (r == 0) {
		r = archive_pack(folder, file);
	}
	int removed = file_tree_remove(folder);
	return r == 0 ? removed : r;
}

/* ---- out of it ---- */

/* What is made again from the journal whenever it is asked for. */
static int drop_derived(const char *folder)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = paper_files_remove(folder);
	r = r == 0 ? atomic_file_path(path, folder, "journal.jsonl") : r;
	return r == 0 && unlink(path) < 0 && errno != ENOENT ? -errno : r;
}

/* Whose journal it is, if it is what was written. */
static int look_into(const struct meeting_place *place, char ret_meeting[static MEETING_ID_SIZE])
{
	static struct about about;
	struct journal_verification found;
	int r = journal_verify(place->journal, NULL, &found);
	if (r != 0) {
		return r;
	}
	if (found.verdict != JOURNAL_WHOLE) {
		return MEETING_ARCHIVE_CHANGED;
	}
	r = outline_read(place->journal, &about);
	return r != 0                                                   ? r
	       : text_copy(ret_meeting, MEETING_ID_SIZE, about.meeting) ? 0
									: MEETING_ARCHIVE_CHANGED;
}

int meeting_open_archive(const char *file, const struct meeting_place *place,
	char ret_meeting[static MEETING_ID_SIZE])
{
	int r = archive_unpack(file, place->folder);
	return r == 0 ? look_into(place, ret_meeting) : r;
}

static int settle(const char *dir, const struct meeting_place *place, const char *meeting)
{
	int r = held_meeting_exists(dir, meeting) ? MEETING_ARCHIVE_HELD
						  : drop_derived(place->folder);
	if (r == 0) {
		r = file_tree_sync(place->folder);
	}
	return r == 0 ? held_meeting_settle(dir, meeting) : r;
}

int meeting_take_archive(
	const char *dir, const char *file, char ret_meeting[static MEETING_ID_SIZE])
{
	struct meeting_place place;
	int r = meeting_place_of_new(dir, &place);
	if (r == 0) {
		r = meeting_place_prepare(&place);
	}
	if (r != 0) {
		return r;
	}
	r = meeting_open_archive(file, &place, ret_meeting);
	if (r == 0) {
		r = settle(dir, &place, ret_meeting);
	}
	if (r != 0) {
		meeting_place_remove(&place);
	}
	return r;
}
