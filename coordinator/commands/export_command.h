/* A plan's tables as a workbook, for an office to edit. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_EXPORT_COMMAND_H
#define DIEMCAU_COORDINATOR_COMMANDS_EXPORT_COMMAND_H

/* Writes the file, which must not be there. EXIT_SUCCESS, or EXIT_FAILURE: told why. */
int export_command(const char *plan, const char *file);

#endif
