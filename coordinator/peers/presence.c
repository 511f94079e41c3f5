#include "coordinator/peers/presence.h"

#include <string.h>

#include "text_copy.h"

static bool is_about_floor(enum event_name name)
{
	static const enum event_name names[] = {EV_TURN_CUED, EV_TURN_UNCUED, EV_FLOOR_TAKEN,
		EV_FLOOR_RELEASED, EV_FLOOR_INTERRUPTED, EV_FLOOR_RESUMED, EV_FLOOR_UNDONE,
		EV_FLOOR_EXTENDED};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i] == name) {
			return true;
		}
	}
	return false;
}

void presence_committed(struct presence *presence, const struct mtg_record *record)
{
	if (record->by.has_account && is_about_floor(record->event.name)) {
		TEXT_COPY(presence->now.director, record->by.account);
		presence->now.directed = record->wall;
	}
}

static struct present_account *place_of(struct present *present, const struct peer *peer)
{
	for (size_t i = 0; i < present->n_accounts; i++) {
		struct present_account *known = &present->accounts[i];
		if (known->role == peer->role && strcmp(known->account, peer->account) == 0) {
			return known;
		}
	}
	if (present->n_accounts == WIRE_PRESENT_PEOPLE_MAX) {
		return NULL;
	}
	struct present_account *fresh = &present->accounts[present->n_accounts++];
	TEXT_COPY(fresh->account, peer->account);
	fresh->role = peer->role;
	fresh->since = peer->opened;
	return fresh;
}

/* Clients stand in the order in which they came, viewers behind all others. */
static void look(struct presence *presence)
{
	struct present *present = &presence->now;
	present->n_accounts = 0;
	present->viewers = 0;
	memset(present->accounts, 0, sizeof(present->accounts));
	for (const struct client *client = presence->clients->first; client;
		client = client->next) {
		if (!peer_is_person(&client->peer)) {
			continue;
		}
		if (client->peer.role == ROLE_VIEWER) {
			present->viewers++;
			continue;
		}
		struct present_account *place = place_of(present, &client->peer);
		if (place) {
			place->connections++;
		}
	}
}

static void say(const struct present_account *account, struct now now, struct wire_person *ret)
{
	memcpy(ret->account, account->account, sizeof(ret->account));
	ret->role = account->role;
	ret->since.ms = now.wall.ms - span_between(account->since, now.at).ms;
	ret->connections = account->connections;
}

static struct shared_buf *encode(const struct presence *presence)
{
	const struct present *present = &presence->now;
	struct now now = engine_service_now(presence->engine);
	struct wire_person people[WIRE_PRESENT_PEOPLE_MAX] = {0};
	for (size_t i = 0; i < present->n_accounts; i++) {
		say(&present->accounts[i], now, &people[i]);
	}
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_PRESENT;
	message.present.people = people;
	message.present.n_people = present->n_accounts;
	message.present.viewers = present->viewers;
	message.present.has_director = present->director[0] != '\0';
	memcpy(message.present.director, present->director, sizeof(message.present.director));
	message.present.has_directed = message.present.has_director;
	message.present.directed = present->directed;
	return client_encode(&message);
}

struct shared_buf *presence_fresh(struct presence *presence)
{
	look(presence);
	if (memcmp(&presence->now, &presence->sent, sizeof(presence->now)) == 0) {
		return NULL;
	}
	memcpy(&presence->sent, &presence->now, sizeof(presence->sent));
	return encode(presence);
}

struct shared_buf *presence_all(struct presence *presence)
{
	look(presence);
	return encode(presence);
}
