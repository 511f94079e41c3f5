/*
 * The cameras, microphones and loudspeakers of this machine.
 *
 * Asked once, not watched: a monitor repeats the first devices as added, and the capture's own
 * supervisor notices what goes away and comes back.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_COMMON_DEVICES_H
#define DIEMCAU_ENDPOINT_MEDIA_COMMON_DEVICES_H

#include <stdbool.h>

struct _GstElement;

enum ep_device_kind {
	EP_DEVICE_UNSET,
	EP_DEVICE_CAMERA,
	EP_DEVICE_MICROPHONE,
	EP_DEVICE_LOUDSPEAKER,
};

/* One device; strings live for the call. how is what goes on the command line, "" if nothing. */
typedef void ep_device_found(
	void *user, enum ep_device_kind kind, const char *name, const char *how);

/* Tell every device of this machine. Takes up to a second. */
void ep_devices_list(ep_device_found *told, void *user);

/* A source or sink element for the first device of a kind; floating. NULL where there is none. */
struct _GstElement *ep_devices_first(enum ep_device_kind kind);

/* A sound server (PulseAudio, or what stands in for it) answers. */
bool ep_devices_sound_server(void);

/* Play a soft tone for half a second. False where there is no loudspeaker or it cannot play. */
bool ep_devices_play_tone(void);

#endif
