#include "coordinator/meeting/acts.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

size_t mtg_act_count(const struct meeting *meeting)
{
	return meeting->core.n_acts;
}

const struct act *mtg_act(const struct meeting *meeting, int index)
{
	assert(index >= 0 && (size_t)index < meeting->core.n_acts);
	return &meeting->acts[index];
}

int64_t mtg_acts_revision(const struct meeting *meeting)
{
	return meeting->core.revisions.acts;
}

bool mtg_is_ceremony(enum item_kind kind)
{
	return kind == ITEM_KIND_AWARDS || kind == ITEM_KIND_SIGNING;
}

bool mtg_acts_allow(const struct meeting *meeting, int item, enum item_kind kind)
{
	for (size_t i = 0; i < meeting->core.n_acts; i++) {
		if (meeting->acts[i].item == item) {
			return mtg_is_ceremony(kind);
		}
	}
	return true;
}

/* A waiting one behind the act that is shown; where there is none, the first that waits at all. */
static void count_act(const struct act *act, int index, struct ceremony *ret)
{
	bool first_behind = ret->shown != MTG_NONE && ret->next < ret->shown;

	ret->total++;
	ret->over += act->state == ACT_STATE_DONE || act->state == ACT_STATE_SKIPPED;
	if (act->state == ACT_STATE_SHOWN) {
		ret->shown = index;
	} else if (act->state == ACT_STATE_DONE && ret->shown == MTG_NONE) {
		ret->previous = index;
	} else if (act->state == ACT_STATE_WAITING && (ret->next == MTG_NONE || first_behind)) {
		ret->next = index;
	}
}

void mtg_ceremony(const struct meeting *meeting, struct ceremony *ret)
{
	int item = meeting->core.active_item;

	*ret = (struct ceremony){MTG_NONE, MTG_NONE, MTG_NONE, MTG_NONE, 0, 0};
	for (size_t i = 0; item != MTG_NONE && i < meeting->core.n_acts; i++) {
		if (meeting->acts[i].item == item) {
			ret->item = item;
			count_act(&meeting->acts[i], (int)i, ret);
		}
	}
}

/* ---- planned ---- */

/* Acts go before those that have not begun. */
static int check_before(const struct deciding *d, const struct cmd_act_add *in, int item)
{
	int before;

	if (!in->has_before) {
		return 0;
	}
	int r = mtg_need_act(d->meeting, in->before, &before);
	if (r != 0) {
		return r;
	}
	const struct act *act = &d->meeting->acts[before];
	return act->item == item && act->state == ACT_STATE_WAITING ? 0 : REFUSAL_INVALID;
}

static int check_add(const struct deciding *d, const struct cmd_act_add *in)
{
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
	if (!in->act[0] || !in->name[0] || !mtg_is_ceremony(item->kind) ||
		(in->has_recipient && !is_word((int)in->recipient, RECIPIENT_END))) {
		return REFUSAL_INVALID;
	}
	if (mtg_find_act(d->meeting, in->act) != MTG_NONE) {
		return REFUSAL_EXISTS;
	}
	return d->meeting->core.n_acts == ACTS_MAX ? REFUSAL_LIMIT : check_before(d, in, index);
}

int mtg_decide_act_add(struct deciding *d)
{
	const struct cmd_act_add *in = &d->command->body.act_add;
	int r = check_add(d, in);

	if (r != 0) {
		return r;
	}
	struct ev_act_added *out = &mtg_emit(d, EV_ACT_ADDED)->act_added;
	TEXT_COPY(out->act, in->act);
	TEXT_COPY(out->item, in->item);
	TEXT_COPY(out->name, in->name);
	OPTIONAL_COPY(out, in, office);
	out->has_recipient = in->has_recipient;
	out->recipient = in->has_recipient ? in->recipient : RECIPIENT_UNSET;
	OPTIONAL_COPY(out, in, award);
	OPTIONAL_COPY(out, in, giver);
	OPTIONAL_COPY(out, in, before);
	return 0;
}

/* An empty place among the acts; those behind it move on by one. */
static struct act *make_place(struct meeting *meeting, const struct ev_act_added *in)
{
	size_t n = meeting->core.n_acts++;
	size_t index = in->has_before ? (size_t)mtg_find_act(meeting, in->before) : n;
	struct act *at = &meeting->acts[index];

	memmove(at + 1, at, (n - index) * sizeof(*at));
	memset(at, 0, sizeof(*at));
	return at;
}

void mtg_apply_act_added(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_act_added *in = &record->event.act_added;
	struct act *act = make_place(meeting, in);

	TEXT_COPY(act->id, in->act);
	act->item = mtg_find_item(meeting, in->item);
	act->state = ACT_STATE_WAITING;
	act->recipient = in->has_recipient ? in->recipient : RECIPIENT_UNSET;
	TEXT_COPY(act->name, in->name);
	TEXT_COPY(act->office, in->has_office ? in->office : "");
	TEXT_COPY(act->award, in->has_award ? in->award : "");
	TEXT_COPY(act->giver, in->has_giver ? in->giver : "");
	meeting->core.revisions.acts = record->seq;
}

int mtg_decide_act_remove(struct deciding *d)
{
	const struct cmd_act_remove *in = &d->command->body.act_remove;
	int index;
	int r = mtg_need_act(d->meeting, in->act, &index);

	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting) || d->meeting->acts[index].state != ACT_STATE_WAITING) {
		return REFUSAL_WRONG_STATE;
	}
	TEXT_COPY(mtg_emit(d, EV_ACT_REMOVED)->act_removed.act, in->act);
	return 0;
}

