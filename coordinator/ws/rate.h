/* How often one peer may speak: a bucket of tokens, filled evenly. Pure. */
#ifndef DIEMCAU_WS_RATE_H
#define DIEMCAU_WS_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "units.h"

/* All zeroes is a bucket that has not begun: full at the first take. */
struct rate {
	bool begun;
	int64_t milli; /* thousandths of a token */
	struct instant at;
};

/* One token, if there is one: `per_second` are added, at most `burst` are held. */
bool rate_take(struct rate *rate, uint32_t per_second, uint32_t burst, struct instant now);

/* What was taken turned out not to count: the bucket has it again. */
void rate_give_back(struct rate *rate);

#endif
