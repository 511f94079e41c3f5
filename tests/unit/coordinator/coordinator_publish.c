/*
 * Publishing where memory runs out: sites and relay are told at the next chance what they should
 * be, people come again. And what an event looks like. The server is one that only counts.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/journal/record.h"
#include "coordinator/peers/delivery.h"
#include "coordinator/view/view.h"
#include "tests/unit/coordinator/coordinator_fixture.h"

struct ws_connection {
	size_t desired, all; /* messages */
	bool keeps;
	struct shared_buf *last; /* where it keeps it */
	bool cut;
};

/* ---- what the linker puts in the place of memory and the server ---- */

int __real_shared_buf_encode(
	const struct msg_type *type, const void *value, struct shared_buf **ret_payload);
int __wrap_shared_buf_encode(
	const struct msg_type *type, const void *value, struct shared_buf **ret_payload);
int __wrap_ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct shared_buf *payload);
uint64_t __wrap_ws_dropped(const struct ws_connection *connection);
void __wrap_ws_set_low_priority(struct ws_connection *connection);
void __wrap_ws_abort(struct ws_connection *connection);
int __real_view_snapshot(
	const struct view_derived *frame, struct msg_arena *arena, struct wire_snapshot *ret);
int __wrap_view_snapshot(
	const struct view_derived *frame, struct msg_arena *arena, struct wire_snapshot *ret);

static bool snapshots_fail;
static size_t encoded_before_it_fails = SIZE_MAX;

int __wrap_shared_buf_encode(
	const struct msg_type *type, const void *value, struct shared_buf **ret_payload)
{
	if (encoded_before_it_fails == 0) {
		return -ENOMEM;
	}
	encoded_before_it_fails--;
	return __real_shared_buf_encode(type, value, ret_payload);
}

int __wrap_ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct shared_buf *payload)
{
	(void)class;
	if (connection->keeps) {
		shared_buf_unref(connection->last);
		connection->last = shared_buf_ref(payload);
	}
	connection->all++;
	connection->desired += key == WIRE_SITE_DESIRED || key == WIRE_RELAY_DESIRED;
	return 0;
}

uint64_t __wrap_ws_dropped(const struct ws_connection *connection)
{
	(void)connection;
	return 0;
}

void __wrap_ws_set_low_priority(struct ws_connection *connection)
{
	(void)connection;
}

void __wrap_ws_abort(struct ws_connection *connection)
{
	connection->cut = true;
}

int __wrap_view_snapshot(
	const struct view_derived *frame, struct msg_arena *arena, struct wire_snapshot *ret)
{
	return snapshots_fail ? -ENOMEM : __real_view_snapshot(frame, arena, ret);
}

/* ---- helpers ---- */

static void bar(struct coordinator_fixture *coordinator_fixture)
{
	struct mtg_command command = {.by.role = ROLE_OPERATOR, .body.name = CMD_SITE_BAR};
	struct cmd_site_bar *bar = &command.body.site_bar;
	snprintf(bar->site, sizeof(bar->site), "hall");
	bar->barred = true;
	engine_submit(coordinator_fixture->engine, &command,
		&(struct engine_source){.client = "operator:an/x", .command = "c1"});
	assert_int_equal(engine_flush(coordinator_fixture->engine), 0);
}

static int setup(void **state)
{
	encoded_before_it_fails = SIZE_MAX;
	snapshots_fail = false;
	return coordinator_fixture_set_up(state);
}

static void welcome(struct coordinator_fixture *coordinator_fixture, struct client *client)
{
	publish_welcome(coordinator_fixture->peers->publisher, client);
	desired_states_send_to(coordinator_fixture->peers->desired_states, client);
}

static void next_chance(struct coordinator_fixture *coordinator_fixture)
{
	coordinator_fixture->media_keys->revision++;
	desired_states_follow_keys(coordinator_fixture->peers->desired_states);
}

/* Told once, and then not again while nothing changes. */
static void is_told(
	struct coordinator_fixture *coordinator_fixture, const struct ws_connection *connection)
{
	size_t before = connection->desired;
	next_chance(coordinator_fixture);
	next_chance(coordinator_fixture);
	assert_int_equal(connection->desired, before + 1);
}

/* ---- tests ---- */

