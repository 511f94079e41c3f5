/*
 * A bad network between sites and the relay, in user space: a UDP proxy that the relay advertises
 * as its own address. Each site that sends through it gets an upstream socket of its own, so the
 * relay sees one address per site. Standard input takes the commands (netem_commands.h).
 *
 * A site is identified by the SSRC of its packets, which SRTP does not encrypt.
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
#include "proto/system/cli.h"
#include "tests/tools/netem_proxy/netem_commands.h"

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

/* --- packets in flight: a binary heap by departure time --- */

static bool is_earlier(const struct queued_packet *a, const struct queued_packet *b)
{
	return a->leave_us != b->leave_us ? a->leave_us < b->leave_us : a->arrival < b->arrival;
}

static void exchange(struct netem_proxy *proxy, size_t i, size_t j)
{
	struct queued_packet held = proxy->heap[i];

	proxy->heap[i] = proxy->heap[j];
	proxy->heap[j] = held;
}

static void push(struct netem_proxy *proxy, struct queued_packet packet)
{
	size_t i = proxy->n_waiting++;

	proxy->heap[i] = packet;
	while (i > 0 && is_earlier(&proxy->heap[i], &proxy->heap[(i - 1) / 2])) {
		exchange(proxy, i, (i - 1) / 2);
		i = (i - 1) / 2;
	}
}

static struct queued_packet pop(struct netem_proxy *proxy)
{
	struct queued_packet first = proxy->heap[0];
	size_t i = 0;

	proxy->heap[0] = proxy->heap[--proxy->n_waiting];
	for (;;) {
		size_t least = i;

		for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++) {
			if (child < proxy->n_waiting &&
				is_earlier(&proxy->heap[child], &proxy->heap[least])) {
				least = child;
			}
		}
		if (least == i) {
			return first;
		}
		exchange(proxy, i, least);
		i = least;
	}
}

static void deliver(struct netem_proxy *proxy, const struct queued_packet *packet)
{
	const struct site_path *path = packet->path;

	if (packet->way == UP) {
		(void)!send(path->upstream, packet->data, packet->size, 0);
	} else {
		(void)!sendto(proxy->site_socket, packet->data, packet->size, 0,
			(const struct sockaddr *)&path->peer, sizeof(path->peer));
	}
}

static int64_t lateness(const struct site_path *path, int way, const uint8_t *data, size_t size)
{
	uint32_t ssrc;
	if (way == DOWN || media_peek_ssrc(data, size, &ssrc) != 0) {
		return 0;
	}
	enum media_source source = media_stream_source(media_stream_of(ssrc));
	bool picture = source != MEDIA_VOICE && source != MEDIA_FEEDBACK;
	return picture ? path->ways[UP].rule.late_us : 0;
}

static void accept_packet(struct netem_proxy *proxy, struct site_path *path, int way,
	const uint8_t *data, size_t size)
{
	struct queued_packet packet = {.path = path, .way = way, .size = size};

	if (!impaired_pass(&path->ways[way], now_us(), &packet.leave_us) ||
		proxy->n_waiting == WAITING_MAX) {
		return;
	}
	packet.leave_us += lateness(path, way, data, size);
	packet.arrival = proxy->arrivals++;
	packet.data = malloc(size);
	if (packet.data) {
		memcpy(packet.data, data, size);
		push(proxy, packet);
	}
}

static void deliver_due(struct netem_proxy *proxy)
{
	while (proxy->n_waiting > 0 && proxy->heap[0].leave_us <= now_us()) {
		struct queued_packet packet = pop(proxy);

		deliver(proxy, &packet);
		free(packet.data);
	}
}

/* --- paths --- */

static int open_upstream(struct netem_proxy *proxy, struct site_path *path)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = path};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0) {
		return -errno;
	}
	if (connect(fd, (const struct sockaddr *)&proxy->relay, sizeof(proxy->relay)) < 0 ||
		epoll_ctl(proxy->epoll, EPOLL_CTL_ADD, fd, &event) < 0) {
		close(fd);
		return -errno;
	}
	return fd;
}

struct site_path *netem_proxy_path(struct netem_proxy *proxy, uint16_t site)
{
	for (size_t i = 0; i < proxy->n_paths; i++) {
		if (proxy->paths[i].site == site) {
			return &proxy->paths[i];
		}
	}
	if (proxy->n_paths == SITES) {
		return NULL;
	}
	struct site_path *path = &proxy->paths[proxy->n_paths];
	path->site = site;
	impaired_init(&path->ways[UP], proxy->seed + site * 2u);
	impaired_init(&path->ways[DOWN], proxy->seed + site * 2u + 1);
	path->upstream = open_upstream(proxy, path);
	if (path->upstream < 0) {
		return NULL;
	}
	proxy->n_paths++;
	return path;
}

void netem_proxy_move(struct netem_proxy *proxy, struct site_path *path)
{
	int old = path->upstream;
	int fresh = open_upstream(proxy, path);

	if (fresh >= 0) {
		path->upstream = fresh;
		close(old);
	}
}

