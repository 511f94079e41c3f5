/* Measured times, and their quantiles. */
#ifndef DIEMCAU_FLEET_SAMPLES_H
#define DIEMCAU_FLEET_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#include "script_msg.h"

struct samples {
	int64_t *values; /* milliseconds */
	size_t count, room;
};

/* A value for which there is no memory is dropped. */
void samples_add(struct samples *samples, int64_t value);
/* Nearest-rank quantiles; all zeroes of an empty set. Sorts the set. */
void samples_quantiles(struct samples *samples, struct quantiles *ret_quantiles);
void samples_finish(struct samples *samples);

#endif
