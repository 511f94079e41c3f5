/* Minutes as files for people: minutes.vi.html, minutes.en.html, minutes.json. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MINUTES_FILES_H
#define DIEMCAU_COORDINATOR_COMMANDS_MINUTES_FILES_H

#include "coordinator/minutes/recorder.h"

/* Writes what an operator may see into the folder `to`. 0 or a negative errno. */
int minutes_files_write(const struct minutes_recorder *recorder, const char *to);

/* minutes.json alone. 0 or a negative errno. */
int minutes_files_write_json(const struct minutes *minutes, const char *to);

#endif
