/*
 * A bad network between sites and the relay, in user space: a UDP hop that the relay advertises as
 * its own address. Each site that sends through it gets an upstream socket of its own, so the relay
 * sees one address a site. What is done to a site is told on standard input (orders.h).
 *
 * A site is known by the SSRC of what it sends, which SRTP leaves in clear.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "proto/media/rtp.h"
#include "proto/media/ssrc.h"
#include "tests/hop/orders.h"

enum {
	PACKET_MAX = 2048,
	EVENTS_MAX = 64,
};

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* --- packets on their way: a binary heap by time to leave --- */

static bool earlier(const struct waiting *a, const struct waiting *b)
{
	return a->leave_us != b->leave_us ? a->leave_us < b->leave_us : a->order < b->order;
}

static void exchange(struct hop *hop, size_t i, size_t j)
{
	struct waiting held = hop->heap[i];

	hop->heap[i] = hop->heap[j];
	hop->heap[j] = held;
}

static void push(struct hop *hop, struct waiting packet)
{
	size_t i = hop->n_waiting++;

	hop->heap[i] = packet;
	while (i > 0 && earlier(&hop->heap[i], &hop->heap[(i - 1) / 2])) {
		exchange(hop, i, (i - 1) / 2);
		i = (i - 1) / 2;
	}
}

static struct waiting pop(struct hop *hop)
{
	struct waiting first = hop->heap[0];
	size_t i = 0;

	hop->heap[0] = hop->heap[--hop->n_waiting];
	for (;;) {
		size_t least = i;

		for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++) {
			if (child < hop->n_waiting &&
				earlier(&hop->heap[child], &hop->heap[least])) {
				least = child;
			}
		}
		if (least == i) {
			return first;
		}
		exchange(hop, i, least);
		i = least;
	}
}

static void deliver(struct hop *hop, const struct waiting *packet)
{
	const struct path *path = packet->path;

	if (packet->way == UP) {
		(void)!send(path->upstream, packet->data, packet->size, 0);
	} else {
		(void)!sendto(hop->front, packet->data, packet->size, 0,
			(const struct sockaddr *)&path->peer, sizeof(path->peer));
	}
}

static int64_t lateness(const struct path *path, int way, const uint8_t *data, size_t size)
{
	uint32_t ssrc;
	if (way == DOWN || media_peek_ssrc(data, size, &ssrc) < 0) {
		return 0;
	}
	enum media_source source = media_stream_source(media_stream_of(ssrc));
	bool picture = source != MEDIA_VOICE && source != MEDIA_FEEDBACK;
	return picture ? path->ways[UP].rule.late_us : 0;
}

static void accept_packet(
	struct hop *hop, struct path *path, int way, const uint8_t *data, size_t size)
{
	struct waiting packet = {.path = path, .way = way, .size = size};

	if (!impaired_pass(&path->ways[way], now_us(), &packet.leave_us) ||
		hop->n_waiting == WAITING_MAX) {
		return;
	}
	packet.leave_us += lateness(path, way, data, size);
	packet.order = hop->arrivals++;
	packet.data = malloc(size);
	if (packet.data) {
		memcpy(packet.data, data, size);
		push(hop, packet);
	}
}

static void deliver_due(struct hop *hop)
{
	while (hop->n_waiting > 0 && hop->heap[0].leave_us <= now_us()) {
		struct waiting packet = pop(hop);

		deliver(hop, &packet);
		free(packet.data);
	}
}

/* --- paths --- */

static int open_upstream(struct hop *hop, struct path *path)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = path};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0) {
		return -errno;
	}
	if (connect(fd, (const struct sockaddr *)&hop->relay, sizeof(hop->relay)) < 0 ||
		epoll_ctl(hop->epoll, EPOLL_CTL_ADD, fd, &event) < 0) {
		close(fd);
		return -errno;
	}
	return fd;
}

struct path *hop_path(struct hop *hop, uint16_t site)
{
	struct path *path;

	for (size_t i = 0; i < hop->n_paths; i++) {
		if (hop->paths[i].site == site) {
			return &hop->paths[i];
		}
	}
	if (hop->n_paths == SITES) {
		return NULL;
	}
	path = &hop->paths[hop->n_paths];
	path->site = site;
	impaired_init(&path->ways[UP], hop->seed + site * 2u);
	impaired_init(&path->ways[DOWN], hop->seed + site * 2u + 1);
	path->upstream = open_upstream(hop, path);
	if (path->upstream < 0) {
		return NULL;
	}
	hop->n_paths++;
	return path;
}

