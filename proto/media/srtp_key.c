/* Media keys: see srtp_key.h. */
#include "proto/media/srtp_key.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "proto/media/refusal.h"
#include "proto/system/memory.h"

int media_key_make(struct media_key *ret_key)
{
	/* May be called again and from any thread; negative only if there is no randomness. */
	if (sodium_init() < 0) {
		return -EIO;
	}
	randombytes_buf(ret_key->bytes, sizeof(ret_key->bytes));
	return 0;
}

void media_key_to_text(const struct media_key *key, char text[MEDIA_KEY_TEXT + 1])
{
	sodium_bin2base64(text, MEDIA_KEY_TEXT + 1, key->bytes, sizeof(key->bytes),
		sodium_base64_VARIANT_ORIGINAL);
}

int media_key_from_text(const char *text, struct media_key *ret_key)
{
	struct media_key key;
	size_t size = 0;
	if (strlen(text) != MEDIA_KEY_TEXT ||
		sodium_base642bin(key.bytes, sizeof(key.bytes), text, MEDIA_KEY_TEXT, NULL, &size,
			NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
		size != sizeof(key.bytes)) {
		return MEDIA_MALFORMED;
	}
	*ret_key = key;
	media_key_wipe(&key);
	return 0;
}

uint64_t media_key_digest(const struct media_key *key)
{
	unsigned char hash[crypto_generichash_BYTES_MIN];
	crypto_generichash(hash, sizeof(hash), key->bytes, sizeof(key->bytes), NULL, 0);
	uint64_t digest;
	memcpy(&digest, hash, sizeof(digest));
	return digest;
}

void media_key_wipe(struct media_key *key)
{
	memory_wipe(key->bytes, sizeof(key->bytes));
}
