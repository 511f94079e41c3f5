/* One clock, one base time, and the GStreamer idioms that every pipeline here needs. */
#include "endpoint/media/common/pipeline.h"

#include <gst/video/video.h>
#include <string.h>

#include "text_copy.h"

static GstClock *shared_clock;
static GstClockTime zero;
static int64_t wall_zero_us;

void ep_pipeline_init(void)
{
	if (shared_clock) {
		return;
	}
	gst_init(NULL, NULL);
	shared_clock = gst_system_clock_obtain();
	zero = gst_clock_get_time(shared_clock);
	wall_zero_us = g_get_real_time();
}

int64_t ep_pipeline_now_us(void)
{
	return (int64_t)((gst_clock_get_time(shared_clock) - zero) / GST_USECOND);
}

int64_t ep_pipeline_wall_zero_us(void)
{
	return wall_zero_us;
}

GstElement *ep_pipeline_parse_own_base_time(const char *description, char **ret_error)
{
	GError *error = NULL;
	GstElement *pipeline =
		gst_parse_launch_full(description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
	if (error) {
		if (ret_error) {
			*ret_error = g_strdup(error->message);
		}
		g_error_free(error);
		ep_pipeline_destroy(pipeline);
		return NULL;
	}
	gst_pipeline_use_clock(GST_PIPELINE(pipeline), shared_clock);
	return pipeline;
}

GstClockTime ep_pipeline_shared_time(GstElement *pipeline, GstClockTime running)
{
	GstClockTime now = (GstClockTime)ep_pipeline_now_us() * GST_USECOND;
	if (!GST_CLOCK_TIME_IS_VALID(running)) {
		return now;
	}
	GstClock *clock = gst_pipeline_get_pipeline_clock(GST_PIPELINE(pipeline));
	GstClockTime own_now = gst_clock_get_time(clock) - gst_element_get_base_time(pipeline);
	gst_object_unref(clock);
	return running > own_now + now ? now : now + running - own_now;
}

GstElement *ep_pipeline_parse(const char *description, char **ret_error)
{
	GstElement *pipeline = ep_pipeline_parse_own_base_time(description, ret_error);
	if (pipeline) {
		gst_element_set_start_time(pipeline, GST_CLOCK_TIME_NONE);
		gst_element_set_base_time(pipeline, zero);
	}
	return pipeline;
}

void ep_pipeline_destroy(GstElement *pipeline)
{
	if (pipeline) {
		gst_element_set_state(pipeline, GST_STATE_NULL);
		gst_object_unref(pipeline);
	}
}

/* The pipeline keeps the element alive, so the reference is released at once. */
static GstElement *borrow(GstElement *pipeline, const char *name)
{
	GstElement *element = gst_bin_get_by_name(GST_BIN(pipeline), name);
	g_assert(element);
	gst_object_unref(element);
	return element;
}

void ep_pipeline_set_bool(
	GstElement *pipeline, const char *element, const char *property, bool value)
{
	g_object_set(borrow(pipeline, element), property, (gboolean)value, NULL);
}

void ep_pipeline_set_int(GstElement *pipeline, const char *element, const char *property, int value)
{
	g_object_set(borrow(pipeline, element), property, value, NULL);
}

void ep_pipeline_set_double(
	GstElement *pipeline, const char *element, const char *property, double value)
{
	g_object_set(borrow(pipeline, element), property, value, NULL);
}

void ep_pipeline_set_text(
	GstElement *pipeline, const char *element, const char *property, const char *value)
{
	g_object_set(borrow(pipeline, element), property, value, NULL);
}

void ep_pipeline_error_text(GstMessage *message, char *fault, size_t fault_size)
{
	GError *error = NULL;
	gst_message_parse_error(message, &error, NULL);
	text_copy(fault, fault_size, error->message);
	g_error_free(error);
}

void ep_pipeline_handle_message(
	GstElement *pipeline, GstMessage *message, char *fault, size_t fault_size)
{
	if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
		ep_pipeline_error_text(message, fault, fault_size);
	} else if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_LATENCY) {
		gst_bin_recalculate_latency(GST_BIN(pipeline));
	}
}

GstAppSrc *ep_pipeline_source(GstElement *pipeline, const char *name)
{
	return GST_APP_SRC(borrow(pipeline, name));
}

GstAppSink *ep_pipeline_sink(GstElement *pipeline, const char *name)
{
	return GST_APP_SINK(borrow(pipeline, name));
}

void ep_pipeline_on_sample(GstElement *pipeline, const char *name,
	GstFlowReturn (*callback)(GstAppSink *sink, void *user), void *user)
{
	GstAppSinkCallbacks callbacks = {.new_sample = callback};
	gst_app_sink_set_callbacks(ep_pipeline_sink(pipeline, name), &callbacks, user, NULL);
}

void ep_pipeline_probe(GstElement *pipeline, const char *element, const char *pad,
	GstPadProbeType type, GstPadProbeCallback callback, void *user)
{
	GstPad *target = gst_element_get_static_pad(borrow(pipeline, element), pad);
	gst_pad_add_probe(target, type, callback, user, NULL);
	gst_object_unref(target);
}

bool ep_pipeline_luma(const GstCaps *caps, const GstMapInfo *map, struct ep_luma *ret_luma)
{
	GstVideoInfo info;
	if (!gst_video_info_from_caps(&info, caps) || map->size < GST_VIDEO_INFO_SIZE(&info)) {
		return false;
	}
	*ret_luma = (struct ep_luma){
		.pixels = map->data,
		.stride = (size_t)GST_VIDEO_INFO_PLANE_STRIDE(&info, 0),
		.width = (unsigned)GST_VIDEO_INFO_WIDTH(&info),
		.height = (unsigned)GST_VIDEO_INFO_HEIGHT(&info),
	};
	return true;
}
