/* The slots of a site. One mutex guards the array and the lip-sync state. */
#include "endpoint/media/receive/downlink.h"

#include <pthread.h>

#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/receive/lip_sync.h"

struct ep_downlink {
	const struct ep_downlink_events *events;
	void *user;
	uint16_t own_number;
	pthread_mutex_t lock; /* guards slots against the transport's thread */
	struct ep_slot *slots[MEDIA_SLOTS];
	pthread_mutex_t sync_lock; /* guards sync: streaming threads of several slots report */
	struct ep_lip_sync sync;
	int64_t waits_us[MEDIA_SLOTS];
};

static void on_sample(void *user, unsigned slot, GstSample *sample)
{
	struct ep_downlink *downlink = user;
	downlink->events->on_sample(downlink->user, slot, sample);
}

static void on_missing(void *user, unsigned slot, uint16_t sequence)
{
	struct ep_downlink *downlink = user;
	downlink->events->on_missing(downlink->user, slot, sequence);
}

static void on_keyframe_needed(void *user, unsigned slot)
{
	struct ep_downlink *downlink = user;
	downlink->events->on_keyframe_needed(downlink->user, slot);
}

static void on_related(void *user, unsigned slot, int64_t local_us, int64_t relay_us)
{
	struct ep_downlink *downlink = user;
	pthread_mutex_lock(&downlink->sync_lock);
	ep_lip_sync_report(&downlink->sync, slot, local_us, relay_us, ep_pipeline_now_us());
	pthread_mutex_unlock(&downlink->sync_lock);
}

static const struct ep_slot_events slot_events = {
	.on_sample = on_sample,
	.on_missing = on_missing,
	.on_keyframe_needed = on_keyframe_needed,
	.on_related = on_related,
};

struct ep_downlink *ep_downlink_create(const struct ep_downlink_events *events, void *user)
{
	struct ep_downlink *downlink = g_new0(struct ep_downlink, 1);
	downlink->events = events;
	downlink->user = user;
	pthread_mutex_init(&downlink->lock, NULL);
	pthread_mutex_init(&downlink->sync_lock, NULL);
	return downlink;
}

void ep_downlink_destroy(struct ep_downlink *downlink)
{
	if (!downlink) {
		return;
	}
	for (unsigned slot = 0; slot < MEDIA_SLOTS; slot++) {
		ep_downlink_leave(downlink, slot);
	}
	pthread_mutex_destroy(&downlink->lock);
	pthread_mutex_destroy(&downlink->sync_lock);
	g_free(downlink);
}

void ep_downlink_number(struct ep_downlink *downlink, uint16_t own_number)
{
	downlink->own_number = own_number;
}

bool ep_downlink_join(struct ep_downlink *downlink, unsigned slot)
{
	if (slot >= MEDIA_SLOTS || downlink->slots[slot]) {
		return slot < MEDIA_SLOTS;
	}
	struct ep_slot *made =
		ep_slot_create(slot, downlink->own_number, &slot_events, downlink, NULL);
	pthread_mutex_lock(&downlink->lock);
	downlink->slots[slot] = made;
	pthread_mutex_unlock(&downlink->lock);
	downlink->waits_us[slot] = 0;
	return made != NULL;
}

void ep_downlink_leave(struct ep_downlink *downlink, unsigned slot)
{
	pthread_mutex_lock(&downlink->lock);
	struct ep_slot *left = downlink->slots[slot];
	downlink->slots[slot] = NULL;
	pthread_mutex_unlock(&downlink->lock);
	ep_slot_destroy(left);
	pthread_mutex_lock(&downlink->sync_lock);
	ep_lip_sync_forget(&downlink->sync, slot);
	pthread_mutex_unlock(&downlink->sync_lock);
}

void ep_downlink_rtp(struct ep_downlink *downlink, unsigned slot, const uint8_t *data, size_t size)
{
	pthread_mutex_lock(&downlink->lock);
	if (slot < MEDIA_SLOTS && downlink->slots[slot]) {
		ep_slot_rtp(downlink->slots[slot], data, size);
	}
	pthread_mutex_unlock(&downlink->lock);
}

void ep_downlink_report(
	struct ep_downlink *downlink, unsigned slot, const uint8_t *data, size_t size)
{
	pthread_mutex_lock(&downlink->lock);
	if (slot < MEDIA_SLOTS && downlink->slots[slot]) {
		ep_slot_report(downlink->slots[slot], data, size);
	}
	pthread_mutex_unlock(&downlink->lock);
}

static void apply_lip_sync(struct ep_downlink *downlink, unsigned slot)
{
	pthread_mutex_lock(&downlink->sync_lock);
	int64_t wait_us = ep_lip_sync_wait_us(&downlink->sync, slot, ep_pipeline_now_us());
	pthread_mutex_unlock(&downlink->sync_lock);
	if (ep_lip_sync_is_worth(downlink->waits_us[slot], wait_us)) {
		downlink->waits_us[slot] = wait_us;
		ep_slot_set_delay(downlink->slots[slot], wait_us);
	}
}

void ep_downlink_check(struct ep_downlink *downlink)
{
	for (unsigned slot = 0; slot < MEDIA_SLOTS; slot++) {
		if (downlink->slots[slot]) {
			pthread_mutex_lock(&downlink->lock);
			ep_slot_check(downlink->slots[slot]);
			pthread_mutex_unlock(&downlink->lock);
			apply_lip_sync(downlink, slot);
		}
	}
}

bool ep_downlink_is_joined(const struct ep_downlink *downlink, unsigned slot)
{
	return slot < MEDIA_SLOTS && downlink->slots[slot];
}

bool ep_downlink_is_playing(const struct ep_downlink *downlink, unsigned slot)
{
	return ep_downlink_is_joined(downlink, slot) && ep_slot_is_playing(downlink->slots[slot]);
}

void ep_downlink_stats(struct ep_downlink *downlink, unsigned slot, struct ep_slot_stats *ret_stats)
{
	*ret_stats = (struct ep_slot_stats){0};
	if (ep_downlink_is_joined(downlink, slot)) {
		ep_slot_stats(downlink->slots[slot], ret_stats);
	}
}
