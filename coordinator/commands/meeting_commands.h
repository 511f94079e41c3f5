/*
 * The commands about the meetings of an installation: `diemcau-coordinator meeting …`. They work
 * while a coordinator serves. Each says what it did and what to do next, and returns an exit status
 * after telling its fault on standard error.
 */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_COMMANDS_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_COMMANDS_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/commands/meeting_print.h"

/* `meeting` may be NULL: the current one. */
int meeting_command_list(const char *dir);
int meeting_command_show(const char *dir, const char *meeting);
/* Begins the next meeting; not while the current one is assembling or live. */
int meeting_command_new(const char *dir, const char *plan, uint32_t speed);
/* Makes another meeting of the installation the current one; not while one is under way. */
int meeting_command_use(const char *dir, const char *meeting);
/* Shows what a changed plan asks of the current meeting, and gives it if so asked. */
int meeting_command_update(const char *dir, const char *plan, bool apply, bool json);
/* Writes minutes, journal and plan into the folder `to`, which is made. No secret is among them. */
int meeting_command_export(const char *dir, const char *meeting, const char *to);
/* Writes a paper of the meeting as page, PDF and DOCX into the folder `to`, which is made. */
int meeting_command_print(
	const char *dir, const char *meeting, const struct print_wanted *wanted, const char *to);
/* Writes a closed meeting into one file, for years and for other machines. */
int meeting_command_archive(const char *dir, const char *meeting, const char *file);
/* Takes the meeting of such a file into the installation, to be read. */
int meeting_command_add(const char *dir, const char *file);

#endif
