#include "endpoint/cards/card_render.h"

#include <cairo.h>
#include <errno.h>
#include <glib.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

#include "endpoint/cards/card_fit.h"
#include "endpoint/cards/card_theme.h"

enum { SIDE_MAX = 8192 };

#define SHRINK 0.95 /* of all letters of a stack that is too high, step by step */
#define SHRINK_MIN 0.4
#define SHARE_MIN 0.1

void card_frame_finish(struct card_frame *frame)
{
	g_clear_pointer(&frame->pixels, g_free);
}

void card_drawn_finish(struct card_drawn *drawn)
{
	card_frame_finish(&drawn->frame);
}

static int frame_create(unsigned width, unsigned height, struct card_frame *ret_frame)
{
	if (width == 0 || height == 0 || width > SIDE_MAX || height > SIDE_MAX) {
		return -EINVAL;
	}
	struct card_frame frame = {width, height,
		(size_t)cairo_format_stride_for_width(CAIRO_FORMAT_ARGB32, (int)width), NULL};
	frame.pixels = g_try_malloc0(frame.stride * height);
	if (!frame.pixels) {
		return -ENOMEM;
	}
	*ret_frame = frame;
	return 0;
}

static cairo_t *cairo_on(const struct card_frame *frame)
{
	cairo_surface_t *surface = cairo_image_surface_create_for_data(frame->pixels,
		CAIRO_FORMAT_ARGB32, (int)frame->width, (int)frame->height, (int)frame->stride);
	cairo_t *cairo = cairo_create(surface);
	cairo_surface_destroy(surface);
	return cairo;
}

/* Letters are placed and measured without rounding: so all sizes of a picture break alike. */
static PangoLayout *layout_on(cairo_t *cairo)
{
	PangoLayout *layout = pango_cairo_create_layout(cairo);
	PangoContext *context = pango_layout_get_context(layout);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_layout_context_changed(layout);
	return layout;
}

static const char *text_of_part(const struct card *card, const struct card_part *part)
{
	const char *text = part->field == CARD_FIELDS ? NULL : card->fields[part->field];
	return text && text[0] ? text : NULL;
}

/* ---- the picture behind the text ---- */

static char *style_of(const struct card *card, const struct card_template *template)
{
	GString *style = g_string_new("#stack{display:none}");
	for (size_t i = 0; i < template->n_parts; i++) {
		if (template->parts[i].field != CARD_FIELDS) {
			g_string_append_printf(style, "#%s{display:none}",
				card_field_name(template->parts[i].field));
		}
	}
	g_string_append(style, "[id^=rule]{display:none}");
	for (int field = 0; field < CARD_FIELDS; field++) {
		const char *text = card->fields[field];
		g_string_append_printf(style, ".%s-%s{display:none}",
			text && text[0] ? "without" : "with",
			card_field_name((enum card_field)field));
	}
	return g_string_free(style, FALSE);
}

static bool draw_picture(cairo_t *cairo, const struct card *card,
	const struct card_template *template, unsigned width, unsigned height)
{
	RsvgHandle *handle =
		rsvg_handle_new_from_data((const guint8 *)template->svg, template->size, NULL);
	if (!handle) {
		return false;
	}
	char *style = style_of(card, template);
	RsvgRectangle all = {0, 0, width, height};
	bool good =
		rsvg_handle_set_stylesheet(handle, (const guint8 *)style, strlen(style), NULL) &&
		rsvg_handle_render_document(handle, cairo, &all, NULL);
	g_free(style);
	g_object_unref(handle);
	return good;
}

/* ---- the text ---- */

struct setting {
	const struct card_part *part;
	const char *text; /* NULL: a rule */
	struct card_fitted fitted;
	double height;
};

struct stack {
	struct setting settings[CARD_PARTS_MAX];
	size_t n;
	double height;
};

/* A rule parts what stands above it from what stands below: without either there is none. */
static void collect(
	const struct card *card, const struct card_template *template, struct stack *stack)
{
	for (size_t i = 0; i < template->n_parts; i++) {
		const struct card_part *part = &template->parts[i];
		const char *text = text_of_part(card, part);
		bool rule = part->field == CARD_FIELDS;
		bool after_rule = stack->n > 0 && !stack->settings[stack->n - 1].text;
		if (part->stacked && (text || (rule && stack->n > 0 && !after_rule))) {
			stack->settings[stack->n++] = (struct setting){.part = part, .text = text};
		}
	}
	if (stack->n > 0 && !stack->settings[stack->n - 1].text) {
		stack->n--;
	}
}

