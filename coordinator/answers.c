/* A hash table by chains, and a list by age beside it. */
#include "coordinator/answers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"

enum { BUCKETS = 1 << 14 };

struct kept {
	struct kept *chained;
	struct kept *younger;
	uint32_t bucket;
	struct answer answer;
	size_t client_size; /* with NUL */
	char names[]; /* client, NUL, command, NUL */
};

struct answers {
	struct kept *buckets[BUCKETS];
	struct kept *oldest;
	struct kept *youngest;
	size_t count;
	struct kept *spare; /* room for the next one */
	size_t spare_size;
};

struct answers *answers_create(void)
{
	return calloc(1, sizeof(struct answers));
}

void answers_destroy(struct answers *answers)
{
	while (answers && answers->oldest) {
		struct kept *kept = answers->oldest;
		answers->oldest = kept->younger;
		free(kept);
	}
	if (answers) {
		free(answers->spare);
	}
	free(answers);
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

static void forget_oldest(struct answers *answers)
{
	struct kept *kept = answers->oldest;
	struct kept **at = &answers->buckets[kept->bucket];
	while (*at != kept) {
		at = &(*at)->chained;
	}
	*at = kept->chained;
	answers->oldest = kept->younger;
	answers->count--;
	free(kept);
}

static void link_in(struct answers *answers, struct kept *kept)
{
	kept->chained = answers->buckets[kept->bucket];
	answers->buckets[kept->bucket] = kept;
	*(answers->oldest ? &answers->youngest->younger : &answers->oldest) = kept;
	answers->youngest = kept;
	answers->count++;
}

int answers_prepare(struct answers *answers, const char *client, const char *command)
{
	size_t size = sizeof(struct kept) + strlen(client) + 1 + strlen(command) + 1;
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
	if (answers->count >= COMMANDS_REMEMBERED_MAX) {
		forget_oldest(answers);
	}
	link_in(answers, kept);
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
