#include "coordinator/peers/login_alerts.h"

#include <string.h>

#include "wire_msg.h"

_Static_assert((int)LOGIN_FAILURES_ACCOUNTS_MAX == (int)WIRE_GUESSING_ACCOUNTS_MAX,
	"the message holds all accounts shown");

/* An unknown name may be a password, typed one line too early. */
static const char *known(const struct login_alerts *alerts, const char *name)
{
	struct account account;
	return identity_account_find(alerts->registry, name, &account) == 0 ? name : "";
}

void login_alerts_failed(struct login_alerts *alerts, const char *name, uint64_t host)
{
	login_failures_add(&alerts->failures, known(alerts, name), host,
		engine_service_now(alerts->engine).at);
}

void login_alerts_slowed(struct login_alerts *alerts, const char *name, uint64_t host)
{
	login_failures_add_slowed(&alerts->failures, known(alerts, name), host,
		engine_service_now(alerts->engine).at);
}

static void say(
	const struct failed_logins *failed, struct now now, struct wire_guessed_account *ret)
{
	ret->has_account = failed->account[0] != '\0';
	memcpy(ret->account, failed->account, sizeof(ret->account));
	ret->attempts = failed->attempts;
	ret->addresses = failed->addresses;
	ret->wall.ms = now.wall.ms - span_between(failed->since, now.at).ms;
}

static struct shared_buf *encode(struct login_alerts *alerts)
{
	struct now now = engine_service_now(alerts->engine);
	struct wire_guessed_account accounts[LOGIN_FAILURES_ACCOUNTS_MAX] = {0};
	for (size_t i = 0; i < alerts->n_told; i++) {
		say(&alerts->sent[i], now, &accounts[i]);
	}
	struct shared_buf *payload = NULL;
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_GUESSING;
	message.guessing.accounts = accounts;
	message.guessing.n_accounts = alerts->n_told;
	shared_buf_encode(&msg_wire_message, &message, &payload);
	return payload;
}

static bool is_sent(
	const struct login_alerts *alerts, const struct failed_logins *current, size_t n)
{
	for (size_t i = 0; i < n && n == alerts->n_told; i++) {
		const struct failed_logins *sent = &alerts->sent[i];
		if (strcmp(current[i].account, sent->account) != 0 ||
			current[i].attempts != sent->attempts) {
			return false;
		}
	}
	return n == alerts->n_told;
}

struct shared_buf *login_alerts_fresh(struct login_alerts *alerts)
{
	struct failed_logins current[LOGIN_FAILURES_ACCOUNTS_MAX];
	size_t n = login_failures_list(
		&alerts->failures, engine_service_now(alerts->engine).at, current);
	if (is_sent(alerts, current, n)) {
		return NULL;
	}
	memcpy(alerts->sent, current, n * sizeof(*current));
	alerts->n_told = n;
	return encode(alerts);
}

struct shared_buf *login_alerts_all(struct login_alerts *alerts)
{
	return alerts->n_told > 0 ? encode(alerts) : NULL;
}
