#include "endpoint/cards/card.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "endpoint/cards/caption.h"
#include "endpoint/cards/title_board.h"
#include "proto/gen/words.h"
#include "wire_msg.h"

const char *card_kind_name(enum card_kind kind)
{
	static const char *const names[CARD_KINDS] = {
		"backdrop", "title", "pause", "act", "caller", "no-picture", "lower-third"};
	return names[kind];
}

const char *card_field_name(enum card_field field)
{
	static const char *const names[CARD_FIELDS] = {"organisation", "title", "subject",
		"place-date", "chairs", "item", "notice", "countdown", "name", "office", "unit",
		"award"};
	return names[field];
}

const char *card_theme_name(enum card_theme theme)
{
	return theme == CARD_THEME_PLAIN ? "plain" : "state";
}

enum card_theme card_theme_of(const struct wire_site_desired *desired)
{
	return desired->has_theme ? desired->theme : CARD_THEME_STATE;
}

void card_finish(struct card *card)
{
	for (int field = 0; field < CARD_FIELDS; field++) {
		g_clear_pointer(&card->fields[field], g_free);
	}
}

static void begin(struct card *card, enum card_kind kind, enum card_theme theme)
{
	*card = (struct card){.kind = kind, .theme = theme};
}

/* Takes the text. */
static void put(struct card *card, enum card_field field, char *text)
{
	g_free(card->fields[field]);
	card->fields[field] = text;
}

static void put_clean(struct card *card, enum card_field field, const char *text)
{
	put(card, field, ep_caption_clean(text));
}

/* Both, with this between them; only one where the other is empty or the same. */
static char *both(const char *first, const char *between, const char *second)
{
	char *one = ep_caption_clean(first);
	char *two = ep_caption_clean(second);
	bool only_two = one[0] == '\0';
	bool only_one = two[0] == '\0' || strcmp(one, two) == 0;
	char *text = only_two   ? g_strdup(two)
		     : only_one ? g_strdup(one)
				: g_strconcat(one, between, two, NULL);
	g_free(one);
	g_free(two);
	return text;
}

static char *in_both_languages(enum text_id text)
{
	return g_strdup_printf("%s · %s", text_of(text, LANGUAGE_VI), text_of(text, LANGUAGE_EN));
}

void card_backdrop(enum card_theme theme, struct card *ret_card)
{
	begin(ret_card, CARD_BACKDROP, theme);
}

static bool is_said(const char *text, const char *other)
{
	return text[0] != '\0' && strcmp(text, other) != 0;
}

void card_lower_third(
	const struct wire_lower_third *who, enum card_theme theme, struct card *ret_card)
{
	begin(ret_card, CARD_LOWER_THIRD, theme);
	bool named = who->speaker[0] != '\0';
	bool person = named || who->office[0] != '\0';
	char *first = ep_caption_clean(named ? who->speaker : person ? who->office : who->name);
	char *office = ep_caption_clean(named ? who->office : "");
	char *from = person ? both(who->unit, " · ", who->name) : ep_caption_clean(who->unit);
	if (is_said(office, first)) {
		put(ret_card, CARD_FIELD_OFFICE, g_strdup(office));
	}
	if (is_said(from, first) && strcmp(from, office) != 0) {
		put(ret_card, CARD_FIELD_UNIT, g_strdup(from));
	}
	if (who->has_telephone && who->telephone) {
		put_clean(
			ret_card, CARD_FIELD_NOTICE, text_of(TEXT_CAPTION_TELEPHONE, LANGUAGE_VI));
	}
	put(ret_card, CARD_FIELD_NAME, first);
	g_free(office);
	g_free(from);
}

void card_no_picture(const char *site, enum card_theme theme, struct card *ret_card)
{
	begin(ret_card, CARD_NO_PICTURE, theme);
	put_clean(ret_card, CARD_FIELD_NAME, site);
	put(ret_card, CARD_FIELD_NOTICE, in_both_languages(TEXT_CAPTION_NO_PICTURE));
}

