/*
 * Cards as they are drawn: what the text covers is found by drawing each card again without it.
 */
#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/plan/plan.h"
#include "endpoint/cards/card_render.h"
#include "tests/bench/cards/sample_cards.h"
#include "text_copy.h"
#include "wire_msg.h"

enum {
	STRONG = 60, /* of a colour's 255: a letter's inside, not its edge */
	THIRD_HEIGHT = 190, /* of 1080, as wide as two thirds of the picture */
	LETTERS_SHARE = 36, /* the smallest letters, of the height */
	CONTRAST_PERCENT = 450, /* WCAG 2.2, 1.4.3, though letters are large */
};

static const enum card_theme themes[] = {CARD_THEME_STATE, CARD_THEME_PLAIN};

struct shape {
	unsigned width;
	unsigned height;
	unsigned screen; /* height of the whole picture */
	bool third;
};

static struct shape shape_of(const struct card *card, unsigned height)
{
	bool third = card->kind == CARD_LOWER_THIRD;
	unsigned width = height * 16 / 9;
	return (struct shape){third ? width * 2 / 3 : width,
		third ? height * THIRD_HEIGHT / 1080 : height, height, third};
}

static struct card_drawn draw(const struct card *card, unsigned height)
{
	struct shape shape = shape_of(card, height);
	struct card_drawn drawn;
	assert_int_equal(card_render(card, NULL, 0, shape.width, shape.height, &drawn), 0);
	assert_int_equal(drawn.fault, CARD_FAULT_NONE);
	assert_true(drawn.frame.width == shape.width && drawn.frame.height == shape.height);
	return drawn;
}

static uint32_t pixel(const struct card_frame *frame, unsigned x, unsigned y)
{
	uint32_t value;
	memcpy(&value, frame->pixels + y * frame->stride + x * sizeof(value), sizeof(value));
	return value;
}

static double linear(unsigned part)
{
	double value = part / 255.0;
	return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* Relative luminance as WCAG 2.2 defines it. */
static double luminance(uint32_t value)
{
	return 0.2126 * linear(value >> 16 & 255) + 0.7152 * linear(value >> 8 & 255) +
	       0.0722 * linear(value & 255);
}

static bool differs(uint32_t a, uint32_t b, int by)
{
	for (unsigned shift = 0; shift < 24; shift += 8) {
		if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > by) {
			return true;
		}
	}
	return false;
}

/* The same card without its text, and without the rules between; an icon stays. */
static struct card_drawn draw_bare(const struct card *card, unsigned height)
{
	struct card bare = {.kind = card->kind, .theme = card->theme};
	bare.fields[CARD_FIELD_NOTICE] =
		card->kind == CARD_LOWER_THIRD ? card->fields[CARD_FIELD_NOTICE] : NULL;
	return draw(&bare, height);
}

/* Rules between the fields are looked at as text is. */
static void judge_margins(const char *name, const struct card *card, const struct card_drawn *with,
	const struct card_drawn *without, unsigned height)
{
	struct shape shape = shape_of(card, height);
	unsigned across = shape.third ? 0 : shape.width / 20;
	unsigned down = shape.third ? 0 : shape.height / 20;
	size_t ink = 0;
	for (unsigned y = 0; y < shape.height; y++) {
		for (unsigned x = 0; x < shape.width; x++) {
			if (!differs(pixel(&with->frame, x, y), pixel(&without->frame, x, y), 8)) {
				continue;
			}
			ink++;
			if (x + 1 < across || x > shape.width - across || y + 1 < down ||
				y > shape.height - down) {
				fail_msg("%s at %u: ink at %u,%u", name, height, x, y);
			}
		}
	}
	assert_true(ink > 0 || card->kind == CARD_BACKDROP);
}

/* Text against the lightest pixel that lies behind its place: all our letters are light. */
static void judge_contrast(const char *name, const struct card_place *place,
	const struct card_drawn *with, const struct card_drawn *without)
{
	double text = 0, behind = 0;
	size_t strong = 0;
	for (int y = place->top; y < place->top + place->height; y++) {
		for (int x = place->left; x < place->left + place->width; x++) {
			uint32_t here = pixel(&with->frame, (unsigned)x, (unsigned)y);
			uint32_t ground = pixel(&without->frame, (unsigned)x, (unsigned)y);
			behind = fmax(behind, luminance(ground));
			strong += differs(here, ground, STRONG);
			text = fmax(text, luminance(here));
		}
	}
	double contrast = (text + 0.05) / (behind + 0.05);
	if (strong < 10 || contrast * 100 < CONTRAST_PERCENT) {
		fail_msg("%s: contrast %.2f of %zu pixels", name, contrast, strong);
	}
}

