/* The files of a plan, as files: copied, and compared byte by byte. */
#ifndef DIEMCAU_COORDINATOR_PLAN_PLAN_FILES_H
#define DIEMCAU_COORDINATOR_PLAN_PLAN_FILES_H

#include <stdbool.h>
#include <stddef.h>

enum { PLAN_NAMES_SIZE = 400 }; /* "meeting.json, sites.csv …": all of them */

/* Copies one file; 0 or a negative errno, -ENOENT where there is none. */
typedef int plan_copy_file(const char *from, const char *to);

/* Copies those that are there into a folder that exists. 0 or a negative errno. */
int plan_files_copy(const char *from, const char *to, plan_copy_file *copy);

/*
 * Whether both folders hold the same files. `ret_names` has the names of those that differ, as a
 * list. False where a file cannot be read.
 */
bool plan_files_equal(const char *one, const char *other, char ret_names[static PLAN_NAMES_SIZE]);

#endif
