/* The relay: applies a desired state, runs what is due. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/relay/relay_private.h"
#include "text_copy.h"

enum {
	SWEEP_US = 100000, /* interval of media states and limits */
	ASK_US = 10000,
	WAIT_MAX_US = 10000
};

static int init_slots(struct rly_relay *relay)
{
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		int r = rly_slot_init(&relay->slots[i], (uint16_t)i);
		if (r < 0) {
			return r;
		}
		if (relay->config.first_sequence) {
			rly_slot_set_first_sequence(
				&relay->slots[i], *relay->config.first_sequence);
		}
	}
	return 0;
}

int rly_relay_create(const struct rly_config *config, struct rly_relay **ret_relay)
{
	struct rly_relay *relay = calloc(1, sizeof(*relay));
	if (!relay) {
		return -ENOMEM;
	}
	relay->config = *config;
	relay->limits = config->limits ? *config->limits : rly_default_uplink_limits;
	relay->config.limits = NULL; /* borrowed until here */
	relay->config.instance = NULL; /* borrowed until here */
	TEXT_COPY(relay->instance, config->instance);
	int r = init_slots(relay);
	relay->config.first_sequence = NULL; /* borrowed until here */
	r = r < 0 ? r : media_challenge_make(&relay->challenge);
	r = r < 0 ? r : media_key_make(&relay->key);
	r = r < 0 ? r : media_sender_create(&relay->key, &relay->sender);
	if (r < 0) {
		rly_relay_destroy(relay);
		return r;
	}
	*ret_relay = relay;
	return 0;
}

void rly_relay_destroy(struct rly_relay *relay)
{
	if (!relay) {
		return;
	}
	for (size_t i = 0; i < relay->n_sites; i++) {
		rly_site_destroy(relay->by_number[relay->numbers[i]]);
	}
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		rly_slot_finish(&relay->slots[i]);
	}
	media_sender_destroy(relay->sender);
	media_key_wipe(&relay->key);
	media_key_wipe(&relay->next_key);
	free(relay);
}

static int make_room(struct rly_relay *relay, size_t n_sites)
{
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		struct rly_slot *slot = &relay->slots[i];
		struct rly_receiver **grown =
			realloc(slot->receivers, (n_sites + 1) * sizeof(*slot->receivers));
		if (!grown) {
			return -ENOMEM;
		}
		slot->receivers = grown;
	}
	return 0;
}

static uint16_t slot_bits(const struct wire_relay_site *desired)
{
	unsigned bits = 0;
	for (size_t i = 0; i < desired->n_receive; i++) {
		bits |= 1U << (media_slot_number(desired->receive[i]));
	}
	return (uint16_t)bits;
}

/*
 * A barred site knows the group key: all other sites get a new one. One rekey at a time: receivers
 * hold MEDIA_KEYS_MAX keys, and successive keys must not push out the one in use.
 */
static void begin_rekey(struct rly_relay *relay, int64_t now_us)
{
	if (relay->rekeying) {
		relay->rekey_again = true;
		return;
	}
	if (media_key_make(&relay->next_key) == 0) {
		relay->rekeying = true;
		relay->rekey_us = now_us + RLY_REKEY_US;
		relay->changed = true;
	}
}

static void end_rekey(struct rly_relay *relay, int64_t now_us)
{
	if (media_sender_rekey(relay->sender, &relay->next_key) < 0) {
		return;
	}
	relay->key = relay->next_key;
	media_key_wipe(&relay->next_key);
	relay->rekeying = false;
	if (relay->rekey_again) {
		relay->rekey_again = false;
		begin_rekey(relay, now_us);
	}
}

/* A fresh key answers no request; a rekey under way is the one requested. */
static void apply_rekey_request(
	struct rly_relay *relay, const struct wire_relay_desired *desired, int64_t now_us)
{
	if (!desired->has_rekey || desired->rekey == relay->rekey_request) {
		return;
	}
	relay->rekey_request = desired->rekey;
	if (relay->version > 0 && !relay->rekeying) {
		begin_rekey(relay, now_us);
	}
}

/*
 * A site that joined with a rotated or revoked join file is cut off, and knows the group key: as
 * for a barred site, all others get a new one. If the coordinator sends no credentials, no site is
 * cut off.
 */