static void judge_place(const char *name, const struct card *card, int field,
	const struct card_place *place, unsigned height)
{
	struct shape shape = shape_of(card, height);
	if (!place->drawn || place->cut || place->letters < (double)height / LETTERS_SHARE - 0.2 ||
		place->left < 0 || place->top < 0 ||
		place->left + place->width > (int)shape.width + 1 ||
		place->top + place->height > (int)shape.height + 1) {
		fail_msg("%s at %u, %s: %s%s, letters %.1f, %d,%d %dx%d: %s", name, height,
			card_field_name((enum card_field)field), place->drawn ? "" : "not drawn",
			place->cut ? "cut" : "", place->letters, place->left, place->top,
			place->width, place->height, card->fields[field]);
	}
}

static bool is_here(const struct card *card, int field)
{
	bool icon = card->kind == CARD_LOWER_THIRD && field == CARD_FIELD_NOTICE;
	return card->fields[field] && card->fields[field][0] && !icon;
}

static void judge_fields(const char *name, const struct card *card, unsigned height)
{
	struct card_drawn drawn = draw(card, height);
	for (int field = 0; field < CARD_FIELDS; field++) {
		if (is_here(card, field)) {
			judge_place(name, card, field, &drawn.places[field], height);
		}
	}
	card_drawn_finish(&drawn);
}

static void judge_pixels(const char *name, const struct card *card, unsigned height)
{
	struct card_drawn with = draw(card, height);
	struct card_drawn bare = draw_bare(card, height);
	judge_margins(name, card, &with, &bare, height);
	for (int field = 0; field < CARD_FIELDS; field++) {
		if (is_here(card, field)) {
			judge_contrast(name, &with.places[field], &with, &bare);
		}
	}
	card_drawn_finish(&with);
	card_drawn_finish(&bare);
}

static void every_card_is_read_from_the_last_row(void **state)
{
	static const unsigned heights[] = {360, 720, 1080, 2160};
	(void)state;
	for (size_t theme = 0; theme < 2; theme++) {
		struct card card;
		const char *name;
		for (size_t at = 0; (name = sample_card(at, themes[theme], &card)) != NULL; at++) {
			for (size_t size = 0; size < 4; size++) {
				judge_fields(name, &card, heights[size]);
			}
			card_finish(&card);
		}
	}
}

static void text_is_inside_its_margins_and_stands_out(void **state)
{
	static const unsigned heights[] = {360, 720, 1080};
	(void)state;
	for (size_t theme = 0; theme < 2; theme++) {
		struct card card;
		const char *name;
		for (size_t at = 0; (name = sample_card(at, themes[theme], &card)) != NULL; at++) {
			for (size_t size = 0; size < 3; size++) {
				judge_pixels(name, &card, heights[size]);
			}
			card_finish(&card);
		}
	}
}

static void one_card_breaks_alike_at_every_size(void **state)
{
	static const unsigned heights[] = {360, 720, 2160};
	(void)state;
	struct card card;
	for (size_t at = 0; sample_card(at, CARD_THEME_STATE, &card) != NULL; at++) {
		struct card_drawn first = draw(&card, 1080);
		for (size_t size = 0; size < 3; size++) {
			struct card_drawn drawn = draw(&card, heights[size]);
			for (int field = 0; field < CARD_FIELDS; field++) {
				assert_int_equal(
					drawn.places[field].lines, first.places[field].lines);
			}
			card_drawn_finish(&drawn);
		}
		card_drawn_finish(&first);
		card_finish(&card);
	}
}

static bool is_same(const struct card_frame *a, const struct card_frame *b)
{
	return a->stride == b->stride && a->height == b->height &&
	       memcmp(a->pixels, b->pixels, a->stride * a->height) == 0;
}

