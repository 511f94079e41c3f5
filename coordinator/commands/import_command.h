/* Tables of an office into a plan: shown first, written when that is asked for. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_IMPORT_COMMAND_H
#define DIEMCAU_COORDINATOR_COMMANDS_IMPORT_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct import_order {
	const char *plan; /* the folder, which need not be there */
	const char *const *files; /* NULL behind the last */
	const char *const *corrections; /* import.h; NULL behind the last */
	bool apply;
};

/* Whether a correction is one: a cell and its value. */
bool import_command_corrects(const char *text);

/* EXIT_SUCCESS, or EXIT_FAILURE: told why. */
int import_command(const struct import_order *order);

#endif
