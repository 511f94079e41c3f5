/*
 * All slots a site receives, joined and left as desired, played in sync.
 *
 * Packets may arrive on the transport's thread while the main thread joins and leaves slots.
 * Decoded samples go to the on_sample callback.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_RECEIVE_DOWNLINK_H
#define DIEMCAU_ENDPOINT_MEDIA_RECEIVE_DOWNLINK_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/media/receive/slot_pipeline.h"
#include "proto/media/slot_number.h"

struct ep_downlink_events {
	void (*on_sample)(void *user, unsigned slot, GstSample *sample);
	void (*on_missing)(void *user, unsigned slot, uint16_t sequence);
	void (*on_keyframe_needed)(void *user, unsigned slot);
};

struct ep_downlink;

/* NULL without memory. events must outlive it. */
struct ep_downlink *ep_downlink_create(const struct ep_downlink_events *events, void *user);
/* Takes NULL. */
void ep_downlink_destroy(struct ep_downlink *downlink);

/* Voices of this site number are our own and not played. Call before any slot is joined. */
void ep_downlink_number(struct ep_downlink *downlink, uint16_t own_number);

/* Joining a joined slot, or leaving a left one, changes nothing. False: it cannot be decoded. */
bool ep_downlink_join(struct ep_downlink *downlink, unsigned slot);
void ep_downlink_leave(struct ep_downlink *downlink, unsigned slot);

/* Any thread; packets of slots that are not joined are dropped. */
void ep_downlink_rtp(struct ep_downlink *downlink, unsigned slot, const uint8_t *data, size_t size);
void ep_downlink_report(
	struct ep_downlink *downlink, unsigned slot, const uint8_t *data, size_t size);

/* Main thread, every 100 to 500 ms: lip-sync, keyframe requests, restarts of pipelines. */
void ep_downlink_check(struct ep_downlink *downlink);

bool ep_downlink_is_joined(const struct ep_downlink *downlink, unsigned slot);
bool ep_downlink_is_playing(const struct ep_downlink *downlink, unsigned slot);
/* Zeroes for a slot that is not joined. */
void ep_downlink_stats(
	struct ep_downlink *downlink, unsigned slot, struct ep_slot_stats *ret_stats);

#endif
