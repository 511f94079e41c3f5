/* Turns that a changed plan adds, puts right, moves or drops. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/plan/plan_changes_private.h"
#include "proto/codec/difference.h"
#include "proto/gen/tables.h"
#include "text_copy.h"

static void turns_finish(struct plan_turns *turns)
{
	free(turns->rows);
	free(turns->ids);
	free(turns->keys);
}

static int turns_of_plan(const struct plan_rows *rows, struct plan_turns *ret)
{
	ret->rows = calloc(rows->n + 1, sizeof(*ret->rows));
	ret->keys = calloc(rows->n + 1, sizeof(*ret->keys));
	if (!ret->rows || !ret->keys) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < rows->n; i++) {
		const struct command *row = &rows->list[i];
		if (row->name == CMD_TURN_ADD) {
			ret->keys[ret->n] = (struct turn_key){
				row->turn_add.list, row->turn_add.site, row->turn_add.unit};
			ret->rows[ret->n++] = row;
		}
	}
	return 0;
}

/* Those that were assigned beforehand: hands are not the plan's. */
static int turns_of_meeting(const struct meeting *meeting, struct plan_turns *ret)
{
	size_t n = mtg_turn_count(meeting);
	ret->ids = calloc(n + 1, sizeof(*ret->ids));
	ret->keys = calloc(n + 1, sizeof(*ret->keys));
	if (!ret->ids || !ret->keys) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		const struct turn *turn = mtg_turn(meeting, mtg_turn_at(meeting, i));
		if (turn->origin == TURN_ORIGIN_ASSIGNED) {
			ret->keys[ret->n] = (struct turn_key){mtg_list(meeting, turn->list)->id,
				mtg_site(meeting, turn->site)->id, turn->unit};
			ARRAY_COPY(ret->ids[ret->n], turn->id);
			ret->n++;
		}
	}
	return 0;
}

static int *match(const struct plan_turns *rows, const struct plan_turns *others)
{
	int *found = calloc(rows->n + 1, sizeof(*found));
	if (found) {
		turn_match(rows->keys, rows->n, others->keys, others->n, found);
	}
	return found;
}

int comparing_match_turns(struct comparing *comparing)
{
	const struct plan_comparison *given = comparing->given;
	int r = turns_of_plan(&comparing->before, &comparing->before_turns);
	if (r == 0) {
		r = turns_of_plan(&comparing->after, &comparing->after_turns);
	}
	if (r == 0) {
		r = turns_of_meeting(given->meeting, &comparing->held);
	}
	if (r == 0) {
		comparing->before_of_after =
			match(&comparing->after_turns, &comparing->before_turns);
		comparing->held_of_before = match(&comparing->before_turns, &comparing->held);
		comparing->held_of_after = match(&comparing->after_turns, &comparing->held);
		r = comparing->before_of_after && comparing->held_of_before &&
				    comparing->held_of_after
			    ? 0
			    : -ENOMEM;
	}
	return r;
}

static bool is_matched(const int *matches, size_t n, int index)
{
	for (size_t i = 0; i < n; i++) {
		if (matches[i] == index) {
			return true;
		}
	}
	return false;
}

/* A turn that the meeting has and the earlier plan had not: added by an update that was cut off. */
static int held_already(const struct comparing *comparing, size_t i)
{
	int held = comparing->held_of_after[i];
	return held >= 0 && !is_matched(comparing->held_of_before, comparing->before_turns.n, held)
		       ? held
		       : TURN_MATCH_NONE;
}

/* The id of the meeting's turn that this row of the changed plan is; NULL: it has none. */
static const char *turn_of_row(const struct comparing *comparing, size_t i)
{
	int before = comparing->before_of_after[i];
	int held = comparing->given->before && before >= 0 ? comparing->held_of_before[before]
							   : held_already(comparing, i);
	return held >= 0 ? comparing->held.ids[held] : NULL;
}

static bool is_ahead(const struct comparing *comparing, const char *id)
{
	const struct turn *turn = id ? mtg_turn_by_id(comparing->given->meeting, id) : NULL;
	return turn && turn->state == TURN_STATE_WAITING;
}

/* The turn of the next row of the same list that is still to come; NULL: none. */
static const char *next_turn(const struct comparing *comparing, size_t i)
{
	const struct plan_turns *turns = &comparing->after_turns;
	for (size_t j = i + 1; j < turns->n; j++) {
		if (strcmp(turns->keys[j].list, turns->keys[i].list) == 0 &&
			is_ahead(comparing, turn_of_row(comparing, j))) {
			return turn_of_row(comparing, j);
		}
	}
	return NULL;
}

