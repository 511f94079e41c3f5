/* Captures one source and supervises it. */
#include "endpoint/media/capture/capture.h"

#include <gst/video/video.h>
#include <stdatomic.h>
#include <string.h>

#include "endpoint/cards/caption.h"
#include "endpoint/media/common/devices.h"
#include "endpoint/media/common/picture_stamp.h"
#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/common/voice_tone.h"
#include "text_copy.h"

enum {
	CHECK_MS = 100,
	BAR_SHARE = 24, /* the moving bar of a test picture is a 24th of its width */
	BAR_SPAN_MS = 4000,
	BAR_LUMA = 200,
	FAULT_SIZE = 200,
};

struct ep_capture {
	struct ep_capture_config config;
	char *label;
	const struct ep_capture_events *events;
	void *user;
	GstElement *pipeline; /* NULL while closed */
	guint bus_watch;
	guint check;
	int64_t opened_us;
	int64_t retry_us; /* when to reopen */
	unsigned retry_ms; /* the length of the last pause */
	unsigned openings;
	bool still;
	bool refused;
	char fault[FAULT_SIZE];
	atomic_uint samples; /* since it was opened */
	atomic_llong sampled_us; /* 0: none since it was opened */
	atomic_llong latest_us; /* the last sample or held picture, over all openings */
	atomic_llong
		delivered_us; /* the last sample or held picture; 0: none since the source failed */
	GMutex lock; /* guards held */
	GstSample *held; /* the last picture of a source that lives; NULL for voices */
};

static GstClockTime running_time(const GstSegment *segment, GstBuffer *buffer)
{
	return gst_segment_to_running_time(segment, GST_FORMAT_TIME, GST_BUFFER_PTS(buffer));
}

/* A copy of the sample, at a time of the shared timeline. Any thread. */
static void deliver(struct ep_capture *capture, GstSample *sample, GstClockTime at)
{
	GstBuffer *buffer = gst_buffer_copy(gst_sample_get_buffer(sample));
	GST_BUFFER_PTS(buffer) = at;
	GST_BUFFER_DTS(buffer) = GST_CLOCK_TIME_NONE;
	GstSample *shared = gst_sample_new(buffer, gst_sample_get_caps(sample), NULL, NULL);
	atomic_store(&capture->delivered_us, ep_pipeline_now_us());
	atomic_store(&capture->latest_us, ep_pipeline_now_us());
	capture->events->on_sample(capture->user, shared);
	gst_sample_unref(shared);
	gst_buffer_unref(buffer);
}

/* Holds this picture instead of the one before; NULL for none. Any thread. */
static void hold(struct ep_capture *capture, GstSample *sample)
{
	g_mutex_lock(&capture->lock);
	GstSample *before = capture->held;
	capture->held = sample ? gst_sample_ref(sample) : NULL;
	g_mutex_unlock(&capture->lock);
	if (before) {
		gst_sample_unref(before);
	}
}

/* A reference, or NULL. */
static GstSample *held(struct ep_capture *capture)
{
	g_mutex_lock(&capture->lock);
	GstSample *sample = capture->held ? gst_sample_ref(capture->held) : NULL;
	g_mutex_unlock(&capture->lock);
	return sample;
}

