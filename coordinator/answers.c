/*
 * A hash table by chains, and a list by age beside it. Whose answers they are (a client without its
 * instance) has a list of its own: an owner who has many loses his oldest, and nobody else his.
 */
#include "coordinator/answers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"

enum { BUCKETS = 1 << 14, OWNERS = 1 << 10 };

struct kept {
	struct kept *chained;
	struct kept *younger;
	struct kept *older;
	struct kept *own; /* the next younger one of its owner */
	struct owner *owner;
	uint32_t bucket;
	struct answer answer;
	size_t client_size; /* with NUL */
	char names[]; /* client, NUL, command, NUL */
};

struct owner {
	struct owner *chained;
	struct kept *oldest;
	struct kept *youngest;
	size_t count; /* never 0 while it is in the table */
	char name[];
};

struct answers {
	struct kept *buckets[BUCKETS];
	struct owner *owners[OWNERS];
	struct kept *oldest;
	struct kept *youngest;
	size_t count;
	struct kept *spare; /* room for the next one */
	size_t spare_size;
	struct owner *spare_owner; /* and for its owner, if that has none yet */
	size_t spare_owner_size;
};

struct answers *answers_create(void)
{
	return calloc(1, sizeof(struct answers));
}

/* FNV-1a over both names; the NUL of the first parts them. */
static uint32_t bucket_of(const char *client, const char *command)
{
	uint32_t hash = 2166136261u;
	for (const char *at = client; *at; at++) {
		hash = (hash ^ (unsigned char)*at) * 16777619u;
	}
	hash *= 16777619u;
	for (const char *at = command; *at; at++) {
		hash = (hash ^ (unsigned char)*at) * 16777619u;
	}
	return (hash ^ hash >> 16) % BUCKETS;
}

static struct kept *find(const struct answers *answers, const char *client, const char *command)
{
	struct kept *kept = answers->buckets[bucket_of(client, command)];
	while (kept && (strcmp(kept->names, client) != 0 ||
			       strcmp(kept->names + kept->client_size, command) != 0)) {
		kept = kept->chained;
	}
	return kept;
}

const struct answer *answers_find(
	const struct answers *answers, const char *client, const char *command)
{
	struct kept *kept = find(answers, client, command);
	return kept ? &kept->answer : NULL;
}

/* ---- owners ---- */

/* "site:ha-noi" of "site:ha-noi/INSTANCE". */
static size_t owner_length(const char *client)
{
	return strcspn(client, "/");
}

static struct owner **owner_bucket(struct answers *answers, const char *name, size_t length)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++) {
		hash = (hash ^ (unsigned char)name[i]) * 16777619u;
	}
	return &answers->owners[(hash ^ hash >> 16) % OWNERS];
}

static struct owner *find_owner(struct answers *answers, const char *client)
{
	size_t length = owner_length(client);
	struct owner *owner = *owner_bucket(answers, client, length);
	while (owner && (strncmp(owner->name, client, length) != 0 || owner->name[length])) {
		owner = owner->chained;
	}
	return owner;
}

static int prepare_owner(struct answers *answers, const char *client)
{
	size_t size = sizeof(struct owner) + owner_length(client) + 1;
	if (find_owner(answers, client) || size <= answers->spare_owner_size) {
		return 0;
	}
	struct owner *spare = realloc(answers->spare_owner, size);
	if (!spare) {
		return -ENOMEM;
	}
	answers->spare_owner = spare;
	answers->spare_owner_size = size;
	return 0;
}

/* There, or made of what was prepared. */
static struct owner *have_owner(struct answers *answers, const char *client)
{
	struct owner *owner = find_owner(answers, client);
	if (owner) {
		return owner;
	}
	size_t length = owner_length(client);
	struct owner **bucket = owner_bucket(answers, client, length);
	owner = answers->spare_owner;
	answers->spare_owner = NULL;
	answers->spare_owner_size = 0;
	memset(owner, 0, sizeof(*owner));
	memcpy(owner->name, client, length);
	owner->name[length] = '\0';
	owner->chained = *bucket;
	*bucket = owner;
	return owner;
}

