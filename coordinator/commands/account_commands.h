/* The commands of accounts: account add, passwd, remove, list. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_ACCOUNT_COMMANDS_H
#define DIEMCAU_COORDINATOR_COMMANDS_ACCOUNT_COMMANDS_H

#include <stdbool.h>

#include "domain_msg.h"

/*
 * Each prints what it did and what follows from it, a fault on standard error, and returns an exit
 * status. A new password is made and printed once, unless it is read from the first line of stdin.
 */
int account_command_add(const char *dir, const char *name, enum role role, bool from_stdin);
int account_command_passwd(const char *dir, const char *name, bool from_stdin);
int account_command_remove(const char *dir, const char *name);
int account_command_list(const char *dir);

#endif
