#include "coordinator/peers/people.h"

#include <errno.h>
#include <stdlib.h>

bool people_holds(
	const struct identity_book *book, const char *name, enum role role, struct stamp changed)
{
	struct account account;
	return identity_account_find(book, name, &account) == 0 && account.role == role &&
	       account.changed.ms == changed.ms;
}

static int remember(struct people *people, const struct identity_book *book)
{
	size_t count = identity_account_count(book);
	struct account *accounts = calloc(count + 1, sizeof(*accounts));
	if (!accounts) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < count; i++) {
		accounts[i] = *identity_account_at(book, i);
	}
	people_finish(people);
	*people = (struct people){.accounts = accounts, .count = count};
	return 0;
}

int people_review(
	struct people *people, const struct identity_book *book, struct sessions *sessions)
{
	for (size_t i = 0; i < people->count; i++) {
		const struct account *before = &people->accounts[i];
		if (!people_holds(book, before->name, before->role, before->changed)) {
			sessions_end_account(sessions, before->name);
		}
	}
	return remember(people, book);
}

void people_finish(struct people *people)
{
	free(people->accounts);
	*people = (struct people){0};
}