static void a_bad_template_shows_the_built_in_one(void **state)
{
	static const char bad[] = "<svg viewBox='0 0 1920 1080'><g></svg>";
	static const char own[] =
		"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1920 1080'>"
		"<rect width='1920' height='1080' fill='#204060'/>"
		"<rect id='name' x='100' y='100' width='900' height='100' fill='#ffffff' "
		"font-size='60'/><rect id='notice' x='100' y='400' width='900' height='100' "
		"fill='#ffffff' font-size='60'/></svg>";
	struct card card;
	struct card_drawn drawn;
	(void)state;
	card_no_picture("Hà Giang", CARD_THEME_STATE, &card);
	struct card_drawn built_in = draw(&card, 360);
	assert_int_equal(card_render(&card, bad, strlen(bad), 640, 360, &drawn), 0);
	assert_int_equal(drawn.fault, CARD_FAULT_NOT_XML);
	assert_true(drawn.places[CARD_FIELD_NAME].drawn);
	assert_true(is_same(&drawn.frame, &built_in.frame));
	card_drawn_finish(&drawn);
	assert_int_equal(card_render(&card, own, strlen(own), 640, 360, &drawn), 0);
	assert_int_equal(drawn.fault, CARD_FAULT_NONE);
	assert_int_equal(pixel(&drawn.frame, 0, 0), 0xFF204060);
	assert_true(drawn.places[CARD_FIELD_NAME].left == 33); /* 100 of 1920 */
	card_drawn_finish(&drawn);
	card_drawn_finish(&built_in);
	card_finish(&card);
}

static void a_size_that_is_none_is_refused(void **state)
{
	struct card card;
	struct card_drawn drawn;
	(void)state;
	card_backdrop(CARD_THEME_PLAIN, &card);
	assert_true(card_render(&card, NULL, 0, 0, 360, &drawn) < 0);
	assert_true(card_render(&card, NULL, 0, 640, 100000, &drawn) < 0);
	assert_int_equal(card_render(&card, NULL, 0, 640, 360, &drawn), 0);
	card_drawn_finish(&drawn);
}

/* Markup is text: it is drawn as it is written. */
static void markup_in_a_name_is_drawn(void **state)
{
	struct card plain, marked;
	(void)state;
	card_no_picture("Hà Giang", CARD_THEME_STATE, &plain);
	card_no_picture("<b>Hà & Giang</b>", CARD_THEME_STATE, &marked);
	struct card_drawn one = draw(&plain, 360), two = draw(&marked, 360);
	assert_true(two.places[CARD_FIELD_NAME].width > one.places[CARD_FIELD_NAME].width * 3 / 2);
	card_drawn_finish(&one);
	card_drawn_finish(&two);
	card_finish(&plain);
	card_finish(&marked);
}

static void the_countdown_is_drawn_in_its_place_alone(void **state)
{
	struct card card;
	struct card_frame piece, empty;
	int left, top;
	(void)state;
	for (size_t at = 0; sample_card(at, CARD_THEME_STATE, &card) != NULL; at++) {
		struct card_drawn whole = draw(&card, 720);
		bool pause = card.kind == CARD_PAUSE;
		assert_int_equal(
			card_render_countdown(&card, &whole.frame, "1:02:30", &piece, &left, &top),
			pause);
		if (pause) {
			assert_true(card_render_countdown(
				&card, &whole.frame, " ", &empty, &left, &top));
			assert_true(left % 2 == 0 && top % 2 == 0 && piece.width % 2 == 0 &&
				    piece.height % 2 == 0);
			assert_int_equal(pixel(&empty, 0, 0),
				pixel(&whole.frame, (unsigned)left, (unsigned)top));
			struct card_place place = {
				.width = (int)piece.width, .height = (int)piece.height};
			struct card_drawn with = {.frame = piece}, without = {.frame = empty};
			judge_contrast("countdown", &place, &with, &without);
			assert_false(is_same(&piece, &empty));
			card_frame_finish(&empty);
			card_frame_finish(&piece);
		}
		card_drawn_finish(&whole);
		card_finish(&card);
	}
}

/* ---- everything that the plans say ---- */

struct told {
	struct wire_site_desired desired;
	size_t sites;
	size_t turns;
	size_t acts;
};

static void judge_both(struct told *told, const struct wire_lower_third *who)
{
	for (size_t theme = 0; theme < 2; theme++) {
		struct card card;
		if (who) {
			card_lower_third(who, themes[theme], &card);
		} else {
			told->desired.has_theme = true;
			told->desired.theme = themes[theme];
			card_of_site(&told->desired, &card);
		}
		judge_fields("plan", &card, 360);
		card_finish(&card);
	}
}

/* Lines with the place's name in them, as sites are told. */
static void say_title(const struct cmd_meeting_create *in, const char *name, struct told *told)
{
	memset(&told->desired, 0, sizeof(told->desired));
	for (size_t i = 0; i < in->n_title_lines; i++) {
		GString *line = g_string_new(in->title_lines[i]);
		g_string_replace(line, "{site}", name, 0);
		TEXT_COPY(told->desired.title_lines[i], line->str);
		g_string_free(line, TRUE);
	}
	told->desired.n_title_lines = in->n_title_lines;
	told->desired.n_chairs = in->n_chairs;
	memcpy(told->desired.chairs, in->chairs, sizeof(in->chairs));
	TEXT_COPY(told->desired.name, name);
	TEXT_COPY(told->desired.date, in->date);
}

