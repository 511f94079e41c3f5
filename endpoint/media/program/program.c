/* Composes the scene, and keeps the output open. */
#include "endpoint/media/program/program.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "endpoint/cards/caption.h"
#include "endpoint/media/common/devices.h"
#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/program/bell_sound.h"
#include "endpoint/media/program/composition.h"
#include "endpoint/media/program/layout.h"
#include "endpoint/media/program/lower_third.h"
#include "endpoint/media/program/recording_file.h"
#include "endpoint/media/program/slate_screen.h"
#include "endpoint/media/program/transition.h"
#include "text_copy.h"

enum {
	SLOTS = EP_PROGRAM_PANES + EP_PROGRAM_VOICES,
	FINISH_S = 3,
	REOPEN_US = 2000000, /* between attempts to reopen the output, or to find a loudspeaker */
	FAULT_SIZE = 200,
	ELEMENT_SIZE = 16,
	CONTENT_SLOT = SLOT_CONTENT - SLOT_PROGRAM,
	OVER_CONTENT_US = 12000000, /* then the slides have the whole picture again */
};

#define COUNTDOWN_PAD "sink_5"
#define LOWER_THIRD_PAD "sink_6"

struct input {
	atomic_llong first_us; /* since the slot was joined; 0: none yet */
	atomic_llong last_us;
};

struct ep_program {
	enum ep_out out;
	const char *path; /* of a file, as asked for */
	char *file; /* the one that is written; NULL without one */
	int64_t room_mib; /* for it, a moment ago */
	const struct ep_format *format;
	pthread_mutex_t lock; /* guards pipeline against the pushing threads */
	GstElement *pipeline; /* NULL with EP_OUT_NONE, and while it cannot be opened */
	guint bus_watch;
	bool without_loudspeaker; /* opened without a loudspeaker, since none was found */
	int64_t reopen_us; /* earliest time of the next attempt */
	struct input inputs[SLOTS];
	struct ep_transition transition;
	char *labels[EP_PROGRAM_PANES]; /* by slot, as markup */
	char *names[EP_PROGRAM_PANES]; /* the same as they are */
	struct ep_slate_screen *slate;
	struct ep_lower_third *third;
	struct card caption; /* what the lower third is to say */
	bool has_caption;
	bool was_seen; /* a picture of the scene that is shown has been */
	int64_t caption_us; /* since when it is said of the scene that is shown */
	int64_t bell_us; /* when the bell has sounded out */
	bool shown[EP_PROGRAM_PANES]; /* by slot: visible now */
	char fault[FAULT_SIZE];
};

bool ep_out_parse(const char *text, enum ep_out *ret_out, const char **ret_path)
{
	*ret_path = NULL;
	if (strcmp(text, "none") == 0) {
		*ret_out = EP_OUT_NONE;
	} else if (strcmp(text, "window") == 0) {
		*ret_out = EP_OUT_WINDOW;
	} else if (g_str_has_prefix(text, "file:") && text[5] != '\0') {
		*ret_out = EP_OUT_FILE;
		*ret_path = text + 5;
	} else {
		return false;
	}
	return true;
}

static bool has_loudspeaker(void)
{
	GstElement *loudspeaker = ep_devices_first(EP_DEVICE_LOUDSPEAKER);
	if (loudspeaker) {
		gst_object_unref(gst_object_ref_sink(loudspeaker));
	}
	return loudspeaker != NULL;
}

static GstPad *pane_pad(struct ep_program *program, unsigned index)
{
	char name[ELEMENT_SIZE];
	g_snprintf(name, sizeof(name), "sink_%u", index);
	GstElement *mix = gst_bin_get_by_name(GST_BIN(program->pipeline), "mix");
	GstPad *pad = gst_element_get_static_pad(mix, name);
	gst_object_unref(mix);
	return pad;
}

static gboolean on_bus(GstBus *bus, GstMessage *message, gpointer user)
{
	struct ep_program *program = user;
	(void)bus;
	ep_pipeline_handle_message(
		program->pipeline, message, program->fault, sizeof(program->fault));
	return G_SOURCE_CONTINUE;
}

