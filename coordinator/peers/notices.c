#include "coordinator/peers/notices.h"

#include "coordinator/host/log.h"
#include "coordinator/peers/clients.h"

static const char *name_of(const struct peer *peer)
{
	return peer->account[0] ? peer->account : peer->site;
}

static bool account_is_due(struct coordinator *coordinator, const struct peer *peer)
{
	struct instant now = turn_now(coordinator->turn).at;
	uint64_t account = throttle_hash(peer->account);
	if (peer->account[0] == '\0') {
		return true;
	}
	if (throttle_wait(coordinator->strangers, THROTTLE_LINES, account, now).ms > 0) {
		return false;
	}
	throttle_failed(coordinator->strangers, THROTTLE_LINES, account, 0, now);
	return true;
}

static bool stranger_is_due(struct coordinator *coordinator, const char *address)
{
	static const enum throttle_kind kinds[ORIGIN_RUNGS] = {
		[ORIGIN_HOST] = THROTTLE_TOKENS,
		[ORIGIN_NETWORK] = THROTTLE_NETWORK,
		[ORIGIN_REGION] = THROTTLE_REGION,
	};
	struct throttle *throttle = coordinator->strangers;
	struct instant now = turn_now(coordinator->turn).at;
	struct origin origin = origin_of_text(address);
	for (int rung = 0; rung < ORIGIN_RUNGS; rung++) {
		if (throttle_wait(throttle, kinds[rung], origin.networks[rung], now).ms > 0) {
			return false;
		}
	}
	for (int rung = 0; rung < ORIGIN_RUNGS; rung++) {
		throttle_failed(throttle, kinds[rung], origin.networks[rung], 0, now);
	}
	return true;
}

void notice_arrival(struct coordinator *coordinator, const struct client *client, const char *how)
{
	const struct peer *peer = &client->peer;
	const char *name = name_of(peer);
	const char *why = client->farewell;
	if (account_is_due(coordinator, peer)) {
		log_line(LOG_LINE_INFO, "%s%s%s %s from %s%s%s",
			msg_enum_name(&msg_role, (int)peer->role), name[0] ? " " : "", name, how,
			client->visitor.address, why ? ": " : "", why ? why : "");
	}
}

void notice_closed(struct coordinator *coordinator, const struct client *client, enum refusal code)
{
	const struct peer *peer = &client->peer;
	if (account_is_due(coordinator, peer)) {
		log_line(LOG_LINE_NOTICE, "%s %s at %s is closed: %s",
			msg_enum_name(&msg_role, (int)peer->role), name_of(peer),
			client->visitor.address, msg_enum_name(&msg_refusal, (int)code));
	}
}

void notice_turned_away(struct coordinator *coordinator, const struct client *client,
	enum role role, enum refusal code)
{
	coordinator->turned_away++;
	if (stranger_is_due(coordinator, client->visitor.address)) {
		log_line(LOG_LINE_NOTICE, "%s from %s turned away: %s",
			role == ROLE_UNSET ? "somebody" : msg_enum_name(&msg_role, (int)role),
			client->visitor.address, msg_enum_name(&msg_refusal, (int)code));
	}
}
