/*
 * A stage for tests of the meeting core: a meeting, two clocks that stand still unless told, and
 * short ways to give orders. Every order given is checked: invariants, numbering, and that a
 * refusal changes nothing.
 *
 * The usual play (stage_rehearse): main venue `hn`, remote sites `a` to `d` (`a` has content),
 * lists `talks` and `hall`, items `open`, `talks` (list talks), `pause` (a break), `more` (talks,
 * hall) and `end`; turns `a1` `b1` `c1` and `v1` (at hn) on talks, `d1` on hall, 5 minutes each.
 */
#ifndef DIEMCAU_TESTS_UNIT_MEETING_STAGE_H
#define DIEMCAU_TESTS_UNIT_MEETING_STAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/meeting/acts.h"
#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/alarms.h"
#include "coordinator/meeting/checklist.h"
#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/film.h"
#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/forecast.h"
#include "coordinator/meeting/meeting.h"
#include "coordinator/meeting/messages.h"
#include "coordinator/meeting/readiness.h"
#include "coordinator/meeting/registration.h"
#include "coordinator/meeting/rights.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/scene.h"
#include "coordinator/meeting/talkback.h"
#include "coordinator/meeting/tasks.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/meeting/votes.h"

enum { MINUTE_MS = 60000 };

struct stage {
	struct meeting *meeting;
	struct now now;
	struct mtg_command command; /* the next to give */
	struct mtg_batch batch; /* of the last given */
	struct mtg_record *journal; /* where to keep every event, or NULL; the caller's */
	size_t n_journal;
	size_t journal_max;
	bool rehearsal; /* what stage_meeting begins is one */
};

struct stage *stage_create(void);
void stage_destroy(struct stage *stage);

/* Begin an order: zeroed, by this role (sites: see stage_by_site). */
struct command *stage_begin(struct stage *stage, enum role role, enum command_name name);
void stage_by_site(struct stage *stage, const char *site);
/* Something written wherever a command has to have a text of no form and has none yet. */
void stage_write(struct command *command);
/* Give it: decide, apply, check. The refusal, or 0. */
int stage_give(struct stage *stage);
/* An order whose first argument is an id and that needs no other. */
int stage_do(struct stage *stage, enum role role, enum command_name name, const char *id);
int stage_op(struct stage *stage, enum command_name name, const char *id);
/* By a site, about itself or its own turn. */
int stage_site(struct stage *stage, const char *site, enum command_name name, const char *id);

/* Let time pass, with a tick whenever one is due. */
void stage_pass(struct stage *stage, int64_t ms);
/* Ticks that are due now. */
void stage_settle(struct stage *stage);
/* Let time pass and nobody look. */
void stage_sleep(struct stage *stage, int64_t ms);

void stage_meeting(struct stage *stage, uint32_t speed);
void stage_add_site(struct stage *stage, const char *id, uint32_t number, bool has_content);
void stage_add_player(struct stage *stage, const char *id, uint32_t number);
void stage_add_list(struct stage *stage, const char *id);
void stage_add_item(struct stage *stage, const char *id, enum item_kind kind, const char *list,
	const char *list2);
void stage_add_turn(struct stage *stage, const char *id, const char *list, const char *site,
	int64_t allowance_ms);
/* An award of this item. */
void stage_add_act(struct stage *stage, const char *id, const char *item);
void stage_link(struct stage *stage, const char *site, enum link_state link);
void stage_media(struct stage *stage, const char *site, enum media_state media);
void stage_observe(struct stage *stage, const char *site, enum sign sign, bool present);
void stage_relay(struct stage *stage, enum link_state link);
int stage_mute(struct stage *stage, const char *site, bool muted);
int stage_bar(struct stage *stage, const char *site, bool barred);
int stage_extend(struct stage *stage, const char *turn, int64_t by_ms);
/* turn.edit of its unit, or its site; NULL leaves it as it is. */
int stage_edit_turn(struct stage *stage, const char *turn, const char *unit, const char *site);
/* The main venue to all where site is NULL, else with this site called. */
int stage_talkback(struct stage *stage, const char *site, bool private);
int stage_mark(struct stage *stage, const char *site, enum talkback_answer answer);
/* A vote with the options `Tán thành` and `Không tán thành`. */
int stage_add_vote(struct stage *stage, const char *id, enum vote_method method);
/* What a site has counted, by an operator; `yes` and `no` hands of those `present`. */
int stage_count(struct stage *stage, const char *vote, const char *site, uint32_t present,
	uint32_t yes, uint32_t no);
/* The same, put right. */
int stage_recount(struct stage *stage, const char *vote, const char *site, uint32_t present,
	uint32_t yes, uint32_t no);
/* One ballot by name, by an operator. */
int stage_ballot(struct stage *stage, const char *vote, const char *site, const char *voter,
	uint32_t choice);
int stage_show(struct stage *stage, const char *site, bool shown);

/* The usual play in draft; assembling with everybody there; live; live in item `talks`. */
void stage_rehearse(struct stage *stage);
void stage_assemble(struct stage *stage);
void stage_go_live(struct stage *stage);
void stage_start_talks(struct stage *stage);

enum turn_state stage_turn(const struct stage *stage, const char *id);
enum item_state stage_item(const struct stage *stage, const char *id);
enum vote_state stage_vote(const struct stage *stage, const char *id);
int stage_index(const struct stage *stage, const char *site);
enum tally stage_tally(const struct stage *stage, const char *site);
bool stage_heard(const struct stage *stage, const char *site);
/* The id of the turn on air (cued), or "". */
const char *stage_on_air(const struct stage *stage);
const char *stage_cued(const struct stage *stage);
bool stage_alarm(const struct stage *stage, enum alarm_kind kind, const char *site);
/* Whether the last batch has this event, and which. */
const struct event *stage_event(const struct stage *stage, enum event_name name);

#define assert_id(a, b) assert_string_equal((a), (b))

/* A file as the record holds it, the same each time. */
void stage_fill_file(struct meeting_file *ret);

#endif
