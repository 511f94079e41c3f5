#include "endpoint/cards/card_template.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/*
 * Safe area: 5 % on each side, as EBU R 95 has it for titles. The smallest letters: a thirty-sixth
 * of the height; their capitals are then 11 minutes of arc high at six times the picture's height,
 * which is as far as a hall's last row should sit (ANSI/INFOCOMM V202.01).
 */
enum { SAFE_SHARE = 20, LETTERS_SHARE = 36 };
#define SLACK 0.01

const char *card_fault_text(enum card_fault fault)
{
	static const char *const texts[CARD_FAULTS] = {
		[CARD_FAULT_NONE] = "the template is sound",
		[CARD_FAULT_TOO_LARGE] = "the template is larger than 1 MiB",
		[CARD_FAULT_NOT_XML] = "the template is no well-formed SVG",
		[CARD_FAULT_NO_VIEWBOX] = "the template has no viewBox that begins at 0 0",
		[CARD_FAULT_FIELD_SHAPE] =
			"a field is no rect with x, y, width and height in numbers",
		[CARD_FAULT_FIELD_STYLE] =
			"a field has no font-size in numbers, or no fill as #rrggbb",
		[CARD_FAULT_FIELD_OUTSIDE] = "a field leaves the safe area of the picture",
		[CARD_FAULT_FIELD_SMALL] = "a field may shrink until nobody can read it",
		[CARD_FAULT_FIELD_TWICE] = "a field is there twice, or there are too many",
		[CARD_FAULT_FIELD_MISSING] = "a field that this card needs is missing",
		[CARD_FAULT_STACK_MISSING] = "a field stands in a stack, and there is none",
		[CARD_FAULT_NOT_DRAWN] = "the template cannot be drawn",
	};
	return texts[fault];
}

struct template_reading {
	struct card_template template;
	enum card_kind kind;
	enum card_fault fault;
	bool has_viewbox;
};

static const char *attribute(const char **names, const char **values, const char *wanted)
{
	for (size_t i = 0; names[i]; i++) {
		if (strcmp(names[i], wanted) == 0) {
			return values[i];
		}
	}
	return NULL;
}

static bool read_number(const char *text, double *ret_number)
{
	char *end = NULL;
	double number = text && text[0] ? g_ascii_strtod(text, &end) : 0;
	if (!end || *end != '\0' || !(number > -1e6 && number < 1e6)) {
		return false;
	}
	*ret_number = number;
	return true;
}

static double number_or(const char *text, double otherwise)
{
	double number;
	return read_number(text, &number) ? number : otherwise;
}

static bool read_area(const char **names, const char **values, struct card_area *ret_area)
{
	struct card_area area;
	if (!read_number(attribute(names, values, "x"), &area.left) ||
		!read_number(attribute(names, values, "y"), &area.top) ||
		!read_number(attribute(names, values, "width"), &area.width) ||
		!read_number(attribute(names, values, "height"), &area.height) || area.width <= 0 ||
		area.height <= 0) {
		return false;
	}
	*ret_area = area;
	return true;
}

static bool read_colour(const char *text, double ret_colour[3])
{
	if (!text || text[0] != '#' || strlen(text) != 7) {
		return false;
	}
	for (size_t i = 0; i < 3; i++) {
		int high = g_ascii_xdigit_value(text[1 + 2 * i]);
		int low = g_ascii_xdigit_value(text[2 + 2 * i]);
		if (high < 0 || low < 0) {
			return false;
		}
		ret_colour[i] = (high * 16 + low) / 255.0;
	}
	return true;
}

static enum card_align align_of(const char *word, const char *middle, const char *end)
{
	return !word                       ? CARD_ALIGN_START
	       : strcmp(word, middle) == 0 ? CARD_ALIGN_MIDDLE
	       : strcmp(word, end) == 0    ? CARD_ALIGN_END
					   : CARD_ALIGN_START;
}

