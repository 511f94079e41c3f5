/*
 * The media socket of an endpoint against a fake relay, on slow links and with names that do not
 * resolve. Real sockets; of libc only getaddrinfo is replaced.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/transport/transport.h"
#include "proto/media/rtp.h"
#include "tests/unit/endpoint/fake_relay.h"

enum {
	SITE = 3,
	PAYLOAD = 1100,
	ASKED_TIMES = 3000, /* 3.3 MB, of which 256 KB may be sent at once */
	ASKED_AT_ONCE = 100,
	SLOW_PACKETS = 600, /* many times what a socket holds */
	SPENT_MOST_MS = 1000, /* the link needs 13 s; the machine may have been busy */
};

static atomic_bool names_are_lost;
static atomic_uint asked;
static atomic_uint keyframes;

/* Replaces libc's: "relay.test" resolves here, whatever this machine knows. */
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
	struct addrinfo **found)
{
	static struct sockaddr_in6 at;
	static struct addrinfo entry;
	atomic_fetch_add(&asked, 1);
	if (atomic_load(&names_are_lost)) {
		return EAI_AGAIN;
	}
	(void)hints;
	at = (struct sockaddr_in6){
		.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)atoi(service))};
	inet_pton(AF_INET6, "::ffff:127.0.0.1", &at.sin6_addr);
	assert_true(strcmp(node, "relay.test") == 0 || strcmp(node, "127.0.0.1") == 0);
	entry = (struct addrinfo){
		.ai_addr = (struct sockaddr *)(void *)&at, .ai_addrlen = sizeof(at)};
	*found = &entry;
	return 0;
}

void freeaddrinfo(struct addrinfo *found)
{
	(void)found;
}

static void on_rtp(void *user, unsigned slot, const uint8_t *data, size_t size)
{
	(void)user, (void)slot, (void)data, (void)size;
}

static void on_keyframe_wanted(void *user, enum media_source source)
{
	(void)user, (void)source;
	atomic_fetch_add(&keyframes, 1);
}

static const struct ep_transport_events events = {
	.on_rtp = on_rtp,
	.on_report = on_rtp,
	.on_keyframe_wanted = on_keyframe_wanted,
};

struct line {
	struct fake_relay *fake_relay;
	struct ep_transport *transport;
};

