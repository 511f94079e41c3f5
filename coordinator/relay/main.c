/* diemcau-relay: forwards media. Arguments, setup, the log; the media thread does the rest. */
#include <errno.h>
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
#include "proto/network/bind_address.h"
#include "proto/network/descriptors.h"
#include "proto/network/host_name.h"
#include "proto/network/listen_sockets.h"
#include "proto/system/cli.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"
#include "proto/system/modes.h"
#include "proto/system/printable.h"
#include "proto/system/say_errno.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

enum { ADVERTISED_MAX = WIRE_RELAY_REPORT_ADDRESSES_MAX };

static const char everywhere[] = "0.0.0.0:5004";

_Static_assert(MEDIA_ADDRESS_SIZE == RLY_ADDRESS_TEXT + 1, "an address fits its message");

static struct {
	const char *join;
	const char *listen; /* as typed */
	struct rly_address address; /* the parsed address */
	long first_sequence; /* negative: random */
	size_t n_advertised;
	char advertised[ADVERTISED_MAX][MEDIA_ADDRESS_SIZE];
} options = {.listen = everywhere, .first_sequence = -1};

DEFINE_CLEANUP(struct rly_udp *, rly_udp_destroy)
DEFINE_CLEANUP(struct rly_mailbox *, rly_mailbox_destroy)
DEFINE_CLEANUP(struct rly_control *, rly_control_destroy)

/* ---- the command line ---- */

static int read_listen(const char *text)
{
	options.listen = text;
	return rly_address_parse(text, &options.address) ? 0 : -EINVAL;
}

static int read_advertised(const char *text)
{
	struct bind_address place;
	if (strlen(text) >= MEDIA_ADDRESS_SIZE || bind_address_parse(text, &place) < 0 ||
		!host_is_somebody(place.host) || place.port == 0) {
		return -EINVAL;
	}
	if (options.n_advertised == ADVERTISED_MAX) {
		return -ENOSPC;
	}
	TEXT_COPY(options.advertised[options.n_advertised], text);
	options.n_advertised++;
	return 0;
}

static const struct cli_option known[] = {
	{.name = "join",
		.letter = 'j',
		.needed = true,
		.value = "FILE",
		.help = "the relay's join file, as diemcau-coordinator init has made it",
		.text = &options.join},
	{.name = "listen",
		.former = "bind",
		.value = "ADDR:PORT",
		.help = "where media comes in and goes out (default 0.0.0.0:5004; [::]:PORT: both "
			"families; port 0: any free one)",
		.read = read_listen,
		.wants = "a numeric address and a port (192.0.2.1:5004, [2001:db8::1]:5004, "
			 "[::]:5004 for both families)"},
	{.name = "advertise",
		.value = "ADDR:PORT",
		.help = "what sites are told instead of where it listens, best first; up to 4 "
			"times "
			"(default: where it listens on every address, those of the default route, "
			"then of cards, tunnels and bridges)",
		.read = read_advertised,
		.wants = "an address and a port that sites reach (192.0.2.1:5004, "
			 "[2001:db8::1]:5004)"},
	{.name = "first-sequence",
		.value = "N",
		.help = "number the packets of each slot from N on, to see them wrap soon "
			"(default: "
			"at random below 32768)",
		.number = &options.first_sequence,
		.most = UINT16_MAX},
	{0},
};

static const struct cli_command commands[] = {
	{.help = "Pass the media of a conference on, from each site to all.", .options = known},
	{0},
};

static const struct cli line = {.program = "diemcau-relay", .commands = commands};

/* ---- the log ---- */

static const char program[] = "diemcau-relay";

/* With one value, or none: "". */
static void say_log(enum text_id text, const char *name, const char *value)
{
	say_fault(program, text, (const struct text_value[]){{.name = name, .text = value}, {0}});
}

/* The same failure every second for hours is logged once. */
static char logged[CONNECT_ERROR_TEXT];

static void log_down(const char *detail)
{
	if (strcmp(logged, detail) != 0) {
		say_log(TEXT_RELAY_LOG_NO_COORDINATOR, "reason", detail);
		TEXT_COPY(logged, detail);
	}
}

static void log_event(enum rly_control_event event, const char *detail)
{
	switch (event) {
	case RLY_CONTROL_UP:
		logged[0] = '\0';
		say_log(TEXT_RELAY_LOG_COORDINATOR, "", "");
		return;
	case RLY_CONTROL_DOWN:
		log_down(detail);
		return;
	case RLY_CONTROL_UNKNOWN_SENDERS:
		say_log(TEXT_RELAY_LOG_UNKNOWN_SENDERS, "n", detail);
		return;
	case RLY_CONTROL_DESIRED:
		return;
	}
}

