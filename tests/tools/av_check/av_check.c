/* Decodes a program file and inspects it. */
#include "tests/tools/av_check/av_check.h"

#include <errno.h>
#include <gst/app/gstappsink.h>
#include <math.h>
#include <string.h>

#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/common/voice_tone.h"
#include "endpoint/media/program/layout.h"
#include "tests/tools/av_check/tone_dips.h"

#define TURN 6.28318530717958647692

enum {
	RATE = 48000,
	WINDOW = RATE * AV_CHECK_WINDOW_MS / 1000,
	STEP = RATE * AV_CHECK_STEP_MS / 1000,
	SILENT_PERCENT = 1,
};

struct reading {
	struct av_check_reader reader;
	struct dips dips;
};

const char *av_check_place_name(enum av_check_place place)
{
	static const char *const names[] = {"whole", "small", "left", "right", "raised"};
	return names[place];
}

static bool rectangle_of(
	enum av_check_place place, const struct ep_luma *whole, struct ep_rectangle *ret_rectangle)
{
	int width = (int)whole->width;
	int height = (int)whole->height;
	switch (place) {
	case AV_CHECK_WHOLE:
		return ep_layout_place(LAYOUT_SOLO, 1, 0, width, height, ret_rectangle);
	case AV_CHECK_SMALL:
		return ep_layout_place(LAYOUT_PIP, 2, 1, width, height, ret_rectangle);
	case AV_CHECK_LEFT:
		return ep_layout_place(LAYOUT_SIDE_BY_SIDE, 2, 0, width, height, ret_rectangle);
	case AV_CHECK_RIGHT:
		return ep_layout_place(LAYOUT_SIDE_BY_SIDE, 2, 1, width, height, ret_rectangle);
	case AV_CHECK_RAISED:
		ep_layout_place(LAYOUT_PIP, 2, 0, width, height, ret_rectangle);
		ep_layout_aside(LAYOUT_PIP, true, 0, 1, width, ret_rectangle);
		return true;
	case AV_CHECK_PLACES:
		break;
	}
	return false;
}

static void look(const struct ep_luma *whole, struct av_check_frame *frame)
{
	for (int place = 0; place < AV_CHECK_PLACES; place++) {
		struct ep_rectangle at;
		if (!rectangle_of((enum av_check_place)place, whole, &at)) {
			continue;
		}
		struct ep_luma part = {
			whole->pixels + (size_t)at.top * whole->stride + at.left,
			whole->stride,
			(unsigned)at.width,
			(unsigned)at.height,
		};
		frame->found[place] = ep_stamp_read(&part, &frame->stamps[place]);
	}
}

