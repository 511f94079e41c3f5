#include "coordinator/peers/arrivals.h"

#include <stdio.h>
#include <string.h>

static const struct pace_limit own = {ARRIVALS_OWN_SPAN_MS, ARRIVALS_OWN_BURST};
static const struct pace_limit others = {ARRIVALS_OTHERS_SPAN_MS, ARRIVALS_OTHERS_BURST};

bool arrivals_take(struct arrivals *arrivals, const char *instance, struct instant now)
{
	return strcmp(arrivals->holder, instance) == 0 ? pace_take(&arrivals->own, own, now)
						       : pace_take(&arrivals->others, others, now);
}

void arrivals_seated(struct arrivals *arrivals, const char *instance)
{
	snprintf(arrivals->holder, sizeof(arrivals->holder), "%s", instance);
}
