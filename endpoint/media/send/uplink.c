/* Encodes and packetizes what a site sends. */
#include "endpoint/media/send/uplink.h"

#include <errno.h>
#include <gst/video/video.h>
#include <pthread.h>

#include "bounds.h"
#include "endpoint/media/common/pipeline.h"

enum {
	MTU = 1200,
	KEYFRAME_SPACING = 250, /* frames; earlier ones on request */
	VBV_MS = 300, /* keeps keyframes small enough for 63 receivers at once */
	WATCH_FPS = 2,
	CONTENT_FPS_MAX = 10,
	FAULT_SIZE = 200,
};

struct branch {
	struct ep_uplink *uplink;
	enum media_source source;
};

struct ep_uplink {
	const struct ep_uplink_events *events;
	void *user;
	GstElement *pipeline;
	guint bus_watch;
	struct branch branches[MEDIA_VOICE + 1];
	pthread_mutex_t lock; /* guards monitor */
	struct ep_picture_monitor monitor;
	char fault[FAULT_SIZE];
};

static const char *const valves[] = {
	[MEDIA_CAMERA] = "gate_full",
	[MEDIA_PREVIEW] = "gate_preview",
	[MEDIA_CONTENT] = "gate_content",
	[MEDIA_VOICE] = "gate_voice",
};

static const char *const encoders[] = {
	[MEDIA_CAMERA] = "enc_full",
	[MEDIA_PREVIEW] = "enc_preview",
	[MEDIA_CONTENT] = "enc_content",
	[MEDIA_VOICE] = NULL,
};

static const char *const outs[] = {
	[MEDIA_CAMERA] = "out_full",
	[MEDIA_PREVIEW] = "out_preview",
	[MEDIA_CONTENT] = "out_content",
	[MEDIA_VOICE] = "out_voice",
};

static const char *const inputs[] = {
	[MEDIA_CAMERA] = "camera",
	[MEDIA_PREVIEW] = NULL,
	[MEDIA_CONTENT] = "content",
	[MEDIA_VOICE] = "voice",
};

/* One thread per encoder: in tests three sites share two cores, and 720p25 needs no more. */
static void add_encoder(GString *launch, enum media_source source, unsigned kilobits)
{
	g_string_append_printf(launch,
		"x264enc name=%s tune=zerolatency speed-preset=ultrafast bframes=0 threads=1 "
		"key-int-max=%d vbv-buf-capacity=%d bitrate=%u ! "
		"video/x-h264,profile=constrained-baseline,stream-format=byte-stream ! "
		"rtph264pay pt=%d config-interval=-1 aggregate-mode=zero-latency mtu=%d ! "
		"appsink name=%s sync=false async=false ",
		encoders[source], KEYFRAME_SPACING, VBV_MS, kilobits, MEDIA_PT_H264, MTU,
		outs[source]);
}

static void add_source(GString *launch, const char *name, const struct ep_picture *picture)
{
	g_string_append_printf(launch,
		"appsrc name=%s is-live=true format=time max-buffers=3 leaky-type=downstream "
		"caps=video/x-raw,format=I420,width=%u,height=%u,framerate=%u/1,"
		"pixel-aspect-ratio=1/1 ",
		name, picture->width, picture->height, picture->fps);
}

static void add_small(GString *launch, const struct ep_picture *preview)
{
	g_string_append_printf(launch,
		"split. ! queue leaky=downstream max-size-buffers=2 ! valve name=%s drop=true ! "
		"videorate drop-only=true max-rate=%u ! videoscale ! "
		"video/x-raw,width=%u,height=%u ! ",
		valves[MEDIA_PREVIEW], preview->fps, preview->width, preview->height);
	add_encoder(launch, MEDIA_PREVIEW, preview->kilobits);
	g_string_append_printf(launch,
		"split. ! queue leaky=downstream max-size-buffers=2 ! "
		"videorate drop-only=true max-rate=%d ! videoscale ! "
		"video/x-raw,width=%d,height=%d ! tee name=small "
		"small. ! queue ! appsink name=monitor sync=false async=false "
		"small. ! queue ! videorate drop-only=true ! "
		"video/x-raw,framerate=1000/%d ! "
		"jpegenc quality=60 ! appsink name=thumbnail sync=false async=false ",
		WATCH_FPS, EP_THUMBNAIL_WIDTH, EP_THUMBNAIL_HEIGHT, THUMBNAIL_SPAN_MS);
}