/* share: how much of its own height each field may have at most. */
static void fit_stack(PangoLayout *layout, struct stack *stack, double scale, double share)
{
	stack->height = 0;
	for (size_t i = 0; i < stack->n; i++) {
		struct setting *setting = &stack->settings[i];
		const struct card_part *part = setting->part;
		setting->height = part->area.height;
		if (setting->text) {
			g_clear_pointer(&setting->fitted.lines, g_free);
			card_fit(layout, part, setting->text, part->size * scale,
				part->area.height * share, &setting->fitted);
			setting->height = setting->fitted.height;
		}
		stack->height += setting->height + (i > 0 ? part->gap : 0);
	}
}

static void note(const struct card_part *part, const struct card_fitted *fitted, double top,
	double scale, struct card_place *place)
{
	double spare = part->area.width - fitted->width;
	double left = part->area.left + (part->across == CARD_ALIGN_MIDDLE       ? spare / 2
						: part->across == CARD_ALIGN_END ? spare
										 : 0);
	*place = (struct card_place){
		.drawn = true,
		.cut = fitted->cut,
		.left = (int)floor(left * scale),
		.top = (int)floor(top * scale),
		.width = (int)ceil(fitted->width * scale),
		.height = (int)ceil(fitted->height * scale),
		.letters = fitted->size * scale,
		.parted = fitted->parted,
		.lines = 1,
	};
	for (const char *at = fitted->lines; *at; at++) {
		place->lines += *at == '\n';
	}
}

static void draw_rule(cairo_t *cairo, const struct card_part *part, double top)
{
	cairo_set_source_rgb(cairo, part->colour[0], part->colour[1], part->colour[2]);
	cairo_rectangle(cairo, part->area.left, top, part->area.width, part->area.height);
	cairo_fill(cairo);
}

static double share_above(enum card_align down)
{
	return down == CARD_ALIGN_MIDDLE ? 0.5 : down == CARD_ALIGN_END ? 1 : 0;
}

/* Smaller letters first; then fewer lines of each; at last the lowest fields are left out. */
static void fit_all(
	PangoLayout *layout, struct stack *stack, double height, struct card_place *places)
{
	double shrink = 1, share = 1;
	fit_stack(layout, stack, shrink, share);
	while (stack->height > height && shrink > SHRINK_MIN) {
		shrink *= SHRINK;
		fit_stack(layout, stack, shrink, share);
	}
	while (stack->height > height && share > SHARE_MIN) {
		share *= SHRINK;
		fit_stack(layout, stack, shrink, share);
	}
	while (stack->height > height && stack->n > 1) {
		struct setting *last = &stack->settings[--stack->n];
		stack->height -= last->height + last->part->gap;
		if (last->text) {
			places[last->part->field].cut = true;
			g_free(last->fitted.lines);
		}
	}
}

static void draw_stack(cairo_t *cairo, PangoLayout *layout, const struct card *card,
	const struct card_template *template, double scale, struct card_place *places)
{
	struct stack stack = {0};
	collect(card, template, &stack);
	fit_all(layout, &stack, template->stack.height, places);
	double spare = MAX(template->stack.height - stack.height, 0);
	double top = template->stack.top + spare * share_above(template->stack_down);
	for (size_t i = 0; i < stack.n; i++) {
		struct setting *setting = &stack.settings[i];
		const struct card_part *part = setting->part;
		top += i > 0 ? part->gap : 0;
		if (setting->text) {
			card_fit_draw(cairo, layout, part, &setting->fitted, top);
			note(part, &setting->fitted, top, scale, &places[part->field]);
			g_free(setting->fitted.lines);
		} else {
			draw_rule(cairo, part, top);
		}
		top += setting->height;
	}
}

static void draw_part(cairo_t *cairo, PangoLayout *layout, const struct card_part *part,
	const char *text, double scale, struct card_place *place)
{
	struct card_fitted fitted;
	card_fit(layout, part, text, part->size, part->area.height, &fitted);
	double spare = MAX(part->area.height - fitted.height, 0);
	double top = part->area.top + spare * share_above(part->down);
	card_fit_draw(cairo, layout, part, &fitted, top);
	note(part, &fitted, top, scale, place);
	g_free(fitted.lines);
}

static void draw_text(cairo_t *cairo, const struct card *card, const struct card_template *template,
	double scale, struct card_place *places)
{
	PangoLayout *layout = layout_on(cairo);
	for (size_t i = 0; i < template->n_parts; i++) {
		const struct card_part *part = &template->parts[i];
		const char *text = text_of_part(card, part);
		if (!part->stacked && text) {
			draw_part(cairo, layout, part, text, scale, &places[part->field]);
		} else if (!part->stacked && part->field == CARD_FIELDS) {
			draw_rule(cairo, part, part->area.top);
		}
	}
	draw_stack(cairo, layout, card, template, scale, places);
	g_object_unref(layout);
}

