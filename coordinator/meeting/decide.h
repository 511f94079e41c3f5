/*
 * Private: deciding. One mtg_decide_ function per command, in the file of its area; decide.c
 * chooses. Each returns 0 or a positive refusal; what it emitted before a refusal is forgotten.
 */
#ifndef DIEMCAU_MEETING_DECIDE_H
#define DIEMCAU_MEETING_DECIDE_H

#include "coordinator/meeting/state.h"

struct deciding {
	const struct meeting *meeting;
	const struct mtg_order *order;
	struct now now; /* at is never before the last record */
	struct mtg_batch *batch;
};

/* The next event of the batch, zeroed and stamped, for the caller to fill. */
struct event *mtg_emit(struct deciding *d, enum event_name name);
bool mtg_has_room(const struct deciding *d);

/* An optional text of a command into the event that repeats it. */
#define OPTIONAL_COPY(to, from, field)                                                             \
	do {                                                                                       \
		(to)->has_##field = (from)->has_##field;                                           \
		if ((from)->has_##field) {                                                         \
			TEXT_COPY((to)->field, (from)->field);                                     \
		}                                                                                  \
	} while (0)

/* 0 or not_found. */
int mtg_need_site(const struct deciding *d, const char *id, int *ret_site);
int mtg_need_item(const struct deciding *d, const char *id, int *ret_item);
int mtg_need_list(const struct deciding *d, const char *id, int *ret_list);
int mtg_need_turn(const struct deciding *d, const char *id, int *ret_turn);

/* Rights and revisions, before any command is looked at. */
int mtg_check_rights(const struct meeting *meeting, const struct mtg_order *order);
int mtg_check_revision(const struct meeting *meeting, const struct mtg_order *order);
/* Is what a site wants to be read by others fit to be shown? 0 or invalid. */
int mtg_check_words(const struct mtg_order *order);
/* After: 0, or too_soon where a site has done too much by itself lately. */
int mtg_check_pace(const struct deciding *d);

int mtg_decide_meeting_create(struct deciding *d);
int mtg_decide_meeting_assemble(struct deciding *d);
int mtg_decide_meeting_open(struct deciding *d);
int mtg_decide_meeting_close(struct deciding *d);
int mtg_decide_meeting_reopen(struct deciding *d);
int mtg_decide_message_send(struct deciding *d);
int mtg_decide_relay_link(struct deciding *d);
int mtg_decide_clock_resume(struct deciding *d);

int mtg_decide_site_add(struct deciding *d);
int mtg_decide_site_link(struct deciding *d);
int mtg_decide_site_spare(struct deciding *d);
int mtg_decide_site_promote(struct deciding *d);
int mtg_decide_site_media(struct deciding *d);
int mtg_decide_site_observe(struct deciding *d);
int mtg_decide_site_bar(struct deciding *d);
int mtg_decide_site_sign(struct deciding *d);
int mtg_decide_site_mute(struct deciding *d);

int mtg_decide_item_insert(struct deciding *d);
int mtg_decide_item_start(struct deciding *d);
int mtg_decide_item_finish(struct deciding *d);
int mtg_decide_item_skip(struct deciding *d);
int mtg_decide_item_move(struct deciding *d);
int mtg_decide_item_extend(struct deciding *d);
/* The active item, if any, ends as part of something else. */
void mtg_emit_item_finished(struct deciding *d);

int mtg_decide_list_add(struct deciding *d);
int mtg_decide_turn_add(struct deciding *d);
int mtg_decide_turn_request(struct deciding *d);
int mtg_decide_turn_approve(struct deciding *d);
int mtg_decide_turn_move(struct deciding *d);
int mtg_decide_turn_withdraw(struct deciding *d);
int mtg_decide_turn_cue(struct deciding *d);
int mtg_decide_turn_uncue(struct deciding *d);
int mtg_decide_turn_acknowledge(struct deciding *d);
int mtg_decide_turn_absent(struct deciding *d);
int mtg_decide_turn_skip(struct deciding *d);
int mtg_decide_turn_restore(struct deciding *d);
void mtg_emit_uncued(struct deciding *d);
/* Whether hands that came to nothing are to be forgotten; forget them, as far as there is room. */
bool mtg_hands_due(const struct meeting *meeting);
void mtg_settle_hands(struct deciding *d);
/* For check.c: what is counted of them is so. */
bool mtg_hands_counted(const struct meeting *meeting);

int mtg_decide_floor_take(struct deciding *d);
int mtg_decide_floor_release(struct deciding *d);
int mtg_decide_floor_interrupt(struct deciding *d);
int mtg_decide_floor_resume(struct deciding *d);
int mtg_decide_floor_undo(struct deciding *d);
int mtg_decide_floor_extend(struct deciding *d);
void mtg_emit_interrupted(struct deciding *d, int turn, enum interrupt_cause cause);

int mtg_decide_mic_lock(struct deciding *d);
int mtg_decide_mic_lock_all(struct deciding *d);
int mtg_decide_mic_open_venue(struct deciding *d);
int mtg_decide_scene_override(struct deciding *d);
int mtg_decide_scene_follow(struct deciding *d);
int mtg_decide_content_show(struct deciding *d);

int mtg_decide_alarm_acknowledge(struct deciding *d);
void mtg_emit_alarm(struct deciding *d, enum alarm_kind kind, int site, int turn);
/* Raise and clear what is due, as far as the batch has room. */
void mtg_settle_alarms(struct deciding *d);
int mtg_decide_tick(struct deciding *d);

/* Whether a change of alarms (timers) lies ahead, and when. */
bool mtg_alarms_due(const struct meeting *meeting, struct instant *ret_due);
bool mtg_timers_due(const struct meeting *meeting, struct instant *ret_due);
void mtg_settle_timers(struct deciding *d);

/* A value of one of our enums, END being one more than its last. */
static inline bool is_word(int value, int end)
{
	return value > 0 && value < end;
}

/* A planned span a person may ask for: from 0 to a day. */
enum { PLANNED_SPAN_MAX_MS = 24 * 3600 * 1000 };

static inline bool is_planned_span(struct span span)
{
	return span.ms >= 0 && span.ms <= PLANNED_SPAN_MAX_MS;
}

#endif
