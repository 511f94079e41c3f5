/* Lists and turns: how a turn is added to a list, and where. */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/order.h"

enum { TURN_NUMBER_MAX = 1000000000 };

size_t mtg_list_count(const struct meeting *meeting)
{
	return meeting->core.n_lists;
}

const struct speaking_list *mtg_list(const struct meeting *meeting, int index)
{
	assert(index >= 0 && (size_t)index < meeting->core.n_lists);
	return &meeting->lists[index];
}

size_t mtg_turn_count(const struct meeting *meeting)
{
	return meeting->core.n_turns;
}

const struct turn *mtg_turn(const struct meeting *meeting, int index)
{
	assert(index >= 0 && (size_t)index < meeting->core.n_turns);
	return &meeting->turns[index];
}

int mtg_turn_at(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_turns);
	return meeting->turn_order[position];
}

const struct turn *mtg_turn_by_id(const struct meeting *meeting, const char *id)
{
	int index = mtg_find_turn(meeting, id);

	return index == MTG_NONE ? NULL : &meeting->turns[index];
}

int mtg_turn_index(const struct meeting *meeting, const struct turn *turn)
{
	return (int)(turn - meeting->turns);
}

int mtg_decide_list_add(struct deciding *d)
{
	const struct cmd_list_add *in = &d->command->body.list_add;

	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!in->list[0]) {
		return REFUSAL_INVALID;
	}
	if (mtg_find_list(d->meeting, in->list) != MTG_NONE) {
		return REFUSAL_EXISTS;
	}
	if (d->meeting->core.n_lists == LISTS_MAX) {
		return REFUSAL_LIMIT;
	}
	struct ev_list_added *out = &mtg_emit(d, EV_LIST_ADDED)->list_added;
	TEXT_COPY(out->list, in->list);
	TEXT_COPY(out->title, in->title);
	return 0;
}

void mtg_apply_list_added(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_list_added *in = &record->event.list_added;
	int index = (int)meeting->core.n_lists;
	struct speaking_list *list = &meeting->lists[index];

	TEXT_COPY(list->id, in->list);
	TEXT_COPY(list->title, in->title);
	list->revision = record->seq;
	meeting->core.n_lists++;
	mtg_enter_list(meeting, index);
}

/* The turn of the same list before which a turn is placed. */
static int check_before(const struct deciding *d, int list, bool has_before, const char *before)
{
	if (!has_before) {
		return 0;
	}
	int turn;
	int r = mtg_need_turn(d->meeting, before, &turn);
	if (r != 0) {
		return r;
	}
	return d->meeting->turns[turn].list == list ? 0 : REFUSAL_INVALID;
}

/* The number of "t-1", "t-2" ...; 0 for any other id, and beyond what is counted. */
static uint64_t number_of_id(const char *id)
{
	uint64_t number = 0;

	if (id[0] != 't' || id[1] != '-' || id[2] == '0') {
		return 0;
	}
	for (const char *at = id + 2; *at; at++) {
		if (*at < '0' || *at > '9' || number >= TURN_NUMBER_MAX / 10) {
			return 0;
		}
		number = number * 10 + (uint64_t)(*at - '0');
	}
	return number;
}

/*
 * The next free number: ids already used by a plan are skipped. An id is never used twice, even
 * after its turn was removed: the record tells turns apart by it.
 */
void mtg_next_turn_id(const struct meeting *meeting, char *ret_id)
{
	uint64_t number = meeting->core.turn_number;

	do {
		size_t n = 0;
		uint64_t rest = ++number;
		char digits[20];

		for (; rest > 0; rest /= 10) {
			digits[n++] = (char)('0' + rest % 10);
		}
		memcpy(ret_id, "t-", 2);
		for (size_t i = 0; i < n; i++) {
			ret_id[2 + i] = digits[n - 1 - i];
		}
		ret_id[2 + n] = 0;
	} while (mtg_find_turn(meeting, ret_id) != MTG_NONE);
}

