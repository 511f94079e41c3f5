/*
 * Films: played by an endpoint that is no site of the conference (SITE_KIND_PLAYER). The film in
 * hand is that of the active item, or else of the first pending one that has a film: the player
 * opens it beforehand, so that a missing file is found before it is needed. Starting the item puts
 * the film on air; its end finishes the item. What the player reports is a level, and stored only
 * when it changes: where a film is now follows from where it was.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_FILM_H
#define DIEMCAU_COORDINATOR_MEETING_FILM_H

#include "coordinator/meeting/meeting.h"

/* The player, and the latest film it was asked for or has reported. */
struct film {
	int player; /* site, or MTG_NONE */
	int item; /* that the rest is about, or MTG_NONE */
	uint64_t run; /* number of the latest start of any film */
	bool wanted; /* started, and not stopped */
	struct instant since; /* of that start */
	enum film_state state; /* unset: the player has not said */
	struct instant at; /* when it was so, and there */
	struct span position;
	bool has_length;
	struct span length;
};

enum {
	FILM_DRIFT_MS = 2000, /* a player elsewhere by more than this is reported */
	FILM_LATE_MS = 60000, /* after assembling, for the player to come */
	FILM_BEGIN_MS = 5000, /* from starting the item until the film runs */
};

struct item;

/* Of kind film, with the name of a file. */
bool mtg_has_film(const struct item *item);
/* Index of the player, or MTG_NONE. */
int mtg_player(const struct meeting *meeting);
/* The item whose film the player has ready or plays, or MTG_NONE. */
int mtg_film_in_hand(const struct meeting *meeting);
/* What is known of the film in hand; its item is MTG_NONE where that is nothing. */
const struct film *mtg_film(const struct meeting *meeting);
/* The film in hand was started: it is to run, whether or not it does. */
bool mtg_film_is_wanted(const struct meeting *meeting);
/* The player is the program. */
bool mtg_film_is_on_air(const struct meeting *meeting);
/* The report changes what is known of the film in hand. */
bool mtg_film_is_news(
	const struct meeting *meeting, const struct cmd_film_observe *in, struct instant at);
/* How much of the film on air is left; false where nobody knows. */
bool mtg_film_left(const struct meeting *meeting, struct instant at, struct span *ret_left);

#endif