static void judge_site(
	const struct cmd_meeting_create *meeting, const char *name, struct told *told)
{
	struct wire_lower_third who = {0};
	TEXT_COPY(who.name, name);
	judge_both(told, &who);
	say_title(meeting, name, told);
	judge_both(told, NULL);
	for (size_t theme = 0; theme < 2; theme++) {
		struct card card;
		card_no_picture(name, themes[theme], &card);
		judge_fields("plan", &card, 360);
		card_finish(&card);
	}
	told->sites++;
}

static void judge_turn(const struct cmd_turn_add *turn, struct told *told)
{
	struct wire_lower_third who = {0};
	TEXT_COPY(who.name, "Thừa Thiên Huế");
	TEXT_COPY(who.unit, turn->unit);
	TEXT_COPY(who.speaker, turn->speaker);
	TEXT_COPY(who.office, turn->office);
	judge_both(told, &who);
	memset(&told->desired, 0, sizeof(told->desired));
	told->desired.has_caller = true;
	told->desired.caller = who;
	judge_both(told, NULL);
	told->turns++;
}

static void judge_act(const struct cmd_act_add *act, struct told *told)
{
	memset(&told->desired, 0, sizeof(told->desired));
	told->desired.has_act = true;
	TEXT_COPY(told->desired.act.title, "Khen thưởng các tập thể và cá nhân");
	TEXT_COPY(told->desired.act.name, act->name);
	TEXT_COPY(told->desired.act.office, act->office);
	TEXT_COPY(told->desired.act.award, act->award);
	TEXT_COPY(told->desired.act.giver, act->giver);
	judge_both(told, NULL);
	told->acts++;
}

static void judge_item(const struct cmd_item_insert *item, const struct cmd_meeting_create *meeting,
	struct told *told)
{
	say_title(meeting, "Bà Rịa – Vũng Tàu", told);
	told->desired.has_pause = true;
	told->desired.pause.kind = ITEM_KIND_BREAK;
	told->desired.pause.has_ends = true;
	TEXT_COPY(told->desired.item, item->title);
	judge_both(told, NULL);
}

static void judge_plan(const char *folder, struct told *told)
{
	static struct command command;
	static struct cmd_meeting_create meeting;
	struct plan_diagnostics faults = {0};
	struct plan *plan = NULL;
	struct plan_run run = {.meeting = "test", .speed = 1};
	assert_int_equal(plan_load(folder, &plan, &faults), 0);
	for (size_t i = 0; plan_command(plan, &run, i, &command); i++) {
		if (command.name == CMD_MEETING_CREATE) {
			meeting = command.meeting_create;
		} else if (command.name == CMD_SITE_ADD) {
			judge_site(&meeting, command.site_add.name, told);
		} else if (command.name == CMD_TURN_ADD) {
			judge_turn(&command.turn_add, told);
		} else if (command.name == CMD_ACT_ADD) {
			judge_act(&command.act_add, told);
		} else if (command.name == CMD_ITEM_INSERT) {
			judge_item(&command.item_insert, &meeting, told);
		}
	}
	plan_destroy(plan);
	plan_diagnostics_finish(&faults);
}

static void everything_in_the_plans_fits(void **state)
{
	static const char *const folders[] = {"deploy/plans/a", "deploy/plans/b", "deploy/plans/c",
		"deploy/plans/d", "deploy/plans/e", "deploy/plans/e-year",
		"deploy/plans/e-year-end"};
	static struct told told;
	(void)state;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		judge_plan(folders[i], &told);
	}
	print_message("%zu sites, %zu turns, %zu acts\n", told.sites, told.turns, told.acts);
	assert_true(told.sites > 100 && told.turns > 20 && told.acts > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_card_is_read_from_the_last_row),
		cmocka_unit_test(text_is_inside_its_margins_and_stands_out),
		cmocka_unit_test(one_card_breaks_alike_at_every_size),
		cmocka_unit_test(a_bad_template_shows_the_built_in_one),
		cmocka_unit_test(a_size_that_is_none_is_refused),
		cmocka_unit_test(markup_in_a_name_is_drawn),
		cmocka_unit_test(the_countdown_is_drawn_in_its_place_alone),
		cmocka_unit_test(everything_in_the_plans_fits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