/*
 * Blocked before any thread starts, so that all threads inherit the mask and only the descriptor
 * reports signals.
 */
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
	say_errno(program, what, -result);
	return EXIT_FAILURE;
}

/* IPv4 only, on a machine without IPv6. */
static int open_ipv4(uint16_t port, struct rly_udp **ret_udp)
{
	char text[RLY_ADDRESS_TEXT];
	snprintf(text, sizeof(text), "0.0.0.0:%u", (unsigned)port);
	struct rly_address address;
	return rly_address_parse(text, &address) ? rly_udp_create(&address, ret_udp) : -EINVAL;
}

static int open_udp(struct rly_udp **ret_udp)
{
	int r = rly_udp_create(&options.address, ret_udp);
	if (r == -EAFNOSUPPORT && rly_address_is_any(&options.address)) {
		r = open_ipv4(rly_address_port(&options.address), ret_udp);
	}
	if (r < 0) {
		char fault[LISTEN_FAULT_SIZE];
		listen_sockets_advice(options.listen, r, fault);
		print_line(stderr, "diemcau-relay: --listen %s", fault);
	}
	return r;
}

/* The addresses for sites: the configured ones, or those most likely to be reachable. */
static void choose_advertised(const struct rly_address *bound)
{
	if (options.n_advertised == 0) {
		size_t n = rly_reachable_addresses(bound, options.advertised, ADVERTISED_MAX);
		options.n_advertised = n < ADVERTISED_MAX ? n : ADVERTISED_MAX;
		if (n > ADVERTISED_MAX) {
			say_fault(program, TEXT_RELAY_LOG_NOT_ADVERTISED,
				(const struct text_value[]){
					{.name = "n", .number = (int64_t)(n - ADVERTISED_MAX)},
					{0}});
		}
	}
	for (size_t i = 0; i < options.n_advertised; i++) {
		say_log(TEXT_RELAY_LOG_ADVERTISES, "place", options.advertised[i]);
	}
}

static int start_media(struct rly_udp *udp, struct rly_mailbox *mailbox,
	const struct rly_control *control, struct rly_media_thread **ret_media)
{
	static uint16_t first; /* must live as long as the thread */
	first = (uint16_t)options.first_sequence;
	struct rly_media_thread_config config = {
		.instance = rly_control_instance(control),
		.first_sequence = options.first_sequence >= 0 ? &first : NULL,
	};
	return rly_media_thread_start(udp, mailbox, &config, ret_media);
}

static int serve(const struct join *join, int signals)
{
	cleanup(rly_udp_destroy) struct rly_udp *udp = NULL;
	cleanup(rly_mailbox_destroy) struct rly_mailbox *mailbox = NULL;
	cleanup(rly_control_destroy) struct rly_control *control = NULL;
	int r = open_udp(&udp);
	if (r < 0) {
		return EXIT_FAILURE;
	}
	struct rly_address bound = rly_udp_address(udp);
	choose_advertised(&bound);
	if (options.n_advertised == 0) {
		say_log(TEXT_RELAY_LOG_NO_ADDRESS, "", "");
		return EXIT_FAILURE;
	}
	r = rly_mailbox_create(&mailbox);
	struct rly_control_config config = {
		join, options.advertised, options.n_advertised, mailbox, log_event};
	r = r < 0 ? r : rly_control_create(&config, &control);
	struct rly_media_thread *media = NULL;
	r = r < 0 ? r : start_media(udp, mailbox, control, &media);
	if (r < 0) {
		return fail("cannot start", r);
	}
	run(control, mailbox, signals);
	r = rly_media_thread_stop(media);
	return r < 0 ? fail("media thread", r) : EXIT_SUCCESS;
}

static int read_join(struct join *ret_join)
{
	char fault[JOIN_FILE_FAULT_SIZE];
	int r = join_file_load(options.join, ret_join, fault);
	if (r < 0) {
		print_line(stderr, "diemcau-relay: %s", fault);
		return r;
	}
	if (modes_is_open(options.join)) {
		say_log(TEXT_JOIN_FILE_OPEN, "file", options.join);
	}
	if (ret_join->role != ROLE_RELAY) {
		say_log(TEXT_JOIN_FILE_NOT_RELAYS, "file", options.join);
		return -EINVAL;
	}
	return 0;
}

int main(int argc, char **argv)
{
	static struct join join;
	memory_guard();
	descriptors_raise();
	rly_address_parse(options.listen, &options.address);
	cli_read(&line, argc, argv);
	if (read_join(&join) < 0) {
		return EXIT_FAILURE;
	}
	int signals = open_signals();
	return signals < 0 ? fail("signals", -errno) : serve(&join, signals);
}
