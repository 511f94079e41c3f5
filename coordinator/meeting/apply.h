/*
 * Private: applying. One mtg_apply_ function per event, in the file of its area; gen/handlers.h
 * declares and chooses them. They cannot fail: an event in the journal was decided once, against
 * this same state.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_APPLY_H
#define DIEMCAU_COORDINATOR_MEETING_APPLY_H

#include "coordinator/meeting/gen/handlers.h"
#include "coordinator/meeting/state.h"
#include "text_copy.h"

/* The list of this turn changed: commands chosen before conflict. */
static inline void mtg_list_changed(
	struct meeting *meeting, const struct turn *turn, const struct mtg_record *record)
{
	meeting->lists[turn->list].revision = record->seq;
}

/* While a vote is open: this came of a site, or of none. It stands in the protocol. */
void mtg_disturb_vote(struct meeting *meeting, enum vote_remark_kind kind, int site,
	const struct mtg_record *record);
/* A vote that was closed is invalid where its counts disagree. */
void mtg_judge_vote(struct meeting *meeting, int vote);

/* An upcoming turn is withdrawn, absent or skipped. */
void mtg_take_off(
	struct meeting *meeting, int turn, enum turn_state state, const struct mtg_record *record);

/* The turn is spoken from its own site again. */
static inline void mtg_hang_up(struct turn *turn)
{
	turn->by_telephone = false;
	turn->telephone = MTG_NONE;
	TEXT_COPY(turn->telephone_note, "");
}

/* The film of this item, if it has one, begins; what is known of it is of the past. */
void mtg_film_begin(struct meeting *meeting, int item, const struct mtg_record *record);
void mtg_film_forget(struct meeting *meeting, int item);

/* A break that ends has to be rung for (bell.c), until somebody takes the floor. */
static inline void mtg_break_over(struct meeting *meeting, int item)
{
	bool rings = is_live(meeting) && !meeting->core.bell.held;

	if (rings && meeting->items[item].kind == ITEM_KIND_BREAK) {
		meeting->core.bell.owed = item;
	}
}

static inline void mtg_bell_forgotten(struct meeting *meeting)
{
	meeting->core.bell.owed = MTG_NONE;
}

/* Whoever gives this event directs from now on, where nobody does yet. */
void mtg_direction_begins(struct meeting *meeting, const struct mtg_record *record);

/* A finished item is active again. */
void mtg_item_reactivate(struct meeting *meeting, int item);

/* This turn has been taken off; it is about to wait again. Both count finished hands
 * (finished_hands.c). */
void mtg_hand_finished(struct meeting *meeting, const struct turn *turn);
void mtg_hand_reopened(struct meeting *meeting, const struct turn *turn);

/* The step of the ledger says whether all lines of the checklist are ticked at a site. */
void mtg_sign_checklist(struct meeting *meeting, int site, const struct mtg_record *record);

/* Count what a site has done by itself towards its pace. */
void mtg_note_pace(struct meeting *meeting, const struct mtg_record *record);

/* Nobody of the roll is called any more. */
static inline void mtg_roll_interrupted(struct meeting *meeting)
{
	meeting->core.roll.site = MTG_NONE;
}

/*
 * A take begins: remember, for an undo, what it changes of this turn and of the one replaced, if
 * any.
 */
void mtg_undo_remember(struct meeting *meeting, int turn, int replaced);
#endif
