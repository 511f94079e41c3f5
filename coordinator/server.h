/* The running coordinator: `diemcau-coordinator run`. */
#ifndef DIEMCAU_COORDINATOR_SERVER_H
#define DIEMCAU_COORDINATOR_SERVER_H

#include <stdbool.h>
#include <stdint.h>

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
	bool open_metrics; /* /metrics without a session, for requests from this machine */
	struct forwarded_proxies proxies;
};

enum { SERVER_PORT = 8443 };

/* Exit status: 0 stopped as asked, 1 could not start, or the journal failed while running. */
int server_run(const struct server_options *options);

#endif
