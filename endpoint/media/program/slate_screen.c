#include "endpoint/media/program/slate_screen.h"

#include "endpoint/cards/caption.h"
#include "endpoint/cards/card_render.h"
#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/common/slate.h"

enum {
	COUNTDOWN_ZORDER = 1, /* above the slate, below every picture */
};

struct ep_slate_screen {
	const struct ep_picture *canvas;
	GstElement *pipeline;
	const char *countdown_pad;
	struct card card;
	struct card_frame frame; /* of the card, while it has a place for a countdown */
	GstSample *slate;
	GstSample *backdrop;
	enum card_theme backdrop_theme;
	GstSample *notice; /* that a picture has stopped */
	char *lost; /* whose */
	GstSample *shown; /* borrowed; NULL: nothing yet */
	int64_t end_us;
	char *digits; /* as shown; NULL for none */
};

struct ep_slate_screen *ep_slate_screen_create(const struct ep_picture *canvas)
{
	struct ep_slate_screen *screen = g_new0(struct ep_slate_screen, 1);
	screen->canvas = canvas;
	card_backdrop(CARD_THEME_STATE, &screen->card);
	return screen;
}

static void forget_slate(struct ep_slate_screen *screen)
{
	screen->shown = NULL;
	g_clear_pointer(&screen->slate, gst_sample_unref);
	card_frame_finish(&screen->frame);
	g_clear_pointer(&screen->digits, g_free);
}

static void forget_notice(struct ep_slate_screen *screen)
{
	screen->shown = screen->shown == screen->notice ? NULL : screen->shown;
	g_clear_pointer(&screen->notice, gst_sample_unref);
	g_clear_pointer(&screen->lost, g_free);
}

void ep_slate_screen_destroy(struct ep_slate_screen *screen)
{
	if (!screen) {
		return;
	}
	forget_slate(screen);
	forget_notice(screen);
	g_clear_pointer(&screen->backdrop, gst_sample_unref);
	card_finish(&screen->card);
	g_free(screen);
}

/* The frame is kept where digits will be drawn over a piece of it. */
static void draw_slate(struct ep_slate_screen *screen)
{
	struct card_drawn drawn;
	if (card_render(&screen->card, NULL, 0, screen->canvas->width, screen->canvas->height,
		    &drawn) < 0) {
		return;
	}
	screen->slate = ep_slate_sample(&drawn.frame, screen->canvas);
	if (screen->card.kind == CARD_PAUSE) {
		screen->frame = drawn.frame;
		drawn.frame = (struct card_frame){0};
	}
	card_drawn_finish(&drawn);
}

static GstSample *slate_of(struct ep_slate_screen *screen)
{
	if (!screen->slate) {
		draw_slate(screen);
	}
	return screen->slate;
}

static GstSample *backdrop_of(struct ep_slate_screen *screen)
{
	if (screen->backdrop && screen->backdrop_theme != screen->card.theme) {
		screen->shown = NULL;
		g_clear_pointer(&screen->backdrop, gst_sample_unref);
	}
	if (!screen->backdrop) {
		struct card card;
		card_backdrop(screen->card.theme, &card);
		screen->backdrop = ep_slate_render(&card, screen->canvas);
		screen->backdrop_theme = screen->card.theme;
	}
	return screen->backdrop;
}

static GstSample *notice_of(struct ep_slate_screen *screen, const char *lost)
{
	if (screen->notice && g_strcmp0(screen->lost, lost) != 0) {
		forget_notice(screen);
	}
	if (!screen->notice) {
		struct card card;
		card_interrupted(lost, screen->card.theme, &card);
		screen->notice = ep_slate_render(&card, screen->canvas);
		screen->lost = g_strdup(lost);
		card_finish(&card);
	}
	return screen->notice;
}

static GstPad *countdown_pad(struct ep_slate_screen *screen)
{
	GstElement *mix = gst_bin_get_by_name(GST_BIN(screen->pipeline), "mix");
	GstPad *pad = gst_element_get_static_pad(mix, screen->countdown_pad);
	gst_object_unref(mix);
	return pad;
}

static void hide_digits(struct ep_slate_screen *screen)
{
	if (screen->pipeline) {
		GstPad *pad = countdown_pad(screen);
		g_object_set(pad, "alpha", 0.0, NULL);
		gst_object_unref(pad);
	}
	g_clear_pointer(&screen->digits, g_free);
}

static void push_digits(struct ep_slate_screen *screen, const char *text)
{
	struct card_frame piece;
	int left, top;
	if (!card_render_countdown(&screen->card, &screen->frame, text, &piece, &left, &top)) {
		return;
	}
	GstSample *sample = ep_slate_sample(&piece, screen->canvas);
	if (sample) {
		GstPad *pad = countdown_pad(screen);
		g_object_set(pad, "xpos", left, "ypos", top, "zorder", COUNTDOWN_ZORDER, "alpha",
			1.0, NULL);
		gst_object_unref(pad);
		ep_slate_push(screen->pipeline, "countdown", sample);
		gst_sample_unref(sample);
	}
	card_frame_finish(&piece);
}

/* It changes once a second, and nothing is drawn anew in between. */
static void show_digits(struct ep_slate_screen *screen, bool wanted)
{
	if (!wanted || !screen->frame.pixels) {
		if (screen->digits) {
			hide_digits(screen);
		}
		return;
	}
	char *text = ep_caption_countdown((screen->end_us - ep_pipeline_now_us()) / 1000);
	if (g_strcmp0(text, screen->digits) == 0) {
		g_free(text);
		return;
	}
	push_digits(screen, text);
	g_free(screen->digits);
	screen->digits = text;
}

void ep_slate_screen_attach(
	struct ep_slate_screen *screen, GstElement *pipeline, const char *countdown_pad_name)
{
	screen->pipeline = pipeline;
	screen->countdown_pad = countdown_pad_name;
	screen->shown = NULL;
	g_clear_pointer(&screen->digits, g_free);
	ep_slate_screen_check(screen, EP_SLATE_VIEW_SLATE, NULL);
}

void ep_slate_screen_show(struct ep_slate_screen *screen, struct card *card)
{
	if (screen->digits) {
		hide_digits(screen);
	}
	forget_slate(screen);
	forget_notice(screen); /* the theme may be another */
	card_finish(&screen->card);
	screen->card = *card;
}

void ep_slate_screen_countdown(struct ep_slate_screen *screen, int64_t end_us)
{
	screen->end_us = end_us;
}

void ep_slate_screen_check(
	struct ep_slate_screen *screen, enum ep_slate_view view, const char *lost)
{
	if (!screen->pipeline) {
		return;
	}
	GstSample *wanted = view == EP_SLATE_VIEW_BACKDROP ? backdrop_of(screen)
			    : view == EP_SLATE_VIEW_LOST   ? notice_of(screen, lost)
							   : slate_of(screen);
	if (wanted && wanted != screen->shown) {
		ep_slate_push(screen->pipeline, "slate", wanted);
		screen->shown = wanted;
	}
	show_digits(screen, screen->end_us > 0 && view == EP_SLATE_VIEW_SLATE);
}
