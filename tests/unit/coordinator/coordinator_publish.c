/*
 * Publishing where memory runs out: whoever could not be told what it should be is told at the next
 * chance. The server is one that only counts.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/peers/publish.h"

struct ws_connection {
	size_t desired;
};

struct world {
	char dir[64];
	struct coordinator coordinator;
};

/* ---- what the linker puts in the place of memory and the server ---- */

int __real_payload_encode(
	const struct msg_type *type, const void *value, struct payload **ret_payload);
int __wrap_payload_encode(
	const struct msg_type *type, const void *value, struct payload **ret_payload);
int __wrap_ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct payload *payload);
uint64_t __wrap_ws_dropped(const struct ws_connection *connection);

static size_t encoded_before_it_fails = SIZE_MAX;

int __wrap_payload_encode(
	const struct msg_type *type, const void *value, struct payload **ret_payload)
{
	if (encoded_before_it_fails == 0) {
		return -ENOMEM;
	}
	encoded_before_it_fails--;
	return __real_payload_encode(type, value, ret_payload);
}

int __wrap_ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct payload *payload)
{
	(void)class;
	(void)payload;
	connection->desired += key == WIRE_SITE_DESIRED || key == WIRE_RELAY_DESIRED;
	return 0;
}

uint64_t __wrap_ws_dropped(const struct ws_connection *connection)
{
	(void)connection;
	return 0;
}

/* ---- a meeting with one site ---- */

static void on_told(void *user, const struct mtg_record *record)
{
	(void)user;
	(void)record;
}

static void on_answered(void *user, const struct turn_answer *answer)
{
	(void)user;
	(void)answer;
}

static void on_moment(void *user)
{
	(void)user;
}

static const struct turn_port port = {on_told, on_answered, on_moment, on_moment};

static void order(struct world *world, const struct command *command)
{
	assert_int_equal(turn_order_system(world->coordinator.turn, command), REFUSAL_UNSET);
	assert_int_equal(turn_flush(world->coordinator.turn), 0);
}

static void begin_meeting(struct world *world)
{
	struct command command = {.name = CMD_MEETING_CREATE};
	struct cmd_meeting_create *made = &command.meeting_create;
	snprintf(made->meeting, sizeof(made->meeting), "test");
	snprintf(made->name, sizeof(made->name), "Test");
	snprintf(made->host, sizeof(made->host), "Host");
	snprintf(made->place, sizeof(made->place), "Place");
	snprintf(made->date, sizeof(made->date), "2022-07-15");
	made->form = DOCUMENT_FORM_PARTY;
	made->speed = 1;
	order(world, &command);
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_ADD;
	struct cmd_site_add *site = &command.site_add;
	snprintf(site->site, sizeof(site->site), "hall");
	snprintf(site->name, sizeof(site->name), "Hall");
	snprintf(site->short_code, sizeof(site->short_code), "HAL");
	snprintf(site->region, sizeof(site->region), "South");
	site->number = 1;
	site->kind = SITE_KIND_REMOTE;
	order(world, &command);
}

static void bar(struct world *world)
{
	struct mtg_order order = {.by.role = ROLE_OPERATOR, .command.name = CMD_SITE_BAR};
	struct cmd_site_bar *bar = &order.command.site_bar;
	snprintf(bar->site, sizeof(bar->site), "hall");
	bar->barred = true;
	turn_order(world->coordinator.turn, &order,
		&(struct turn_source){.client = "operator:an/x", .command = "c1"});
	assert_int_equal(turn_flush(world->coordinator.turn), 0);
}

static int setup(void **state)
{
	struct world *world = calloc(1, sizeof(*world));
	struct coordinator *coordinator = &world->coordinator;
	char path[96];
	snprintf(world->dir, sizeof(world->dir), "/tmp/diemcau-publish-XXXXXX");
	assert_non_null(mkdtemp(world->dir));
	snprintf(path, sizeof(path), "%s/meeting.sqlite", world->dir);
	struct turn_config config = {
		.path = path, .clock = &coordinator->clock, .port = &port, .user = world};
	assert_int_equal(turn_create(&config, &coordinator->turn), 0);
	coordinator->publisher = publisher_create();
	coordinator->secrets = calloc(1, sizeof(*coordinator->secrets));
	memset(coordinator->boot, '0', sizeof(coordinator->boot) - 1);
	begin_meeting(world);
	encoded_before_it_fails = SIZE_MAX;
	*state = world;
	return 0;
}

