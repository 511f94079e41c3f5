/*
 * The certificates of a running coordinator: a renewed one is taken up without a restart, and what
 * is the matter with them is told at start, once a day in the log, and to the boards.
 */
#ifndef DIEMCAU_COORDINATOR_CERTIFICATE_WATCH_H
#define DIEMCAU_COORDINATOR_CERTIFICATE_WATCH_H

#include <stdbool.h>
#include <sys/stat.h>

#include "coordinator/identity/certificate_validity.h"
#include "coordinator/peers/certificate_alert.h"
#include "coordinator/ws/ws.h"

/* All zeroes except the first four members: nothing looked at yet. */
struct certificate_watch {
	const char *dir; /* borrowed, like the next three */
	struct ws *ws;
	struct certificate_alert *alert;
	bool tls; /* the server shows the certificate itself */
	struct stat seen; /* server.pem, to see whether it has changed */
	struct certificate_validity validity;
	enum certificate_state logged;
	struct instant checked, logged_at;
};

/* Called often; looks every few seconds. */
void certificate_watch_tick(struct certificate_watch *watch, struct now now);

#endif
