#include "coordinator/identity/login_failures.h"

#include <stdbool.h>
#include <string.h>

#include "text_copy.h"

static bool is_over(const struct failed_logins *failed, struct instant now)
{
	return failed->attempts == 0 ||
	       span_between(failed->last, now).ms >= LOGIN_FAILURES_CALM_MS;
}

/* NULL: no recent failures. */
static struct login_failures_account *find(
	struct login_failures *failures, const char *account, struct instant now)
{
	for (size_t i = 0; i < LOGIN_FAILURES_ACCOUNTS_MAX; i++) {
		struct failed_logins *failed = &failures->accounts[i].failed;
		if (!is_over(failed, now) && strcmp(failed->account, account) == 0) {
			return &failures->accounts[i];
		}
	}
	return NULL;
}

/*
 * Among those with the fewest failures the newest makes room: else an attacker who tries very many
 * accounts in turn would push each one out before it is shown.
 */
static bool is_less(
	const struct failed_logins *one, const struct failed_logins *other, struct instant now)
{
	uint32_t here = is_over(one, now) ? 0 : one->attempts;
	uint32_t there = is_over(other, now) ? 0 : other->attempts;
	return here < there || (here == there && one->since.ms > other->since.ms);
}

static struct login_failures_account *begin(
	struct login_failures *failures, const char *account, struct instant now)
{
	struct login_failures_account *least = &failures->accounts[0];
	for (size_t i = 1; i < LOGIN_FAILURES_ACCOUNTS_MAX; i++) {
		struct login_failures_account *place = &failures->accounts[i];
		least = is_less(&place->failed, &least->failed, now) ? place : least;
	}
	memset(least, 0, sizeof(*least));
	TEXT_COPY(least->failed.account, account);
	least->failed.since = now;
	return least;
}

static void note_host(struct login_failures_account *place, uint64_t host)
{
	for (uint32_t i = 0; i < place->failed.addresses; i++) {
		if (place->hosts[i] == host) {
			return;
		}
	}
	if (place->failed.addresses < LOGIN_FAILURES_ADDRESSES_MAX) {
		place->hosts[place->failed.addresses++] = host;
	}
}

static void note(struct login_failures_account *place, uint64_t host, struct instant now)
{
	place->failed.attempts += place->failed.attempts < UINT32_MAX;
	place->failed.last = now;
	note_host(place, host);
}

void login_failures_add(
	struct login_failures *failures, const char *account, uint64_t host, struct instant now)
{
	struct login_failures_account *place = find(failures, account, now);
	note(place ? place : begin(failures, account, now), host, now);
}

void login_failures_add_slowed(
	struct login_failures *failures, const char *account, uint64_t host, struct instant now)
{
	struct login_failures_account *place = find(failures, account, now);
	if (place && place->failed.attempts >= LOGIN_FAILURES_SHOWN) {
		note(place, host, now);
	}
}

size_t login_failures_list(const struct login_failures *failures, struct instant now,
	struct failed_logins ret[LOGIN_FAILURES_ACCOUNTS_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < LOGIN_FAILURES_ACCOUNTS_MAX; i++) {
		const struct failed_logins *failed = &failures->accounts[i].failed;
		if (failed->attempts >= LOGIN_FAILURES_SHOWN && !is_over(failed, now)) {
			ret[n++] = *failed;
		}
	}
	return n;
}
