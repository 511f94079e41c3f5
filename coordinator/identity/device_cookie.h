/*
 * Device cookies (OWASP): a browser gets one at a login and sends it at the next. It grants no
 * access; it proves that this browser has logged in to this account before, so that failures of
 * unknown browsers do not delay it (api/login_queue.h).
 *
 * The server stores none: a cookie carries its own proof, made with a key of the installation
 * (device.key). It is invalid for another account, after a change of the account's password, and
 * when older than DEVICE_SPAN_MS.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_DEVICE_COOKIE_H
#define DIEMCAU_COORDINATOR_IDENTITY_DEVICE_COOKIE_H

#include <stdint.h>

#include "coordinator/identity/secret.h"
#include "identity_msg.h"
#include "units.h"

enum { DEVICE_TEXT_SIZE = 76 }; /* base64url of 8 + 16 + 32 bytes, without padding, and NUL */

/* From one yearly conference to the next; browsers store no cookie longer (RFC 6265bis 5.5). */
#define DEVICE_SPAN_MS ((int64_t)400 * 24 * 3600 * 1000)

struct device_key {
	unsigned char bytes[SECRET_BYTES];
};

/* The key of a folder; created where there is none. 0; -EBADMSG: it is damaged; another errno. */
int device_key_load(const char *dir, struct device_key *ret_key);

/* The cookie for a browser that has logged in to this account. */
void device_issue(const struct device_key *key, const struct account *account, struct stamp now,
	char text[DEVICE_TEXT_SIZE]);

/* The browser's number; 0: not a valid cookie for this account as it is now. */
uint64_t device_verify(const struct device_key *key, const struct account *account,
	const char *text, struct stamp now);

#endif
