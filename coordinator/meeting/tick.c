/* What changes as time passes, and when. */
#include "coordinator/meeting/decide.h"

int mtg_decide_tick(struct deciding *d)
{
	mtg_settle_timers(d);
	mtg_settle_ready(d);
	mtg_settle_line_test(d);
	mtg_settle_bell(d);
	mtg_remove_finished_hands(d);
	mtg_settle_alarms(d);
	return 0;
}

bool mtg_next_deadline(const struct meeting *meeting, struct instant *ret_due)
{
	static bool (*const deadlines[])(const struct meeting *meeting, struct instant *ret_due) = {
		mtg_timers_due, mtg_alarms_due, mtg_ready_due, mtg_line_test_due, mtg_bell_due};
	bool any = false;

	if (mtg_finished_hands_due(meeting)) {
		*ret_due = meeting->core.at;
		return true;
	}
	for (size_t i = 0; i < sizeof(deadlines) / sizeof(deadlines[0]); i++) {
		struct instant due;

		if (deadlines[i](meeting, &due) && (!any || due.ms < ret_due->ms)) {
			*ret_due = due;
			any = true;
		}
	}
	return any;
}
