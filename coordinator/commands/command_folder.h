/* Opening the folder of an installation for a command, and telling why one could not be done. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_COMMAND_FOLDER_H
#define DIEMCAU_COORDINATOR_COMMANDS_COMMAND_FOLDER_H

#include "coordinator/plan/plan.h"

/* The program, as its faults name it. */
extern const char command_program[];

/*
 * Takes installation_lock_changing and takes over the layout of an earlier version. 0 with the
 * lock, for installation_unlock, which takes the lock of a fault too; else EXIT_FAILURE, told.
 */
int command_open_installation(const char *dir, int *ret_lock);

/*
 * Says that this could not be done, for a negative errno or a refusal of journal.h or new_folder.h:
 * EXIT_FAILURE.
 */
int command_complain(const char *what, int status);

/*
 * Reads a plan and tells its faults and notes. 0 with a plan to be destroyed by the caller; else
 * EXIT_FAILURE.
 */
int command_load_plan(const char *folder, struct plan **ret_plan);

#endif
