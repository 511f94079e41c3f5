/* The commands of sites: site add, remove, reissue, list. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_SITE_COMMANDS_H
#define DIEMCAU_COORDINATOR_COMMANDS_SITE_COMMANDS_H

/*
 * Each prints what it did and what follows from it, a fault on standard error, and returns an exit
 * status. `sites` are ids, ended by NULL; what is wrong with one keeps the others from nothing.
 */
int site_command_add(const char *dir, const char *const *sites);
int site_command_remove(const char *dir, const char *const *sites);
/* A new join file, which makes the old one invalid; also of the relay. */
int site_command_reissue(const char *dir, const char *const *sites);
int site_command_list(const char *dir);

#endif
