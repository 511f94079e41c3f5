/*
 * What a site sends: its camera in two sizes, its content, its voice; each switched at run time.
 *
 * One pipeline, fed by captures, whose branches end in RTP packets for the transport. A closed
 * branch encodes nothing. Sender reports and retransmission are done by the transport, so no rtpbin
 * is needed here. The same pipeline produces thumbnails and detects black and frozen pictures.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_SEND_UPLINK_H
#define DIEMCAU_ENDPOINT_MEDIA_SEND_UPLINK_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/media/common/picture_format.h"
#include "endpoint/media/common/signal_monitor.h"
#include "proto/media/ssrc.h"

enum {
	EP_DUCKED_PERCENT = 12, /* about -18 dB: heard nearby, too quiet to howl */
};

struct ep_uplink_events {
	/* A plain RTP packet of a source; streaming thread. */
	void (*on_packet)(void *user, enum media_source source, const uint8_t *data, size_t size,
		int64_t captured_us);
	/* A JPEG of our own camera, every two seconds; streaming thread. */
	void (*on_thumbnail)(void *user, const uint8_t *data, size_t size);
};

struct ep_uplink;

/* 0, or -ENOSYS if an encoder is missing (*ret_error is then a sentence, for g_free). */
int ep_uplink_create(const struct ep_format *format, const struct ep_uplink_events *events,
	void *user, struct ep_uplink **ret_uplink, char **ret_error);
/* Takes NULL. */
void ep_uplink_destroy(struct ep_uplink *uplink);

/* Samples from captures; any thread. source: MEDIA_CAMERA, MEDIA_CONTENT or MEDIA_VOICE. */
void ep_uplink_push(struct ep_uplink *uplink, enum media_source source, GstSample *sample);

/* Opens or closes a source's branch; opening requests a keyframe from its encoder. Main thread. */
void ep_uplink_open(struct ep_uplink *uplink, enum media_source source, bool open);
void ep_uplink_duck(struct ep_uplink *uplink, bool ducked);
/* A keyframe as soon as possible; any thread. */
void ep_uplink_keyframe(struct ep_uplink *uplink, enum media_source source);

/* State of the camera's picture now. */
bool ep_uplink_is_black(struct ep_uplink *uplink);
bool ep_uplink_is_frozen(struct ep_uplink *uplink);

/* NULL while it runs well; otherwise why it stopped, borrowed. */
const char *ep_uplink_fault(const struct ep_uplink *uplink);

#endif
