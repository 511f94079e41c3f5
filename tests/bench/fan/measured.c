/* The measured process: the relay, or the bare fan-out that is the limit. */
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "coordinator/relay/media_thread.h"
#include "coordinator/relay/relay.h"
#include "tests/bench/fan/fan.h"

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

#define INSTANCE "0123456789abcdef0123456789abcdef" /* of the relay */

enum {
	UNBOUNDED = 1000000000 /* a second */,
	SEND_BUFFER = 8 * 1024 * 1024,
	REPORT_NS = 200000000
};

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void pause_ns(long ns)
{
	nanosleep(&(struct timespec){0, ns}, NULL);
}

static void post_desired(struct rly_mailbox *mailbox, size_t receivers)
{
	struct wire_relay_desired desired = {.version = 1,
		.has_instance = true,
		.instance = INSTANCE,
		.n_slots = 1,
		.n_sites = receivers + 1};
	struct wire_relay_site *sites = calloc(receivers + 1, sizeof *sites);
	must(sites != NULL);
	desired.slots[0] = (struct wire_slot_source){SLOT_PROGRAM, 1, SOURCE_NAME_CAMERA};
	for (size_t i = 0; i <= receivers; i++) {
		struct media_key key = fan_key(i + 1);
		sites[i].number = (uint32_t)i + 1;
		sites[i].has_key = true;
		media_key_to_text(&key, sites[i].key);
		sites[i].n_receive = i > 0;
		sites[i].receive[0] = SLOT_PROGRAM;
	}
	desired.sites = sites;
	must(rly_mailbox_post_desired(mailbox, &desired) == 0);
	free(sites);
}

void fan_run_relay(const struct fan_options *options, struct fan_shared *shared)
{
	struct rly_address bind_to;
	struct rly_udp *udp = NULL;
	struct rly_mailbox *mailbox = NULL;
	struct rly_media_thread *media = NULL;
	must(rly_address_parse("127.0.0.1:0", &bind_to));
	must(rly_udp_create(&bind_to, &udp) == 0 && rly_mailbox_create(&mailbox) == 0);
	post_desired(mailbox, options->receivers);
	/* Saturation is far above what one site may send. */
	struct rly_uplink_limit any = {{UNBOUNDED, UNBOUNDED}, {UNBOUNDED, UNBOUNDED}};
	struct rly_uplink_limits limits = {any, any, any};
	struct rly_media_thread_config config = {.instance = INSTANCE, .limits = &limits};
	must(rly_media_thread_start(udp, mailbox, &config, &media) == 0);
	struct rly_address bound = rly_udp_address(udp);
	atomic_store(&shared->relay_port, rly_address_port(&bound));
	while (!atomic_load(&shared->stop)) {
		struct wire_relay_report *report = rly_mailbox_take_report(mailbox);
		if (report && report->version == 1) {
			memcpy(shared->group_key, report->group_key, sizeof shared->group_key);
			atomic_store(&shared->ready, true);
		}
		rly_mailbox_report_destroy(report);
		pause_ns(REPORT_NS);
	}
	rly_media_thread_stop(media);
}

struct bare {
	int fd;
	size_t receivers;
	size_t n_packets; /* sent to everybody at a time */
	bool segmented; /* as one train each; else packet by packet */
	struct sockaddr_in *to;
	struct mmsghdr *messages;
	struct iovec packets[FAN_BATCH];
	uint8_t data[FAN_BATCH][FAN_SLOT_SIZE];
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(uint16_t))];
};

