/* Keys in a table of chains: found at once however many there are. */
#include "coordinator/identity/login_backoff.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fnv1a.h"

enum { NONE = -1 };

struct backoff_entry {
	uint64_t key; /* 0: free */
	uint64_t subject; /* of all its failures; 0: of several */
	struct instant last; /* failure */
	uint32_t failures;
	int32_t next; /* of its chain, or NONE */
};

struct login_backoff {
	uint64_t seed;
	size_t room;
	size_t used;
	int32_t *chains; /* as many as there is room */
	struct backoff_entry *entries;
};

static const struct {
	uint32_t free;
	int64_t least_ms;
	int64_t most_ms;
} rules[LOGIN_BACKOFF_KINDS] = {
	[LOGIN_BACKOFF_ACCOUNT] = {LOGIN_BACKOFF_FREE, LOGIN_BACKOFF_WAIT_MIN_MS,
		LOGIN_BACKOFF_SHORT_MOST_MS},
	[LOGIN_BACKOFF_DEVICE] = {LOGIN_BACKOFF_FREE, LOGIN_BACKOFF_WAIT_MIN_MS,
		LOGIN_BACKOFF_LONG_MOST_MS},
	[LOGIN_BACKOFF_KNOWN] = {LOGIN_BACKOFF_KNOWN_FREE, LOGIN_BACKOFF_KNOWN_WAIT_MS,
		LOGIN_BACKOFF_KNOWN_WAIT_MS},
	[LOGIN_BACKOFF_HOST] = {LOGIN_BACKOFF_FREE, LOGIN_BACKOFF_WAIT_MIN_MS,
		LOGIN_BACKOFF_LONG_MOST_MS},
	[LOGIN_BACKOFF_NETWORK] = {LOGIN_BACKOFF_NETWORK_FREE, LOGIN_BACKOFF_WAIT_MIN_MS,
		LOGIN_BACKOFF_SHORT_MOST_MS},
	[LOGIN_BACKOFF_REGION] = {LOGIN_BACKOFF_REGION_FREE, LOGIN_BACKOFF_WAIT_MIN_MS,
		LOGIN_BACKOFF_SHORT_MOST_MS},
	[LOGIN_BACKOFF_PASSES] = {LOGIN_BACKOFF_PASSES_FREE, LOGIN_BACKOFF_PASSES_WAIT_MS,
		LOGIN_BACKOFF_PASSES_WAIT_MS},
	[LOGIN_BACKOFF_LINES] = {LOGIN_BACKOFF_LINES_FREE, LOGIN_BACKOFF_WAIT_MIN_MS,
		LOGIN_BACKOFF_WAIT_MIN_MS},
	[LOGIN_BACKOFF_TOKENS] = {LOGIN_BACKOFF_FREE, LOGIN_BACKOFF_WAIT_MIN_MS,
		LOGIN_BACKOFF_LONG_MOST_MS},
};

struct login_backoff *login_backoff_create(size_t room, uint64_t seed)
{
	struct login_backoff *backoff = calloc(1, sizeof(*backoff));
	if (!backoff) {
		return NULL;
	}
	backoff->seed = seed;
	backoff->room = room;
	backoff->entries = calloc(room, sizeof(*backoff->entries));
	backoff->chains = malloc(room * sizeof(*backoff->chains));
	if (!backoff->entries || !backoff->chains) {
		login_backoff_destroy(backoff);
		return NULL;
	}
	for (size_t i = 0; i < room; i++) {
		backoff->chains[i] = NONE;
	}
	return backoff;
}

void login_backoff_destroy(struct login_backoff *backoff)
{
	if (backoff) {
		free(backoff->entries);
		free(backoff->chains);
		free(backoff);
	}
}

