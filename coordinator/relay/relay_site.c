/* The relay's record of a site. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/relay/relay_private.h"
#include "proto/system/memory.h"
#include "text_copy.h"

int rly_site_create(
	uint16_t number, const struct media_challenge *challenge, struct rly_site **ret_site)
{
	struct rly_site *site = calloc(1, sizeof(*site));
	if (!site) {
		return -ENOMEM;
	}
	site->number = number;
	rly_path_init(&site->path, challenge, number);
	site->media_us = -1;
	site->round_trip_us = -1;
	site->media_state = MEDIA_STATE_NONE;
	*ret_site = site;
	return 0;
}

void rly_site_destroy(struct rly_site *site)
{
	if (site) {
		media_receiver_destroy(site->uplink);
		media_receiver_destroy(site->old_uplink);
		for (int i = 0; i < SITE_SOURCES; i++) {
			free(site->sources[i]);
		}
		free(site);
	}
}

/* The streams of a new process under a new key continue none of the old ones. */
static void restart_streams(struct rly_site *site)
{
	for (int i = 0; i < SITE_SOURCES; i++) {
		if (site->sources[i]) {
			rly_source_restart(site->sources[i]);
		}
	}
	memset(&site->site_clock, 0, sizeof(site->site_clock));
}

static bool is_retired(const struct rly_site *site, const struct media_key *key)
{
	uint64_t digest = media_key_digest(key);
	size_t n = site->n_retired < RLY_KEYS_RETIRED ? site->n_retired : RLY_KEYS_RETIRED;
	for (size_t i = 0; i < n; i++) {
		if (site->retired[i] == digest) {
			return true;
		}
	}
	return false;
}

/* A key whose replay windows are dropped may not be used again. */
static void retire_old(struct rly_site *site)
{
	struct media_key key;
	if (site->old_uplink && media_key_from_text(site->old_key_text, &key) == 0) {
		site->retired[site->n_retired++ % RLY_KEYS_RETIRED] = media_key_digest(&key);
		media_key_wipe(&key);
	}
	media_receiver_destroy(site->old_uplink);
	site->old_uplink = NULL;
}

static int open_uplink(
	const struct rly_site *site, const char *key_text, struct media_receiver **ret_uplink)
{
	struct media_key key;
	if (media_key_from_text(key_text, &key) != 0) {
		return -EINVAL;
	}
	int r = is_retired(site, &key) ? -EKEYREJECTED : media_receiver_create(&key, ret_uplink);
	media_key_wipe(&key);
	return r;
}

int rly_site_set_key(struct rly_site *site, const char *key_text)
{
	if (strcmp(site->key_text, key_text) == 0) {
		return 0;
	}
	struct media_receiver *uplink = site->old_uplink;
	if (!uplink || strcmp(site->old_key_text, key_text) != 0) {
		int r = open_uplink(site, key_text, &uplink);
		if (r < 0) {
			return r;
		}
		retire_old(site);
	}
	site->old_uplink = site->uplink;
	memcpy(site->old_key_text, site->key_text, sizeof(site->old_key_text));
	site->uplink = uplink;
	TEXT_COPY(site->key_text, key_text);
	restart_streams(site);
	return 0;
}

/* Both keys are retired, so that they are refused from now on. */
void rly_site_revoke(struct rly_site *site)
{
	retire_old(site);
	site->old_uplink = site->uplink;
	memcpy(site->old_key_text, site->key_text, sizeof(site->old_key_text));
	site->uplink = NULL;
	retire_old(site);
	memory_wipe(site->key_text, sizeof(site->key_text));
	memory_wipe(site->old_key_text, sizeof(site->old_key_text));
	rly_path_reset(&site->path);
	restart_streams(site);
}

struct rly_source *rly_site_source(struct rly_site *site, enum media_source source)
{
	if ((int)source >= SITE_SOURCES) {
		return NULL;
	}
	if (!site->sources[source]) {
		site->sources[source] = calloc(1, sizeof(*site->sources[source]));
	}
	return site->sources[source];
}

uint32_t rly_source_rate(enum media_source source)
{
	return source == MEDIA_VOICE ? MEDIA_RATE_AUDIO : MEDIA_RATE_VIDEO;
}
