#include "coordinator/journal/chain.h"

#include <sodium.h>
#include <string.h>

_Static_assert(JOURNAL_HASH_BYTES == crypto_hash_sha256_BYTES, "the chain is of SHA-256");

static const char origin_name[] = "diemcau journal 2";

static const uint32_t absent = UINT32_MAX; /* the length of a text that is NULL */

static void add_number(crypto_hash_sha256_state *state, int64_t number)
{
	uint8_t bytes[8];
	for (int i = 0; i < 8; i++) {
		bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
	}
	crypto_hash_sha256_update(state, bytes, sizeof(bytes));
}

/* With its length before it: no text can pass for the end of the one before. */
static void add_text(crypto_hash_sha256_state *state, const char *text)
{
	uint32_t size = text ? (uint32_t)strlen(text) : absent;
	uint8_t bytes[4] = {
		(uint8_t)(size >> 24), (uint8_t)(size >> 16), (uint8_t)(size >> 8), (uint8_t)size};
	crypto_hash_sha256_update(state, bytes, sizeof(bytes));
	if (text) {
		crypto_hash_sha256_update(state, (const uint8_t *)text, size);
	}
}

static struct chain_hash finish(crypto_hash_sha256_state *state)
{
	struct chain_hash hash;
	crypto_hash_sha256_final(state, hash.bytes);
	return hash;
}

struct chain_hash chain_origin(struct stamp created)
{
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	add_text(&state, origin_name);
	add_number(&state, created.ms);
	return finish(&state);
}

struct chain_hash chain_next(const struct chain_hash *before, const struct journal_entry *entry)
{
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, before->bytes, sizeof(before->bytes));
	add_number(&state, entry->seq);
	add_number(&state, entry->at.ms);
	add_number(&state, entry->wall.ms);
	add_text(&state, entry->by);
	add_text(&state, entry->name);
	add_text(&state, entry->data);
	add_text(&state, entry->client);
	add_text(&state, entry->command);
	return finish(&state);
}
