/*
 * A file of an office is read by a process that can do nothing else: the libraries that unpack and
 * parse it run where no file can be opened, nothing connected, no program started, with bounded
 * time and memory; what they found comes back through a pipe and is judged again.
 *
 * Source: seccomp(2), prctl(2), getrlimit(2).
 */
#ifndef DIEMCAU_COORDINATOR_SHEETS_SHEETS_APART_H
#define DIEMCAU_COORDINATOR_SHEETS_SHEETS_APART_H

#include "coordinator/sheets/sheets.h"

/*
 * As sheets_read, in a process of its own, for a program of one thread. A reader that dies, or
 * takes more than its time and memory, is SHEETS_BROKEN. Another negative errno: there is no
 * process.
 */
int sheets_read_apart(const char *bytes, size_t size, struct sheets **ret_sheets);

/*
 * From here on this process reads, writes, takes memory, and ends; everything else fails with
 * EPERM. 0 or a negative errno: nothing is confined. For sheets_read_apart, and its test.
 */
int sheets_confine(void);

#endif
