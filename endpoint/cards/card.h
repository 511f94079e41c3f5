/*
 * A card: what a hall's screen shows besides pictures, as a kind and its named fields of text.
 *
 * Fields are plain text in NFC without control or directional characters, never markup. A line
 * break in one is its author's and stays. Pure. Each card is finished with card_finish.
 */
#ifndef DIEMCAU_ENDPOINT_CARDS_CARD_H
#define DIEMCAU_ENDPOINT_CARDS_CARD_H

#include <stdint.h>

#include "domain_msg.h"

enum card_kind {
	CARD_BACKDROP, /* behind pictures that do not fill the screen */
	CARD_TITLE,
	CARD_PAUSE,
	CARD_ACT,
	CARD_CALLER,
	CARD_NO_PICTURE,
	CARD_LOWER_THIRD,
	CARD_KINDS,
};

enum card_field {
	CARD_FIELD_ORGANISATION,
	CARD_FIELD_TITLE,
	CARD_FIELD_SUBJECT,
	CARD_FIELD_PLACE_DATE,
	CARD_FIELD_CHAIRS,
	CARD_FIELD_ITEM,
	CARD_FIELD_NOTICE,
	CARD_FIELD_COUNTDOWN,
	CARD_FIELD_NAME,
	CARD_FIELD_OFFICE,
	CARD_FIELD_UNIT,
	CARD_FIELD_AWARD,
	CARD_FIELDS,
};

struct card {
	enum card_kind kind;
	enum card_theme theme;
	char *fields[CARD_FIELDS]; /* owned; NULL for none */
};

/* As in templates: "title", "lower-third"; "name", "place-date". Static. */
const char *card_kind_name(enum card_kind kind);
const char *card_field_name(enum card_field field);
const char *card_theme_name(enum card_theme theme);

struct wire_lower_third;
struct wire_site_desired;

/* What a site's slate is now: who speaks by telephone, an act, a pause, or the title. */
void card_of_site(const struct wire_site_desired *desired, struct card *ret_card);

/* The theme that a site is told; what is left out is the first one. */
enum card_theme card_theme_of(const struct wire_site_desired *desired);

/* Only a theme: to stand behind pictures. */
void card_backdrop(enum card_theme theme, struct card *ret_card);

/*
 * Who speaks: name, office, and for whom from where. Where neither name nor office is known it is
 * the site, and below it the unit. Nothing is said twice.
 */
void card_lower_third(
	const struct wire_lower_third *who, enum card_theme theme, struct card *ret_card);

/* In place of a camera's picture: the site, and a notice in both languages. */
void card_no_picture(const char *site, enum card_theme theme, struct card *ret_card);

/* In place of a picture that was shown and has stopped: the site, and why, likewise. */
void card_interrupted(const char *site, enum card_theme theme, struct card *ret_card);

void card_finish(struct card *card);

#endif
