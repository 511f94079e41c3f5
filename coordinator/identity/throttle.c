#include "coordinator/identity/throttle.h"

#include <stddef.h>

/* FNV-1a, 64 bits; 0 is kept for free places. */
uint64_t throttle_hash(const char *key)
{
	uint64_t hash = 14695981039346656037u;
	for (const char *c = key; *c; c++) {
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	}
	return hash ? hash : 1;
}

static size_t index_of(const struct throttle *throttle, uint64_t hash)
{
	size_t i = 0;
	while (i < THROTTLE_KEYS && throttle->keys[i].hash != hash) {
		i++;
	}
	return i;
}

static bool is_forgotten(const struct throttle_key *key, struct instant now)
{
	return key->hash == 0 || now.ms - key->last.ms >= THROTTLE_FORGET_MS;
}

static int64_t waiting_time(uint32_t failures, int64_t most_ms)
{
	int64_t wait = THROTTLE_WAIT_MIN_MS;
	for (uint32_t i = THROTTLE_FREE + 1; i < failures && wait < most_ms; i++) {
		wait *= 2;
	}
	return wait < most_ms ? wait : most_ms;
}

struct span throttle_wait(
	const struct throttle *throttle, const char *key, int64_t most_ms, struct instant now)
{
	size_t i = index_of(throttle, throttle_hash(key));
	if (i == THROTTLE_KEYS || is_forgotten(&throttle->keys[i], now) ||
		throttle->keys[i].failures <= THROTTLE_FREE) {
		return (struct span){0};
	}
	const struct throttle_key *found = &throttle->keys[i];
	return (struct span){found->last.ms + waiting_time(found->failures, most_ms) - now.ms};
}

static struct throttle_key *place_for(struct throttle *throttle, uint64_t hash)
{
	size_t i = index_of(throttle, hash);
	if (i < THROTTLE_KEYS) {
		return &throttle->keys[i];
	}
	struct throttle_key *oldest = &throttle->keys[0];
	for (i = 0; i < THROTTLE_KEYS && oldest->hash != 0; i++) {
		if (throttle->keys[i].hash == 0 || throttle->keys[i].last.ms < oldest->last.ms) {
			oldest = &throttle->keys[i];
		}
	}
	*oldest = (struct throttle_key){.hash = hash};
	return oldest;
}

void throttle_failed(struct throttle *throttle, const char *key, struct instant now)
{
	struct throttle_key *found = place_for(throttle, throttle_hash(key));
	if (is_forgotten(found, now)) {
		found->failures = 0;
	}
	found->failures += found->failures < UINT32_MAX;
	found->last = now;
}

void throttle_passed(struct throttle *throttle, const char *key)
{
	size_t i = index_of(throttle, throttle_hash(key));
	if (i < THROTTLE_KEYS) {
		throttle->keys[i] = (struct throttle_key){0};
	}
}
