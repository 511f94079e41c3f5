/* Keys in a table of chains: found at once however many there are. */
#include "coordinator/identity/throttle.h"

#include <stdbool.h>
#include <stdlib.h>

enum { NONE = -1 };

struct entry {
	uint64_t key; /* 0: free */
	uint64_t subject; /* of all its failures; 0: of several */
	struct instant last; /* failure */
	uint32_t failures;
	int32_t next; /* of its chain, or NONE */
};

struct throttle {
	uint64_t seed;
	size_t room;
	size_t used;
	int32_t *chains; /* as many as there is room */
	struct entry *entries;
};

static const struct {
	uint32_t free;
	int64_t least_ms;
	int64_t most_ms;
} rules[THROTTLE_KINDS] = {
	[THROTTLE_ACCOUNT] = {THROTTLE_FREE, THROTTLE_WAIT_MIN_MS, THROTTLE_SHORT_MOST_MS},
	[THROTTLE_DEVICE] = {THROTTLE_FREE, THROTTLE_WAIT_MIN_MS, THROTTLE_LONG_MOST_MS},
	[THROTTLE_KNOWN] = {THROTTLE_KNOWN_FREE, THROTTLE_KNOWN_WAIT_MS, THROTTLE_KNOWN_WAIT_MS},
	[THROTTLE_HOST] = {THROTTLE_FREE, THROTTLE_WAIT_MIN_MS, THROTTLE_LONG_MOST_MS},
	[THROTTLE_NETWORK] = {THROTTLE_NETWORK_FREE, THROTTLE_WAIT_MIN_MS, THROTTLE_SHORT_MOST_MS},
	[THROTTLE_REGION] = {THROTTLE_REGION_FREE, THROTTLE_WAIT_MIN_MS, THROTTLE_SHORT_MOST_MS},
	[THROTTLE_PASSES] = {THROTTLE_PASSES_FREE, THROTTLE_PASSES_WAIT_MS,
		THROTTLE_PASSES_WAIT_MS},
	[THROTTLE_LINES] = {THROTTLE_LINES_FREE, THROTTLE_WAIT_MIN_MS, THROTTLE_WAIT_MIN_MS},
	[THROTTLE_TOKENS] = {THROTTLE_FREE, THROTTLE_WAIT_MIN_MS, THROTTLE_LONG_MOST_MS},
};

struct throttle *throttle_create(size_t room, uint64_t seed)
{
	struct throttle *throttle = calloc(1, sizeof(*throttle));
	if (!throttle) {
		return NULL;
	}
	throttle->seed = seed;
	throttle->room = room;
	throttle->entries = calloc(room, sizeof(*throttle->entries));
	throttle->chains = malloc(room * sizeof(*throttle->chains));
	if (!throttle->entries || !throttle->chains) {
		throttle_destroy(throttle);
		return NULL;
	}
	for (size_t i = 0; i < room; i++) {
		throttle->chains[i] = NONE;
	}
	return throttle;
}

void throttle_destroy(struct throttle *throttle)
{
	if (throttle) {
		free(throttle->entries);
		free(throttle->chains);
		free(throttle);
	}
}

/* FNV-1a, 64 bits. */
uint64_t throttle_hash(const char *text)
{
	uint64_t hash = 14695981039346656037u;
	for (const char *c = text; *c; c++) {
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	}
	return hash ? hash : 1;
}

/* The finaliser of SplitMix64. */
static uint64_t mix(uint64_t bits)
{
	bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9u;
	bits = (bits ^ bits >> 27) * 0x94d049bb133111ebu;
	return bits ^ bits >> 31;
}

/* Of a key among all kinds; never 0. */
static uint64_t name_of(const struct throttle *throttle, enum throttle_kind kind, uint64_t key)
{
	uint64_t name = mix(mix(key ^ throttle->seed) + kind);
	return name ? name : 1;
}

static int32_t *chain_of(const struct throttle *throttle, uint64_t name)
{
	return &throttle->chains[name % throttle->room];
}