static int check_add(const struct deciding *d, const struct cmd_turn_add *in)
{
	int list, site;
	int r = mtg_need_list(d->meeting, in->list, &list);

	r = r != 0 ? r : mtg_need_venue(d->meeting, in->site, &site);
	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (in->has_turn && mtg_find_turn(d->meeting, in->turn) != MTG_NONE) {
		return REFUSAL_EXISTS;
	}
	if (d->meeting->core.n_turns == TURNS_MAX) {
		return REFUSAL_LIMIT;
	}
	if (!is_planned_span(in->allowance) || (in->has_turn && !in->turn[0]) ||
		(in->has_class && !is_word((int)in->class, TURN_CLASS_END)) ||
		(in->origin != TURN_ORIGIN_ASSIGNED && in->origin != TURN_ORIGIN_OPERATOR)) {
		return REFUSAL_INVALID;
	}
	return check_before(d, list, in->has_before, in->before);
}

static enum turn_class class_of_origin(enum turn_origin origin)
{
	return origin == TURN_ORIGIN_REQUESTED ? TURN_CLASS_REQUESTED : TURN_CLASS_ASSIGNED;
}

void mtg_say_class(struct ev_turn_added *out, enum turn_class class)
{
	out->has_class = class != class_of_origin(out->origin);
	out->class = out->has_class ? class : TURN_CLASS_UNSET;
}

/* Who goes before whom among turns that wait: who chairs, then replies, then all others. */
static int rank_of(enum turn_class class)
{
	return class == TURN_CLASS_CHAIR ? 1 : class == TURN_CLASS_REPLY ? 2 : 3;
}

void mtg_place_by_class(const struct meeting *meeting, struct ev_turn_added *out)
{
	int list = mtg_find_list(meeting, out->list);
	int rank = rank_of(out->has_class ? out->class : class_of_origin(out->origin));

	for (size_t i = 0; i < meeting->core.n_turns && !out->has_before; i++) {
		const struct turn *turn = &meeting->turns[meeting->turn_order[i]];

		if (turn->list == list && turn->state == TURN_STATE_WAITING &&
			rank_of(turn->class) > rank) {
			out->has_before = true;
			TEXT_COPY(out->before, turn->id);
		}
	}
}

int mtg_decide_turn_add(struct deciding *d)
{
	const struct cmd_turn_add *in = &d->command->body.turn_add;
	int r = check_add(d, in);

	if (r != 0) {
		return r;
	}
	struct ev_turn_added *out = &mtg_emit(d, EV_TURN_ADDED)->turn_added;
	if (in->has_turn) {
		TEXT_COPY(out->turn, in->turn);
	} else {
		mtg_next_turn_id(d->meeting, out->turn);
	}
	TEXT_COPY(out->list, in->list);
	TEXT_COPY(out->site, in->site);
	TEXT_COPY(out->unit, in->unit);
	OPTIONAL_COPY(out, in, speaker);
	OPTIONAL_COPY(out, in, office);
	TEXT_COPY(out->topic, in->topic);
	out->allowance = in->allowance;
	out->origin = in->origin;
	out->approved = true;
	mtg_say_class(out, in->has_class ? in->class : TURN_CLASS_ASSIGNED);
	OPTIONAL_COPY(out, in, before);
	if (in->origin == TURN_ORIGIN_OPERATOR && !in->has_before) {
		mtg_place_by_class(d->meeting, out);
	}
	return 0;
}

static void place_turn(struct meeting *meeting, int index, bool has_before, const char *before)
{
	int mark = has_before ? mtg_find_turn(meeting, before) : MTG_NONE;

	mtg_order_move(meeting->turn_order, meeting->core.n_turns, index, mark);
}

static void count_id(struct meeting *meeting, const char *id)
{
	uint64_t number = number_of_id(id);

	meeting->core.turn_number++;
	if (number > meeting->core.turn_number) {
		meeting->core.turn_number = number;
	}
}

