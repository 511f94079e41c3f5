/* Items that a changed plan adds, puts right, moves or drops. */
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/plan/plan_changes_private.h"
#include "proto/codec/difference.h"
#include "proto/gen/tables.h"
#include "text_copy.h"

static const struct item *item_held(const struct comparing *comparing, const char *id)
{
	const struct item *item = mtg_item_by_id(comparing->given->meeting, id);
	return item && item->state != ITEM_STATE_REMOVED ? item : NULL;
}

static bool is_pending(const struct comparing *comparing, const char *id)
{
	const struct item *item = item_held(comparing, id);
	return item && item->state == ITEM_STATE_PENDING;
}

/* The next item of the changed plan that the meeting has and has not begun; NULL: none. */
static const char *next_item(const struct comparing *comparing, const struct command *row)
{
	const struct command *end = comparing->after.list + comparing->after.n;
	for (row++; row < end && row->name == CMD_ITEM_INSERT; row++) {
		if (is_pending(comparing, row->item_insert.item)) {
			return row->item_insert.item;
		}
	}
	return NULL;
}

static void insert_item(struct comparing *comparing, const struct command *row)
{
	struct command insert = *row;
	const char *next = next_item(comparing, row);
	insert.item_insert.has_before = next != NULL;
	TEXT_COPY(insert.item_insert.before, next ? next : "");
	comparing_ask(comparing, &insert);
}

static void clear_time(struct cmd_item_edit *edit, bool was, bool is, enum item_time time)
{
	if (was && !is) {
		edit->has_clear = true;
		edit->clear[edit->n_clear++] = time;
	}
}

void comparing_item(
	struct comparing *comparing, const struct command *before, const struct command *after)
{
	bool held = item_held(comparing, after->item_insert.item) != NULL;
	if (!held && !before) {
		insert_item(comparing, after);
	}
	if (!held) {
		return; /* it is in now, or somebody took it out of the programme */
	}
	const struct cmd_item_insert *was =
		before ? &before->item_insert : &comparing->nothing->item_insert;
	const struct cmd_item_insert *is = &after->item_insert;
	struct command command = {.name = CMD_ITEM_EDIT};
	struct cmd_item_edit *edit = &command.item_edit;
	ARRAY_COPY(edit->item, is->item);
	bool any = msg_difference(&msg_cmd_item_insert, was, is, &msg_cmd_item_edit, edit);
	clear_time(edit, was->has_planned_start, is->has_planned_start, ITEM_TIME_PLANNED_START);
	clear_time(edit, was->has_planned_length, is->has_planned_length, ITEM_TIME_PLANNED_LENGTH);
	clear_time(edit, was->has_fixed_end, is->has_fixed_end, ITEM_TIME_FIXED_END);
	if (any || edit->has_clear) {
		comparing_ask(comparing, &command);
	}
}

static size_t place_of_item(const struct comparing *comparing, const char *id)
{
	const struct meeting *meeting = comparing->given->meeting;
	int index = mtg_item_index(meeting, mtg_item_by_id(meeting, id));
	size_t place = 0;
	while (mtg_item_at(meeting, place) != index) {
		place++;
	}
	return place;
}

/* Whether the items that both plans have stand in another order in the second. */
static bool items_are_reordered(const struct comparing *comparing)
{
	const struct command *last = NULL;
	for (size_t i = 0; i < comparing->after.n; i++) {
		const struct command *row = &comparing->after.list[i];
		const struct command *before = row->name == CMD_ITEM_INSERT
						       ? plan_rows_find(&comparing->before,
								 row->name, row->item_insert.item)
						       : NULL;
		if (before && before < last) {
			return true;
		}
		last = before ? before : last;
	}
	return false;
}

/* From the last to the first: each before the one that follows it in the plan. */
void comparing_order_items(struct comparing *comparing)
{
	bool wanted = !comparing->given->before || items_are_reordered(comparing);
	for (size_t i = comparing->after.n; wanted && i-- > 0;) {
		const struct command *row = &comparing->after.list[i];
		const char *next = row->name == CMD_ITEM_INSERT ? next_item(comparing, row) : NULL;
		if (!next || !is_pending(comparing, row->item_insert.item) ||
			place_of_item(comparing, row->item_insert.item) <
				place_of_item(comparing, next)) {
			continue;
		}
		struct command move = {.name = CMD_ITEM_MOVE, .item_move = {.has_before = true}};
		ARRAY_COPY(move.item_move.item, row->item_insert.item);
		TEXT_COPY(move.item_move.before, next);
		comparing_ask(comparing, &move);
	}
}

void comparing_drop_item(struct comparing *comparing, const char *id)
{
	struct command command = {.name = CMD_ITEM_REMOVE};
	TEXT_COPY(command.item_remove.item, id);
	if (item_held(comparing, id) && !plan_rows_find(&comparing->after, CMD_ITEM_INSERT, id)) {
		comparing_ask(comparing, &command);
	}
}
