/*
 * The source of a picture or a voice, as written on the command line:
 *
 *	picture  auto | none | test | v4l2:/dev/video0 | file:PATH | rtsp://...
 *	voice    auto | none | test | pulse:NAME | alsa:NAME
 *
 * A source is only a description; capture.h opens it.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_CAPTURE_CAPTURE_SOURCE_H
#define DIEMCAU_ENDPOINT_MEDIA_CAPTURE_CAPTURE_SOURCE_H

#include <stdbool.h>

#include "endpoint/media/common/picture_format.h"

enum ep_medium {
	EP_MEDIUM_UNSET,
	EP_MEDIUM_PICTURE,
	EP_MEDIUM_VOICE,
};

enum ep_source_kind {
	EP_SOURCE_UNSET,
	EP_SOURCE_NONE,
	EP_SOURCE_AUTO, /* the first device found */
	EP_SOURCE_TEST,
	EP_SOURCE_DEVICE,
	EP_SOURCE_FILE, /* played in a loop */
	EP_SOURCE_STREAM,
};

struct ep_source {
	enum ep_source_kind kind;
	const char *launch; /* gst-launch text of the source, its element named src */
	const char *property; /* of src, set to value; NULL for none */
	const char *value; /* borrowed from the parsed text */
};

/* False if the text has none of the forms above. */
bool ep_source_parse(const char *text, enum ep_medium medium, struct ep_source *ret_source);

/*
 * The gst-launch text of the whole capture pipeline, ending in an appsink named out. The caller
 * frees it with g_free. With EP_SOURCE_AUTO it begins with a decodebin named entry, which the
 * device feeds.
 */
char *ep_source_picture_launch(const struct ep_source *source, const struct ep_picture *picture);
char *ep_source_voice_launch(const struct ep_source *source);

#endif
