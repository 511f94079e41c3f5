/*
 * The agenda: items in their order, at most one active. An item that is removed keeps its index and
 * goes to the end of the order, behind the programme.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_AGENDA_H
#define DIEMCAU_COORDINATOR_MEETING_AGENDA_H

#include "coordinator/meeting/meeting.h"

struct item {
	char id[ITEM_ID_SIZE];
	enum item_kind kind;
	enum item_state state;

	int lists[EV_ITEM_ADDED_LISTS_MAX]; /* indices of speaking lists */
	size_t n_lists;

	bool has_planned_start;
	uint64_t planned_start; /* time of day, milliseconds */
	bool has_planned_length;
	struct span planned_length; /* as planned: not scaled by speed, not extended */
	struct span extended; /* sum of item.extend, not scaled */
	bool has_fixed_end;
	uint64_t fixed_end;

	bool was_started;
	struct instant started;
	struct stamp started_wall;
	bool was_finished; /* finished, or skipped while active */
	struct instant finished;
	struct stamp finished_wall;

	char title[TITLE_LINE_SIZE];
	char by[UNIT_SIZE]; /* "" where the plan names none */
	char film[FILM_NAME_SIZE]; /* "" for none; see mtg_has_film */
};

/* All items ever added: those of the programme, and those that were removed. */
size_t mtg_item_count(const struct meeting *meeting);
/* The items of the programme: they come first in the order. */
size_t mtg_programme_count(const struct meeting *meeting);
const struct item *mtg_item(const struct meeting *meeting, int index);
/* Index of the item at a position of the agenda, position < mtg_item_count. */
int mtg_item_at(const struct meeting *meeting, size_t position);
const struct item *mtg_item_by_id(const struct meeting *meeting, const char *id);
int mtg_item_index(const struct meeting *meeting, const struct item *item);
/* Index of the active item, or MTG_NONE. */
int mtg_active_item(const struct meeting *meeting);
bool mtg_item_has_list(const struct item *item, int list);

#endif
