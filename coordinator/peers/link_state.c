#include "coordinator/peers/link_state.h"

#include <stdio.h>
#include <string.h>

#include "coordinator/meeting/roster.h"

/*
 * Who comes and goes without end is told of only so often. What is left out is told later: the
 * review looks at everybody again.
 */
static bool may_tell(struct coordinator *coordinator, uint32_t number, bool changes)
{
	return changes && flap_damping_link(&coordinator->flap_damping[number],
				  engine_now(coordinator->engine).at);
}

static void submit_relay_link(
	struct coordinator *coordinator, const char *instance, enum link_state link)
{
	const struct relay *relay = mtg_relay(engine_pending(coordinator->engine));
	bool changes = relay->link != link || strcmp(relay->instance, instance) != 0;
	struct command command;
	if (!may_tell(coordinator, 0, changes)) {
		return;
	}
	memset(&command, 0, sizeof(command));
	command.name = CMD_RELAY_LINK;
	struct cmd_relay_link *said = &command.relay_link;
	said->link = link;
	said->has_instance = true;
	snprintf(said->instance, sizeof(said->instance), "%s", instance);
	engine_submit_system(coordinator->engine, &command);
}

/* One that is online has an address. */
static void submit_site_link(struct coordinator *coordinator, const char *site,
	const char *instance, const char *address, const char *reason)
{
	const struct site *known = mtg_site_by_id(engine_pending(coordinator->engine), site);
	enum link_state link = address ? LINK_STATE_ONLINE : LINK_STATE_LOST;
	bool changes = known && (known->link != link || strcmp(known->instance, instance) != 0);
	struct command command;
	if (!may_tell(coordinator, known ? known->number : 0, changes)) {
		return;
	}
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_LINK;
	struct cmd_site_link *said = &command.site_link;
	snprintf(said->site, sizeof(said->site), "%s", site);
	said->link = link;
	said->has_instance = true;
	snprintf(said->instance, sizeof(said->instance), "%s", instance);
	said->has_address = address != NULL;
	snprintf(said->address, sizeof(said->address), "%s", address ? address : "");
	said->has_reason = reason != NULL;
	snprintf(said->reason, sizeof(said->reason), "%s", reason ? reason : "");
	engine_submit_system(coordinator->engine, &command);
}

/* An instance waits; NULL: none does. */
static void submit_spare(struct coordinator *coordinator, const char *site, const char *instance)
{
	const struct site *known = mtg_site_by_id(engine_pending(coordinator->engine), site);
	bool changes =
		known && (known->spare != (instance != NULL) ||
				 strcmp(known->spare_instance, instance ? instance : "") != 0);
	struct command command;
	if (!may_tell(coordinator, known ? known->number : 0, changes)) {
		return;
	}
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_SPARE;
	struct cmd_site_spare *said = &command.site_spare;
	snprintf(said->site, sizeof(said->site), "%s", site);
	said->waiting = instance != NULL;
	said->has_instance = instance != NULL;
	snprintf(said->instance, sizeof(said->instance), "%s", instance ? instance : "");
	engine_submit_system(coordinator->engine, &command);
}

void link_state_report(struct coordinator *coordinator, const struct client *client,
	enum link_state link, const char *reason)
{
	const struct peer *peer = &client->peer;
	const char *address = link == LINK_STATE_ONLINE ? client->visitor.address : NULL;
	if (peer->role == ROLE_RELAY) {
		submit_relay_link(coordinator, peer->instance, link);
	} else {
		submit_site_link(coordinator, peer->site, peer->instance, address, reason);
	}
}

void link_state_report_spare(
	struct coordinator *coordinator, const struct client *client, bool waiting)
{
	if (client->peer.role == ROLE_SITE) {
		submit_spare(
			coordinator, client->peer.site, waiting ? client->peer.instance : NULL);
	}
}

/* ---- again ---- */

static void review_relay(struct coordinator *coordinator, const struct relay *relay)
{
	const struct standby_place *holder = &coordinator->standbys[0].holder;
	const struct client *client = clients_find(&coordinator->clients, holder->connection);
	bool online = relay->link == LINK_STATE_ONLINE;
	if (client && !(online && strcmp(relay->instance, holder->instance) == 0)) {
		link_state_report(coordinator, client, LINK_STATE_ONLINE, NULL);
	} else if (!client && online) {
		submit_relay_link(coordinator, relay->instance, LINK_STATE_LOST);
	}
}

static void review_link(struct coordinator *coordinator, const struct site *site)
{
	const struct standby_place *holder = &coordinator->standbys[site->number].holder;
	const struct client *client = clients_find(&coordinator->clients, holder->connection);
	bool online = site->link == LINK_STATE_ONLINE;
	if (client && !(online && strcmp(site->instance, holder->instance) == 0)) {
		link_state_report(coordinator, client, LINK_STATE_ONLINE, NULL);
	} else if (!client && online) {
		submit_site_link(coordinator, site->id, site->instance, NULL, NULL);
	}
}

static void review_spare(struct coordinator *coordinator, const struct site *site)
{
	const struct standby_place *spare = &coordinator->standbys[site->number].spare;
	bool waits = spare->connection != 0;
	if (waits != site->spare || (waits && strcmp(site->spare_instance, spare->instance) != 0)) {
		submit_spare(coordinator, site->id, waits ? spare->instance : NULL);
	}
}

/* Where something waits for the disk, the seats are yet to hear of it. */
void link_state_review(struct coordinator *coordinator)
{
	const struct meeting *meeting = engine_pending(coordinator->engine);
	if (coordinator->health != HEALTH_SERVING ||
		engine_figures(coordinator->engine).waiting > 0) {
		return;
	}
	review_relay(coordinator, mtg_relay(meeting));
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		review_link(coordinator, mtg_site(meeting, (int)i));
		review_spare(coordinator, mtg_site(meeting, (int)i));
	}
}
