/* One pipeline for picture and sound of a file; its branches are added as its streams are found. */
#include "endpoint/media/capture/film_player.h"

#include <string.h>
#include <sys/stat.h>

#include "endpoint/media/common/pipeline.h"
#include "film_name.h"
#include "text_copy.h"

enum { STANDING_MS = 200 }; /* between two deliveries of the picture at which it stands */

/* What a look at the file found. */
struct file_look {
	bool there;
	int64_t size;
	int64_t changed_ns;
};

struct ep_film_player {
	const char *folder;
	struct ep_picture picture;
	const struct ep_film_events *events;
	void *user;
	struct ep_film_wanted wanted;
	enum film_state state; /* unset: nothing is wanted, or it is being opened */
	uint64_t played; /* the run that has begun; 0: none since the file was opened */
	GstElement *pipeline; /* NULL while closed */
	guint bus_watch;
	int64_t opened_us;
	int64_t looked_us;
	int64_t delivered_us; /* of the picture at which it stands */
	struct file_look look;
	int64_t length_ms;
	GMutex lock; /* guards standing and the branches */
	GstSample *standing; /* the picture at which it stands: the first, or the last shown */
	bool has_picture, has_sound;
};

/* ---- samples ---- */

static void deliver(struct ep_film_player *player, GstSample *sample, GstClockTime at,
	void (*to)(void *user, GstSample *sample))
{
	GstBuffer *buffer = gst_buffer_copy(gst_sample_get_buffer(sample));
	GST_BUFFER_PTS(buffer) = at;
	GST_BUFFER_DTS(buffer) = GST_CLOCK_TIME_NONE;
	GstSample *shared = gst_sample_new(buffer, gst_sample_get_caps(sample), NULL, NULL);
	to(player->user, shared);
	gst_sample_unref(shared);
	gst_buffer_unref(buffer);
}

static void pass_on(
	struct ep_film_player *player, GstSample *sample, void (*to)(void *user, GstSample *sample))
{
	GstClockTime running = gst_segment_to_running_time(gst_sample_get_segment(sample),
		GST_FORMAT_TIME, GST_BUFFER_PTS(gst_sample_get_buffer(sample)));
	deliver(player, sample, ep_pipeline_shared_time(player->pipeline, running), to);
}

static GstFlowReturn on_sound(GstAppSink *sink, void *user)
{
	struct ep_film_player *player = user;
	GstSample *sample = gst_app_sink_pull_sample(sink);
	if (!sample) {
		return GST_FLOW_EOS;
	}
	pass_on(player, sample, player->events->on_sound);
	gst_sample_unref(sample);
	return GST_FLOW_OK;
}

/* Takes the reference. */
static void stand_at(struct ep_film_player *player, GstSample *sample)
{
	g_mutex_lock(&player->lock);
	GstSample *before = player->standing;
	player->standing = sample;
	g_mutex_unlock(&player->lock);
	if (before) {
		gst_sample_unref(before);
	}
}

static GstFlowReturn on_picture(GstAppSink *sink, void *user)
{
	struct ep_film_player *player = user;
	GstSample *sample = gst_app_sink_pull_sample(sink);
	if (!sample) {
		return GST_FLOW_EOS;
	}
	pass_on(player, sample, player->events->on_picture);
	stand_at(player, sample);
	return GST_FLOW_OK;
}

static GstFlowReturn on_first_picture(GstAppSink *sink, void *user)
{
	GstSample *sample = gst_app_sink_pull_preroll(sink);
	if (sample) {
		stand_at(user, sample);
	}
	return GST_FLOW_OK;
}

static void deliver_standing(struct ep_film_player *player, int64_t now_us)
{
	if (now_us - player->delivered_us < STANDING_MS * 1000) {
		return;
	}
	g_mutex_lock(&player->lock);
	GstSample *sample = player->standing ? gst_sample_ref(player->standing) : NULL;
	g_mutex_unlock(&player->lock);
	if (sample) {
		player->delivered_us = now_us;
		deliver(player, sample, (GstClockTime)now_us * GST_USECOND,
			player->events->on_picture);
		gst_sample_unref(sample);
	}
}

/* ---- branches ---- */

static char *picture_branch(const struct ep_picture *picture)
{
	return g_strdup_printf(
		"queue ! videoconvert ! videoflip video-direction=auto ! "
		"videoscale add-borders=true ! videorate ! "
		"video/x-raw,format=I420,width=%u,height=%u,framerate=%u/1,"
		"pixel-aspect-ratio=1/1 ! appsink name=picture sync=true max-buffers=2",
		picture->width, picture->height, picture->fps);
}

static char *sound_branch(void)
{
	return g_strdup_printf("queue ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,"
			       "layout=interleaved,rate=%d,channels=1 ! "
			       "appsink name=sound sync=true max-buffers=20",
		EP_SAMPLE_RATE);
}

