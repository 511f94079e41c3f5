/*
 * Media keys and addresses as the coordinator passes them on: in memory only, never journalled,
 * logged, shown or written. A site reports the key it made for one instance of the relay; the relay
 * reports its own. After a restart of the coordinator both are learnt again from reports.
 *
 * A key belongs to the relay instance it was made for and is sent to no other: a relay that has not
 * seen the packets of that key would accept a recording of them (replay). A site that reports a key
 * of one relay for another one is ignored: it has to make a new one. A key also belongs to the
 * credential that reported it, and is forgotten with it.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_MEDIA_KEYS_H
#define DIEMCAU_COORDINATOR_VIEW_MEDIA_KEYS_H

#include "bounds.h"
#include "wire_msg.h"

enum {
	MEDIA_KEYS_KEYS_REMEMBERED = 8
}; /* of each site; packets of an older key cannot be replayed */

/* A key that was reported, by its digest and that of the relay it was made for. */
struct media_key_used {
	uint64_t key;
	uint64_t relay;
};

struct media_keys_site {
	char mark[CREDENTIAL_MARK_SIZE]; /* of its credential; "": none is known */
	bool known;
	char relay[INSTANCE_ID_SIZE]; /* the relay instance this key was made for */
	char key[MEDIA_KEY_SIZE];
	struct media_key_used used[MEDIA_KEYS_KEYS_REMEMBERED]; /* the oldest is overwritten */
	size_t n_used; /* ever */
};

/* About 2 MB: keep it on the heap. All zeroes is an empty one. */
struct media_keys {
	char relay_mark[CREDENTIAL_MARK_SIZE];
	bool relay_known;
	struct wire_relay_access relay;
	struct media_keys_site sites[SITES_MAX + 1]; /* by site number */
	uint64_t revision; /* counts what desired states are made of */
	uint64_t rekey; /* when a new group key was last requested, in ms; 0: never */
	uint64_t keys_refused; /* reported for a relay they were not made for */
};

/*
 * The credential of a site, or of the relay, as its mark ("": it has none). True if it is another
 * than before: then the keys learnt with the old one are forgotten; for the relay, which knows all
 * keys, those of all sites.
 */
bool media_keys_mark_site(struct media_keys *media_keys, uint32_t number, const char *mark);
bool media_keys_mark_relay(struct media_keys *media_keys, const char *mark);

/* Take the relay's report; true if access to it changed. */
bool media_keys_learn_relay(struct media_keys *media_keys, const char *instance,
	const struct wire_relay_report *report);

/* Is this the key it has? */
bool media_keys_knows_site(
	const struct media_keys *media_keys, uint32_t number, const struct wire_uplink_key *key);

/*
 * Take a site's key; true if it is a new one. Ignored are numbers out of range, and keys reported
 * for another relay before, which are counted.
 */
bool media_keys_learn_site(
	struct media_keys *media_keys, uint32_t number, const struct wire_uplink_key *key);

/* The key of a site if it was made for this instance of the relay, else NULL. */
const char *media_keys_site_key(
	const struct media_keys *media_keys, uint32_t number, const char *instance);

/* Request a new group key from the relay; the moment identifies the request. */
void media_keys_ask_rekey(struct media_keys *media_keys, uint64_t at_ms);

/* Overwrite everything. */
void media_keys_wipe(struct media_keys *media_keys);

#endif
