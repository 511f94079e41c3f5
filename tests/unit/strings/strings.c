/*
 * Markup, formulas, directional marks, terminal codes, 64 KB: they pass every input as text, or are
 * refused there by name, and are never interpreted as anything but text afterwards.
 */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/minutes/html_page.h"
#include "coordinator/plan/consistency.h"
#include "coordinator/plan/csv_json.h"
#include "coordinator/plan/plan.h"
#include "coordinator/print/word_document.h"
#include "endpoint/cards/caption.h"
#include "endpoint/cards/card_render.h"
#include "tests/unit/strings/hostile_strings.h"
#include "text_copy.h"
#include "wire_msg.h"

/* Encodes and decodes one value. */
static void goes_through(const struct msg_type *type, const char *text, size_t word)
{
	void *value = malloc(type->size + 1);
	char *first, *second;
	size_t length, again;

	assert_non_null(value);
	struct msg_arena arena = {0};
	hostile_fill(type, value, text, word, &arena);
	assert_int_equal(msg_encode(type, value, &first, &length), 0);
	assert_true(hostile_is_utf8(first));
	assert_int_equal(msg_decode(type, first, length, &arena, value, NULL), 0);
	assert_int_equal(msg_encode(type, value, &second, &again), 0);
	assert_string_equal(first, second);
	msg_free(first);
	msg_free(second);
	msg_arena_finish(&arena);
	free(value);
}

/* Words that choose a variant: each is tested. */
static size_t n_variants(const struct msg_type *type)
{
	size_t n = type->kind == MSG_VARIANT ? type->n_words : 1;

	for (size_t i = 0; type->kind == MSG_STRUCT && i < type->n_fields; i++) {
		if (type->fields[i].type->kind == MSG_CHOICE) {
			n = type->fields[i].type->n_words;
		}
	}
	return n;
}

static void every_message_carries_every_text(void **state)
{
	(void)state;
	for (size_t t = 0; t < n_msg_types; t++) {
		const struct msg_type *type = msg_types[t];

		if (type->kind != MSG_STRUCT && type->kind != MSG_VARIANT) {
			continue;
		}
		for (size_t word = 0; word < n_variants(type); word++) {
			goes_through(
				type, hostile_strings[(t + word) % n_hostile_strings].text, word);
		}
		for (size_t i = 0; i < n_hostile_strings; i++) {
			goes_through(type, hostile_strings[i].text, i);
		}
	}
}

static void what_is_too_long_is_refused_by_name(void **state)
{
	static char json[NASTY_LONG + 128];
	static struct command command;

	(void)state;
	snprintf(json, sizeof(json), "{\"name\":\"message.send\",\"args\":{\"text\":\"%s\"}}",
		hostile_long());
	struct msg_error error;
	assert_int_equal(msg_decode(&msg_command, json, strlen(json), NULL, &command, &error),
		MSG_WRONG_LENGTH);
	assert_string_equal(error.path, "/args/text");
	snprintf(json, sizeof(json), "{\"name\":\"tick\",\"args\":{},\"%s\":1}", hostile_long());
	assert_int_equal(
		msg_decode(&msg_command, json, strlen(json), NULL, &command, &error), MSG_UNKNOWN);
	assert_true(strlen(error.path) < sizeof(error.path) && error.path[0] == '/');
}

/* Paths are read by people and quoted in answers: ASCII, without controls, bounded. */
static void a_member_by_any_name_is_told_in_ascii(void **state)
{
	static struct command command;

	(void)state;
	for (size_t i = 0; i < n_hostile_strings; i++) {
		char json[512] = "{\"";
		size_t at = 2;

		for (const char *c = hostile_strings[i].text; *c; c++) {
			unsigned char byte = (unsigned char)*c;
			bool plain = byte >= 0x20 && byte != '"' && byte != '\\';

			at += (size_t)snprintf(
				json + at, sizeof(json) - at, plain ? "%c" : "\\u%04x", byte);
		}
		snprintf(json + at, sizeof(json) - at, "\":1}");
		struct msg_error error;
		assert_true(
			msg_decode(&msg_command, json, strlen(json), NULL, &command, &error) > 0);
		for (const char *c = error.path; *c; c++) {
			assert_true(*c >= 0x20 && *c < 0x7f);
		}
		assert_false(hostile_has_control(error.text));
	}
}

/* One cell, quoted as a spreadsheet would. */
static char *quoted(const char *text)
{
	char *cell = malloc(2 * strlen(text) + 3);
	char *at = cell;

	assert_non_null(cell);
	*at++ = '"';
	for (; *text; text++) {
		*at++ = *text;
		if (*text == '"') {
			*at++ = '"';
		}
	}
	*at++ = '"';
	*at = '\0';
	return cell;
}

struct reading {
	struct plan_diagnostics faults;
	struct csv_json sheet;
	struct plan_sites sites;
	struct msg_arena arena;
	size_t n_told;
	struct msg_error told; /* the first */
};

static void note(void *user, const struct msg_error *error)
{
	struct reading *reading = user;

	if (reading->n_told++ == 0) {
		reading->told = *error;
	}
}