/* The whole view box on the whole picture, whatever its shape. */
static double scale_to(
	cairo_t *cairo, const struct card_template *template, unsigned width, unsigned height)
{
	cairo_scale(cairo, width / template->width, height / template->height);
	return height / template->height;
}

static enum card_fault draw(
	const struct card *card, const char *svg, size_t size, struct card_drawn *drawn)
{
	struct card_template template;
	enum card_fault fault = card_template_read(svg, size, card->kind, &template);
	if (fault != CARD_FAULT_NONE) {
		return fault;
	}
	struct card_frame *frame = &drawn->frame;
	cairo_t *cairo = cairo_on(frame);
	if (draw_picture(cairo, card, &template, frame->width, frame->height)) {
		double scale = scale_to(cairo, &template, frame->width, frame->height);
		cairo_rectangle(cairo, 0, 0, template.width, template.height);
		cairo_clip(cairo);
		draw_text(cairo, card, &template, scale, drawn->places);
	} else {
		fault = CARD_FAULT_NOT_DRAWN;
	}
	cairo_destroy(cairo);
	card_template_finish(&template);
	return fault;
}

int card_render(const struct card *card, const char *svg, size_t size, unsigned width,
	unsigned height, struct card_drawn *ret_drawn)
{
	struct card_drawn drawn = {0};
	int r = frame_create(width, height, &drawn.frame);
	if (r < 0) {
		return r;
	}
	if (svg) {
		drawn.fault = draw(card, svg, size, &drawn);
	}
	if (!svg || drawn.fault != CARD_FAULT_NONE) {
		size_t own_size;
		const char *own = card_theme_svg(card->theme, card->kind, &own_size);
		memset(drawn.frame.pixels, 0, drawn.frame.stride * height);
		enum card_fault own_fault = draw(card, own, own_size, &drawn);
		if (own_fault != CARD_FAULT_NONE) {
			card_drawn_finish(&drawn);
			return -EINVAL;
		}
	}
	*ret_drawn = drawn;
	return 0;
}

/* ---- the countdown alone ---- */

static bool find_countdown(
	const struct card *card, const struct card_template *template, struct card_part *ret_part)
{
	for (size_t i = 0; i < template->n_parts; i++) {
		if (template->parts[i].field == CARD_FIELD_COUNTDOWN) {
			*ret_part = template->parts[i];
			return card->kind == CARD_PAUSE;
		}
	}
	return false;
}

static unsigned even(double length)
{
	return (unsigned)length & ~1u;
}

static bool copy_piece(
	const struct card_frame *whole, unsigned left, unsigned top, struct card_frame *piece)
{
	if (left + piece->width > whole->width || top + piece->height > whole->height) {
		return false;
	}
	for (unsigned row = 0; row < piece->height; row++) {
		memcpy(piece->pixels + row * piece->stride,
			whole->pixels + (top + row) * whole->stride + left * 4ul,
			piece->width * 4ul);
	}
	return true;
}

bool card_render_countdown(const struct card *card, const struct card_frame *whole,
	const char *text, struct card_frame *ret_frame, int *ret_left, int *ret_top)
{
	size_t size;
	const char *svg = card_theme_svg(card->theme, card->kind, &size);
	struct card_template template;
	struct card_part part;
	if (card_template_read(svg, size, card->kind, &template) != CARD_FAULT_NONE) {
		return false;
	}
	bool found = find_countdown(card, &template, &part);
	double scale = whole->height / template.height;
	card_template_finish(&template);
	struct card_frame piece;
	if (!found || frame_create(even(part.area.width * scale), even(part.area.height * scale),
			      &piece) < 0) {
		return false;
	}
	unsigned left = even(part.area.left * scale);
	unsigned top = even(part.area.top * scale);
	if (!copy_piece(whole, left, top, &piece)) {
		card_frame_finish(&piece);
		return false;
	}
	cairo_t *cairo = cairo_on(&piece);
	cairo_scale(cairo, scale, scale);
	PangoLayout *layout = layout_on(cairo);
	struct card_place place;
	part.area.left = part.area.top = 0;
	draw_part(cairo, layout, &part, text, scale, &place);
	g_object_unref(layout);
	cairo_destroy(cairo);
	*ret_frame = piece;
	*ret_left = (int)left;
	*ret_top = (int)top;
	return true;
}
