/*
 * Private: what proto/schema declares of each command (`x-command`) and of each event (`x-event`):
 * one row each, in gen/declarations.c. All authorisation stands in these rows. rights.c reads who
 * may ask and see, conflicts.c which areas a command touches, plain_text.c and site_pace.c what a
 * site's commands are checked for.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_DECLARATIONS_H
#define DIEMCAU_COORDINATOR_MEETING_DECLARATIONS_H

#include <string.h>

#include "domain_msg.h"

/* Where a member of a command or event stands. */
struct member {
	uint32_t offset; /* 0: there is no such member */
	uint32_t flag; /* of the bool that tells whether the member counts; 0: it always does */
};

/* Which of its own objects a site acts on. */
enum own {
	OWN_NOTHING,
	OWN_SITE, /* itself: `object` is a site */
	OWN_TURN, /* `object` is a turn of it */
};

/* The areas a command touches, as bits; each area has a revision. */
enum area {
	AREA_AGENDA = 1 << 0,
	AREA_FLOOR = 1 << 1,
	AREA_SCENE = 1 << 2,
	AREA_MICROPHONES = 1 << 3,
	AREA_SITE = 1 << 4, /* the site that `place` names */
	AREA_LIST = 1 << 5, /* the speaking list that `place` names */
	AREA_TURN_LIST = 1 << 6, /* the speaking list of the turn that `place` names */
};

enum { DECLARED_TEXTS_MAX = 4 };

struct command_declaration {
	uint16_t by; /* who may ask: bits 1 << role */
	enum own own;
	struct member object;
	struct member word; /* a site may set this member only to `words`: bits 1 << word */
	uint32_t words;
	struct member on_air; /* a site may set this bool only while it is on air */
	struct member texts[DECLARED_TEXTS_MAX]; /* what a site writes for others to read */
	uint32_t areas;
	struct member place;
};

struct event_declaration {
	uint16_t seen_by; /* bits 1 << role */
	struct member about; /* among sites, only the one named here sees it */
	bool unpaced; /* does not count for the pace of a site */
	struct member noted_item; /* the minutes show `note` under the item named here */
	struct member note;
};

extern const struct command_declaration mtg_commands[CMD_END];
extern const struct event_declaration mtg_events[EV_END];

/* The text of a member of a command or event; NULL where there is none. */
static inline const char *member_text(const void *of, struct member member)
{
	const char *base = of;
	bool counts = true;

	if (member.flag != 0) {
		memcpy(&counts, base + member.flag, sizeof(counts));
	}
	return member.offset != 0 && counts ? base + member.offset : NULL;
}

/* The word of an enum; 0 where there is none. */
static inline int member_word(const void *of, struct member member)
{
	int word = 0;

	if (member.offset != 0) {
		memcpy(&word, (const char *)of + member.offset, sizeof(word));
	}
	return word;
}

/* A bool; false where there is none. */
static inline bool member_set(const void *of, struct member member)
{
	bool set = false;

	if (member.offset != 0) {
		memcpy(&set, (const char *)of + member.offset, sizeof(set));
	}
	return set;
}

#endif
