/* See desk.h. */
#include "tests/unit/coordinator/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static void order(struct desk *desk, const struct command *command)
{
	assert_int_equal(turn_order_system(desk->coordinator.turn, command), REFUSAL_UNSET);
	assert_int_equal(turn_flush(desk->coordinator.turn), 0);
}

static void begin_meeting(struct desk *desk)
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
	order(desk, &command);
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_ADD;
	struct cmd_site_add *site = &command.site_add;
	snprintf(site->site, sizeof(site->site), "hall");
	snprintf(site->name, sizeof(site->name), "Hall");
	snprintf(site->short_code, sizeof(site->short_code), "HAL");
	snprintf(site->region, sizeof(site->region), "South");
	site->number = 1;
	site->kind = SITE_KIND_REMOTE;
	order(desk, &command);
}

int desk_set_up(void **state)
{
	struct desk *desk = calloc(1, sizeof(*desk));
	struct coordinator *coordinator = &desk->coordinator;
	char path[96];
	snprintf(desk->dir, sizeof(desk->dir), "/tmp/diemcau-publish-XXXXXX");
	assert_non_null(mkdtemp(desk->dir));
	snprintf(path, sizeof(path), "%s/meeting.sqlite", desk->dir);
	struct turn_config config = {
		.path = path, .clock = &coordinator->clock, .port = &port, .user = desk};
	assert_int_equal(turn_create(&config, &coordinator->turn), 0);
	coordinator->publisher = publisher_create();
	coordinator->secrets = calloc(1, sizeof(*coordinator->secrets));
	memset(coordinator->boot, '0', sizeof(coordinator->boot) - 1);
	begin_meeting(desk);
	*state = desk;
	return 0;
}

int desk_tear_down(void **state)
{
	static const char *const names[] = {"", "-wal", "-shm", ".lock"};
	struct desk *desk = *state;
	struct coordinator *coordinator = &desk->coordinator;
	while (coordinator->clients.first) {
		clients_remove(&coordinator->clients, coordinator->clients.first);
	}
	publisher_destroy(coordinator->publisher);
	free(coordinator->secrets);
	turn_destroy(coordinator->turn);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[128];
		snprintf(path, sizeof(path), "%s/meeting.sqlite%s", desk->dir, names[i]);
		unlink(path);
	}
	rmdir(desk->dir);
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
	peer_admit(&client->peer, &identity, spare);
	if (!spare && (role == ROLE_SITE || role == ROLE_RELAY)) {
		desk->coordinator.seats[identity.number].holder.connection = client->number;
	}
	return client;
}
