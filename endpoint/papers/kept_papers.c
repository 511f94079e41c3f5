#include "endpoint/papers/kept_papers.h"

#include <dirent.h>
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "proto/codec/codec.h"

#define TICKET ".json"
#define COMING "coming."

static int name_in(
	const char *folder, const char *name, const char *ending, char path[KEPT_PAPER_PATH_SIZE])
{
	int length = snprintf(path, KEPT_PAPER_PATH_SIZE, "%s/%s%s", folder, name, ending);
	return length < 0 || length >= KEPT_PAPER_PATH_SIZE ? -ENAMETOOLONG : 0;
}

int kept_paper_begin(const char *folder, FILE **ret_file, char ret_path[KEPT_PAPER_PATH_SIZE])
{
	if (g_mkdir_with_parents(folder, 0700) != 0) {
		return -errno;
	}
	int r = name_in(folder, COMING, "XXXXXX", ret_path);
	int fd = r == 0 ? mkstemp(ret_path) : -1;
	if (fd < 0) {
		return r == 0 ? -errno : r;
	}
	*ret_file = fdopen(fd, "wb");
	if (!*ret_file) {
		r = -errno;
		close(fd);
		unlink(ret_path);
	}
	return r;
}

int kept_paper_note(const char *folder, const struct kept_paper *paper)
{
	char path[KEPT_PAPER_PATH_SIZE];
	cleanup(msg_free) char *json = NULL;
	size_t size;
	int r = name_in(folder, paper->document, TICKET, path);
	r = r == 0 ? msg_encode(&msg_kept_paper, paper, &json, &size) : r;
	if (r != 0) {
		return r;
	}
	return g_file_set_contents_full(path, json, (gssize)size,
		       G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, NULL)
		       ? 0
		       : -EIO;
}

int kept_paper_finish(const char *folder, const struct kept_paper *paper, const char *path)
{
	char kept[KEPT_PAPER_PATH_SIZE];
	int r = name_in(folder, paper->document, "", kept);
	if (r != 0) {
		return r;
	}
	kept_paper_drop(folder, paper->document); /* a ticket never speaks of another file */
	return rename(path, kept) == 0 ? kept_paper_note(folder, paper) : -errno;
}

int kept_paper_open(const char *folder, const char *document, FILE **ret_file)
{
	char path[KEPT_PAPER_PATH_SIZE];
	int r = name_in(folder, document, "", path);
	if (r == 0) {
		*ret_file = fopen(path, "rb");
		r = *ret_file ? 0 : -errno;
	}
	return r;
}

void kept_paper_drop(const char *folder, const char *document)
{
	char path[KEPT_PAPER_PATH_SIZE];
	if (name_in(folder, document, TICKET, path) == 0) {
		unlink(path);
	}
	if (name_in(folder, document, "", path) == 0) {
		unlink(path);
	}
}

static bool read_ticket(const char *folder, const char *name, struct kept_paper *ret_paper)
{
	char path[KEPT_PAPER_PATH_SIZE];
	char *json = NULL;
	gsize size;
	bool read = name_in(folder, name, TICKET, path) == 0 &&
		    g_file_get_contents(path, &json, &size, NULL) &&
		    msg_decode(&msg_kept_paper, json, size, NULL, ret_paper, NULL) == 0 &&
		    strcmp(ret_paper->document, name) == 0;
	g_free(json);
	return read;
}

size_t kept_papers_list(const char *folder, struct kept_paper *list, size_t most)
{
	size_t n = 0;
	DIR *names = opendir(folder);
	const struct dirent *entry;
	while (names && (entry = readdir(names))) {
		if (entry->d_name[0] == '.' || g_str_has_suffix(entry->d_name, TICKET)) {
			continue;
		}
		if (n < most && read_ticket(folder, entry->d_name, &list[n])) {
			n++;
		} else {
			unlinkat(dirfd(names), entry->d_name, 0);
		}
	}
	if (names) {
		closedir(names);
	}
	return n;
}