static void pause_ms(int ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static int lay(void **state)
{
	struct line *line = calloc(1, sizeof(*line));
	ep_pipeline_init();
	line->fake_relay = fake_relay_create();
	assert_int_equal(
		ep_transport_create(&events, NULL, ep_pipeline_wall_zero_us(), &line->transport),
		0);
	*state = line;
	return 0;
}

static int cut(void **state)
{
	struct line *line = *state;
	ep_transport_destroy(line->transport);
	fake_relay_destroy(line->fake_relay);
	free(line);
	return 0;
}

static void use(struct line *line, const char *host)
{
	struct ep_relay relay = {.n_addresses = 1, .number = SITE};
	snprintf(relay.addresses[0], sizeof(relay.addresses[0]), "%s%s", host,
		strchr(fake_relay_address(line->fake_relay), ':'));
	assert_int_equal(
		media_key_from_text(fake_relay_group_key(line->fake_relay), &relay.group_key), 0);
	assert_int_equal(media_key_make(&relay.uplink_key), 0);
	char key[MEDIA_KEY_TEXT + 1];
	media_key_to_text(&relay.uplink_key, key);
	fake_relay_site(line->fake_relay, SITE, key);
	assert_int_equal(ep_transport_set_relay(line->transport, &relay), 0);
}

static bool proven(struct line *line)
{
	struct ep_transport_stats stats;
	ep_transport_stats(line->transport, &stats);
	return stats.path_proven;
}

static bool wait_until_proven(struct line *line, int ms)
{
	for (int waited = 0; waited < ms && !proven(line); waited += 50) {
		pause_ms(50);
	}
	return proven(line);
}

static void a_name_is_looked_up_until_it_is_found(void **state)
{
	struct line *line = *state;
	atomic_store(&names_are_lost, true);
	use(line, "relay.test");
	assert_false(wait_until_proven(line, 1000));
	assert_true(atomic_load(&asked) > 0);
	atomic_store(&names_are_lost, false);
	assert_true(wait_until_proven(line, 12000));
	unsigned till_then = atomic_load(&asked);
	pause_ms(6000);
	assert_int_equal(atomic_load(&asked), till_then); /* and not again */
}

static int64_t send_one(struct line *line, uint16_t sequence)
{
	struct rtp_header header = {.payload_type = MEDIA_PT_H264, .sequence = sequence};
	int64_t before_us = ep_pipeline_now_us();
	uint8_t data[RTP_FIXED_SIZE + PAYLOAD] = {0};
	size_t size;
	assert_int_equal(rtp_build(&header, data, sizeof(data), &size), 0);
	ep_transport_send(line->transport, MEDIA_CAMERA, data, sizeof(data), before_us);
	return ep_pipeline_now_us() - before_us;
}

/* On a link of 400 kbit/s the sender loses packets instead of waiting. */
static void a_slow_line_holds_up_nobody(void **state)
{
	struct line *line = *state;
	int64_t spent_us = 0;
	use(line, "127.0.0.1");
	assert_true(wait_until_proven(line, 12000));
	if (system("tc qdisc add dev lo root tbf rate 400kbit burst 4kb latency 60s") != 0) {
		skip();
	}
	for (uint16_t i = 0; i < SLOW_PACKETS; i++) {
		spent_us += send_one(line, i);
	}
	print_message("%d packets took %d us\n", SLOW_PACKETS, (int)spent_us);
	assert_true(spent_us < SPENT_MOST_MS * 1000);
}

/* Without the answer the relay would send it nothing. */
static void a_challenge_of_its_own_is_answered(void **state)
{
	struct line *line = *state;
	use(line, "127.0.0.1");
	struct fake_relay_figures figures = {0};
	for (int waited = 0; waited < 12000 && figures.responses < 3; waited += 50) {
		pause_ms(50);
		fake_relay_figures(line->fake_relay, &figures);
	}
	assert_in_range(figures.responses, 3, figures.challenges);
	assert_int_equal(figures.responses_amiss, 0);
}

/* An attacker in the relay's place requests more than any relay does. */
static void what_the_relay_may_ask_for_is_bounded(void **state)
{
	struct line *line = *state;
	use(line, "127.0.0.1");
	assert_true(wait_until_proven(line, 12000));
	send_one(line, 7);
	int64_t begun_us = ep_pipeline_now_us();
	for (int i = 0; i < ASKED_TIMES / ASKED_AT_ONCE; i++) {
		fake_relay_ask_again(line->fake_relay, SITE, MEDIA_CAMERA, 7, ASKED_AT_ONCE);
		fake_relay_route(line->fake_relay, 0, SITE, MEDIA_CAMERA);
		pause_ms(10);
	}
	pause_ms(200);
	int64_t span_us = ep_pipeline_now_us() - begun_us;
	struct ep_transport_stats stats;
	ep_transport_stats(line->transport, &stats);
	assert_in_range(
		stats.nacks_answered, 1, (256 * 1024 + span_us * 512 * 1024 / 1000000) / PAYLOAD);
	assert_in_range(atomic_load(&keyframes), 1, 1 + span_us / 200000);
}

/* A network namespace, in which slowing down loopback affects no other process. */
static bool enter_own_network(void)
{
	return (unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) &&
	       system("ip link set lo up") == 0;
}

int main(void)
{
	if (!enter_own_network()) {
		print_message("no network namespace may be made here\n");
		return 77;
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_name_is_looked_up_until_it_is_found, lay, cut),
		cmocka_unit_test_setup_teardown(a_challenge_of_its_own_is_answered, lay, cut),
		cmocka_unit_test_setup_teardown(what_the_relay_may_ask_for_is_bounded, lay, cut),
		cmocka_unit_test_setup_teardown(a_slow_line_holds_up_nobody, lay, cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
