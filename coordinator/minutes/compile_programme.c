/* The programme, planned against actual. */

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/opinions.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/minutes/compile.h"
#include "text_copy.h"

static void compile_item(
	const struct compiling *compiling, const struct item *item, struct minutes_item *out)
{
	ARRAY_COPY(out->item, item->id);
	out->kind = item->kind;
	ARRAY_COPY(out->title, item->title);
	out->has_by = item->by[0] != '\0';
	ARRAY_COPY(out->by, item->by);
	out->state = item->state;
	out->has_planned_start = item->has_planned_start;
	out->planned_start = item->planned_start;
	out->has_extended = item->extended.ms != 0;
	out->extended = item->extended;
	out->has_fixed_end = item->has_fixed_end;
	out->fixed_end = item->fixed_end;
	out->has_lists = item->n_lists > 0;
	out->n_lists = item->n_lists;
	for (size_t i = 0; i < item->n_lists; i++) {
		ARRAY_COPY(out->lists[i], mtg_list(compiling->meeting, item->lists[i])->id);
	}
}

static void compile_actual(
	const struct compiling *compiling, const struct item *item, struct minutes_item *out)
{
	const struct minutes_recorder *recorder = compiling->recorder;

	if (!item->was_started) {
		return;
	}
	out->has_started = out->has_length = true;
	out->started = whole_moment(&recorder->seconds, item->started, item->started_wall);
	out->has_finished = item->was_finished;
	if (item->was_finished) {
		out->finished =
			whole_moment(&recorder->seconds, item->finished, item->finished_wall);
	}
	out->length = span_between(
		out->started.at, item->was_finished ? out->finished.at : recorder->last.at);
}

/* Where the programme is as planned, in milliseconds of the day; unknown after an open length. */
struct planned_clock {
	bool known;
	int64_t ms;
};

static void compile_planned(
	const struct item *item, struct planned_clock *clock, struct minutes_item *out)
{
	if (item->has_planned_start) {
		*clock = (struct planned_clock){true, item->planned_start};
	}
	out->has_planned_length = item->has_planned_length;
	out->planned_length = item->planned_length;
	if (!item->has_planned_length && item->has_fixed_end && clock->known &&
		(int64_t)item->fixed_end > clock->ms) {
		out->has_planned_length = true;
		out->planned_length.ms = item->fixed_end - clock->ms;
	}
	clock->known = clock->known && out->has_planned_length;
	clock->ms += out->planned_length.ms;
	if (item->has_fixed_end && (int64_t)item->fixed_end > clock->ms) {
		*clock = (struct planned_clock){true, item->fixed_end};
	}
}

static void compile_comparison(const struct compiling *compiling, struct minutes_item *out)
{
	if (!out->has_planned_length || out->state == ITEM_STATE_REMOVED) {
		return;
	}
	struct span planned = span_sum(out->planned_length, out->extended);
	out->has_expected = true;
	out->expected = whole_span((struct span){planned.ms / compiling->out->speed});
	out->has_difference = out->has_length;
	out->difference.ms = out->has_length ? out->length.ms - out->expected.ms : 0;
}

static void add_to_totals(struct minutes *out, const struct minutes_item *item)
{
	out->has_expected = out->has_length = true;
	out->expected = span_sum(out->expected, item->expected);
	out->length = span_sum(out->length, item->length);
}

/* The notes of an item that the reader may see. */
static int compile_item_notes(const struct compiling *compiling, int item, struct minutes_item *out)
{
	const struct item_notes *all = &compiling->recorder->item_notes;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		n += all->list[i].item == item && compile_is_visible(compiling, all->list[i].event);
	}
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_note), &list);
	if (r != 0) {
		return r;
	}
	struct minutes_note *notes = list;
	for (size_t i = 0; i < all->n; i++) {
		if (all->list[i].item == item &&
			compile_is_visible(compiling, all->list[i].event)) {
			notes[out->n_notes++] = all->list[i].note;
		}
	}
	out->has_notes = n > 0;
	out->notes = notes;
	return 0;
}

static void compile_opinion(const struct compiling *compiling, const struct opinion *opinion,
	struct minutes_opinion *out)
{
	const struct site *site = mtg_site(compiling->meeting, opinion->site);

	out->when = whole_moment(&compiling->recorder->seconds, opinion->at, opinion->wall);
	ARRAY_COPY(out->site, site->id);
	ARRAY_COPY(out->site_name, site->name);
	ARRAY_COPY(out->text, opinion->text);
	out->state = opinion->state;
	out->has_unit = opinion->unit[0] != '\0';
	ARRAY_COPY(out->unit, opinion->unit);
	out->has_note = opinion->note[0] != '\0';
	ARRAY_COPY(out->note, opinion->note);
}

/* The written opinions given in an item, where the reader may see them. */
static int compile_item_opinions(
	const struct compiling *compiling, int item, struct minutes_item *out)
{
	size_t n = 0, all = mtg_opinion_count(compiling->meeting);

	for (size_t i = 0; i < all; i++) {
		n += mtg_opinion(compiling->meeting, i)->item == item;
	}
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_opinion), &list);
	if (r != 0 || n == 0 || !compile_is_visible(compiling, EV_OPINION_GIVEN)) {
		return r;
	}
	struct minutes_opinion *opinions = list;
	for (size_t i = 0; i < all; i++) {
		const struct opinion *opinion = mtg_opinion(compiling->meeting, i);

		if (opinion->item == item) {
			compile_opinion(compiling, opinion, &opinions[out->n_opinions++]);
		}
	}
	out->has_opinions = true;
	out->opinions = opinions;
	return 0;
}

int compile_items(struct compiling *compiling)
{
	size_t n = mtg_item_count(compiling->meeting);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_item), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_item *items = list;
	struct planned_clock clock = {0};
	for (size_t i = 0; i < n && r == 0; i++) {
		int at = mtg_item_at(compiling->meeting, i);
		const struct item *item = mtg_item(compiling->meeting, at);

		compile_item(compiling, item, &items[i]);
		compile_planned(item, &clock, &items[i]);
		compile_actual(compiling, item, &items[i]);
		compile_comparison(compiling, &items[i]);
		add_to_totals(compiling->out, &items[i]);
		r = compile_item_notes(compiling, at, &items[i]);
		r = r != 0 ? r : compile_item_opinions(compiling, at, &items[i]);
		r = r != 0 ? r : compile_acts(compiling, at, &items[i]);
	}
	compiling->out->items = items;
	compiling->out->n_items = n;
	compiling->out->notes_left_out = compiling->recorder->item_notes.n_left_out;
	compiling->out->has_notes_left_out = compiling->out->notes_left_out > 0;
	return r;
}