static void read_site_socket(struct netem_proxy *proxy)
{
	struct sockaddr_in from;
	socklen_t length = sizeof(from);
	uint32_t ssrc;
	ssize_t size;

	uint8_t data[PACKET_MAX];
	while ((size = recvfrom(proxy->site_socket, data, sizeof(data), 0, (struct sockaddr *)&from,
			&length)) > 0) {
		struct site_path *path = NULL;

		if (media_peek_ssrc(data, (size_t)size, &ssrc) == 0) {
			path = netem_proxy_path(proxy, media_stream_site(media_stream_of(ssrc)));
		}
		if (path) {
			path->peer = from;
			accept_packet(proxy, path, UP, data, (size_t)size);
		}
		length = sizeof(from);
	}
}

static void read_upstream(struct netem_proxy *proxy, struct site_path *path)
{
	uint8_t data[PACKET_MAX];
	ssize_t size;

	while ((size = recv(path->upstream, data, sizeof(data), 0)) > 0) {
		accept_packet(proxy, path, DOWN, data, (size_t)size);
	}
}

/* --- the loop --- */

static int wait_ms(const struct netem_proxy *proxy)
{
	if (proxy->n_waiting == 0) {
		return 1000;
	}
	int64_t left = proxy->heap[0].leave_us - now_us();
	return left <= 0 ? 0 : (int)((left + 999) / 1000);
}

static void run(struct netem_proxy *proxy)
{
	struct epoll_event events[EVENTS_MAX];
	bool on = true;

	while (on) {
		int n = epoll_wait(proxy->epoll, events, EVENTS_MAX, wait_ms(proxy));

		for (int i = 0; i < n; i++) {
			if (events[i].data.ptr == proxy) {
				read_site_socket(proxy);
			} else if (events[i].data.ptr) {
				read_upstream(proxy, events[i].data.ptr);
			} else {
				on = netem_command_read(proxy);
			}
		}
		deliver_due(proxy);
	}
}

static bool parse_address(const char *text, struct sockaddr_in *ret)
{
	const char *colon = strrchr(text, ':');

	char host[64];
	if (!colon || (size_t)(colon - text) >= sizeof(host)) {
		return false;
	}
	memcpy(host, text, (size_t)(colon - text));
	host[colon - text] = '\0';
	*ret = (struct sockaddr_in){.sin_family = AF_INET};
	ret->sin_port = htons((uint16_t)atoi(colon + 1));
	return inet_pton(AF_INET, host, &ret->sin_addr) == 1;
}

static bool open_site_socket(struct netem_proxy *proxy, const struct sockaddr_in *address)
{
	struct epoll_event site_socket = {.events = EPOLLIN, .data.ptr = proxy};
	struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
	int room = 4 * 1024 * 1024;

	proxy->epoll = epoll_create1(EPOLL_CLOEXEC);
	proxy->site_socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	setsockopt(proxy->site_socket, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	return proxy->epoll >= 0 && proxy->site_socket >= 0 &&
	       bind(proxy->site_socket, (const struct sockaddr *)address, sizeof(*address)) == 0 &&
	       epoll_ctl(proxy->epoll, EPOLL_CTL_ADD, proxy->site_socket, &site_socket) == 0 &&
	       epoll_ctl(proxy->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input) == 0;
}

static void read_command_line(
	int argc, char **argv, struct sockaddr_in *ret_address, struct netem_proxy *ret_proxy)
{
	static const char *address, *relay, *seed;
	static const struct cli_word words[] = {
		{"LISTEN:PORT", "where sites send, numeric IPv4", &address},
		{"RELAY:PORT", "where the relay listens, numeric IPv4", &relay},
		{"SEED", "a number that all chance comes from", &seed},
		{0},
	};
	static const struct cli_command commands[] = {
		{.help = "Be a bad network before a relay, led by commands on standard input.",
			.words = words},
		{0},
	};
	static const struct cli line = {.program = "diemcau-netem-proxy", .commands = commands};

	cli_read(&line, argc, argv);
	if (!parse_address(address, ret_address) || !parse_address(relay, &ret_proxy->relay)) {
		cli_fail(&line, "%s or %s is no numeric IPv4 address with a port (127.0.0.1:5004)",
			address, relay);
	}
	char *end;
	ret_proxy->seed = strtoull(seed, &end, 10);
	if (end == seed || *end != '\0') {
		cli_fail(&line, "SEED is a whole number, not %s", seed);
	}
}

int main(int argc, char **argv)
{
	static struct netem_proxy proxy;
	struct sockaddr_in address;

	read_command_line(argc, argv, &address, &proxy);
	setvbuf(stdout, NULL, _IOLBF, 0);
	setvbuf(stdin, NULL, _IONBF, 0);
	if (!open_site_socket(&proxy, &address)) {
		perror("diemcau-netem-proxy");
		return 1;
	}
	puts("ready");
	run(&proxy);
	return 0;
}
