/*
 * What viewers may not read is taken out of what everybody else is shown, so that there is one
 * description of the meeting and not two. Whatever a view gains is shown to viewers too unless it
 * is named here.
 */
#include "coordinator/view/view.h"

#include <errno.h>
#include <string.h>

static void clear_site(struct wire_site_view *site)
{
	site->has_address = false;
	memset(site->address, 0, sizeof(site->address));
	for (size_t i = 0; i < site->n_steps; i++) {
		site->steps[i].has_evidence = false;
		memset(site->steps[i].evidence, 0, sizeof(site->steps[i].evidence));
	}
}

/* Copies: the views themselves are the caller's. */
static int clear_sites(struct msg_arena *arena, const struct wire_site_view **sites, size_t n)
{
	if (n == 0) {
		return 0;
	}
	struct wire_site_view *copies = msg_arena_take(arena, n * sizeof(*copies));
	if (!copies) {
		return -ENOMEM;
	}
	memcpy(copies, *sites, n * sizeof(*copies));
	for (size_t i = 0; i < n; i++) {
		clear_site(&copies[i]);
	}
	*sites = copies;
	return 0;
}

int view_snapshot_for_viewers(struct msg_arena *arena, struct wire_snapshot *snapshot)
{
	snapshot->n_messages = 0;
	snapshot->n_alarms = 0;
	return clear_sites(arena, &snapshot->sites, snapshot->n_sites);
}

int view_update_for_viewers(struct msg_arena *arena, struct wire_update *update, bool *ret_says)
{
	update->n_messages = 0;
	update->n_alarms = 0;
	update->n_cleared = 0;
	*ret_says = view_says_anything(update);
	return clear_sites(arena, &update->sites, update->n_sites);
}