static GstFlowReturn on_picture(GstAppSink *sink, void *user)
{
	const struct av_check_reader *reader = &((const struct reading *)user)->reader;
	GstSample *sample = gst_app_sink_pull_sample(sink);
	if (!sample) {
		return GST_FLOW_EOS;
	}
	GstBuffer *buffer = gst_sample_get_buffer(sample);
	struct av_check_frame frame = {.ms = (int64_t)(GST_BUFFER_PTS(buffer) / GST_MSECOND)};
	GstMapInfo map;
	struct ep_luma luma;
	if (gst_buffer_map(buffer, &map, GST_MAP_READ)) {
		if (ep_pipeline_luma(gst_sample_get_caps(sample), &map, &luma)) {
			look(&luma, &frame);
			reader->on_frame(reader->user, &frame);
		}
		gst_buffer_unmap(buffer, &map);
	}
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

/* A Hann window keeps a loud tone out of its neighbours' bins; it also halves the level. */
static void smooth(const int16_t *samples, int16_t *ret_smooth)
{
	for (unsigned i = 0; i < WINDOW; i++) {
		ret_smooth[i] = (int16_t)(samples[i] * (0.5 - 0.5 * cos(TURN * i / WINDOW)));
	}
}

static void listen(const int16_t *samples, struct av_check_window *window)
{
	int peak = 0;
	for (unsigned i = 0; i < WINDOW; i++) {
		int level = samples[i] < 0 ? -samples[i] : samples[i];
		peak = level > peak ? level : peak;
	}
	window->silent = peak * 100 < SILENT_PERCENT * INT16_MAX;
	int16_t smoothed[WINDOW];
	smooth(samples, smoothed);
	for (unsigned site = 1; !window->silent && site <= AV_CHECK_SITES; site++) {
		double level = 2 * ep_tone_level(smoothed, WINDOW, RATE, ep_tone_hz(site));
		window->heard[site] = level * 100 > AV_CHECK_LEVEL_PERCENT;
	}
}

static void find_dips(struct reading *reading, const int16_t *samples, int64_t ms)
{
	int64_t start;
	for (unsigned i = 0; i < WINDOW / STEP; i++) {
		if (dips_step(&reading->dips, samples + i * STEP, STEP, ms + i * AV_CHECK_STEP_MS,
			    &start) &&
			reading->reader.on_dip) {
			reading->reader.on_dip(reading->reader.user, start);
		}
	}
}

/* The converter upstream cuts the sound into buffers of exactly one window. */
static GstFlowReturn on_sound(GstAppSink *sink, void *user)
{
	struct reading *reading = user;
	const struct av_check_reader *reader = &reading->reader;
	GstSample *sample = gst_app_sink_pull_sample(sink);
	if (!sample) {
		return GST_FLOW_EOS;
	}
	GstBuffer *buffer = gst_sample_get_buffer(sample);
	struct av_check_window window = {.ms = (int64_t)(GST_BUFFER_PTS(buffer) / GST_MSECOND)};
	GstMapInfo map;
	if (gst_buffer_map(buffer, &map, GST_MAP_READ)) {
		if (map.size >= WINDOW * sizeof(int16_t)) {
			listen((const int16_t *)(const void *)map.data, &window);
			reader->on_window(reader->user, &window);
			find_dips(reading, (const int16_t *)(const void *)map.data, window.ms);
		}
		gst_buffer_unmap(buffer, &map);
	}
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

static int play(GstElement *pipeline)
{
	GstBus *bus = gst_element_get_bus(pipeline);
	gst_element_set_state(pipeline, GST_STATE_PLAYING);
	GstMessage *message = gst_bus_timed_pop_filtered(
		bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
	int r = GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS ? 0 : -EIO;
	gst_message_unref(message);
	gst_object_unref(bus);
	return r;
}

int av_check_read(const char *path, const struct av_check_reader *reader)
{
	/* One stream may start seconds after the other: bounded queues would block the demuxer. */
	static const char unbounded[] = "queue max-size-buffers=0 max-size-bytes=0 max-size-time=0";
	struct reading reading = {.reader = *reader};
	ep_pipeline_init();
	char *launch = g_strdup_printf(
		"filesrc name=file ! matroskademux name=demux "
		"demux. ! %s ! h264parse ! avdec_h264 ! videoconvert ! "
		"video/x-raw,format=I420 ! appsink name=picture sync=false "
		"demux. ! %s ! opusdec ! audioconvert ! audioresample ! "
		"audio/x-raw,format=S16LE,rate=%d,channels=1,layout=interleaved ! "
		"audiobuffersplit output-buffer-duration=%d/1000 ! appsink name=sound sync=false",
		unbounded, unbounded, RATE, AV_CHECK_WINDOW_MS);
	GstElement *pipeline = ep_pipeline_parse_own_base_time(launch, NULL);
	g_free(launch);
	if (!pipeline) {
		return -EIO;
	}
	ep_pipeline_set_text(pipeline, "file", "location", path);
	ep_pipeline_on_sample(pipeline, "picture", on_picture, &reading);
	ep_pipeline_on_sample(pipeline, "sound", on_sound, &reading);
	int r = play(pipeline);
	ep_pipeline_destroy(pipeline);
	return r;
}
