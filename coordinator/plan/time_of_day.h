/* Times of day as plans write them; pure. Days are read by coordinator/meeting/calendar.h. */
#ifndef DIEMCAU_COORDINATOR_PLAN_TIME_OF_DAY_H
#define DIEMCAU_COORDINATOR_PLAN_TIME_OF_DAY_H

#include <stdint.h>

/* Milliseconds from midnight of "07:30"; the form is checked already. */
uint64_t clock_ms(const char *clock);

enum { CLOCK_TEXT_SIZE = 16 };

/* Such a time as "07:30", beyond midnight from "00:00" again. */
void clock_write(uint64_t ms, char ret_clock[static CLOCK_TEXT_SIZE]);

#endif