static bool is_word(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

/* Field of an id; CARD_FIELDS for a rule. False: the id is none of ours. */
static bool find_field(const char *id, enum card_field *ret_field)
{
	for (int field = 0; field < CARD_FIELDS; field++) {
		if (strcmp(id, card_field_name((enum card_field)field)) == 0) {
			*ret_field = (enum card_field)field;
			return true;
		}
	}
	*ret_field = CARD_FIELDS;
	return g_str_has_prefix(id, "rule");
}

static enum card_fault add_part(struct template_reading *reading, enum card_field field,
	const char **names, const char **values)
{
	struct card_template *template = &reading->template;
	struct card_part part = {.field = field};
	const char *size = attribute(names, values, "font-size");
	for (size_t i = 0; i < template->n_parts; i++) {
		if (field != CARD_FIELDS && template->parts[i].field == field) {
			return CARD_FAULT_FIELD_TWICE;
		}
	}
	if (template->n_parts == CARD_PARTS_MAX) {
		return CARD_FAULT_FIELD_TWICE;
	}
	if (!read_area(names, values, &part.area)) {
		return CARD_FAULT_FIELD_SHAPE;
	}
	if (!read_colour(attribute(names, values, "fill"), part.colour) ||
		(field != CARD_FIELDS && (!read_number(size, &part.size) || part.size <= 0))) {
		return CARD_FAULT_FIELD_STYLE;
	}
	part.size_min = number_or(attribute(names, values, "data-min-size"), part.size);
	part.spacing = number_or(attribute(names, values, "letter-spacing"), 0);
	part.gap = number_or(attribute(names, values, "data-gap"), 0);
	part.across = align_of(attribute(names, values, "text-anchor"), "middle", "end");
	part.down = align_of(attribute(names, values, "data-align"), "middle", "bottom");
	part.bold = is_word(attribute(names, values, "font-weight"), "bold");
	part.italic = is_word(attribute(names, values, "font-style"), "italic");
	part.stacked = is_word(attribute(names, values, "data-stack"), "stack");
	template->parts[template->n_parts++] = part;
	return CARD_FAULT_NONE;
}

static enum card_fault read_root(
	struct template_reading *reading, const char **names, const char **values)
{
	const char *text = attribute(names, values, "viewBox");
	char **numbers = g_strsplit_set(text ? text : "", " ,", -1);
	double left, top;
	bool good = g_strv_length(numbers) == 4 && read_number(numbers[0], &left) &&
		    read_number(numbers[1], &top) &&
		    read_number(numbers[2], &reading->template.width) &&
		    read_number(numbers[3], &reading->template.height) && left == 0 && top == 0 &&
		    reading->template.width > 0 && reading->template.height > 0;
	g_strfreev(numbers);
	reading->has_viewbox = good;
	return good ? CARD_FAULT_NONE : CARD_FAULT_NO_VIEWBOX;
}

static enum card_fault read_element(
	struct template_reading *reading, const char *name, const char **names, const char **values)
{
	const char *id = attribute(names, values, "id");
	enum card_field field;
	if (!reading->has_viewbox) {
		return is_word(name, "svg") ? read_root(reading, names, values)
					    : CARD_FAULT_NO_VIEWBOX;
	}
	if (is_word(id, "stack")) {
		reading->template.has_stack = true;
		reading->template.stack_down =
			align_of(attribute(names, values, "data-align"), "middle", "bottom");
		return read_area(names, values, &reading->template.stack) ? CARD_FAULT_NONE
									  : CARD_FAULT_FIELD_SHAPE;
	}
	if (!id || !find_field(id, &field)) {
		return CARD_FAULT_NONE;
	}
	return is_word(name, "rect") ? add_part(reading, field, names, values)
				     : CARD_FAULT_FIELD_SHAPE;
}

static void on_element(GMarkupParseContext *context, const char *name, const char **names,
	const char **values, void *user, GError **error)
{
	struct template_reading *reading = user;
	(void)context;
	reading->fault = read_element(reading, name, names, values);
	if (reading->fault != CARD_FAULT_NONE) {
		g_set_error(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "fault");
	}
}

static enum card_fault parse(const char *svg, size_t size, struct template_reading *reading)
{
	static const GMarkupParser parser = {.start_element = on_element};
	GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, reading, NULL);
	bool good = g_markup_parse_context_parse(context, svg, (gssize)size, NULL) &&
		    g_markup_parse_context_end_parse(context, NULL);
	g_markup_parse_context_free(context);
	return reading->fault != CARD_FAULT_NONE ? reading->fault
	       : good                            ? CARD_FAULT_NONE
						 : CARD_FAULT_NOT_XML;
}

