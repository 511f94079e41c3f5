/* Private: days of the calendar, without libc's clock. */
#ifndef DIEMCAU_COORDINATOR_MEETING_CALENDAR_H
#define DIEMCAU_COORDINATOR_MEETING_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum { DAY_MS = 24 * 3600 * 1000 };

/* "YYYY-MM-DD" as days since 1970-01-01; false if there is no such day (1970 to 9999). */
bool mtg_parse_date(const char *text, int64_t *ret_day);

#endif
