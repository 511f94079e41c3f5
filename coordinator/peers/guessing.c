#include "coordinator/peers/guessing.h"

#include <string.h>

#include "coordinator/coordinator.h"
#include "coordinator/peers/publish.h"

_Static_assert((int)GUESSES_ACCOUNTS_MAX == (int)WIRE_GUESSING_ACCOUNTS_MAX,
	"all that is shown can be told");

/* What nobody is called may be a password, typed one line too early. */
static const char *known(const struct coordinator *coordinator, const char *name)
{
	struct account account;
	return identity_account_find(coordinator->book, name, &account) == 0 ? name : "";
}

void guessing_failed(struct coordinator *coordinator, const char *name, uint64_t host)
{
	guesses_failed(&coordinator->guessing.guesses, known(coordinator, name), host,
		turn_now(coordinator->turn).at);
}

void guessing_slowed(struct coordinator *coordinator, const char *name, uint64_t host)
{
	guesses_slowed(&coordinator->guessing.guesses, known(coordinator, name), host,
		turn_now(coordinator->turn).at);
}

static void say(const struct guessed *guessed, struct now now, struct wire_guessed_account *ret)
{
	ret->has_account = guessed->account[0] != '\0';
	memcpy(ret->account, guessed->account, sizeof(ret->account));
	ret->attempts = guessed->attempts;
	ret->addresses = guessed->addresses;
	ret->wall.ms = now.wall.ms - span_between(guessed->since, now.at).ms;
}

static struct payload *encode(struct coordinator *coordinator)
{
	const struct guessing *guessing = &coordinator->guessing;
	struct now now = turn_now(coordinator->turn);
	struct wire_guessed_account accounts[GUESSES_ACCOUNTS_MAX] = {0};
	for (size_t i = 0; i < guessing->n_told; i++) {
		say(&guessing->told[i], now, &accounts[i]);
	}
	struct wire_message message;
	struct payload *payload = NULL;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_GUESSING;
	message.guessing.accounts = accounts;
	message.guessing.n_accounts = guessing->n_told;
	payload_encode(&msg_wire_message, &message, &payload);
	return payload;
}

static bool is_told(const struct guessing *guessing, const struct guessed *shown, size_t n)
{
	for (size_t i = 0; i < n && n == guessing->n_told; i++) {
		const struct guessed *told = &guessing->told[i];
		if (strcmp(shown[i].account, told->account) != 0 ||
			shown[i].attempts != told->attempts) {
			return false;
		}
	}
	return n == guessing->n_told;
}

void guessing_tell(struct coordinator *coordinator)
{
	struct guessing *guessing = &coordinator->guessing;
	struct guessed shown[GUESSES_ACCOUNTS_MAX];
	size_t n = guesses_show(&guessing->guesses, turn_now(coordinator->turn).at, shown);
	if (is_told(guessing, shown, n)) {
		return;
	}
	memcpy(guessing->told, shown, n * sizeof(*shown));
	guessing->n_told = n;
	struct payload *payload cleanup(payload_drop) = encode(coordinator);
	if (payload) {
		publish_to_staff(coordinator, OUTBOX_KEPT, WIRE_GUESSING, payload);
	}
}

void guessing_tell_to(struct coordinator *coordinator, struct client *client)
{
	if (coordinator->guessing.n_told == 0) {
		return;
	}
	struct payload *payload cleanup(payload_drop) = encode(coordinator);
	if (payload) {
		client_send(&coordinator->clients, client, OUTBOX_KEPT, WIRE_GUESSING, payload);
	}
}
