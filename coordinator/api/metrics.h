/* Figures in OpenMetrics text: base units, ratios from 0 to 1, `_total` on counters only. */
#ifndef DIEMCAU_COORDINATOR_API_METRICS_H
#define DIEMCAU_COORDINATOR_API_METRICS_H

#include "coordinator/api/login.h"
#include "coordinator/api/responder.h"
#include "coordinator/peers/clients.h"
#include "coordinator/peers/connection_log.h"
#include "coordinator/peers/login_alerts.h"
#include "coordinator/telemetry/telemetry.h"
#include "coordinator/view/media_keys.h"

/* The sources of the metrics. */
struct metrics_sources {
	struct ws *ws;
	const struct engine *engine;
	const struct clients *clients;
	const struct connection_log *connection_log;
	const struct login_alerts *login_alerts;
	const struct logins *logins;
	const struct telemetry *telemetry;
	const struct media_keys *media_keys;
};

void metrics_answer(const struct metrics_sources *sources, const struct responder *responder,
	uint64_t exchange);

#endif
