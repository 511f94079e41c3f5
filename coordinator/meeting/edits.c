/*
 * What was written, put right: the meeting's data, an item, an act, the title of a list, a turn. A
 * member that a command leaves out stays; an event carries only what is different from now on.
 * Words may be put right at any time, since the minutes are read last of all; what acts upon the
 * course (the site of a turn, lists and times of an item) only as long as it does.
 */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/decide.h"

/* A text that the command gives, and that is another one, goes into the event. */
#define EDIT_TEXT(out, in, field, now, changes)                                                    \
	do {                                                                                       \
		if ((in)->has_##field && strcmp((in)->field, (now)) != 0) {                        \
			(out)->has_##field = true;                                                 \
			TEXT_COPY((out)->field, (in)->field);                                      \
			(changes)++;                                                               \
		}                                                                                  \
	} while (0)

/* The same of a number or a word. */
#define EDIT_VALUE(out, in, field, now, changes)                                                   \
	do {                                                                                       \
		if ((in)->has_##field && (in)->field != (now)) {                                   \
			(out)->has_##field = true;                                                 \
			(out)->field = (in)->field;                                                \
			(changes)++;                                                               \
		}                                                                                  \
	} while (0)

#define EDIT_SPAN(out, in, field, now, changes)                                                    \
	do {                                                                                       \
		if ((in)->has_##field && (in)->field.ms != (now).ms) {                             \
			(out)->has_##field = true;                                                 \
			(out)->field = (in)->field;                                                \
			(changes)++;                                                               \
		}                                                                                  \
	} while (0)

#define APPLY_TEXT(to, in, field)                                                                  \
	do {                                                                                       \
		if ((in)->has_##field) {                                                           \
			TEXT_COPY((to)->field, (in)->field);                                       \
		}                                                                                  \
	} while (0)

#define APPLY_VALUE(to, in, field)                                                                 \
	do {                                                                                       \
		if ((in)->has_##field) {                                                           \
			(to)->field = (in)->field;                                                 \
		}                                                                                  \
	} while (0)

/* ---- the meeting ---- */

static int check_meeting_edit(const struct cmd_meeting_edit *in)
{
	int64_t day;

	if ((in->has_date && !mtg_parse_date(in->date, &day)) ||
		(in->has_form && !is_word((int)in->form, DOCUMENT_FORM_END)) ||
		(in->has_theme && !is_word((int)in->theme, CARD_THEME_END)) ||
		(in->has_hand_allowance && !is_planned_span(in->hand_allowance)) ||
		(in->has_hard_end && in->hard_end > TIME_OF_DAY_MAX) ||
		(in->has_chairs && in->n_chairs > EV_MEETING_EDITED_CHAIRS_MAX) ||
		(in->has_title_lines && in->n_title_lines > EV_MEETING_EDITED_TITLE_LINES_MAX) ||
		(in->has_preparation && !mtg_is_preparation(&in->preparation)) ||
		(in->has_phrases && !mtg_are_phrases(&in->phrases))) {
		return REFUSAL_INVALID;
	}
	return 0;
}

static bool has_chairs(const struct about *about, const struct cmd_meeting_edit *in)
{
	for (size_t i = 0; i < in->n_chairs; i++) {
		if (i >= about->n_chairs || strcmp(in->chairs[i], about->chairs[i]) != 0) {
			return false;
		}
	}
	return in->n_chairs == about->n_chairs;
}

static bool has_title_lines(const struct about *about, const struct cmd_meeting_edit *in)
{
	for (size_t i = 0; i < in->n_title_lines; i++) {
		if (i >= about->n_title_lines ||
			strcmp(in->title_lines[i], about->title_lines[i]) != 0) {
			return false;
		}
	}
	return in->n_title_lines == about->n_title_lines;
}

