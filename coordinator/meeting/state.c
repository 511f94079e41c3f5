/* The state as one block: the only allocation of the core. */
#include "coordinator/meeting/state.h"

#include <stdlib.h>
#include <string.h>

struct meeting *mtg_create(void)
{
	struct meeting *meeting = calloc(1, sizeof(*meeting));

	if (!meeting) {
		return NULL;
	}
	meeting->core.main_venue = MTG_NONE;
	meeting->core.active_item = MTG_NONE;
	meeting->core.open_vote = MTG_NONE;
	meeting->core.closing_item = MTG_NONE;
	meeting->core.floor.on_air = MTG_NONE;
	meeting->core.floor.cued = MTG_NONE;
	meeting->core.floor.undo.turn = MTG_NONE;
	meeting->core.floor.undo.replaced = MTG_NONE;
	meeting->core.floor.undo.content = MTG_NONE;
	meeting->core.scene.content = MTG_NONE;
	meeting->core.talkback.site = MTG_NONE;
	meeting->core.roll.site = MTG_NONE;
	meeting->core.roll.last = MTG_NONE;
	meeting->core.bell.item = MTG_NONE;
	meeting->core.bell.owed = MTG_NONE;
	meeting->core.film.player = MTG_NONE;
	meeting->core.film.item = MTG_NONE;
	meeting->core.relay.link = LINK_STATE_ABSENT;
	return meeting;
}

void mtg_destroy(struct meeting *meeting)
{
	free(meeting);
}

/* Every element in use; the rest is zero in both. */
bool mtg_equal(const struct meeting *a, const struct meeting *b)
{
	const struct core *c = &a->core;

	return memcmp(c, &b->core, sizeof(*c)) == 0 &&
	       memcmp(a->lists, b->lists, c->n_lists * sizeof(a->lists[0])) == 0 &&
	       memcmp(a->item_order, b->item_order, c->n_items * sizeof(int16_t)) == 0 &&
	       memcmp(a->turn_order, b->turn_order, c->n_turns * sizeof(int16_t)) == 0 &&
	       memcmp(a->messages, b->messages, sizeof(a->messages)) == 0 &&
	       memcmp(a->alarms, b->alarms, c->n_alarms * sizeof(a->alarms[0])) == 0 &&
	       memcmp(a->acts, b->acts, c->n_acts * sizeof(a->acts[0])) == 0 &&
	       memcmp(a->documents, b->documents, c->n_documents * sizeof(a->documents[0])) == 0 &&
	       memcmp(a->checks, b->checks, sizeof(a->checks)) == 0 &&
	       memcmp(a->tasks, b->tasks, c->n_tasks * sizeof(a->tasks[0])) == 0 &&
	       memcmp(a->votes, b->votes, c->n_votes * sizeof(a->votes[0])) == 0 &&
	       memcmp(a->ballots, b->ballots, c->n_ballots * sizeof(a->ballots[0])) == 0 &&
	       memcmp(a->vote_remarks, b->vote_remarks,
		       c->n_vote_remarks * sizeof(a->vote_remarks[0])) == 0 &&
	       memcmp(a->received, b->received, c->n_received * sizeof(a->received[0])) == 0 &&
	       memcmp(a->handouts, b->handouts, c->n_handouts * sizeof(a->handouts[0])) == 0 &&
	       memcmp(a->opinions, b->opinions, c->n_opinions * sizeof(a->opinions[0])) == 0 &&
	       memcmp(a->items, b->items, c->n_items * sizeof(a->items[0])) == 0 &&
	       memcmp(a->turns, b->turns, c->n_turns * sizeof(a->turns[0])) == 0 &&
	       memcmp(a->sites, b->sites, c->n_sites * sizeof(a->sites[0])) == 0 &&
	       memcmp(a->site_ticks, b->site_ticks, c->n_sites * sizeof(a->site_ticks[0])) == 0 &&
	       memcmp(a->registrations, b->registrations,
		       c->n_sites * sizeof(a->registrations[0])) == 0;
}

int64_t mtg_last_seq(const struct meeting *meeting)
{
	return meeting->core.seq;
}

struct instant mtg_last_at(const struct meeting *meeting)
{
	return meeting->core.at;
}

const struct about *mtg_about(const struct meeting *meeting)
{
	return &meeting->core.about;
}

bool mtg_was_ever_opened(const struct about *about)
{
	return about->was_opened || about->adjournments > 0;
}

const struct relay *mtg_relay(const struct meeting *meeting)
{
	return &meeting->core.relay;
}

const struct floor *mtg_floor(const struct meeting *meeting)
{
	return &meeting->core.floor;
}

const struct scene_control *mtg_scene_control(const struct meeting *meeting)
{
	return &meeting->core.scene;
}