static char *describe(const struct ep_format *format)
{
	GString *launch = g_string_new(NULL);
	add_source(launch, "camera", &format->full);
	g_string_append_printf(launch,
		"! tee name=split split. ! queue leaky=downstream max-size-buffers=2 ! "
		"valve name=%s drop=true ! ",
		valves[MEDIA_CAMERA]);
	add_encoder(launch, MEDIA_CAMERA, format->full.kilobits);
	add_small(launch, &format->preview);
	add_source(launch, "content", &format->full);
	g_string_append_printf(launch,
		"! queue leaky=downstream max-size-buffers=2 ! "
		"valve name=%s drop=true ! "
		"videorate drop-only=true max-rate=%d ! ",
		valves[MEDIA_CONTENT], CONTENT_FPS_MAX);
	add_encoder(launch, MEDIA_CONTENT, format->full.kilobits);
	g_string_append_printf(launch,
		"appsrc name=voice is-live=true format=time max-buffers=20 leaky-type=downstream "
		"caps=audio/x-raw,format=S16LE,layout=interleaved,rate=%d,channels=1 ! "
		"queue ! valve name=%s drop=true ! volume name=duck ! "
		"opusenc bitrate=%d000 frame-size=20 inband-fec=true packet-loss-percentage=5 ! "
		"rtpopuspay pt=%d ! appsink name=%s sync=false async=false ",
		EP_SAMPLE_RATE, valves[MEDIA_VOICE], EP_VOICE_KILOBITS, MEDIA_PT_OPUS,
		outs[MEDIA_VOICE]);
	return g_string_free(launch, FALSE);
}

/*
 * By the segment: x264enc starts at a thousand hours, so that no DTS is negative, and signals that
 * in the segment.
 */
static GstClockTime captured(GstSample *sample)
{
	return gst_segment_to_running_time(gst_sample_get_segment(sample), GST_FORMAT_TIME,
		GST_BUFFER_PTS(gst_sample_get_buffer(sample)));
}

