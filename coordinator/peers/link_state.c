#include "coordinator/peers/link_state.h"

#include <string.h>

#include "coordinator/meeting/direction.h"
#include "coordinator/meeting/roster.h"
#include "text_copy.h"

/*
 * Links that flap are reported at a limited rate. Changes left out are reported later: the review
 * checks all links again.
 */
static bool may_report(struct link_states *links, uint32_t number, bool changes)
{
	return changes &&
	       flap_damping_link(&links->damping[number], engine_service_now(links->engine).at);
}

static void submit_relay_link(struct link_states *links, const char *instance, enum link_state link)
{
	const struct relay *relay = mtg_relay(engine_pending(links->engine));
	bool changes = relay->link != link || strcmp(relay->instance, instance) != 0;
	if (!may_report(links, 0, changes)) {
		return;
	}
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_RELAY_LINK;
	struct cmd_relay_link *body = &command.relay_link;
	body->link = link;
	body->has_instance = true;
	TEXT_COPY(body->instance, instance);
	engine_submit_system(links->engine, &command);
}

/* A client that is online has an address. */
static void submit_site_link(struct link_states *links, const char *site, const char *instance,
	const char *address, const char *reason)
{
	const struct site *known = mtg_site_by_id(engine_pending(links->engine), site);
	enum link_state link = address ? LINK_STATE_ONLINE : LINK_STATE_LOST;
	bool changes = known && (known->link != link || strcmp(known->instance, instance) != 0);
	if (!may_report(links, known ? known->number : 0, changes)) {
		return;
	}
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_LINK;
	struct cmd_site_link *body = &command.site_link;
	TEXT_COPY(body->site, site);
	body->link = link;
	body->has_instance = true;
	TEXT_COPY(body->instance, instance);
	body->has_address = address != NULL;
	TEXT_COPY(body->address, address ? address : "");
	body->has_reason = reason != NULL;
	TEXT_COPY(body->reason, reason ? reason : "");
	engine_submit_system(links->engine, &command);
}

/* The standby instance; NULL: none. */
static void submit_spare(struct link_states *links, const char *site, const char *instance)
{
	const struct site *known = mtg_site_by_id(engine_pending(links->engine), site);
	bool changes =
		known && (known->spare != (instance != NULL) ||
				 strcmp(known->spare_instance, instance ? instance : "") != 0);
	if (!may_report(links, known ? known->number : 0, changes)) {
		return;
	}
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_SPARE;
	struct cmd_site_spare *body = &command.site_spare;
	TEXT_COPY(body->site, site);
	body->waiting = instance != NULL;
	body->has_instance = instance != NULL;
	TEXT_COPY(body->instance, instance ? instance : "");
	engine_submit_system(links->engine, &command);
}

void link_state_report(struct link_states *links, const struct client *client, enum link_state link,
	const char *reason)
{
	const struct peer *peer = &client->peer;
	const char *address = link == LINK_STATE_ONLINE ? client->visitor.address : NULL;
	if (peer->role == ROLE_RELAY) {
		submit_relay_link(links, peer->instance, link);
	} else {
		submit_site_link(links, peer->site, peer->instance, address, reason);
	}
}

void link_state_report_spare(struct link_states *links, const struct client *client, bool waiting)
{
	if (client->peer.role == ROLE_SITE) {
		submit_spare(links, client->peer.site, waiting ? client->peer.instance : NULL);
	}
}

/* ---- review ---- */

static void review_relay(struct link_states *links, const struct relay *relay,
	const struct clients *clients, const struct standby *standby)
{
	const struct client *client = clients_find(clients, standby->holder.connection);
	bool online = relay->link == LINK_STATE_ONLINE;
	if (client && !(online && strcmp(relay->instance, standby->holder.instance) == 0)) {
		link_state_report(links, client, LINK_STATE_ONLINE, NULL);
	} else if (!client && online) {
		submit_relay_link(links, relay->instance, LINK_STATE_LOST);
	}
}

static void review_link(struct link_states *links, const struct site *site,
	const struct clients *clients, const struct standby *standby)
{
	const struct client *client = clients_find(clients, standby->holder.connection);
	bool online = site->link == LINK_STATE_ONLINE;
	if (client && !(online && strcmp(site->instance, standby->holder.instance) == 0)) {
		link_state_report(links, client, LINK_STATE_ONLINE, NULL);
	} else if (!client && online) {
		submit_site_link(links, site->id, site->instance, NULL, NULL);
	}
}

static void review_spare(
	struct link_states *links, const struct site *site, const struct standby_place *spare)
{
	bool waits = spare->connection != 0;
	if (waits != site->spare || (waits && strcmp(site->spare_instance, spare->instance) != 0)) {
		submit_spare(links, site->id, waits ? spare->instance : NULL);
	}
}

static bool is_connected(const struct clients *clients, const char *account)
{
	for (const struct client *client = clients->first; client; client = client->next) {
		if (peer_is_person(&client->peer) && client->peer.role == ROLE_OPERATOR &&
			strcmp(client->peer.account, account) == 0) {
			return true;
		}
	}
	return false;
}

/* At the pace of the review: a page that is loaded anew has lost nothing. */
static void review_direction(struct link_states *links, const struct clients *clients)
{
	const struct direction *direction = mtg_direction(engine_pending(links->engine));
	if (direction->account[0] == '\0') {
		return;
	}
	bool there = is_connected(clients, direction->account);
	if (there == (direction->link == LINK_STATE_ONLINE)) {
		return;
	}
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_DIRECTION_LINK;
	TEXT_COPY(command.direction_link.account, direction->account);
	command.direction_link.link = there ? LINK_STATE_ONLINE : LINK_STATE_LOST;
	engine_submit_system(links->engine, &command);
}

/* While events wait for the disk, the standby state may still change. */
void link_state_review(
	struct link_states *links, const struct clients *clients, const struct standby *standbys)
{
	const struct meeting *meeting = engine_pending(links->engine);
	if (engine_figures(links->engine).waiting > 0) {
		return;
	}
	review_direction(links, clients);
	review_relay(links, mtg_relay(meeting), clients, &standbys[0]);
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		const struct site *site = mtg_site(meeting, (int)i);
		const struct standby *standby = &standbys[site->number];
		if (site->removed) {
			continue;
		}
		review_link(links, site, clients, standby);
		review_spare(links, site, &standby->spare);
	}
}