static void arrange_pads(struct ep_program *program)
{
	for (unsigned i = 0; i < EP_PROGRAM_PANES + 3; i++) { /* slate, countdown, lower third */
		GstPad *pad = pane_pad(program, i);
		g_object_set(pad, "zorder", i, "alpha", i == 0 ? 1.0 : 0.0, NULL);
		bool picture = i > 0 && i <= EP_PROGRAM_PANES;
		gst_util_set_object_arg(
			G_OBJECT(pad), "sizing-policy", picture ? "keep-aspect-ratio" : "none");
		gst_object_unref(pad);
	}
}

/* To the initial state of a new pipeline. */
static void reset_shown(struct ep_program *program)
{
	memset(program->shown, 0, sizeof(program->shown));
	for (unsigned slot = 0; slot < SLOTS; slot++) {
		ep_program_slot_left(program, slot);
	}
}

static bool open_pipeline(struct ep_program *program, char **ret_error)
{
	program->without_loudspeaker = program->out == EP_OUT_WINDOW && !has_loudspeaker();
	char *launch = ep_composition(
		program->out, program->without_loudspeaker, program->format, ep_pipeline_now_us());
	GstElement *pipeline = ep_pipeline_parse(launch, ret_error);
	g_free(launch);
	if (!pipeline) {
		return false;
	}
	if (program->out == EP_OUT_FILE) {
		g_free(program->file);
		program->file = ep_recording_path(program->path);
		ep_pipeline_set_text(pipeline, "file", "location", program->file);
	}
	GstBus *bus = gst_element_get_bus(pipeline);
	program->bus_watch = gst_bus_add_watch(bus, on_bus, program);
	gst_object_unref(bus);
	reset_shown(program);
	pthread_mutex_lock(&program->lock);
	program->pipeline = pipeline;
	pthread_mutex_unlock(&program->lock);
	arrange_pads(program);
	gst_element_set_state(pipeline, GST_STATE_PLAYING);
	/* Without a slate nothing would be composed before the first picture. */
	ep_slate_screen_attach(program->slate, pipeline, COUNTDOWN_PAD);
	ep_lower_third_attach(program->third, pipeline);
	return true;
}

static void close_pipeline(struct ep_program *program)
{
	ep_slate_screen_attach(program->slate, NULL, COUNTDOWN_PAD);
	ep_lower_third_attach(program->third, NULL);
	pthread_mutex_lock(&program->lock);
	GstElement *pipeline = program->pipeline;
	program->pipeline = NULL;
	pthread_mutex_unlock(&program->lock);
	if (pipeline) {
		g_source_remove(program->bus_watch);
		ep_pipeline_destroy(pipeline);
	}
}

static void on_lower_third_moved(void *user);

int ep_program_create(enum ep_out out, const char *path, const struct ep_format *format,
	struct ep_program **ret_program, char **ret_error)
{
	struct ep_program *program = g_new0(struct ep_program, 1);
	program->out = out;
	program->path = path;
	program->format = format;
	program->room_mib = INT64_MAX;
	pthread_mutex_init(&program->lock, NULL);
	program->slate = ep_slate_screen_create(&format->full);
	program->third = ep_lower_third_create(&(struct ep_lower_third_place){
		.canvas = &format->full,
		.source = "third",
		.pad = LOWER_THIRD_PAD,
		.latency_ms = EP_PROGRAM_LATENCY_MS,
		.moved = on_lower_third_moved,
		.user = program,
	});
	if (out != EP_OUT_NONE && !open_pipeline(program, ret_error)) {
		ep_program_destroy(program);
		return -ENOSYS;
	}
	*ret_program = program;
	return 0;
}