static int teardown(void **state)
{
	static const char *const names[] = {"", "-wal", "-shm", ".lock"};
	struct world *world = *state;
	struct coordinator *coordinator = &world->coordinator;
	while (coordinator->clients.first) {
		clients_remove(&coordinator->clients, coordinator->clients.first);
	}
	publisher_destroy(coordinator->publisher);
	free(coordinator->secrets);
	turn_destroy(coordinator->turn);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[128];
		snprintf(path, sizeof(path), "%s/meeting.sqlite%s", world->dir, names[i]);
		unlink(path);
	}
	rmdir(world->dir);
	free(world);
	return 0;
}

static struct client *come(
	struct world *world, struct ws_connection *connection, enum role role, bool spare)
{
	static const struct ws_visitor visitor;
	struct peer_identity identity = {.role = role, .number = role == ROLE_SITE};
	snprintf(identity.site, sizeof(identity.site), "%s", role == ROLE_SITE ? "hall" : "");
	struct client *client =
		clients_add(&world->coordinator.clients, connection, &visitor, (struct instant){0});
	peer_admit(&client->peer, &identity, spare);
	if (!spare) {
		world->coordinator.seats[identity.number].holder.connection = client->number;
	}
	return client;
}

static void next_chance(struct world *world)
{
	world->coordinator.desired_stale = true;
	publish_desired(&world->coordinator);
}

/* Told once, and then not again while nothing changes. */
static void is_told(struct world *world, const struct ws_connection *connection)
{
	size_t before = connection->desired;
	next_chance(world);
	next_chance(world);
	assert_int_equal(connection->desired, before + 1);
}

/* ---- tests ---- */

static void a_change_that_could_not_be_told_is_told_later(void **state)
{
	struct world *world = *state;
	struct ws_connection connection = {0};
	publish_welcome(&world->coordinator, come(world, &connection, ROLE_SITE, false));
	assert_int_equal(connection.desired, 1);
	bar(world);
	encoded_before_it_fails = 0;
	next_chance(world);
	assert_int_equal(connection.desired, 1);
	encoded_before_it_fails = SIZE_MAX;
	is_told(world, &connection);
}

/* Nothing has changed since it was told: the new connection has not heard of it. */
static void whoever_comes_back_is_told_though_the_first_try_failed(void **state)
{
	struct world *world = *state;
	struct ws_connection before = {0}, connection = {0};
	publish_welcome(&world->coordinator, come(world, &before, ROLE_SITE, false));
	clients_remove(&world->coordinator.clients, world->coordinator.clients.first);
	encoded_before_it_fails = 1; /* the welcome */
	publish_welcome(&world->coordinator, come(world, &connection, ROLE_SITE, false));
	assert_int_equal(connection.desired, 0);
	encoded_before_it_fails = SIZE_MAX;
	is_told(world, &connection);
}

static void a_spare_too(void **state)
{
	struct world *world = *state;
	struct ws_connection holder = {0}, spare = {0};
	publish_welcome(&world->coordinator, come(world, &holder, ROLE_SITE, false));
	encoded_before_it_fails = 1;
	publish_welcome(&world->coordinator, come(world, &spare, ROLE_SITE, true));
	assert_int_equal(spare.desired, 0);
	encoded_before_it_fails = SIZE_MAX;
	is_told(world, &spare);
	assert_int_equal(holder.desired, 1);
}

/* Its state is encoded twice, to be compared and to be sent: either may fail. */
static void the_relay_too(void **state)
{
	struct world *world = *state;
	for (size_t i = 0; i < 2; i++) {
		struct ws_connection connection = {0};
		encoded_before_it_fails = 1 + i;
		publish_welcome(&world->coordinator, come(world, &connection, ROLE_RELAY, false));
		assert_int_equal(connection.desired, 0);
		encoded_before_it_fails = SIZE_MAX;
		is_told(world, &connection);
		clients_remove(&world->coordinator.clients, world->coordinator.clients.first);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_change_that_could_not_be_told_is_told_later, setup, teardown),
		cmocka_unit_test_setup_teardown(
			whoever_comes_back_is_told_though_the_first_try_failed, setup, teardown),
		cmocka_unit_test_setup_teardown(a_spare_too, setup, teardown),
		cmocka_unit_test_setup_teardown(the_relay_too, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
