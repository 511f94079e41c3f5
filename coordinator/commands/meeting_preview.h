/*
 * `diemcau-coordinator meeting preview`: what a programme or list of an office would change in a
 * meeting, as JSON for programs. The coordinator that serves the meeting runs it for its board
 * (coordinator/api/imports.h): files of others are read by a process that holds no key, has bounded
 * time and memory, and is none of the server's.
 */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_PREVIEW_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_PREVIEW_H

struct preview_order {
	const char *folder; /* of the meeting */
	const char *file;
	const char *name; /* of the file, for people; NULL: as it lies there */
};

/*
 * Reads what is asked (import_ask) from standard input and writes the answer (import_preview) to
 * standard output. EXIT_SUCCESS, also where the file cannot be read, which the answer says;
 * EXIT_FAILURE: told why.
 */
int meeting_preview(const struct preview_order *order);

#endif