static void finish_file(struct ep_program *program)
{
	GstBus *bus = gst_element_get_bus(program->pipeline);
	gst_element_send_event(program->pipeline, gst_event_new_eos());
	GstMessage *message = gst_bus_timed_pop_filtered(
		bus, FINISH_S * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
	if (message) {
		gst_message_unref(message);
	}
	gst_object_unref(bus);
}

void ep_program_destroy(struct ep_program *program)
{
	if (!program) {
		return;
	}
	if (program->pipeline && program->out == EP_OUT_FILE && program->fault[0] == '\0') {
		finish_file(program);
	}
	close_pipeline(program);
	pthread_mutex_destroy(&program->lock);
	for (unsigned i = 0; i < EP_PROGRAM_PANES; i++) {
		g_free(program->labels[i]);
		g_free(program->names[i]);
	}
	card_finish(&program->caption);
	ep_lower_third_destroy(program->third);
	ep_slate_screen_destroy(program->slate);
	g_free(program->file);
	g_free(program);
}

void ep_program_push(struct ep_program *program, unsigned slot, GstSample *sample)
{
	char name[ELEMENT_SIZE];
	g_snprintf(name, sizeof(name), "in%u", slot);
	pthread_mutex_lock(&program->lock);
	if (program->pipeline && slot < SLOTS) {
		long long none = 0;
		int64_t now_us = ep_pipeline_now_us();
		atomic_compare_exchange_strong(&program->inputs[slot].first_us, &none, now_us);
		atomic_store(&program->inputs[slot].last_us, now_us);
		gst_app_src_push_sample(ep_pipeline_source(program->pipeline, name), sample);
	}
	pthread_mutex_unlock(&program->lock);
}

void ep_program_slot_left(struct ep_program *program, unsigned slot)
{
	if (slot < SLOTS) {
		atomic_store(&program->inputs[slot].first_us, 0);
	}
}

/*
 * Pictures since the slot was joined started long enough ago for the compositor to show them, and
 * still arrive.
 */
static bool is_visible(const struct ep_program *program, unsigned slot)
{
	int64_t now_us = ep_pipeline_now_us();
	int64_t first_us = atomic_load(&program->inputs[slot].first_us);
	int64_t last_us = atomic_load(&program->inputs[slot].last_us);
	return first_us != 0 && now_us - first_us > EP_PROGRAM_LATENCY_MS * 1000 &&
	       now_us - last_us < EP_PROGRAM_STALE_MS * 1000;
}

static bool find_place(
	const struct ep_program *program, unsigned slot, struct ep_rectangle *ret_rectangle)
{
	const struct ep_arrangement *shown = &program->transition.shown;
	size_t pane;
	int width = (int)program->format->full.width;
	if (!ep_transition_pane(&program->transition, slot, &pane) ||
		!ep_layout_place(shown->layout, shown->n, pane, width,
			(int)program->format->full.height, ret_rectangle)) {
		return false;
	}
	ep_layout_aside(shown->layout, shown->slots[0] == CONTENT_SLOT, pane,
		ep_lower_third_share(program->third), width, ret_rectangle);
	return true;
}

/* A large picture must not cover a small one: smaller areas get a higher z-order. */
static unsigned zorder_of(
	const struct ep_program *program, const struct ep_rectangle *place, unsigned slot)
{
	bool small = place->width * 2 < (int)program->format->full.width;
	return 2 + slot + (small ? EP_PROGRAM_PANES : 0); /* slate and countdown lie below */
}

static void show(struct ep_program *program, unsigned slot, const struct ep_rectangle *at)
{
	GstPad *pad = pane_pad(program, slot + 1);
	program->shown[slot] = at != NULL;
	if (at) {
		g_object_set(pad, "xpos", at->left, "ypos", at->top, "width", at->width, "height",
			at->height, "zorder", zorder_of(program, at, slot), "alpha", 1.0, NULL);
	} else {
		g_object_set(pad, "alpha", 0.0, NULL);
	}
	gst_object_unref(pad);
}

static void show_label(struct ep_program *program, unsigned slot)
{
	size_t pane;
	enum layout layout = program->transition.shown.layout;
	bool equals = layout == LAYOUT_SIDE_BY_SIDE || layout == LAYOUT_GALLERY;
	bool wanted = equals && program->labels[slot] && program->labels[slot][0] &&
		      ep_transition_pane(&program->transition, slot, &pane);
	char name[ELEMENT_SIZE];
	g_snprintf(name, sizeof(name), "label%u", slot);
	ep_pipeline_set_text(program->pipeline, name, "text", wanted ? program->labels[slot] : "");
	ep_pipeline_set_bool(program->pipeline, name, "silent", !wanted);
}

static bool has_picture(const struct ep_program *program)
{
	bool any = false;
	for (unsigned slot = 0; slot < EP_PROGRAM_PANES; slot++) {
		any = any || program->shown[slot];
	}
	return any;
}

/* Pictures move aside for it as it comes. */
static void on_lower_third_moved(void *user)
{
	struct ep_program *program = user;
	struct ep_rectangle at;
	for (unsigned slot = 0; slot < EP_PROGRAM_PANES; slot++) {
		if (program->shown[slot] && find_place(program, slot, &at)) {
			show(program, slot, &at);
		}
	}
}

static bool is_content_large(const struct ep_program *program)
{
	const struct ep_arrangement *shown = &program->transition.shown;
	return shown->n > 0 && shown->slots[0] == CONTENT_SLOT &&
	       (shown->layout == LAYOUT_SOLO || shown->layout == LAYOUT_PIP);
}

static struct card copy_of(const struct card *card)
{
	struct card copy = *card;
	for (int field = 0; field < CARD_FIELDS; field++) {
		copy.fields[field] = g_strdup(card->fields[field]);
	}
	return copy;
}

/* Of the scene that is shown; beside slides for a while. */
static void show_caption(struct ep_program *program)
{
	bool over = is_content_large(program) &&
		    ep_pipeline_now_us() - program->caption_us > OVER_CONTENT_US;
	if (!program->has_caption || over) {
		ep_lower_third_show(program->third, NULL);
		return;
	}
	struct card caption = copy_of(&program->caption);
	ep_lower_third_show(program->third, &caption);
}

/*
 * A closed window or a removed loudspeaker ends the pipeline; a running pipeline does not find a
 * loudspeaker that appears later.
 */
static bool window_wants_reopening(const struct ep_program *program)
{
	return !program->pipeline || program->fault[0] != '\0' ||
	       (program->without_loudspeaker && has_loudspeaker());
}

static bool file_wants_reopening(struct ep_program *program)
{
	program->room_mib = ep_recording_room(program->path);
	return program->fault[0] != '\0' && program->room_mib >= EP_RECORDING_NEEDED_MIB;
}

static void reopen(struct ep_program *program)
{
	int64_t now_us = ep_pipeline_now_us();
	if (program->out == EP_OUT_NONE || now_us < program->reopen_us) {
		return;
	}
	program->reopen_us = now_us + REOPEN_US;
	if (program->out == EP_OUT_FILE ? !file_wants_reopening(program)
					: !window_wants_reopening(program)) {
		return;
	}
	close_pipeline(program);
	program->fault[0] = '\0';
	if (!open_pipeline(program, NULL)) {
		TEXT_COPY(program->fault, "the output cannot be opened");
		return;
	}
	for (unsigned slot = 0; slot < EP_PROGRAM_PANES; slot++) {
		show_label(program, slot);
	}
}

/* Under pictures the backdrop; where all of them have stopped, that they have. */
static void check_slate(struct ep_program *program)
{
	const struct ep_arrangement *shown = &program->transition.shown;
	bool seen = has_picture(program);
	program->was_seen = program->was_seen || seen;
	bool lost = !seen && program->was_seen && shown->n > 0;
	ep_slate_screen_check(program->slate,
		seen   ? EP_SLATE_VIEW_BACKDROP
		: lost ? EP_SLATE_VIEW_LOST
		       : EP_SLATE_VIEW_SLATE,
		lost ? program->names[shown->slots[0]] : NULL);
}

/* While a transition is pending no picture is removed: one that has stopped is held. */
void ep_program_check(struct ep_program *program)
{
	reopen(program);
	bool there[EP_PROGRAM_PANES];
	if (!program->pipeline) {
		return;
	}
	for (unsigned slot = 0; slot < EP_PROGRAM_PANES; slot++) {
		there[slot] = is_visible(program, slot);
	}
	bool changed =
		ep_transition_check(&program->transition, there, ep_pipeline_now_us() / 1000);
	if (changed) {
		program->caption_us = ep_pipeline_now_us();
		program->was_seen = false;
	}
	if (!program->transition.pending) {
		show_caption(program);
	}
	for (unsigned slot = 0; slot < EP_PROGRAM_PANES; slot++) {
		struct ep_rectangle at;
		if (find_place(program, slot, &at) && there[slot]) {
			show(program, slot, &at);
		} else if (program->shown[slot] && !program->transition.pending) {
			show(program, slot, NULL);
		}
		if (changed) {
			show_label(program, slot);
		}
	}
	check_slate(program);
}

void ep_program_scene(
	struct ep_program *program, enum layout layout, const struct ep_pane *panes, size_t n_panes)
{
	struct ep_arrangement wanted = {.layout = layout};
	for (size_t i = 0; i < n_panes && wanted.n < EP_PROGRAM_PANES; i++) {
		if (panes[i].slot < EP_PROGRAM_PANES) {
			wanted.slots[wanted.n++] = panes[i].slot;
			g_free(program->labels[panes[i].slot]);
			program->labels[panes[i].slot] = ep_caption_escape(panes[i].label);
			g_free(program->names[panes[i].slot]);
			program->names[panes[i].slot] = g_strdup(panes[i].label);
		}
	}
	ep_transition_want(&program->transition, &wanted, ep_pipeline_now_us() / 1000);
	ep_program_check(program);
}

void ep_program_caption(struct ep_program *program, struct card *card)
{
	card_finish(&program->caption);
	program->has_caption = card != NULL;
	program->caption = card ? *card : (struct card){0};
	program->caption_us = ep_pipeline_now_us();
	if (program->pipeline && !program->transition.pending) {
		show_caption(program);
	}
}

void ep_program_slate(struct ep_program *program, struct card *card)
{
	ep_slate_screen_show(program->slate, card);
	check_slate(program);
}

void ep_program_countdown(struct ep_program *program, int64_t left_ms)
{
	int64_t end_us = ep_pipeline_now_us() + left_ms * 1000;
	ep_slate_screen_countdown(program->slate, end_us > 1 ? end_us : 1);
}

void ep_program_no_countdown(struct ep_program *program)
{
	ep_slate_screen_countdown(program->slate, 0);
}

bool ep_program_bell(struct ep_program *program)
{
	int64_t now_us = ep_pipeline_now_us();
	if (!program->pipeline || program->without_loudspeaker || now_us < program->bell_us) {
		return false;
	}
	GstBuffer *buffer = gst_buffer_new_allocate(NULL, EP_BELL_BYTES, NULL);
	GstMapInfo map;
	gst_buffer_map(buffer, &map, GST_MAP_WRITE);
	ep_bell_sound((int16_t *)(void *)map.data);
	gst_buffer_unmap(buffer, &map);
	GST_BUFFER_PTS(buffer) = (GstClockTime)now_us * GST_USECOND;
	GST_BUFFER_DURATION(buffer) = EP_BELL_MS * GST_MSECOND;
	gst_app_src_push_buffer(ep_pipeline_source(program->pipeline, "bell"), buffer);
	program->bell_us = now_us + EP_BELL_MS * 1000;
	return true;
}

const char *ep_program_fault(const struct ep_program *program)
{
	return program->out == EP_OUT_WINDOW && program->fault[0] ? program->fault : NULL;
}

void ep_program_recording(const struct ep_program *program, struct ep_recording *ret_recording)
{
	bool records = program->out == EP_OUT_FILE;
	*ret_recording = (struct ep_recording){
		.path = program->file,
		.fault = records && program->fault[0] ? program->fault : NULL,
		.nearly_full = records && program->room_mib < EP_RECORDING_LOW_MIB,
	};
}
