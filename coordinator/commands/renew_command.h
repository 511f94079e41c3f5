/* The command renew: a new certificate for the server, of the same authority. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_RENEW_COMMAND_H
#define DIEMCAU_COORDINATOR_COMMANDS_RENEW_COMMAND_H

/*
 * With the names that the present one has. authority_key: the file of the authority's key, NULL for
 * dir's ca.key. Prints until when the new one is valid and what follows, a fault on standard error;
 * returns an exit status.
 */
int renew_command(const char *dir, const char *authority_key);

#endif