static void apply_credential(struct rly_relay *relay, struct rly_site *site,
	const struct wire_relay_site *desired, int64_t now_us)
{
	const char *credential = desired->has_credential ? desired->credential : "";
	if (strcmp(site->credential, credential) == 0) {
		return;
	}
	if (site->credential[0] != '\0') {
		rly_site_revoke(site);
		relay->receivers_stale = true;
		relay->changed = true;
		begin_rekey(relay, now_us);
	}
	TEXT_COPY(site->credential, credential);
}

/*
 * No key in the message means the key is not known: a coordinator that has just restarted learns it
 * again. A key made for another instance, or a retired one, is ignored: packets recorded under it
 * would be accepted.
 */
static int apply_key(struct rly_relay *relay, struct rly_site *site,
	const struct wire_relay_site *desired, bool this_instance)
{
	if (!desired->has_key) {
		return 0;
	}
	int r = this_instance ? rly_site_set_key(site, desired->key) : -EKEYREJECTED;
	relay->keys_refused += r == -EKEYREJECTED;
	return r == -EKEYREJECTED ? 0 : r;
}

static int apply_site(struct rly_relay *relay, const struct wire_relay_site *desired,
	bool this_instance, int64_t now_us)
{
	struct rly_site *site = relay->by_number[desired->number];
	if (!site) {
		int r = rly_site_create((uint16_t)desired->number, &relay->challenge, &site);
		if (r < 0) {
			return r;
		}
		relay->by_number[desired->number] = site;
		relay->numbers[relay->n_sites++] = site->number;
	}
	site->marked = true;
	apply_credential(relay, site, desired, now_us);
	/*
	 * Connected or not, the site may hold the group key; before the first desired state no site
	 * has it.
	 */
	if (desired->barred && !site->barred && relay->version > 0) {
		begin_rekey(relay, now_us);
	}
	site->barred = desired->barred;
	uint16_t receive = slot_bits(desired);
	unsigned joined = receive & ~(unsigned)site->receive;
	for (unsigned slot = 0; slot < MEDIA_SLOTS; slot++) {
		if (joined >> slot & 1) {
			const struct rly_route *route = &relay->slots[slot].route;
			site->joined_at[slot] = route->started ? route->newest_out : -1;
		}
	}
	site->receive = receive;
	if (joined && site->path.proven && !site->barred) {
		rly_slots_subscribed(relay, joined, now_us);
	}
	return apply_key(relay, site, desired, this_instance);
}

/* A site that has left the meeting knows the group key, too. */
static void remove_unmarked(struct rly_relay *relay, int64_t now_us)
{
	size_t n_left = 0;
	for (size_t i = 0; i < relay->n_sites; i++) {
		uint16_t number = relay->numbers[i];
		if (relay->by_number[number]->marked) {
			relay->by_number[number]->marked = false;
			relay->numbers[n_left++] = number;
		} else {
			rly_site_destroy(relay->by_number[number]);
			relay->by_number[number] = NULL;
			begin_rekey(relay, now_us);
		}
	}
	relay->n_sites = n_left;
}

static enum media_source source_of(const struct wire_slot_source *feed)
{
	bool small = feed->slot == SLOT_PROGRAM_SMALL;
	switch (feed->slot) {
	case SLOT_VOICE0:
	case SLOT_VOICE1:
	case SLOT_VOICE2:
	case SLOT_VOICE3:
		return MEDIA_VOICE;
	case SLOT_UNSET:
	case SLOT_PROGRAM:
	case SLOT_PROGRAM_SMALL:
	case SLOT_RETURN:
	case SLOT_CONTENT:
		break;
	}
	if (feed->source == SOURCE_NAME_CONTENT) {
		return small ? MEDIA_CONTENT_PREVIEW : MEDIA_CONTENT;
	}
	return small ? MEDIA_PREVIEW : MEDIA_CAMERA;
}

static void apply_slots(struct rly_relay *relay, const struct wire_relay_desired *desired)
{
	uint16_t streams[MEDIA_SLOTS] = {0};
	for (size_t i = 0; i < desired->n_slots; i++) {
		const struct wire_slot_source *feed = &desired->slots[i];
		streams[media_slot_number(feed->slot)] =
			media_uplink_stream((uint16_t)feed->site, source_of(feed));
	}
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		rly_route_set(&relay->slots[i].route, streams[i]);
	}
}

static void request_keyframes(struct rly_relay *relay, int64_t now_us)
{
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		rly_request_keyframe(relay, rly_route_wants_keyframe(&relay->slots[i].route),
			RLY_KEYFRAME_AGAIN_US, now_us);
	}
}

