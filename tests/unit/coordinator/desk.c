/* See desk.h. */
#include "tests/unit/coordinator/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/peers/publish.h"

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

static void order(struct desk *desk, struct command command)
{
	assert_int_equal(turn_order_system(desk->coordinator.turn, &command), REFUSAL_UNSET);
	assert_int_equal(turn_flush(desk->coordinator.turn), 0);
}

int desk_set_up(void **state)
{
	struct desk *desk = calloc(1, sizeof(*desk));
	struct coordinator *coordinator = &desk->coordinator;
	small_place_make(&desk->place);
	struct turn_config config = {.path = desk->place.journal,
		.clock = &coordinator->clock,
		.port = &port,
		.user = desk};
	assert_int_equal(turn_create(&config, &coordinator->turn), 0);
	coordinator->publisher = publisher_create();
	coordinator->secrets = calloc(1, sizeof(*coordinator->secrets));
	memset(coordinator->boot, '0', sizeof(coordinator->boot) - 1);
	order(desk, small_meeting());
	order(desk, small_hall());
	*state = desk;
	return 0;
}

int desk_tear_down(void **state)
{
	struct desk *desk = *state;
	struct coordinator *coordinator = &desk->coordinator;
	while (coordinator->clients.first) {
		clients_remove(&coordinator->clients, coordinator->clients.first);
	}
	publisher_destroy(coordinator->publisher);
	free(coordinator->secrets);
	turn_destroy(coordinator->turn);
	small_place_remove(&desk->place);
	free(desk);
	return 0;
}

struct client *desk_come(
	struct desk *desk, struct ws_connection *connection, enum role role, bool spare)
{
	static const struct ws_visitor visitor;
	struct peer_identity identity = {.role = role, .number = role == ROLE_SITE};
	snprintf(identity.site, sizeof(identity.site), "%s", role == ROLE_SITE ? "hall" : "");
	struct client *client =
		clients_add(&desk->coordinator.clients, connection, &visitor, (struct instant){0});
	memset(client->peer.instance, 'a', sizeof(client->peer.instance) - 1);
	peer_admit(&client->peer, &identity, spare);
	if (!spare && (role == ROLE_SITE || role == ROLE_RELAY)) {
		desk->coordinator.seats[identity.number].holder.connection = client->number;
	}
	return client;
}
