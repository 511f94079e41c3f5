/*
 * The roster: every site that is expected, with its three separate facts link, media and barred. A
 * closed connection never removes a site. An operator may: then it is marked removed, keeps its
 * index and its number, and may be brought back.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_ROSTER_H
#define DIEMCAU_COORDINATOR_MEETING_ROSTER_H

#include "coordinator/meeting/line_test.h"
#include "coordinator/meeting/meeting.h"
#include "coordinator/meeting/pace.h"
#include "coordinator/meeting/roll_call.h"

/* One step of the readiness ledger. */
struct readiness_mark {
	bool done;
	struct instant at;
	struct stamp wall;
	struct actor by;
	char evidence[NOTE_SIZE]; /* "" where none was given */
};

struct site {
	char id[SITE_ID_SIZE];
	uint32_t number; /* on the media plane */
	enum site_kind kind;
	bool has_content;
	bool removed; /* nothing of it is to come, and nothing is measured */

	enum link_state link;
	struct instant link_since; /* of the last change; 0 while absent */
	enum media_state media;
	struct instant media_since;
	bool barred;

	bool locked; /* its microphone, by mic.lock alone; see mtg_is_locked */
	struct instant locked_since; /* of the last change */
	bool muted; /* its local switch */
	struct instant muted_since;
	enum talkback_answer talkback_answer; /* when it was called last; unset: never marked */
	enum ready_mark ready; /* in the latest ready check; unset: not asked */
	struct roll_entry roll;
	struct line_entry line;
	bool spare; /* a second instance waits */
	bool posted; /* its technician on duty is at the post */
	struct instant posted_since; /* of the last change */
	struct span moved_on; /* spoken here in turns that were moved to another site since */
	size_t finished_hands; /* see finished_hands.c */
	struct pace pace; /* of its own commands */

	bool signs[SIGN_END];
	struct instant signs_since[SIGN_END]; /* of the last change */
	uint32_t alarms; /* bit 1 << kind for every open alarm of this site */
	uint64_t missed_votes; /* bit 1 << index for each vote that ended without it */
	uint64_t read_messages; /* bit 1 << slot for each message of the centre that it has read */
	int64_t revision; /* seq of the last change that a command about this site must have seen */

	char name[NAME_SIZE];
	char short_code[SHORT_CODE_SIZE];
	char region[REGION_SIZE];
	char documents_due[41]; /* YYYY-MM-DD, checked; "" without one */
	char venue[SITE_VENUE_SIZE]; /* "" where not known, like the next two */
	char contact[SITE_CONTACT_SIZE];
	char chair[SITE_CHAIR_SIZE];
	char instance[INSTANCE_ID_SIZE]; /* "" before the first */
	char spare_instance[INSTANCE_ID_SIZE];
	char address[NETWORK_ADDRESS_SIZE];
	struct readiness_mark steps[READINESS_STEP_END];
};

/* With those that were removed. */
size_t mtg_site_count(const struct meeting *meeting);
/* index < mtg_site_count, in the order they were added; it may have been removed. */
const struct site *mtg_site(const struct meeting *meeting, int index);
/* On the roster: NULL if there is none, or it was removed. */
const struct site *mtg_site_by_id(const struct meeting *meeting, const char *id);
const struct site *mtg_site_by_number(const struct meeting *meeting, uint32_t number);
/* Also one that was removed: NULL if there never was one. */
const struct site *mtg_site_ever(const struct meeting *meeting, const char *id);
int mtg_site_index(const struct meeting *meeting, const struct site *site);
/* The seq of the last site that was added or removed. */
int64_t mtg_roster_revision(const struct meeting *meeting);
/* Index of the main venue, or MTG_NONE. */
int mtg_main_venue(const struct meeting *meeting);
/* A place where people are; the player of films is none. */
static inline bool mtg_is_venue(const struct site *site)
{
	return site->kind != SITE_KIND_PLAYER;
}

#endif