static GstFlowReturn on_new_sample(GstAppSink *sink, void *user)
{
	struct ep_capture *capture = user;
	GstSample *sample = gst_app_sink_pull_sample(sink);
	if (!sample) {
		return GST_FLOW_EOS;
	}
	atomic_fetch_add(&capture->samples, 1);
	atomic_store(&capture->sampled_us, ep_pipeline_now_us());
	if (capture->config.medium == EP_MEDIUM_PICTURE) {
		hold(capture, sample);
	}
	deliver(capture, sample,
		ep_pipeline_shared_time(
			capture->pipeline, running_time(gst_sample_get_segment(sample),
						   gst_sample_get_buffer(sample))));
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

static void deliver_held(struct ep_capture *capture, int64_t now_us)
{
	GstSample *sample = held(capture);
	if (sample && now_us - atomic_load(&capture->delivered_us) >= EP_CAPTURE_HELD_MS * 1000) {
		deliver(capture, sample, (GstClockTime)now_us * GST_USECOND);
	}
	if (sample) {
		gst_sample_unref(sample);
	}
}

/* A bar that moves across the lower half shows that the picture is not a still. */
static void draw_bar(const struct ep_luma *luma, int64_t wall_ms)
{
	unsigned wide = luma->width / BAR_SHARE;
	unsigned way = luma->width - wide;
	unsigned left = (unsigned)(wall_ms % BAR_SPAN_MS) * way / BAR_SPAN_MS;
	for (unsigned y = luma->height * 3 / 4; y < luma->height * 3 / 4 + wide / 2; y++) {
		memset(luma->pixels + y * luma->stride + left, BAR_LUMA, wide);
	}
}

static GstPadProbeReturn on_test_frame(GstPad *pad, GstPadProbeInfo *info, void *user)
{
	const struct ep_capture *capture = user;
	GstBuffer *buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
	GstCaps *caps = gst_pad_get_current_caps(pad);
	struct ep_luma luma;
	GST_PAD_PROBE_INFO_DATA(info) = buffer;
	GstMapInfo map;
	if (caps && gst_buffer_map(buffer, &map, GST_MAP_READWRITE)) {
		int64_t wall_ms = (ep_pipeline_wall_zero_us() + ep_pipeline_now_us()) / 1000;
		struct ep_stamp stamp = {capture->config.number, capture->config.stamp_source,
			(uint32_t)(wall_ms & EP_STAMP_CLOCK_MASK)};
		if (ep_pipeline_luma(caps, &map, &luma)) {
			draw_bar(&luma, wall_ms);
			ep_stamp_write(&stamp, &luma);
		}
		gst_buffer_unmap(buffer, &map);
	}
	if (caps) {
		gst_caps_unref(caps);
	}
	return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn on_test_sound(GstPad *pad, GstPadProbeInfo *info, void *user)
{
	const struct ep_capture *capture = user;
	GstBuffer *buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
	GstEvent *event = gst_pad_get_sticky_event(pad, GST_EVENT_SEGMENT, 0);
	GST_PAD_PROBE_INFO_DATA(info) = buffer;
	GstMapInfo map;
	if (event && gst_buffer_map(buffer, &map, GST_MAP_READWRITE)) {
		const GstSegment *segment;
		gst_event_parse_segment(event, &segment);
		GstClockTime made =
			ep_pipeline_shared_time(capture->pipeline, running_time(segment, buffer));
		ep_tone_dip((int16_t *)(void *)map.data, map.size / sizeof(int16_t), EP_SAMPLE_RATE,
			ep_pipeline_wall_zero_us() + (int64_t)(made / GST_USECOND));
		gst_buffer_unmap(buffer, &map);
	}
	if (event) {
		gst_event_unref(event);
	}
	return GST_PAD_PROBE_OK;
}

/* A different colour for each site, dark enough for white letters. */
static unsigned test_colour(unsigned number)
{
	unsigned turn = number * 47 % 180;
	unsigned part = turn % 60;
	unsigned up = 40 + part;
	unsigned down = 100 - part;
	switch (turn / 60) {
	case 0:
		return 0xFF000000u | down << 16 | up << 8 | 60;
	case 1:
		return 0xFF000000u | 40 << 16 | down << 8 | up;
	default:
		return 0xFF000000u | up << 16 | 50 << 8 | down;
	}
}

/* The label is markup to textoverlay. */
static void show_label(struct ep_capture *capture)
{
	char *escaped = ep_caption_escape(capture->label);
	ep_pipeline_set_text(capture->pipeline, "label", "text", escaped);
	g_free(escaped);
}

static void configure_test_picture(struct ep_capture *capture)
{
	GstElement *pipeline = capture->pipeline;
	char *font = g_strdup_printf("Noto Sans Bold %u", capture->config.picture.height / 22);
	ep_pipeline_set_int(pipeline, "src", "foreground-color",
		(int)test_colour(capture->config.number + 5u * capture->config.stamp_source));
	show_label(capture);
	ep_pipeline_set_text(pipeline, "label", "font-desc", font);
	g_free(font);
	ep_pipeline_probe(
		pipeline, "out", "sink", GST_PAD_PROBE_TYPE_BUFFER, on_test_frame, capture);
}

static void configure_test_voice(struct ep_capture *capture)
{
	ep_pipeline_set_double(
		capture->pipeline, "src", "freq", ep_tone_hz(capture->config.number));
	ep_pipeline_probe(capture->pipeline, "out", "sink", GST_PAD_PROBE_TYPE_BUFFER,
		on_test_sound, capture);
}

static bool attach_device(struct ep_capture *capture)
{
	bool voice = capture->config.medium == EP_MEDIUM_VOICE;
	GstElement *device = ep_devices_first(voice ? EP_DEVICE_MICROPHONE : EP_DEVICE_CAMERA);
	if (!device) {
		TEXT_COPY(capture->fault, voice ? "no microphone found" : "no camera found");
		return false;
	}
	GstElement *entry = gst_bin_get_by_name(GST_BIN(capture->pipeline), "entry");
	gst_bin_add(GST_BIN(capture->pipeline), device);
	bool linked = gst_element_link(device, entry);
	gst_object_unref(entry);
	return linked;
}

static bool configure_source(struct ep_capture *capture)
{
	const struct ep_source *source = &capture->config.source;
	bool voice = capture->config.medium == EP_MEDIUM_VOICE;
	if (source->kind == EP_SOURCE_AUTO) {
		return attach_device(capture);
	}
	if (source->property) {
		ep_pipeline_set_text(capture->pipeline, "src", source->property, source->value);
	}
	if (source->kind == EP_SOURCE_TEST) {
		(voice ? configure_test_voice : configure_test_picture)(capture);
	}
	return true;
}

static void close_pipeline(struct ep_capture *capture)
{
	if (capture->bus_watch) {
		g_source_remove(capture->bus_watch);
		capture->bus_watch = 0;
	}
	ep_pipeline_destroy(capture->pipeline);
	capture->pipeline = NULL;
	atomic_store(&capture->sampled_us, 0);
}

static void retry_after(struct ep_capture *capture, int64_t pause_ms)
{
	close_pipeline(capture);
	capture->retry_us = ep_pipeline_now_us() + pause_ms * 1000;
}

/* The source has failed: what it showed is no longer so. */
static void let_go(struct ep_capture *capture)
{
	hold(capture, NULL);
	atomic_store(&capture->delivered_us, 0);
}

static void retry_later(struct ep_capture *capture)
{
	unsigned pause = capture->retry_ms * 2;
	pause = pause < EP_CAPTURE_RETRY_MIN_MS ? EP_CAPTURE_RETRY_MIN_MS : pause;
	capture->retry_ms = pause > EP_CAPTURE_RETRY_MAX_MS ? EP_CAPTURE_RETRY_MAX_MS : pause;
	retry_after(capture, capture->retry_ms);
	let_go(capture);
}

/* A film begins again at once; a still is held, and looked at again now and then. */
static void begin_again(struct ep_capture *capture)
{
	unsigned samples = atomic_load(&capture->samples);
	if (samples == 0) {
		TEXT_COPY(capture->fault, "nothing comes from the source");
		retry_later(capture);
		return;
	}
	capture->still = capture->config.medium == EP_MEDIUM_PICTURE && samples == 1;
	capture->retry_ms = 0;
	retry_after(capture, capture->still ? EP_CAPTURE_STILL_MS : 0);
}

static bool is_refusal(GstMessage *message)
{
	GError *error = NULL;
	gst_message_parse_error(message, &error, NULL);
	bool refused =
		g_error_matches(error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED);
	g_error_free(error);
	return refused;
}

static void fail(struct ep_capture *capture, GstMessage *message)
{
	ep_pipeline_error_text(message, capture->fault, sizeof(capture->fault));
	capture->refused = is_refusal(message);
	retry_later(capture);
	if (capture->refused) {
		retry_after(capture, EP_CAPTURE_REFUSED_MS);
	}
}

static void take_level(struct ep_capture *capture, const GstStructure *structure)
{
	const GValue *list = gst_structure_get_value(structure, "rms");
	if (!capture->events->on_level || !list) {
		return;
	}
	GValueArray *levels = g_value_get_boxed(list);
	double rms = levels->n_values > 0 ? g_value_get_double(levels->values) : -120;
	int dbfs = rms < -120 ? -120 : rms > 0 ? 0 : (int)rms;
	capture->events->on_level(capture->user, dbfs);
}

static gboolean on_bus(GstBus *bus, GstMessage *message, gpointer user)
{
	struct ep_capture *capture = user;
	(void)bus;
	if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
		capture->bus_watch = 0;
		fail(capture, message);
		return G_SOURCE_REMOVE;
	}
	if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS) {
		capture->bus_watch = 0;
		begin_again(capture);
		return G_SOURCE_REMOVE;
	}
	if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ELEMENT) {
		const GstStructure *structure = gst_message_get_structure(message);
		if (structure && gst_structure_has_name(structure, "level")) {
			take_level(capture, structure);
		}
	}
	return G_SOURCE_CONTINUE;
}

