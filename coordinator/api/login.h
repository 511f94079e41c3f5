/*
 * Logging in. A request waits (login_queue.h) until its password may be checked, which the worker
 * does one at a time. The session is returned once it is on disk.
 */
#ifndef DIEMCAU_COORDINATOR_API_LOGIN_H
#define DIEMCAU_COORDINATOR_API_LOGIN_H

#include "coordinator/api/login_queue.h"
#include "coordinator/api/responder.h"
#include "coordinator/api/session_store.h"
#include "coordinator/host/worker.h"
#include "coordinator/identity/device_cookie.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/sessions.h"
#include "coordinator/peers/login_alerts.h"

struct logins {
	struct ws *ws; /* borrowed, like the members that follow */
	struct engine *engine; /* for the time */
	struct identity_registry *registry;
	struct sessions *sessions;
	struct worker *worker;
	const struct responder *responder;
	struct session_store *store;
	struct login_alerts *login_alerts;
	const char *mark; /* of the installation, for its cookies' names */
	struct device_key device_key; /* of device cookies */
	struct login_queue queue; /* with its backoff */
	bool checking; /* the worker checks a password */
	uint64_t failed;
	uint64_t slowed; /* refused unchecked: too soon after failures */
	uint64_t put_off; /* refused unchecked: others were first for too long */
};

/* POST /api/v1/session. */
void logins_ask(struct logins *logins, uint64_t exchange, const struct http_request *request);
/* Handle those that wait. Call periodically. */
void logins_serve(struct logins *logins);
/* Drop them, at the end; after the worker. */
void logins_finish(struct logins *logins);

#endif