static void drop_owner(struct answers *answers, struct owner *owner)
{
	struct owner **at = owner_bucket(answers, owner->name, strlen(owner->name));
	while (*at != owner) {
		at = &(*at)->chained;
	}
	*at = owner->chained;
	free(owner);
}

/* ---- answers ---- */

static void unchain(struct answers *answers, const struct kept *kept)
{
	struct kept **at = &answers->buckets[kept->bucket];
	while (*at != kept) {
		at = &(*at)->chained;
	}
	*at = kept->chained;
}

/* The oldest of its owner, as the oldest of all is too. */
static void forget(struct answers *answers, struct kept *kept)
{
	struct owner *owner = kept->owner;
	unchain(answers, kept);
	*(kept->older ? &kept->older->younger : &answers->oldest) = kept->younger;
	*(kept->younger ? &kept->younger->older : &answers->youngest) = kept->older;
	owner->oldest = kept->own;
	if (--owner->count == 0) {
		drop_owner(answers, owner);
	}
	answers->count--;
	free(kept);
}

void answers_destroy(struct answers *answers)
{
	while (answers && answers->oldest) {
		forget(answers, answers->oldest);
	}
	if (answers) {
		free(answers->spare);
		free(answers->spare_owner);
	}
	free(answers);
}

static void link_in(struct answers *answers, struct kept *kept, struct owner *owner)
{
	kept->chained = answers->buckets[kept->bucket];
	answers->buckets[kept->bucket] = kept;
	kept->older = answers->youngest;
	*(answers->youngest ? &answers->youngest->younger : &answers->oldest) = kept;
	answers->youngest = kept;
	answers->count++;
	kept->owner = owner;
	*(owner->count ? &owner->youngest->own : &owner->oldest) = kept;
	owner->youngest = kept;
	owner->count++;
}

int answers_prepare(struct answers *answers, const char *client, const char *command)
{
	size_t size = sizeof(struct kept) + strlen(client) + 1 + strlen(command) + 1;
	if (prepare_owner(answers, client) < 0) {
		return -ENOMEM;
	}
	if (size <= answers->spare_size) {
		return 0;
	}
	struct kept *spare = realloc(answers->spare, size);
	if (!spare) {
		return -ENOMEM;
	}
	answers->spare = spare;
	answers->spare_size = size;
	return 0;
}

static struct kept *take_spare(struct answers *answers)
{
	struct kept *kept = answers->spare;
	memset(kept, 0, sizeof(*kept));
	answers->spare = NULL;
	answers->spare_size = 0;
	return kept;
}

int answers_keep(struct answers *answers, const char *client, const char *command,
	const struct answer *answer)
{
	struct kept *kept = find(answers, client, command);
	if (kept) {
		kept->answer = *answer;
		return 0;
	}
	if (answers_prepare(answers, client, command) < 0) {
		return -ENOMEM;
	}
	kept = take_spare(answers);
	kept->answer = *answer;
	kept->bucket = bucket_of(client, command);
	kept->client_size = strlen(client) + 1;
	memcpy(kept->names, client, kept->client_size);
	memcpy(kept->names + kept->client_size, command, strlen(command) + 1);
	struct owner *owner = have_owner(answers, client);
	link_in(answers, kept, owner);
	if (owner->count > COMMANDS_REMEMBERED_OF_ONE_MAX) {
		forget(answers, owner->oldest);
	} else if (answers->count > COMMANDS_REMEMBERED_MAX) {
		forget(answers, answers->oldest);
	}
	return 0;
}

void answer_learn(struct answer *answer, int64_t seq, const struct event *event)
{
	answer->seq = seq;
	if (event->name == EV_TURN_ADDED) {
		memcpy(answer->turn, event->turn_added.turn, sizeof(answer->turn));
	} else if (event->name == EV_FLOOR_TAKEN) {
		answer->take = event->floor_taken.take;
	} else if (event->name == EV_FLOOR_RESUMED) {
		answer->take = event->floor_resumed.take;
	}
}
