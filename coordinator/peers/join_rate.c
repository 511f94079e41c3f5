#include "coordinator/peers/join_rate.h"

#include <string.h>

#include "text_copy.h"

static const struct pace_limit own = {JOIN_RATE_OWN_SPAN_MS, JOIN_RATE_OWN_BURST};
static const struct pace_limit others = {JOIN_RATE_OTHERS_SPAN_MS, JOIN_RATE_OTHERS_BURST};

bool join_rate_take(struct join_rate *join_rate, const char *instance, struct instant now)
{
	return strcmp(join_rate->holder, instance) == 0
		       ? pace_take(&join_rate->own, own, now)
		       : pace_take(&join_rate->others, others, now);
}

void join_rate_admitted(struct join_rate *join_rate, const char *instance)
{
	TEXT_COPY(join_rate->holder, instance);
}
