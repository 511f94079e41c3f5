/* Media keys in memory: learnt from reports, handed to desired states, wiped at the end. */
#include "coordinator/view/secrets.h"

#include <string.h>

#include "coordinator/view/digest.h"
#include "coordinator/view/say.h"
#include "proto/system/memory.h"

static bool access_is(const struct wire_relay_access *a, const struct wire_relay_access *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static void forget_key(struct secrets_site *site)
{
	site->known = false;
	memory_wipe(site->relay, sizeof(site->relay));
	memory_wipe(site->key, sizeof(site->key));
}

bool secrets_mark_site(struct secrets *secrets, uint32_t number, const char *mark)
{
	struct secrets_site *site;

	if (number == 0 || number > SITES_MAX || strcmp(secrets->sites[number].mark, mark) == 0) {
		return false;
	}
	site = &secrets->sites[number];
	if (site->mark[0] != '\0') {
		forget_key(site);
	}
	say_text(site->mark, sizeof(site->mark), mark);
	return true;
}

bool secrets_mark_relay(struct secrets *secrets, const char *mark)
{
	if (strcmp(secrets->relay_mark, mark) == 0) {
		return false;
	}
	if (secrets->relay_mark[0] != '\0') {
		secrets->relay_known = false;
		memory_wipe(&secrets->relay, sizeof(secrets->relay));
		for (size_t i = 0; i <= SITES_MAX; i++) {
			forget_key(&secrets->sites[i]);
		}
	}
	say_text(secrets->relay_mark, sizeof(secrets->relay_mark), mark);
	return true;
}

bool secrets_learn_relay(
	struct secrets *secrets, const char *instance, const struct wire_relay_report *report)
{
	struct wire_relay_access access;

	memset(&access, 0, sizeof(access));
	say_text(access.instance, sizeof(access.instance), instance);
	say_text(access.group_key, sizeof(access.group_key), report->group_key);
	access.n_addresses = report->n_addresses;
	for (size_t i = 0; i < report->n_addresses; i++) {
		say_text(access.addresses[i], sizeof(access.addresses[i]), report->addresses[i]);
	}
	if (secrets->relay_known && access_is(&access, &secrets->relay)) {
		return false;
	}
	secrets->relay = access;
	secrets->relay_known = true;
	return true;
}

bool secrets_knows_site(
	const struct secrets *secrets, uint32_t number, const struct wire_uplink_key *key)
{
	const struct secrets_site *site;

	if (number == 0 || number > SITES_MAX) {
		return false;
	}
	site = &secrets->sites[number];
	return site->known && strcmp(site->relay, key->relay) == 0 &&
	       strcmp(site->key, key->key) == 0;
}

static bool made_for_another(const struct secrets_site *site, const struct secrets_used *use)
{
	for (size_t i = 0; i < SECRETS_KEYS_REMEMBERED; i++) {
		if (i < site->n_used && site->used[i].key == use->key &&
			site->used[i].relay != use->relay) {
			return true;
		}
	}
	return false;
}

bool secrets_learn_site(struct secrets *secrets, uint32_t number, const struct wire_uplink_key *key)
{
	struct secrets_used use = {view_digest(key->key, strlen(key->key)),
		view_digest(key->relay, strlen(key->relay))};
	struct secrets_site *site;

	if (number == 0 || number > SITES_MAX || secrets_knows_site(secrets, number, key)) {
		return false;
	}
	site = &secrets->sites[number];
	if (made_for_another(site, &use)) {
		secrets->keys_refused++;
		return false;
	}
	site->used[site->n_used++ % SECRETS_KEYS_REMEMBERED] = use;
	strcpy(site->relay, key->relay);
	strcpy(site->key, key->key);
	site->known = true;
	return true;
}

const char *secrets_site_key(const struct secrets *secrets, uint32_t number, const char *instance)
{
	const struct secrets_site *site;

	if (number == 0 || number > SITES_MAX) {
		return NULL;
	}
	site = &secrets->sites[number];
	return site->known && strcmp(site->relay, instance) == 0 ? site->key : NULL;
}

void secrets_wipe(struct secrets *secrets)
{
	memory_wipe(secrets, sizeof(*secrets));
}