int mtg_decide_meeting_edit(struct deciding *d)
{
	const struct cmd_meeting_edit *in = &d->command->body.meeting_edit;
	const struct about *about = &d->meeting->core.about;
	size_t changes = 0;
	int r = check_meeting_edit(in);

	if (r != 0) {
		return r;
	}
	if (in->has_preparation && !mtg_terms_may_follow(d->meeting, &in->preparation)) {
		return REFUSAL_WRONG_STATE;
	}
	struct ev_meeting_edited *out = &mtg_emit(d, EV_MEETING_EDITED)->meeting_edited;
	EDIT_TEXT(out, in, name, about->name, changes);
	EDIT_TEXT(out, in, host, about->host, changes);
	EDIT_TEXT(out, in, place, about->place, changes);
	EDIT_TEXT(out, in, date, about->date, changes);
	EDIT_VALUE(out, in, utc_offset, about->utc_offset, changes);
	EDIT_VALUE(out, in, form, about->form, changes);
	EDIT_VALUE(out, in, theme, about->theme, changes);
	if (in->has_chairs && !has_chairs(about, in)) {
		out->has_chairs = true;
		out->n_chairs = in->n_chairs;
		for (size_t i = 0; i < in->n_chairs; i++) {
			TEXT_COPY(out->chairs[i], in->chairs[i]);
		}
		changes++;
	}
	if (in->has_title_lines && !has_title_lines(about, in)) {
		out->has_title_lines = true;
		out->n_title_lines = in->n_title_lines;
		for (size_t i = 0; i < in->n_title_lines; i++) {
			TEXT_COPY(out->title_lines[i], in->title_lines[i]);
		}
		changes++;
	}
	if (in->has_document &&
		memcmp(&in->document, &about->document, sizeof(in->document)) != 0) {
		out->has_document = true;
		out->document = in->document;
		changes++;
	}
	if (in->has_preparation &&
		memcmp(&in->preparation, &about->preparation, sizeof(in->preparation)) != 0) {
		out->has_preparation = true;
		out->preparation = in->preparation;
		changes++;
	}
	if (in->has_phrases && memcmp(&in->phrases, &about->phrases, sizeof(in->phrases)) != 0) {
		out->has_phrases = true;
		out->phrases = in->phrases;
		changes++;
	}
	EDIT_VALUE(out, in, hard_end, about->hard_end, changes);
	EDIT_SPAN(out, in, hand_allowance, about->hand_allowance, changes);
	return changes > 0 ? 0 : REFUSAL_ALREADY;
}

void mtg_apply_meeting_edited(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_meeting_edited *in = &record->event.meeting_edited;
	struct about *about = &meeting->core.about;

	APPLY_TEXT(about, in, name);
	APPLY_TEXT(about, in, host);
	APPLY_TEXT(about, in, place);
	APPLY_TEXT(about, in, date);
	APPLY_VALUE(about, in, utc_offset);
	APPLY_VALUE(about, in, form);
	APPLY_VALUE(about, in, theme);
	APPLY_VALUE(about, in, hard_end);
	APPLY_VALUE(about, in, hand_allowance);
	if (in->has_chairs) {
		memset(about->chairs, 0, sizeof(about->chairs));
		for (size_t i = 0; i < in->n_chairs; i++) {
			TEXT_COPY(about->chairs[i], in->chairs[i]);
		}
		about->n_chairs = in->n_chairs;
	}
	if (in->has_title_lines) {
		memset(about->title_lines, 0, sizeof(about->title_lines));
		for (size_t i = 0; i < in->n_title_lines; i++) {
			TEXT_COPY(about->title_lines[i], in->title_lines[i]);
		}
		about->n_title_lines = in->n_title_lines;
	}
	if (in->has_document) {
		about->has_document = true;
		about->document = in->document;
	}
	APPLY_VALUE(about, in, preparation);
	APPLY_VALUE(about, in, phrases);
	if (in->has_preparation) {
		meeting->core.revisions.registration_terms = record->seq;
	}
	meeting->core.revisions.agenda = record->seq;
}

