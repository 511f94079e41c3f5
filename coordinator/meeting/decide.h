/*
 * Private: deciding. One mtg_decide_ function per command, in the file of its area; gen/handlers.h
 * declares and chooses them. Each returns 0 or a positive refusal; events emitted before a refusal
 * are discarded.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_DECIDE_H
#define DIEMCAU_COORDINATOR_MEETING_DECIDE_H

#include "coordinator/meeting/emit.h"
#include "coordinator/meeting/gen/handlers.h"
#include "coordinator/meeting/lookup.h"

/* Rights and revisions, before any command is looked at. */
int mtg_check_rights(const struct meeting *meeting, const struct mtg_command *command);
int mtg_check_revision(const struct meeting *meeting, const struct mtg_command *command);
/* Whether texts of a site are fit to be shown to others: 0 or invalid. */
int mtg_check_plain_text(const struct mtg_command *command);
bool mtg_is_plain_text(const char *text);
/* After deciding: 0, or too_soon where a site exceeds its pace. */
int mtg_check_pace(const struct deciding *d);

/* Whether a turn may be cued: 0, or why not. */
int mtg_check_cue(const struct deciding *d, const struct turn *turn);

/* The lists of an item: each exists and is named once. 0, not_found or invalid. */
int mtg_check_lists(const struct deciding *d, const char lists[][LIST_ID_SIZE], size_t n);

/* An id that no turn has had yet. */
void mtg_next_turn_id(const struct meeting *meeting, char *ret_id);
/* Of a turn whose origin is said already: its class, where the origin does not say it. */
void mtg_say_class(struct ev_turn_added *out, enum turn_class class);
/* Of a turn whose list, origin and class are said: before those that wait and come after it. */
void mtg_place_by_class(const struct meeting *meeting, struct ev_turn_added *out);
/* A film may have this name, in an item of this kind: 0 or invalid. No name is right anywhere. */
int mtg_check_film(enum item_kind kind, const char *name);
/* The active item ends, and no turn of it is next any more. */
void mtg_emit_active_item_over(struct deciding *d);

/* Whether finished hands are to be removed; remove them, as far as the batch has room. */
bool mtg_finished_hands_due(const struct meeting *meeting);
void mtg_remove_finished_hands(struct deciding *d);
/* For invariants.c: the counts of finished hands are right. */
bool mtg_finished_hands_are_counted(const struct meeting *meeting);

/*
 * The scene follows the floor again where it was set by hand to what can no longer be shown: a
 * source of this site (SOURCE_NAME_UNSET: any), or two cameras beside another main venue.
 */
void mtg_emit_scene_without(struct deciding *d, int site, enum source_name source);
void mtg_emit_scene_beside(struct deciding *d, int main_venue);

/* Whether a step has at most one deadline, and each a day. */
bool mtg_is_preparation(const struct preparation *preparation);
/* Whether there are no more ready phrases than fit, and none is empty. */
bool mtg_are_phrases(const struct ready_phrases *phrases);
/* Whether the terms of registration name categories, each once, and at most one quorum. */
bool mtg_are_registration_terms(const struct registration_terms *terms);
/* Whether a preparation leaves the categories that sites have counted in their places. */
bool mtg_terms_may_follow(const struct meeting *meeting, const struct preparation *next);

void mtg_emit_alarm(struct deciding *d, enum alarm_kind kind, int site, int turn);
/* Raise and clear what is due, as far as the batch has room. */
void mtg_settle_alarms(struct deciding *d);

/* Whether a change of alarms (timers) is due later, and when. */
bool mtg_alarms_due(const struct meeting *meeting, struct instant *ret_due);
bool mtg_timers_due(const struct meeting *meeting, struct instant *ret_due);
void mtg_settle_timers(struct deciding *d);

/* The same of the ready check, which ends by itself. */
bool mtg_ready_due(const struct meeting *meeting, struct instant *ret_due);
void mtg_settle_ready(struct deciding *d);
/* Likewise of the line test. */
bool mtg_line_test_due(const struct meeting *meeting, struct instant *ret_due);
void mtg_settle_line_test(struct deciding *d);

/* And of the bell. */
bool mtg_bell_due(const struct meeting *meeting, struct instant *ret_due);
void mtg_settle_bell(struct deciding *d);

/* A site that staff would call aloud: 0 with its index, or why it cannot be called. */
int mtg_check_called(const struct meeting *meeting, const char *id, int *ret_site);
/* Neither its program nor its media are there: nobody would hear a call. */
bool mtg_is_gone(const struct site *site);

/* A value of one of our enums, END being one more than its last. */
static inline bool is_word(int value, int end)
{
	return value > 0 && value < end;
}

/* A planned span within what a command may ask: 0 to a day. */
enum { PLANNED_SPAN_MAX_MS = 24 * 3600 * 1000 };

static inline bool is_planned_span(struct span span)
{
	return span.ms >= 0 && span.ms <= PLANNED_SPAN_MAX_MS;
}

#endif
