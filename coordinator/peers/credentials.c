#include "coordinator/peers/credentials.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/roster.h"

/* Sites that stand in the book, by number. */
static bool mark_credentials(struct coordinator *coordinator, bool *ret_stands)
{
	const struct credential *credential;
	bool changed = false;
	for (size_t i = 0; (credential = identity_credential(coordinator->registry, i)); i++) {
		char mark[CREDENTIAL_MARK_SIZE];
		const struct site *site =
			mtg_site_by_id(engine_pending(coordinator->engine), credential->site);
		identity_mark(credential, mark);
		if (credential->role == ROLE_RELAY) {
			changed = media_keys_mark_relay(coordinator->media_keys, mark) || changed;
		} else if (site) {
			ret_stands[site->number] = true;
			changed =
				media_keys_mark_site(coordinator->media_keys, site->number, mark) ||
				changed;
		}
	}
	return changed;
}

/* Who is in the meeting and not in the book has no credential. */
static bool unmark_others(struct coordinator *coordinator, const bool *stands)
{
	const struct meeting *meeting = engine_pending(coordinator->engine);
	bool changed = false;
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		uint32_t number = mtg_site(meeting, (int)i)->number;
		if (!stands[number]) {
			changed = media_keys_mark_site(coordinator->media_keys, number, "") ||
				  changed;
		}
	}
	return changed;
}

void credentials_review(struct coordinator *coordinator, bool registry_changed)
{
	size_t n_sites = mtg_site_count(engine_pending(coordinator->engine));
	if (!registry_changed && coordinator->sites_marked == n_sites) {
		return;
	}
	bool *stands = calloc(SITES_MAX + 1, sizeof(*stands));
	if (!stands) {
		coordinator->sites_marked = SIZE_MAX; /* no memory: again at the next review */
		return;
	}
	bool changed = mark_credentials(coordinator, stands);
	changed = unmark_others(coordinator, stands) || changed;
	free(stands);
	coordinator->sites_marked = n_sites;
	coordinator->desired_stale = coordinator->desired_stale || changed;
}
