/*
 * Reporting the state to the service manager: the protocol of sd_notify(3), written to the socket
 * that NOTIFY_SOCKET names. Without a manager every call does nothing.
 */
#ifndef DIEMCAU_COORDINATOR_HOST_SD_NOTIFY_H
#define DIEMCAU_COORDINATOR_HOST_SD_NOTIFY_H

#include <stdint.h>

#include "units.h"

struct notify {
	int socket; /* -1: no service manager */
	struct span watchdog; /* half the manager's interval; 0: no watchdog */
	struct instant petted;
};

void notify_init(struct notify *notify);
void notify_finish(struct notify *notify);

void notify_ready(struct notify *notify, const char *status);
void notify_stopping(struct notify *notify);
/* Call often: notifies the watchdog when it is due. */
void notify_alive(struct notify *notify, struct instant now);

#endif
