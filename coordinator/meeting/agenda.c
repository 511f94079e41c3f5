/* The agenda: items in order, at most one active. */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/order.h"

size_t mtg_item_count(const struct meeting *meeting)
{
	return meeting->core.n_items;
}

size_t mtg_programme_count(const struct meeting *meeting)
{
	size_t n = meeting->core.n_items;

	while (n > 0 && meeting->items[meeting->item_order[n - 1]].state == ITEM_STATE_REMOVED) {
		n--;
	}
	return n;
}

const struct item *mtg_item(const struct meeting *meeting, int index)
{
	assert(index >= 0 && (size_t)index < meeting->core.n_items);
	return &meeting->items[index];
}

int mtg_item_at(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_items);
	return meeting->item_order[position];
}

const struct item *mtg_item_by_id(const struct meeting *meeting, const char *id)
{
	int index = mtg_find_item(meeting, id);

	return index == MTG_NONE ? NULL : &meeting->items[index];
}

int mtg_item_index(const struct meeting *meeting, const struct item *item)
{
	return (int)(item - meeting->items);
}

int mtg_active_item(const struct meeting *meeting)
{
	return meeting->core.active_item;
}

bool mtg_item_has_list(const struct item *item, int list)
{
	for (size_t i = 0; i < item->n_lists; i++) {
		if (item->lists[i] == list) {
			return true;
		}
	}
	return false;
}

bool mtg_list_is_open(const struct meeting *meeting, int list, int without)
{
	for (size_t i = 0; i < meeting->core.n_items; i++) {
		const struct item *item = &meeting->items[i];
		bool ahead = item->state == ITEM_STATE_PENDING || item->state == ITEM_STATE_ACTIVE;

		if (ahead && (int)i != without && mtg_item_has_list(item, list)) {
			return true;
		}
	}
	return false;
}

bool mtg_list_is_active(const struct meeting *meeting, int list)
{
	int active = meeting->core.active_item;

	return active != MTG_NONE && mtg_item_has_list(&meeting->items[active], list);
}

int mtg_check_lists(const struct deciding *d, const char lists[][LIST_ID_SIZE], size_t n)
{
	if (n > EV_ITEM_ADDED_LISTS_MAX) {
		return REFUSAL_INVALID;
	}
	for (size_t i = 0; i < n; i++) {
		int list;
		int r = mtg_need_list(d->meeting, lists[i], &list);

		if (r != 0) {
			return r;
		}
		for (size_t j = 0; j < i; j++) {
			if (strcmp(lists[i], lists[j]) == 0) {
				return REFUSAL_INVALID;
			}
		}
	}
	return 0;
}

/* Finished items stay in front: an item can be placed only before a pending one. */
static int check_before(const struct deciding *d, bool has_before, const char *before)
{
	if (!has_before) {
		return 0;
	}
	int item;
	int r = mtg_need_item(d->meeting, before, &item);
	if (r != 0) {
		return r;
	}
	return d->meeting->items[item].state == ITEM_STATE_PENDING ? 0 : REFUSAL_INVALID;
}

static int check_insert(const struct deciding *d, const struct cmd_item_insert *in)
{
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	int known = mtg_find_item(d->meeting, in->item);
	if (known != MTG_NONE && d->meeting->items[known].state != ITEM_STATE_REMOVED) {
		return REFUSAL_EXISTS;
	}
	if (known != MTG_NONE && !mtg_acts_allow(d->meeting, known, in->kind)) {
		return REFUSAL_INVALID;
	}
	if (known == MTG_NONE && d->meeting->core.n_items == ITEMS_MAX) {
		return REFUSAL_LIMIT;
	}
	if (!in->item[0] || (in->has_planned_length && !is_planned_span(in->planned_length)) ||
		(in->has_planned_start && in->planned_start > TIME_OF_DAY_MAX) ||
		(in->has_fixed_end && in->fixed_end > TIME_OF_DAY_MAX)) {
		return REFUSAL_INVALID;
	}
	int r = in->has_film ? mtg_check_film(in->kind, in->film) : 0;
	r = r != 0 ? r : mtg_check_lists(d, in->lists, in->n_lists);
	return r != 0 ? r : check_before(d, in->has_before, in->before);
}

