#include "coordinator/papers/paper_sweep.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proto/codec/codec.h"
#include "proto/gen/tables.h"

struct sweeping {
	const struct paper_store *store;
	const struct paper_sweep *sweep;
	struct paper_sweep_counts *counts;
};

/* Calls `visit` for each name but those of the folders themselves. 0 or the first fault. */
static int visit_names(struct sweeping *sweeping, const char *folder,
	int (*visit)(struct sweeping *sweeping, const char *folder, const char *name))
{
	DIR *names = opendir(folder);
	if (!names) {
		return -errno;
	}
	int r = 0;
	struct dirent *entry;
	while (r == 0 && (entry = readdir(names))) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
			r = visit(sweeping, folder, entry->d_name);
		}
	}
	closedir(names);
	return r;
}

static int remove_name(const char *folder, const char *name)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, folder, name);
	return r == 0 && unlink(path) < 0 && errno != ENOENT && errno != EISDIR ? -errno : r;
}

/* ---- what is coming ---- */

static bool read_ticket(const char *folder, const char *name, struct upload_ticket *ret)
{
	char path[ATOMIC_FILE_PATH_MAX];
	char *text = NULL;
	size_t size = 0;
	struct msg_error error;
	int r = atomic_file_path(path, folder, name);
	if (r == 0) {
		r = atomic_file_read(path, &text, &size);
	}
	if (r == 0) {
		r = msg_decode(&msg_upload_ticket, text, size, NULL, ret, &error);
	}
	free(text);
	return r == 0 && strncmp(ret->upload, name, INSTANCE_ID_CHARS) == 0;
}

static bool goes_on(struct sweeping *sweeping, const struct upload_ticket *ticket)
{
	int64_t offset;
	if (paper_length(sweeping->store, ticket->upload, &offset) < 0 ||
		!sweeping->sweep->comes(sweeping->sweep->user, ticket, offset)) {
		return false;
	}
	sweeping->counts->bytes += offset;
	return true;
}

static bool is_ticket_name(const char *name)
{
	return strlen(name) == INSTANCE_ID_CHARS + 5 &&
	       strcmp(name + INSTANCE_ID_CHARS, ".json") == 0;
}

static int visit_ticket(struct sweeping *sweeping, const char *folder, const char *name)
{
	struct upload_ticket ticket;
	if (!is_ticket_name(name)) {
		return 0;
	}
	bool on = read_ticket(folder, name, &ticket) && goes_on(sweeping, &ticket);
	sweeping->counts->coming += on;
	sweeping->counts->dropped += !on;
	return on ? 0 : remove_name(folder, name);
}

/* What has no ticket is nobody's: a temporary of a crash, too. */
static int visit_coming(struct sweeping *sweeping, const char *folder, const char *name)
{
	char path[ATOMIC_FILE_PATH_MAX], ticket[INSTANCE_ID_SIZE + 8];
	(void)sweeping;
	if (is_ticket_name(name)) {
		return 0;
	}
	snprintf(ticket, sizeof(ticket), "%.*s.json", INSTANCE_ID_CHARS, name);
	int r = atomic_file_path(path, folder, ticket);
	bool owned = strlen(name) == INSTANCE_ID_CHARS && access(path, F_OK) == 0;
	return r < 0 || owned ? r : remove_name(folder, name);
}

/* ---- what is whole ---- */

static int visit_whole(struct sweeping *sweeping, const char *folder, const char *name)
{
	char path[ATOMIC_FILE_PATH_MAX];
	struct stat facts;
	int r = atomic_file_path(path, folder, name);
	if (r < 0 || lstat(path, &facts) < 0 || S_ISDIR(facts.st_mode)) {
		return r;
	}
	if (sweeping->sweep->is_known(sweeping->sweep->user, name)) {
		sweeping->counts->kept++;
		sweeping->counts->bytes += (int64_t)facts.st_size;
		return 0;
	}
	sweeping->counts->removed++;
	return remove_name(folder, name);
}

int paper_sweep(const struct paper_store *store, const struct paper_sweep *sweep,
	struct paper_sweep_counts *ret_counts)
{
	struct sweeping sweeping = {store, sweep, ret_counts};
	*ret_counts = (struct paper_sweep_counts){0};
	int r = visit_names(&sweeping, store->coming, visit_ticket);
	if (r == 0) {
		r = visit_names(&sweeping, store->coming, visit_coming);
	}
	return r == 0 ? visit_names(&sweeping, store->folder, visit_whole) : r;
}

bool paper_is_there(const struct paper_store *store, const struct meeting_file *file)
{
	char path[ATOMIC_FILE_PATH_MAX];
	struct stat facts;
	return paper_path(store, file->digest, path) == 0 && lstat(path, &facts) == 0 &&
	       S_ISREG(facts.st_mode) && (uint64_t)facts.st_size == file->size;
}
