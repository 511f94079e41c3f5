#include "coordinator/meeting/lookup.h"

#include <string.h>

#include "coordinator/meeting/ids.h"

static struct id_table site_table(const struct meeting *meeting)
{
	return (struct id_table){meeting->sites, sizeof(meeting->sites[0]), SITE_SLOTS};
}

static struct id_table item_table(const struct meeting *meeting)
{
	return (struct id_table){meeting->items, sizeof(meeting->items[0]), ITEM_SLOTS};
}

static struct id_table list_table(const struct meeting *meeting)
{
	return (struct id_table){meeting->lists, sizeof(meeting->lists[0]), LIST_SLOTS};
}

static struct id_table turn_table(const struct meeting *meeting)
{
	return (struct id_table){meeting->turns, sizeof(meeting->turns[0]), TURN_SLOTS};
}

int mtg_find_site(const struct meeting *meeting, const char *id)
{
	struct id_table sites = site_table(meeting);

	return mtg_ids_find(&sites, meeting->site_slots, id);
}

int mtg_find_item(const struct meeting *meeting, const char *id)
{
	struct id_table items = item_table(meeting);

	return mtg_ids_find(&items, meeting->item_slots, id);
}

int mtg_find_list(const struct meeting *meeting, const char *id)
{
	struct id_table lists = list_table(meeting);

	return mtg_ids_find(&lists, meeting->list_slots, id);
}

int mtg_find_turn(const struct meeting *meeting, const char *id)
{
	struct id_table turns = turn_table(meeting);

	return mtg_ids_find(&turns, meeting->turn_slots, id);
}

/* There are few, and a person steps from one to the next. */
int mtg_find_act(const struct meeting *meeting, const char *id)
{
	for (size_t i = 0; i < meeting->core.n_acts; i++) {
		if (strcmp(meeting->acts[i].id, id) == 0) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

/* There are few, and none is looked for while the meeting runs. */
int mtg_find_handout(const struct meeting *meeting, const char *id)
{
	for (size_t i = 0; i < meeting->core.n_handouts; i++) {
		if (strcmp(meeting->handouts[i].id, id) == 0) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

int mtg_find_document(const struct meeting *meeting, const char *id)
{
	for (size_t i = 0; i < meeting->core.n_documents; i++) {
		if (strcmp(meeting->documents[i].id, id) == 0) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

int mtg_find_check(const struct meeting *meeting, const char *id)
{
	for (size_t i = 0; i < meeting->core.n_checks; i++) {
		if (strcmp(meeting->checks[i].id, id) == 0) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

int mtg_find_task(const struct meeting *meeting, const char *id)
{
	for (size_t i = 0; i < meeting->core.n_tasks; i++) {
		if (strcmp(meeting->tasks[i].id, id) == 0) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

int mtg_find_vote(const struct meeting *meeting, const char *id)
{
	for (size_t i = 0; i < meeting->core.n_votes; i++) {
		if (strcmp(meeting->votes[i].id, id) == 0) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

static int found(int index, int *ret_index)
{
	if (index == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	*ret_index = index;
	return 0;
}

int mtg_need_site(const struct meeting *meeting, const char *id, int *ret_site)
{
	int index = mtg_find_site(meeting, id);

	return found(
		index != MTG_NONE && meeting->sites[index].removed ? MTG_NONE : index, ret_site);
}

int mtg_need_venue(const struct meeting *meeting, const char *id, int *ret_site)
{
	int r = mtg_need_site(meeting, id, ret_site);

	return r == 0 && !mtg_is_venue(&meeting->sites[*ret_site]) ? REFUSAL_NOT_A_SITE : r;
}

int mtg_need_item(const struct meeting *meeting, const char *id, int *ret_item)
{
	int index = mtg_find_item(meeting, id);
	bool removed = index != MTG_NONE && meeting->items[index].state == ITEM_STATE_REMOVED;

	return found(removed ? MTG_NONE : index, ret_item);
}

int mtg_need_list(const struct meeting *meeting, const char *id, int *ret_list)
{
	return found(mtg_find_list(meeting, id), ret_list);
}

int mtg_need_turn(const struct meeting *meeting, const char *id, int *ret_turn)
{
	return found(mtg_find_turn(meeting, id), ret_turn);
}

int mtg_need_vote(const struct meeting *meeting, const char *id, int *ret_vote)
{
	int index = mtg_find_vote(meeting, id);
	bool removed = index != MTG_NONE && meeting->votes[index].removed;

	return found(removed ? MTG_NONE : index, ret_vote);
}

int mtg_need_act(const struct meeting *meeting, const char *id, int *ret_act)
{
	return found(mtg_find_act(meeting, id), ret_act);
}

void mtg_enter_site(struct meeting *meeting, int index)
{
	struct id_table sites = site_table(meeting);

	mtg_ids_enter(&sites, meeting->site_slots, index);
}

void mtg_enter_item(struct meeting *meeting, int index)
{
	struct id_table items = item_table(meeting);

	mtg_ids_enter(&items, meeting->item_slots, index);
}

void mtg_enter_list(struct meeting *meeting, int index)
{
	struct id_table lists = list_table(meeting);

	mtg_ids_enter(&lists, meeting->list_slots, index);
}

void mtg_enter_turn(struct meeting *meeting, int index)
{
	struct id_table turns = turn_table(meeting);

	mtg_ids_enter(&turns, meeting->turn_slots, index);
}

void mtg_remove_turn_id(struct meeting *meeting, int removed, int last)
{
	struct id_table turns = turn_table(meeting);

	mtg_ids_remove(&turns, meeting->turn_slots, removed);
	if (removed != last) {
		mtg_ids_move(&turns, meeting->turn_slots, last, removed);
	}
}