int mtg_decide_item_insert(struct deciding *d)
{
	const struct cmd_item_insert *in = &d->command->body.item_insert;
	int r = check_insert(d, in);

	if (r != 0) {
		return r;
	}
	struct ev_item_added *out = &mtg_emit(d, EV_ITEM_ADDED)->item_added;
	TEXT_COPY(out->item, in->item);
	out->kind = in->kind;
	TEXT_COPY(out->title, in->title);
	out->n_lists = in->n_lists;
	for (size_t i = 0; i < in->n_lists; i++) {
		TEXT_COPY(out->lists[i], in->lists[i]);
	}
	OPTIONAL_COPY(out, in, by);
	out->has_planned_start = in->has_planned_start;
	out->planned_start = in->has_planned_start ? in->planned_start : 0;
	out->has_planned_length = in->has_planned_length;
	out->planned_length = in->has_planned_length ? in->planned_length : (struct span){0};
	out->has_fixed_end = in->has_fixed_end;
	out->fixed_end = in->has_fixed_end ? in->fixed_end : 0;
	OPTIONAL_COPY(out, in, film);
	OPTIONAL_COPY(out, in, before);
	return 0;
}

/* The end of the programme: the first item that was removed. */
static int behind_programme(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_items; i++) {
		if (meeting->items[meeting->item_order[i]].state == ITEM_STATE_REMOVED) {
			return meeting->item_order[i];
		}
	}
	return MTG_NONE;
}

static void place_item(struct meeting *meeting, int index, bool has_before, const char *before)
{
	int mark = has_before ? mtg_find_item(meeting, before) : behind_programme(meeting);

	mtg_order_move(meeting->item_order, meeting->core.n_items, index, mark);
}

/* A place for an item of this id: the one it had before it was removed, or a new one. */
static int give_place(struct meeting *meeting, const char *id)
{
	int index = mtg_find_item(meeting, id);

	if (index != MTG_NONE) {
		memset(&meeting->items[index], 0, sizeof(meeting->items[index]));
		TEXT_COPY(meeting->items[index].id, id);
		return index;
	}
	index = (int)meeting->core.n_items++;
	TEXT_COPY(meeting->items[index].id, id);
	meeting->item_order[index] = (int16_t)index;
	mtg_enter_item(meeting, index);
	return index;
}

void mtg_apply_item_added(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_item_added *in = &record->event.item_added;
	int index = give_place(meeting, in->item);
	struct item *item = &meeting->items[index];

	item->kind = in->kind;
	item->state = ITEM_STATE_PENDING;
	item->n_lists = in->n_lists;
	for (size_t i = 0; i < in->n_lists; i++) {
		item->lists[i] = mtg_find_list(meeting, in->lists[i]);
	}
	item->has_planned_start = in->has_planned_start;
	item->planned_start = in->planned_start;
	item->has_planned_length = in->has_planned_length;
	item->planned_length = in->planned_length;
	item->has_fixed_end = in->has_fixed_end;
	item->fixed_end = in->fixed_end;
	TEXT_COPY(item->title, in->title);
	TEXT_COPY(item->by, in->has_by ? in->by : "");
	TEXT_COPY(item->film, in->has_film ? in->film : "");
	place_item(meeting, index, in->has_before, in->before);
	meeting->core.revisions.agenda = record->seq;
}

void mtg_emit_item_finished(struct deciding *d)
{
	int active = d->meeting->core.active_item;

	mtg_emit_act_done(d);
	if (active != MTG_NONE) {
		TEXT_COPY(mtg_emit(d, EV_ITEM_FINISHED)->item_finished.item,
			d->meeting->items[active].id);
	}
}

/* A cued turn whose last item ends is no longer next; the others stay on their list. */
static void uncue_without(struct deciding *d, int item)
{
	int cued = d->meeting->core.floor.cued;

	if (cued != MTG_NONE && !mtg_list_is_open(d->meeting, d->meeting->turns[cued].list, item)) {
		mtg_emit_uncued(d);
	}
}

void mtg_emit_active_item_over(struct deciding *d)
{
	uncue_without(d, d->meeting->core.active_item);
	mtg_emit_item_finished(d);
}

