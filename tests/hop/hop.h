/* The hop's sockets, its paths (one a site) and the packets on their way. */
#ifndef DIEMCAU_TESTS_HOP_H
#define DIEMCAU_TESTS_HOP_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/hop/impairment.h"

enum {
	SITES = 256, /* sites one hop serves */
	WAITING_MAX = 65536, /* packets on their way */
	UP = 0,
	DOWN = 1,
};

struct path {
	uint16_t site;
	int upstream; /* socket towards the relay */
	struct sockaddr_in peer; /* where the site sends from */
	struct impaired ways[2];
};

struct waiting {
	int64_t leave_us;
	uint64_t order; /* equal times leave in order of arrival */
	struct path *path;
	int way;
	size_t size;
	uint8_t *data;
};

struct hop {
	int front; /* socket towards the sites */
	int epoll;
	struct sockaddr_in relay;
	uint64_t seed;
	struct path paths[SITES];
	size_t n_paths;
	struct waiting heap[WAITING_MAX];
	size_t n_waiting;
	uint64_t arrivals;
};

/* The path of a site, begun where there is none; NULL where there can be none more. */
struct path *hop_path(struct hop *hop, uint16_t site);

/* The relay sees it under another port from now on; it stays where no socket is to be had. */
void hop_move(struct hop *hop, struct path *path);

#endif