void mtg_apply_act_removed(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_act(meeting, record->event.act_removed.act);
	size_t behind = meeting->core.n_acts - (size_t)index - 1;
	struct act *at = &meeting->acts[index];

	memmove(at, at + 1, behind * sizeof(*at));
	meeting->core.n_acts--;
	memset(&meeting->acts[meeting->core.n_acts], 0, sizeof(*at));
	meeting->core.revisions.acts = record->seq;
}

/* ---- stepped ---- */

void mtg_emit_act_done(struct deciding *d)
{
	struct ceremony ceremony;

	mtg_ceremony(d->meeting, &ceremony);
	if (ceremony.shown != MTG_NONE) {
		TEXT_COPY(mtg_emit(d, EV_ACT_DONE)->act_done.act,
			d->meeting->acts[ceremony.shown].id);
	}
}

/* An act of the active item. */
static int need_act_now(const struct deciding *d, const char *id, int *ret_act)
{
	int r = mtg_need_act(d->meeting, id, ret_act);

	if (r != 0) {
		return r;
	}
	bool active = d->meeting->acts[*ret_act].item == d->meeting->core.active_item;
	return is_live(d->meeting) && active ? 0 : REFUSAL_WRONG_STATE;
}

static void emit_shown(struct deciding *d, int act)
{
	TEXT_COPY(mtg_emit(d, EV_ACT_SHOWN)->act_shown.act, d->meeting->acts[act].id);
}

int mtg_decide_act_show(struct deciding *d)
{
	int act;
	int r = need_act_now(d, d->command->body.act_show.act, &act);

	if (r != 0) {
		return r;
	}
	if (d->meeting->acts[act].state == ACT_STATE_SHOWN) {
		return REFUSAL_ALREADY;
	}
	mtg_emit_act_done(d);
	emit_shown(d, act);
	return 0;
}

static struct act *changed_act(
	struct meeting *meeting, const char *id, const struct mtg_record *record)
{
	meeting->core.revisions.acts = record->seq;
	return &meeting->acts[mtg_find_act(meeting, id)];
}

void mtg_apply_act_shown(struct meeting *meeting, const struct mtg_record *record)
{
	struct act *act = changed_act(meeting, record->event.act_shown.act, record);

	act->state = ACT_STATE_SHOWN;
	if (!act->was_shown) {
		act->was_shown = true;
		act->shown = record->at;
		act->shown_wall = record->wall;
	}
}

/* Of what is shown alone. */
static int need_shown(const struct deciding *d, const char *id)
{
	int act;
	int r = need_act_now(d, id, &act);

	if (r != 0) {
		return r;
	}
	return d->meeting->acts[act].state == ACT_STATE_SHOWN ? 0 : REFUSAL_WRONG_STATE;
}

int mtg_decide_act_return(struct deciding *d)
{
	const struct cmd_act_return *in = &d->command->body.act_return;
	struct ceremony ceremony;
	int r = need_shown(d, in->act);

	if (r != 0) {
		return r;
	}
	mtg_ceremony(d->meeting, &ceremony);
	TEXT_COPY(mtg_emit(d, EV_ACT_RETURNED)->act_returned.act, in->act);
	if (ceremony.previous != MTG_NONE) {
		emit_shown(d, ceremony.previous);
	}
	return 0;
}

/* It did not take place. */
static void take_back(struct act *act, enum act_state state)
{
	act->state = state;
	act->was_shown = false;
	act->shown = (struct instant){0};
	act->shown_wall = (struct stamp){0};
}

void mtg_apply_act_returned(struct meeting *meeting, const struct mtg_record *record)
{
	take_back(changed_act(meeting, record->event.act_returned.act, record), ACT_STATE_WAITING);
}

int mtg_decide_act_finish(struct deciding *d)
{
	const char *id = d->command->body.act_finish.act;
	int act;
	int r = mtg_need_act(d->meeting, id, &act);

	if (r == 0 && d->meeting->acts[act].state == ACT_STATE_DONE) {
		return REFUSAL_ALREADY;
	}
	r = r == 0 ? need_shown(d, id) : r;
	if (r == 0) {
		mtg_emit_act_done(d);
	}
	return r;
}

void mtg_apply_act_done(struct meeting *meeting, const struct mtg_record *record)
{
	changed_act(meeting, record->event.act_done.act, record)->state = ACT_STATE_DONE;
}

int mtg_decide_act_skip(struct deciding *d)
{
	const struct cmd_act_skip *in = &d->command->body.act_skip;
	int act;
	int r = mtg_need_act(d->meeting, in->act, &act);

	if (r != 0) {
		return r;
	}
	enum act_state state = d->meeting->acts[act].state;
	if (state == ACT_STATE_SKIPPED) {
		return REFUSAL_ALREADY;
	}
	if (!is_open(d->meeting) || state == ACT_STATE_DONE) {
		return REFUSAL_WRONG_STATE;
	}
	struct ev_act_skipped *out = &mtg_emit(d, EV_ACT_SKIPPED)->act_skipped;
	TEXT_COPY(out->act, in->act);
	OPTIONAL_COPY(out, in, reason);
	return 0;
}

void mtg_apply_act_skipped(struct meeting *meeting, const struct mtg_record *record)
{
	take_back(changed_act(meeting, record->event.act_skipped.act, record), ACT_STATE_SKIPPED);
}
