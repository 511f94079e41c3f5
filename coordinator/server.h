/* The running coordinator: `diemcau-coordinator run`, and `replay`. */
#ifndef DIEMCAU_COORDINATOR_SERVER_H
#define DIEMCAU_COORDINATOR_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/installation/held_meetings.h"
#include "coordinator/ws/forwarded.h"
#include "proto/network/bind_address.h"

struct server_options {
	const char *dir; /* made by init */
	const char *plan; /* folder, or NULL; the first meeting begins from it */
	struct bind_address listen; /* without a host: every address */
	bool plain; /* HTTP and ws://, on loopback only */
	uint32_t speed;
	bool speed_given; /* else it is 1 where a meeting begins, and that of the meeting */
	bool rehearsal;
	const struct meeting_place *replay; /* of a closed meeting to play at this speed; or NULL */
	bool open_metrics; /* /metrics without a session, for requests from this machine */
	struct forwarded_proxies proxies;
};

enum {
	SERVER_PORT = 8443,
	SERVER_REPLAY_PORT = 8444, /* beside a coordinator that serves */
};

/* Exit status: 0 stopped as asked, 1 could not start, or the journal failed while running. */
int server_run(const struct server_options *options);

#endif
