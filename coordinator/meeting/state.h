/*
 * Private: the whole state. Only mtg_apply_* functions write it. Everything is addressed by index;
 * all of it is zero or MTG_NONE at first, and texts are filled up with zeroes, so that two folds of
 * the same journal are equal byte for byte.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_STATE_H
#define DIEMCAU_COORDINATOR_MEETING_STATE_H

#include <assert.h>

#include "coordinator/meeting/acts.h"
#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/alarms.h"
#include "coordinator/meeting/bell.h"
#include "coordinator/meeting/checklist.h"
#include "coordinator/meeting/direction.h"
#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/film.h"
#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/handouts.h"
#include "coordinator/meeting/lectern.h"
#include "coordinator/meeting/messages.h"
#include "coordinator/meeting/opinions.h"
#include "coordinator/meeting/ready_check.h"
#include "coordinator/meeting/registration.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/scene.h"
#include "coordinator/meeting/talkback.h"
#include "coordinator/meeting/tasks.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/meeting/votes.h"

enum { SITE_SLOTS = 16384, ITEM_SLOTS = 1024, LIST_SLOTS = 128, TURN_SLOTS = 4096 };

static_assert(SITE_SLOTS >= 2 * SITES_MAX && ITEM_SLOTS >= 2 * ITEMS_MAX, "slots");
static_assert(LIST_SLOTS >= 2 * LISTS_MAX && TURN_SLOTS >= 2 * TURNS_MAX, "slots");

/* The seq of the last change of each area, for revision checks. */
struct revisions {
	int64_t agenda;
	int64_t floor;
	int64_t scene;
	int64_t microphones;
	int64_t roster;
	int64_t documents;
	int64_t checklist;
	int64_t tasks;
	int64_t votes;
	int64_t acts;
	int64_t handouts;
	int64_t messages;
	int64_t opinions;
	int64_t registration_terms;
};

/* All of the state that is not a table: compared whole. */
struct core {
	int64_t seq;
	struct instant at; /* of the last record */
	struct about about;
	struct relay relay;
	uint32_t alarms; /* bit 1 << kind for every open alarm that is about no site */
	struct floor floor;
	struct scene_control scene;
	struct talkback talkback;
	struct direction direction;
	struct roll_call roll;
	struct ready_check ready;
	struct line_test line_test;
	struct bell bell;
	struct lectern lectern;
	struct film film;
	struct revisions revisions;
	int main_venue;
	int active_item;
	int open_vote;
	int closing_item; /* finished by closing the meeting: reopening makes it active again */
	uint64_t alarms_raised;
	uint64_t turn_number; /* at least the last one used in a turn's id */
	size_t finished_hands; /* see finished_hands.c */
	size_t crowded_sites; /* sites with more finished hands than a site may have */
	size_t n_sites;
	size_t n_items;
	size_t n_lists;
	size_t n_turns;
	size_t n_alarms;
	size_t n_messages;
	uint64_t message_slots; /* bit 1 << slot for every message that is kept */
	size_t n_acts;
	size_t n_documents;
	size_t n_checks;
	size_t n_tasks;
	size_t n_votes;
	size_t n_ballots;
	size_t n_vote_remarks;
	size_t n_received;
	size_t n_handouts;
	size_t n_opinions;
};

struct meeting {
	struct core core;
	struct speaking_list lists[LISTS_MAX];
	int16_t item_order[ITEMS_MAX];
	int16_t turn_order[TURNS_MAX];
	int16_t site_slots[SITE_SLOTS];
	int16_t item_slots[ITEM_SLOTS];
	int16_t list_slots[LIST_SLOTS];
	int16_t turn_slots[TURN_SLOTS];
	int16_t numbers[SITE_NUMBER_MAX + 1]; /* site index + 1 by site number */
	struct message messages[MESSAGES_KEPT_MAX]; /* the oldest first */
	struct alarm alarms[ALARMS_MAX];
	struct act acts[ACTS_MAX]; /* those of an item in their order */
	struct owed_document documents[DOCUMENTS_MAX]; /* in the order they were added */
	struct check checks[CHECKS_MAX]; /* the same */
	struct task tasks[TASKS_MAX]; /* the same */
	struct vote votes[VOTES_MAX];
	struct ballot ballots[BALLOTS_MAX];
	struct vote_remark vote_remarks[VOTE_REMARKS_MAX];
	struct received_document received[RECEIVED_MAX]; /* in the order they came */
	struct handout handouts[HANDOUTS_MAX]; /* in the order they were offered */
	struct opinion opinions[OPINIONS_MAX]; /* in the order they were given */
	struct item items[ITEMS_MAX];
	struct turn turns[TURNS_MAX];
	struct site sites[SITES_MAX];
	struct site_ticks site_ticks[SITES_MAX]; /* of the site at the same index */
	struct registration registrations[SITES_MAX]; /* the same */
};

static inline bool is_under_way(const struct meeting *meeting)
{
	return meeting->core.about.state == MEETING_STATE_ASSEMBLING ||
	       meeting->core.about.state == MEETING_STATE_LIVE;
}

static inline bool is_live(const struct meeting *meeting)
{
	return meeting->core.about.state == MEETING_STATE_LIVE;
}

/* People may talk off air: before the opening, and in the debrief after the closing. */
static inline bool mtg_may_talk(const struct meeting *meeting)
{
	return meeting->core.about.state == MEETING_STATE_ASSEMBLING || meeting->core.about.debrief;
}

/* Not closed: items and turns may be planned. */
static inline bool is_open(const struct meeting *meeting)
{
	return meeting->core.about.state == MEETING_STATE_DRAFT || is_under_way(meeting);
}

/* People are out of the hall, and what they say to each other is their own affair. */
static inline bool mtg_is_pause(enum item_kind kind)
{
	return kind == ITEM_KIND_RECEPTION || kind == ITEM_KIND_BREAK;
}

/* Not started, or not finished. */
static inline bool is_upcoming(const struct turn *turn)
{
	return turn->state == TURN_STATE_WAITING || turn->state == TURN_STATE_CUED ||
	       turn->state == TURN_STATE_INTERRUPTED;
}

/* Its site is barred, or the one where its telephone comes in. */
static inline bool mtg_turn_is_barred(const struct meeting *meeting, const struct turn *turn)
{
	return meeting->sites[turn->site].barred || meeting->sites[mtg_turn_input(turn)].barred;
}

/* Its content may be shown. */
static inline bool mtg_has_content(const struct site *site)
{
	return site->has_content && !site->barred && !site->removed;
}

/* Some item that is pending or active has this list; without one item, or MTG_NONE. */
bool mtg_list_is_open(const struct meeting *meeting, int list, int without);
/* The active item has this list. */
bool mtg_list_is_active(const struct meeting *meeting, int list);

#endif
