/*
 * The relay's one UDP socket: many datagrams per call each way, and the clock.
 *
 * Sending a GSO batch to all its receivers is one message per receiver, cut to datagrams by the
 * kernel or the card (UDP_SEGMENT), and as few calls as sendmmsg allows. Where a path refuses
 * segments, that receiver is marked plain and served packet by packet.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_UDP_H
#define DIEMCAU_COORDINATOR_RELAY_UDP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/fanout.h"

enum rly_udp_sizes {
	RLY_UDP_BATCH = 64, /* datagrams per receiving call, receivers per sending call */
	RLY_UDP_BUFFER = 8 * 1024 * 1024 /* asked of the kernel, which may give less */
};

struct rly_udp;

/* What the kernel would not take. */
struct rly_udp_counts {
	uint64_t send_errors; /* datagrams given up */
	uint64_t calls; /* sending system calls */
	uint64_t no_gso; /* receivers that refused segments */
	uint64_t waits; /* for room in a full socket */
};

typedef void rly_udp_take(
	void *user, const struct rly_address *from, uint8_t *data, size_t size, int64_t now_us);

/* Opens and binds. 0, -ENOMEM, or what socket() or bind() said. */
int rly_udp_create(const struct rly_address *bind_to, struct rly_udp **ret_udp);

/* Takes NULL. */
void rly_udp_destroy(struct rly_udp *udp);

/* As bound: the port is known even where 0 was asked for. */
struct rly_address rly_udp_address(const struct rly_udp *udp);

/* Waits up to wait_us for datagrams or for other_fd (-1: none) and hands on what has come. */
int rly_udp_receive(
	struct rly_udp *udp, int other_fd, int64_t wait_us, rly_udp_take *take, void *user);

/* A port for rly_relay_create(); borrows the udp. */
struct rly_egress rly_udp_egress(struct rly_udp *udp);

const struct rly_udp_counts *rly_udp_counts(const struct rly_udp *udp);

/* The monotonic clock, and how far Unix time is ahead of it. */
int64_t rly_clock_us(void);
int64_t rly_clock_wall_offset_us(void);

#endif
