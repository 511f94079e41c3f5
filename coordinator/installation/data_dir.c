#include "coordinator/installation/data_dir.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "coordinator/host/log.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/journal/journal.h"
#include "proto/system/language.h"
#include "proto/system/modes.h"
#include "proto/system/say_errno.h"
#include "proto/words/text_fill.h"

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

enum text_id earlier_fate_text(enum earlier_fate fate)
{
	static const enum text_id texts[] = {
		[EARLIER_MEETING_TAKEN] = TEXT_INSTALLATION_TAKEN_OVER,
		[EARLIER_REHEARSAL_REMOVED] = TEXT_INSTALLATION_OLD_REHEARSAL,
		[EARLIER_LEFT] = TEXT_INSTALLATION_LEFT,
	};
	return texts[fate];
}

void storage_fault_sentence(char *out, size_t size, const char *what, int status)
{
	static const enum text_id texts[] = {
		[JOURNAL_NEWER] = TEXT_START_JOURNAL_NEWER,
		[JOURNAL_FOREIGN] = TEXT_START_JOURNAL_FOREIGN,
		[JOURNAL_DAMAGED] = TEXT_START_JOURNAL_DAMAGED,
		[JOURNAL_BUSY] = TEXT_START_JOURNAL_BUSY,
		[JOURNAL_UNKNOWN] = TEXT_START_JOURNAL_UNKNOWN,
	};
	enum text_id text = status == -EBUSY ? TEXT_START_JOURNAL_BUSY
			    : status > 0     ? texts[status]
					     : TEXT_NONE;
	if (text == TEXT_NONE) {
		errno_sentence(out, size, what, -status);
	} else {
		text_fill(out, size, text, language_now(),
			(const struct text_value[]){{.name = "what", .text = what}, {0}});
	}
}
