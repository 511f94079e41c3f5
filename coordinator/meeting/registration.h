/*
 * Registration of each site, and attendance: how many delegates of which category it expects, and
 * how many have come. Counts alone are state; people by name are kept beside the journal
 * (coordinator/people), and the state holds the digest under which they are. Its functions are in
 * registration.c, registration_terms.c and attendance.c.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_REGISTRATION_H
#define DIEMCAU_COORDINATOR_MEETING_REGISTRATION_H

#include "coordinator/meeting/meeting.h"

enum { CATEGORIES_MAX = REGISTRATION_TERMS_CATEGORIES_MAX };

/* Of one site; counts by the place of their category in the terms. */
struct registration {
	int64_t revision; /* seq of its last change; 0: none ever */
	bool registered;
	bool late; /* it first came after its deadline */
	struct stamp wall; /* of the last registration */
	struct actor by;
	uint32_t expected[CATEGORIES_MAX];
	uint32_t named; /* delegates who are named */
	char people[CONTENT_DIGEST_SIZE]; /* "" where none were ever given */
	bool attended;
	struct stamp attended_wall; /* of the last word on who has come */
	struct actor attended_by;
	uint32_t present[CATEGORIES_MAX]; /* in the hall of the site */
	uint32_t online[CATEGORIES_MAX];
	uint32_t absent[CATEGORIES_MAX];
	char reason[NOTE_SIZE]; /* why some are absent; "" where nobody said */
};

/* NULL: sites do not register. */
const struct registration_terms *mtg_registration_terms(const struct meeting *meeting);
/* The seq of the last change of the terms; 0: there never were any. */
int64_t mtg_registration_terms_revision(const struct meeting *meeting);
const struct registration *mtg_registration(const struct meeting *meeting, int site);
/* May a site register, and say who has come, as the meeting stands? */
bool mtg_may_register(const struct meeting *meeting);
bool mtg_may_attend(const struct meeting *meeting);

/* ---- people by name, as `delegates` of site_people has them ---- */

enum delegate_field {
	DELEGATE_CATEGORY,
	DELEGATE_NAME,
	DELEGATE_POST,
	DELEGATE_UNIT,
	DELEGATE_SEAT,
	DELEGATE_PRESENCE,
	DELEGATE_REASON,
	DELEGATE_FIELDS
};

/* A line; the texts are parts of it and end at their length. */
struct named_delegate {
	const char *text[DELEGATE_FIELDS];
	size_t length[DELEGATE_FIELDS];
	size_t n_fields; /* on the line, also where there are too many */
};

/* The next line that is not empty, from *at on. False: there is none left. */
bool mtg_next_delegate(const char **at, struct named_delegate *ret);

/* ---- all sites together ---- */

struct attendance_sum {
	uint64_t expected, present, online, absent;
};

struct attendance {
	size_t sites; /* of which it is expected: on the roster, and no player of films */
	size_t registered;
	size_t attended;
	struct attendance_sum categories[CATEGORIES_MAX];
	struct attendance_sum all;
	uint64_t quorum; /* delegates who must be there; 0: the plan has none */
	bool reached;
};

/* Zeroes *ret first. */
void mtg_attendance(const struct meeting *meeting, struct attendance *ret);

#endif
