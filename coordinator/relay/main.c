/*
 * diemcau-relay: passes the media on. Arguments, wiring, the log; the media thread does the rest.
 */
#define _GNU_SOURCE /* getopt_long */

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/relay/control.h"
#include "coordinator/relay/interfaces.h"
#include "coordinator/relay/media_thread.h"
#include "proto/client/join_file.h"
#include "proto/network/descriptors.h"
#include "proto/network/listen_sockets.h"
#include "proto/system/memory.h"
#include "proto/system/modes.h"
#include "proto/system/printable.h"

enum { EXIT_USAGE = 2, ADVERTISED_MAX = WIRE_RELAY_REPORT_ADDRESSES_MAX };

_Static_assert(MEDIA_ADDRESS_SIZE == RLY_ADDRESS_TEXT + 1, "an address fits its message");

struct options {
	const char *join;
	const char *bind;
	bool has_first_sequence;
	uint16_t first_sequence;
	size_t n_advertised;
	char advertised[ADVERTISED_MAX][MEDIA_ADDRESS_SIZE];
};

DEFINE_CLEANUP(struct rly_udp *, rly_udp_destroy)
DEFINE_CLEANUP(struct rly_mailbox *, rly_mailbox_destroy)
DEFINE_CLEANUP(struct rly_control *, rly_control_destroy)

static void usage(FILE *to)
{
	fputs("usage: diemcau-relay --join FILE [--bind ADDR:PORT] [--advertise ADDR:PORT]...\n"
	      "                     [--first-sequence N]\n"
	      "  --join FILE       the relay's join file, as diemcau-coordinator init wrote it\n"
	      "  --bind ADDR:PORT  where media comes in and goes out (default 0.0.0.0:5004;\n"
	      "                    [::]:5004: both families)\n"
	      "  --advertise ...   what sites are told instead of the bound address, best first;\n"
	      "                    up to 4 (default: where bound to every address, those of the\n"
	      "                    default route, then of cards, tunnels and bridges)\n"
	      "  --first-sequence N\n"
	      "                    number the packets of each slot from N on, to see them wrap\n"
	      "                    soon (default: at random below 32768)\n",
		to);
}

static bool advertise(struct options *options, const char *text)
{
	if (options->n_advertised == ADVERTISED_MAX || strlen(text) >= MEDIA_ADDRESS_SIZE ||
		!strchr(text, ':')) {
		return false;
	}
	strcpy(options->advertised[options->n_advertised++], text);
	return true;
}

static bool number_from(struct options *options, const char *text)
{
	char *end;
	unsigned long first = strtoul(text, &end, 10);
	options->has_first_sequence = true;
	options->first_sequence = (uint16_t)first;
	return end != text && *end == '\0' && first <= UINT16_MAX;
}

/* 0, or the exit status plus one: usage was printed. */
static int read_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{"join", required_argument, NULL, 'j'},
		{"bind", required_argument, NULL, 'b'},
		{"advertise", required_argument, NULL, 'a'},
		{"first-sequence", required_argument, NULL, 'f'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	int got;
	while ((got = getopt_long(argc, argv, "h", known, NULL)) != -1) {
		if (got == 'j') {
			options->join = optarg;
		} else if (got == 'b') {
			options->bind = optarg;
		} else if (got == 'a' && advertise(options, optarg)) {
			continue;
		} else if (got == 'f' && number_from(options, optarg)) {
			continue;
		} else {
			usage(got == 'h' ? stdout : stderr);
			return got == 'h' ? EXIT_SUCCESS + 1 : EXIT_USAGE + 1;
		}
	}
	if (!options->join || optind != argc) {
		usage(stderr);
		return EXIT_USAGE + 1;
	}
	return 0;
}

/* An attempt a second fails in the same way for hours: said once. */
static char said[CONNECT_ERROR_TEXT];

static void tell_down(const char *detail)
{
	if (strcmp(said, detail) != 0) {
		print_line(stderr, "diemcau-relay: no coordinator: %s", detail);
		snprintf(said, sizeof(said), "%s", detail);
	}
}

static void tell(enum rly_control_event news, const char *detail)
{
	switch (news) {
	case RLY_CONTROL_UP:
		said[0] = '\0';
		fprintf(stderr, "diemcau-relay: coordinator found\n");
		return;
	case RLY_CONTROL_DOWN:
		tell_down(detail);
		return;
	case RLY_CONTROL_UNKNOWN_SENDERS:
		print_line(stderr,
			"diemcau-relay: %s datagrams of unknown senders since the last report",
			detail);
		return;
	case RLY_CONTROL_DESIRED:
		return;
	}
}

/* Blocked before any thread starts, so that all inherit it and only the descriptor tells. */
static int open_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void run(struct rly_control *control, const struct rly_mailbox *mailbox, int signals)
{
	struct pollfd fds[] = {
		{signals, POLLIN, 0},
		{rly_control_link_fd(control), POLLIN, 0},
		{rly_mailbox_report_fd(mailbox), POLLIN, 0},
	};
	while (!(fds[0].revents & POLLIN)) {
		if (poll(fds, sizeof(fds) / sizeof(fds[0]), -1) < 0 && errno != EINTR) {
			return;
		}
		rly_control_run(control);
	}
}

