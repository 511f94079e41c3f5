/*
 * The meeting core: commands in, events out, and the state that is the fold of those events.
 *
 * - mtg_decide reads the state and one command, and answers with the events that carry it out;
 * - mtg_apply puts one event into the state, and is its only writer;
 * - mtg_next_deadline says when the caller must give the command `tick`;
 * - mtg_check states the invariants.
 *
 * The core reads no clock, prints nothing, and allocates once, in mtg_create. Time is handed in
 * with each command and comes back in each record, so that replaying the journal gives the same
 * state. docs/meeting.md has the table state x command -> outcome; the readable parts of the state
 * are in roster.h, agenda.h, acts.h, turns.h, votes.h, floor.h, scene.h, alarms.h, messages.h,
 * direction.h, opinions.h, documents.h and handouts.h, what follows from them is in derive.h and
 * forecast.h, who may do and see what in rights.h.
 *
 * Things are referred to by index inside the core and by id in commands and events. The index of a
 * turn stays valid until the next mtg_apply, every other index for the life of the meeting: of
 * turns alone the place is given to another. MTG_NONE is no index.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_MEETING_H
#define DIEMCAU_COORDINATOR_MEETING_MEETING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bounds.h"
#include "domain_msg.h"
#include "units.h"

struct meeting;

enum { MTG_NONE = -1 };

/* One event as the journal stores it. */
struct mtg_record {
	int64_t seq; /* 1, 2, 3 ... without gap */
	struct instant at;
	struct stamp wall;
	struct actor by;
	struct event event;
};

/* One command and who gives it. `by` comes from the authenticated peer, never from the message. */
struct mtg_command {
	struct actor by;
	bool has_expect;
	int64_t expect; /* the last seq the client had seen when it chose this command */
	struct command body;
};

enum { MTG_BATCH_MAX = 32 };

/* The events of one command, all or nothing. About 660 KB: not for the stack of a thread. */
struct mtg_batch {
	struct mtg_record records[MTG_BATCH_MAX];
	size_t n;
};

/* An empty meeting with room for everything bounds.h allows, or NULL. Untouched room costs none. */
struct meeting *mtg_create(void);
void mtg_destroy(struct meeting *meeting);

/*
 * Decide a command. 0 with the events in *ret (n may be 0: a fact that is already so), their seq
 * numbered on from mtg_last_seq; or a positive enum refusal with ret->n == 0. Nothing is applied.
 *
 * What the coordinator itself reports (site.link, site.media ...) is a level: reported again, it
 * gives no event. A person's command that would change nothing is refused with `already`.
 */
int mtg_decide(const struct meeting *meeting, const struct mtg_command *command, struct now now,
	struct mtg_batch *ret);

/* Put the next event into the state; record->seq must be mtg_last_seq + 1. */
void mtg_apply(struct meeting *meeting, const struct mtg_record *record);

/*
 * When the command `tick` is due next; false if never. A past instant means at once: alarms are
 * settled by such a tick right after their cause. A tick that is due gives at least one event, so a
 * loop that ticks until nothing is due ends.
 */
bool mtg_next_deadline(const struct meeting *meeting, struct instant *ret_due);

/* NULL, or the name of a broken invariant (docs/meeting.md lists them). */
const char *mtg_check(const struct meeting *meeting);

int64_t mtg_last_seq(const struct meeting *meeting);
/* When the last event happened. */
struct instant mtg_last_at(const struct meeting *meeting);
/* Whether two folds are the same to the last byte. */
bool mtg_equal(const struct meeting *a, const struct meeting *b);

/* The meeting's title, settings and state. */
struct about {
	enum meeting_state state; /* unset before meeting.created */
	char meeting[MEETING_ID_SIZE];
	char name[TITLE_LINE_SIZE];
	char host[UNIT_SIZE];
	char place[TITLE_LINE_SIZE];
	char date[41]; /* YYYY-MM-DD, checked */
	char title_lines[EV_MEETING_CREATED_TITLE_LINES_MAX][TITLE_LINE_SIZE];
	size_t n_title_lines;
	char chairs[EV_MEETING_CREATED_CHAIRS_MAX][UNIT_SIZE]; /* by office */
	size_t n_chairs;
	int32_t utc_offset; /* minutes east of UTC */
	enum document_form form;
	enum card_theme theme; /* unset: as the form is */
	uint32_t speed; /* at least 1 */
	bool rehearsal;
	bool has_document;
	struct document_head document;
	struct preparation preparation; /* without deadlines and posts where none was planned */
	struct ready_phrases phrases; /* none where none was planned */
	uint64_t hard_end; /* time of day by which it must be over; 0: none */
	struct span hand_allowance; /* hands asking for no more are approved at once; 0: none is */

	struct instant assembled;
	struct stamp assembled_wall;
	bool was_opened;
	struct instant opened; /* the sitting that runs, or the last one */
	struct stamp opened_wall;
	uint32_t adjournments; /* sittings that ended with another to follow */
	struct instant adjourned; /* the last time */
	struct stamp adjourned_wall;
	bool was_closed; /* false again after reopening */
	struct instant closed;
	struct stamp closed_wall;
	bool debrief; /* closed, and technicians and operators still talk */
};

const struct about *mtg_about(const struct meeting *meeting);
/* A sitting of it was opened once, if not now. */
bool mtg_was_ever_opened(const struct about *about);

/* The relay as a peer. */
struct relay {
	enum link_state link;
	struct instant since;
	struct instant lost_due; /* while lost: when that becomes an alarm */
	char instance[INSTANCE_ID_SIZE]; /* "" before the first */
};

const struct relay *mtg_relay(const struct meeting *meeting);

#endif
