#include "coordinator/identity/login_failures.h"

#include <stdbool.h>
#include <string.h>

#include "text_copy.h"

static bool is_over(const struct failed_logins *failed, struct instant now)
{
	return failed->attempts == 0 ||
	       span_between(failed->last, now).ms >= LOGIN_FAILURES_CALM_MS;
}

/* NULL: nobody guesses at it. */
static struct login_failures_account *find(
	struct login_failures *failures, const char *account, struct instant now)
{
	for (size_t i = 0; i < LOGIN_FAILURES_ACCOUNTS_MAX; i++) {
		struct failed_logins *told = &failures->accounts[i].told;
		if (!is_over(told, now) && strcmp(told->account, account) == 0) {
			return &failures->accounts[i];
		}
	}
	return NULL;
}

/*
 * Of those tried least often the last to come makes room: whoever tries each of very many accounts
 * a few times, in turn, would else push every one out before it is shown.
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
		least = is_less(&place->told, &least->told, now) ? place : least;
	}
	memset(least, 0, sizeof(*least));
	TEXT_COPY(least->told.account, account);
	least->told.since = now;
	return least;
}

static void note_host(struct login_failures_account *place, uint64_t host)
{
	for (uint32_t i = 0; i < place->told.addresses; i++) {
		if (place->hosts[i] == host) {
			return;
		}
	}
	if (place->told.addresses < LOGIN_FAILURES_ADDRESSES_MAX) {
		place->hosts[place->told.addresses++] = host;
	}
}

static void note(struct login_failures_account *place, uint64_t host, struct instant now)
{
	place->told.attempts += place->told.attempts < UINT32_MAX;
	place->told.last = now;
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
	if (place && place->told.attempts >= LOGIN_FAILURES_SHOWN) {
		note(place, host, now);
	}
}

size_t login_failures_list(const struct login_failures *failures, struct instant now,
	struct failed_logins ret[LOGIN_FAILURES_ACCOUNTS_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < LOGIN_FAILURES_ACCOUNTS_MAX; i++) {
		const struct failed_logins *told = &failures->accounts[i].told;
		if (told->attempts >= LOGIN_FAILURES_SHOWN && !is_over(told, now)) {
			ret[n++] = *told;
		}
	}
	return n;
}
