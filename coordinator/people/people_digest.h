/*
 * The digest under which the journal knows what was given of the people of a site: SHA-256 of a
 * number drawn for it and the texts. Without the number, which is erased with them, nobody can tell
 * whose names it was made of, not even by trying names.
 */
#ifndef DIEMCAU_COORDINATOR_PEOPLE_PEOPLE_DIGEST_H
#define DIEMCAU_COORDINATOR_PEOPLE_PEOPLE_DIGEST_H

#include "domain_msg.h"

enum { PEOPLE_SALT_BYTES = 32 };

struct people_salt {
	unsigned char bytes[PEOPLE_SALT_BYTES];
};

void people_salt_draw(struct people_salt *ret);
void people_digest(const struct people_salt *salt, const struct site_people *people,
	char ret_digest[static CONTENT_DIGEST_SIZE]);

#endif
