/*
 * Known browsers: what a browser is given when somebody has logged in with it, and shows at the
 * next login. It opens nothing; it says that this browser was let in to this account before, so
 * that no stranger's failures concern it (api/login_queue.h; OWASP calls it a device cookie).
 *
 * Nothing is kept of it: it carries its own proof, made with a key of the installation
 * (device.key). It is worth nothing for another account, after the account's password has changed,
 * or when it is older than DEVICE_SPAN_MS.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_DEVICE_H
#define DIEMCAU_COORDINATOR_IDENTITY_DEVICE_H

#include <stdint.h>

#include "coordinator/identity/secret.h"
#include "identity_msg.h"
#include "units.h"

enum { DEVICE_TEXT_SIZE = 76 }; /* base64url of 8 + 16 + 32 bytes, without padding, and NUL */

/* From one yearly conference to the next; browsers keep no cookie longer (RFC 6265bis 5.5). */
#define DEVICE_SPAN_MS ((int64_t)400 * 24 * 3600 * 1000)

struct device_key {
	unsigned char bytes[SECRET_BYTES];
};

/* The key of a folder; made where there is none yet. 0; -EBADMSG: it is damaged; another errno. */
int device_key_load(const char *dir, struct device_key *ret_key);

/* What a browser is given that has logged in to this account. */
void device_issue(const struct device_key *key, const struct account *account, struct stamp now,
	char text[DEVICE_TEXT_SIZE]);

/* The browser's number; 0: this is nothing that it was given for this account as it is now. */
uint64_t device_verify(const struct device_key *key, const struct account *account,
	const char *text, struct stamp now);

#endif
