/*
 * bench-cards FOLDER [HEIGHT]: every card of every theme as a PNG, and how long each took to draw.
 * What a reviewer looks at before he says that a card may go on air.
 */
#include <cairo.h>
#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "endpoint/cards/caption.h"
#include "endpoint/cards/card_render.h"
#include "proto/system/cli.h"
#include "tests/bench/cards/sample_cards.h"

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static cairo_surface_t *surface_of(const struct card_frame *frame)
{
	return cairo_image_surface_create_for_data(frame->pixels, CAIRO_FORMAT_ARGB32,
		(int)frame->width, (int)frame->height, (int)frame->stride);
}

/* As the program lays it over the card. */
static void add_countdown(const struct card *card, struct card_frame *whole)
{
	struct card_frame piece;
	int left, top;
	double before = now_ms();
	if (!card_render_countdown(card, whole, "14:59", &piece, &left, &top)) {
		return;
	}
	printf("  countdown %ux%u at %d,%d: %.2f ms\n", piece.width, piece.height, left, top,
		now_ms() - before);
	cairo_surface_t *to = surface_of(whole);
	cairo_surface_t *from = surface_of(&piece);
	cairo_t *cairo = cairo_create(to);
	cairo_set_source_surface(cairo, from, left, top);
	cairo_paint(cairo);
	cairo_destroy(cairo);
	cairo_surface_destroy(from);
	cairo_surface_destroy(to);
	card_frame_finish(&piece);
}

static int write_card(
	const char *folder, const char *name, const struct card *card, unsigned height)
{
	unsigned width = height * 16 / 9;
	bool bar = card->kind == CARD_LOWER_THIRD;
	struct card_drawn drawn;
	double before = now_ms();
	int r = card_render(card, NULL, 0, bar ? width * 2 / 3 : width,
		bar ? height * 190 / 1080 : height, &drawn);
	if (r < 0) {
		return r;
	}
	printf("%s %s: %.1f ms\n", card_theme_name(card->theme), name, now_ms() - before);
	for (int field = 0; field < CARD_FIELDS; field++) {
		const struct card_place *place = &drawn.places[field];
		if (place->drawn) {
			printf("  %s: letters %.1f, lines %zu%s%s\n",
				card_field_name((enum card_field)field), place->letters,
				place->lines, place->cut ? ", CUT" : "",
				place->parted ? ", a name parted" : "");
		}
	}
	add_countdown(card, &drawn.frame);
	char *path = g_strdup_printf(
		"%s/%s-%s-%u.png", folder, card_theme_name(card->theme), name, height);
	cairo_surface_t *surface = surface_of(&drawn.frame);
	r = cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS ? 0 : -EIO;
	cairo_surface_destroy(surface);
	g_free(path);
	card_drawn_finish(&drawn);
	return r;
}

static int write_all(const char *folder, unsigned height, enum card_theme theme)
{
	struct card card;
	const char *name;
	int r = 0;
	for (size_t at = 0; r == 0 && (name = sample_card(at, theme, &card)) != NULL; at++) {
		r = write_card(folder, name, &card, height);
		card_finish(&card);
	}
	return r;
}

int main(int argc, char **argv)
{
	static const char *folder, *height = "720";
	static const struct cli_word words[] = {{"FOLDER", "where the pictures go", &folder},
		{"[HEIGHT]", "of the screen, in pixels; 720 where none is given", &height}, {0}};
	static const struct cli_command commands[] = {
		{.help = "Draw every card of every theme as a PNG.", .words = words}, {0}};
	static const struct cli line = {.program = "bench-cards", .commands = commands};
	cli_read(&line, argc, argv);
	unsigned pixels = (unsigned)strtoul(height, NULL, 10);
	int r = write_all(folder, pixels, CARD_THEME_STATE);
	r = r == 0 ? write_all(folder, pixels, CARD_THEME_PLAIN) : r;
	return r == 0 ? 0 : 1;
}
