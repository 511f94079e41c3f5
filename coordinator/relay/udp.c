/* The UDP socket: see udp.h. Linux: recvmmsg, sendmmsg and UDP_SEGMENT need _GNU_SOURCE. */
#define _GNU_SOURCE

#include "coordinator/relay/udp.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "coordinator/relay/relay.h"

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103 /* linux/udp.h since 4.18 */
#endif

enum {
	FULL_WAIT_MS = 2, /* for room in the socket buffer; then the packet is left to repair */
	FULL_REST_US = 20000, /* after a timeout no other receiver waits, or 63 of them would wait
			       * one after another */
	ROUNDS_MAX = 16 /* receive calls before a send */
};

struct rly_udp {
	int fd;
	struct rly_address address;
	struct rly_udp_counts counts;
	int64_t rest_until_us; /* no room was found, and no send waits before this time */
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(uint16_t))];
	struct mmsghdr in[RLY_UDP_BATCH];
	struct iovec in_vectors[RLY_UDP_BATCH];
	struct rly_address in_from[RLY_UDP_BATCH];
	struct mmsghdr out[RLY_UDP_BATCH];
	struct rly_receiver *out_to[RLY_UDP_BATCH];
	_Alignas(8) uint8_t in_data[RLY_UDP_BATCH][RLY_DATAGRAM_MAX];
};

/* [::] means both families, whatever the system's default; any other address means one. */
static void set_families(int fd, const struct rly_address *bind_to)
{
	int only = !rly_address_is_any(bind_to);
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof(only));
}