static GstFlowReturn on_packet(GstAppSink *sink, void *user)
{
	const struct branch *branch = user;
	GstSample *sample = gst_app_sink_pull_sample(sink);
	if (!sample) {
		return GST_FLOW_EOS;
	}
	GstBuffer *buffer = gst_sample_get_buffer(sample);
	GstClockTime time = captured(sample);
	GstMapInfo map;
	if (GST_CLOCK_TIME_IS_VALID(time) && gst_buffer_map(buffer, &map, GST_MAP_READ)) {
		branch->uplink->events->on_packet(branch->uplink->user, branch->source, map.data,
			map.size, (int64_t)(time / GST_USECOND));
		gst_buffer_unmap(buffer, &map);
	}
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

static GstFlowReturn on_monitor(GstAppSink *sink, void *user)
{
	struct ep_uplink *uplink = user;
	GstSample *sample = gst_app_sink_pull_sample(sink);
	if (!sample) {
		return GST_FLOW_EOS;
	}
	GstBuffer *buffer = gst_sample_get_buffer(sample);
	GstMapInfo map;
	struct ep_luma luma;
	if (gst_buffer_map(buffer, &map, GST_MAP_READ)) {
		if (ep_pipeline_luma(gst_sample_get_caps(sample), &map, &luma)) {
			pthread_mutex_lock(&uplink->lock);
			ep_picture_monitor_frame(
				&uplink->monitor, &luma, ep_pipeline_now_us() / 1000);
			pthread_mutex_unlock(&uplink->lock);
		}
		gst_buffer_unmap(buffer, &map);
	}
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

static GstFlowReturn on_thumbnail(GstAppSink *sink, void *user)
{
	struct ep_uplink *uplink = user;
	GstSample *sample = gst_app_sink_pull_sample(sink);
	if (!sample) {
		return GST_FLOW_EOS;
	}
	GstMapInfo map;
	if (gst_buffer_map(gst_sample_get_buffer(sample), &map, GST_MAP_READ)) {
		uplink->events->on_thumbnail(uplink->user, map.data, map.size);
		gst_buffer_unmap(gst_sample_get_buffer(sample), &map);
	}
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

static gboolean on_bus(GstBus *bus, GstMessage *message, gpointer user)
{
	struct ep_uplink *uplink = user;
	(void)bus;
	ep_pipeline_handle_message(uplink->pipeline, message, uplink->fault, sizeof(uplink->fault));
	return G_SOURCE_CONTINUE;
}

static void connect_sinks(struct ep_uplink *uplink)
{
	for (int source = MEDIA_CAMERA; source <= MEDIA_VOICE; source++) {
		uplink->branches[source] = (struct branch){uplink, (enum media_source)source};
		ep_pipeline_on_sample(
			uplink->pipeline, outs[source], on_packet, &uplink->branches[source]);
	}
	ep_pipeline_on_sample(uplink->pipeline, "monitor", on_monitor, uplink);
	ep_pipeline_on_sample(uplink->pipeline, "thumbnail", on_thumbnail, uplink);
}

int ep_uplink_create(const struct ep_format *format, const struct ep_uplink_events *events,
	void *user, struct ep_uplink **ret_uplink, char **ret_error)
{
	char *launch = describe(format);
	GstElement *pipeline = ep_pipeline_parse(launch, ret_error);
	g_free(launch);
	if (!pipeline) {
		return -ENOSYS;
	}
	struct ep_uplink *uplink = g_new0(struct ep_uplink, 1);
	uplink->events = events;
	uplink->user = user;
	uplink->pipeline = pipeline;
	pthread_mutex_init(&uplink->lock, NULL);
	connect_sinks(uplink);
	GstBus *bus = gst_element_get_bus(pipeline);
	uplink->bus_watch = gst_bus_add_watch(bus, on_bus, uplink);
	gst_object_unref(bus);
	gst_element_set_state(pipeline, GST_STATE_PLAYING);
	*ret_uplink = uplink;
	return 0;
}

void ep_uplink_destroy(struct ep_uplink *uplink)
{
	if (!uplink) {
		return;
	}
	g_source_remove(uplink->bus_watch);
	ep_pipeline_destroy(uplink->pipeline);
	pthread_mutex_destroy(&uplink->lock);
	g_free(uplink);
}

void ep_uplink_push(struct ep_uplink *uplink, enum media_source source, GstSample *sample)
{
	gst_app_src_push_sample(ep_pipeline_source(uplink->pipeline, inputs[source]), sample);
}

void ep_uplink_keyframe(struct ep_uplink *uplink, enum media_source source)
{
	if ((unsigned)source > MEDIA_VOICE || !encoders[source]) {
		return;
	}
	GstElement *encoder = gst_bin_get_by_name(GST_BIN(uplink->pipeline), encoders[source]);
	GstPad *pad = gst_element_get_static_pad(encoder, "src");
	gst_pad_send_event(
		pad, gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, TRUE, 0));
	gst_object_unref(pad);
	gst_object_unref(encoder);
}

void ep_uplink_open(struct ep_uplink *uplink, enum media_source source, bool open)
{
	if (open) {
		ep_uplink_keyframe(uplink, source);
	}
	ep_pipeline_set_bool(uplink->pipeline, valves[source], "drop", !open);
}

void ep_uplink_duck(struct ep_uplink *uplink, bool ducked)
{
	ep_pipeline_set_double(
		uplink->pipeline, "duck", "volume", ducked ? EP_DUCKED_PERCENT / 100.0 : 1.0);
}

bool ep_uplink_is_black(struct ep_uplink *uplink)
{
	pthread_mutex_lock(&uplink->lock);
	bool black = ep_picture_monitor_is_black(&uplink->monitor);
	pthread_mutex_unlock(&uplink->lock);
	return black;
}

bool ep_uplink_is_frozen(struct ep_uplink *uplink)
{
	pthread_mutex_lock(&uplink->lock);
	bool frozen = ep_picture_monitor_is_frozen(&uplink->monitor);
	pthread_mutex_unlock(&uplink->lock);
	return frozen;
}

const char *ep_uplink_fault(const struct ep_uplink *uplink)
{
	return uplink->fault[0] ? uplink->fault : NULL;
}
