#include "endpoint/fleet/distribution.h"

#include <stdlib.h>

void distribution_add(struct distribution *samples, int64_t value)
{
	if (samples->count == samples->room) {
		size_t room = samples->room ? samples->room * 2 : 256;
		int64_t *values = realloc(samples->values, room * sizeof(*values));
		if (!values) {
			return;
		}
		samples->values = values;
		samples->room = room;
	}
	samples->values[samples->count++] = value < 0 ? 0 : value;
}

static int compare(const void *a, const void *b)
{
	const int64_t *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

static uint64_t rank(const struct distribution *samples, size_t percent)
{
	size_t index = (samples->count * percent + 99) / 100;
	return (uint64_t)samples->values[index > 0 ? index - 1 : 0];
}

void distribution_quantiles(struct distribution *samples, struct quantiles *ret_quantiles)
{
	*ret_quantiles = (struct quantiles){.count = samples->count};
	if (samples->count > 0) {
		qsort(samples->values, samples->count, sizeof(samples->values[0]), compare);
		ret_quantiles->median = rank(samples, 50);
		ret_quantiles->p99 = rank(samples, 99);
		ret_quantiles->max = rank(samples, 100);
	}
}

void distribution_finish(struct distribution *samples)
{
	free(samples->values);
	*samples = (struct distribution){0};
}