static int fail(const char *what, int result)
{
	print_line(stderr, "diemcau-relay: %s: %s", what, strerror(-result));
	return EXIT_FAILURE;
}

/* Of both families the one that there is. */
static int open_ipv4(uint16_t port, struct rly_udp **ret_udp)
{
	char text[RLY_ADDRESS_TEXT];
	struct rly_address address;
	snprintf(text, sizeof(text), "0.0.0.0:%u", (unsigned)port);
	return rly_address_parse(text, &address) ? rly_udp_create(&address, ret_udp) : -EINVAL;
}

static int open_udp(const struct options *options, struct rly_udp **ret_udp)
{
	struct rly_address address;
	if (!rly_address_parse(options->bind, &address)) {
		print_line(stderr,
			"diemcau-relay: --bind %s: not a numeric address and port "
			"(192.0.2.1:5004, [2001:db8::1]:5004, [::]:5004 for both families)",
			options->bind);
		return -EINVAL;
	}
	int r = rly_udp_create(&address, ret_udp);
	if (r == -EAFNOSUPPORT && rly_address_is_any(&address)) {
		r = open_ipv4(rly_address_port(&address), ret_udp);
	}
	if (r < 0) {
		print_line(stderr, "diemcau-relay: --bind %s: %s", options->bind,
			listen_sockets_advice(r));
	}
	return r;
}

/* What sites are told: what was asked for, or what they are likeliest to reach. */
static void choose_advertised(struct options *options, const struct rly_address *bound)
{
	if (options->n_advertised == 0) {
		size_t n = rly_reachable_addresses(bound, options->advertised, ADVERTISED_MAX);
		options->n_advertised = n < ADVERTISED_MAX ? n : ADVERTISED_MAX;
		if (n > ADVERTISED_MAX) {
			print_line(stderr,
				"diemcau-relay: %zu more addresses of this machine are not told to "
				"sites: name the right ones with --advertise",
				n - ADVERTISED_MAX);
		}
	}
	for (size_t i = 0; i < options->n_advertised; i++) {
		print_line(stderr, "diemcau-relay: sites are told UDP %s", options->advertised[i]);
	}
}

static int start_media(const struct options *options, struct rly_udp *udp,
	struct rly_mailbox *mailbox, const struct rly_control *control,
	struct rly_media_thread **ret_media)
{
	struct rly_media_thread_config config = {
		.instance = rly_control_instance(control),
		.first_sequence = options->has_first_sequence ? &options->first_sequence : NULL,
	};
	return rly_media_thread_start(udp, mailbox, &config, ret_media);
}

static int serve(struct options *options, const struct join *join, int signals)
{
	cleanup(rly_udp_destroy) struct rly_udp *udp = NULL;
	cleanup(rly_mailbox_destroy) struct rly_mailbox *mailbox = NULL;
	cleanup(rly_control_destroy) struct rly_control *control = NULL;
	struct rly_media_thread *media = NULL;
	int r = open_udp(options, &udp);
	if (r < 0) {
		return EXIT_FAILURE;
	}
	struct rly_address bound = rly_udp_address(udp);
	choose_advertised(options, &bound);
	if (options->n_advertised == 0) {
		print_line(stderr, "diemcau-relay: no address of this machine can be found out: "
				   "name one with --advertise");
		return EXIT_FAILURE;
	}
	r = rly_mailbox_create(&mailbox);
	struct rly_control_config config = {
		join, options->advertised, options->n_advertised, mailbox, tell};
	r = r < 0 ? r : rly_control_create(&config, &control);
	r = r < 0 ? r : start_media(options, udp, mailbox, control, &media);
	if (r < 0) {
		return fail("cannot start", r);
	}
	run(control, mailbox, signals);
	r = rly_media_thread_stop(media);
	return r < 0 ? fail("media thread", r) : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	struct options options = {.bind = "0.0.0.0:5004"};
	memory_guard();
	descriptors_raise();
	int usage_result = read_options(argc, argv, &options);
	if (usage_result) {
		return usage_result - 1;
	}
	static struct join join;
	char fault[JOIN_FILE_FAULT_SIZE];
	if (join_file_load(options.join, &join, fault) < 0) {
		print_line(stderr, "diemcau-relay: %s", fault);
		return EXIT_FAILURE;
	}
	if (modes_is_open(options.join)) {
		print_line(stderr, "diemcau-relay: others can read or change %s: chmod 600 it",
			options.join);
	}
	if (join.role != ROLE_RELAY) {
		print_line(stderr, "diemcau-relay: %s is not a relay's join file", options.join);
		return EXIT_FAILURE;
	}
	int signals = open_signals();
	if (signals < 0) {
		return fail("signals", -errno);
	}
	return serve(&options, &join, signals);
}
