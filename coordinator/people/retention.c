#include "coordinator/people/retention.h"

#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/readiness.h"
#include "coordinator/meeting/registration.h"
#include "coordinator/meeting/roster.h"

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t last_registered(const struct meeting *meeting)
{
	int64_t last = 0;
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		const struct registration *of = mtg_registration(meeting, (int)i);
		last = later(last, later(of->wall.ms, of->attended_wall.ms));
	}
	return last;
}

/* From when the days run. */
static int64_t end_of(const struct meeting *meeting)
{
	const struct about *about = mtg_about(meeting);
	int64_t day;
	if (about->was_closed) {
		return about->closed_wall.ms;
	}
	bool planned = mtg_parse_date(about->date, &day);
	return later(planned ? mtg_end_of_day(meeting, day).ms : 0, last_registered(meeting));
}

bool retention_is_over(const struct meeting *meeting, struct stamp wall)
{
	const struct preparation *preparation = &mtg_about(meeting)->preparation;
	return preparation->has_retention_days &&
	       wall.ms >= end_of(meeting) + (int64_t)preparation->retention_days * DAY_MS;
}
