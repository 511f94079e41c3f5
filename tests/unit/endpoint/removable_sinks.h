/*
 * A screen and a loudspeaker that can be removed: GStreamer sinks that autovideosink and
 * autoaudiosink prefer to all others, and a device provider that lists the loudspeaker while it is
 * plugged in. One of each per process; any thread.
 */
#ifndef DIEMCAU_TESTS_UNIT_ENDPOINT_REMOVABLE_SINKS_H
#define DIEMCAU_TESTS_UNIT_ENDPOINT_REMOVABLE_SINKS_H

#include <stdbool.h>

/* After gst_init. Both are present and working. */
void removable_register(void);

/* Plugs it in or out; a player to an unplugged one gets an error. */
void removable_loudspeaker(bool plugged);
/* Like a window closed by hand: open ones end with an error. */
void removable_close_windows(void);

/* Buffers shown and played since the start. */
unsigned removable_shown(void);
unsigned removable_played(void);

#endif