static void add_branch(struct ep_film_player *player, GstPad *pad, char *launch,
	const char *sink_name, GstAppSinkCallbacks *callbacks)
{
	GstElement *branch = gst_parse_bin_from_description(launch, TRUE, NULL);
	g_free(launch);
	if (!branch) {
		return; /* an element is missing: nothing is shown, which is told */
	}
	GstElement *sink = gst_bin_get_by_name(GST_BIN(branch), sink_name);
	gst_app_sink_set_callbacks(GST_APP_SINK(sink), callbacks, player, NULL);
	gst_object_unref(sink);
	gst_bin_add(GST_BIN(player->pipeline), branch);
	GstPad *entry = gst_element_get_static_pad(branch, "sink");
	gst_pad_link(pad, entry);
	gst_object_unref(entry);
	gst_element_sync_state_with_parent(branch);
}

/* The first stream of each kind; the others (subtitles, commentaries) are left alone. */
static void on_stream(GstElement *decoder, GstPad *pad, gpointer user)
{
	static GstAppSinkCallbacks picture = {
		.new_sample = on_picture, .new_preroll = on_first_picture};
	static GstAppSinkCallbacks sound = {.new_sample = on_sound};
	struct ep_film_player *player = user;
	GstCaps *caps = gst_pad_query_caps(pad, NULL);
	const char *name = gst_structure_get_name(gst_caps_get_structure(caps, 0));
	(void)decoder;
	g_mutex_lock(&player->lock);
	bool is_picture = g_str_has_prefix(name, "video/x-raw") && !player->has_picture;
	bool is_sound = g_str_has_prefix(name, "audio/x-raw") && !player->has_sound;
	player->has_picture = player->has_picture || is_picture;
	player->has_sound = player->has_sound || is_sound;
	g_mutex_unlock(&player->lock);
	gst_caps_unref(caps);
	if (is_picture) {
		add_branch(player, pad, picture_branch(&player->picture), "picture", &picture);
	} else if (is_sound) {
		add_branch(player, pad, sound_branch(), "sound", &sound);
	}
}

/* ---- the file ---- */

/* Only a file that lies in the folder itself: no link leads out of it. */
static struct file_look look_at(const char *path)
{
	struct stat facts;
	if (lstat(path, &facts) < 0 || !S_ISREG(facts.st_mode)) {
		return (struct file_look){0};
	}
	return (struct file_look){true, facts.st_size,
		(int64_t)facts.st_mtim.tv_sec * 1000000000 + facts.st_mtim.tv_nsec};
}

static bool has_changed(const struct file_look *before, const struct file_look *now)
{
	return before->there != now->there || before->size != now->size ||
	       before->changed_ns != now->changed_ns;
}

static char *path_of(const struct ep_film_player *player)
{
	return g_build_filename(player->folder, player->wanted.file, NULL);
}

static void close_film(struct ep_film_player *player)
{
	if (player->bus_watch) {
		g_source_remove(player->bus_watch);
		player->bus_watch = 0;
	}
	ep_pipeline_destroy(player->pipeline);
	player->pipeline = NULL;
	stand_at(player, NULL);
	player->has_picture = player->has_sound = false;
	player->length_ms = 0;
	player->played = 0;
	player->state = FILM_STATE_UNSET;
}

static void give_up(struct ep_film_player *player, enum film_state state)
{
	close_film(player);
	player->state = state;
}

static void begin(struct ep_film_player *player)
{
	player->played = player->wanted.run;
	if (player->wanted.position_ms > 0) {
		gst_element_seek_simple(player->pipeline, GST_FORMAT_TIME,
			GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
			player->wanted.position_ms * GST_MSECOND);
	}
	player->state = FILM_STATE_PLAYING;
	gst_element_set_state(player->pipeline, GST_STATE_PLAYING);
}

/* Its first picture is there. */
static void be_ready(struct ep_film_player *player)
{
	gint64 length;
	if (player->state != FILM_STATE_UNSET) {
		return; /* a seek is over */
	}
	if (gst_element_query_duration(player->pipeline, GST_FORMAT_TIME, &length)) {
		player->length_ms = length / GST_MSECOND;
	}
	player->state = FILM_STATE_READY;
	if (player->wanted.playing) {
		begin(player);
	}
}

static gboolean on_bus(GstBus *bus, GstMessage *message, gpointer user)
{
	struct ep_film_player *player = user;
	(void)bus;
	switch ((int)GST_MESSAGE_TYPE(message)) {
	case GST_MESSAGE_ASYNC_DONE:
		be_ready(player);
		return G_SOURCE_CONTINUE;
	case GST_MESSAGE_EOS:
		player->state = FILM_STATE_ENDED;
		return G_SOURCE_CONTINUE;
	case GST_MESSAGE_ERROR:
		player->bus_watch = 0;
		give_up(player, FILM_STATE_BROKEN);
		return G_SOURCE_REMOVE;
	default:
		return G_SOURCE_CONTINUE;
	}
}

