/* Days and times in lists on a terminal, by the clock of this machine: "2026-07-15 07:30". */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_DAY_TEXT_H
#define DIEMCAU_COORDINATOR_INSTALLATION_DAY_TEXT_H

#include "units.h"

enum { DAY_TEXT_SIZE = 32 };

/* "-" for 0, which is no time. */
void day_text(struct stamp at, char ret[DAY_TEXT_SIZE]);
void day_and_time_text(struct stamp at, char ret[DAY_TEXT_SIZE]);

#endif