/* What a card of this kind cannot do without. */
static bool has_needed(const struct card_template *template, enum card_kind kind)
{
	static const enum card_field needed[CARD_KINDS][3] = {
		[CARD_BACKDROP] = {CARD_FIELDS},
		[CARD_TITLE] = {CARD_FIELD_TITLE, CARD_FIELD_SUBJECT, CARD_FIELDS},
		[CARD_PAUSE] = {CARD_FIELD_ITEM, CARD_FIELD_COUNTDOWN, CARD_FIELDS},
		[CARD_ACT] = {CARD_FIELD_NAME, CARD_FIELD_AWARD, CARD_FIELDS},
		[CARD_CALLER] = {CARD_FIELD_NAME, CARD_FIELD_NOTICE, CARD_FIELDS},
		[CARD_NO_PICTURE] = {CARD_FIELD_NAME, CARD_FIELD_NOTICE, CARD_FIELDS},
		[CARD_LOWER_THIRD] = {CARD_FIELD_NAME, CARD_FIELDS, CARD_FIELDS},
	};
	for (size_t i = 0; i < 3 && needed[kind][i] != CARD_FIELDS; i++) {
		bool found = false;
		for (size_t part = 0; part < template->n_parts; part++) {
			found = found || template->parts[part].field == needed[kind][i];
		}
		if (!found) {
			return false;
		}
	}
	return true;
}

static bool is_within(const struct card_area *area, const struct card_area *outer)
{
	return area->left >= outer->left - SLACK && area->top >= outer->top - SLACK &&
	       area->left + area->width <= outer->left + outer->width + SLACK &&
	       area->top + area->height <= outer->top + outer->height + SLACK;
}

/* A lower third is laid inside the safe area as a whole. */
static struct card_area safe_area(const struct card_template *template, enum card_kind kind)
{
	double across = kind == CARD_LOWER_THIRD ? 0 : template->width / SAFE_SHARE;
	double down = kind == CARD_LOWER_THIRD ? 0 : template->height / SAFE_SHARE;
	return (struct card_area){
		across, down, template->width - 2 * across, template->height - 2 * down};
}

/* Lengths of a lower third are those of a picture 1080 high. */
static double letters_min(const struct card_template *template, enum card_kind kind)
{
	return (kind == CARD_LOWER_THIRD ? 1080 : template->height) / LETTERS_SHARE;
}

static enum card_fault judge_parts(const struct card_template *template, enum card_kind kind)
{
	struct card_area safe = safe_area(template, kind);
	for (size_t i = 0; i < template->n_parts; i++) {
		const struct card_part *part = &template->parts[i];
		if (part->stacked && !template->has_stack) {
			return CARD_FAULT_STACK_MISSING;
		}
		if (!is_within(&part->area, &safe)) {
			return CARD_FAULT_FIELD_OUTSIDE;
		}
		if (part->field != CARD_FIELDS &&
			(part->size_min < letters_min(template, kind) - SLACK ||
				part->size_min > part->size)) {
			return CARD_FAULT_FIELD_SMALL;
		}
	}
	return template->has_stack && !is_within(&template->stack, &safe) ? CARD_FAULT_FIELD_OUTSIDE
	       : has_needed(template, kind)                               ? CARD_FAULT_NONE
					    : CARD_FAULT_FIELD_MISSING;
}

enum card_fault card_template_read(
	const char *svg, size_t size, enum card_kind kind, struct card_template *ret_template)
{
	struct template_reading reading = {.kind = kind};
	if (size > CARD_TEMPLATE_BYTES_MAX) {
		return CARD_FAULT_TOO_LARGE;
	}
	enum card_fault fault = parse(svg, size, &reading);
	if (fault == CARD_FAULT_NONE) {
		fault = judge_parts(&reading.template, kind);
	}
	if (fault == CARD_FAULT_NONE) {
		reading.template.svg = g_memdup2(svg, size);
		reading.template.size = size;
		*ret_template = reading.template;
	}
	return fault;
}

void card_template_finish(struct card_template *template)
{
	g_clear_pointer(&template->svg, g_free);
}
