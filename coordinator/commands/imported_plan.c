#include "coordinator/commands/imported_plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/installation/file_tree.h"
#include "coordinator/plan/plan_files.h"

enum { FILE_NAME_SIZE = 32 };

DEFINE_CLEANUP(char *, free)

static int write_part(const struct import *import, enum import_part part, const char *folder)
{
	char name[FILE_NAME_SIZE], path[ATOMIC_FILE_PATH_MAX];
	size_t length;
	char *text cleanup(free) = import_rows_csv(&import->merged[part], part, &length);
	snprintf(name, sizeof(name), "%s.csv", import_part_name(part));
	int r = text ? atomic_file_path(path, folder, name) : -ENOMEM;
	r = r == 0 ? atomic_file_replace(path, text, length) : r;
	snprintf(name, sizeof(name), "%s.json", import_part_name(part));
	r = r == 0 ? atomic_file_path(path, folder, name) : r;
	return r == 0 && unlink(path) < 0 && errno != ENOENT ? -errno : r;
}

int imported_plan_write(const struct import *import, const char *folder)
{
	int r = 0;
	for (enum import_part part = 0; part < IMPORT_PARTS && r == 0; part++) {
		r = import_touches(import, part) ? write_part(import, part, folder) : 0;
	}
	return r;
}

int imported_plan_make(
	const struct import *import, const char *plan, struct scratch_folder *ret_folder)
{
	int r = scratch_folder_make("import", ret_folder);
	r = r == 0 ? plan_files_copy(plan, ret_folder->path, file_tree_copy_file) : r;
	return r == 0 || r == -ENOENT ? imported_plan_write(import, ret_folder->path) : r;
}
