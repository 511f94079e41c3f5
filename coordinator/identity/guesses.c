#include "coordinator/identity/guesses.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool is_over(const struct guessed *guessed, struct instant now)
{
	return guessed->attempts == 0 || span_between(guessed->last, now).ms >= GUESSES_CALM_MS;
}

/* NULL: nobody guesses at it. */
static struct guesses_account *find(
	struct guesses *guesses, const char *account, struct instant now)
{
	for (size_t i = 0; i < GUESSES_ACCOUNTS_MAX; i++) {
		struct guessed *told = &guesses->accounts[i].told;
		if (!is_over(told, now) && strcmp(told->account, account) == 0) {
			return &guesses->accounts[i];
		}
	}
	return NULL;
}

/*
 * Of those tried least often the last to come makes room: whoever tries each of very many accounts
 * a few times, in turn, would else push every one out before it is shown.
 */
static bool is_less(const struct guessed *one, const struct guessed *other, struct instant now)
{
	uint32_t here = is_over(one, now) ? 0 : one->attempts;
	uint32_t there = is_over(other, now) ? 0 : other->attempts;
	return here < there || (here == there && one->since.ms > other->since.ms);
}

static struct guesses_account *begin(
	struct guesses *guesses, const char *account, struct instant now)
{
	struct guesses_account *least = &guesses->accounts[0];
	for (size_t i = 1; i < GUESSES_ACCOUNTS_MAX; i++) {
		struct guesses_account *place = &guesses->accounts[i];
		least = is_less(&place->told, &least->told, now) ? place : least;
	}
	memset(least, 0, sizeof(*least));
	snprintf(least->told.account, sizeof(least->told.account), "%s", account);
	least->told.since = now;
	return least;
}

static void note_host(struct guesses_account *place, uint64_t host)
{
	for (uint32_t i = 0; i < place->told.addresses; i++) {
		if (place->hosts[i] == host) {
			return;
		}
	}
	if (place->told.addresses < GUESSES_ADDRESSES_MAX) {
		place->hosts[place->told.addresses++] = host;
	}
}

static void note(struct guesses_account *place, uint64_t host, struct instant now)
{
	place->told.attempts += place->told.attempts < UINT32_MAX;
	place->told.last = now;
	note_host(place, host);
}

void guesses_failed(struct guesses *guesses, const char *account, uint64_t host, struct instant now)
{
	struct guesses_account *place = find(guesses, account, now);
	note(place ? place : begin(guesses, account, now), host, now);
}

void guesses_slowed(struct guesses *guesses, const char *account, uint64_t host, struct instant now)
{
	struct guesses_account *place = find(guesses, account, now);
	if (place && place->told.attempts >= GUESSES_SHOWN) {
		note(place, host, now);
	}
}

size_t guesses_show(
	const struct guesses *guesses, struct instant now, struct guessed ret[GUESSES_ACCOUNTS_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < GUESSES_ACCOUNTS_MAX; i++) {
		const struct guessed *told = &guesses->accounts[i].told;
		if (told->attempts >= GUESSES_SHOWN && !is_over(told, now)) {
			ret[n++] = *told;
		}
	}
	return n;
}
