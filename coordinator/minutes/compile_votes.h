/* Private: votes of the minutes. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_COMPILE_VOTES_H
#define DIEMCAU_COORDINATOR_MINUTES_COMPILE_VOTES_H

#include "coordinator/minutes/compile.h"

/* Those that were opened, with as much as the reader may see. 0 or -ENOMEM. */
int compile_votes(struct compiling *compiling);

#endif
