/* `diemcau-coordinator backup` and `restore`: exit statuses, after telling what was done or the
 * fault. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_BACKUP_COMMANDS_H
#define DIEMCAU_COORDINATOR_COMMANDS_BACKUP_COMMANDS_H

/* Also while a coordinator serves. */
int backup_command_make(const char *dir, const char *to);
int backup_command_restore(const char *from, const char *dir);

#endif
