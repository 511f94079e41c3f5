/* Private: attendance of the minutes. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_COMPILE_ATTENDANCE_H
#define DIEMCAU_COORDINATOR_MINUTES_COMPILE_ATTENDANCE_H

#include "coordinator/minutes/compile.h"

/* Where sites register, and the reader may see it. 0 or -ENOMEM. */
int compile_attendance(struct compiling *compiling);

#endif
