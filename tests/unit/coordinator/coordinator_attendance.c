/*
 * Who is at the door, and that the meeting hears of it also where an order was refused: too much
 * waited for the disk.
 */
#include <stdio.h>
#include <string.h>

#include "coordinator/meeting/roster.h"
#include "coordinator/peers/attendance.h"
#include "coordinator/peers/gate.h"
#include "tests/unit/coordinator/desk.h"

struct ws_connection {
	char unused;
};

/* ---- what the linker puts in the place of the server and of what the gate looks at beside ---- */

uint64_t __wrap_ws_dropped(const struct ws_connection *connection);
int __wrap_identity_refresh(struct identity_book *book, bool *ret_changed);
bool __wrap_identity_holds(const struct identity_book *book, const struct credential *credential);
void __wrap_keeping_review(struct coordinator *coordinator);
void __wrap_credentials_review(struct coordinator *coordinator, bool book_changed);

uint64_t __wrap_ws_dropped(const struct ws_connection *connection)
{
	(void)connection;
	return 0;
}

int __wrap_identity_refresh(struct identity_book *book, bool *ret_changed)
{
	(void)book;
	*ret_changed = false;
	return 0;
}

bool __wrap_identity_holds(const struct identity_book *book, const struct credential *credential)
{
	(void)book;
	(void)credential;
	return true;
}

void __wrap_keeping_review(struct coordinator *coordinator)
{
	(void)coordinator;
}

void __wrap_credentials_review(struct coordinator *coordinator, bool book_changed)
{
	(void)coordinator;
	(void)book_changed;
}

/* ---- helpers ---- */

static struct ws_connection connections[4];

static int setup(void **state)
{
	int status = desk_set_up(state);
	((struct desk *)*state)->coordinator.health = HEALTH_SERVING;
	return status;
}

static const struct site *hall(const struct desk *desk)
{
	return mtg_site_by_id(turn_ahead(desk->coordinator.turn), "hall");
}

static const struct relay *relay(const struct desk *desk)
{
	return mtg_relay(turn_ahead(desk->coordinator.turn));
}

/* Orders until no more is taken; nothing is told of them yet. */
static void fill(struct desk *desk)
{
	struct command command = {.name = CMD_SITE_OBSERVE};
	snprintf(command.site_observe.site, sizeof(command.site_observe.site), "hall");
	command.site_observe.sign = SIGN_CLOCK_OFF;
	do {
		command.site_observe.present = !command.site_observe.present;
	} while (turn_order_system(desk->coordinator.turn, &command) == REFUSAL_UNSET);
	assert_true(turn_figures(desk->coordinator.turn).waiting > TURN_PENDING_MAX / 2);
}

static void review(struct desk *desk)
{
	assert_int_equal(turn_flush(desk->coordinator.turn), 0);
	gate_review(&desk->coordinator);
	assert_int_equal(turn_flush(desk->coordinator.turn), 0);
}

static struct client *come(struct desk *desk, int i, enum role role, bool spare)
{
	struct client *client = desk_come(desk, &connections[i], role, spare);
	struct seat *seat = &desk->coordinator.seats[client->peer.number];
	struct seat_place *place = spare ? &seat->spare : &seat->holder;
	memset(client->peer.instance, '0' + i, sizeof(client->peer.instance) - 1);
	snprintf(client->visitor.address, sizeof(client->visitor.address), "192.0.2.%d", i);
	place->connection = client->number;
	memcpy(place->instance, client->peer.instance, sizeof(place->instance));
	return client;
}

static void go(struct desk *desk, struct client *client)
{
	gate_gone(&desk->coordinator, client);
	clients_remove(&desk->coordinator.clients, client);
}

/* ---- tests ---- */

static void a_site_that_came_while_nothing_was_taken_is_online_later(void **state)
{
	struct desk *desk = *state;
	fill(desk);
	struct client *client = come(desk, 1, ROLE_SITE, false);
	attendance_tell_link(&desk->coordinator, client, LINK_STATE_ONLINE, NULL);
	assert_int_equal(hall(desk)->link, LINK_STATE_ABSENT);
	review(desk);
	assert_int_equal(hall(desk)->link, LINK_STATE_ONLINE);
	assert_string_equal(hall(desk)->address, "192.0.2.1");
	int64_t before = mtg_last_seq(turn_told(desk->coordinator.turn));
	review(desk);
	assert_int_equal(mtg_last_seq(turn_told(desk->coordinator.turn)), before);
}

static void one_that_went_is_lost_later(void **state)
{
	struct desk *desk = *state;
	struct client *client = come(desk, 1, ROLE_SITE, false);
	attendance_tell_link(&desk->coordinator, client, LINK_STATE_ONLINE, NULL);
	fill(desk);
	go(desk, client);
	assert_int_equal(hall(desk)->link, LINK_STATE_ONLINE);
	review(desk);
	assert_int_equal(hall(desk)->link, LINK_STATE_LOST);
}

static void spares_too(void **state)
{
	struct desk *desk = *state;
	come(desk, 1, ROLE_SITE, false);
	fill(desk);
	struct client *spare = come(desk, 2, ROLE_SITE, true);
	attendance_tell_spare(&desk->coordinator, spare, true);
	review(desk);
	assert_true(hall(desk)->spare);
	assert_string_equal(hall(desk)->spare_instance, spare->peer.instance);
	fill(desk);
	go(desk, spare);
	review(desk);
	assert_false(hall(desk)->spare);
}

static void the_relay_too(void **state)
{
	struct desk *desk = *state;
	fill(desk);
	struct client *client = come(desk, 1, ROLE_RELAY, false);
	attendance_tell_link(&desk->coordinator, client, LINK_STATE_ONLINE, NULL);
	review(desk);
	assert_int_equal(relay(desk)->link, LINK_STATE_ONLINE);
	fill(desk);
	go(desk, client);
	review(desk);
	assert_int_equal(relay(desk)->link, LINK_STATE_LOST);
}

/* Whoever stops tells of nobody that he is lost. */
static void at_the_end_nobody_is_lost(void **state)
{
	struct desk *desk = *state;
	struct client *client = come(desk, 1, ROLE_SITE, false);
	attendance_tell_link(&desk->coordinator, client, LINK_STATE_ONLINE, NULL);
	desk->coordinator.health = HEALTH_STOPPING;
	go(desk, client);
	review(desk);
	assert_int_equal(hall(desk)->link, LINK_STATE_ONLINE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_site_that_came_while_nothing_was_taken_is_online_later, setup,
			desk_tear_down),
		cmocka_unit_test_setup_teardown(one_that_went_is_lost_later, setup, desk_tear_down),
		cmocka_unit_test_setup_teardown(spares_too, setup, desk_tear_down),
		cmocka_unit_test_setup_teardown(the_relay_too, setup, desk_tear_down),
		cmocka_unit_test_setup_teardown(at_the_end_nobody_is_lost, setup, desk_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
