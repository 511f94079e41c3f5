/*
 * A screen and a loudspeaker that can be taken away: GStreamer sinks that autovideosink and
 * autoaudiosink prefer to all others, and a device provider that knows the loudspeaker while it is
 * plugged in. One of each in a process; any thread.
 */
#ifndef DIEMCAU_TESTS_UNIT_ENDPOINT_REMOVABLE_SINKS_H
#define DIEMCAU_TESTS_UNIT_ENDPOINT_REMOVABLE_SINKS_H

#include <stdbool.h>

/* After gst_init. Both are there and well. */
void removable_register(void);

/* Plugged in or out; who plays to one that is out gets an error. */
void removable_loudspeaker(bool plugged);
/* As a window closed by hand: those open now end with an error. */
void removable_close_windows(void);

/* Buffers shown and played since the start. */
unsigned removable_shown(void);
unsigned removable_played(void);

#endif
