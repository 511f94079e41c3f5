/*
 * What a site on air may make every other hall decode: RTP packets of H.264 or Opus with any
 * content, after decryption and in order, through the very elements of the endpoint. Input: a byte
 * that chooses picture or voice, then packets, each behind its length in two bytes (RFC 4571: what
 * rtpstreampay writes, from which the inputs kept were made).
 *
 * The libraries below the elements are the distribution's, without a sanitizer: what shows is a
 * crash, a hang, memory without end, and what they hand back.
 */
#include "endpoint/media/receive/decoder.h"

#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include "endpoint/media/common/pipeline.h"
#include "proto/media/rtp.h"
#include "proto/media/ssrc.h"
#include "tests/fuzz/bytes.h"

enum {
	PACKET_MAX = 1500,
	PACKETS_MAX = 64,
	VERSION_2 = 0x80,
	FRAME_NS = 40000000,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* What the libraries keep for as long as the process lives. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libgst\nleak:libglib\nleak:libgobject\nleak:libav\nleak:liborc\n";
}

/* As it leaves the jitter buffer: a packet of ours, whatever else it holds. */
static size_t take_packet(struct bytes *bytes, uint8_t payload_type, uint8_t *packet)
{
	size_t size = bytes_copy(bytes, packet, bytes_below(bytes, PACKET_MAX));
	if (size >= RTP_FIXED_SIZE) {
		packet[0] = (uint8_t)(VERSION_2 | (packet[0] & 0x3F));
		packet[1] = (uint8_t)((packet[1] & 0x80) | payload_type);
	}
	return size;
}

static void look_at(GstHarness *harness, GstBuffer *buffer)
{
	GstVideoInfo info;
	GstCaps *caps = gst_pad_get_current_caps(harness->sinkpad);
	if (caps && gst_video_info_from_caps(&info, caps)) {
		demand(info.width <= EP_DECODER_WIDTH_MAX && info.height <= EP_DECODER_HEIGHT_MAX);
		demand(gst_buffer_get_size(buffer) >= info.size);
	}
	gst_clear_caps(&caps);
	gst_buffer_unref(buffer);
}

static void pull_all(GstHarness *harness)
{
	GstBuffer *buffer;
	while ((buffer = gst_harness_try_pull(harness))) {
		look_at(harness, buffer);
	}
}

static void play(GstHarness *harness, uint8_t payload_type, struct bytes *bytes)
{
	for (unsigned n = 0; bytes->left > 0 && n < PACKETS_MAX; n++) {
		uint8_t packet[PACKET_MAX];
		struct rtp_packet parsed;
		size_t size = take_packet(bytes, payload_type, packet);
		if (rtp_parse(packet, size, &parsed) != 0 || !rtp_payload_is_whole(&parsed)) {
			continue; /* the slot drops it */
		}
		GstBuffer *buffer = gst_buffer_new_memdup(packet, size);
		GST_BUFFER_PTS(buffer) = (GstClockTime)n * FRAME_NS;
		gst_harness_push(harness, buffer);
		pull_all(harness);
	}
	gst_harness_push_event(harness, gst_event_new_eos());
	pull_all(harness);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = {data, size};
	ep_pipeline_init();
	gst_debug_set_default_threshold(GST_LEVEL_NONE);
	bool voice = bytes_one(&bytes) % 2;
	GstHarness *harness = gst_harness_new_parse(voice ? ep_decoder_voice : ep_decoder_picture);
	demand(harness != NULL);
	gst_harness_set_src_caps_str(
		harness, voice ? ep_decoder_voice_caps : ep_decoder_picture_caps);
	play(harness, voice ? MEDIA_PT_OPUS : MEDIA_PT_H264, &bytes);
	gst_harness_teardown(harness);
	return 0;
}
