/*
 * One source, captured in a pipeline of its own and watched.
 *
 * Whatever happens to the device, the pipelines behind it never see an error: samples come out by
 * a callback, already on the shared timeline, and simply stop. The supervisor closes and reopens
 * on ERROR, on end of stream and on a stall (a vanished microphone posts no error at all), after
 * a pause that grows up to EP_CAPTURE_RETRY_MAX_MS. Needs the default GLib main loop.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_CAPTURE_CAPTURE_H
#define DIEMCAU_ENDPOINT_MEDIA_CAPTURE_CAPTURE_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/capture/capture_source.h"

enum {
	EP_CAPTURE_STALL_MS = 1000, /* no sample for so long: closed and opened again */
	EP_CAPTURE_OPENING_MS = 8000, /* network cameras are slow to begin */
	EP_CAPTURE_RETRY_MIN_MS = 200,
	EP_CAPTURE_RETRY_MAX_MS = 3000,
	EP_CAPTURE_MISSING_MS = 400, /* no sample for so long: told as missing */
};

struct ep_capture_config {
	enum ep_medium medium;
	struct ep_source source; /* its strings must outlive the capture */
	struct ep_picture picture; /* pictures only */
	uint16_t number; /* site number, for stamps and tones of test sources */
	uint8_t stamp_source; /* 0 camera, 2 content */
	const char *label; /* written on a test picture; copied */
};

struct ep_capture_events {
	/* A sample, its buffer's PTS on the shared timeline; streaming thread, borrowed. */
	void (*on_sample)(void *user, GstSample *sample);
	/* Level of a voice in dB of full scale; main thread. NULL for pictures. */
	void (*on_level)(void *user, int dbfs);
};

struct ep_capture;

/* NULL without memory. Opening goes on in the background; events must outlive it. */
struct ep_capture *ep_capture_create(
	const struct ep_capture_config *config, const struct ep_capture_events *events, void *user);
/* Takes NULL. No callback comes after it. */
void ep_capture_destroy(struct ep_capture *capture);

/* Write this on a test picture from now on; others do not care. Main thread. */
void ep_capture_label(struct ep_capture *capture, const char *label);

/* Nothing comes out at present. Main thread. */
bool ep_capture_missing(const struct ep_capture *capture);
/* How long nothing has come out, since the beginning where nothing ever did. */
int64_t ep_capture_idle_ms(const struct ep_capture *capture);
/* How often it was opened: 1 after a quiet start. */
unsigned ep_capture_openings(const struct ep_capture *capture);
/* Why the last one failed, "" if none has. Borrowed until the next turn of the main loop. */
const char *ep_capture_fault(const struct ep_capture *capture);

#endif