static void open_file(struct ep_film_player *player, const char *path)
{
	player->opened_us = ep_pipeline_now_us();
	player->pipeline =
		ep_pipeline_parse_own_base_time("filesrc name=src ! decodebin name=decoder", NULL);
	if (!player->pipeline) {
		give_up(player, FILM_STATE_BROKEN);
		return;
	}
	ep_pipeline_set_text(player->pipeline, "src", "location", path);
	GstElement *decoder = gst_bin_get_by_name(GST_BIN(player->pipeline), "decoder");
	g_signal_connect(decoder, "pad-added", G_CALLBACK(on_stream), player);
	gst_object_unref(decoder);
	GstBus *bus = gst_element_get_bus(player->pipeline);
	player->bus_watch = gst_bus_add_watch(bus, on_bus, player);
	gst_object_unref(bus);
	gst_element_set_state(player->pipeline, GST_STATE_PAUSED);
}

static void open_film(struct ep_film_player *player)
{
	close_film(player);
	if (player->wanted.file[0] == '\0') {
		return;
	}
	char *path = path_of(player);
	player->looked_us = ep_pipeline_now_us();
	player->look =
		film_name_is_plain(player->wanted.file) ? look_at(path) : (struct file_look){0};
	if (player->look.there) {
		open_file(player, path);
	} else {
		player->state = FILM_STATE_MISSING;
	}
	g_free(path);
}

/* The file came, or is another one than that which could not be played. */
static void look_again(struct ep_film_player *player, int64_t now_us)
{
	if (now_us - player->looked_us < EP_FILM_LOOK_MS * 1000 ||
		!film_name_is_plain(player->wanted.file)) {
		return;
	}
	player->looked_us = now_us;
	char *path = path_of(player);
	struct file_look look = look_at(path);
	g_free(path);
	if (has_changed(&player->look, &look)) {
		open_film(player);
	}
}

/* ---- from outside ---- */

struct ep_film_player *ep_film_player_create(const char *folder, const struct ep_picture *picture,
	const struct ep_film_events *events, void *user)
{
	struct ep_film_player *player = g_new0(struct ep_film_player, 1);
	player->folder = folder;
	player->picture = *picture;
	player->events = events;
	player->user = user;
	g_mutex_init(&player->lock);
	return player;
}

void ep_film_player_destroy(struct ep_film_player *player)
{
	if (!player) {
		return;
	}
	close_film(player);
	g_mutex_clear(&player->lock);
	g_free(player);
}

void ep_film_player_want(struct ep_film_player *player, const struct ep_film_wanted *wanted)
{
	bool other = strcmp(player->wanted.file, wanted->file) != 0;
	bool again = player->played != 0 && (!wanted->playing || wanted->run != player->played);
	bool retry = player->state == FILM_STATE_BROKEN && wanted->run != player->wanted.run;
	player->wanted = *wanted;
	if (other || again || retry) {
		open_film(player);
	} else if (wanted->playing && player->state == FILM_STATE_READY) {
		begin(player);
	}
}

void ep_film_player_check(struct ep_film_player *player)
{
	int64_t now_us = ep_pipeline_now_us();
	if (player->state == FILM_STATE_MISSING || player->state == FILM_STATE_BROKEN) {
		look_again(player, now_us);
	} else if (player->state == FILM_STATE_UNSET && player->pipeline &&
		   now_us - player->opened_us > EP_FILM_OPEN_MS * 1000) {
		give_up(player, FILM_STATE_BROKEN);
	} else if (player->state == FILM_STATE_READY || player->state == FILM_STATE_ENDED) {
		deliver_standing(player, now_us);
	}
}

bool ep_film_player_shows(const struct ep_film_player *player)
{
	return player &&
	       (player->state == FILM_STATE_READY || player->state == FILM_STATE_PLAYING ||
		       player->state == FILM_STATE_ENDED);
}

void ep_film_player_state(const struct ep_film_player *player, struct ep_film_state *ret_state)
{
	gint64 position = 0;
	bool asked = player->state == FILM_STATE_PLAYING &&
		     gst_element_query_position(player->pipeline, GST_FORMAT_TIME, &position);
	*ret_state = (struct ep_film_state){
		.known = player->state != FILM_STATE_UNSET,
		.state = player->state,
		.position_ms = asked ? position / GST_MSECOND : 0,
		.length_ms = player->length_ms,
	};
	if (player->state == FILM_STATE_ENDED) {
		ret_state->position_ms = player->length_ms;
	}
}
