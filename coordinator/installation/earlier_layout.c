#include "coordinator/installation/earlier_layout.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "coordinator/installation/held_meetings.h"
#include "coordinator/installation/installation_lock.h"
#include "coordinator/installation/outline.h"
#include "coordinator/journal/journal_file.h"
#include "text_copy.h"

struct taking {
	const char *dir;
	earlier_report *report;
	void *user;
};

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static void remove_lock(const char *journal)
{
	char path[ATOMIC_FILE_PATH_MAX];
	snprintf(path, sizeof(path), "%s.lock", journal);
	unlink(path);
}

/* The folder of the id, which is another one where a meeting of that id is there already. */
static int choose_place(const struct taking *taking, const char *wanted,
	char id[static MEETING_ID_SIZE], struct meeting_place *ret)
{
	int r = 0;
	text_copy(id, MEETING_ID_SIZE, wanted);
	if (held_meeting_exists(taking->dir, id)) {
		r = held_meeting_free_id(taking->dir, wanted, id);
	}
	if (r == 0) {
		r = meeting_place_of(taking->dir, id, ret);
	}
	char meetings[ATOMIC_FILE_PATH_MAX];
	if (r == 0) {
		r = atomic_file_path(meetings, taking->dir, "meetings");
	}
	if (r == 0) {
		r = atomic_file_make_folder(meetings);
	}
	if (r == 0) {
		r = atomic_file_sync_folder_of(meetings);
	}
	if (r == 0) {
		r = atomic_file_make_folder(ret->folder);
	}
	return r == 0 ? atomic_file_sync_folder_of(ret->folder) : r;
}

/* The new name is on disk before the old one is known to be gone. */
static int move(const char *journal, const struct meeting_place *place)
{
	if (rename(journal, place->journal) < 0) {
		return -errno;
	}
	remove_lock(journal);
	int r = atomic_file_sync_folder_of(place->journal);
	return r == 0 ? atomic_file_sync_folder_of(journal) : r;
}

/* The id a journal says of itself; "" where it holds no meeting. */
static int read_id(const char *journal, char id[static MEETING_ID_SIZE])
{
	static struct about about;
	int r = journal_file_complete(journal);
	if (r == 0) {
		r = outline_read(journal, &about);
	}
	if (r == 0) {
		text_copy(id, MEETING_ID_SIZE,
			about.state == MEETING_STATE_UNSET ? "" : about.meeting);
	}
	return r;
}

/* `current` is written first: the next try goes on where a crash ended this one. */
static int take_journal(const struct taking *taking, const char *journal, bool current)
{
	if (!is_there(journal)) {
		return 0;
	}
	if (installation_journal_is_open(journal)) {
		return -EBUSY;
	}
	char wanted[MEETING_ID_SIZE] = "", id[MEETING_ID_SIZE];
	int r = read_id(journal, wanted);
	if (r < 0 || (r > 0 && current)) {
		return r;
	}
	if (r > 0 || wanted[0] == '\0') {
		taking->report(taking->user, EARLIER_LEFT, journal);
		return 0;
	}
	struct meeting_place place;
	r = choose_place(taking, wanted, id, &place);
	if (r == 0 && current) {
		r = held_meeting_make_current(taking->dir, id);
	}
	if (r == 0) {
		r = move(journal, &place);
	}
	if (r == 0) {
		taking->report(taking->user, EARLIER_MEETING_TAKEN, id);
	}
	return r;
}

static int take_archive(const struct taking *taking)
{
	static const char ending[] = ".sqlite";
	char folder[ATOMIC_FILE_PATH_MAX], journal[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(folder, taking->dir, "archive");
	DIR *archive = r == 0 ? opendir(folder) : NULL;
	struct dirent *entry;
	while (archive && r == 0 && (entry = readdir(archive))) {
		size_t length = strlen(entry->d_name);
		if (length > strlen(ending) &&
			strcmp(entry->d_name + length - strlen(ending), ending) == 0) {
			r = atomic_file_path(journal, folder, entry->d_name);
			r = r == 0 ? take_journal(taking, journal, false) : r;
		}
	}
	if (archive) {
		closedir(archive);
		rmdir(folder); /* stays while something is left in it */
	}
	return r;
}

/* It was to be thrown away, and nobody can tell any more with which plan and speed it ran. */
static int remove_rehearsal(const struct taking *taking)
{
	static const char *const names[] = {"rehearsal.sqlite-wal", "rehearsal.sqlite-shm",
		"rehearsal.sqlite.lock", "rehearsal.sessions.json", "rehearsal.sqlite"};
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, taking->dir, "rehearsal.sqlite");
	if (r < 0 || !is_there(path)) {
		return r;
	}
	if (installation_journal_is_open(path)) {
		return -EBUSY;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && r == 0; i++) {
		r = atomic_file_path(path, taking->dir, names[i]);
		if (r == 0 && unlink(path) < 0 && errno != ENOENT) {
			r = -errno;
		}
	}
	if (r == 0) {
		taking->report(taking->user, EARLIER_REHEARSAL_REMOVED, path);
	}
	return r;
}

int earlier_layout_take_over(const char *dir, earlier_report *report, void *user)
{
	struct taking taking = {.dir = dir, .report = report, .user = user};
	char journal[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(journal, dir, "meeting.sqlite");
	if (r == 0) {
		r = take_journal(&taking, journal, true);
	}
	if (r == 0) {
		r = take_archive(&taking);
	}
	return r == 0 ? remove_rehearsal(&taking) : r;
}
