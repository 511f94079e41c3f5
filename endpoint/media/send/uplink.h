/*
 * What a site sends: its camera in two sizes, its content, its voice; each switched live.
 *
 * One pipeline, fed by captures, whose branches end in RTP packets for the transport. A closed
 * branch encodes nothing. Sender reports and repair are the transport's, so no rtpbin is needed
 * on this side. The same pipeline makes the thumbnails and looks for black and frozen pictures.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_SEND_UPLINK_H
#define DIEMCAU_ENDPOINT_MEDIA_SEND_UPLINK_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/media/common/format.h"
#include "endpoint/media/common/signal_monitor.h"
#include "proto/media/ssrc.h"

enum {
	EP_DUCKED_PERCENT = 12, /* about -18 dB: heard nearby, too faint to howl */
};

struct ep_uplink_events {
	/* A plain RTP packet of a source; streaming thread. */
	void (*on_packet)(void *user, enum media_source source, const uint8_t *data, size_t size,
		int64_t captured_us);
	/* A JPEG of our own camera, every two seconds; streaming thread. */
	void (*on_thumbnail)(void *user, const uint8_t *data, size_t size);
};

struct ep_uplink;

/* 0, or -ENOSYS where an encoder is missing (*ret_error then a sentence, for g_free). */
int ep_uplink_create(const struct ep_format *format, const struct ep_uplink_events *events,
	void *user, struct ep_uplink **ret_uplink, char **ret_error);
/* Takes NULL. */
void ep_uplink_destroy(struct ep_uplink *uplink);

/* Samples from captures; any thread. source: MEDIA_CAMERA, MEDIA_CONTENT or MEDIA_VOICE. */
void ep_uplink_push(struct ep_uplink *uplink, enum media_source source, GstSample *sample);

/* Open or close a source's branch; opening asks its encoder for a keyframe. Main thread. */
void ep_uplink_open(struct ep_uplink *uplink, enum media_source source, bool open);
void ep_uplink_duck(struct ep_uplink *uplink, bool ducked);
/* A keyframe as soon as possible; any thread. */
void ep_uplink_keyframe(struct ep_uplink *uplink, enum media_source source);

/* What the camera's picture looks like at present. */
bool ep_uplink_black(struct ep_uplink *uplink);
bool ep_uplink_frozen(struct ep_uplink *uplink);

/* NULL while it runs well; else why it stopped, borrowed. */
const char *ep_uplink_fault(const struct ep_uplink *uplink);

#endif