uint64_t login_backoff_hash(const char *text)
{
	uint64_t hash = fnv1a64(FNV1A64_BASIS, text, strlen(text));
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
static uint64_t name_of(
	const struct login_backoff *backoff, enum login_backoff_kind kind, uint64_t key)
{
	uint64_t name = mix(mix(key ^ backoff->seed) + kind);
	return name ? name : 1;
}

static int32_t *chain_of(const struct login_backoff *backoff, uint64_t name)
{
	return &backoff->chains[name % backoff->room];
}

static struct backoff_entry *find(const struct login_backoff *backoff, uint64_t name)
{
	int32_t i = *chain_of(backoff, name);
	while (i != NONE && backoff->entries[i].key != name) {
		i = backoff->entries[i].next;
	}
	return i == NONE ? NULL : &backoff->entries[i];
}

static bool is_forgotten(const struct backoff_entry *entry, struct instant now)
{
	return span_between(entry->last, now).ms >= LOGIN_BACKOFF_FORGET_MS;
}

/* NULL: no failures. */
static struct backoff_entry *recall(const struct login_backoff *backoff,
	enum login_backoff_kind kind, uint64_t key, struct instant now)
{
	struct backoff_entry *entry = find(backoff, name_of(backoff, kind, key));
	return entry && !is_forgotten(entry, now) ? entry : NULL;
}

uint32_t login_backoff_failures(const struct login_backoff *backoff, enum login_backoff_kind kind,
	uint64_t key, struct instant now)
{
	const struct backoff_entry *entry = recall(backoff, kind, key, now);
	return entry ? entry->failures : 0;
}

static int64_t waiting_time(enum login_backoff_kind kind, uint32_t failures)
{
	int64_t wait = rules[kind].least_ms, most = rules[kind].most_ms;
	for (uint32_t i = rules[kind].free + 1; i < failures && wait < most; i++) {
		wait *= 2;
	}
	return wait < most ? wait : most;
}

struct span login_backoff_wait(const struct login_backoff *backoff, enum login_backoff_kind kind,
	uint64_t key, struct instant now)
{
	const struct backoff_entry *entry = recall(backoff, kind, key, now);
	if (!entry || entry->failures <= rules[kind].free) {
		return (struct span){0};
	}
	return (struct span){entry->last.ms + waiting_time(kind, entry->failures) - now.ms};
}

/* ---- changes ---- */

static struct backoff_entry *oldest(struct login_backoff *backoff)
{
	struct backoff_entry *found = &backoff->entries[0];
	for (size_t i = 1; i < backoff->used; i++) {
		if (backoff->entries[i].last.ms < found->last.ms) {
			found = &backoff->entries[i];
		}
	}
	return found;
}

static void unchain(struct login_backoff *backoff, const struct backoff_entry *entry)
{
	int32_t own = (int32_t)(entry - backoff->entries);
	int32_t *at = chain_of(backoff, entry->key);
	while (*at != own) {
		at = &backoff->entries[*at].next;
	}
	*at = entry->next;
}

static struct backoff_entry *place(struct login_backoff *backoff)
{
	if (backoff->used < backoff->room) {
		return &backoff->entries[backoff->used++];
	}
	struct backoff_entry *entry = oldest(backoff);
	unchain(backoff, entry);
	return entry;
}

static struct backoff_entry *begin(struct login_backoff *backoff, uint64_t name)
{
	struct backoff_entry *entry = place(backoff);
	int32_t *chain = chain_of(backoff, name);
	*entry = (struct backoff_entry){.key = name, .next = *chain};
	*chain = (int32_t)(entry - backoff->entries);
	return entry;
}

void login_backoff_failed(struct login_backoff *backoff, enum login_backoff_kind kind, uint64_t key,
	uint64_t subject, struct instant now)
{
	uint64_t name = name_of(backoff, kind, key);
	struct backoff_entry *entry = find(backoff, name);
	entry = entry ? entry : begin(backoff, name);
	if (entry->failures == 0 || is_forgotten(entry, now)) {
		entry->failures = 0;
		entry->subject = subject;
	}
	entry->subject = entry->subject == subject ? subject : 0;
	entry->failures += entry->failures < UINT32_MAX;
	entry->last = now;
}

void login_backoff_hurried(struct login_backoff *backoff, enum login_backoff_kind kind,
	uint64_t key, struct instant now)
{
	struct backoff_entry *entry = recall(backoff, kind, key, now);
	if (entry) {
		entry->failures += entry->failures < UINT32_MAX;
	}
}

void login_backoff_passed(
	struct login_backoff *backoff, enum login_backoff_kind kind, uint64_t key, uint64_t subject)
{
	struct backoff_entry *entry = find(backoff, name_of(backoff, kind, key));
	if (entry && entry->subject == subject) {
		entry->failures = 0;
	}
}
