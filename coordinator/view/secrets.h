/*
 * Media keys and addresses as the coordinator passes them on: in memory only, never journalled,
 * logged, shown or written. A site reports the key it made for one instance of the relay; the
 * relay reports its own. After a restart of the coordinator both are learnt again from reports.
 */
#ifndef DIEMCAU_VIEW_SECRETS_H
#define DIEMCAU_VIEW_SECRETS_H

#include "bounds.h"
#include "wire_msg.h"

struct secrets_site {
	bool known;
	char relay[INSTANCE_ID_SIZE]; /* the relay instance this key was made for */
	char key[MEDIA_KEY_SIZE];
};

/* About 700 KB: keep it on the heap. All zeroes is an empty one. */
struct secrets {
	bool relay_known;
	struct wire_relay_access relay;
	struct secrets_site sites[SITES_MAX + 1]; /* by site number */
};

/* Take the relay's report; true if access to it changed. */
bool secrets_learn_relay(
	struct secrets *secrets, const char *instance, const struct wire_relay_report *report);

/* Take a site's key; true if it is a new one. Numbers out of range are ignored. */
bool secrets_learn_site(
	struct secrets *secrets, uint32_t number, const struct wire_uplink_key *key);

/* The key of a site if it was made for the relay that is known now, else NULL. */
const char *secrets_site_key(const struct secrets *secrets, uint32_t number);

/* Overwrite everything. */
void secrets_wipe(struct secrets *secrets);

#endif