int rly_relay_set_desired(
	struct rly_relay *relay, const struct wire_relay_desired *desired, int64_t now_us)
{
	int r = make_room(relay, desired->n_sites + relay->n_sites);
	if (r < 0) {
		return r;
	}
	bool this_instance =
		desired->has_instance && strcmp(desired->instance, relay->instance) == 0;
	/*
	 * Slots first: a site that joins a slot about to change needs no key frame of the old
	 * source.
	 */
	apply_slots(relay, desired);
	for (size_t i = 0; i < desired->n_sites; i++) {
		int taken = apply_site(relay, &desired->sites[i], this_instance, now_us);
		r = r < 0 ? r : taken;
	}
	apply_rekey_request(relay, desired, now_us);
	remove_unmarked(relay, now_us);
	rly_slots_collect_receivers(relay);
	request_keyframes(relay, now_us);
	if (r == 0) {
		relay->version = desired->version;
	}
	return r;
}

static void update_media_state(struct rly_relay *relay, struct rly_site *site, int64_t now_us)
{
	struct rly_sample sum = rly_meter_sum(&site->meter, now_us);
	enum media_state media_state =
		rly_media_state_of(site->media_state, site->media_us, &sum, now_us);
	relay->changed = relay->changed || media_state != site->media_state;
	site->media_state = media_state;
}

/* The packets sent to each site recently: its NACKs are measured against them. */
static void count_sent(struct rly_relay *relay, struct rly_site *site, int64_t now_us)
{
	uint64_t sent = 0;
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		if (site->path.proven && site->receive >> i & 1) {
			sent += relay->slots[i].packets - relay->slots[i].swept_packets;
		}
	}
	rly_meter_add(&site->meter, &(struct rly_sample){.sent = sent}, now_us);
}

static void sweep_site(struct rly_relay *relay, struct rly_site *site, int64_t now_us)
{
	count_sent(relay, site, now_us);
	update_media_state(relay, site, now_us);
	if (rly_path_expire(&site->path, now_us)) {
		relay->receivers_stale = true;
	}
	if (site->path.proven && now_us - site->rr_us >= RLY_RR_US) {
		rly_send_receiver_report(relay, site, now_us);
	}
}

static void sweep(struct rly_relay *relay, int64_t now_us)
{
	for (size_t i = 0; i < relay->n_sites; i++) {
		sweep_site(relay, relay->by_number[relay->numbers[i]], now_us);
	}
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		relay->slots[i].swept_packets = relay->slots[i].packets;
	}
	if (relay->rekeying && now_us >= relay->rekey_us) {
		end_rekey(relay, now_us);
	}
	relay->swept_us = now_us;
}

static void tick_slot(struct rly_relay *relay, struct rly_slot *slot, int64_t now_us)
{
	if (now_us >= rly_slot_due(slot)) {
		rly_slot_flush(relay, slot, now_us);
	}
	if (slot->packets > 0 && now_us - slot->sr_us >= RLY_SR_US) {
		rly_slot_send_report(relay, slot, now_us);
		slot->sr_us = now_us;
	}
}

static void send_requests(struct rly_relay *relay, int64_t now_us)
{
	for (size_t i = 0; i < relay->n_sites; i++) {
		rly_send_nacks(relay, relay->by_number[relay->numbers[i]], now_us);
	}
	request_keyframes(relay, now_us);
	relay->keyframes_us = now_us;
}

void rly_relay_tick(struct rly_relay *relay, int64_t now_us)
{
	if (relay->receivers_stale) {
		rly_slots_collect_receivers(relay);
	}
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		tick_slot(relay, &relay->slots[i], now_us);
	}
	if (now_us - relay->keyframes_us >= ASK_US) {
		send_requests(relay, now_us);
	}
	if (now_us - relay->swept_us >= SWEEP_US) {
		sweep(relay, now_us);
	}
}

int64_t rly_relay_wait_us(const struct rly_relay *relay, int64_t now_us)
{
	int64_t wait = WAIT_MAX_US;
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		int64_t due = rly_slot_due(&relay->slots[i]);
		if (due != INT64_MAX && due - now_us < wait) {
			wait = due - now_us;
		}
	}
	return wait > 0 ? wait : 0;
}

bool rly_relay_has_changed(const struct rly_relay *relay)
{
	return relay->changed;
}
