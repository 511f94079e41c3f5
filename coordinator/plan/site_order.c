#include "coordinator/plan/site_order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* 0: of no region; else its place in meeting.json, from 1. */
static size_t rank_of(const struct plan_meeting *meeting, const char *region)
{
	for (size_t i = 0; region[0] && i < meeting->n_regions; i++) {
		if (strcmp(meeting->regions[i], region) == 0) {
			return i + 1;
		}
	}
	return 0;
}

static void gather(const struct plan *plan, const size_t *ranks, struct plan_site *gathered)
{
	size_t n = 0;
	for (size_t rank = 0; rank <= plan->meeting.n_regions; rank++) {
		for (size_t i = 0; i < plan->sites.n_sites; i++) {
			if (ranks[i] == rank) {
				gathered[n++] = plan->sites.sites[i];
			}
		}
	}
}

int plan_order_sites(struct plan *plan)
{
	size_t n = plan->sites.n_sites;
	struct plan_site *gathered = msg_arena_take(&plan->arena, n * sizeof(*gathered));
	size_t *ranks = calloc(n + 1, sizeof(*ranks));
	int r = gathered && ranks ? 0 : -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		ranks[i] = rank_of(&plan->meeting, plan->sites.sites[i].region);
	}
	if (r == 0) {
		gather(plan, ranks, gathered);
		plan->sites.sites = gathered;
	}
	free(ranks);
	return r;
}
