#define _GNU_SOURCE /* strverscmp */
#include "coordinator/installation/held_meetings.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/installation/file_tree.h"
#include "proto/codec/patterns.h"
#include "text_copy.h"

enum { SAME_DAY_MAX = 99, PLACE_NAME_SIZE = MEETING_ID_SIZE + 16 };

DEFINE_CLEANUP(char *, free)

/* ---- places ---- */

static int name_files(struct meeting_place *ret)
{
	int r = atomic_file_path(ret->journal, ret->folder, "journal.sqlite");
	if (r == 0) {
		r = atomic_file_path(ret->plan, ret->folder, "plan");
	}
	return r == 0 ? atomic_file_path(ret->documents, ret->folder, "documents") : r;
}

static int place_in(const char *dir, const char *name, struct meeting_place *ret)
{
	int r = atomic_file_path(ret->folder, dir, name);
	if (r == 0) {
		r = name_files(ret);
	}
	if (r == 0) {
		r = atomic_file_path(ret->people, ret->folder, "people.sqlite");
	}
	return r == 0 ? atomic_file_path(ret->sessions, dir, "sessions.json") : r;
}

int meeting_place_of(const char *dir, const char *meeting, struct meeting_place *ret)
{
	size_t length = strlen(meeting);
	if (length == 0 || length > MEETING_ID_CHARS || !check_meeting_id(meeting)) {
		return -EINVAL;
	}
	char name[PLACE_NAME_SIZE];
	snprintf(name, sizeof(name), "meetings/%s", meeting);
	return place_in(dir, name, ret);
}

int meeting_place_of_new(const char *dir, struct meeting_place *ret)
{
	return place_in(dir, "meetings/.new", ret);
}

int meeting_place_of_rehearsal(const char *dir, struct meeting_place *ret)
{
	int r = place_in(dir, "rehearsal", ret);
	return r == 0 ? atomic_file_path(ret->sessions, ret->folder, "sessions.json") : r;
}

int meeting_place_of_folder(const char *folder, struct meeting_place *ret)
{
	int r = text_copy(ret->folder, sizeof(ret->folder), folder) ? name_files(ret)
								    : -ENAMETOOLONG;
	return r == 0 ? atomic_file_path(ret->sessions, ret->folder, "sessions.json") : r;
}

int meeting_place_prepare(const struct meeting_place *place)
{
	char parent[ATOMIC_FILE_PATH_MAX];
	int r = meeting_place_remove(place);
	if (r < 0) {
		return r;
	}
	text_copy_part(parent, sizeof(parent), place->folder,
		(size_t)(strrchr(place->folder, '/') - place->folder));
	r = atomic_file_make_folder(parent);
	if (r == 0) {
		r = atomic_file_sync_folder_of(parent);
	}
	return r == 0 ? atomic_file_make_folder(place->folder) : r;
}

int meeting_place_remove(const struct meeting_place *place)
{
	return file_tree_remove(place->folder);
}

/* ---- the current one ---- */

int held_meeting_current(const char *dir, char ret_meeting[static MEETING_ID_SIZE])
{
	char *text cleanup(free) = NULL;
	size_t size = 0;
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, dir, "current");
	if (r == 0) {
		r = atomic_file_read(path, &text, &size);
	}
	if (r < 0) {
		return r;
	}
	text[strcspn(text, "\r\n")] = '\0'; /* people may have written it with an editor */
	if (text[0] == '\0') {
		return -ENOENT;
	}
	struct meeting_place place;
	if (meeting_place_of(dir, text, &place) < 0) {
		return -EBADMSG;
	}
	text_copy(ret_meeting, MEETING_ID_SIZE, text);
	return 0;
}

int held_meeting_make_current(const char *dir, const char *meeting)
{
	char path[ATOMIC_FILE_PATH_MAX], line[MEETING_ID_SIZE + 1];
	int length = snprintf(line, sizeof(line), "%s\n", meeting);
	int r = atomic_file_path(path, dir, "current");
	return r == 0 ? atomic_file_replace(path, line, (size_t)length) : r;
}

bool held_meeting_exists(const char *dir, const char *meeting)
{
	struct meeting_place place;
	return meeting_place_of(dir, meeting, &place) == 0 && access(place.journal, F_OK) == 0;
}

/* ---- ids ---- */

int held_meeting_free_id(
	const char *dir, const char *date, char ret_meeting[static MEETING_ID_SIZE])
{
	for (int i = 1; i <= SAME_DAY_MAX; i++) {
		char id[MEETING_ID_SIZE], number[8] = "";
		if (i > 1) {
			snprintf(number, sizeof(number), "-%d", i);
		}
		snprintf(id, sizeof(id), "%.*s%s", MEETING_ID_SIZE - (int)sizeof(number), date,
			number);
		struct meeting_place place;
		int r = meeting_place_of(dir, id, &place);
		if (r < 0) {
			return r;
		}
		if (access(place.folder, F_OK) < 0) {
			text_copy(ret_meeting, MEETING_ID_SIZE, id);
			return 0;
		}
	}
	return -EEXIST;
}

int held_meeting_settle(const char *dir, const char *meeting)
{
	struct meeting_place made, settled;
	int r = meeting_place_of_new(dir, &made);
	if (r == 0) {
		r = file_tree_give_to_owner(made.folder);
	}
	if (r == 0) {
		r = file_tree_sync(made.folder);
	}
	if (r == 0) {
		r = meeting_place_of(dir, meeting, &settled);
	}
	if (r == 0 && rename(made.folder, settled.folder) < 0) {
		r = -errno;
	}
	return r == 0 ? atomic_file_sync_folder_of(settled.folder) : r;
}

/* ---- all of them ---- */

static int later_first(const void *a, const void *b)
{
	return strverscmp(b, a);
}

static int list_folder(DIR *folder, const char *dir, struct held_meetings *meetings)
{
	struct dirent *entry;
	while ((entry = readdir(folder))) {
		if (!held_meeting_exists(dir, entry->d_name)) {
			continue;
		}
		if (meetings->n == HELD_MEETINGS_MAX) {
			return -E2BIG;
		}
		void *grown = realloc(meetings->ids, (meetings->n + 1) * sizeof(*meetings->ids));
		if (!grown) {
			return -ENOMEM;
		}
		meetings->ids = grown;
		text_copy(meetings->ids[meetings->n++], MEETING_ID_SIZE, entry->d_name);
	}
	return 0;
}

int held_meetings_list(const char *dir, struct held_meetings *ret_meetings)
{
	struct held_meetings meetings = {0};
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, dir, "meetings");
	DIR *folder = r == 0 ? opendir(path) : NULL;
	if (r == 0 && !folder && errno != ENOENT) {
		r = -errno;
	}
	if (folder) {
		r = list_folder(folder, dir, &meetings);
		closedir(folder);
	}
	if (r < 0) {
		held_meetings_finish(&meetings);
		return r;
	}
	if (meetings.n > 1) {
		qsort(meetings.ids, meetings.n, sizeof(*meetings.ids), later_first);
	}
	*ret_meetings = meetings;
	return 0;
}

void held_meetings_finish(struct held_meetings *meetings)
{
	free(meetings->ids);
	*meetings = (struct held_meetings){0};
}

bool held_meetings_are_there(const char *dir)
{
	struct held_meetings meetings = {0};
	int r = held_meetings_list(dir, &meetings);
	bool some = r == 0 && meetings.n > 0;
	held_meetings_finish(&meetings);
	return some;
}