/* ---- items ---- */

static bool is_cleared(const struct cmd_item_edit *in, enum item_time time)
{
	for (size_t i = 0; i < in->n_clear; i++) {
		if (in->clear[i] == time) {
			return true;
		}
	}
	return false;
}

/* The command asks for more than other words. */
static bool edits_course(const struct cmd_item_edit *in)
{
	return in->has_lists || in->has_planned_start || in->has_planned_length ||
	       in->has_fixed_end || in->n_clear > 0 || in->has_film;
}

static int check_times(const struct item *item, const struct cmd_item_edit *in)
{
	bool both = (in->has_planned_start && is_cleared(in, ITEM_TIME_PLANNED_START)) ||
		    (in->has_planned_length && is_cleared(in, ITEM_TIME_PLANNED_LENGTH)) ||
		    (in->has_fixed_end && is_cleared(in, ITEM_TIME_FIXED_END));
	struct span length = in->has_planned_length ? in->planned_length : (struct span){0};
	bool resized = in->has_planned_length || is_cleared(in, ITEM_TIME_PLANNED_LENGTH);

	if (both || in->n_clear > EV_ITEM_EDITED_CLEAR_MAX ||
		(in->has_planned_start && in->planned_start > TIME_OF_DAY_MAX) ||
		(in->has_fixed_end && in->fixed_end > TIME_OF_DAY_MAX)) {
		return REFUSAL_INVALID;
	}
	if (resized &&
		(!is_planned_span(length) || !is_planned_span(span_sum(length, item->extended)))) {
		return REFUSAL_INVALID;
	}
	return 0;
}

static bool names_list(const struct deciding *d, const struct cmd_item_edit *in, int list)
{
	for (size_t i = 0; i < in->n_lists; i++) {
		if (mtg_find_list(d->meeting, in->lists[i]) == list) {
			return true;
		}
	}
	return false;
}

/* The turn on air keeps its item: its list cannot be taken from the active one. */
static int check_new_lists(const struct deciding *d, int index, const struct cmd_item_edit *in)
{
	const struct core *core = &d->meeting->core;

	if (!in->has_lists) {
		return 0;
	}
	int r = mtg_check_lists(d, in->lists, in->n_lists);
	if (r != 0) {
		return r;
	}
	bool taken = core->active_item == index && core->floor.on_air != MTG_NONE &&
		     !names_list(d, in, d->meeting->turns[core->floor.on_air].list);
	return taken ? REFUSAL_TURN_ON_AIR : 0;
}

static int check_item_edit(const struct deciding *d, int index, const struct cmd_item_edit *in)
{
	const struct item *item = &d->meeting->items[index];
	bool ahead = item->state == ITEM_STATE_PENDING || item->state == ITEM_STATE_ACTIVE;

	if (edits_course(in) && !(ahead && is_open(d->meeting))) {
		return REFUSAL_WRONG_STATE;
	}
	if (in->has_kind && (!is_word((int)in->kind, ITEM_KIND_END) ||
				    !mtg_acts_allow(d->meeting, index, in->kind))) {
		return REFUSAL_INVALID;
	}
	int r = in->has_film ? mtg_check_film(in->has_kind ? in->kind : item->kind, in->film) : 0;
	r = r != 0 ? r : check_times(item, in);
	return r != 0 ? r : check_new_lists(d, index, in);
}

static bool has_lists(
	const struct deciding *d, const struct item *item, const struct cmd_item_edit *in)
{
	for (size_t i = 0; i < in->n_lists; i++) {
		if (i >= item->n_lists ||
			mtg_find_list(d->meeting, in->lists[i]) != item->lists[i]) {
			return false;
		}
	}
	return in->n_lists == item->n_lists;
}

static void clear(struct ev_item_edited *out, enum item_time time)
{
	out->has_clear = true;
	out->clear[out->n_clear++] = time;
}

