/*
 * Days and times of day as plans write them; pure.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_DATES_H
#define DIEMCAU_COORDINATOR_PLAN_DATES_H

#include <stdbool.h>
#include <stdint.h>

/* Whether "2022-02-29" is a day of the (Gregorian) calendar; the form is checked already. */
bool date_exists(const char *date);

/* Milliseconds from midnight of "07:30"; the form is checked already. */
uint32_t clock_ms(const char *clock);

#endif
