/*
 * Private: what makes an alarm. A cause says whether an alarm should be open, and from when;
 * alarms.c raises and clears accordingly. docs/meeting.md lists the causes.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_ALARM_RULES_H
#define DIEMCAU_COORDINATOR_MEETING_ALARM_RULES_H

#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/state.h"

/* What all causes read, collected once. */
struct alarm_context {
	const struct meeting *meeting;
	bool in_session; /* assembling or live: there are no alarms before and after */
	int on_air; /* site whose microphone has the floor, or MTG_NONE */
	int cued; /* site whose microphone is next, or MTG_NONE */
	struct scene program;
};

struct alarm_verdict {
	bool should_be_open;
	struct instant due; /* of raising if wanted, of clearing if not */
};

/*
 * A measured cause must be absent for this long before its alarm clears, so that it does not flap.
 */
enum { CALM_SPAN_MS = 2000 };

void mtg_alarm_context(const struct meeting *meeting, struct alarm_context *ret);
/* Nothing about this site could raise an alarm, and none is open: the usual case. */
bool mtg_is_quiet(const struct alarm_context *alarm_context, int site);
/* For a kind that is about no site, site is MTG_NONE. */
struct alarm_verdict mtg_alarm_verdict(
	const struct alarm_context *alarm_context, enum alarm_kind kind, int site);

#endif
