/* See coordinator_fixture.h. */
#include "tests/unit/coordinator/coordinator_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/peers/publish.h"

static void on_told(void *user, const struct mtg_record *record)
{
	(void)user;
	(void)record;
}

static void on_answered(void *user, const struct engine_reply *answer)
{
	(void)user;
	(void)answer;
}

static void on_moment(void *user)
{
	(void)user;
}

static const struct engine_port port = {on_told, on_answered, on_moment, on_moment};

static void command(struct coordinator_fixture *coordinator_fixture, struct command command)
{
	assert_int_equal(engine_submit_system(coordinator_fixture->coordinator.engine, &command),
		REFUSAL_UNSET);
	assert_int_equal(engine_flush(coordinator_fixture->coordinator.engine), 0);
}

int coordinator_fixture_set_up(void **state)
{
	struct coordinator_fixture *coordinator_fixture = calloc(1, sizeof(*coordinator_fixture));
	struct coordinator *coordinator = &coordinator_fixture->coordinator;
	small_plan_dir_make(&coordinator_fixture->place);
	struct engine_config config = {.path = coordinator_fixture->place.journal,
		.clock = &coordinator->clock,
		.port = &port,
		.user = coordinator_fixture};
	assert_int_equal(engine_create(&config, &coordinator->engine), 0);
	coordinator->publisher = publisher_create();
	coordinator->media_keys = calloc(1, sizeof(*coordinator->media_keys));
	memset(coordinator->boot, '0', sizeof(coordinator->boot) - 1);
	command(coordinator_fixture, small_plan_meeting());
	command(coordinator_fixture, small_plan_hall());
	*state = coordinator_fixture;
	return 0;
}

int coordinator_fixture_tear_down(void **state)
{
	struct coordinator_fixture *coordinator_fixture = *state;
	struct coordinator *coordinator = &coordinator_fixture->coordinator;
	while (coordinator->clients.first) {
		clients_remove(&coordinator->clients, coordinator->clients.first);
	}
	publisher_destroy(coordinator->publisher);
	free(coordinator->media_keys);
	engine_destroy(coordinator->engine);
	small_plan_dir_remove(&coordinator_fixture->place);
	free(coordinator_fixture);
	return 0;
}

struct client *coordinator_fixture_connect(struct coordinator_fixture *coordinator_fixture,
	struct ws_connection *connection, enum role role, bool spare)
{
	static const struct ws_upgrade visitor;
	struct peer_identity identity = {.role = role, .number = role == ROLE_SITE};
	snprintf(identity.site, sizeof(identity.site), "%s", role == ROLE_SITE ? "hall" : "");
	struct client *client = clients_add(&coordinator_fixture->coordinator.clients, connection,
		&visitor, (struct instant){0});
	memset(client->peer.instance, 'a', sizeof(client->peer.instance) - 1);
	peer_admit(&client->peer, &identity, spare);
	if (!spare && (role == ROLE_SITE || role == ROLE_RELAY)) {
		coordinator_fixture->coordinator.standbys[identity.number].holder.connection =
			client->number;
	}
	return client;
}
