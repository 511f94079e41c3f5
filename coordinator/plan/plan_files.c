#include "coordinator/plan/plan_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/plan/plan.h"
#include "proto/system/file.h"
#include "proto/words/text_fill.h"

enum { PATH_SIZE = 4096 };

static const char *const names[] = {"meeting.json", "sites.json", "sites.csv", "agenda.json",
	"agenda.csv", "speaking.json", "speaking.csv", "awards.json", "awards.csv", "signing.json",
	"signing.csv", "documents.json", "documents.csv", "votes.json", "votes.csv",
	"checklist.json", "checklist.csv", "tasks.json", "tasks.csv"};

enum { NAMES = sizeof(names) / sizeof(names[0]) };

DEFINE_CLEANUP(char *, free)

static int path_of(char path[static PATH_SIZE], const char *folder, const char *name)
{
	return snprintf(path, PATH_SIZE, "%s/%s", folder, name) < PATH_SIZE ? 0 : -ENAMETOOLONG;
}

int plan_files_copy(const char *from, const char *to, plan_copy_file *copy)
{
	int r = 0;
	for (size_t i = 0; i < NAMES && r == 0; i++) {
		char source[PATH_SIZE], target[PATH_SIZE];
		r = path_of(source, from, names[i]);
		if (r == 0) {
			r = path_of(target, to, names[i]);
		}
		if (r == 0) {
			r = copy(source, target);
			r = r == -ENOENT ? 0 : r;
		}
	}
	return r;
}

/* NULL with 0: there is none. */
static int read_one(const char *folder, const char *name, char **ret_text, size_t *ret_size)
{
	char path[PATH_SIZE];
	*ret_text = NULL;
	*ret_size = 0;
	int r = path_of(path, folder, name);
	if (r == 0) {
		r = file_read(path, PLAN_FILE_BYTES_MAX, ret_text, ret_size);
	}
	return r == -ENOENT || r == -ENOTDIR ? 0 : r;
}

static bool is_equal(const char *one, const char *other, const char *name)
{
	char *a cleanup(free) = NULL;
	char *b cleanup(free) = NULL;
	size_t size_a, size_b;
	if (read_one(one, name, &a, &size_a) < 0 || read_one(other, name, &b, &size_b) < 0) {
		return false;
	}
	return (a == NULL) == (b == NULL) && size_a == size_b && (!a || memcmp(a, b, size_a) == 0);
}

bool plan_files_equal(const char *one, const char *other, char ret_names[static PLAN_NAMES_SIZE])
{
	ret_names[0] = '\0';
	for (size_t i = 0; i < NAMES; i++) {
		if (!is_equal(one, other, names[i])) {
			text_list(ret_names, PLAN_NAMES_SIZE, names[i]);
		}
	}
	return ret_names[0] == '\0';
}
