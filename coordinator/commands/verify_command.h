/* Whether a journal is what was written (decision 50). */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_VERIFY_COMMAND_H
#define DIEMCAU_COORDINATOR_COMMANDS_VERIFY_COMMAND_H

/*
 * `path`: a journal, or a folder that holds one. `head`: a hash that one of its entries must have,
 * as text, or NULL. EXIT_SUCCESS where it is whole; else EXIT_FAILURE, and what is wrong is told.
 */
int verify_command(const char *path, const char *head);

#endif
