#include "coordinator/peers/login_alerts.h"

#include <string.h>

#include "coordinator/coordinator.h"
#include "coordinator/peers/publish.h"

_Static_assert((int)LOGIN_FAILURES_ACCOUNTS_MAX == (int)WIRE_GUESSING_ACCOUNTS_MAX,
	"all that is shown can be told");

/* What nobody is called may be a password, typed one line too early. */
static const char *known(const struct coordinator *coordinator, const char *name)
{
	struct account account;
	return identity_account_find(coordinator->registry, name, &account) == 0 ? name : "";
}

void login_alerts_failed(struct coordinator *coordinator, const char *name, uint64_t host)
{
	login_failures_add(&coordinator->login_alerts.failures, known(coordinator, name), host,
		engine_now(coordinator->engine).at);
}

void login_alerts_slowed(struct coordinator *coordinator, const char *name, uint64_t host)
{
	login_failures_add_slowed(&coordinator->login_alerts.failures, known(coordinator, name),
		host, engine_now(coordinator->engine).at);
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

static struct shared_buf *encode(struct coordinator *coordinator)
{
	const struct login_alerts *login_alerts = &coordinator->login_alerts;
	struct now now = engine_now(coordinator->engine);
	struct wire_guessed_account accounts[LOGIN_FAILURES_ACCOUNTS_MAX] = {0};
	for (size_t i = 0; i < login_alerts->n_told; i++) {
		say(&login_alerts->told[i], now, &accounts[i]);
	}
	struct wire_message message;
	struct shared_buf *payload = NULL;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_GUESSING;
	message.guessing.accounts = accounts;
	message.guessing.n_accounts = login_alerts->n_told;
	shared_buf_encode(&msg_wire_message, &message, &payload);
	return payload;
}

static bool is_told(
	const struct login_alerts *login_alerts, const struct failed_logins *shown, size_t n)
{
	for (size_t i = 0; i < n && n == login_alerts->n_told; i++) {
		const struct failed_logins *told = &login_alerts->told[i];
		if (strcmp(shown[i].account, told->account) != 0 ||
			shown[i].attempts != told->attempts) {
			return false;
		}
	}
	return n == login_alerts->n_told;
}

void login_alerts_send(struct coordinator *coordinator)
{
	struct login_alerts *login_alerts = &coordinator->login_alerts;
	struct failed_logins shown[LOGIN_FAILURES_ACCOUNTS_MAX];
	size_t n = login_failures_list(
		&login_alerts->failures, engine_now(coordinator->engine).at, shown);
	if (is_told(login_alerts, shown, n)) {
		return;
	}
	memcpy(login_alerts->told, shown, n * sizeof(*shown));
	login_alerts->n_told = n;
	struct shared_buf *payload cleanup(shared_buf_unref) = encode(coordinator);
	if (payload) {
		publish_to_staff(coordinator, OUTBOX_RELIABLE, WIRE_GUESSING, payload);
	}
}

void login_alerts_send_to(struct coordinator *coordinator, struct client *client)
{
	if (coordinator->login_alerts.n_told == 0) {
		return;
	}
	struct shared_buf *payload cleanup(shared_buf_unref) = encode(coordinator);
	if (payload) {
		client_send(&coordinator->clients, client, OUTBOX_RELIABLE, WIRE_GUESSING, payload);
	}
}
