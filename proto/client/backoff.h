/*
 * The delay before the next attempt: exponential, capped, full jitter (every delay between zero and
 * the cap is equally likely, so that clients cut off at one moment do not return at one moment).
 * Pure.
 */
#ifndef DIEMCAU_PROTO_CLIENT_BACKOFF_H
#define DIEMCAU_PROTO_CLIENT_BACKOFF_H

#include <stdint.h>

/*
 * Milliseconds to wait after `failures` failed attempts in a row (1 or more); `random` is any 32
 * random bits.
 */
uint32_t ws_client_backoff_ms(uint32_t failures, uint32_t random);

#endif
