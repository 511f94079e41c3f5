/* Commands about what sites have registered: its list as a file, and erasing who is named in it. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_REGISTRATION_COMMANDS_H
#define DIEMCAU_COORDINATOR_COMMANDS_REGISTRATION_COMMANDS_H

/* Both also while the meeting is served. `meeting` NULL: the current one. Exit codes. */
int registration_command_list(const char *dir, const char *meeting, const char *file);
int registration_command_forget(const char *dir, const char *meeting);

#endif
