/* The three captures of a site. */
#include "endpoint/media/capture/inputs.h"

#include <errno.h>

#include "endpoint/media/capture/capture.h"
#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/common/signal_monitor.h"
#include "endpoint/media/common/slate.h"

enum {
	CARD_EVERY = 2, /* checks between two cards: a still needs no more than five a second */
	STAMP_CAMERA = 0,
	STAMP_CONTENT = 2,
};

struct ep_inputs {
	struct ep_inputs_config config;
	struct ep_uplink *uplink;
	struct ep_source camera_source;
	struct ep_source content_source;
	struct ep_source voice_source;
	struct ep_capture *camera;
	struct ep_capture *content;
	struct ep_capture *voice;
	struct ep_film_player *film; /* NULL but for a player */
	struct ep_voice_monitor monitor;
	GstBuffer *card;
	GstCaps *card_caps;
	unsigned checks;
};

static void on_camera(void *user, GstSample *sample)
{
	struct ep_inputs *inputs = user;
	ep_uplink_push(inputs->uplink, MEDIA_CAMERA, sample);
}

static void on_content(void *user, GstSample *sample)
{
	struct ep_inputs *inputs = user;
	ep_uplink_push(inputs->uplink, MEDIA_CONTENT, sample);
}

static void on_voice(void *user, GstSample *sample)
{
	struct ep_inputs *inputs = user;
	ep_uplink_push(inputs->uplink, MEDIA_VOICE, sample);
}

static void on_level(void *user, int dbfs)
{
	struct ep_inputs *inputs = user;
	ep_voice_monitor_level(&inputs->monitor, dbfs, ep_pipeline_now_us() / 1000);
}

static const struct ep_capture_events camera_events = {.on_sample = on_camera};
static const struct ep_capture_events content_events = {.on_sample = on_content};
static const struct ep_capture_events voice_events = {
	.on_sample = on_voice,
	.on_level = on_level,
};

static const struct ep_film_events film_events = {
	.on_picture = on_camera,
	.on_sound = on_voice,
};

static void render_card(struct ep_inputs *inputs, const char *label, enum card_theme theme)
{
	const struct ep_picture *picture = &inputs->config.format->full;
	struct card card;
	card_no_picture(label, theme, &card);
	GstSample *sample = ep_slate_render(&card, picture);
	if (sample) {
		gst_clear_buffer(&inputs->card);
		gst_clear_caps(&inputs->card_caps);
		inputs->card = gst_buffer_ref(gst_sample_get_buffer(sample));
		inputs->card_caps = gst_caps_copy(gst_sample_get_caps(sample));
		gst_caps_set_simple(inputs->card_caps, "framerate", GST_TYPE_FRACTION,
			(int)picture->fps, 1, NULL);
		gst_sample_unref(sample);
	}
	card_finish(&card);
}

static void push_card(struct ep_inputs *inputs)
{
	GstBuffer *buffer = gst_buffer_copy(inputs->card);
	GST_BUFFER_PTS(buffer) = (GstClockTime)ep_pipeline_now_us() * GST_USECOND;
	GST_BUFFER_DTS(buffer) = GST_CLOCK_TIME_NONE;
	GST_BUFFER_DURATION(buffer) = GST_CLOCK_TIME_NONE;
	GstSample *sample = gst_sample_new(buffer, inputs->card_caps, NULL, NULL);
	ep_uplink_push(inputs->uplink, MEDIA_CAMERA, sample);
	gst_sample_unref(sample);
	gst_buffer_unref(buffer);
}

static struct ep_capture *open_picture(struct ep_inputs *inputs, const struct ep_source *source,
	uint8_t stamp, const struct ep_capture_events *events)
{
	struct ep_capture_config config = {
		.medium = EP_MEDIUM_PICTURE,
		.source = *source,
		.picture = inputs->config.format->full,
		.number = inputs->config.number,
		.stamp_source = stamp,
		.label = inputs->config.label,
	};
	return ep_capture_create(&config, events, inputs);
}

static struct ep_capture *open_voice(struct ep_inputs *inputs)
{
	struct ep_capture_config config = {
		.medium = EP_MEDIUM_VOICE,
		.source = inputs->voice_source,
		.number = inputs->config.number,
	};
	return ep_capture_create(&config, &voice_events, inputs);
}