static void prepare(struct bare *bare, uint16_t sink_port)
{
	uint16_t segment = FAN_SLOT_SIZE;
	struct cmsghdr *header = (void *)bare->control;
	header->cmsg_level = SOL_UDP;
	header->cmsg_type = UDP_SEGMENT;
	header->cmsg_len = CMSG_LEN(sizeof segment);
	memcpy(CMSG_DATA(header), &segment, sizeof segment);
	for (size_t i = 0; i < bare->n_packets; i++) {
		bare->data[i][0] = 0x80;
		bare->data[i][1] = 96;
		bare->packets[i] = (struct iovec){bare->data[i], FAN_SLOT_SIZE};
	}
	for (size_t i = 0; i < bare->receivers; i++) {
		bare->to[i] = (struct sockaddr_in){.sin_family = AF_INET,
			.sin_port = htons(sink_port),
			.sin_addr.s_addr = htonl(fan_receiver_address(i))};
		bare->messages[i].msg_hdr = (struct msghdr){.msg_name = &bare->to[i],
			.msg_namelen = sizeof bare->to[i],
			.msg_iov = bare->packets,
			.msg_iovlen = bare->segmented ? bare->n_packets : 1,
			.msg_control = bare->segmented ? bare->control : NULL,
			.msg_controllen = bare->segmented ? sizeof bare->control : 0};
	}
}

static void send_round(struct bare *bare)
{
	for (size_t at = 0; at < bare->receivers;) {
		size_t left = bare->receivers - at;
		int n = sendmmsg(bare->fd, bare->messages + at, left > 64 ? 64 : (unsigned)left, 0);
		if (n > 0) {
			at += (size_t)n;
		} else if (errno == EAGAIN) {
			poll(&(struct pollfd){bare->fd, POLLOUT, 0}, 1, 2);
		} else {
			abort();
		}
	}
}

static void send_all(struct bare *bare)
{
	if (bare->segmented) {
		send_round(bare);
		return;
	}
	for (size_t i = 0; i < bare->n_packets; i++) {
		for (size_t k = 0; k < bare->receivers; k++) {
			bare->messages[k].msg_hdr.msg_iov = &bare->packets[i];
		}
		send_round(bare);
	}
}

/* As the uplink does for the relay: no further ahead of what has arrived than FAN_AHEAD packets. */
static void wait_for_sink(struct fan_shared *shared, size_t receivers, uint64_t *lost)
{
	uint64_t sent = atomic_load(&shared->rounds) * receivers;
	int64_t stalled_ns = fan_clock_ns() + FAN_STALLED_NS;
	while (sent > atomic_load(&shared->arrived) + *lost + FAN_AHEAD * receivers) {
		if (fan_clock_ns() > stalled_ns) {
			*lost = sent - atomic_load(&shared->arrived);
			return;
		}
		pause_ns(FAN_PAUSE_NS);
	}
}

static void send_at_rate(struct bare *bare, struct fan_shared *shared, double megabits)
{
	int64_t step_ns = (int64_t)((double)bare->n_packets * FAN_PACKET * 8 * 1e3 / megabits);
	for (int64_t due_ns = fan_clock_ns(); !atomic_load(&shared->stop);) {
		send_all(bare);
		atomic_fetch_add(&shared->rounds, bare->n_packets);
		due_ns += step_ns;
		struct timespec until = {due_ns / 1000000000, due_ns % 1000000000};
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
	}
}

static void send_all_that_goes(struct bare *bare, struct fan_shared *shared)
{
	uint64_t lost = 0;
	while (!atomic_load(&shared->stop)) {
		send_all(bare);
		atomic_fetch_add(&shared->rounds, bare->n_packets);
		wait_for_sink(shared, bare->receivers, &lost);
	}
}

void fan_run_bare(const struct fan_options *options, struct fan_shared *shared, uint16_t sink_port)
{
	struct bare bare = {.receivers = options->receivers,
		.n_packets = options->megabits > 0 ? FAN_FRAME : FAN_BATCH,
		.segmented = options->what == FAN_GSO};
	int size = SEND_BUFFER;
	bare.fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	setsockopt(bare.fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
	bare.to = calloc(options->receivers, sizeof *bare.to);
	bare.messages = calloc(options->receivers, sizeof *bare.messages);
	must(bare.to && bare.messages);
	prepare(&bare, sink_port);
	atomic_store(&shared->ready, true);
	if (options->megabits > 0) {
		send_at_rate(&bare, shared, options->megabits);
	} else {
		send_all_that_goes(&bare, shared);
	}
}
