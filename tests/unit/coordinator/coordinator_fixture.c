/* See coordinator_fixture.h. */
#include "tests/unit/coordinator/coordinator_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void on_wake(void *user)
{
	(void)user;
}

static void command(struct coordinator_fixture *coordinator_fixture, struct command command)
{
	assert_int_equal(
		engine_submit_system(coordinator_fixture->engine, &command), REFUSAL_UNSET);
	assert_int_equal(engine_flush(coordinator_fixture->engine), 0);
}

static void create_peers(struct coordinator_fixture *fixture)
{
	static const char boot[INSTANCE_ID_SIZE] = "00000000000000000000000000000000";
	fixture->media_keys = calloc(1, sizeof(*fixture->media_keys));
	fixture->telemetry = telemetry_create(fixture->engine, fixture->media_keys);
	struct peers_config config = {
		.engine = fixture->engine,
		.media_keys = fixture->media_keys,
		.telemetry = fixture->telemetry,
		.boot = boot,
	};
	assert_int_equal(peers_create(&config, &fixture->peers), 0);
}

int coordinator_fixture_set_up(void **state)
{
	struct coordinator_fixture *fixture = calloc(1, sizeof(*fixture));
	small_plan_dir_make(&fixture->place);
	struct engine_config config = {
		.path = fixture->place.journal, .clock = &fixture->clock, .wake = on_wake};
	assert_int_equal(engine_create(&config, &fixture->engine), 0);
	create_peers(fixture);
	command(fixture, small_plan_meeting());
	command(fixture, small_plan_hall());
	*state = fixture;
	return 0;
}

int coordinator_fixture_tear_down(void **state)
{
	struct coordinator_fixture *fixture = *state;
	struct clients *clients = &fixture->peers->clients;
	while (clients->first) {
		clients_remove(clients, clients->first);
	}
	peers_destroy(fixture->peers);
	telemetry_destroy(fixture->telemetry);
	free(fixture->media_keys);
	engine_destroy(fixture->engine);
	small_plan_dir_remove(&fixture->place);
	free(fixture);
	return 0;
}

struct client *coordinator_fixture_connect(struct coordinator_fixture *coordinator_fixture,
	struct ws_connection *connection, enum role role, bool spare)
{
	static const struct ws_upgrade visitor;
	struct peer_identity identity = {.role = role, .number = role == ROLE_SITE};
	snprintf(identity.site, sizeof(identity.site), "%s", role == ROLE_SITE ? "hall" : "");
	struct client *client = clients_add(
		&coordinator_fixture->peers->clients, connection, &visitor, (struct instant){0});
	memset(client->peer.instance, 'a', sizeof(client->peer.instance) - 1);
	peer_admit(&client->peer, &identity, spare);
	if (!spare && (role == ROLE_SITE || role == ROLE_RELAY)) {
		coordinator_fixture->peers->admission.standbys[identity.number].holder.connection =
			client->number;
	}
	return client;
}
