/*
 * A hash table with chains, and a list by age. Each owner (a client without its instance) has its
 * own list: an owner at its limit loses its own oldest answer, never one of another.
 */
#include "coordinator/engine/reply_cache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"
#include "fnv1a.h"

enum { BUCKETS = 1 << 14, OWNERS = 1 << 10 };

struct cached_reply {
	struct cached_reply *chained;
	struct cached_reply *younger;
	struct cached_reply *older;
	struct cached_reply *own; /* the next newer one of its owner */
	struct owner *owner;
	uint32_t bucket;
	struct reply reply;
	size_t client_size; /* with NUL */
	char names[]; /* client, NUL, command, NUL */
};

struct owner {
	struct owner *chained;
	struct cached_reply *oldest;
	struct cached_reply *youngest;
	size_t count; /* never 0 while it is in the table */
	char name[];
};

struct reply_cache {
	struct cached_reply *buckets[BUCKETS];
	struct owner *owners[OWNERS];
	struct cached_reply *oldest;
	struct cached_reply *youngest;
	size_t count;
	struct cached_reply *spare; /* room for the next one */
	size_t spare_size;
	struct owner *spare_owner; /* and for its owner, if it is new */
	size_t spare_owner_size;
};

struct reply_cache *reply_cache_create(void)
{
	return calloc(1, sizeof(struct reply_cache));
}

/* Of both names, separated by the NUL of the first. */
static uint32_t bucket_of(const char *client, const char *command)
{
	uint32_t hash = fnv1a32(FNV1A32_BASIS, client, strlen(client) + 1);
	hash = fnv1a32(hash, command, strlen(command));
	return (hash ^ hash >> 16) % BUCKETS;
}

static struct cached_reply *find(
	const struct reply_cache *cache, const char *client, const char *command)
{
	struct cached_reply *cached = cache->buckets[bucket_of(client, command)];
	while (cached && (strcmp(cached->names, client) != 0 ||
				 strcmp(cached->names + cached->client_size, command) != 0)) {
		cached = cached->chained;
	}
	return cached;
}

const struct reply *reply_cache_find(
	const struct reply_cache *cache, const char *client, const char *command)
{
	struct cached_reply *cached = find(cache, client, command);
	return cached ? &cached->reply : NULL;
}

/* ---- owners ---- */

/* "site:ha-noi" of "site:ha-noi/INSTANCE". */
static size_t owner_length(const char *client)
{
	return strcspn(client, "/");
}

static struct owner **owner_bucket(struct reply_cache *cache, const char *name, size_t length)
{
	uint32_t hash = fnv1a32(FNV1A32_BASIS, name, length);
	return &cache->owners[(hash ^ hash >> 16) % OWNERS];
}

static struct owner *find_owner(struct reply_cache *cache, const char *client)
{
	size_t length = owner_length(client);
	struct owner *owner = *owner_bucket(cache, client, length);
	while (owner && (strncmp(owner->name, client, length) != 0 || owner->name[length])) {
		owner = owner->chained;
	}
	return owner;
}

static int prepare_owner(struct reply_cache *cache, const char *client)
{
	size_t size = sizeof(struct owner) + owner_length(client) + 1;
	if (find_owner(cache, client) || size <= cache->spare_owner_size) {
		return 0;
	}
	struct owner *spare = realloc(cache->spare_owner, size);
	if (!spare) {
		return -ENOMEM;
	}
	cache->spare_owner = spare;
	cache->spare_owner_size = size;
	return 0;
}

/* Existing, or made of the prepared room. */
static struct owner *have_owner(struct reply_cache *cache, const char *client)
{
	struct owner *owner = find_owner(cache, client);
	if (owner) {
		return owner;
	}
	size_t length = owner_length(client);
	struct owner **bucket = owner_bucket(cache, client, length);
	owner = cache->spare_owner;
	cache->spare_owner = NULL;
	cache->spare_owner_size = 0;
	memset(owner, 0, sizeof(*owner));
	memcpy(owner->name, client, length);
	owner->name[length] = '\0';
	owner->chained = *bucket;
	*bucket = owner;
	return owner;
}

