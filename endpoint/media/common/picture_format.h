/*
 * Picture sizes and rates of an endpoint, by name: the smallest for tests and slow links, 720p25 by
 * default.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_COMMON_PICTURE_FORMAT_H
#define DIEMCAU_ENDPOINT_MEDIA_COMMON_PICTURE_FORMAT_H

struct ep_picture {
	unsigned width;
	unsigned height;
	unsigned fps;
	unsigned kilobits; /* per second */
};

struct ep_format {
	const char *name; /* as on the command line */
	struct ep_picture full; /* camera while cued or on air; also the canvas of the program */
	struct ep_picture preview; /* camera otherwise */
};

enum {
	EP_SAMPLE_RATE = 48000,
	EP_VOICE_KILOBITS = 40,
	EP_THUMBNAIL_WIDTH = 192,
	EP_THUMBNAIL_HEIGHT = 108,
};

/* NULL for an unknown name. Static. */
const struct ep_format *ep_format_find(const char *name);

#endif
