/*
 * NTP timestamps (RFC 5905 section 6) as RTP carries them: 32.32, seconds and their 2^32nd parts.
 * Sources count from the beginning of their own clock, the relay's reports from 1900. Pure.
 */
#ifndef DIEMCAU_PROTO_MEDIA_NTP_H
#define DIEMCAU_PROTO_MEDIA_NTP_H

#include <stdint.h>

/* From microseconds of a clock, and back to the same microsecond. */
uint64_t ntp_from_us(int64_t us);
int64_t ntp_to_us(uint64_t ntp);

/* From Unix time in microseconds, counted from 1900. */
uint64_t ntp_from_unix_us(int64_t us);

/* The middle 32 bits: what a report block carries as `last_sr` (RFC 3550 section 6.4.1). */
uint32_t ntp_middle(uint64_t ntp);

#endif
