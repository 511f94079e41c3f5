/*
 * Deciding: rights, then revisions, then the command's own function. To add a command, write its
 * mtg_decide_ function in the file of its area and name it in `dispatch`; the compiler asks for it.
 */
#include "coordinator/meeting/decide.h"

#include <string.h>

#include "status.h"

struct event *mtg_emit(struct deciding *d, enum event_name name)
{
	struct mtg_record *record = &d->batch->records[d->batch->n];

	assert(d->batch->n < MTG_BATCH_MAX);
	memset(record, 0, sizeof(*record));
	d->batch->n++;
	record->seq = d->meeting->core.seq + (int64_t)d->batch->n;
	record->at = d->now.at;
	record->wall = d->now.wall;
	record->by.role = d->order->by.role;
	OPTIONAL_COPY(&record->by, &d->order->by, account);
	OPTIONAL_COPY(&record->by, &d->order->by, site);
	record->event.name = name;
	return &record->event;
}

bool mtg_has_room(const struct deciding *d)
{
	return d->batch->n < MTG_BATCH_MAX;
}

static int found(int index, int *ret_index)
{
	if (index == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	*ret_index = index;
	return 0;
}

int mtg_need_site(const struct deciding *d, const char *id, int *ret_site)
{
	return found(mtg_find_site(d->meeting, id), ret_site);
}

int mtg_need_item(const struct deciding *d, const char *id, int *ret_item)
{
	return found(mtg_find_item(d->meeting, id), ret_item);
}

int mtg_need_list(const struct deciding *d, const char *id, int *ret_list)
{
	return found(mtg_find_list(d->meeting, id), ret_list);
}

int mtg_need_turn(const struct deciding *d, const char *id, int *ret_turn)
{
	return found(mtg_find_turn(d->meeting, id), ret_turn);
}

/* One line each, and no default: the compiler names what is missing. */
/* clang-format off */
static int dispatch(struct deciding *d)
{
	switch (d->order->command.name) {
	case CMD_UNSET: return REFUSAL_BAD_MESSAGE;
	case CMD_MEETING_CREATE: return mtg_decide_meeting_create(d);
	case CMD_MEETING_ASSEMBLE: return mtg_decide_meeting_assemble(d);
	case CMD_MEETING_OPEN: return mtg_decide_meeting_open(d);
	case CMD_MEETING_CLOSE: return mtg_decide_meeting_close(d);
	case CMD_MEETING_REOPEN: return mtg_decide_meeting_reopen(d);
	case CMD_SITE_ADD: return mtg_decide_site_add(d);
	case CMD_SITE_LINK: return mtg_decide_site_link(d);
	case CMD_SITE_SPARE: return mtg_decide_site_spare(d);
	case CMD_SITE_PROMOTE: return mtg_decide_site_promote(d);
	case CMD_SITE_MEDIA: return mtg_decide_site_media(d);
	case CMD_SITE_OBSERVE: return mtg_decide_site_observe(d);
	case CMD_SITE_BAR: return mtg_decide_site_bar(d);
	case CMD_SITE_SIGN: return mtg_decide_site_sign(d);
	case CMD_SITE_MUTE: return mtg_decide_site_mute(d);
	case CMD_ITEM_INSERT: return mtg_decide_item_insert(d);
	case CMD_ITEM_START: return mtg_decide_item_start(d);
	case CMD_ITEM_FINISH: return mtg_decide_item_finish(d);
	case CMD_ITEM_SKIP: return mtg_decide_item_skip(d);
	case CMD_ITEM_MOVE: return mtg_decide_item_move(d);
	case CMD_ITEM_EXTEND: return mtg_decide_item_extend(d);
	case CMD_LIST_ADD: return mtg_decide_list_add(d);
	case CMD_TURN_ADD: return mtg_decide_turn_add(d);
	case CMD_TURN_REQUEST: return mtg_decide_turn_request(d);
	case CMD_TURN_APPROVE: return mtg_decide_turn_approve(d);
	case CMD_TURN_MOVE: return mtg_decide_turn_move(d);
	case CMD_TURN_WITHDRAW: return mtg_decide_turn_withdraw(d);
	case CMD_TURN_CUE: return mtg_decide_turn_cue(d);
	case CMD_TURN_UNCUE: return mtg_decide_turn_uncue(d);
	case CMD_TURN_ACKNOWLEDGE: return mtg_decide_turn_acknowledge(d);
	case CMD_TURN_ABSENT: return mtg_decide_turn_absent(d);
	case CMD_TURN_SKIP: return mtg_decide_turn_skip(d);
	case CMD_TURN_RESTORE: return mtg_decide_turn_restore(d);
	case CMD_FLOOR_TAKE: return mtg_decide_floor_take(d);
	case CMD_FLOOR_RELEASE: return mtg_decide_floor_release(d);
	case CMD_FLOOR_INTERRUPT: return mtg_decide_floor_interrupt(d);
	case CMD_FLOOR_RESUME: return mtg_decide_floor_resume(d);
	case CMD_FLOOR_UNDO: return mtg_decide_floor_undo(d);
	case CMD_FLOOR_EXTEND: return mtg_decide_floor_extend(d);
	case CMD_MIC_LOCK: return mtg_decide_mic_lock(d);
	case CMD_MIC_LOCK_ALL: return mtg_decide_mic_lock_all(d);
	case CMD_MIC_OPEN_VENUE: return mtg_decide_mic_open_venue(d);
	case CMD_SCENE_OVERRIDE: return mtg_decide_scene_override(d);
	case CMD_SCENE_FOLLOW: return mtg_decide_scene_follow(d);
	case CMD_CONTENT_SHOW: return mtg_decide_content_show(d);
	case CMD_ALARM_ACKNOWLEDGE: return mtg_decide_alarm_acknowledge(d);
	case CMD_MESSAGE_SEND: return mtg_decide_message_send(d);
	case CMD_RELAY_LINK: return mtg_decide_relay_link(d);
	case CMD_CLOCK_RESUME: return mtg_decide_clock_resume(d);
	case CMD_TICK: return mtg_decide_tick(d);
	}
	return REFUSAL_BAD_MESSAGE;
}
/* clang-format on */

static int decide(struct deciding *d)
{
	bool begun = d->meeting->core.about.state != MEETING_STATE_UNSET;
	int r = mtg_check_rights(d->meeting, d->order);

	if (r != 0) {
		return r;
	}
	if (!begun && d->order->command.name != CMD_MEETING_CREATE) {
		return REFUSAL_WRONG_STATE;
	}
	r = mtg_check_revision(d->meeting, d->order);
	r = r != 0 ? r : mtg_check_words(d->order);
	r = r != 0 ? r : dispatch(d);
	return r != 0 ? r : mtg_check_pace(d);
}

int mtg_decide(const struct meeting *meeting, const struct mtg_order *order, struct now now,
	struct mtg_batch *ret)
{
	struct deciding d = {.meeting = meeting, .order = order, .now = now, .batch = ret};
	int r;

	if (d.now.at.ms < meeting->core.at.ms) {
		d.now.at = meeting->core.at;
	}
	ret->n = 0;
	r = decide(&d);
	if (is_refusal(r)) {
		ret->n = 0;
	}
	return r;
}

int mtg_decide_tick(struct deciding *d)
{
	mtg_settle_timers(d);
	mtg_settle_hands(d);
	mtg_settle_alarms(d);
	return 0;
}

bool mtg_next_deadline(const struct meeting *meeting, struct instant *ret_due)
{
	struct instant timer, alarm;
	bool has_timer = mtg_timers_due(meeting, &timer);
	bool has_alarm = mtg_alarms_due(meeting, &alarm);

	if (mtg_hands_due(meeting)) {
		*ret_due = meeting->core.at;
		return true;
	}
	if (!has_timer && !has_alarm) {
		return false;
	}
	*ret_due = !has_alarm || (has_timer && timer.ms < alarm.ms) ? timer : alarm;
	return true;
}