static void say_times(
	struct ev_item_edited *out, const struct cmd_item_edit *in, const struct item *item)
{
	if (in->has_planned_start &&
		(!item->has_planned_start || in->planned_start != item->planned_start)) {
		out->has_planned_start = true;
		out->planned_start = in->planned_start;
	} else if (item->has_planned_start && is_cleared(in, ITEM_TIME_PLANNED_START)) {
		clear(out, ITEM_TIME_PLANNED_START);
	}
	if (in->has_planned_length &&
		(!item->has_planned_length || in->planned_length.ms != item->planned_length.ms)) {
		out->has_planned_length = true;
		out->planned_length = in->planned_length;
	} else if (item->has_planned_length && is_cleared(in, ITEM_TIME_PLANNED_LENGTH)) {
		clear(out, ITEM_TIME_PLANNED_LENGTH);
	}
	if (in->has_fixed_end && (!item->has_fixed_end || in->fixed_end != item->fixed_end)) {
		out->has_fixed_end = true;
		out->fixed_end = in->fixed_end;
	} else if (item->has_fixed_end && is_cleared(in, ITEM_TIME_FIXED_END)) {
		clear(out, ITEM_TIME_FIXED_END);
	}
}

static bool says_times(const struct ev_item_edited *out)
{
	return out->has_planned_start || out->has_planned_length || out->has_fixed_end ||
	       out->has_clear;
}

/* A cued turn that no item will call any more is no longer next. */
static void uncue_unlisted(struct deciding *d, int index, const struct cmd_item_edit *in)
{
	int cued = d->meeting->core.floor.cued;

	if (!in->has_lists || cued == MTG_NONE) {
		return;
	}
	int list = d->meeting->turns[cued].list;
	if (!names_list(d, in, list) && !mtg_list_is_open(d->meeting, list, index)) {
		mtg_emit_uncued(d);
	}
}

int mtg_decide_item_edit(struct deciding *d)
{
	const struct cmd_item_edit *in = &d->command->body.item_edit;
	size_t changes = 0;
	int index;
	int r = mtg_need_item(d->meeting, in->item, &index);

	r = r != 0 ? r : check_item_edit(d, index, in);
	if (r != 0) {
		return r;
	}
	const struct item *item = &d->meeting->items[index];
	uncue_unlisted(d, index, in);
	struct ev_item_edited *out = &mtg_emit(d, EV_ITEM_EDITED)->item_edited;
	TEXT_COPY(out->item, in->item);
	EDIT_VALUE(out, in, kind, item->kind, changes);
	EDIT_TEXT(out, in, title, item->title, changes);
	EDIT_TEXT(out, in, by, item->by, changes);
	EDIT_TEXT(out, in, film, item->film, changes);
	say_times(out, in, item);
	if (in->has_lists && !has_lists(d, item, in)) {
		out->has_lists = true;
		out->n_lists = in->n_lists;
		for (size_t i = 0; i < in->n_lists; i++) {
			TEXT_COPY(out->lists[i], in->lists[i]);
		}
		changes++;
	}
	return changes > 0 || says_times(out) ? 0 : REFUSAL_ALREADY;
}

static void clear_time(struct item *item, enum item_time time)
{
	switch (time) {
	case ITEM_TIME_PLANNED_START:
		item->has_planned_start = false;
		item->planned_start = 0;
		break;
	case ITEM_TIME_PLANNED_LENGTH:
		item->has_planned_length = false;
		item->planned_length = (struct span){0};
		break;
	case ITEM_TIME_FIXED_END:
		item->has_fixed_end = false;
		item->fixed_end = 0;
		break;
	case ITEM_TIME_UNSET:
		break;
	}
}

