/* Receives one slot. */
#include "endpoint/media/receive/slot_pipeline.h"

#include <gst/rtp/rtp.h>
#include <gst/video/video.h>
#include <stdatomic.h>

#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/receive/decoder.h"
#include "proto/media/ntp.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/seq.h"
#include "proto/media/ssrc.h"

enum {
	ASK_KEYFRAME_US = 500000,
	SOUND_CHANNELS = 2,
};

struct ep_slot {
	unsigned slot;
	uint16_t own_number;
	const struct ep_slot_events *events;
	void *user;
	GstElement *pipeline;
	guint bus_watch;
	bool broken;
	int64_t started_us; /* start of the pipeline */
	bool has_packets; /* the pipeline has received a packet; received_us: time of the latest,
			   * newest: its number */
	bool cut; /* and then none for a while */
	uint16_t newest;
	int64_t received_us;
	atomic_llong requested_us; /* time of the last keyframe request */
	atomic_bool frozen; /* the depayloader drops everything before one */
	atomic_ullong missing;
	atomic_ullong samples;
	atomic_llong sampled_us;
	atomic_uint source;
	uint64_t lost_before; /* of earlier pipelines */
	gint64 delay_ns; /* for slower slots */
};

static bool is_voice(const struct ep_slot *slot)
{
	return slot->slot >= EP_SLOT_VOICE_FIRST;
}

static char *describe(const struct ep_slot *slot)
{
	bool voice = is_voice(slot);
	return g_strdup_printf(
		"appsrc name=rtp is-live=true format=time do-timestamp=true max-buffers=2000 "
		"leaky-type=downstream caps=%s "
		"! rtpjitterbuffer name=jitter latency=%d do-lost=true do-retransmission=true "
		"rtx-next-seqnum=false ! %s ! "
		"appsink name=out sync=false async=false max-buffers=100 drop=true "
		"appsrc name=rtcp is-live=true format=time do-timestamp=true "
		"caps=application/x-rtcp ! jitter.sink_rtcp",
		voice ? ep_decoder_voice_caps : ep_decoder_picture_caps, EP_SLOT_LATENCY_MS,
		voice ? ep_decoder_voice : ep_decoder_picture);
}

static void request_missing(struct ep_slot *slot, const GstStructure *request)
{
	guint sequence;
	if (!gst_structure_get_uint(request, "seqnum", &sequence)) {
		return;
	}
	guint retry = 0;
	gst_structure_get_uint(request, "retry", &retry);
	if (retry == 0) {
		atomic_fetch_add(&slot->missing, 1);
	}
	slot->events->on_missing(slot->user, slot->slot, (uint16_t)sequence);
}

static void request_keyframe(struct ep_slot *slot)
{
	atomic_store(&slot->requested_us, ep_pipeline_now_us());
	slot->events->on_keyframe_needed(slot->user, slot->slot);
}

