/* Faults of the registry (coordinator/identity), as the commands tell them. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_IDENTITY_FAULT_H
#define DIEMCAU_COORDINATOR_COMMANDS_IDENTITY_FAULT_H

/* Prints what is the matter with `what`: a refusal of identity.h, or a negative errno. Returns the
 * exit status of a command that failed. */
int identity_fault(const char *what, int status);

#endif