static void apply_times(struct item *item, const struct ev_item_edited *in)
{
	for (size_t i = 0; i < in->n_clear; i++) {
		clear_time(item, in->clear[i]);
	}
	if (in->has_planned_start) {
		item->has_planned_start = true;
		item->planned_start = in->planned_start;
	}
	if (in->has_planned_length) {
		item->has_planned_length = true;
		item->planned_length = in->planned_length;
	}
	if (in->has_fixed_end) {
		item->has_fixed_end = true;
		item->fixed_end = in->fixed_end;
	}
}

/* Another film, or none, from now on; that of the active item begins. */
static void change_film(struct meeting *meeting, int index, const struct mtg_record *record)
{
	mtg_film_forget(meeting, index);
	if (meeting->core.active_item == index) {
		mtg_film_begin(meeting, index, record);
	}
}

void mtg_apply_item_edited(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_item_edited *in = &record->event.item_edited;
	int index = mtg_find_item(meeting, in->item);
	struct item *item = &meeting->items[index];

	APPLY_VALUE(item, in, kind);
	APPLY_TEXT(item, in, title);
	APPLY_TEXT(item, in, by);
	APPLY_TEXT(item, in, film);
	apply_times(item, in);
	if (in->has_lists) {
		memset(item->lists, 0, sizeof(item->lists));
		item->n_lists = in->n_lists;
		for (size_t i = 0; i < in->n_lists; i++) {
			item->lists[i] = mtg_find_list(meeting, in->lists[i]);
		}
	}
	if (in->has_film || in->has_kind) {
		change_film(meeting, index, record);
	}
	meeting->core.revisions.agenda = record->seq;
}

/* ---- acts ---- */

int mtg_decide_act_edit(struct deciding *d)
{
	const struct cmd_act_edit *in = &d->command->body.act_edit;
	size_t changes = 0;
	int index;
	int r = mtg_need_act(d->meeting, in->act, &index);

	if (r != 0) {
		return r;
	}
	if ((in->has_name && !in->name[0]) ||
		(in->has_recipient && !is_word((int)in->recipient, RECIPIENT_END))) {
		return REFUSAL_INVALID;
	}
	const struct act *act = &d->meeting->acts[index];
	struct ev_act_edited *out = &mtg_emit(d, EV_ACT_EDITED)->act_edited;
	TEXT_COPY(out->act, in->act);
	EDIT_TEXT(out, in, name, act->name, changes);
	EDIT_TEXT(out, in, office, act->office, changes);
	EDIT_VALUE(out, in, recipient, act->recipient, changes);
	EDIT_TEXT(out, in, award, act->award, changes);
	EDIT_TEXT(out, in, giver, act->giver, changes);
	return changes > 0 ? 0 : REFUSAL_ALREADY;
}

void mtg_apply_act_edited(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_act_edited *in = &record->event.act_edited;
	struct act *act = &meeting->acts[mtg_find_act(meeting, in->act)];

	APPLY_TEXT(act, in, name);
	APPLY_TEXT(act, in, office);
	APPLY_VALUE(act, in, recipient);
	APPLY_TEXT(act, in, award);
	APPLY_TEXT(act, in, giver);
	meeting->core.revisions.acts = record->seq;
}

/* ---- lists ---- */

int mtg_decide_list_edit(struct deciding *d)
{
	const struct cmd_list_edit *in = &d->command->body.list_edit;
	int list;
	int r = mtg_need_list(d->meeting, in->list, &list);

	if (r != 0) {
		return r;
	}
	if (strcmp(in->title, d->meeting->lists[list].title) == 0) {
		return REFUSAL_ALREADY;
	}
	struct ev_list_edited *out = &mtg_emit(d, EV_LIST_EDITED)->list_edited;
	TEXT_COPY(out->list, in->list);
	TEXT_COPY(out->title, in->title);
	return 0;
}

void mtg_apply_list_edited(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_list_edited *in = &record->event.list_edited;
	struct speaking_list *list = &meeting->lists[mtg_find_list(meeting, in->list)];

	TEXT_COPY(list->title, in->title);
	list->revision = record->seq;
}

