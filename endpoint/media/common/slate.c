/* Renders a slate: a pipeline that produces one frame and ends. */
#include "endpoint/media/common/slate.h"

#include "endpoint/media/common/pipeline.h"

enum {
	LETTERS_SHARE = 20, /* letters are a twentieth of the height */
	WAIT_S = 5,
};

static GstElement *build(const char *markup, unsigned width, unsigned height, unsigned colour)
{
	char *launch = g_strdup_printf(
		"videotestsrc num-buffers=1 pattern=solid-color foreground-color=%u ! "
		"video/x-raw,format=AYUV,width=%u,height=%u,framerate=1/1 ! "
		"textoverlay name=text valignment=center halignment=center line-alignment=center "
		"draw-shadow=false wrap-mode=wordchar auto-resize=false font-desc=\"Noto Sans %u\" "
		"! "
		"videoconvert ! video/x-raw,format=I420 ! appsink name=out sync=false",
		colour, width, height, height / LETTERS_SHARE * 3 / 4);
	GstElement *pipeline = ep_pipeline_parse_own_base_time(launch, NULL);
	g_free(launch);
	if (pipeline) {
		ep_pipeline_set_text(pipeline, "text", "text", markup);
	}
	return pipeline;
}

GstSample *ep_slate_render(const char *markup, unsigned width, unsigned height, unsigned colour)
{
	GstElement *pipeline = build(markup, width, height, colour);
	if (!pipeline) {
		return NULL;
	}
	gst_element_set_state(pipeline, GST_STATE_PLAYING);
	GstSample *sample = gst_app_sink_try_pull_sample(
		ep_pipeline_sink(pipeline, "out"), WAIT_S * GST_SECOND);
	ep_pipeline_destroy(pipeline);
	return sample;
}
