#include "coordinator/plan/time_of_day.h"

static uint32_t two_digits(const char *text)
{
	return (uint32_t)((text[0] - '0') * 10 + (text[1] - '0'));
}

uint32_t clock_ms(const char *clock)
{
	return (two_digits(clock) * 60 + two_digits(clock + 3)) * 60000;
}
