/* A link against a small real server: up, down, back, and every fault of a server. */
#define _DEFAULT_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/identity.h"
#include "proto/client/join_file.h"
#include "proto/client/ws_client.h"
#include "tests/unit/client/server.h"

enum { PATIENCE_MS = 8000 };

static char folder[64], certificate[ATOMIC_FILE_PATH_MAX], key[ATOMIC_FILE_PATH_MAX];
static struct join join;

struct witness {
	unsigned int ups, downs, messages, hellos;
	unsigned int downs_for[WS_CLIENT_REASON_COUNT];
	size_t frame;
	struct ws_client_notice notice;
	char text[300];
	struct ws_client *close_on_message;
	struct now server;
};

static void saw_hello(void *user, struct wire_hello *hello)
{
	struct witness *witness = user;
	witness->hellos++;
	hello->has_last_seq = true;
	hello->last_seq = 7;
}

static void saw_up(void *user, const struct wire_welcome *welcome)
{
	struct witness *witness = user;
	witness->ups++;
	witness->server = (struct now){welcome->at, welcome->wall};
}

static void saw_message(void *user, const struct wire_message *message)
{
	struct witness *witness = user;
	assert_int_not_equal(message->type, WIRE_PONG);
	witness->messages++;
	ws_client_close(witness->close_on_message);
	witness->close_on_message = NULL;
}

static void saw_down(void *user, const struct ws_client_notice *notice)
{
	struct witness *witness = user;
	witness->downs++;
	witness->downs_for[notice->reason]++;
	witness->notice = *notice;
	snprintf(witness->text, sizeof(witness->text), "%s", notice->text);
}

static const struct ws_client_events events = {
	.on_hello = saw_hello, .on_up = saw_up, .on_message = saw_message, .on_down = saw_down};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Dispatches until *counter reaches `wanted`; returns the elapsed milliseconds. */
static int64_t await(struct ws_client_hub *hub, const unsigned int *counter, unsigned int wanted)
{
	int64_t start = now_ms();
	while (*counter < wanted && now_ms() - start < PATIENCE_MS) {
		struct pollfd ready = {.fd = ws_client_hub_fd(hub), .events = POLLIN};
		poll(&ready, 1, 50);
		ws_client_hub_dispatch(hub);
	}
	assert_true(*counter >= wanted);
	return now_ms() - start;
}

static void linger(struct ws_client_hub *hub, int ms)
{
	for (int64_t end = now_ms() + ms; now_ms() < end;) {
		struct pollfd ready = {.fd = ws_client_hub_fd(hub), .events = POLLIN};
		poll(&ready, 1, 20);
		ws_client_hub_dispatch(hub);
	}
}

static struct ws_client_hub *make_wide_hub(const char *ca, size_t links_max)
{
	struct ws_client_hub *hub = NULL;
	struct ws_client_hub_config config = {.ca = ca, .links_max = links_max};
	assert_int_equal(ws_client_hub_create(&config, &hub), 0);
	return hub;
}

static struct ws_client_hub *make_hub(const char *ca)
{
	return make_wide_hub(ca, 0);
}

static struct ws_client *open_to(struct ws_client_hub *hub, struct witness *witness,
	const char *host, const int *ports, size_t n_ports)
{
	struct wire_hello hello;
	char texts[4][64];
	const char *addresses[4];
	join_file_hello(&join, "test", &hello);
	for (size_t i = 0; i < n_ports; i++) {
		snprintf(texts[i], sizeof(texts[i]), "wss://%s:%d", host, ports[i]);
		addresses[i] = texts[i];
	}
	struct ws_client_config config = {.addresses = addresses,
		.n_addresses = n_ports,
		.hello = &hello,
		.events = &events,
		.user = witness,
		.outbox_max = 200000};
	struct ws_client *link = NULL;
	assert_int_equal(ws_client_open(hub, &config, &link), 0);
	return link;
}

static struct ws_client *open_one(
	struct ws_client_hub *hub, struct witness *witness, const struct server *server)
{
	int port = server_port(server);
	return open_to(hub, witness, "127.0.0.1", &port, 1);
}

static struct server *start(enum server_mood mood)
{
	return server_start(0, certificate, key, mood);
}

