/* Rate limit of one peer: a token bucket. Pure. */
#ifndef DIEMCAU_COORDINATOR_WS_TOKEN_BUCKET_H
#define DIEMCAU_COORDINATOR_WS_TOKEN_BUCKET_H

#include <stdbool.h>
#include <stdint.h>

#include "units.h"

/* All zeroes is a bucket that is full at the first take. */
struct token_bucket {
	bool begun;
	int64_t milli; /* thousandths of a token */
	struct instant at;
};

/* Take one token, if there is one: `per_second` are added, at most `burst` are held. */
bool token_bucket_take(
	struct token_bucket *rate, uint32_t per_second, uint32_t burst, struct instant now);

/* Puts one token back. */
void token_bucket_refund(struct token_bucket *rate);

#endif
