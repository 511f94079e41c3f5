#include "endpoint/media/common/slate.h"

#include <gst/video/video.h>

#include "endpoint/media/common/pipeline.h"

static const GstVideoFormat cairos =
	G_BYTE_ORDER == G_LITTLE_ENDIAN ? GST_VIDEO_FORMAT_BGRx : GST_VIDEO_FORMAT_xRGB;

/* Colours are coded as those of the canvas, whatever the size of the piece. */
static bool describe(
	const struct card_frame *frame, const struct ep_picture *canvas, GstVideoInfo *ret_info)
{
	GstVideoInfo whole;
	if (!gst_video_info_set_format(
		    &whole, GST_VIDEO_FORMAT_I420, canvas->width, canvas->height) ||
		!gst_video_info_set_format(
			ret_info, GST_VIDEO_FORMAT_I420, frame->width, frame->height)) {
		return false;
	}
	ret_info->colorimetry = whole.colorimetry;
	ret_info->chroma_site = whole.chroma_site;
	ret_info->fps_n = 1;
	ret_info->fps_d = 1;
	return true;
}

static GstBuffer *wrap(const struct card_frame *frame, GstVideoInfo *ret_info)
{
	size_t size = frame->stride * frame->height;
	gsize offsets[GST_VIDEO_MAX_PLANES] = {0};
	gint strides[GST_VIDEO_MAX_PLANES] = {(gint)frame->stride};
	gst_video_info_set_format(ret_info, cairos, frame->width, frame->height);
	ret_info->fps_n = 1;
	ret_info->fps_d = 1;
	GstBuffer *buffer = gst_buffer_new_wrapped_full(
		GST_MEMORY_FLAG_READONLY, frame->pixels, size, 0, size, NULL, NULL);
	gst_buffer_add_video_meta_full(buffer, GST_VIDEO_FRAME_FLAG_NONE, cairos, frame->width,
		frame->height, 1, offsets, strides);
	return buffer;
}

static bool convert(GstBuffer *from, GstVideoInfo *from_info, GstBuffer *to, GstVideoInfo *to_info)
{
	GstVideoConverter *converter = gst_video_converter_new(from_info, to_info, NULL);
	GstVideoFrame in, out;
	bool good = false;
	if (converter && gst_video_frame_map(&in, from_info, from, GST_MAP_READ)) {
		if (gst_video_frame_map(&out, to_info, to, GST_MAP_WRITE)) {
			gst_video_converter_frame(converter, &in, &out);
			gst_video_frame_unmap(&out);
			good = true;
		}
		gst_video_frame_unmap(&in);
	}
	if (converter) {
		gst_video_converter_free(converter);
	}
	return good;
}

GstSample *ep_slate_sample(const struct card_frame *frame, const struct ep_picture *canvas)
{
	GstVideoInfo from_info, to_info;
	if (!describe(frame, canvas, &to_info)) {
		return NULL;
	}
	GstBuffer *from = wrap(frame, &from_info);
	GstBuffer *to = gst_buffer_new_allocate(NULL, to_info.size, NULL);
	GstSample *sample = NULL;
	if (to && convert(from, &from_info, to, &to_info)) {
		GstCaps *caps = gst_video_info_to_caps(&to_info);
		sample = gst_sample_new(to, caps, NULL, NULL);
		gst_caps_unref(caps);
	}
	gst_clear_buffer(&to);
	gst_buffer_unref(from);
	return sample;
}

GstSample *ep_slate_render(const struct card *card, const struct ep_picture *canvas)
{
	struct card_drawn drawn;
	if (card_render(card, NULL, 0, canvas->width, canvas->height, &drawn) < 0) {
		return NULL;
	}
	GstSample *sample = ep_slate_sample(&drawn.frame, canvas);
	card_drawn_finish(&drawn);
	return sample;
}

void ep_slate_push(GstElement *pipeline, const char *source, GstSample *sample)
{
	GstBuffer *buffer = gst_buffer_copy(gst_sample_get_buffer(sample));
	GST_BUFFER_PTS(buffer) = (GstClockTime)ep_pipeline_now_us() * GST_USECOND;
	GST_BUFFER_DURATION(buffer) = GST_CLOCK_TIME_NONE;
	GstSample *stamped = gst_sample_new(buffer, gst_sample_get_caps(sample), NULL, NULL);
	gst_app_src_push_sample(ep_pipeline_source(pipeline, source), stamped);
	gst_buffer_unref(buffer);
	gst_sample_unref(stamped);
}
