#include "coordinator/peers/connection_log.h"

#include <errno.h>

#include "coordinator/host/log.h"
#include "proto/network/netblock.h"

enum { ORIGINS_MAX = 4096 }; /* rejected addresses that are remembered */

int connection_log_init(struct connection_log *log, struct engine *engine, uint64_t seed)
{
	*log = (struct connection_log){
		.engine = engine, .backoff = login_backoff_create(ORIGINS_MAX, seed)};
	return log->backoff ? 0 : -ENOMEM;
}

void connection_log_finish(struct connection_log *log)
{
	login_backoff_destroy(log->backoff);
}

static const char *name_of(const struct peer *peer)
{
	return peer->account[0] ? peer->account : peer->site;
}

static bool account_is_due(struct connection_log *log, const struct peer *peer)
{
	struct instant now = engine_service_now(log->engine).at;
	uint64_t account = login_backoff_hash(peer->account);
	if (peer->account[0] == '\0') {
		return true;
	}
	if (login_backoff_wait(log->backoff, LOGIN_BACKOFF_LINES, account, now).ms > 0) {
		return false;
	}
	login_backoff_failed(log->backoff, LOGIN_BACKOFF_LINES, account, 0, now);
	return true;
}

static bool origin_is_due(struct connection_log *log, const char *address)
{
	static const enum login_backoff_kind kinds[NETBLOCK_SIZES] = {
		[NETBLOCK_HOST] = LOGIN_BACKOFF_TOKENS,
		[NETBLOCK_NETWORK] = LOGIN_BACKOFF_NETWORK,
		[NETBLOCK_REGION] = LOGIN_BACKOFF_REGION,
	};
	struct login_backoff *backoff = log->backoff;
	struct instant now = engine_service_now(log->engine).at;
	struct netblocks origin = netblocks_of_text(address);
	for (int rung = 0; rung < NETBLOCK_SIZES; rung++) {
		if (login_backoff_wait(backoff, kinds[rung], origin.networks[rung], now).ms > 0) {
			return false;
		}
	}
	for (int rung = 0; rung < NETBLOCK_SIZES; rung++) {
		login_backoff_failed(backoff, kinds[rung], origin.networks[rung], 0, now);
	}
	return true;
}

void connection_log_presence(
	struct connection_log *log, const struct client *client, const char *how)
{
	const struct peer *peer = &client->peer;
	const char *name = name_of(peer);
	const char *why = client->bye_reason;
	if (account_is_due(log, peer)) {
		log_line(LOG_LINE_INFO, "%s%s%s %s from %s%s%s",
			msg_enum_name(&msg_role, (int)peer->role), name[0] ? " " : "", name, how,
			client->visitor.address, why ? ": " : "", why ? why : "");
	}
}

void connection_log_closed(
	struct connection_log *log, const struct client *client, enum refusal code)
{
	const struct peer *peer = &client->peer;
	if (account_is_due(log, peer)) {
		log_line(LOG_LINE_NOTICE, "%s %s at %s is closed: %s",
			msg_enum_name(&msg_role, (int)peer->role), name_of(peer),
			client->visitor.address, msg_enum_name(&msg_refusal, (int)code));
	}
}

void connection_log_rejected(
	struct connection_log *log, const struct client *client, enum role role, enum refusal code)
{
	log->turned_away++;
	if (origin_is_due(log, client->visitor.address)) {
		log_line(LOG_LINE_NOTICE, "%s from %s turned away: %s",
			role == ROLE_UNSET ? "a client" : msg_enum_name(&msg_role, (int)role),
			client->visitor.address, msg_enum_name(&msg_refusal, (int)code));
	}
}
