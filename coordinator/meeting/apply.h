/*
 * Private: applying. One mtg_apply_ function per event, in the file of its area; apply.c chooses.
 * They cannot fail: an event in the journal was decided once, against this very state.
 */
#ifndef DIEMCAU_MEETING_APPLY_H
#define DIEMCAU_MEETING_APPLY_H

#include "coordinator/meeting/state.h"

/* Move a value of an order of n just before another, to the end for MTG_NONE. */
void mtg_order_move(int16_t *order, size_t n, int value, int before);

/* The list of this turn changed, for those who would change it too. */
static inline void mtg_list_changed(
	struct meeting *meeting, const struct turn *turn, const struct mtg_record *record)
{
	meeting->lists[turn->list].revision = record->seq;
}

/* A finished item is active again. */
void mtg_item_again(struct meeting *meeting, int item);

void mtg_apply_meeting_created(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_meeting_assembled(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_meeting_opened(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_meeting_closed(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_meeting_reopened(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_message_sent(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_relay_linked(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_clock_resumed(struct meeting *meeting, const struct mtg_record *record);

void mtg_apply_site_added(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_site_linked(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_site_spared(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_site_promoted(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_site_media_changed(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_site_observed(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_site_barred(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_site_signed(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_site_muted(struct meeting *meeting, const struct mtg_record *record);

void mtg_apply_item_added(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_item_started(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_item_finished(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_item_skipped(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_item_moved(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_item_extended(struct meeting *meeting, const struct mtg_record *record);

void mtg_apply_list_added(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_added(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_approved(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_moved(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_withdrawn(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_cued(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_uncued(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_acknowledged(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_absent(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_skipped(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_restored(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_turn_forgotten(struct meeting *meeting, const struct mtg_record *record);

/* This turn has been taken off; it is about to wait again. Both count hands that came to nothing.
 */
void mtg_hand_finished(struct meeting *meeting, const struct turn *turn);
void mtg_hand_again(struct meeting *meeting, const struct turn *turn);
/* The id of one turn is nobody's any more; the last turn takes its index. */
void mtg_turn_ids_leave(struct meeting *meeting, int gone, int last);

/* Whatever a site has done by itself counts for its pace. */
void mtg_note_pace(struct meeting *meeting, const struct mtg_record *record);

/* A take begins: what it changes of this turn, and of the one replaced if any, can come back. */
void mtg_undo_remember(struct meeting *meeting, int turn, int replaced);
void mtg_apply_floor_taken(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_floor_released(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_floor_interrupted(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_floor_resumed(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_floor_undone(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_floor_extended(struct meeting *meeting, const struct mtg_record *record);

void mtg_apply_timer_warned(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_timer_overran(struct meeting *meeting, const struct mtg_record *record);

void mtg_apply_mic_locked(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_mic_all_locked(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_mic_venue_opened(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_scene_overridden(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_scene_followed(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_content_shown(struct meeting *meeting, const struct mtg_record *record);

void mtg_apply_alarm_raised(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_alarm_acknowledged(struct meeting *meeting, const struct mtg_record *record);
void mtg_apply_alarm_cleared(struct meeting *meeting, const struct mtg_record *record);

#endif
