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

/* A free place counts as tried before all others. */
static bool is_older(const struct guessed *one, const struct guessed *other)
{
	return other->attempts > 0 && (one->attempts == 0 || one->last.ms < other->last.ms);
}

static struct guesses_account *begin(
	struct guesses *guesses, const char *account, struct instant now)
{
	struct guesses_account *oldest = &guesses->accounts[0];
	for (size_t i = 0; i < GUESSES_ACCOUNTS_MAX; i++) {
		struct guesses_account *place = &guesses->accounts[i];
		oldest = is_older(&place->told, &oldest->told) ? place : oldest;
	}
	memset(oldest, 0, sizeof(*oldest));
	snprintf(oldest->told.account, sizeof(oldest->told.account), "%s", account);
	oldest->told.since = now;
	return oldest;
}

static void note_address(struct guesses_account *place, const char *address)
{
	uint64_t hash = throttle_hash(address);
	for (uint32_t i = 0; i < place->told.addresses; i++) {
		if (place->addresses[i] == hash) {
			return;
		}
	}
	if (place->told.addresses < GUESSES_ADDRESSES_MAX) {
		place->addresses[place->told.addresses++] = hash;
	}
}

static void note(struct guesses_account *place, const char *address, struct instant now)
{
	place->told.attempts += place->told.attempts < UINT32_MAX;
	place->told.last = now;
	note_address(place, address);
}

void guesses_failed(
	struct guesses *guesses, const char *account, const char *address, struct instant now)
{
	struct guesses_account *place = find(guesses, account, now);
	note(place ? place : begin(guesses, account, now), address, now);
}

void guesses_slowed(
	struct guesses *guesses, const char *account, const char *address, struct instant now)
{
	struct guesses_account *place = find(guesses, account, now);
	if (place && place->told.attempts >= GUESSES_SHOWN) {
		note(place, address, now);
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