/* Requests of jitter buffer and depayloader, which an RTP session would handle. */
static GstPadProbeReturn on_upstream(GstPad *pad, GstPadProbeInfo *info, void *user)
{
	struct ep_slot *slot = user;
	GstEvent *event = GST_PAD_PROBE_INFO_EVENT(info);
	(void)pad;
	if (GST_EVENT_TYPE(event) != GST_EVENT_CUSTOM_UPSTREAM) {
		return GST_PAD_PROBE_OK;
	}
	const GstStructure *structure = gst_event_get_structure(event);
	if (gst_structure_has_name(structure, "GstRTPRetransmissionRequest")) {
		request_missing(slot, structure);
		return GST_PAD_PROBE_DROP;
	}
	if (gst_video_event_is_force_key_unit(event)) {
		atomic_store(&slot->frozen, true);
		request_keyframe(slot);
		return GST_PAD_PROBE_DROP;
	}
	return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn on_frame(GstPad *pad, GstPadProbeInfo *info, void *user)
{
	struct ep_slot *slot = user;
	(void)pad;
	(void)info;
	atomic_store(&slot->frozen, false);
	return GST_PAD_PROBE_OK;
}

/*
 * The source of packets that leave the jitter buffer. The site's own voice and picture (a switch
 * and the news of it are not simultaneous) are dropped here, not earlier: a gap before the jitter
 * buffer would count as loss. The depayloader resumes at the next source's keyframe.
 */
static GstPadProbeReturn on_ordered(GstPad *pad, GstPadProbeInfo *info, void *user)
{
	struct ep_slot *slot = user;
	GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
	(void)pad;
	if (!gst_rtp_buffer_map(GST_PAD_PROBE_INFO_BUFFER(info), GST_MAP_READ, &rtp)) {
		return GST_PAD_PROBE_OK;
	}
	guint source =
		gst_rtp_buffer_get_csrc_count(&rtp) > 0 ? gst_rtp_buffer_get_csrc(&rtp, 0) : 0;
	gst_rtp_buffer_unmap(&rtp);
	atomic_store(&slot->source, source);
	return source == slot->own_number ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

static GstFlowReturn on_sample(GstAppSink *sink, void *user)
{
	struct ep_slot *slot = user;
	GstSample *sample = gst_app_sink_pull_sample(sink);
	if (!sample) {
		return GST_FLOW_EOS;
	}
	atomic_fetch_add(&slot->samples, 1);
	atomic_store(&slot->sampled_us, ep_pipeline_now_us());
	slot->events->on_sample(slot->user, slot->slot, sample);
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

static bool read_report(const GstStructure *sync, uint64_t *ret_ntp)
{
	GstBuffer *buffer = NULL;
	if (!gst_structure_get(sync, "sr-buffer", GST_TYPE_BUFFER, &buffer, NULL)) {
		return false;
	}
	bool found = false;
	GstMapInfo map;
	if (gst_buffer_map(buffer, &map, GST_MAP_READ)) {
		struct rtcp_reader reader = {map.data, map.size, 0};
		struct rtcp_message message;
		found = rtcp_next(&reader, &message) == 0 && message.kind == RTCP_SR;
		*ret_ntp = found ? message.sr.ntp : 0;
		gst_buffer_unmap(buffer, &map);
	}
	gst_buffer_unref(buffer);
	return found;
}

/* The jitter buffer maps RTP time to local time; the sender report maps it to the relay's. */
static void on_sync(GstElement *jitter, GstStructure *sync, gpointer user)
{
	struct ep_slot *slot = user;
	(void)jitter;
	guint64 base_rtp;
	guint64 base_time;
	guint64 report_rtp;
	guint rate;
	uint64_t ntp;
	if (!gst_structure_get(sync, "base-rtptime", G_TYPE_UINT64, &base_rtp, "base-time",
		    G_TYPE_UINT64, &base_time, "sr-ext-rtptime", G_TYPE_UINT64, &report_rtp,
		    "clock-rate", G_TYPE_UINT, &rate, NULL) ||
		base_time == GST_CLOCK_TIME_NONE || rate == 0 || !read_report(sync, &ntp)) {
		return;
	}
	int64_t ahead = (int64_t)(report_rtp - base_rtp);
	int64_t local_us = (int64_t)(base_time / GST_USECOND) + ahead * 1000000 / (int64_t)rate;
	slot->events->on_related(slot->user, slot->slot, local_us, ntp_to_us(ntp));
}

static gboolean on_bus(GstBus *bus, GstMessage *message, gpointer user)
{
	struct ep_slot *slot = user;
	(void)bus;
	if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
		slot->broken = true;
	} else if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_LATENCY) {
		gst_bin_recalculate_latency(GST_BIN(slot->pipeline));
	}
	return G_SOURCE_CONTINUE;
}

static bool start(struct ep_slot *slot, char **ret_error)
{
	char *launch = describe(slot);
	slot->pipeline = ep_pipeline_parse(launch, ret_error);
	g_free(launch);
	if (!slot->pipeline) {
		return false;
	}
	ep_pipeline_on_sample(slot->pipeline, "out", on_sample, slot);
	ep_pipeline_probe(
		slot->pipeline, "rtp", "src", GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, on_upstream, slot);
	ep_pipeline_probe(
		slot->pipeline, "jitter", "src", GST_PAD_PROBE_TYPE_BUFFER, on_ordered, slot);
	if (!is_voice(slot)) {
		ep_pipeline_probe(
			slot->pipeline, "depay", "src", GST_PAD_PROBE_TYPE_BUFFER, on_frame, slot);
	}
	GstElement *jitter = gst_bin_get_by_name(GST_BIN(slot->pipeline), "jitter");
	g_signal_connect(jitter, "handle-sync", G_CALLBACK(on_sync), slot);
	g_object_set(jitter, "ts-offset", slot->delay_ns, NULL);
	gst_object_unref(jitter);
	atomic_store(&slot->frozen, false);
	slot->has_packets = false;
	slot->cut = false;
	GstBus *bus = gst_element_get_bus(slot->pipeline);
	slot->bus_watch = gst_bus_add_watch(bus, on_bus, slot);
	gst_object_unref(bus);
	gst_element_set_state(slot->pipeline, GST_STATE_PLAYING);
	slot->broken = false;
	slot->started_us = ep_pipeline_now_us();
	if (!is_voice(slot)) {
		request_keyframe(slot);
	}
	return true;
}

static void stop(struct ep_slot *slot)
{
	if (slot->bus_watch) {
		g_source_remove(slot->bus_watch);
		slot->bus_watch = 0;
	}
	ep_pipeline_destroy(slot->pipeline);
	slot->pipeline = NULL;
}

struct ep_slot *ep_slot_create(unsigned number, uint16_t own_number,
	const struct ep_slot_events *events, void *user, char **ret_error)
{
	struct ep_slot *slot = g_new0(struct ep_slot, 1);
	slot->slot = number;
	slot->own_number = own_number;
	slot->events = events;
	slot->user = user;
	if (!start(slot, ret_error)) {
		ep_slot_destroy(slot);
		return NULL;
	}
	return slot;
}

void ep_slot_destroy(struct ep_slot *slot)
{
	if (!slot) {
		return;
	}
	stop(slot);
	g_free(slot);
}

static void push(struct ep_slot *slot, const char *source, const uint8_t *data, size_t size)
{
	if (slot->pipeline) {
		GstBuffer *buffer = gst_buffer_new_memdup(data, size);
		gst_app_src_push_buffer(ep_pipeline_source(slot->pipeline, source), buffer);
	}
}

/* Packets are missing, and for longer than a repair could take. */
static bool is_after_outage(struct ep_slot *slot, uint16_t sequence)
{
	int64_t now_us = ep_pipeline_now_us();
	int32_t ahead = slot->has_packets ? seq_distance(slot->newest, sequence) : 1;
	bool outage = ahead > 1 && now_us - slot->received_us > EP_SLOT_OUTAGE_MS * 1000;
	slot->newest = ahead > 0 ? sequence : slot->newest;
	slot->received_us = now_us;
	slot->has_packets = true;
	return outage;
}

/* Packets the depayloader may get: it trusts the lengths inside. */
static bool is_ours(const struct ep_slot *slot, const struct rtp_packet *packet)
{
	unsigned type = is_voice(slot) ? MEDIA_PT_OPUS : MEDIA_PT_H264;
	return packet->header.payload_type == type && rtp_payload_is_whole(packet);
}

void ep_slot_rtp(struct ep_slot *slot, const uint8_t *data, size_t size)
{
	struct rtp_packet packet;
	if (rtp_parse(data, size, &packet) != 0 || !is_ours(slot, &packet)) {
		return;
	}
	slot->cut = is_after_outage(slot, packet.header.sequence) || slot->cut;
	if (!slot->cut) {
		push(slot, "rtp", data, size);
	}
}

void ep_slot_report(struct ep_slot *slot, const uint8_t *data, size_t size)
{
	push(slot, "rtcp", data, size);
}

void ep_slot_set_delay(struct ep_slot *slot, int64_t wait_us)
{
	slot->delay_ns = wait_us * 1000;
	if (slot->pipeline) {
		GstElement *jitter = gst_bin_get_by_name(GST_BIN(slot->pipeline), "jitter");
		g_object_set(jitter, "ts-offset", slot->delay_ns, NULL);
		gst_object_unref(jitter);
	}
}

bool ep_slot_is_playing(const struct ep_slot *slot)
{
	int64_t sampled_us = atomic_load(&slot->sampled_us);
	return sampled_us != 0 && ep_pipeline_now_us() - sampled_us < EP_SLOT_STALE_MS * 1000;
}

static uint64_t given_up(struct ep_slot *slot)
{
	GstStructure *stats = NULL;
	guint64 lost = 0;
	if (slot->pipeline) {
		GstElement *jitter = gst_bin_get_by_name(GST_BIN(slot->pipeline), "jitter");
		g_object_get(jitter, "stats", &stats, NULL);
		gst_object_unref(jitter);
		gst_structure_get_uint64(stats, "num-lost", &lost);
		gst_structure_free(stats);
	}
	return slot->lost_before + lost;
}

void ep_slot_stats(struct ep_slot *slot, struct ep_slot_stats *ret_stats)
{
	*ret_stats = (struct ep_slot_stats){
		.missing = atomic_load(&slot->missing),
		.unrecovered = given_up(slot),
		.samples = atomic_load(&slot->samples),
		.sampled_us = atomic_load(&slot->sampled_us),
		.source = ep_slot_is_playing(slot) ? atomic_load(&slot->source) : 0,
	};
}

/* The depayloader requests once per loss; the request may have been lost or throttled. */
static bool needs_keyframe(const struct ep_slot *slot)
{
	return !is_voice(slot) && (atomic_load(&slot->frozen) || !ep_slot_is_playing(slot));
}

/*
 * A stream that breaks the decoder may continue: the pipeline is restarted once a second at most.
 */
static bool may_restart(const struct ep_slot *slot)
{
	return ep_pipeline_now_us() - slot->started_us >= EP_SLOT_RESTART_MS * 1000;
}

/*
 * After an outage the pipeline is rebuilt: the jitter buffer would request everything missed, and
 * the hall would see past events in fast motion.
 */
void ep_slot_check(struct ep_slot *slot)
{
	bool broken = slot->broken || !slot->pipeline;
	if (slot->cut || (broken && may_restart(slot))) {
		slot->lost_before = given_up(slot);
		stop(slot);
		start(slot, NULL);
	} else if (!broken && needs_keyframe(slot) &&
		   ep_pipeline_now_us() - atomic_load(&slot->requested_us) > ASK_KEYFRAME_US) {
		request_keyframe(slot);
	}
}
