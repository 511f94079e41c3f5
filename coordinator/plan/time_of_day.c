#include "coordinator/plan/time_of_day.h"

#include <inttypes.h>
#include <stdio.h>

static uint32_t two_digits(const char *text)
{
	return (uint32_t)((text[0] - '0') * 10 + (text[1] - '0'));
}

uint64_t clock_ms(const char *clock)
{
	return (two_digits(clock) * 60 + two_digits(clock + 3)) * 60000;
}

void clock_write(uint64_t ms, char ret_clock[static CLOCK_TEXT_SIZE])
{
	uint64_t minute = ms / 60000;
	snprintf(ret_clock, CLOCK_TEXT_SIZE, "%02" PRIu64 ":%02" PRIu64, minute / 60 % 24,
		minute % 60);
}
