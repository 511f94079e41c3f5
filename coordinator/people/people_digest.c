#include "coordinator/people/people_digest.h"

#include <sodium.h>
#include <string.h>

void people_salt_draw(struct people_salt *ret)
{
	randombytes_buf(ret->bytes, sizeof(ret->bytes));
}

/* With its end, so that no two of them run together. */
static void add(crypto_hash_sha256_state *state, const char *text)
{
	crypto_hash_sha256_update(state, (const unsigned char *)text, strlen(text) + 1);
}

void people_digest(const struct people_salt *salt, const struct site_people *people,
	char ret_digest[static CONTENT_DIGEST_SIZE])
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, salt->bytes, sizeof(salt->bytes));
	add(&state, people->technician);
	add(&state, people->contact);
	add(&state, people->delegates);
	crypto_hash_sha256_final(&state, digest);
	sodium_bin2hex(ret_digest, CONTENT_DIGEST_SIZE, digest, sizeof(digest));
}
