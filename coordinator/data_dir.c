#include "coordinator/data_dir.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "coordinator/host/log.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/journal/journal.h"
#include "proto/system/modes.h"

static int join(char *ret, size_t size, const char *dir, const char *name)
{
	int length = snprintf(ret, size, "%s/%s", dir, name);
	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
}

static void tell_open(void *user, const char *path, unsigned int mode)
{
	(void)user;
	log_line(LOG_LINE_WARNING, "%s was open to others (mode %04o), or is not ours", path, mode);
}

int data_dir_guard(const char *dir)
{
	int r = modes_close(dir, tell_open, NULL);
	return r > 0 ? -EPERM : r;
}

static size_t count_files(const char *path)
{
	size_t n = 0;
	DIR *folder = opendir(path);
	struct dirent *entry;
	while (folder && (entry = readdir(folder))) {
		n += entry->d_name[0] != '.';
	}
	if (folder) {
		closedir(folder);
	}
	return n;
}

void data_dir_warn_of_secrets(const char *dir)
{
	char path[ATOMIC_FILE_PATH_MAX];
	size_t n = join(path, sizeof(path), dir, "join") == 0 ? count_files(path) : 0;
	if (n > 0) {
		log_line(LOG_LINE_NOTICE,
			"%zu join files lie in %s: hand each out and delete it here; the digests "
			"of their tokens are enough to serve",
			n, path);
	}
	if (join(path, sizeof(path), dir, "ca.key") == 0 && access(path, F_OK) == 0) {
		log_line(LOG_LINE_NOTICE,
			"%s is not needed to serve: keep it off this machine; it signs server "
			"certificates that every site trusts",
			path);
	}
}

int data_dir_journal_path(char *ret, size_t size, const char *dir, bool rehearsal)
{
	return join(ret, size, dir, rehearsal ? "rehearsal.sqlite" : "meeting.sqlite");
}

int data_dir_sessions_path(char *ret, size_t size, const char *dir, bool rehearsal)
{
	return join(ret, size, dir, rehearsal ? "rehearsal.sessions.json" : "sessions.json");
}

bool data_dir_is_over(struct engine *engine)
{
	const struct about *about = mtg_about(engine_committed(engine));
	struct instant reopen_until = instant_after(about->closed, (struct span){REOPEN_SPAN_MS});
	return about->state == MEETING_STATE_CLOSED &&
	       (about->rehearsal || instant_reached(reopen_until, engine_now(engine).at));
}

/* While no process has the journal open, only the last one exists. */
static const char *const parts[] = {"-wal", "-shm", ""};

static int move(const char *from, const char *to)
{
	return rename(from, to) < 0 && errno != ENOENT ? -errno : 0;
}

static int discard(const char *path, const char *unused)
{
	(void)unused;
	return unlink(path) < 0 && errno != ENOENT ? -errno : 0;
}

static int each_part(const char *from, const char *to, int (*act)(const char *from, const char *to))
{
	int r = 0;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && r == 0; i++) {
		char part_from[ATOMIC_FILE_PATH_MAX], part_to[ATOMIC_FILE_PATH_MAX];
		snprintf(part_from, sizeof(part_from), "%s%s", from, parts[i]);
		snprintf(part_to, sizeof(part_to), "%s%s", to, parts[i]);
		r = act(part_from, part_to);
	}
	return r;
}

int data_dir_discard(const char *journal)
{
	return each_part(journal, "", discard);
}

int data_dir_archive(const char *dir, const char *journal, const char *meeting, bool rehearsal)
{
	if (rehearsal) {
		return data_dir_discard(journal);
	}
	char folder[ATOMIC_FILE_PATH_MAX], path[ATOMIC_FILE_PATH_MAX], name[96];
	snprintf(name, sizeof(name), "%s.sqlite", meeting);
	int r = atomic_file_path(folder, dir, "archive");
	if (r == 0) {
		r = atomic_file_make_folder(folder);
	}
	if (r == 0) {
		r = atomic_file_path(path, folder, name);
	}
	if (r == 0) {
		r = each_part(journal, path, move);
	}
	/* The new name first: a crash in between leaves the meeting under one name, or both. */
	if (r == 0) {
		r = atomic_file_sync_folder_of(path);
	}
	return r == 0 ? atomic_file_sync_folder_of(journal) : r;
}

const char *storage_refusal_text(int refusal)
{
	switch ((enum journal_refusal)refusal) {
	case JOURNAL_NEWER:
		return "the journal was written by a later version of this program";
	case JOURNAL_FOREIGN:
		return "the file is no journal of this program";
	case JOURNAL_DAMAGED:
		return "the journal is damaged";
	case JOURNAL_BUSY:
		return "the journal is busy";
	case JOURNAL_UNKNOWN:
		return "the journal does not have it";
	}
	return "refused";
}
