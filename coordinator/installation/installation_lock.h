/*
 * Who may change an installation: one coordinator serves its current meeting, one program at a time
 * makes, takes over or chooses meetings. Locks end with the process that holds them (fcntl).
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_INSTALLATION_LOCK_H
#define DIEMCAU_COORDINATOR_INSTALLATION_INSTALLATION_LOCK_H

#include <stdbool.h>

/*
 * Take a lock of the folder; *ret_lock is to be given to installation_unlock. `serving` is for the
 * whole life of a coordinator: -EBUSY where another one serves. `changing` is short, and waited
 * for. Another negative errno.
 */
int installation_lock_serving(const char *dir, int *ret_lock);
int installation_lock_changing(const char *dir, int *ret_lock);
/* A negative one is allowed. */
void installation_unlock(int lock);

/* The process that serves the current meeting at this moment; 0: none. */
int installation_server(const char *dir);
/* Does a coordinator serve the current meeting at this moment? */
bool installation_is_served(const char *dir);
/* Has a coordinator this journal open? One of an earlier version too. */
bool installation_journal_is_open(const char *journal);

#endif
