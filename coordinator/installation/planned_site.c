#include "coordinator/installation/planned_site.h"

#include <string.h>

#include "cleanup.h"
#include "coordinator/installation/held_meetings.h"
#include "coordinator/plan/plan.h"

DEFINE_CLEANUP(struct plan *, plan_destroy)

static bool names(const struct plan *plan, const char *site)
{
	for (size_t i = 0; i < plan->sites.n_sites; i++) {
		if (strcmp(plan->sites.sites[i].id, site) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_of(const char *dir, const char *meeting, const char *site)
{
	struct plan *plan cleanup(plan_destroy) = NULL;
	struct plan_diagnostics faults = {0};
	struct meeting_place place;
	bool read = meeting_place_of(dir, meeting, &place) == 0 &&
		    plan_load(place.plan, &plan, &faults) == 0;
	plan_diagnostics_finish(&faults);
	return read && names(plan, site);
}

bool planned_site_exists(const char *dir, const char *site)
{
	struct held_meetings held;
	bool found = false;
	if (held_meetings_list(dir, &held) != 0) {
		return false;
	}
	for (size_t i = 0; i < held.n && !found; i++) {
		found = is_of(dir, held.ids[i], site);
	}
	held_meetings_finish(&held);
	return found;
}