/* ---- turns ---- */

/* Somewhere else to speak from, as long as the turn has not been spoken. */
static int check_new_site(
	const struct deciding *d, const struct turn *turn, const struct cmd_turn_edit *in)
{
	int site;

	if (!in->has_site) {
		return 0;
	}
	int r = mtg_need_venue(d->meeting, in->site, &site);
	if (r != 0 || site == turn->site) {
		return r;
	}
	if (turn->state == TURN_STATE_ON_AIR) {
		return REFUSAL_TURN_ON_AIR;
	}
	if (!is_open(d->meeting) || turn->state == TURN_STATE_DONE) {
		return REFUSAL_WRONG_STATE;
	}
	bool barred = d->meeting->sites[site].barred;
	return barred && turn->state == TURN_STATE_CUED ? REFUSAL_SITE_BARRED : 0;
}

int mtg_decide_turn_edit(struct deciding *d)
{
	const struct cmd_turn_edit *in = &d->command->body.turn_edit;
	size_t changes = 0;
	int index;
	int r = mtg_need_turn(d->meeting, in->turn, &index);

	r = r != 0 ? r : check_new_site(d, &d->meeting->turns[index], in);
	if (r == 0 && in->has_class && !is_word((int)in->class, TURN_CLASS_END)) {
		r = REFUSAL_INVALID;
	}
	if (r != 0) {
		return r;
	}
	const struct turn *turn = &d->meeting->turns[index];
	struct ev_turn_edited *out = &mtg_emit(d, EV_TURN_EDITED)->turn_edited;
	TEXT_COPY(out->turn, in->turn);
	EDIT_TEXT(out, in, site, d->meeting->sites[turn->site].id, changes);
	EDIT_TEXT(out, in, unit, turn->unit, changes);
	EDIT_TEXT(out, in, speaker, turn->speaker, changes);
	EDIT_TEXT(out, in, office, turn->office, changes);
	EDIT_TEXT(out, in, topic, turn->topic, changes);
	EDIT_VALUE(out, in, class, turn->class, changes);
	return changes > 0 ? 0 : REFUSAL_ALREADY;
}

/* What it has spoken there stays spoken there. Who moves speaks from where he comes to. */
static void leave_site(struct meeting *meeting, struct turn *turn)
{
	struct site *site = &meeting->sites[turn->site];

	site->moved_on.ms += turn->spoken.ms - turn->elsewhere.ms;
	turn->elsewhere = turn->spoken;
	mtg_hang_up(turn);
}

/* Who is next there has seen nothing yet; and who was about to take the turn meant another site. */
static void move_to_site(
	struct meeting *meeting, int index, int site, const struct mtg_record *record)
{
	struct turn *turn = &meeting->turns[index];
	struct floor *floor = &meeting->core.floor;

	leave_site(meeting, turn);
	mtg_hand_reopened(meeting, turn);
	turn->site = site;
	mtg_hand_finished(meeting, turn);
	turn->acknowledged = false;
	if (turn->state == TURN_STATE_CUED) {
		turn->cued = record->at;
	}
	if (floor->undo.open && floor->undo.turn == index) {
		floor->undo.open = false; /* what it has spoken there is counted there */
	}
	meeting->core.revisions.floor = record->seq;
}

void mtg_apply_turn_edited(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_turn_edited *in = &record->event.turn_edited;
	int index = mtg_find_turn(meeting, in->turn);
	struct turn *turn = &meeting->turns[index];

	if (in->has_site) {
		move_to_site(meeting, index, mtg_find_site(meeting, in->site), record);
	}
	APPLY_TEXT(turn, in, unit);
	APPLY_TEXT(turn, in, speaker);
	APPLY_TEXT(turn, in, office);
	APPLY_TEXT(turn, in, topic);
	APPLY_VALUE(turn, in, class);
	mtg_list_changed(meeting, turn, record);
}
