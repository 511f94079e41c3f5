/* The proxy's sockets, its paths (one per site) and the packets in flight. */
#ifndef DIEMCAU_TESTS_TOOLS_NETEM_PROXY_NETEM_PROXY_H
#define DIEMCAU_TESTS_TOOLS_NETEM_PROXY_NETEM_PROXY_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/tools/netem_proxy/impairment.h"

enum {
	SITES = 256, /* sites one proxy serves */
	WAITING_MAX = 65536, /* packets in flight */
	UP = 0,
	DOWN = 1,
};

struct site_path {
	uint16_t site;
	int upstream; /* socket towards the relay */
	struct sockaddr_in peer; /* the site's address */
	struct impaired ways[2];
};

struct queued_packet {
	int64_t leave_us;
	uint64_t arrival; /* equal times leave in order of arrival */
	struct site_path *path;
	int way;
	size_t size;
	uint8_t *data;
};

struct netem_proxy {
	int site_socket; /* socket towards the sites */
	int epoll;
	struct sockaddr_in relay;
	uint64_t seed;
	struct site_path paths[SITES];
	size_t n_paths;
	struct queued_packet heap[WAITING_MAX];
	size_t n_waiting;
	uint64_t arrivals;
};

/* The path of a site, created on first use; NULL if there is no room for another. */
struct site_path *netem_proxy_path(struct netem_proxy *proxy, uint16_t site);

/* The relay sees the site under another port from now on; unchanged if no socket is available. */
void netem_proxy_move(struct netem_proxy *proxy, struct site_path *path);

#endif