/* sites.csv of one row whose name is the text. */
static void read_sites(struct reading *reading, const char *name)
{
	char *cell = quoted(name);
	char *csv = malloc(strlen(cell) + 128);

	assert_non_null(csv);
	memset(reading, 0, sizeof(*reading));
	sprintf(csv, "id,name,code,region,kind,sources\nha-noi,%s,HN,Bắc,main,camera\n", cell);
	struct csv_json_source source = {
		.type = &msg_plan_sites, .file = "sites.csv", .text = csv, .length = strlen(csv)};
	assert_int_equal(csv_json_read(&reading->sheet, &source, &reading->faults), 0);
	assert_int_equal(msg_survey(&msg_plan_sites, reading->sheet.json, reading->sheet.length,
				 &reading->arena, &reading->sites, note, reading),
		0);
	free(cell);
	free(csv);
}

static void finish(struct reading *reading)
{
	csv_json_finish(&reading->sheet);
	plan_diagnostics_finish(&reading->faults);
	msg_arena_finish(&reading->arena);
}

static void a_spreadsheet_brings_text_and_not_formulas(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_hostile_strings; i++) {
		struct reading reading;
		size_t faults = hostile_strings[i].csv ? 0 : 1;

		read_sites(&reading, hostile_strings[i].text);
		if (reading.faults.n != faults) {
			fail_msg("%s: %zu faults", hostile_strings[i].what, reading.faults.n);
		}
		if (hostile_strings[i].csv) {
			assert_int_equal(reading.n_told, 0);
			assert_int_equal(reading.sites.n_sites, 1);
			assert_string_equal(reading.sites.sites[0].name, hostile_strings[i].text);
		} else {
			assert_int_equal(reading.faults.list[0].code, PLAN_CSV_CONTROL);
		}
		finish(&reading);
	}
}

static void a_spreadsheet_of_64_kb_in_one_cell_is_refused(void **state)
{
	(void)state;
	struct reading reading;
	read_sites(&reading, hostile_long());
	assert_int_equal(reading.n_told, 1);
	assert_int_equal(reading.told.code, MSG_WRONG_LENGTH);
	assert_string_equal(reading.told.path, "/sites/0/name");
	finish(&reading);
}

/* Sentences go to a terminal, whatever the file contains. */
static void what_is_told_of_a_plan_is_one_harmless_line(void **state)
{
	char sentence[PLAN_SENTENCE_SIZE];

	(void)state;
	for (size_t i = 0; i <= n_hostile_strings; i++) {
		const char *text = i < n_hostile_strings ? hostile_strings[i].text : hostile_long();
		struct plan_diagnostics faults = {0};

		plan_diagnostics_add(&faults, &(struct plan_finding){.code = PLAN_UNKNOWN_WORD,
						      .place = {"sites.csv", PLAN_UNIT_ROW, 2},
						      .field = text,
						      .text = text,
						      .other_text = text});
		for (int language = LANGUAGE_VI; language < LANGUAGE_END; language++) {
			plan_diagnostic_sentence(
				&faults.list[0], (enum language)language, sentence);
			assert_true(memchr(sentence, '\0', sizeof(sentence)));
			assert_true(hostile_is_utf8(sentence));
			assert_false(hostile_has_control(sentence));
		}
		plan_diagnostics_finish(&faults);
	}
}

static char *page_of(const char *text, enum paper_kind kind, enum language language)
{
	struct minutes *minutes = malloc(sizeof(*minutes));
	struct paper_words *words = malloc(sizeof(*words));

	assert_true(minutes && words);
	struct msg_arena arena = {0};
	hostile_fill(&msg_minutes, minutes, text, 1, &arena);
	hostile_fill(&msg_paper_words, words, text, 1, &arena);
	char *html = NULL;
	size_t length;
	struct paper_wanted wanted = {.kind = kind, .words = words, .language = language};
	assert_int_equal(paper_html(minutes, &wanted, &html, &length), 0);
	assert_int_equal(strlen(html), length);
	msg_arena_finish(&arena);
	free(words);
	free(minutes);
	return html;
}

/* Keeps only what is between < and >, in place: the page without its text. */
static void strip(char *html)
{
	char *to = html;
	bool inside = false;

	for (const char *at = html; *at; at++) {
		inside = inside || *at == '<';
		if (inside) {
			*to++ = *at;
		}
		inside = inside && *at != '>';
	}
	*to = '\0';
}

/* A page is XML whatever stands in it, or there is no document of it. */
static void judge_document(const char *html)
{
	char *bytes = NULL;
	size_t size = 0;

	assert_int_equal(word_document(html, strlen(html), &bytes, &size), 0);
	assert_memory_equal(bytes, "PK", 2);
	free(bytes);
}

static void judge_page(
	const char *text, const char *tags, enum paper_kind kind, enum language language)
{
	char *html = page_of(text, kind, language);

	assert_true(hostile_is_utf8(html));
	assert_false(hostile_turns_direction(html));
	assert_null(strstr(html, "<script"));
	for (const char *at = html; *at; at++) {
		assert_true((unsigned char)*at >= 0x20 || *at == '\n');
	}
	judge_document(html);
	strip(html);
	assert_string_equal(html, tags);
	free(html);
}

