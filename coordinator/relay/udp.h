/*
 * The relay's one UDP socket: many datagrams per call each way, and the clock.
 *
 * Sending a GSO batch to all its receivers takes one message per receiver, which the kernel or the
 * network card segments (UDP_SEGMENT), and as few calls as sendmmsg allows. A receiver whose path
 * refuses segments gets no_gso and is sent single packets.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_UDP_H
#define DIEMCAU_COORDINATOR_RELAY_UDP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/fanout.h"

enum rly_udp_sizes {
	RLY_UDP_BATCH = 64, /* datagrams per receive call, receivers per send call */
	RLY_UDP_BUFFER = 8 * 1024 * 1024 /* requested of the kernel, which may give less */
};

struct rly_udp;

/* Datagrams the kernel refused, and how it was called. */
struct rly_udp_counts {
	uint64_t send_errors; /* datagrams dropped */
	uint64_t calls; /* send system calls */
	uint64_t no_gso; /* receivers that refused segments */
	uint64_t waits; /* for room in a full socket buffer */
};

typedef void rly_udp_handler(
	void *user, const struct rly_address *from, uint8_t *data, size_t size, int64_t now_us);

/* Opens and binds. 0, -ENOMEM, or the errno of socket() or bind(), negative. */
int rly_udp_create(const struct rly_address *bind_to, struct rly_udp **ret_udp);

/* Takes NULL. */
void rly_udp_destroy(struct rly_udp *udp);

/* The bound address: the port is known even if 0 was requested. */
struct rly_address rly_udp_address(const struct rly_udp *udp);

/* Waits up to wait_us for datagrams or for other_fd (-1: none) and passes each datagram to handle.
 */
int rly_udp_receive(
	struct rly_udp *udp, int other_fd, int64_t wait_us, rly_udp_handler *handle, void *user);

/* An egress for rly_relay_create(); borrows the udp. */
struct rly_egress rly_udp_egress(struct rly_udp *udp);

const struct rly_udp_counts *rly_udp_counts(const struct rly_udp *udp);

/* The monotonic clock, and Unix time minus that clock. */
int64_t rly_clock_us(void);
int64_t rly_clock_wall_offset_us(void);

#endif
