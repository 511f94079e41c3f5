/*
 * Cards as pictures of a pipeline: the slate and what is laid over it, and the card in place of a
 * missing camera. Drawn once for each change; then the same buffer is shown again and again.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_COMMON_SLATE_H
#define DIEMCAU_ENDPOINT_MEDIA_COMMON_SLATE_H

#include <gst/gst.h>

#include "endpoint/cards/card_render.h"
#include "endpoint/media/common/picture_format.h"

/*
 * An opaque frame of a card as I420 in the colours of this canvas, which it covers or is a piece
 * of: so no element converts it once more for each picture. The caller frees it with
 * gst_sample_unref; NULL if it cannot be converted.
 */
GstSample *ep_slate_sample(const struct card_frame *frame, const struct ep_picture *canvas);

/* A card drawn over the whole canvas, likewise. */
GstSample *ep_slate_render(const struct card *card, const struct ep_picture *canvas);

/* Gives a still picture to a live source of a pipeline, to be shown from now on. */
void ep_slate_push(GstElement *pipeline, const char *source, GstSample *sample);

#endif
