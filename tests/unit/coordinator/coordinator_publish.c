/*
 * Publishing where memory runs out: sites and relay are told at the next chance what they should
 * be, people come again. The server is one that only counts.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/peers/publish.h"
#include "coordinator/view/view.h"
#include "tests/unit/coordinator/desk.h"

struct ws_connection {
	size_t desired, all; /* messages */
	bool cut;
};

/* ---- what the linker puts in the place of memory and the server ---- */

int __real_payload_encode(
	const struct msg_type *type, const void *value, struct payload **ret_payload);
int __wrap_payload_encode(
	const struct msg_type *type, const void *value, struct payload **ret_payload);
int __wrap_ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct payload *payload);
uint64_t __wrap_ws_dropped(const struct ws_connection *connection);
void __wrap_ws_be_patient(struct ws_connection *connection);
void __wrap_ws_cut(struct ws_connection *connection);
int __real_view_snapshot(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret);
int __wrap_view_snapshot(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret);

static bool snapshots_fail;
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
	connection->all++;
	connection->desired += key == WIRE_SITE_DESIRED || key == WIRE_RELAY_DESIRED;
	return 0;
}

uint64_t __wrap_ws_dropped(const struct ws_connection *connection)
{
	(void)connection;
	return 0;
}

void __wrap_ws_be_patient(struct ws_connection *connection)
{
	(void)connection;
}

void __wrap_ws_cut(struct ws_connection *connection)
{
	connection->cut = true;
}

int __wrap_view_snapshot(
	const struct view_frame *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	return snapshots_fail ? -ENOMEM : __real_view_snapshot(frame, arena, ret);
}

/* ---- helpers ---- */

static void bar(struct desk *desk)
{
	struct mtg_order order = {.by.role = ROLE_OPERATOR, .command.name = CMD_SITE_BAR};
	struct cmd_site_bar *bar = &order.command.site_bar;
	snprintf(bar->site, sizeof(bar->site), "hall");
	bar->barred = true;
	turn_order(desk->coordinator.turn, &order,
		&(struct turn_source){.client = "operator:an/x", .command = "c1"});
	assert_int_equal(turn_flush(desk->coordinator.turn), 0);
}

static int setup(void **state)
{
	encoded_before_it_fails = SIZE_MAX;
	snapshots_fail = false;
	return desk_set_up(state);
}

static void next_chance(struct desk *desk)
{
	desk->coordinator.desired_stale = true;
	publish_desired(&desk->coordinator);
}

/* Told once, and then not again while nothing changes. */
static void is_told(struct desk *desk, const struct ws_connection *connection)
{
	size_t before = connection->desired;
	next_chance(desk);
	next_chance(desk);
	assert_int_equal(connection->desired, before + 1);
}

/* ---- tests ---- */

static void a_change_that_could_not_be_told_is_told_later(void **state)
{
	struct desk *desk = *state;
	struct ws_connection connection = {0};
	publish_welcome(&desk->coordinator, desk_come(desk, &connection, ROLE_SITE, false));
	assert_int_equal(connection.desired, 1);
	bar(desk);
	encoded_before_it_fails = 0;
	next_chance(desk);
	assert_int_equal(connection.desired, 1);
	encoded_before_it_fails = SIZE_MAX;
	is_told(desk, &connection);
}

/* Nothing has changed since it was told: the new connection has not heard of it. */
static void whoever_comes_back_is_told_though_the_first_try_failed(void **state)
{
	struct desk *desk = *state;
	struct ws_connection before = {0}, connection = {0};
	publish_welcome(&desk->coordinator, desk_come(desk, &before, ROLE_SITE, false));
	clients_remove(&desk->coordinator.clients, desk->coordinator.clients.first);
	encoded_before_it_fails = 1; /* the welcome */
	publish_welcome(&desk->coordinator, desk_come(desk, &connection, ROLE_SITE, false));
	assert_int_equal(connection.desired, 0);
	encoded_before_it_fails = SIZE_MAX;
	is_told(desk, &connection);
}

static void a_spare_too(void **state)
{
	struct desk *desk = *state;
	struct ws_connection holder = {0}, spare = {0};
	publish_welcome(&desk->coordinator, desk_come(desk, &holder, ROLE_SITE, false));
	encoded_before_it_fails = 1;
	publish_welcome(&desk->coordinator, desk_come(desk, &spare, ROLE_SITE, true));
	assert_int_equal(spare.desired, 0);
	encoded_before_it_fails = SIZE_MAX;
	is_told(desk, &spare);
	assert_int_equal(holder.desired, 1);
}

