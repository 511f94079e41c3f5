/*
 * Deciding: rights, then revisions, then the command's own function, which gen/handlers.c calls. To
 * add a command, declare it in proto/schema and write its mtg_decide_ function in the file of its
 * area.
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
	record->by.role = d->command->by.role;
	OPTIONAL_COPY(&record->by, &d->command->by, account);
	OPTIONAL_COPY(&record->by, &d->command->by, site);
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

static int decide(struct deciding *d)
{
	bool begun = d->meeting->core.about.state != MEETING_STATE_UNSET;
	int r = mtg_check_rights(d->meeting, d->command);

	if (r != 0) {
		return r;
	}
	if (!begun && d->command->body.name != CMD_MEETING_CREATE) {
		return REFUSAL_WRONG_STATE;
	}
	r = mtg_check_revision(d->meeting, d->command);
	r = r != 0 ? r : mtg_check_plain_text(d->command);
	r = r != 0 ? r : mtg_decide_command(d->command->body.name, d);
	return r != 0 ? r : mtg_check_pace(d);
}

int mtg_decide(const struct meeting *meeting, const struct mtg_command *command, struct now now,
	struct mtg_batch *ret)
{
	struct deciding d = {.meeting = meeting, .command = command, .now = now, .batch = ret};
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
