/* Display links on the command line: what a screen opens without a password. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_DISPLAY_COMMANDS_H
#define DIEMCAU_COORDINATOR_COMMANDS_DISPLAY_COMMANDS_H

#include "domain_msg.h"

/* All return an exit status. */

/* Prints the address, which is told this once. */
int display_command_add(const char *dir, const char *name, enum display_view view);
/* By its name, or by its id. */
int display_command_remove(const char *dir, const char *name);
int display_command_list(const char *dir);

#endif