/* Below Linux's ephemeral range: no other socket gets it while the server is down. */
static int free_port(void)
{
	enum { FIRST = 20000, MANY = 12000 };
	for (int port = FIRST + getpid() % MANY;; port = FIRST + (port + 7 - FIRST) % MANY) {
		struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		bool is_free = bind(fd, (const struct sockaddr *)&at, sizeof(at)) == 0;
		close(fd);
		if (is_free) {
			return port;
		}
	}
}

static struct wire_message report(void)
{
	return (struct wire_message){.type = WIRE_SITE_REPORT, .site_report = {.version = 3}};
}

/* ---- tests ---- */

static void greets_talks_and_tells_the_time(void **state)
{
	(void)state;
	struct wire_message message = report();
	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct witness witness = {0};
	struct ws_client *link = open_one(hub, &witness, server);
	assert_int_equal(ws_client_send(link, &message), WS_CLIENT_DOWN);
	struct now server_time;
	assert_false(ws_client_server_now(link, &server_time, NULL));
	await(hub, &witness.ups, 1);
	assert_true(ws_client_is_up(link));
	assert_int_equal(witness.server.at.ms, 5000);
	assert_int_equal(ws_client_send(link, &message), 0);
	message.site_report.level_dbfs = 7;
	assert_int_equal(ws_client_send(link, &message), -EINVAL);
	uint8_t frame[20000] = {1};
	assert_int_equal(ws_client_send_frame(link, frame, sizeof(frame)), 0);
	server_say(server, "{\"type\":\"passed\",\"seq\":9}");
	await(hub, &witness.messages, 1);
	linger(hub, 400);
	assert_int_equal(server_texts(server), 1);
	assert_int_equal(server_frame_bytes(server), sizeof(frame));
	struct span round_trip;
	assert_true(ws_client_server_now(link, &server_time, &round_trip));
	assert_true(server_time.at.ms >= 5000 && server_time.at.ms < 9000);
	assert_true(round_trip.ms < 1000);
	assert_int_equal(witness.downs, 0);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void large_message_arrives_whole(void **state)
{
	(void)state;
	enum { CLEARED = 1000 };
	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct witness witness = {0};
	open_one(hub, &witness, server);
	await(hub, &witness.ups, 1);
	char *text = malloc(CLEARED * 20 + 300);
	int used = sprintf(text,
		"{\"type\":\"update\",\"seq\":1,\"at\":1,\"sites\":[],\"items\":[],"
		"\"lists\":[],\"turns\":[],\"alarms\":[],\"messages\":[],\"cleared\":[1");
	for (int i = 0; i < CLEARED; i++) {
		used += sprintf(text + used, ",%d", 1000000000 + i);
	}
	strcpy(text + used, "]}");
	server_say(server, text);
	free(text);
	await(hub, &witness.messages, 1);
	assert_int_equal(witness.downs, 0);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void comes_back_after_a_drop_and_a_restart(void **state)
{
	(void)state;
	int port = free_port();
	struct server *server = server_start(port, certificate, key, SERVER_WELCOMES);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct witness witness = {0};
	struct ws_client *link = open_one(hub, &witness, server);
	await(hub, &witness.ups, 1);
	server_drop_all(server);
	await(hub, &witness.downs, 1);
	assert_int_equal(witness.notice.reason, WS_CLIENT_LOST);
	assert_true(witness.notice.was_up);
	await(hub, &witness.ups, 2);
	server_stop(server);
	await(hub, &witness.downs, 3);
	assert_int_equal(witness.notice.reason, WS_CLIENT_UNREACHABLE);
	assert_false(witness.notice.was_up);
	server = server_start(port, certificate, key, SERVER_WELCOMES);
	assert_true(await(hub, &witness.ups, 3) < 5000);
	ws_client_abort(link);
	await(hub, &witness.ups, 4);
	assert_int_equal(witness.hellos, 4);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void silent_server_is_seen_within_five_seconds(void **state)
{
	(void)state;
	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct witness witness = {0};
	open_one(hub, &witness, server);
	await(hub, &witness.ups, 1);
	server_freeze(server, true);
	assert_true(await(hub, &witness.downs, 1) <= 5000);
	assert_int_equal(witness.notice.reason, WS_CLIENT_LOST);
	assert_non_null(strstr(witness.text, "does not respond"));
	server_freeze(server, false);
	await(hub, &witness.ups, 2);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void idle_link_stays_up(void **state)
{
	(void)state;
	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct witness witness = {0};
	open_one(hub, &witness, server);
	await(hub, &witness.ups, 1);
	linger(hub, (WS_CLIENT_HANGUP_S + 4) * 1000);
	assert_int_equal(witness.downs, 0);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

/* Pings only, for longer than WS_CLIENT_PING_S: our own pings must not corrupt the answers. */
static void pings_of_both_ends_do_not_meet(void **state)
{
	(void)state;
	enum { LINKS = 32 };
	static struct witness witnesses[LINKS];
	struct server *server = start(SERVER_PINGS);
	struct ws_client_hub *hub = make_wide_hub(join.ca, LINKS);
	for (size_t i = 0; i < LINKS; i++) {
		open_one(hub, &witnesses[i], server);
	}
	linger(hub, (WS_CLIENT_PING_S + 1) * 1000);
	for (size_t i = 0; i < LINKS; i++) {
		assert_int_equal(witnesses[i].ups, 1);
		assert_int_equal(witnesses[i].downs, 0);
	}
	assert_true(server_good_pongs(server) >= LINKS);
	assert_int_equal(server_bad_pongs(server), 0);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void mute_server_is_given_up(void **state)
{
	(void)state;
	struct server *server = start(SERVER_MUTE);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct witness witness = {0};
	open_one(hub, &witness, server);
	assert_true(await(hub, &witness.downs, 1) <= WS_CLIENT_CONNECT_MAX_MS + 1000);
	assert_int_equal(witness.notice.reason, WS_CLIENT_UNREACHABLE);
	assert_int_equal(witness.ups, 0);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void refusal_and_farewell_are_told(void **state)
{
	(void)state;
	static const struct {
		enum server_mood mood;
		enum ws_client_reason reason;
		enum refusal code;
		bool was_up;
		const char *word;
	} cases[] = {
		{SERVER_REFUSES, WS_CLIENT_REFUSED, REFUSAL_UNAUTHORISED, false, "no such token"},
		{SERVER_SAYS_BYE, WS_CLIENT_REFUSED, REFUSAL_STOPPING, true, "closing down"},
		{SERVER_GARBLES, WS_CLIENT_MALFORMED, REFUSAL_UNSET, true, "type"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct server *server = start(cases[i].mood);
		struct ws_client_hub *hub = make_hub(join.ca);
		struct witness witness = {0};
		open_one(hub, &witness, server);
		await(hub, &witness.downs, 1);
		assert_int_equal(witness.notice.reason, cases[i].reason);
		assert_int_equal(witness.notice.code, cases[i].code);
		assert_int_equal(witness.notice.was_up, cases[i].was_up);
		assert_non_null(strstr(witness.text, cases[i].word));
		await(hub, &witness.downs, 2); /* and keeps trying */
		ws_client_hub_destroy(hub);
		server_stop(server);
	}
}

static void foreign_authority_is_not_trusted(void **state)
{
	(void)state;
	struct join *outsider = calloc(1, sizeof(*outsider));
	char foreign[80];
	snprintf(foreign, sizeof(foreign), "%s/foreign", folder);
	static const char *const addresses[] = {"wss://127.0.0.1:1"};
	struct identity_setup setup = {
		.dir = foreign, .addresses = addresses, .n_addresses = 1, .operator_name = "truc"};
	char password[GENERATED_PASSWORD_SIZE], path[ATOMIC_FILE_PATH_MAX];
	assert_int_equal(identity_init(&setup, (struct stamp){1790000000000}, password), 0);
	atomic_file_path(path, foreign, "join/relay.json");
	assert_int_equal(join_file_load(path, outsider, NULL), 0);

	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_hub(outsider->ca);
	struct witness witness = {0};
	open_one(hub, &witness, server);
	await(hub, &witness.downs, 2);
	assert_int_equal(witness.notice.reason, WS_CLIENT_UNTRUSTED);
	assert_int_equal(witness.ups, 0);
	ws_client_hub_destroy(hub);

	witness = (struct witness){0};
	hub = make_hub(NULL); /* not even the system's own CAs are trusted */
	open_one(hub, &witness, server);
	await(hub, &witness.downs, 1);
	assert_int_equal(witness.notice.reason, WS_CLIENT_UNTRUSTED);
	ws_client_hub_destroy(hub);
	server_stop(server);
	free(outsider);
}

static void foreign_name_is_not_trusted(void **state)
{
	(void)state;
	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_hub(join.ca);
	int port = server_port(server);
	struct witness witness = {0};
	open_to(hub, &witness, "127.0.0.2", &port, 1); /* no such name in the certificate */
	await(hub, &witness.downs, 1);

	assert_int_equal(witness.notice.reason, WS_CLIENT_UNTRUSTED);
	ws_client_hub_destroy(hub);
	witness = (struct witness){0};
	hub = make_hub(join.ca);
	open_to(hub, &witness, "localhost", &port, 1);
	await(hub, &witness.ups, 1);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void addresses_are_tried_in_turn(void **state)
{
	(void)state;
	struct server *stopped = start(SERVER_WELCOMES), *server = start(SERVER_WELCOMES);
	int ports[] = {server_port(stopped), server_port(server)};
	server_stop(stopped);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct witness witness = {0};
	open_to(hub, &witness, "127.0.0.1", ports, 2);
	assert_true(await(hub, &witness.ups, 1) < 3000);
	assert_int_equal(witness.downs, 1);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void outbox_is_bounded(void **state)
{
	(void)state;
	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct witness witness = {0};
	struct ws_client *link = open_one(hub, &witness, server);
	await(hub, &witness.ups, 1);
	server_freeze(server, true);
	uint8_t *frame = calloc(1, 100000);
	int refusal = 0;
	for (int i = 0; i < 400 && refusal == 0; i++) {
		refusal = ws_client_send_frame(link, frame, 100000);
		linger(hub, 2);
	}
	assert_int_equal(refusal, WS_CLIENT_FULL);
	free(frame);
	server_freeze(server, false);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void inbox_is_bounded(void **state)
{
	(void)state;
	struct server *server = start(SERVER_OVERFLOWS);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct witness witness = {0};
	open_one(hub, &witness, server);
	await(hub, &witness.ups, 1);
	struct timespec nap = {.tv_sec = 3}; /* a program that does not dispatch */
	nanosleep(&nap, NULL);
	await(hub, &witness.downs, 1);
	assert_int_equal(
		witness.downs_for[WS_CLIENT_SLOW], 1); /* it may have reconnected and been closed */
	assert_true(witness.messages < 6000);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void closed_and_held_links_are_quiet(void **state)
{
	(void)state;
	struct witness closed = {0}, held = {0};
	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_hub(join.ca);
	struct ws_client *first = open_one(hub, &closed, server);
	struct ws_client *second = open_one(hub, &held, server);
	await(hub, &closed.ups, 1);
	await(hub, &held.ups, 1);
	closed.close_on_message = first; /* closed inside its own callback */
	server_say(server, "{\"type\":\"passed\",\"seq\":9}");
	await(hub, &closed.messages, 1);
	server_say(server, "{\"type\":\"passed\",\"seq\":9}");
	ws_client_hold(second, true);
	await(hub, &held.downs, 1);
	linger(hub, 700);
	assert_int_equal(closed.messages, 1);
	assert_int_equal(closed.downs, 0);
	assert_int_equal(held.ups, 1);
	ws_client_hold(second, false);
	await(hub, &held.ups, 2);
	ws_client_close(NULL);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void many_links_share_a_hub(void **state)
{
	(void)state;
	enum { LINKS = 64 };
	static struct witness witnesses[LINKS];
	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_wide_hub(join.ca, LINKS);
	for (size_t i = 0; i < LINKS; i++) {
		open_one(hub, &witnesses[i], server);
	}
	int64_t start_ms = now_ms();
	for (size_t i = 0; i < LINKS; i++) {
		await(hub, &witnesses[i].ups, 1);
	}
	print_message("%d links up in %d ms\n", LINKS, (int)(now_ms() - start_ms));
	server_drop_all(server);
	start_ms = now_ms();
	for (size_t i = 0; i < LINKS; i++) {
		await(hub, &witnesses[i].ups, 2);
	}
	print_message("and back in %d ms\n", (int)(now_ms() - start_ms));
	assert_true(now_ms() - start_ms < 5000);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void links_come_and_go(void **state)
{
	(void)state;
	enum { LINKS = 40 };
	static struct witness witnesses[LINKS];
	struct ws_client *links[LINKS];
	struct server *server = start(SERVER_WELCOMES);
	struct ws_client_hub *hub = make_wide_hub(join.ca, 4 * LINKS);
	for (int round = 0; round < 4; round++) {
		struct wire_message message = report();
		for (size_t i = 0; i < LINKS; i++) {
			links[i] = open_one(hub, &witnesses[i], server);
		}
		linger(hub, 40 * round); /* closed while connecting, greeting, up */
		for (size_t i = 0; i < LINKS; i++) {
			ws_client_send(links[i], &message);
			ws_client_hold(links[i], i % 3 == 0);
			ws_client_close(links[i]);
		}
	}
	linger(hub, 300);
	ws_client_hub_destroy(hub);
	server_stop(server);
}

static void nonsense_is_refused_at_once(void **state)
{
	(void)state;
	struct ws_client_hub *hub = make_hub(join.ca);
	struct wire_hello hello;
	join_file_hello(&join, NULL, &hello);
	static const char *const plain[] = {"ws://10.1.2.3:80"};
	struct ws_client_config config = {.hello = &hello, .addresses = plain, .n_addresses = 1};
	struct ws_client *link = NULL;
	assert_int_equal(ws_client_open(hub, &config, &link), -EINVAL);
	config.n_addresses = 0;
	assert_int_equal(ws_client_open(hub, &config, &link), -EINVAL);
	ws_client_hub_destroy(hub);
	ws_client_hub_destroy(NULL);
	struct ws_client_hub_config bad = {.ca = "no certificate"};
	assert_int_equal(ws_client_hub_create(&bad, &hub), -EINVAL);
}

static int install(void **state)
{
	(void)state;
	static const char *const addresses[] = {"wss://127.0.0.1:1"};
	char name[] = "/tmp/link-XXXXXX", password[GENERATED_PASSWORD_SIZE],
	     path[ATOMIC_FILE_PATH_MAX];
	static const struct identity_site site = {"ha-giang", 2};
	assert_non_null(mkdtemp(name));
	snprintf(folder, sizeof(folder), "%s", name);
	struct identity_setup setup = {.dir = folder,
		.addresses = addresses,
		.n_addresses = 1,
		.sites = &site,
		.n_sites = 1,
		.operator_name = "truc"};
	struct stamp wall = {(int64_t)time(NULL) * 1000};
	assert_int_equal(identity_init(&setup, wall, password), 0);
	atomic_file_path(certificate, folder, "server.pem");
	atomic_file_path(key, folder, "server.key");
	atomic_file_path(path, folder, "join/ha-giang.json");
	return join_file_load(path, &join, NULL);
}

static int uninstall(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(greets_talks_and_tells_the_time),
		cmocka_unit_test(large_message_arrives_whole),
		cmocka_unit_test(comes_back_after_a_drop_and_a_restart),
		cmocka_unit_test(silent_server_is_seen_within_five_seconds),
		cmocka_unit_test(idle_link_stays_up),
		cmocka_unit_test(pings_of_both_ends_do_not_meet),
		cmocka_unit_test(mute_server_is_given_up),
		cmocka_unit_test(refusal_and_farewell_are_told),
		cmocka_unit_test(foreign_authority_is_not_trusted),
		cmocka_unit_test(foreign_name_is_not_trusted),
		cmocka_unit_test(addresses_are_tried_in_turn),
		cmocka_unit_test(outbox_is_bounded),
		cmocka_unit_test(inbox_is_bounded),
		cmocka_unit_test(closed_and_held_links_are_quiet),
		cmocka_unit_test(many_links_share_a_hub),
		cmocka_unit_test(links_come_and_go),
		cmocka_unit_test(nonsense_is_refused_at_once),
	};
	return cmocka_run_group_tests(tests, install, uninstall);
}
