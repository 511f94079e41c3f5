/*
 * Secrets: random, stored as digests, compared in constant time (libsodium).
 *
 * Tokens carry 256 random bits, so a plain digest protects them; passwords are chosen by people and
 * get Argon2id, which takes some tens of milliseconds and 64 MiB: call password_* on a worker,
 * never on the loop.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_SECRET_H
#define DIEMCAU_COORDINATOR_IDENTITY_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SECRET_BYTES = 32, /* 256 bits */
	SECRET_TEXT_SIZE = 44, /* their base64url without padding, and NUL */
	SECRET_DIGEST_SIZE = 65, /* BLAKE2b-256 in hexadecimal, and NUL */
	PASSWORD_HASH_SIZE = 128, /* crypto_pwhash_STRBYTES */
	PASSWORD_MAX = 256, /* bytes; longer ones are refused unhashed */
	PASSWORD_MIN = 10, /* bytes of a password chosen by a person */
	GENERATED_PASSWORD_SIZE = 30, /* 5 groups of 5 letters, 4 dashes, and NUL */
};

/* Prepare libsodium; may be called often and from any thread. 0, or -ENOSYS where it cannot. */
int secret_start(void);

/* A new random secret as text: a site's token, a session. */
void secret_make(char text[SECRET_TEXT_SIZE]);

/* A number that cannot be guessed. */
uint64_t secret_number(void);

/* The digest of any text, as it is stored and compared. */
void secret_digest(const char *text, char digest[SECRET_DIGEST_SIZE]);

/* Equal? Takes the same time wherever they differ. */
bool secret_digest_equal(const char a[SECRET_DIGEST_SIZE], const char b[SECRET_DIGEST_SIZE]);

/* A password to be shown once: 25 letters and digits without those that are misread (some 124
 * bits). */
void password_make(char text[GENERATED_PASSWORD_SIZE]);

/*
 * Argon2id with libsodium's interactive cost, of the password as opaque_string.h prepares it. 0;
 * -EINVAL beyond PASSWORD_MAX, or where preparing fails; -ENOMEM.
 */
int password_hash(const char *password, char hash[PASSWORD_HASH_SIZE]);

/*
 * Whether the password matches the hash: in its prepared form, or unprepared for hashes made before
 * passwords were prepared. At most two hashes are computed. False for a malformed hash.
 */
bool password_matches(const char *hash, const char *password);

#endif
