/*
 * Links and spares reach the meeting, also after a command that reported them was refused because
 * too much waited for the disk.
 */
#include <stdio.h>
#include <string.h>

#include "coordinator/meeting/roster.h"
#include "coordinator/peers/admission.h"
#include "coordinator/peers/link_state.h"
#include "tests/unit/coordinator/coordinator_fixture.h"

struct ws_connection {
	char unused;
};

/* ---- what the linker puts in the place of the server and of what admission asks ---- */

uint64_t __wrap_ws_dropped(const struct ws_connection *connection);
int __wrap_identity_refresh(struct identity_registry *registry, bool *ret_changed);
bool __wrap_identity_holds(
	const struct identity_registry *registry, const struct credential *credential);
void __wrap_credentials_review(struct credentials *credentials, bool registry_changed);

uint64_t __wrap_ws_dropped(const struct ws_connection *connection)
{
	(void)connection;
	return 0;
}

int __wrap_identity_refresh(struct identity_registry *registry, bool *ret_changed)
{
	(void)registry;
	*ret_changed = false;
	return 0;
}

bool __wrap_identity_holds(
	const struct identity_registry *registry, const struct credential *credential)
{
	(void)registry;
	(void)credential;
	return true;
}

void __wrap_credentials_review(struct credentials *credentials, bool registry_changed)
{
	(void)credentials;
	(void)registry_changed;
}

/* ---- helpers ---- */

static struct ws_connection connections[4];

static int setup(void **state)
{
	int status = coordinator_fixture_set_up(state);
	peers_open(((struct coordinator_fixture *)*state)->peers);
	return status;
}

static const struct site *hall(const struct coordinator_fixture *coordinator_fixture)
{
	return mtg_site_by_id(engine_pending(coordinator_fixture->engine), "hall");
}

static const struct relay *relay(const struct coordinator_fixture *coordinator_fixture)
{
	return mtg_relay(engine_pending(coordinator_fixture->engine));
}

/* Orders until no more is taken; nothing is told of them yet. */
static void fill(struct coordinator_fixture *coordinator_fixture)
{
	struct command command = {.name = CMD_SITE_OBSERVE};
	snprintf(command.site_observe.site, sizeof(command.site_observe.site), "hall");
	command.site_observe.sign = SIGN_CLOCK_OFF;
	do {
		command.site_observe.present = !command.site_observe.present;
	} while (engine_submit_system(coordinator_fixture->engine, &command) == REFUSAL_UNSET);
	assert_true(engine_figures(coordinator_fixture->engine).waiting > ENGINE_PENDING_MAX / 2);
}

static void review(struct coordinator_fixture *coordinator_fixture)
{
	assert_int_equal(engine_flush(coordinator_fixture->engine), 0);
	admission_review(&coordinator_fixture->peers->admission);
	assert_int_equal(engine_flush(coordinator_fixture->engine), 0);
}

static struct client *come(
	struct coordinator_fixture *coordinator_fixture, int i, enum role role, bool spare)
{
	struct client *client =
		coordinator_fixture_connect(coordinator_fixture, &connections[i], role, spare);
	struct standby *seat = &coordinator_fixture->peers->admission.standbys[client->peer.number];
	struct standby_place *place = spare ? &seat->spare : &seat->holder;
	memset(client->peer.instance, '0' + i, sizeof(client->peer.instance) - 1);
	snprintf(client->visitor.address, sizeof(client->visitor.address), "192.0.2.%d", i);
	place->connection = client->number;
	memcpy(place->instance, client->peer.instance, sizeof(place->instance));
	return client;
}

static void go(struct coordinator_fixture *coordinator_fixture, struct client *client)
{
	admission_closed(&coordinator_fixture->peers->admission, client);
	clients_remove(&coordinator_fixture->peers->clients, client);
}

/* ---- tests ---- */

static void a_site_that_came_while_nothing_was_taken_is_online_later(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	fill(coordinator_fixture);
	struct client *client = come(coordinator_fixture, 1, ROLE_SITE, false);
	link_state_report(
		&coordinator_fixture->peers->admission.links, client, LINK_STATE_ONLINE, NULL);
	assert_int_equal(hall(coordinator_fixture)->link, LINK_STATE_ABSENT);
	review(coordinator_fixture);
	assert_int_equal(hall(coordinator_fixture)->link, LINK_STATE_ONLINE);
	assert_string_equal(hall(coordinator_fixture)->address, "192.0.2.1");
	int64_t before = mtg_last_seq(engine_committed(coordinator_fixture->engine));
	review(coordinator_fixture);
	assert_int_equal(mtg_last_seq(engine_committed(coordinator_fixture->engine)), before);
}

static void one_that_went_is_lost_later(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	struct client *client = come(coordinator_fixture, 1, ROLE_SITE, false);
	link_state_report(
		&coordinator_fixture->peers->admission.links, client, LINK_STATE_ONLINE, NULL);
	fill(coordinator_fixture);
	go(coordinator_fixture, client);
	assert_int_equal(hall(coordinator_fixture)->link, LINK_STATE_ONLINE);
	review(coordinator_fixture);
	assert_int_equal(hall(coordinator_fixture)->link, LINK_STATE_LOST);
}

static void spares_too(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	come(coordinator_fixture, 1, ROLE_SITE, false);
	fill(coordinator_fixture);
	struct client *spare = come(coordinator_fixture, 2, ROLE_SITE, true);
	link_state_report_spare(&coordinator_fixture->peers->admission.links, spare, true);
	review(coordinator_fixture);
	assert_true(hall(coordinator_fixture)->spare);
	assert_string_equal(hall(coordinator_fixture)->spare_instance, spare->peer.instance);
	fill(coordinator_fixture);
	go(coordinator_fixture, spare);
	review(coordinator_fixture);
	assert_false(hall(coordinator_fixture)->spare);
}

static void the_relay_too(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	fill(coordinator_fixture);
	struct client *client = come(coordinator_fixture, 1, ROLE_RELAY, false);
	link_state_report(
		&coordinator_fixture->peers->admission.links, client, LINK_STATE_ONLINE, NULL);
	review(coordinator_fixture);
	assert_int_equal(relay(coordinator_fixture)->link, LINK_STATE_ONLINE);
	fill(coordinator_fixture);
	go(coordinator_fixture, client);
	review(coordinator_fixture);
	assert_int_equal(relay(coordinator_fixture)->link, LINK_STATE_LOST);
}

/* Whoever stops tells of nobody that he is lost. */
static void at_the_end_nobody_is_lost(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	struct client *client = come(coordinator_fixture, 1, ROLE_SITE, false);
	link_state_report(
		&coordinator_fixture->peers->admission.links, client, LINK_STATE_ONLINE, NULL);
	peers_close(coordinator_fixture->peers);
	go(coordinator_fixture, client);
	review(coordinator_fixture);
	assert_int_equal(hall(coordinator_fixture)->link, LINK_STATE_ONLINE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_site_that_came_while_nothing_was_taken_is_online_later, setup,
			coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			one_that_went_is_lost_later, setup, coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(spares_too, setup, coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			the_relay_too, setup, coordinator_fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			at_the_end_nobody_is_lost, setup, coordinator_fixture_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
