/* Measured times and their quantiles. */
#ifndef DIEMCAU_ENDPOINT_FLEET_DISTRIBUTION_H
#define DIEMCAU_ENDPOINT_FLEET_DISTRIBUTION_H

#include <stddef.h>
#include <stdint.h>

#include "script_msg.h"

struct distribution {
	int64_t *values; /* milliseconds */
	size_t count, room;
};

/* A value is dropped if there is no memory for it. */
void distribution_add(struct distribution *samples, int64_t value);
/* Nearest-rank quantiles; all zero for an empty set. Sorts the set. */
void distribution_quantiles(struct distribution *samples, struct quantiles *ret_quantiles);
void distribution_finish(struct distribution *samples);

#endif