/* The turn on air must be released first: starting an item never takes the floor from a turn. */
static int check_running(const struct deciding *d)
{
	if (!is_live(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	return d->meeting->core.floor.on_air != MTG_NONE ? REFUSAL_TURN_ON_AIR : 0;
}

int mtg_decide_item_start(struct deciding *d)
{
	const struct cmd_item_start *in = &d->command->body.item_start;
	int item;
	int r = mtg_need_item(d->meeting, in->item, &item);

	if (r != 0) {
		return r;
	}
	enum item_state state = d->meeting->items[item].state;
	if (is_live(d->meeting) && state == ITEM_STATE_ACTIVE) {
		return REFUSAL_ALREADY;
	}
	if (state != ITEM_STATE_PENDING) {
		return REFUSAL_WRONG_STATE;
	}
	r = check_running(d);
	if (r != 0) {
		return r;
	}
	mtg_emit_active_item_over(d);
	TEXT_COPY(mtg_emit(d, EV_ITEM_STARTED)->item_started.item, in->item);
	return 0;
}

void mtg_apply_item_started(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_item(meeting, record->event.item_started.item);
	struct item *item = &meeting->items[index];

	item->state = ITEM_STATE_ACTIVE;
	item->was_started = true;
	item->started = record->at;
	item->started_wall = record->wall;
	meeting->core.active_item = index;
	mtg_film_begin(meeting, index, record);
	meeting->core.revisions.agenda = record->seq;
}

int mtg_decide_item_finish(struct deciding *d)
{
	int item;
	int r = mtg_need_item(d->meeting, d->command->body.item_finish.item, &item);

	if (r != 0) {
		return r;
	}
	enum item_state state = d->meeting->items[item].state;
	if (state == ITEM_STATE_DONE) {
		return REFUSAL_ALREADY;
	}
	if (state != ITEM_STATE_ACTIVE) {
		return REFUSAL_WRONG_STATE;
	}
	r = check_running(d);
	if (r != 0) {
		return r;
	}
	mtg_emit_active_item_over(d);
	return 0;
}

static void end_item(
	struct meeting *meeting, int index, enum item_state state, const struct mtg_record *record)
{
	struct item *item = &meeting->items[index];

	if (item->state == ITEM_STATE_ACTIVE) {
		item->was_finished = true;
		item->finished = record->at;
		item->finished_wall = record->wall;
		meeting->core.active_item = MTG_NONE;
		mtg_break_over(meeting, index);
	}
	item->state = state;
	mtg_film_forget(meeting, index);
	meeting->core.revisions.agenda = record->seq;
}

void mtg_apply_item_finished(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_item(meeting, record->event.item_finished.item);

	end_item(meeting, index, ITEM_STATE_DONE, record);
	if (meeting->core.about.state == MEETING_STATE_CLOSED) {
		meeting->core.closing_item = index;
	}
}

void mtg_item_reactivate(struct meeting *meeting, int index)
{
	struct item *item = &meeting->items[index];

	item->state = ITEM_STATE_ACTIVE;
	item->was_finished = false;
	item->finished = (struct instant){0};
	item->finished_wall = (struct stamp){0};
	meeting->core.active_item = index;
}

int mtg_decide_item_skip(struct deciding *d)
{
	const struct cmd_item_skip *in = &d->command->body.item_skip;
	int item;
	int r = mtg_need_item(d->meeting, in->item, &item);

	if (r != 0) {
		return r;
	}
	enum item_state state = d->meeting->items[item].state;
	if (state == ITEM_STATE_SKIPPED) {
		return REFUSAL_ALREADY;
	}
	if (state == ITEM_STATE_DONE || !is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	r = state == ITEM_STATE_ACTIVE ? check_running(d) : 0;
	if (r != 0) {
		return r;
	}
	uncue_without(d, item);
	if (state == ITEM_STATE_ACTIVE) {
		mtg_emit_act_done(d);
	}
	struct ev_item_skipped *out = &mtg_emit(d, EV_ITEM_SKIPPED)->item_skipped;
	TEXT_COPY(out->item, in->item);
	OPTIONAL_COPY(out, in, reason);
	return 0;
}

void mtg_apply_item_skipped(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_item(meeting, record->event.item_skipped.item);

	end_item(meeting, index, ITEM_STATE_SKIPPED, record);
}

int mtg_decide_item_remove(struct deciding *d)
{
	const struct cmd_item_remove *in = &d->command->body.item_remove;
	int item = mtg_find_item(d->meeting, in->item);

	if (item == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	enum item_state state = d->meeting->items[item].state;
	if (state == ITEM_STATE_REMOVED) {
		return REFUSAL_ALREADY;
	}
	if (state != ITEM_STATE_PENDING || !is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	uncue_without(d, item);
	TEXT_COPY(mtg_emit(d, EV_ITEM_REMOVED)->item_removed.item, in->item);
	return 0;
}

void mtg_apply_item_removed(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_item(meeting, record->event.item_removed.item);

	meeting->items[index].state = ITEM_STATE_REMOVED;
	mtg_film_forget(meeting, index);
	mtg_order_move(meeting->item_order, meeting->core.n_items, index, MTG_NONE);
	meeting->core.revisions.agenda = record->seq;
}

int mtg_decide_item_move(struct deciding *d)
{
	const struct cmd_item_move *in = &d->command->body.item_move;
	int item;
	int r = mtg_need_item(d->meeting, in->item, &item);

	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting) || d->meeting->items[item].state != ITEM_STATE_PENDING) {
		return REFUSAL_WRONG_STATE;
	}
	r = check_before(d, in->has_before, in->before);
	if (r != 0) {
		return r;
	}
	if (in->has_before && strcmp(in->item, in->before) == 0) {
		return REFUSAL_INVALID;
	}
	struct ev_item_moved *out = &mtg_emit(d, EV_ITEM_MOVED)->item_moved;
	TEXT_COPY(out->item, in->item);
	OPTIONAL_COPY(out, in, before);
	return 0;
}

void mtg_apply_item_moved(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_item_moved *in = &record->event.item_moved;

	place_item(meeting, mtg_find_item(meeting, in->item), in->has_before, in->before);
	meeting->core.revisions.agenda = record->seq;
}

/* Any state of the item is right, because notes come late. A closed meeting already has minutes. */
int mtg_decide_item_note(struct deciding *d)
{
	const struct cmd_item_note *in = &d->command->body.item_note;
	int item;
	int r = mtg_need_item(d->meeting, in->item, &item);

	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	struct ev_item_noted *out = &mtg_emit(d, EV_ITEM_NOTED)->item_noted;
	TEXT_COPY(out->item, in->item);
	TEXT_COPY(out->text, in->text);
	return 0;
}

/* Only the minutes use the note, and they read the journal: no decision depends on it. */
void mtg_apply_item_noted(struct meeting *meeting, const struct mtg_record *record)
{
	(void)meeting;
	(void)record;
}

/* More time for what ends by the clock is a later end. */
static int move_fixed_end(struct deciding *d, const struct item *item, struct span by)
{
	int64_t end = (int64_t)item->fixed_end + by.ms;

	if (end < 0 || end > (int64_t)TIME_OF_DAY_MAX) {
		return REFUSAL_INVALID;
	}
	struct ev_item_edited *out = &mtg_emit(d, EV_ITEM_EDITED)->item_edited;
	TEXT_COPY(out->item, item->id);
	out->has_fixed_end = true;
	out->fixed_end = (uint64_t)end;
	return 0;
}

static int lengthen(struct deciding *d, const struct item *item, struct span by)
{
	struct span length = {item->planned_length.ms + item->extended.ms + by.ms};

	if (!is_planned_span(length)) {
		return REFUSAL_INVALID;
	}
	struct ev_item_extended *out = &mtg_emit(d, EV_ITEM_EXTENDED)->item_extended;
	TEXT_COPY(out->item, item->id);
	out->by = by;
	return 0;
}

int mtg_decide_item_extend(struct deciding *d)
{
	const struct cmd_item_extend *in = &d->command->body.item_extend;
	int index;
	int r = mtg_need_item(d->meeting, in->item, &index);

	if (r != 0) {
		return r;
	}
	const struct item *item = &d->meeting->items[index];
	if (!is_open(d->meeting) ||
		(item->state != ITEM_STATE_PENDING && item->state != ITEM_STATE_ACTIVE)) {
		return REFUSAL_WRONG_STATE;
	}
	if (in->by.ms == 0 || in->by.ms < -PLANNED_SPAN_MAX_MS || in->by.ms > PLANNED_SPAN_MAX_MS) {
		return REFUSAL_INVALID;
	}
	return item->has_fixed_end ? move_fixed_end(d, item, in->by) : lengthen(d, item, in->by);
}

void mtg_apply_item_extended(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_item_extended *in = &record->event.item_extended;
	struct item *item = &meeting->items[mtg_find_item(meeting, in->item)];

	item->extended = span_sum(item->extended, in->by);
	meeting->core.revisions.agenda = record->seq;
}
