#include "endpoint/cards/card_fit.h"

#include <glib.h>
#include <string.h>

#include "endpoint/cards/card_lines.h"

enum { REFERENCE = 100, PARAGRAPHS_MAX = 12 };

/* Two marks on a capital reach into the line above no further than this. */
#define LINE_SPACING 0.92
#define LINE_HEIGHT 1.362 /* of Noto Sans, of its size */
#define STEP 0.97
#define ALMOST 0.995 /* kerning over a space is not measured */
#define FOR_BETTER_BREAKS 0.84 /* so much smaller are letters set for them, and no less */

static void set_font(PangoLayout *layout, const struct card_part *part, double size)
{
	PangoFontDescription *font = pango_font_description_from_string("Noto Sans");
	pango_font_description_set_weight(
		font, part->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_style(
		font, part->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	PangoAttrList *attributes = pango_attr_list_new();
	double spacing = part->spacing * size / part->size;
	pango_attr_list_insert(
		attributes, pango_attr_letter_spacing_new((int)(spacing * PANGO_SCALE)));
	pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum"));
	pango_layout_set_attributes(layout, attributes);
	pango_attr_list_unref(attributes);
	pango_layout_set_line_spacing(layout, (float)LINE_SPACING);
}

static double measure(PangoLayout *layout, const char *text)
{
	PangoRectangle logical;
	pango_layout_set_text(layout, text, -1);
	pango_layout_get_extents(layout, NULL, &logical);
	return (double)logical.width / PANGO_SCALE;
}

struct paragraph {
	char **words;
	struct card_word measured[CARD_WORDS_MAX];
	size_t n;
	struct card_lines lines;
};

struct fitting {
	struct paragraph paragraphs[PARAGRAPHS_MAX];
	size_t n;
	double space;
};

static char **words_of(const char *text)
{
	char **words = g_strsplit(text, " ", -1);
	size_t kept = 0;
	for (size_t i = 0; words[i]; i++) {
		if (words[i][0] && kept < CARD_WORDS_MAX) {
			words[kept++] = words[i];
		} else {
			g_free(words[i]);
		}
	}
	words[kept] = NULL;
	return words;
}

/* At a reference size: lengths go with it. */
static void read_text(PangoLayout *layout, const struct card_part *part, const char *text,
	struct fitting *fitting)
{
	char **lines = g_strsplit(text, "\n", PARAGRAPHS_MAX);
	set_font(layout, part, REFERENCE);
	fitting->space = measure(layout, "a a") - measure(layout, "aa");
	for (size_t i = 0; lines[i]; i++) {
		struct paragraph *paragraph = &fitting->paragraphs[fitting->n];
		paragraph->words = words_of(lines[i]);
		paragraph->n = g_strv_length(paragraph->words);
		for (size_t word = 0; word < paragraph->n; word++) {
			paragraph->measured[word].width = measure(layout, paragraph->words[word]);
			paragraph->measured[word].before =
				word == 0 ? CARD_JOINT_GOOD
					  : card_joint((const char *const *)paragraph->words,
						    paragraph->n, word);
		}
		if (paragraph->n > 0) {
			fitting->n++;
		} else {
			g_strfreev(paragraph->words);
		}
	}
	g_strfreev(lines);
}

static size_t lines_within(double height, double size)
{
	double more = (height / (size * LINE_HEIGHT) - 1) / LINE_SPACING;
	return more < 0 ? 0 : 1 + (size_t)(more + 1e-6);
}

/* What it costs the reader: names parted, then lines. */
struct breaks {
	size_t parted;
	size_t lines;
};

static bool is_better(const struct breaks *one, const struct breaks *other)
{
	return one->parted < other->parted ||
	       (one->parted == other->parted && one->lines < other->lines);
}

static bool fill(struct fitting *fitting, double width, double height, double size,
	struct breaks *ret_breaks)
{
	double wide = width * ALMOST * REFERENCE / size;
	size_t room = lines_within(height, size);
	*ret_breaks = (struct breaks){0};
	for (size_t i = 0; i < fitting->n; i++) {
		struct paragraph *paragraph = &fitting->paragraphs[i];
		size_t others = fitting->n - 1 - i; /* each of them needs a line at least */
		if (room <= others ||
			!card_lines_fill(paragraph->measured, paragraph->n, fitting->space, wide,
				MIN(room - others, CARD_LINES_MAX), &paragraph->lines)) {
			return false;
		}
		room -= paragraph->lines.n;
		ret_breaks->parted += paragraph->lines.parted;
		ret_breaks->lines += paragraph->lines.n;
	}
	return true;
}

static char *joined(const struct fitting *fitting)
{
	GString *text = g_string_new(NULL);
	for (size_t i = 0; i < fitting->n; i++) {
		const struct paragraph *paragraph = &fitting->paragraphs[i];
		size_t line = 0;
		for (size_t word = 0; word < paragraph->n; word++) {
			bool starts =
				line < paragraph->lines.n && paragraph->lines.starts[line] == word;
			line += starts;
			g_string_append(text, text->len == 0 ? "" : starts ? "\n" : " ");
			g_string_append(text, paragraph->words[word]);
		}
	}
	return g_string_free(text, FALSE);
}

/* The largest size at which it fits; somewhat smaller where that keeps names or lines together. */
static double largest(struct fitting *fitting, const struct card_part *part, double wanted,
	double height, struct breaks *ret_breaks)
{
	double first = 0, found = 0;
	double least = part->size_min;
	for (double size = wanted; size > 0; size = size > least ? MAX(size * STEP, least) : 0) {
		struct breaks breaks;
		if (first > 0 && size < first * FOR_BETTER_BREAKS) {
			break;
		}
		if (!fill(fitting, part->area.width, height, size, &breaks)) {
			continue;
		}
		first = first > 0 ? first : size;
		if (found == 0 || is_better(&breaks, ret_breaks)) {
			found = size;
			*ret_breaks = breaks;
		}
	}
	if (found > 0) {
		(void)fill(fitting, part->area.width, height, found, ret_breaks);
	}
	return found;
}

/* Each line as it comes; what is too long for the room ends in an ellipsis. */
static char *cut_short(const struct card_part *part, double height, const char *text)
{
	size_t room = MAX(lines_within(height, part->size_min), 1);
	char **lines = g_strsplit(text, "\n", (int)room);
	for (size_t i = 0; lines[i]; i++) {
		g_strdelimit(lines[i], "\n", ' ');
	}
	char *joined_lines = g_strjoinv("\n", lines);
	g_strfreev(lines);
	return joined_lines;
}

static PangoAlignment alignment(enum card_align align)
{
	return align == CARD_ALIGN_MIDDLE ? PANGO_ALIGN_CENTER
	       : align == CARD_ALIGN_END  ? PANGO_ALIGN_RIGHT
					  : PANGO_ALIGN_LEFT;
}

static void set_lines(
	PangoLayout *layout, const struct card_part *part, const struct card_fitted *fitted)
{
	set_font(layout, part, fitted->size);
	pango_layout_set_width(layout, (int)(part->area.width * PANGO_SCALE));
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	pango_layout_set_alignment(layout, alignment(part->across));
	pango_layout_set_text(layout, fitted->lines, -1);
}

static void unset_lines(PangoLayout *layout)
{
	pango_layout_set_width(layout, -1);
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
}

void card_fit(PangoLayout *layout, const struct card_part *part, const char *text, double size,
	double height, struct card_fitted *ret_fitted)
{
	struct fitting *fitting = g_new0(struct fitting, 1);
	struct card_fitted fitted = {0};
	read_text(layout, part, text, fitting);
	struct breaks breaks = {0};
	fitted.size = largest(fitting, part, MAX(size, part->size_min), height, &breaks);
	fitted.parted = breaks.parted;
	if (fitted.size > 0) {
		fitted.lines = joined(fitting);
	} else {
		fitted.size = part->size_min;
		fitted.lines = cut_short(part, height, text);
	}
	PangoRectangle logical;
	set_lines(layout, part, &fitted);
	pango_layout_get_extents(layout, NULL, &logical);
	fitted.cut = pango_layout_is_ellipsized(layout);
	fitted.width = (double)logical.width / PANGO_SCALE;
	fitted.height = (double)logical.height / PANGO_SCALE;
	unset_lines(layout);
	for (size_t i = 0; i < fitting->n; i++) {
		g_strfreev(fitting->paragraphs[i].words);
	}
	g_free(fitting);
	*ret_fitted = fitted;
}

void card_fit_draw(cairo_t *cairo, PangoLayout *layout, const struct card_part *part,
	const struct card_fitted *fitted, double top)
{
	set_lines(layout, part, fitted);
	cairo_set_source_rgb(cairo, part->colour[0], part->colour[1], part->colour[2]);
	cairo_move_to(cairo, part->area.left, top);
	pango_cairo_show_layout(cairo, layout);
	unset_lines(layout);
}
