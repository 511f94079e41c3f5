/*
 * The cameras, microphones and loudspeakers of this machine.
 *
 * Probed once, not monitored: a device monitor reports the first devices as added, and the
 * capture's supervisor notices devices that are removed and return.
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

/* One device; strings are valid during the call. option is the text for the command line, "" if
 * there is none. */
typedef void ep_device_found(
	void *user, enum ep_device_kind kind, const char *name, const char *option);

/* Reports every device of this machine. Takes up to a second. */
void ep_devices_list(ep_device_found *found, void *user);

/* A source or sink element for the first device of a kind; floating. NULL if there is none. */
struct _GstElement *ep_devices_first(enum ep_device_kind kind);

/* True if a sound server (PulseAudio or a replacement) answers. */
bool ep_devices_has_sound_server(void);

/* Plays a soft tone for half a second. False if there is no loudspeaker or it cannot play. */
bool ep_devices_play_tone(void);

#endif
