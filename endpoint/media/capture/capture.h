/*
 * Captures one source in a pipeline of its own, and supervises it.
 *
 * Whatever happens to the device, the pipelines downstream see no error: samples are delivered by a
 * callback, already on the shared timeline, and simply stop. The supervisor closes and reopens on
 * ERROR, on end of stream and on a stall (a removed microphone posts no error), after a pause that
 * grows up to EP_CAPTURE_RETRY_MAX_MS; a camera that refuses the password is not asked again for
 * EP_CAPTURE_REFUSED_MS, since cameras lock after a few attempts.
 *
 * A picture is held while its source lives, whatever its pace: the last one is delivered again
 * where none comes (a still, a film between two rounds, a camera at night). It is let go when the
 * source fails. Needs the default GLib main loop.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_CAPTURE_CAPTURE_H
#define DIEMCAU_ENDPOINT_MEDIA_CAPTURE_CAPTURE_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/capture/capture_source.h"

enum {
	EP_CAPTURE_STALL_MS = 1000, /* no sample for this long: closed and reopened */
	EP_CAPTURE_STREAM_STALL_MS = 10000, /* the same, of a network camera */
	EP_CAPTURE_OPENING_MS = 8000, /* network cameras start slowly */
	EP_CAPTURE_RETRY_MIN_MS = 200,
	EP_CAPTURE_RETRY_MAX_MS = 3000,
	EP_CAPTURE_REFUSED_MS = 300000,
	EP_CAPTURE_STILL_MS = 3000, /* a still is read again: its file may have been changed */
	EP_CAPTURE_HELD_MS = 200, /* between two deliveries of a held picture */
	EP_CAPTURE_MISSING_MS = 400, /* no sample for this long: reported as missing */
};

struct ep_capture_config {
	enum ep_medium medium;
	struct ep_source source; /* its strings must outlive the capture */
	struct ep_picture picture; /* pictures only */
	uint16_t number; /* site number, for stamps and tones of test sources */
	uint8_t stamp_source; /* 0 camera, 2 content */
	const char *label; /* drawn on a test picture; copied */
};

struct ep_capture_events {
	/* A sample, its buffer's PTS on the shared timeline; streaming thread, borrowed. */
	void (*on_sample)(void *user, GstSample *sample);
	/* Level of a voice in dB of full scale; main thread. NULL for pictures. */
	void (*on_level)(void *user, int dbfs);
};

struct ep_capture;

/* NULL without memory. The source opens in the background; events must outlive the capture. */
struct ep_capture *ep_capture_create(
	const struct ep_capture_config *config, const struct ep_capture_events *events, void *user);
/* Takes NULL. No callback follows. */
void ep_capture_destroy(struct ep_capture *capture);

/* Sets the label of a test picture; other sources ignore it. Main thread. */
void ep_capture_label(struct ep_capture *capture, const char *label);

/* True if no samples are delivered now, held ones included. Main thread. */
bool ep_capture_is_missing(const struct ep_capture *capture);
/* Time since the last sample, or since the start if there was none. */
int64_t ep_capture_idle_ms(const struct ep_capture *capture);
/* How often it was opened: 1 if nothing went wrong. */
unsigned ep_capture_openings(const struct ep_capture *capture);
/*
 * Why the last opening failed, "" if none has. Borrowed until the next iteration of the main loop.
 */
const char *ep_capture_fault(const struct ep_capture *capture);
/* The source is a picture that never changes: not frozen. */
bool ep_capture_is_still(const struct ep_capture *capture);
/* The source lives and has refused the password it was given. */
bool ep_capture_is_refused(const struct ep_capture *capture);

#endif
