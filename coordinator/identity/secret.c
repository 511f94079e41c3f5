/* All secrets use this file, so that "random", "digest" and "equal" mean one thing. */
#include "coordinator/identity/secret.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "coordinator/identity/opaque_string.h"
#include "proto/system/memory.h"

_Static_assert(crypto_pwhash_STRBYTES <= PASSWORD_HASH_SIZE, "a hash fits");
_Static_assert(crypto_generichash_BYTES == SECRET_BYTES, "digests are 256 bits");

int secret_start(void)
{
	return sodium_init() < 0 ? -ENOSYS : 0;
}

void secret_make(char text[SECRET_TEXT_SIZE])
{
	unsigned char bytes[SECRET_BYTES];
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(text, SECRET_TEXT_SIZE, bytes, sizeof(bytes),
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	memory_wipe(bytes, sizeof(bytes));
}

uint64_t secret_number(void)
{
	uint64_t number;
	randombytes_buf(&number, sizeof(number));
	return number;
}

void secret_digest(const char *text, char digest[SECRET_DIGEST_SIZE])
{
	unsigned char bytes[SECRET_BYTES];
	crypto_generichash(
		bytes, sizeof(bytes), (const unsigned char *)text, strlen(text), NULL, 0);
	sodium_bin2hex(digest, SECRET_DIGEST_SIZE, bytes, sizeof(bytes));
}

bool secret_digest_equal(const char a[SECRET_DIGEST_SIZE], const char b[SECRET_DIGEST_SIZE])
{
	return sodium_memcmp(a, b, SECRET_DIGEST_SIZE - 1) == 0;
}

void password_make(char text[GENERATED_PASSWORD_SIZE])
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
	enum { GROUP = 6 };
	for (size_t i = 0; i + 1 < GENERATED_PASSWORD_SIZE; i++) {
		bool dash = i % GROUP == GROUP - 1;
		text[i] = dash ? '-' : letters[randombytes_uniform(sizeof(letters) - 1)];
	}
	text[GENERATED_PASSWORD_SIZE - 1] = '\0';
}

int password_hash(const char *password, char hash[PASSWORD_HASH_SIZE])
{
	char prepared[PASSWORD_MAX + 1];
	int r = opaque_string_prepare(password, prepared, sizeof(prepared));
	if (r < 0) {
		return r == -E2BIG ? -EINVAL : r;
	}
	if (crypto_pwhash_str(hash, prepared, strlen(prepared), crypto_pwhash_OPSLIMIT_INTERACTIVE,
		    crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
		r = -ENOMEM;
	}
	memory_wipe(prepared, sizeof(prepared));
	return r;
}

static bool matches_exactly(const char *hash, const char *password)
{
	size_t length = strlen(password);
	char held[crypto_pwhash_STRBYTES] = {0};
	size_t hash_length = strlen(hash);
	if (length > PASSWORD_MAX || hash_length >= sizeof(held)) {
		return false;
	}
	memcpy(held, hash, hash_length);
	return crypto_pwhash_str_verify(held, password, length) == 0;
}

bool password_matches(const char *hash, const char *password)
{
	char prepared[PASSWORD_MAX + 1];
	bool is_prepared = opaque_string_prepare(password, prepared, sizeof(prepared)) == 0;
	bool matches = is_prepared && matches_exactly(hash, prepared);
	if (!matches && (!is_prepared || strcmp(prepared, password) != 0)) {
		matches = matches_exactly(hash, password);
	}
	memory_wipe(prepared, sizeof(prepared));
	return matches;
}
