/* Media keys in memory: learnt from reports, put into desired states, wiped at the end. */
#include "coordinator/view/media_keys.h"

#include <string.h>

#include "coordinator/view/digest.h"
#include "coordinator/view/text.h"
#include "proto/system/memory.h"

static bool access_is(const struct wire_relay_access *a, const struct wire_relay_access *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static void forget_key(struct media_keys_site *site)
{
	site->known = false;
	memory_wipe(site->relay, sizeof(site->relay));
	memory_wipe(site->key, sizeof(site->key));
}

bool media_keys_mark_site(struct media_keys *media_keys, uint32_t number, const char *mark)
{
	if (number == 0 || number > SITES_MAX ||
		strcmp(media_keys->sites[number].mark, mark) == 0) {
		return false;
	}
	struct media_keys_site *site = &media_keys->sites[number];
	if (site->mark[0] != '\0') {
		forget_key(site);
	}
	TEXT_COPY(site->mark, mark);
	media_keys->revision++;
	return true;
}

bool media_keys_mark_relay(struct media_keys *media_keys, const char *mark)
{
	if (strcmp(media_keys->relay_mark, mark) == 0) {
		return false;
	}
	if (media_keys->relay_mark[0] != '\0') {
		media_keys->relay_known = false;
		memory_wipe(&media_keys->relay, sizeof(media_keys->relay));
		for (size_t i = 0; i <= SITES_MAX; i++) {
			forget_key(&media_keys->sites[i]);
		}
	}
	TEXT_COPY(media_keys->relay_mark, mark);
	media_keys->revision++;
	return true;
}

bool media_keys_learn_relay(
	struct media_keys *media_keys, const char *instance, const struct wire_relay_report *report)
{
	struct wire_relay_access access;

	memset(&access, 0, sizeof(access));
	TEXT_COPY(access.instance, instance);
	TEXT_COPY(access.group_key, report->group_key);
	access.n_addresses = report->n_addresses;
	for (size_t i = 0; i < report->n_addresses; i++) {
		TEXT_COPY(access.addresses[i], report->addresses[i]);
	}
	if (media_keys->relay_known && access_is(&access, &media_keys->relay)) {
		return false;
	}
	media_keys->relay = access;
	media_keys->relay_known = true;
	media_keys->revision++;
	return true;
}

bool media_keys_knows_site(
	const struct media_keys *media_keys, uint32_t number, const struct wire_uplink_key *key)
{
	if (number == 0 || number > SITES_MAX) {
		return false;
	}
	const struct media_keys_site *site = &media_keys->sites[number];
	return site->known && strcmp(site->relay, key->relay) == 0 &&
	       strcmp(site->key, key->key) == 0;
}

static bool was_made_for_another_relay(
	const struct media_keys_site *site, const struct media_key_used *use)
{
	for (size_t i = 0; i < MEDIA_KEYS_KEYS_REMEMBERED; i++) {
		if (i < site->n_used && site->used[i].key == use->key &&
			site->used[i].relay != use->relay) {
			return true;
		}
	}
	return false;
}

bool media_keys_learn_site(
	struct media_keys *media_keys, uint32_t number, const struct wire_uplink_key *key)
{
	struct media_key_used use = {view_digest(key->key, strlen(key->key)),
		view_digest(key->relay, strlen(key->relay))};

	if (number == 0 || number > SITES_MAX || media_keys_knows_site(media_keys, number, key)) {
		return false;
	}
	struct media_keys_site *site = &media_keys->sites[number];
	if (was_made_for_another_relay(site, &use)) {
		media_keys->keys_refused++;
		return false;
	}
	site->used[site->n_used++ % MEDIA_KEYS_KEYS_REMEMBERED] = use;
	TEXT_COPY(site->relay, key->relay);
	TEXT_COPY(site->key, key->key);
	site->known = true;
	media_keys->revision++;
	return true;
}

const char *media_keys_site_key(
	const struct media_keys *media_keys, uint32_t number, const char *instance)
{
	if (number == 0 || number > SITES_MAX) {
		return NULL;
	}
	const struct media_keys_site *site = &media_keys->sites[number];
	return site->known && strcmp(site->relay, instance) == 0 ? site->key : NULL;
}

void media_keys_ask_rekey(struct media_keys *media_keys, uint64_t at_ms)
{
	media_keys->rekey = at_ms;
	media_keys->revision++;
}

void media_keys_wipe(struct media_keys *media_keys)
{
	memory_wipe(media_keys, sizeof(*media_keys));
}
