/*
 * What follows from the state: pure functions, nothing stored. Every desired state and every view
 * is derived here, once.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_DERIVE_H
#define DIEMCAU_COORDINATOR_MEETING_DERIVE_H

#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/scene.h"
#include "coordinator/meeting/talkback.h"
#include "coordinator/meeting/turns.h"

/*
 * The standby ladder, as turns; MTG_NONE where a rung is empty. For many sites compute it once and
 * ask mtg_tally_on.
 */
struct ladder {
	int on_air;
	int next;
	int standby;
	int soon[2];
	int interrupted; /* waits to be resumed, shown as standby */
};

void mtg_ladder(const struct meeting *meeting, struct ladder *ret);
enum tally mtg_tally_on(const struct meeting *meeting, const struct ladder *ladder, int site);
enum tally mtg_tally(const struct meeting *meeting, int site);

/* The scene of the program, overridden or following the floor. */
void mtg_program(const struct meeting *meeting, struct scene *ret);
/* Whether the site is in a pane of the scene. */
bool mtg_is_in_scene(const struct scene *scene, int site);
/* In the scene of the program. */
bool mtg_is_seen(const struct meeting *meeting, int site);

/*
 * The centre locks this microphone: by its own lock, by the lock of all, or because the site is
 * barred.
 */
bool mtg_is_locked(const struct meeting *meeting, int site);
/* The venue's microphone beside a remote speaker, unless opened. */
bool mtg_is_ducked(const struct meeting *meeting, int site);
/* The site may be heard: it is, if its local switch is on. */
bool mtg_may_speak(const struct meeting *meeting, int site);
/* The same, and the switch is on. */
bool mtg_is_heard(const struct meeting *meeting, int site);

/* The site speaks in the talkback: the main venue, and the site that is called. */
bool mtg_talkback_speaks(const struct meeting *meeting, int site);
/* The site hears the talkback. */
bool mtg_talkback_reaches(const struct meeting *meeting, int site);
/*
 * The called site where it and the main venue see each other, and nobody else sees either; else
 * MTG_NONE. A scene that was set by hand goes before.
 */
int mtg_talkback_pictures(const struct meeting *meeting);

enum { VOICES_MAX = 4 };
/*
 * What feeds the voice slots, MTG_NONE for silence: voice 0 the main venue, voice 1 the remote
 * site on air, or the one that is called. A site keeps its slot while it speaks.
 */
void mtg_voices(const struct meeting *meeting, int ret_sites[VOICES_MAX]);

/* What a site should send. */
struct uplink {
	enum uplink_level camera;
	enum uplink_level content;
	bool voice;
};

void mtg_uplink(const struct meeting *meeting, int site, struct uplink *ret);
/* The same, with the program scene computed already. */
void mtg_uplink_in(
	const struct meeting *meeting, const struct scene *program, int site, struct uplink *ret);

/* The clock of a turn: spoken now = spoken + (running ? now - since : 0). */
struct turn_timer {
	struct span spoken;
	struct span allowance; /* scaled by speed; 0: no limit */
	struct span warning; /* the warning is due when this much is left; scaled */
	bool running;
	struct instant since; /* while running */
};

void mtg_turn_timer(const struct meeting *meeting, int turn, struct turn_timer *ret);
struct span mtg_turn_spoken(const struct turn *turn, struct instant at);
/* All that was spoken at a site, wherever its speakers went since; the first in finished stretches.
 */
struct span mtg_site_spoken_before(const struct meeting *meeting, int site);
struct span mtg_unit_spoken_before(const struct meeting *meeting, const char *unit);
struct span mtg_site_spoken(const struct meeting *meeting, int site, struct instant at);

/* The site has a raised hand. */
bool mtg_has_raised_hand(const struct meeting *meeting, int site);
/* The turn is a raised hand: a request that waits for approval. */
bool mtg_is_hand(const struct turn *turn);
/*
 * The list that a hand raised now joins: of the active item, or before the opening the first of the
 * programme. MTG_NONE: there is none; *ret_closed tells whether there would be, but for its hands
 * being closed.
 */
int mtg_list_for_hands(const struct meeting *meeting, bool *ret_closed);
/* The turn a site shows: on air, else cued, else interrupted, else its first waiting one. */
int mtg_turn_of_site(const struct meeting *meeting, int site);
/* Site of the turn on air, or MTG_NONE. */
int mtg_site_on_air(const struct meeting *meeting);
/* The site whose microphone the turn on air has, or MTG_NONE: another one where it is by telephone.
 */
int mtg_input_on_air(const struct meeting *meeting);
bool mtg_telephone_is_on_air(const struct meeting *meeting);
/* The latest take may still be undone, until *ret_until. */
bool mtg_undo_is_open(const struct meeting *meeting, struct instant *ret_until);

/* A planned span as it runs at the meeting's speed. */
struct span mtg_scaled(const struct meeting *meeting, struct span planned);

#endif
