#include "coordinator/peers/credentials.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/roster.h"

/* Sites of the roster that are in the registry, by number. */
static void mark_credentials(struct credentials *credentials, bool *ret_stands)
{
	const struct credential *credential;
	for (size_t i = 0; (credential = identity_credential(credentials->registry, i)); i++) {
		char mark[CREDENTIAL_MARK_SIZE];
		const struct site *site =
			mtg_site_by_id(engine_pending(credentials->engine), credential->site);
		identity_mark(credential, mark);
		if (credential->role == ROLE_RELAY) {
			media_keys_mark_relay(credentials->media_keys, mark);
		} else if (site) {
			ret_stands[site->number] = true;
			media_keys_mark_site(credentials->media_keys, site->number, mark);
		}
	}
}

/* A site that is not in the registry, or was removed, has no credential. */
static void unmark_others(struct credentials *credentials, const bool *stands)
{
	const struct meeting *meeting = engine_pending(credentials->engine);
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		uint32_t number = mtg_site(meeting, (int)i)->number;
		if (!stands[number]) {
			media_keys_mark_site(credentials->media_keys, number, "");
		}
	}
}

void credentials_review(struct credentials *credentials, bool registry_changed)
{
	int64_t roster = mtg_roster_revision(engine_pending(credentials->engine));
	if (!registry_changed && credentials->roster_marked == roster) {
		return;
	}
	bool *stands = calloc(SITES_MAX + 1, sizeof(*stands));
	if (!stands) {
		credentials->roster_marked = -1; /* no memory: again at the next review */
		return;
	}
	mark_credentials(credentials, stands);
	unmark_others(credentials, stands);
	free(stands);
	credentials->roster_marked = roster;
}