static struct entry *find(const struct throttle *throttle, uint64_t name)
{
	int32_t i = *chain_of(throttle, name);
	while (i != NONE && throttle->entries[i].key != name) {
		i = throttle->entries[i].next;
	}
	return i == NONE ? NULL : &throttle->entries[i];
}

static bool is_forgotten(const struct entry *entry, struct instant now)
{
	return span_between(entry->last, now).ms >= THROTTLE_FORGET_MS;
}

/* NULL: nothing is held against it. */
static struct entry *recall(
	const struct throttle *throttle, enum throttle_kind kind, uint64_t key, struct instant now)
{
	struct entry *entry = find(throttle, name_of(throttle, kind, key));
	return entry && !is_forgotten(entry, now) ? entry : NULL;
}

uint32_t throttle_failures(
	const struct throttle *throttle, enum throttle_kind kind, uint64_t key, struct instant now)
{
	const struct entry *entry = recall(throttle, kind, key, now);
	return entry ? entry->failures : 0;
}

static int64_t waiting_time(enum throttle_kind kind, uint32_t failures)
{
	int64_t wait = rules[kind].least_ms, most = rules[kind].most_ms;
	for (uint32_t i = rules[kind].free + 1; i < failures && wait < most; i++) {
		wait *= 2;
	}
	return wait < most ? wait : most;
}

struct span throttle_wait(
	const struct throttle *throttle, enum throttle_kind kind, uint64_t key, struct instant now)
{
	const struct entry *entry = recall(throttle, kind, key, now);
	if (!entry || entry->failures <= rules[kind].free) {
		return (struct span){0};
	}
	return (struct span){entry->last.ms + waiting_time(kind, entry->failures) - now.ms};
}

/* ---- changes ---- */

static struct entry *oldest(struct throttle *throttle)
{
	struct entry *found = &throttle->entries[0];
	for (size_t i = 1; i < throttle->used; i++) {
		if (throttle->entries[i].last.ms < found->last.ms) {
			found = &throttle->entries[i];
		}
	}
	return found;
}

static void unchain(struct throttle *throttle, const struct entry *entry)
{
	int32_t own = (int32_t)(entry - throttle->entries);
	int32_t *at = chain_of(throttle, entry->key);
	while (*at != own) {
		at = &throttle->entries[*at].next;
	}
	*at = entry->next;
}

static struct entry *place(struct throttle *throttle)
{
	if (throttle->used < throttle->room) {
		return &throttle->entries[throttle->used++];
	}
	struct entry *entry = oldest(throttle);
	unchain(throttle, entry);
	return entry;
}

static struct entry *begin(struct throttle *throttle, uint64_t name)
{
	struct entry *entry = place(throttle);
	int32_t *chain = chain_of(throttle, name);
	*entry = (struct entry){.key = name, .next = *chain};
	*chain = (int32_t)(entry - throttle->entries);
	return entry;
}

void throttle_failed(struct throttle *throttle, enum throttle_kind kind, uint64_t key,
	uint64_t subject, struct instant now)
{
	uint64_t name = name_of(throttle, kind, key);
	struct entry *entry = find(throttle, name);
	entry = entry ? entry : begin(throttle, name);
	if (entry->failures == 0 || is_forgotten(entry, now)) {
		entry->failures = 0;
		entry->subject = subject;
	}
	entry->subject = entry->subject == subject ? subject : 0;
	entry->failures += entry->failures < UINT32_MAX;
	entry->last = now;
}

void throttle_hurried(
	struct throttle *throttle, enum throttle_kind kind, uint64_t key, struct instant now)
{
	struct entry *entry = recall(throttle, kind, key, now);
	if (entry) {
		entry->failures += entry->failures < UINT32_MAX;
	}
}

void throttle_passed(
	struct throttle *throttle, enum throttle_kind kind, uint64_t key, uint64_t subject)
{
	struct entry *entry = find(throttle, name_of(throttle, kind, key));
	if (entry && entry->subject == subject) {
		entry->failures = 0;
	}
}
