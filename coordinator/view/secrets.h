/*
 * Media keys and addresses as the coordinator passes them on: in memory only, never journalled,
 * logged, shown or written. A site reports the key it made for one instance of the relay; the
 * relay reports its own. After a restart of the coordinator both are learnt again from reports.
 *
 * A key belongs to the relay instance it was made for and is told to no other, for what was
 * recorded under it would be taken by a relay that has not seen it pass. A site that reports a key
 * of one relay for another one is not heeded: it has to make a new one. And a key belongs to the
 * credential of whoever reported it, and goes with it.
 */
#ifndef DIEMCAU_VIEW_SECRETS_H
#define DIEMCAU_VIEW_SECRETS_H

#include "bounds.h"
#include "wire_msg.h"

enum { SECRETS_KEYS_REMEMBERED = 8 }; /* of each site; what has no key nobody can use again */

/* A key that was reported, by its digest and that of the relay it was made for. */
struct secrets_used {
	uint64_t key;
	uint64_t relay;
};

struct secrets_site {
	char mark[CREDENTIAL_MARK_SIZE]; /* of its credential; "": none is known */
	bool known;
	char relay[INSTANCE_ID_SIZE]; /* the relay instance this key was made for */
	char key[MEDIA_KEY_SIZE];
	struct secrets_used used[SECRETS_KEYS_REMEMBERED]; /* the eldest is overwritten */
	size_t n_used; /* ever */
};

/* About 2 MB: keep it on the heap. All zeroes is an empty one. */
struct secrets {
	char relay_mark[CREDENTIAL_MARK_SIZE];
	bool relay_known;
	struct wire_relay_access relay;
	struct secrets_site sites[SITES_MAX + 1]; /* by site number */
	uint64_t rekey; /* when another group key was last asked for, in ms; 0: never */
	uint64_t keys_refused; /* reported for a relay they were not made for */
};

/*
 * The credential of a site, or of the relay, as its mark ("": it has none). True if it is another
 * than before: then what was learnt from whoever held it is forgotten, and with the relay, to which
 * all were given, the keys of all sites.
 */
bool secrets_mark_site(struct secrets *secrets, uint32_t number, const char *mark);
bool secrets_mark_relay(struct secrets *secrets, const char *mark);

/* Take the relay's report; true if access to it changed. */
bool secrets_learn_relay(
	struct secrets *secrets, const char *instance, const struct wire_relay_report *report);

/* Is this the key it has? */
bool secrets_knows_site(
	const struct secrets *secrets, uint32_t number, const struct wire_uplink_key *key);

/*
 * Take a site's key; true if it is a new one. Numbers out of range are ignored, and (counted) keys
 * that were reported for another relay before.
 */
bool secrets_learn_site(
	struct secrets *secrets, uint32_t number, const struct wire_uplink_key *key);

/* The key of a site if it was made for this instance of the relay, else NULL. */
const char *secrets_site_key(const struct secrets *secrets, uint32_t number, const char *instance);

/* Overwrite everything. */
void secrets_wipe(struct secrets *secrets);

#endif