static void judge_paper(enum paper_kind kind, enum language language)
{
	char *tags = page_of("x", kind, language);

	strip(tags);
	for (size_t i = 0; i < n_hostile_strings; i++) {
		judge_page(hostile_strings[i].text, tags, kind, language);
	}
	judge_page(hostile_long(), tags, kind, language);
	free(tags);
}

/* The same tags in the same order as with a harmless text: no text has become markup. */
static void papers_show_text_and_nothing_else(void **state)
{
	(void)state;
	for (int kind = PAPER_KIND_UNSET + 1; kind < PAPER_KIND_END; kind++) {
		judge_paper((enum paper_kind)kind, LANGUAGE_VI);
		judge_paper((enum paper_kind)kind, LANGUAGE_EN);
	}
}

static void see_text(GMarkupParseContext *context, const gchar *text, gsize length, gpointer user,
	GError **error)
{
	(void)context;
	(void)error;
	g_string_append_len(user, text, (gssize)length);
}

static void see_element(GMarkupParseContext *context, const gchar *name, const gchar **names,
	const gchar **values, gpointer user, GError **error)
{
	(void)context;
	(void)values;
	(void)user;
	(void)error;
	assert_null(names[0]);
	assert_string_equal(name, "m");
}

/* What GStreamer draws is markup: it must parse, without elements. Frees the caption. */
static void judge_caption(char *caption)
{
	static const GMarkupParser parser = {.start_element = see_element, .text = see_text};
	GString *seen = g_string_new(NULL);
	GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, seen, NULL);

	assert_true(g_markup_parse_context_parse(context, "<m>", 3, NULL));
	assert_true(g_markup_parse_context_parse(context, caption, -1, NULL));
	assert_true(g_markup_parse_context_parse(context, "</m>", 4, NULL));
	assert_true(g_markup_parse_context_end_parse(context, NULL));
	assert_false(hostile_turns_direction(seen->str));
	g_free(caption);
	g_markup_parse_context_free(context);
	g_string_free(seen, TRUE);
}

/* No text keeps a card from being drawn, and each field stays inside the picture. Frees the card.
 */
static void judge_card(struct card *card)
{
	bool third = card->kind == CARD_LOWER_THIRD; /* 1280 by 190 of 1920 by 1080 */
	int width = third ? 1280 : 640;
	int height = third ? 190 : 360;
	struct card_drawn drawn;

	for (int field = 0; field < CARD_FIELDS; field++) {
		const char *text = card->fields[field] ? card->fields[field] : "";

		assert_true(g_utf8_validate(text, -1, NULL));
		assert_false(hostile_turns_direction(text));
	}
	assert_int_equal(card_render(card, NULL, 0, (unsigned)width, (unsigned)height, &drawn), 0);
	for (int field = 0; field < CARD_FIELDS; field++) {
		const struct card_place *place = &drawn.places[field];

		assert_true(place->left >= 0 && place->left + place->width <= width + 1);
		assert_true(place->top >= 0 && place->top + place->height <= height + 1);
	}
	card_drawn_finish(&drawn);
	card_finish(card);
}

static void judge_cards(const char *text)
{
	static struct wire_site_desired desired;
	struct wire_lower_third who = {0};
	struct card card;

	TEXT_COPY(who.name, text);
	TEXT_COPY(who.speaker, text);
	TEXT_COPY(who.office, text);
	TEXT_COPY(who.unit, text);
	card_lower_third(&who, CARD_THEME_STATE, &card);
	judge_card(&card);
	memset(&desired, 0, sizeof(desired));
	TEXT_COPY(desired.name, text);
	for (size_t i = 0; i < WIRE_SITE_DESIRED_TITLE_LINES_MAX; i++) {
		TEXT_COPY(desired.title_lines[desired.n_title_lines++], text);
	}
	card_of_site(&desired, &card);
	judge_card(&card);
	desired.has_act = true;
	TEXT_COPY(desired.act.name, text);
	TEXT_COPY(desired.act.award, text);
	card_of_site(&desired, &card);
	judge_card(&card);
}

static void captions_take_any_text(void **state)
{
	(void)state;
	for (size_t i = 0; i <= n_hostile_strings; i++) {
		const char *text = i < n_hostile_strings ? hostile_strings[i].text : hostile_long();

		judge_caption(ep_caption_escape(text));
		judge_cards(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_carries_every_text),
		cmocka_unit_test(what_is_too_long_is_refused_by_name),
		cmocka_unit_test(a_member_by_any_name_is_told_in_ascii),
		cmocka_unit_test(a_spreadsheet_brings_text_and_not_formulas),
		cmocka_unit_test(a_spreadsheet_of_64_kb_in_one_cell_is_refused),
		cmocka_unit_test(what_is_told_of_a_plan_is_one_harmless_line),
		cmocka_unit_test(papers_show_text_and_nothing_else),
		cmocka_unit_test(captions_take_any_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