static int open_socket(struct rly_udp *udp, const struct rly_address *bind_to)
{
	struct sockaddr_storage storage;
	memset(&storage, 0, sizeof(storage));
	memcpy(&storage, bind_to->bytes, bind_to->size);
	udp->fd = socket(storage.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (udp->fd < 0) {
		return -errno;
	}
	if (storage.ss_family == AF_INET6) {
		set_families(udp->fd, bind_to);
	}
	int size = RLY_UDP_BUFFER;
	/* SO_RCVBUFFORCE needs CAP_NET_ADMIN; without it the system's limit applies. */
	if (setsockopt(udp->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size))) {
		setsockopt(udp->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	}
	if (setsockopt(udp->fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size))) {
		setsockopt(udp->fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	}
	if (bind(udp->fd, (const struct sockaddr *)&storage, bind_to->size)) {
		return -errno;
	}
	socklen_t length = sizeof(storage);
	if (getsockname(udp->fd, (struct sockaddr *)&storage, &length)) {
		return -errno;
	}
	memcpy(udp->address.bytes, &storage, sizeof(udp->address.bytes));
	udp->address.size = length;
	return 0;
}

static struct cmsghdr *segment_control(struct rly_udp *udp)
{
	void *control = udp->control;
	return control;
}

static void prepare_batches(struct rly_udp *udp)
{
	for (int i = 0; i < RLY_UDP_BATCH; i++) {
		udp->in_vectors[i] = (struct iovec){udp->in_data[i], RLY_DATAGRAM_MAX};
		udp->in[i].msg_hdr.msg_iov = &udp->in_vectors[i];
		udp->in[i].msg_hdr.msg_iovlen = 1;
		udp->in[i].msg_hdr.msg_name = udp->in_from[i].bytes;
	}
	struct cmsghdr *control = segment_control(udp);
	control->cmsg_level = SOL_UDP;
	control->cmsg_type = UDP_SEGMENT;
	control->cmsg_len = CMSG_LEN(sizeof(uint16_t));
}

int rly_udp_create(const struct rly_address *bind_to, struct rly_udp **ret_udp)
{
	struct rly_udp *udp = calloc(1, sizeof(*udp));
	if (!udp) {
		return -ENOMEM;
	}
	int r = open_socket(udp, bind_to);
	if (r < 0) {
		rly_udp_destroy(udp);
		return r;
	}
	prepare_batches(udp);
	*ret_udp = udp;
	return 0;
}

void rly_udp_destroy(struct rly_udp *udp)
{
	if (udp) {
		if (udp->fd >= 0) {
			close(udp->fd);
		}
		free(udp);
	}
}

struct rly_address rly_udp_address(const struct rly_udp *udp)
{
	return udp->address;
}

const struct rly_udp_counts *rly_udp_counts(const struct rly_udp *udp)
{
	return &udp->counts;
}

static int receive_batch(struct rly_udp *udp, rly_udp_handler *handle, void *user)
{
	for (int i = 0; i < RLY_UDP_BATCH; i++) {
		udp->in[i].msg_hdr.msg_namelen = sizeof(udp->in_from[i].bytes);
	}
	int n = recvmmsg(udp->fd, udp->in, RLY_UDP_BATCH, MSG_DONTWAIT, NULL);
	if (n <= 0) {
		return n == 0 || errno == EAGAIN || errno == EINTR ? 0 : -errno;
	}
	int64_t now_us = rly_clock_us();
	for (int i = 0; i < n; i++) {
		udp->in_from[i].size = udp->in[i].msg_hdr.msg_namelen;
		if (!(udp->in[i].msg_hdr.msg_flags & MSG_TRUNC)) {
			handle(user, &udp->in_from[i], udp->in_data[i], udp->in[i].msg_len, now_us);
		}
	}
	return n;
}

int rly_udp_receive(
	struct rly_udp *udp, int other_fd, int64_t wait_us, rly_udp_handler *handle, void *user)
{
	struct pollfd fds[2] = {{udp->fd, POLLIN, 0}, {other_fd, POLLIN, 0}};
	struct timespec wait = {wait_us / 1000000, (long)(wait_us % 1000000) * 1000};
	if (ppoll(fds, 2, &wait, NULL) < 0 && errno != EINTR) {
		return -errno;
	}
	int n = RLY_UDP_BATCH;
	for (int round = 0; n == RLY_UDP_BATCH && round < ROUNDS_MAX; round++) {
		n = receive_batch(udp, handle, user);
		/* ECONNREFUSED and similar errors report an earlier send. */
		n = n < 0 && n != -EBADF && n != -ENOTSOCK ? RLY_UDP_BATCH : n;
	}
	return n < 0 ? n : 0;
}

static bool wait_for_room(struct rly_udp *udp)
{
	struct pollfd fd = {udp->fd, POLLOUT, 0};
	if (rly_clock_us() < udp->rest_until_us) {
		return false;
	}
	udp->counts.waits++;
	if (poll(&fd, 1, FULL_WAIT_MS) > 0) {
		return true;
	}
	udp->rest_until_us = rly_clock_us() + FULL_REST_US;
	return false;
}

static bool send_one(
	struct rly_udp *udp, const struct rly_address *to, const void *data, size_t size)
{
	struct sockaddr_storage storage;
	memcpy(&storage, to->bytes, sizeof(to->bytes));
	udp->counts.calls++;
	for (int attempt = 0; attempt < 2; attempt++) {
		if (sendto(udp->fd, data, size, 0, (const struct sockaddr *)&storage, to->size) >=
			0) {
			return true;
		}
		if (errno != EAGAIN || !wait_for_room(udp)) {
			break;
		}
	}
	udp->counts.send_errors++;
	return false;
}

static size_t send_plain(
	struct rly_udp *udp, const struct rly_gso_batch *batch, const struct rly_receiver *receiver)
{
	size_t sent = 0;
	for (size_t i = 0; i < batch->n_packets; i++) {
		sent += send_one(udp, &receiver->address, batch->packets[i].iov_base,
			batch->packets[i].iov_len);
	}
	return sent;
}

/* On a segmented send, these errors mean that the path cannot take segments. */
static bool refuses_segments(int error)
{
	return error == EIO || error == EINVAL || error == EMSGSIZE || error == EOPNOTSUPP;
}

/*
 * The message at which sendmmsg stopped. sendmmsg reports the error only if its first message
 * fails, so the call is repeated from this message: its failure gives the reason.
 */
static size_t give_up_or_plain(struct rly_udp *udp, const struct rly_gso_batch *batch,
	struct rly_receiver *receiver, int error)
{
	if (batch->n_packets > 1 && refuses_segments(error)) {
		receiver->no_gso = true;
		udp->counts.no_gso++;
		return send_plain(udp, batch, receiver);
	}
	udp->counts.send_errors += batch->n_packets;
	return 0;
}

/* Sends udp->out[0..n). Returns the number of packets sent. */
static size_t send_batch(struct rly_udp *udp, const struct rly_gso_batch *batch, unsigned n)
{
	size_t sent = 0;
	bool waited = false;
	for (unsigned at = 0; at < n;) {
		udp->counts.calls++;
		int done = sendmmsg(udp->fd, udp->out + at, n - at, 0);
		if (done > 0) {
			at += (unsigned)done;
			sent += (size_t)done * batch->n_packets;
			waited = false;
			continue;
		}
		if (errno == EINTR || (errno == EAGAIN && !waited && wait_for_room(udp))) {
			waited = errno != EINTR;
			continue;
		}
		sent += give_up_or_plain(udp, batch, udp->out_to[at], errno);
		at++;
		waited = false;
	}
	return sent;
}

static void address_message(struct rly_udp *udp, unsigned at, const struct rly_gso_batch *batch,
	struct rly_receiver *to)
{
	bool segmented = batch->n_packets > 1;
	/* The kernel only reads the data; msghdr has no const. */
	union {
		const struct iovec *readable;
		struct iovec *vectors;
	} packets = {.readable = batch->packets};
	udp->out_to[at] = to;
	udp->out[at].msg_hdr = (struct msghdr){
		.msg_name = to->address.bytes,
		.msg_namelen = to->address.size,
		.msg_iov = packets.vectors,
		.msg_iovlen = batch->n_packets,
		.msg_control = segmented ? udp->control : NULL,
		.msg_controllen = segmented ? sizeof(udp->control) : 0,
	};
}

static size_t fan(void *user, const struct rly_gso_batch *batch,
	struct rly_receiver *const *receivers, size_t n_receivers)
{
	struct rly_udp *udp = user;
	size_t sent = 0;
	unsigned n = 0;
	memcpy(CMSG_DATA(segment_control(udp)), &batch->segment, sizeof(batch->segment));
	for (size_t i = 0; i < n_receivers; i++) {
		if (receivers[i]->no_gso) {
			sent += send_plain(udp, batch, receivers[i]);
			continue;
		}
		address_message(udp, n++, batch, receivers[i]);
		if (n == RLY_UDP_BATCH) {
			sent += send_batch(udp, batch, n);
			n = 0;
		}
	}
	return sent + send_batch(udp, batch, n);
}

static bool send_to(void *user, const struct rly_address *to, const void *data, size_t size)
{
	return send_one(user, to, data, size);
}

struct rly_egress rly_udp_egress(struct rly_udp *udp)
{
	return (struct rly_egress){.user = udp, .fan = fan, .send = send_to};
}

static int64_t read_clock(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t rly_clock_us(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int64_t rly_clock_wall_offset_us(void)
{
	return read_clock(CLOCK_REALTIME) - read_clock(CLOCK_MONOTONIC);
}