void hop_move(struct hop *hop, struct path *path)
{
	int old = path->upstream;
	int fresh = open_upstream(hop, path);

	if (fresh >= 0) {
		path->upstream = fresh;
		close(old);
	}
}

static void read_front(struct hop *hop)
{
	uint8_t data[PACKET_MAX];
	struct sockaddr_in from;
	socklen_t length = sizeof(from);
	uint32_t ssrc;
	ssize_t size;

	while ((size = recvfrom(hop->front, data, sizeof(data), 0, (struct sockaddr *)&from,
			&length)) > 0) {
		struct path *path = NULL;

		if (media_peek_ssrc(data, (size_t)size, &ssrc) == 0) {
			path = hop_path(hop, media_stream_site(media_stream_of(ssrc)));
		}
		if (path) {
			path->peer = from;
			accept_packet(hop, path, UP, data, (size_t)size);
		}
		length = sizeof(from);
	}
}

static void read_upstream(struct hop *hop, struct path *path)
{
	uint8_t data[PACKET_MAX];
	ssize_t size;

	while ((size = recv(path->upstream, data, sizeof(data), 0)) > 0) {
		accept_packet(hop, path, DOWN, data, (size_t)size);
	}
}

/* --- the loop --- */

static int wait_ms(const struct hop *hop)
{
	int64_t left;

	if (hop->n_waiting == 0) {
		return 1000;
	}
	left = hop->heap[0].leave_us - now_us();
	return left <= 0 ? 0 : (int)((left + 999) / 1000);
}

static void run(struct hop *hop)
{
	struct epoll_event events[EVENTS_MAX];
	bool on = true;

	while (on) {
		int n = epoll_wait(hop->epoll, events, EVENTS_MAX, wait_ms(hop));

		for (int i = 0; i < n; i++) {
			if (events[i].data.ptr == hop) {
				read_front(hop);
			} else if (events[i].data.ptr) {
				read_upstream(hop, events[i].data.ptr);
			} else {
				on = orders_read(hop);
			}
		}
		deliver_due(hop);
	}
}

static bool parse_address(const char *text, struct sockaddr_in *ret)
{
	char host[64];
	const char *colon = strrchr(text, ':');

	if (!colon || (size_t)(colon - text) >= sizeof(host)) {
		return false;
	}
	memcpy(host, text, (size_t)(colon - text));
	host[colon - text] = '\0';
	*ret = (struct sockaddr_in){.sin_family = AF_INET};
	ret->sin_port = htons((uint16_t)atoi(colon + 1));
	return inet_pton(AF_INET, host, &ret->sin_addr) == 1;
}

static bool open_front(struct hop *hop, const struct sockaddr_in *address)
{
	struct epoll_event front = {.events = EPOLLIN, .data.ptr = hop};
	struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
	int room = 4 * 1024 * 1024;

	hop->epoll = epoll_create1(EPOLL_CLOEXEC);
	hop->front = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	setsockopt(hop->front, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	return hop->epoll >= 0 && hop->front >= 0 &&
	       bind(hop->front, (const struct sockaddr *)address, sizeof(*address)) == 0 &&
	       epoll_ctl(hop->epoll, EPOLL_CTL_ADD, hop->front, &front) == 0 &&
	       epoll_ctl(hop->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input) == 0;
}

int main(int argc, char **argv)
{
	static struct hop hop;
	struct sockaddr_in address;

	if (argc != 4 || !parse_address(argv[1], &address) || !parse_address(argv[2], &hop.relay)) {
		fprintf(stderr, "usage: diemcau-hop LISTEN:PORT RELAY:PORT SEED < commands\n");
		return 2;
	}
	hop.seed = strtoull(argv[3], NULL, 10);
	setvbuf(stdout, NULL, _IOLBF, 0);
	setvbuf(stdin, NULL, _IONBF, 0);
	if (!open_front(&hop, &address)) {
		perror("diemcau-hop");
		return 1;
	}
	puts("ready");
	run(&hop);
	return 0;
}