void card_interrupted(const char *site, enum card_theme theme, struct card *ret_card)
{
	begin(ret_card, CARD_NO_PICTURE, theme);
	put_clean(ret_card, CARD_FIELD_NAME, site);
	put(ret_card, CARD_FIELD_NOTICE, in_both_languages(TEXT_CAPTION_INTERRUPTED));
}

static void say_caller(const struct wire_lower_third *who, struct card *card)
{
	card->kind = CARD_CALLER;
	put(card, CARD_FIELD_NOTICE, in_both_languages(TEXT_CAPTION_TELEPHONE));
	char *from = both(who->unit, " · ", who->name);
	bool named = who->speaker[0] != '\0';
	bool person = named || who->office[0] != '\0';
	put(card, CARD_FIELD_NAME,
		!person ? g_strdup(from) : ep_caption_clean(named ? who->speaker : who->office));
	if (named) {
		put_clean(card, CARD_FIELD_OFFICE, who->office);
	}
	if (person) {
		put(card, CARD_FIELD_UNIT, g_strdup(from));
	}
	g_free(from);
}

static void say_act(const struct told_act *act, struct card *card)
{
	card->kind = CARD_ACT;
	put_clean(card, CARD_FIELD_ITEM, act->title);
	put_clean(card, CARD_FIELD_NAME, act->name);
	put_clean(card, CARD_FIELD_OFFICE, act->office);
	put(card, CARD_FIELD_AWARD, both(act->award, " – ", act->giver));
}

/* Side by side, in one line. */
static char *chairs_of(const struct wire_site_desired *desired)
{
	GString *text = g_string_new(NULL);
	for (size_t i = 0; i < desired->n_chairs; i++) {
		char *chair = ep_caption_clean(desired->chairs[i]);
		g_string_append_printf(text, "%s%s", i == 0 ? "" : "  ·  ", chair);
		g_free(chair);
	}
	return g_string_free(text, FALSE);
}

static void say_board(const struct wire_site_desired *desired, struct card *card)
{
	const char *lines[WIRE_SITE_DESIRED_TITLE_LINES_MAX];
	struct title_board board;
	for (size_t i = 0; i < desired->n_title_lines; i++) {
		lines[i] = desired->title_lines[i];
	}
	title_board_set(lines, desired->n_title_lines, desired->name, desired->date, &board);
	put(card, CARD_FIELD_ORGANISATION, board.organisation);
	put(card, CARD_FIELD_TITLE, board.title);
	put(card, CARD_FIELD_SUBJECT, board.subject);
	put(card, CARD_FIELD_PLACE_DATE, board.place_date);
	put(card, CARD_FIELD_CHAIRS, chairs_of(desired));
}

/* Of the board stays what is held; where and when, everybody knows by now. */
static void say_pause(const struct wire_site_desired *desired, struct card *card)
{
	card->kind = CARD_PAUSE;
	put(card, CARD_FIELD_CHAIRS, NULL);
	put(card, CARD_FIELD_PLACE_DATE, NULL);
	put_clean(card, CARD_FIELD_ITEM, desired->item);
	if (desired->pause.has_ends) {
		bool reception = desired->pause.kind == ITEM_KIND_RECEPTION;
		put(card, CARD_FIELD_NOTICE,
			in_both_languages(
				reception ? TEXT_CAPTION_OPENS_IN : TEXT_CAPTION_RESUMES_IN));
	}
}

void card_of_site(const struct wire_site_desired *desired, struct card *ret_card)
{
	begin(ret_card, CARD_TITLE, card_theme_of(desired));
	if (desired->has_caller) {
		say_caller(&desired->caller, ret_card);
	} else if (desired->has_act) {
		say_act(&desired->act, ret_card);
	} else {
		say_board(desired, ret_card);
		if (desired->has_pause) {
			say_pause(desired, ret_card);
		}
	}
}
