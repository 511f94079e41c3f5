#include "endpoint/media/program/lower_third.h"

#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/common/slate.h"
#include "endpoint/media/program/layout.h"
#include "endpoint/media/program/soft_motion.h"

enum {
	STEP_MS = 40, /* a picture at 25 a second */
	RISE_SHARE = 36, /* it comes from so much of the height below its place */
	ZORDER = 100, /* above every picture */
};

struct ep_lower_third {
	struct ep_lower_third_place place;
	GstElement *pipeline;
	struct card *wanted; /* NULL: none */
	bool loaded; /* what is wanted is what was pushed */
	GstSample *sample; /* of what is wanted */
	struct ep_motion motion;
	guint timer;
};

static int64_t now_ms(void)
{
	return ep_pipeline_now_us() / 1000;
}

struct ep_lower_third *ep_lower_third_create(const struct ep_lower_third_place *place)
{
	struct ep_lower_third *third = g_new0(struct ep_lower_third, 1);
	third->place = *place;
	third->motion.since_ms = -EP_MOTION_MS;
	return third;
}

static void free_card(struct card *card)
{
	if (card) {
		card_finish(card);
		g_free(card);
	}
}

void ep_lower_third_destroy(struct ep_lower_third *third)
{
	if (!third) {
		return;
	}
	if (third->timer) {
		g_source_remove(third->timer);
	}
	free_card(third->wanted);
	g_clear_pointer(&third->sample, gst_sample_unref);
	g_free(third);
}

static void set_pad(struct ep_lower_third *third, double share)
{
	const struct ep_picture *canvas = third->place.canvas;
	struct ep_rectangle at;
	ep_layout_lower_third((int)canvas->width, (int)canvas->height, &at);
	int below = (int)((1 - share) * canvas->height / RISE_SHARE) & ~1;
	GstElement *mix = gst_bin_get_by_name(GST_BIN(third->pipeline), "mix");
	GstPad *pad = gst_element_get_static_pad(mix, third->place.pad);
	g_object_set(pad, "xpos", at.left, "ypos", at.top + below, "zorder", ZORDER, "alpha", share,
		NULL);
	gst_object_unref(pad);
	gst_object_unref(mix);
}

static GstSample *draw(const struct ep_lower_third *third)
{
	const struct ep_picture *canvas = third->place.canvas;
	struct ep_rectangle at;
	struct card_drawn drawn;
	ep_layout_lower_third((int)canvas->width, (int)canvas->height, &at);
	if (card_render(third->wanted, NULL, 0, (unsigned)at.width, (unsigned)at.height, &drawn) <
		0) {
		return NULL;
	}
	GstSample *sample = ep_slate_sample(&drawn.frame, canvas);
	card_drawn_finish(&drawn);
	return sample;
}

/* Pushed once the one before is away; it comes when what was pushed is composed. */
static void load(struct ep_lower_third *third)
{
	if (!third->sample) {
		third->sample = draw(third);
	}
	if (!third->sample) {
		return;
	}
	ep_slate_push(third->pipeline, third->place.source, third->sample);
	third->loaded = true;
	ep_motion_come(&third->motion, now_ms() + third->place.latency_ms + STEP_MS);
}

static gboolean step(gpointer user)
{
	struct ep_lower_third *third = user;
	int64_t now = now_ms();
	double share = ep_motion_at(&third->motion, now);
	if (!third->pipeline) {
		third->timer = 0;
		return G_SOURCE_REMOVE;
	}
	set_pad(third, share);
	if (third->wanted && !third->loaded && share == 0) {
		load(third);
	}
	third->place.moved(third->place.user);
	if (!ep_motion_rests(&third->motion, now)) {
		return G_SOURCE_CONTINUE;
	}
	third->timer = 0;
	return G_SOURCE_REMOVE;
}

static void begin(struct ep_lower_third *third)
{
	if (third->pipeline && !third->timer && step(third) == G_SOURCE_CONTINUE) {
		third->timer = g_timeout_add(STEP_MS, step, third);
	}
}

void ep_lower_third_attach(struct ep_lower_third *third, GstElement *pipeline)
{
	third->pipeline = pipeline;
	third->loaded = false;
	third->motion = (struct ep_motion){.since_ms = -EP_MOTION_MS};
	begin(third);
}

static bool is_same(const struct card *a, const struct card *b)
{
	if (!a || !b || a->theme != b->theme) {
		return !a && !b;
	}
	for (int field = 0; field < CARD_FIELDS; field++) {
		if (g_strcmp0(a->fields[field], b->fields[field]) != 0) {
			return false;
		}
	}
	return true;
}

void ep_lower_third_show(struct ep_lower_third *third, struct card *card)
{
	if (is_same(third->wanted, card)) {
		if (card) {
			card_finish(card);
		}
		return;
	}
	free_card(third->wanted);
	g_clear_pointer(&third->sample, gst_sample_unref);
	third->wanted = card ? g_memdup2(card, sizeof(*card)) : NULL;
	third->loaded = false;
	ep_motion_go(&third->motion, now_ms());
	begin(third);
}

double ep_lower_third_share(const struct ep_lower_third *third)
{
	return ep_motion_at(&third->motion, now_ms());
}