static void drop_owner(struct reply_cache *cache, struct owner *owner)
{
	struct owner **at = owner_bucket(cache, owner->name, strlen(owner->name));
	while (*at != owner) {
		at = &(*at)->chained;
	}
	*at = owner->chained;
	free(owner);
}

/* ---- answers ---- */

static void unchain(struct reply_cache *cache, const struct cached_reply *cached)
{
	struct cached_reply **at = &cache->buckets[cached->bucket];
	while (*at != cached) {
		at = &(*at)->chained;
	}
	*at = cached->chained;
}

/* The oldest of its owner; the oldest of all is one too. */
static void forget(struct reply_cache *cache, struct cached_reply *cached)
{
	struct owner *owner = cached->owner;
	unchain(cache, cached);
	*(cached->older ? &cached->older->younger : &cache->oldest) = cached->younger;
	*(cached->younger ? &cached->younger->older : &cache->youngest) = cached->older;
	owner->oldest = cached->own;
	if (--owner->count == 0) {
		drop_owner(cache, owner);
	}
	cache->count--;
	free(cached);
}

void reply_cache_destroy(struct reply_cache *cache)
{
	while (cache && cache->oldest) {
		forget(cache, cache->oldest);
	}
	if (cache) {
		free(cache->spare);
		free(cache->spare_owner);
	}
	free(cache);
}

static void link_in(struct reply_cache *cache, struct cached_reply *cached, struct owner *owner)
{
	cached->chained = cache->buckets[cached->bucket];
	cache->buckets[cached->bucket] = cached;
	cached->older = cache->youngest;
	*(cache->youngest ? &cache->youngest->younger : &cache->oldest) = cached;
	cache->youngest = cached;
	cache->count++;
	cached->owner = owner;
	*(owner->count ? &owner->youngest->own : &owner->oldest) = cached;
	owner->youngest = cached;
	owner->count++;
}

int reply_cache_reserve(struct reply_cache *cache, const char *client, const char *command)
{
	size_t size = sizeof(struct cached_reply) + strlen(client) + 1 + strlen(command) + 1;
	if (prepare_owner(cache, client) < 0) {
		return -ENOMEM;
	}
	if (size <= cache->spare_size) {
		return 0;
	}
	struct cached_reply *spare = realloc(cache->spare, size);
	if (!spare) {
		return -ENOMEM;
	}
	cache->spare = spare;
	cache->spare_size = size;
	return 0;
}

static struct cached_reply *take_spare(struct reply_cache *cache)
{
	struct cached_reply *cached = cache->spare;
	memset(cached, 0, sizeof(*cached));
	cache->spare = NULL;
	cache->spare_size = 0;
	return cached;
}

int reply_cache_put(struct reply_cache *cache, const char *client, const char *command,
	const struct reply *reply)
{
	struct cached_reply *cached = find(cache, client, command);
	if (cached) {
		cached->reply = *reply;
		return 0;
	}
	if (reply_cache_reserve(cache, client, command) < 0) {
		return -ENOMEM;
	}
	cached = take_spare(cache);
	cached->reply = *reply;
	cached->bucket = bucket_of(client, command);
	cached->client_size = strlen(client) + 1;
	memcpy(cached->names, client, cached->client_size);
	memcpy(cached->names + cached->client_size, command, strlen(command) + 1);
	struct owner *owner = have_owner(cache, client);
	link_in(cache, cached, owner);
	if (owner->count > COMMANDS_REMEMBERED_OF_ONE_MAX) {
		forget(cache, owner->oldest);
	} else if (cache->count > COMMANDS_REMEMBERED_MAX) {
		forget(cache, cache->oldest);
	}
	return 0;
}

void reply_add_event(struct reply *reply, int64_t seq, const struct event *event)
{
	reply->seq = seq;
	if (event->name == EV_TURN_ADDED) {
		memcpy(reply->turn, event->turn_added.turn, sizeof(reply->turn));
	} else if (event->name == EV_FLOOR_TAKEN) {
		reply->take = event->floor_taken.take;
	} else if (event->name == EV_FLOOR_RESUMED) {
		reply->take = event->floor_resumed.take;
	}
}