/* A pulsesrc without a server leaks a thread and two descriptors: it is not created. */
static bool has_no_server(const struct ep_source *source)
{
	return source->kind == EP_SOURCE_DEVICE && g_str_has_prefix(source->launch, "pulsesrc") &&
	       !ep_devices_has_sound_server();
}

static void open_pipeline(struct ep_capture *capture)
{
	const struct ep_capture_config *config = &capture->config;
	capture->openings++;
	capture->opened_us = ep_pipeline_now_us();
	atomic_store(&capture->samples, 0);
	if (has_no_server(&config->source)) {
		TEXT_COPY(capture->fault, "no sound server");
		retry_later(capture);
		return;
	}
	char *launch = config->medium == EP_MEDIUM_VOICE
			       ? ep_source_voice_launch(&config->source)
			       : ep_source_picture_launch(&config->source, &config->picture);
	char *error = NULL;
	capture->pipeline = ep_pipeline_parse_own_base_time(launch, &error);
	g_free(launch);
	if (!capture->pipeline) {
		TEXT_COPY(capture->fault, error ? error : "");
		g_free(error);
		retry_later(capture);
		return;
	}
	ep_pipeline_on_sample(capture->pipeline, "out", on_new_sample, capture);
	if (!configure_source(capture)) {
		retry_later(capture);
		return;
	}
	GstBus *bus = gst_element_get_bus(capture->pipeline);
	capture->bus_watch = gst_bus_add_watch(bus, on_bus, capture);
	gst_object_unref(bus);
	gst_element_set_state(capture->pipeline, GST_STATE_PLAYING);
}

