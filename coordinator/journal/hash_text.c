#include "coordinator/journal/hash_text.h"

#include <sodium.h>
#include <string.h>

enum { DIGITS = 2 * JOURNAL_HASH_BYTES };

struct hash_text hash_text(const uint8_t hash[JOURNAL_HASH_BYTES])
{
	struct hash_text written = {""};
	if (hash) {
		sodium_bin2hex(written.text, sizeof(written.text), hash, JOURNAL_HASH_BYTES);
	}
	return written;
}

bool hash_text_read(const char *text, uint8_t ret_hash[static JOURNAL_HASH_BYTES])
{
	size_t size = 0;
	return strlen(text) == DIGITS &&
	       sodium_hex2bin(ret_hash, JOURNAL_HASH_BYTES, text, DIGITS, NULL, &size, NULL) == 0 &&
	       size == JOURNAL_HASH_BYTES;
}
