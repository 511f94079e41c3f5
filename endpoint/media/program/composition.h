/*
 * The pipeline that composes scene and sound, as text for gst-launch. Pure.
 *
 * Its elements by name: `slate` and `in0`.. take samples (appsrc: panes, then voices), `mix` has
 * the slate's pad sink_0 and the panes' from sink_1 on, `label0`.. , `caption` and
 * `countdown` draw text; `bell` takes the sound of the bell; `file`
 * is the sink of EP_OUT_FILE, whose location the caller sets.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_PROGRAM_COMPOSITION_H
#define DIEMCAU_ENDPOINT_MEDIA_PROGRAM_COMPOSITION_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/common/picture_format.h"
#include "endpoint/media/program/program.h"

/*
 * For a window or a file; deaf: a clock-paced sink instead of a loudspeaker. The caller frees the
 * result with g_free.
 */
char *ep_composition(
	enum ep_out out, bool without_loudspeaker, const struct ep_format *format, int64_t now_us);

#endif
