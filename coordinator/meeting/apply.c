/*
 * Applying: the only writer of the state. To add an event, write its mtg_apply_ function in the
 * file of its area and name it in `dispatch`; the compiler asks for it.
 */
#include "coordinator/meeting/apply.h"

#include <string.h>

void mtg_order_move(int16_t *order, size_t n, int value, int before)
{
	size_t from = 0, to = 0;

	while (order[from] != value) {
		from++;
	}
	memmove(&order[from], &order[from + 1], (n - from - 1) * sizeof(*order));
	while (to < n - 1 && order[to] != before) {
		to++;
	}
	memmove(&order[to + 1], &order[to], (n - 1 - to) * sizeof(*order));
	order[to] = (int16_t)value;
}

/* One line each, and no default: the compiler names what is missing. */
/* clang-format off */
static void dispatch(struct meeting *meeting, const struct mtg_record *record)
{
	switch (record->event.name) {
	case EV_UNSET: break;
	case EV_MEETING_CREATED: mtg_apply_meeting_created(meeting, record); break;
	case EV_MEETING_ASSEMBLED: mtg_apply_meeting_assembled(meeting, record); break;
	case EV_MEETING_OPENED: mtg_apply_meeting_opened(meeting, record); break;
	case EV_MEETING_CLOSED: mtg_apply_meeting_closed(meeting, record); break;
	case EV_MEETING_REOPENED: mtg_apply_meeting_reopened(meeting, record); break;
	case EV_SITE_ADDED: mtg_apply_site_added(meeting, record); break;
	case EV_SITE_LINKED: mtg_apply_site_linked(meeting, record); break;
	case EV_SITE_SPARED: mtg_apply_site_spared(meeting, record); break;
	case EV_SITE_PROMOTED: mtg_apply_site_promoted(meeting, record); break;
	case EV_SITE_MEDIA_CHANGED: mtg_apply_site_media_changed(meeting, record); break;
	case EV_SITE_OBSERVED: mtg_apply_site_observed(meeting, record); break;
	case EV_SITE_BARRED: mtg_apply_site_barred(meeting, record); break;
	case EV_SITE_SIGNED: mtg_apply_site_signed(meeting, record); break;
	case EV_SITE_MUTED: mtg_apply_site_muted(meeting, record); break;
	case EV_ITEM_ADDED: mtg_apply_item_added(meeting, record); break;
	case EV_ITEM_STARTED: mtg_apply_item_started(meeting, record); break;
	case EV_ITEM_FINISHED: mtg_apply_item_finished(meeting, record); break;
	case EV_ITEM_SKIPPED: mtg_apply_item_skipped(meeting, record); break;
	case EV_ITEM_MOVED: mtg_apply_item_moved(meeting, record); break;
	case EV_ITEM_EXTENDED: mtg_apply_item_extended(meeting, record); break;
	case EV_LIST_ADDED: mtg_apply_list_added(meeting, record); break;
	case EV_TURN_ADDED: mtg_apply_turn_added(meeting, record); break;
	case EV_TURN_APPROVED: mtg_apply_turn_approved(meeting, record); break;
	case EV_TURN_MOVED: mtg_apply_turn_moved(meeting, record); break;
	case EV_TURN_WITHDRAWN: mtg_apply_turn_withdrawn(meeting, record); break;
	case EV_TURN_CUED: mtg_apply_turn_cued(meeting, record); break;
	case EV_TURN_UNCUED: mtg_apply_turn_uncued(meeting, record); break;
	case EV_TURN_ACKNOWLEDGED: mtg_apply_turn_acknowledged(meeting, record); break;
	case EV_TURN_ABSENT: mtg_apply_turn_absent(meeting, record); break;
	case EV_TURN_SKIPPED: mtg_apply_turn_skipped(meeting, record); break;
	case EV_TURN_RESTORED: mtg_apply_turn_restored(meeting, record); break;
	case EV_TURN_FORGOTTEN: mtg_apply_turn_forgotten(meeting, record); break;
	case EV_FLOOR_TAKEN: mtg_apply_floor_taken(meeting, record); break;
	case EV_FLOOR_RELEASED: mtg_apply_floor_released(meeting, record); break;
	case EV_FLOOR_INTERRUPTED: mtg_apply_floor_interrupted(meeting, record); break;
	case EV_FLOOR_RESUMED: mtg_apply_floor_resumed(meeting, record); break;
	case EV_FLOOR_UNDONE: mtg_apply_floor_undone(meeting, record); break;
	case EV_FLOOR_EXTENDED: mtg_apply_floor_extended(meeting, record); break;
	case EV_TIMER_WARNED: mtg_apply_timer_warned(meeting, record); break;
	case EV_TIMER_OVERRAN: mtg_apply_timer_overran(meeting, record); break;
	case EV_MIC_LOCKED: mtg_apply_mic_locked(meeting, record); break;
	case EV_MIC_ALL_LOCKED: mtg_apply_mic_all_locked(meeting, record); break;
	case EV_MIC_VENUE_OPENED: mtg_apply_mic_venue_opened(meeting, record); break;
	case EV_SCENE_OVERRIDDEN: mtg_apply_scene_overridden(meeting, record); break;
	case EV_SCENE_FOLLOWED: mtg_apply_scene_followed(meeting, record); break;
	case EV_CONTENT_SHOWN: mtg_apply_content_shown(meeting, record); break;
	case EV_ALARM_RAISED: mtg_apply_alarm_raised(meeting, record); break;
	case EV_ALARM_ACKNOWLEDGED: mtg_apply_alarm_acknowledged(meeting, record); break;
	case EV_ALARM_CLEARED: mtg_apply_alarm_cleared(meeting, record); break;
	case EV_MESSAGE_SENT: mtg_apply_message_sent(meeting, record); break;
	case EV_RELAY_LINKED: mtg_apply_relay_linked(meeting, record); break;
	case EV_CLOCK_RESUMED: mtg_apply_clock_resumed(meeting, record); break;
	}
}
/* clang-format on */

void mtg_apply(struct meeting *meeting, const struct mtg_record *record)
{
	assert(record->seq == meeting->core.seq + 1);
	meeting->core.seq = record->seq;
	meeting->core.at = record->at;
	dispatch(meeting, record);
	mtg_note_pace(meeting, record);
}
