/*
 * A still picture with text, rendered once: the title slate, and the card in place of a missing
 * camera.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_COMMON_SLATE_H
#define DIEMCAU_ENDPOINT_MEDIA_COMMON_SLATE_H

#include <gst/gst.h>

/*
 * An I420 picture of this size with Pango markup in its middle. Takes some tens of milliseconds.
 * The caller frees it with gst_sample_unref; NULL if an element is missing or the markup is
 * invalid.
 */
GstSample *ep_slate_render(const char *markup, unsigned width, unsigned height, unsigned colour);

enum {
	EP_SLATE_TITLE = (int)0xFF7A1018u, /* dark red, as title boards are */
	EP_SLATE_CARD = (int)0xFF20242Cu,
};

#endif