static const char *read_sources(struct ep_inputs *inputs)
{
	const struct ep_inputs_config *config = &inputs->config;
	if (!ep_source_parse(config->camera, EP_MEDIUM_PICTURE, &inputs->camera_source)) {
		return config->camera;
	}
	if (!ep_source_parse(config->content, EP_MEDIUM_PICTURE, &inputs->content_source)) {
		return config->content;
	}
	if (!ep_source_parse(config->voice, EP_MEDIUM_VOICE, &inputs->voice_source)) {
		return config->voice;
	}
	return NULL;
}

int ep_inputs_create(const struct ep_inputs_config *config, struct ep_uplink *uplink,
	struct ep_inputs **ret_inputs, const char **ret_wrong)
{
	struct ep_inputs *inputs = g_new0(struct ep_inputs, 1);
	inputs->config = *config;
	inputs->uplink = uplink;
	const char *wrong = read_sources(inputs);
	if (wrong) {
		*ret_wrong = wrong;
		g_free(inputs);
		return -EINVAL;
	}
	render_card(inputs, inputs->config.label, CARD_THEME_STATE);
	inputs->camera = open_picture(inputs, &inputs->camera_source, STAMP_CAMERA, &camera_events);
	inputs->content =
		open_picture(inputs, &inputs->content_source, STAMP_CONTENT, &content_events);
	inputs->voice = open_voice(inputs);
	if (config->films) {
		inputs->film = ep_film_player_create(
			config->films, &config->format->full, &film_events, inputs);
	}
	*ret_inputs = inputs;
	return 0;
}

void ep_inputs_destroy(struct ep_inputs *inputs)
{
	if (!inputs) {
		return;
	}
	ep_capture_destroy(inputs->camera);
	ep_capture_destroy(inputs->content);
	ep_capture_destroy(inputs->voice);
	ep_film_player_destroy(inputs->film);
	gst_clear_buffer(&inputs->card);
	gst_clear_caps(&inputs->card_caps);
	g_free(inputs);
}

void ep_inputs_label(struct ep_inputs *inputs, const char *label, enum card_theme theme)
{
	render_card(inputs, label, theme);
	ep_capture_label(inputs->camera, label);
	ep_capture_label(inputs->content, label);
}

void ep_inputs_film(struct ep_inputs *inputs, const struct ep_film_wanted *wanted)
{
	if (inputs->film) {
		ep_film_player_want(inputs->film, wanted);
	}
}

void ep_inputs_check(struct ep_inputs *inputs)
{
	if (inputs->film) {
		ep_film_player_check(inputs->film);
	}
	if (inputs->card && inputs->checks++ % CARD_EVERY == 0 &&
		ep_capture_is_missing(inputs->camera) && !ep_film_player_shows(inputs->film)) {
		push_card(inputs);
	}
}

static bool is_gone(const struct ep_capture *capture, const struct ep_source *source)
{
	return source->kind != EP_SOURCE_NONE && ep_capture_idle_ms(capture) > EP_INPUT_GONE_MS;
}

void ep_inputs_state(const struct ep_inputs *inputs, struct ep_inputs_state *ret_state)
{
	bool voice = !ep_capture_is_missing(inputs->voice);
	*ret_state = (struct ep_inputs_state){
		.camera = !ep_capture_is_missing(inputs->camera),
		.content = !ep_capture_is_missing(inputs->content),
		.voice = voice,
		.camera_gone = is_gone(inputs->camera, &inputs->camera_source),
		.voice_gone = is_gone(inputs->voice, &inputs->voice_source),
		.camera_still = ep_capture_is_still(inputs->camera),
		.camera_refused = ep_capture_is_refused(inputs->camera),
		.silent = voice && ep_voice_monitor_is_silent(&inputs->monitor),
		.talking = voice && ep_voice_monitor_is_talking(&inputs->monitor),
		.level_dbfs = voice && inputs->monitor.started ? inputs->monitor.level_dbfs : -120,
	};
	if (inputs->film) {
		ep_film_player_state(inputs->film, &ret_state->film);
	}
}
