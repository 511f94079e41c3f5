/* A journal's hash as people compare it: 64 hexadecimal digits. */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_HASH_TEXT_H
#define DIEMCAU_COORDINATOR_JOURNAL_HASH_TEXT_H

#include "coordinator/journal/journal.h"

struct hash_text {
	char text[2 * JOURNAL_HASH_BYTES + 1];
};

/* Empty for NULL. */
struct hash_text hash_text(const uint8_t hash[JOURNAL_HASH_BYTES]);
/* False: not 64 hexadecimal digits. */
bool hash_text_read(const char *text, uint8_t ret_hash[static JOURNAL_HASH_BYTES]);

#endif
