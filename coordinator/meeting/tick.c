/* What changes as time passes, and when. */
#include "coordinator/meeting/decide.h"

int mtg_decide_tick(struct deciding *d)
{
	mtg_settle_timers(d);
	mtg_remove_finished_hands(d);
	mtg_settle_alarms(d);
	return 0;
}

bool mtg_next_deadline(const struct meeting *meeting, struct instant *ret_due)
{
	struct instant timer, alarm;
	bool has_timer = mtg_timers_due(meeting, &timer);
	bool has_alarm = mtg_alarms_due(meeting, &alarm);

	if (mtg_finished_hands_due(meeting)) {
		*ret_due = meeting->core.at;
		return true;
	}
	if (!has_timer && !has_alarm) {
		return false;
	}
	*ret_due = !has_alarm || (has_timer && timer.ms < alarm.ms) ? timer : alarm;
	return true;
}