static void add_turn(struct comparing *comparing, size_t i)
{
	struct command add = *comparing->after_turns.rows[i];
	const char *next = next_turn(comparing, i);
	add.turn_add.has_before = next != NULL;
	TEXT_COPY(add.turn_add.before, next ? next : "");
	comparing_ask(comparing, &add);
}

static void edit_turn(struct comparing *comparing, const char *id, const struct cmd_turn_add *was,
	const struct cmd_turn_add *is)
{
	struct command edit = {.name = CMD_TURN_EDIT};
	TEXT_COPY(edit.turn_edit.turn, id);
	if (msg_difference(&msg_cmd_turn_add, was, is, &msg_cmd_turn_edit, &edit.turn_edit)) {
		comparing_ask(comparing, &edit);
	}
	const struct turn *turn = mtg_turn_by_id(comparing->given->meeting, id);
	int64_t more = is->allowance.ms - turn->allowance.ms;
	if (was->allowance.ms != is->allowance.ms && more != 0) {
		struct command extend = {.name = CMD_FLOOR_EXTEND, .floor_extend = {.by = {more}}};
		TEXT_COPY(extend.floor_extend.turn, id);
		comparing_ask(comparing, &extend);
	}
}

static void compare_turn(struct comparing *comparing, size_t i)
{
	const char *id = turn_of_row(comparing, i);
	int before = comparing->before_of_after[i];
	const struct command *was =
		before >= 0 ? comparing->before_turns.rows[before] : comparing->nothing;
	if (id && mtg_turn_by_id(comparing->given->meeting, id)) {
		edit_turn(comparing, id, &was->turn_add, &comparing->after_turns.rows[i]->turn_add);
	} else if (before < 0) {
		add_turn(comparing, i);
	}
}

static size_t place_of_turn(const struct comparing *comparing, const char *id)
{
	const struct meeting *meeting = comparing->given->meeting;
	int index = mtg_turn_index(meeting, mtg_turn_by_id(meeting, id));
	size_t place = 0;
	while (mtg_turn_at(meeting, place) != index) {
		place++;
	}
	return place;
}

static bool turns_are_reordered(const struct comparing *comparing)
{
	int last = TURN_MATCH_NONE;
	for (size_t i = 0; i < comparing->after_turns.n; i++) {
		int before = comparing->before_of_after[i];
		if (before >= 0 && before < last) {
			return true;
		}
		last = before >= 0 ? before : last;
	}
	return false;
}

static void order_turns(struct comparing *comparing)
{
	bool wanted = !comparing->given->before || turns_are_reordered(comparing);
	for (size_t i = comparing->after_turns.n; wanted && i-- > 0;) {
		const char *id = turn_of_row(comparing, i);
		const char *next = next_turn(comparing, i);
		if (!next || !is_ahead(comparing, id) ||
			place_of_turn(comparing, id) < place_of_turn(comparing, next)) {
			continue;
		}
		struct command move = {.name = CMD_TURN_MOVE, .turn_move = {.has_before = true}};
		TEXT_COPY(move.turn_move.turn, id);
		TEXT_COPY(move.turn_move.before, next);
		comparing_ask(comparing, &move);
	}
}

static void remove_turn(struct comparing *comparing, const char *id)
{
	const struct about *about = mtg_about(comparing->given->meeting);
	bool draft = about->state == MEETING_STATE_DRAFT && !mtg_was_ever_opened(about);
	struct command command = {.name = draft ? CMD_TURN_REMOVE : CMD_TURN_WITHDRAW};
	TEXT_COPY(draft ? command.turn_remove.turn : command.turn_withdraw.turn, id);
	comparing_ask(comparing, &command);
}

void comparing_drop_turns(struct comparing *comparing)
{
	for (size_t i = 0; i < comparing->before_turns.n; i++) {
		int held = comparing->held_of_before[i];
		if (held >= 0 &&
			!is_matched(comparing->before_of_after, comparing->after_turns.n, (int)i)) {
			remove_turn(comparing, comparing->held.ids[held]);
		}
	}
	for (size_t i = 0; !comparing->given->before && i < comparing->held.n; i++) {
		if (!is_matched(comparing->held_of_after, comparing->after_turns.n, (int)i)) {
			remove_turn(comparing, comparing->held.ids[i]);
		}
	}
}

void comparing_turns(struct comparing *comparing)
{
	for (size_t i = 0; i < comparing->after_turns.n; i++) {
		compare_turn(comparing, i);
	}
	order_turns(comparing);
}

void comparing_finish_turns(struct comparing *comparing)
{
	turns_finish(&comparing->before_turns);
	turns_finish(&comparing->after_turns);
	turns_finish(&comparing->held);
	free(comparing->before_of_after);
	free(comparing->held_of_before);
	free(comparing->held_of_after);
}