static bool is_stalled(const struct ep_capture *capture, int64_t now_us)
{
	int64_t sampled_us = atomic_load(&capture->sampled_us);
	int64_t stall_ms = capture->config.source.kind == EP_SOURCE_STREAM
				   ? EP_CAPTURE_STREAM_STALL_MS
				   : EP_CAPTURE_STALL_MS;
	return sampled_us ? now_us - sampled_us > stall_ms * 1000
			  : now_us - capture->opened_us > EP_CAPTURE_OPENING_MS * 1000;
}

static gboolean on_check(gpointer user)
{
	struct ep_capture *capture = user;
	int64_t now_us = ep_pipeline_now_us();
	if (!capture->pipeline && now_us >= capture->retry_us) {
		open_pipeline(capture);
	} else if (capture->pipeline && is_stalled(capture, now_us)) {
		TEXT_COPY(capture->fault, "nothing comes from the source");
		retry_later(capture);
	} else if (atomic_load(&capture->sampled_us)) {
		capture->retry_ms = 0;
		capture->refused = false;
	}
	deliver_held(capture, now_us);
	return G_SOURCE_CONTINUE;
}

struct ep_capture *ep_capture_create(
	const struct ep_capture_config *config, const struct ep_capture_events *events, void *user)
{
	struct ep_capture *capture = g_new0(struct ep_capture, 1);
	capture->config = *config;
	capture->label = g_strdup(config->label ? config->label : "");
	capture->events = events;
	capture->user = user;
	g_mutex_init(&capture->lock);
	atomic_store(&capture->latest_us, ep_pipeline_now_us());
	if (config->source.kind != EP_SOURCE_NONE) {
		open_pipeline(capture);
		capture->check = g_timeout_add(CHECK_MS, on_check, capture);
	}
	return capture;
}

void ep_capture_destroy(struct ep_capture *capture)
{
	if (!capture) {
		return;
	}
	if (capture->check) {
		g_source_remove(capture->check);
	}
	close_pipeline(capture);
	hold(capture, NULL);
	g_mutex_clear(&capture->lock);
	g_free(capture->label);
	g_free(capture);
}

void ep_capture_label(struct ep_capture *capture, const char *label)
{
	char *before = capture->label;
	capture->label = g_strdup(label);
	g_free(before);
	if (capture->pipeline && capture->config.source.kind == EP_SOURCE_TEST &&
		capture->config.medium == EP_MEDIUM_PICTURE) {
		show_label(capture);
	}
}

bool ep_capture_is_missing(const struct ep_capture *capture)
{
	int64_t delivered_us = atomic_load(&capture->delivered_us);
	return delivered_us == 0 ||
	       ep_pipeline_now_us() - delivered_us > EP_CAPTURE_MISSING_MS * 1000;
}

int64_t ep_capture_idle_ms(const struct ep_capture *capture)
{
	return (ep_pipeline_now_us() - atomic_load(&capture->latest_us)) / 1000;
}

unsigned ep_capture_openings(const struct ep_capture *capture)
{
	return capture->openings;
}

const char *ep_capture_fault(const struct ep_capture *capture)
{
	return capture->fault;
}

bool ep_capture_is_still(const struct ep_capture *capture)
{
	return capture->still;
}

bool ep_capture_is_refused(const struct ep_capture *capture)
{
	return capture->refused;
}
