/*
 * How long to wait before the next attempt: exponential, capped, full jitter (every waiting time
 * between none and the cap is as likely as any other, so that a crowd that was cut at one moment
 * does not return at one moment). Pure.
 */
#ifndef DIEMCAU_PROTO_CLIENT_BACKOFF_H
#define DIEMCAU_PROTO_CLIENT_BACKOFF_H

#include <stdint.h>

/*
 * Milliseconds to wait after `failures` failed attempts in a row (1 or more); `random` is any
 * 32 random bits.
 */
uint32_t ws_client_backoff_ms(uint32_t failures, uint32_t random);

#endif