void mtg_apply_turn_added(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_turn_added *in = &record->event.turn_added;
	int index = (int)meeting->core.n_turns;
	struct turn *turn = &meeting->turns[index];

	TEXT_COPY(turn->id, in->turn);
	turn->list = mtg_find_list(meeting, in->list);
	turn->site = mtg_find_site(meeting, in->site);
	turn->origin = in->origin;
	turn->class = in->has_class ? in->class : class_of_origin(in->origin);
	turn->state = TURN_STATE_WAITING;
	turn->approved = in->approved;
	turn->allowance = in->allowance;
	turn->added = record->at;
	turn->telephone = MTG_NONE;
	TEXT_COPY(turn->unit, in->unit);
	TEXT_COPY(turn->speaker, in->has_speaker ? in->speaker : "");
	TEXT_COPY(turn->office, in->has_office ? in->office : "");
	TEXT_COPY(turn->topic, in->topic);
	meeting->turn_order[index] = (int16_t)index;
	meeting->core.n_turns++;
	count_id(meeting, turn->id);
	mtg_enter_turn(meeting, index);
	place_turn(meeting, index, in->has_before, in->before);
	mtg_list_changed(meeting, turn, record);
}

int mtg_decide_turn_approve(struct deciding *d)
{
	const struct cmd_turn_approve *in = &d->command->body.turn_approve;
	int index;
	int r = mtg_need_turn(d->meeting, in->turn, &index);

	if (r != 0) {
		return r;
	}
	const struct turn *turn = &d->meeting->turns[index];
	if (!is_open(d->meeting) || turn->state != TURN_STATE_WAITING) {
		return REFUSAL_WRONG_STATE;
	}
	if (turn->approved) {
		return REFUSAL_ALREADY;
	}
	if (in->has_allowance && !is_planned_span(in->allowance)) {
		return REFUSAL_INVALID;
	}
	r = check_before(d, turn->list, in->has_before, in->before);
	if (r != 0) {
		return r;
	}
	if (in->has_before && strcmp(in->before, in->turn) == 0) {
		return REFUSAL_INVALID;
	}
	struct ev_turn_approved *out = &mtg_emit(d, EV_TURN_APPROVED)->turn_approved;
	TEXT_COPY(out->turn, in->turn);
	OPTIONAL_COPY(out, in, before);
	out->has_allowance = in->has_allowance;
	out->allowance = in->has_allowance ? in->allowance : (struct span){0};
	return 0;
}

void mtg_apply_turn_approved(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_turn_approved *in = &record->event.turn_approved;
	int index = mtg_find_turn(meeting, in->turn);
	struct turn *turn = &meeting->turns[index];

	turn->approved = true;
	if (in->has_allowance) {
		turn->allowance = in->allowance;
	}
	if (in->has_before) {
		place_turn(meeting, index, true, in->before);
	}
	mtg_list_changed(meeting, turn, record);
}

int mtg_decide_turn_move(struct deciding *d)
{
	const struct cmd_turn_move *in = &d->command->body.turn_move;
	int index;
	int r = mtg_need_turn(d->meeting, in->turn, &index);

	if (r != 0) {
		return r;
	}
	const struct turn *turn = &d->meeting->turns[index];
	if (!is_open(d->meeting) || !is_upcoming(turn)) {
		return turn->state == TURN_STATE_ON_AIR ? REFUSAL_TURN_ON_AIR : REFUSAL_WRONG_STATE;
	}
	r = check_before(d, turn->list, in->has_before, in->before);
	if (r != 0) {
		return r;
	}
	if (in->has_before && strcmp(in->before, in->turn) == 0) {
		return REFUSAL_INVALID;
	}
	struct ev_turn_moved *out = &mtg_emit(d, EV_TURN_MOVED)->turn_moved;
	TEXT_COPY(out->turn, in->turn);
	OPTIONAL_COPY(out, in, before);
	return 0;
}

void mtg_apply_turn_moved(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_turn_moved *in = &record->event.turn_moved;
	int index = mtg_find_turn(meeting, in->turn);

	place_turn(meeting, index, in->has_before, in->before);
	mtg_list_changed(meeting, &meeting->turns[index], record);
}