static void a_change_that_could_not_be_told_is_told_later(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	struct ws_connection connection = {0};
	welcome(coordinator_fixture,
		coordinator_fixture_connect(coordinator_fixture, &connection, ROLE_SITE, false));
	assert_int_equal(connection.desired, 1);
	bar(coordinator_fixture);
	encoded_before_it_fails = 0;
	next_chance(coordinator_fixture);
	assert_int_equal(connection.desired, 1);
	encoded_before_it_fails = SIZE_MAX;
	is_told(coordinator_fixture, &connection);
}

/* Nothing has changed since it was told: the new connection has not heard of it. */
static void whoever_comes_back_is_told_though_the_first_try_failed(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	struct ws_connection before = {0}, connection = {0};
	welcome(coordinator_fixture,
		coordinator_fixture_connect(coordinator_fixture, &before, ROLE_SITE, false));
	clients_remove(
		&coordinator_fixture->peers->clients, coordinator_fixture->peers->clients.first);
	encoded_before_it_fails = 1; /* the welcome */
	welcome(coordinator_fixture,
		coordinator_fixture_connect(coordinator_fixture, &connection, ROLE_SITE, false));
	assert_int_equal(connection.desired, 0);
	encoded_before_it_fails = SIZE_MAX;
	is_told(coordinator_fixture, &connection);
}

static void a_spare_too(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	struct ws_connection holder = {0}, spare = {0};
	welcome(coordinator_fixture,
		coordinator_fixture_connect(coordinator_fixture, &holder, ROLE_SITE, false));
	encoded_before_it_fails = 1;
	welcome(coordinator_fixture,
		coordinator_fixture_connect(coordinator_fixture, &spare, ROLE_SITE, true));
	assert_int_equal(spare.desired, 0);
	encoded_before_it_fails = SIZE_MAX;
	is_told(coordinator_fixture, &spare);
	assert_int_equal(holder.desired, 1);
}

/* Its state is encoded twice, to be compared and to be sent: either may fail. */
static void the_relay_too(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	for (size_t i = 0; i < 2; i++) {
		struct ws_connection connection = {0};
		encoded_before_it_fails = 1 + i;
		welcome(coordinator_fixture, coordinator_fixture_connect(coordinator_fixture,
						     &connection, ROLE_RELAY, false));
		assert_int_equal(connection.desired, 0);
		encoded_before_it_fails = SIZE_MAX;
		is_told(coordinator_fixture, &connection);
		clients_remove(&coordinator_fixture->peers->clients,
			coordinator_fixture->peers->clients.first);
	}
}

static void come_to_watch(
	struct coordinator_fixture *coordinator_fixture, struct ws_connection *connection)
{
	struct client *client =
		coordinator_fixture_connect(coordinator_fixture, connection, ROLE_VIEWER, false);
	viewers_join(
		&coordinator_fixture->peers->viewers, &coordinator_fixture->peers->clients, client);
	welcome(coordinator_fixture, client);
}

static void leave_watching(struct coordinator_fixture *coordinator_fixture)
{
	struct clients *clients = &coordinator_fixture->peers->clients;
	viewers_leave(&coordinator_fixture->peers->viewers, clients->viewers);
	clients_remove(clients, clients->viewers);
	viewers_finish(&coordinator_fixture->peers->viewers);
}

/* What changed is not told again: whoever missed it has to be shown everything. */
static void people_who_missed_an_update_come_again(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	struct ws_connection person = {0}, viewer = {0}, site = {0};
	welcome(coordinator_fixture,
		coordinator_fixture_connect(coordinator_fixture, &person, ROLE_OPERATOR, false));
	welcome(coordinator_fixture,
		coordinator_fixture_connect(coordinator_fixture, &site, ROLE_SITE, false));
	come_to_watch(coordinator_fixture, &viewer);
	delivery_port.settled(coordinator_fixture->peers);
	assert_false(person.cut || viewer.cut);
	bar(coordinator_fixture);
	encoded_before_it_fails = 0;
	delivery_port.settled(coordinator_fixture->peers);
	assert_true(person.cut && viewer.cut);
	assert_false(site.cut);
	leave_watching(coordinator_fixture);
}

static void nobody_is_welcomed_to_a_meeting_he_is_not_shown(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	struct ws_connection person = {0};
	snapshots_fail = true;
	welcome(coordinator_fixture,
		coordinator_fixture_connect(coordinator_fixture, &person, ROLE_OPERATOR, false));
	assert_true(person.cut);
	assert_int_equal(person.all, 0);
}

