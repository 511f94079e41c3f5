#include "proto/media/ntp.h"

static const uint64_t seconds_1900_to_1970 = 2208988800U;

uint64_t ntp_from_us(int64_t us)
{
	uint64_t seconds = (uint64_t)us / 1000000U;
	uint64_t rest = (uint64_t)us % 1000000U;
	/* Rounded up, so that the inverse gives the same microsecond. */
	return seconds << 32 | ((rest << 32) + 999999U) / 1000000U;
}

uint64_t ntp_from_unix_us(int64_t us)
{
	return ntp_from_us(us) + (seconds_1900_to_1970 << 32);
}

int64_t ntp_to_us(uint64_t ntp)
{
	return (int64_t)((ntp >> 32) * 1000000U + ((ntp & 0xFFFFFFFFU) * 1000000U >> 32));
}

uint32_t ntp_middle(uint64_t ntp)
{
	return (uint32_t)(ntp >> 16);
}
