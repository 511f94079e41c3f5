/* The running coordinator: `diemcau-coordinator run`. */
#ifndef DIEMCAU_COORDINATOR_RUN_H
#define DIEMCAU_COORDINATOR_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/ws/forwarded.h"
#include "proto/network/place.h"

struct run_options {
	const char *dir; /* made by init */
	const char *plan; /* folder; not looked at while a meeting runs */
	struct place listen; /* without a host: every address */
	bool plain; /* HTTP and ws://, on loopback only */
	uint32_t speed;
	bool rehearsal;
	bool open_metrics; /* /metrics without a session, for whoever asks from this machine */
	struct forwarded_proxies proxies;
};

enum { RUN_PORT = 8443 };

/* Exit status: 0 stopped as asked, 1 could not start, 3 the journal failed while running. */
int coordinator_run(const struct run_options *options);

#endif