/* Encoding the whole meeting holds the loop up, so whoever asks in a loop must not pay for it. */
static void who_asks_again_at_once_gets_the_same_until_something_happens(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	struct shared_buf *first =
		publish_snapshot(coordinator_fixture->peers->publisher, ROLE_VIEWER);
	struct shared_buf *again =
		publish_snapshot(coordinator_fixture->peers->publisher, ROLE_VIEWER);
	struct shared_buf *other =
		publish_snapshot(coordinator_fixture->peers->publisher, ROLE_OPERATOR);
	assert_non_null(first);
	assert_ptr_equal(again, first);
	assert_ptr_not_equal(other, first);
	bar(coordinator_fixture);
	struct shared_buf *later =
		publish_snapshot(coordinator_fixture->peers->publisher, ROLE_VIEWER);
	assert_ptr_not_equal(later, first);
	shared_buf_unref(first);
	shared_buf_unref(again);
	shared_buf_unref(other);
	shared_buf_unref(later);
	snapshots_fail = true;
	assert_null(publish_snapshot(coordinator_fixture->peers->publisher, ROLE_CHAIR));
}

/* ---- events ---- */

static void publish_example(struct coordinator_fixture *coordinator_fixture,
	struct ws_connection *connection, const struct event *event)
{
	struct wire_message *whole = calloc(1, sizeof(*whole));
	struct mtg_record *record = calloc(1, sizeof(*record));
	struct msg_text by = {0}, data = {0}, expected = {0};
	struct journal_entry entry;
	record->seq = 1;
	record->at.ms = 61000;
	record->wall.ms = 1657850400000;
	record->by.role = ROLE_OPERATOR;
	record->by.has_account = true;
	strcpy(record->by.account, "dao-dien");
	record->event = *event;
	assert_int_equal(record_encode(record, &by, &data, &entry), 0);
	publish_event(coordinator_fixture->peers->publisher, record, &entry);
	*whole = (struct wire_message){.type = WIRE_EVENT,
		.event = {.seq = 1, .at = record->at, .wall = record->wall, .by = record->by}};
	whole->event.body = *event;
	assert_int_equal(msg_append(&msg_wire_message, whole, &expected), 0);
	assert_int_equal(connection->last->size, expected.len);
	assert_memory_equal(connection->last->bytes, expected.data, expected.len);
	msg_text_finish(&by);
	msg_text_finish(&data);
	msg_text_finish(&expected);
	free(record);
	free(whole);
}

/* Every event there is, as the journal has it and as the schema says of the whole message. */
static void an_event_goes_out_as_the_schema_has_it(void **state)
{
	static const char form[] = "event\tok\t\t";
	struct coordinator_fixture *coordinator_fixture = *state;
	struct ws_connection connection = {.keeps = true};
	bool seen[EV_END] = {false};
	struct event *event = calloc(1, sizeof(*event));
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	coordinator_fixture_connect(coordinator_fixture, &connection, ROLE_OPERATOR, false);
	FILE *examples = fopen("proto/examples/event.txt", "r");
	assert_non_null(examples);
	while ((length = getline(&line, &capacity, examples)) > 0) {
		if (strncmp(line, form, sizeof(form) - 1) == 0) {
			size_t size = (size_t)length - sizeof(form); /* and no line end */
			assert_int_equal(msg_decode(&msg_event, line + sizeof(form) - 1, size, NULL,
						 event, NULL),
				0);
			publish_example(coordinator_fixture, &connection, event);
			seen[event->name] = true;
		}
	}
	for (int name = EV_UNSET + 1; name < EV_END; name++) {
		assert_true(seen[name]);
	}
	shared_buf_unref(connection.last);
	fclose(examples);
	free(line);
	free(event);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_change_that_could_not_be_told_is_told_later,
			setup, coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			whoever_comes_back_is_told_though_the_first_try_failed, setup,
			coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(a_spare_too, setup, coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			the_relay_too, setup, coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(people_who_missed_an_update_come_again, setup,
			coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(nobody_is_welcomed_to_a_meeting_he_is_not_shown,
			setup, coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			who_asks_again_at_once_gets_the_same_until_something_happens, setup,
			coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(an_event_goes_out_as_the_schema_has_it, setup,
			coordinator_fixture_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