/* Its state is encoded twice, to be compared and to be sent: either may fail. */
static void the_relay_too(void **state)
{
	struct desk *desk = *state;
	for (size_t i = 0; i < 2; i++) {
		struct ws_connection connection = {0};
		encoded_before_it_fails = 1 + i;
		publish_welcome(
			&desk->coordinator, desk_come(desk, &connection, ROLE_RELAY, false));
		assert_int_equal(connection.desired, 0);
		encoded_before_it_fails = SIZE_MAX;
		is_told(desk, &connection);
		clients_remove(&desk->coordinator.clients, desk->coordinator.clients.first);
	}
}

static void come_to_watch(struct desk *desk, struct ws_connection *connection)
{
	struct client *client = desk_come(desk, connection, ROLE_VIEWER, false);
	audience_join(&desk->coordinator.audience, &desk->coordinator.clients, client);
	publish_welcome(&desk->coordinator, client);
}

static void leave_watching(struct desk *desk)
{
	struct clients *clients = &desk->coordinator.clients;
	audience_leave(&desk->coordinator.audience, clients->watchers);
	clients_remove(clients, clients->watchers);
	audience_finish(&desk->coordinator.audience);
}

/* What changed is not told again: whoever missed it has to be shown everything. */
static void people_who_missed_an_update_come_again(void **state)
{
	struct desk *desk = *state;
	struct ws_connection person = {0}, viewer = {0}, site = {0};
	publish_welcome(&desk->coordinator, desk_come(desk, &person, ROLE_OPERATOR, false));
	publish_welcome(&desk->coordinator, desk_come(desk, &site, ROLE_SITE, false));
	come_to_watch(desk, &viewer);
	publish_settled(&desk->coordinator);
	assert_false(person.cut || viewer.cut);
	bar(desk);
	encoded_before_it_fails = 0;
	publish_settled(&desk->coordinator);
	assert_true(person.cut && viewer.cut);
	assert_false(site.cut);
	leave_watching(desk);
}

static void nobody_is_welcomed_to_a_meeting_he_is_not_shown(void **state)
{
	struct desk *desk = *state;
	struct ws_connection person = {0};
	snapshots_fail = true;
	publish_welcome(&desk->coordinator, desk_come(desk, &person, ROLE_OPERATOR, false));
	assert_true(person.cut);
	assert_int_equal(person.all, 0);
}

/* Encoding the whole meeting holds the loop up, so whoever asks in a loop must not pay for it. */
static void who_asks_again_at_once_gets_the_same_until_something_happens(void **state)
{
	struct desk *desk = *state;
	struct payload *first = publish_snapshot(&desk->coordinator, ROLE_VIEWER);
	struct payload *again = publish_snapshot(&desk->coordinator, ROLE_VIEWER);
	struct payload *other = publish_snapshot(&desk->coordinator, ROLE_OPERATOR);
	assert_non_null(first);
	assert_ptr_equal(again, first);
	assert_ptr_not_equal(other, first);
	bar(desk);
	struct payload *later = publish_snapshot(&desk->coordinator, ROLE_VIEWER);
	assert_ptr_not_equal(later, first);
	payload_drop(first);
	payload_drop(again);
	payload_drop(other);
	payload_drop(later);
	snapshots_fail = true;
	assert_null(publish_snapshot(&desk->coordinator, ROLE_CHAIR));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_change_that_could_not_be_told_is_told_later, setup, desk_tear_down),
		cmocka_unit_test_setup_teardown(
			whoever_comes_back_is_told_though_the_first_try_failed, setup,
			desk_tear_down),
		cmocka_unit_test_setup_teardown(a_spare_too, setup, desk_tear_down),
		cmocka_unit_test_setup_teardown(the_relay_too, setup, desk_tear_down),
		cmocka_unit_test_setup_teardown(
			people_who_missed_an_update_come_again, setup, desk_tear_down),
		cmocka_unit_test_setup_teardown(
			nobody_is_welcomed_to_a_meeting_he_is_not_shown, setup, desk_tear_down),
		cmocka_unit_test_setup_teardown(
			who_asks_again_at_once_gets_the_same_until_something_happens, setup,
			desk_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
