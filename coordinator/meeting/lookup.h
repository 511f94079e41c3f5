/*
 * Private: from the ids of commands and events to the indices of the state, by the four tables of
 * ids (ids.h).
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_LOOKUP_H
#define DIEMCAU_COORDINATOR_MEETING_LOOKUP_H

#include "coordinator/meeting/state.h"

/* The index, or MTG_NONE; of a site or a vote also where it was removed. */
int mtg_find_site(const struct meeting *meeting, const char *id);
int mtg_find_item(const struct meeting *meeting, const char *id);
int mtg_find_list(const struct meeting *meeting, const char *id);
int mtg_find_turn(const struct meeting *meeting, const char *id);
int mtg_find_act(const struct meeting *meeting, const char *id);
int mtg_find_document(const struct meeting *meeting, const char *id);
int mtg_find_check(const struct meeting *meeting, const char *id);
int mtg_find_task(const struct meeting *meeting, const char *id);
int mtg_find_vote(const struct meeting *meeting, const char *id);
int mtg_find_handout(const struct meeting *meeting, const char *id);

/* The same for deciding: 0 or not_found. A site, an item or a vote that was removed is found no
 * more. */
int mtg_need_site(const struct meeting *meeting, const char *id, int *ret_site);
/* The same, or not_a_site. */
int mtg_need_venue(const struct meeting *meeting, const char *id, int *ret_site);
int mtg_need_item(const struct meeting *meeting, const char *id, int *ret_item);
int mtg_need_list(const struct meeting *meeting, const char *id, int *ret_list);
int mtg_need_turn(const struct meeting *meeting, const char *id, int *ret_turn);
int mtg_need_vote(const struct meeting *meeting, const char *id, int *ret_vote);
int mtg_need_act(const struct meeting *meeting, const char *id, int *ret_act);

/* Enter the element at this index by its id. */
void mtg_enter_site(struct meeting *meeting, int index);
void mtg_enter_item(struct meeting *meeting, int index);
void mtg_enter_list(struct meeting *meeting, int index);
void mtg_enter_turn(struct meeting *meeting, int index);
/* Remove the id of one turn; the last turn takes its index. */
void mtg_remove_turn_id(struct meeting *meeting, int removed, int last);

#endif
