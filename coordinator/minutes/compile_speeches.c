/* Everybody's turns: what was allowed, and each stretch on the floor. */
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/minutes/compile.h"
#include "text_copy.h"

static struct span length_of(const struct compiling *compiling, const struct floor_time *stretch)
{
	bool running = stretch->end == MINUTES_END_RUNNING;

	return span_between(
		stretch->started.at, running ? compiling->recorder->last.at : stretch->ended.at);
}

static struct span spoken_by(const struct compiling *compiling, const struct turn *turn)
{
	const struct floor_times *all = &compiling->recorder->floor_times;
	struct span sum = {0};

	for (size_t i = 0; i < all->n; i++) {
		if (strcmp(all->list[i].turn, turn->id) == 0) {
			sum = span_sum(sum, length_of(compiling, &all->list[i]));
		}
	}
	return sum;
}

static void compile_stretch(const struct compiling *compiling, const struct floor_time *stretch,
	int site, struct minutes_stretch *out)
{
	out->has_item = stretch->item != MTG_NONE;
	if (out->has_item) {
		ARRAY_COPY(out->item, mtg_item(compiling->meeting, stretch->item)->id);
	}
	out->started = stretch->started;
	out->length = length_of(compiling, stretch);
	out->end = stretch->end;
	out->has_cause = stretch->cause != INTERRUPT_CAUSE_UNSET;
	out->cause = stretch->cause;
	out->has_telephone = out->telephone = stretch->telephone;
	out->has_site_name = stretch->site != site;
	if (out->has_site_name) {
		ARRAY_COPY(out->site_name, mtg_site(compiling->meeting, stretch->site)->name);
	}
}

static int compile_stretches(
	const struct compiling *compiling, const struct turn *turn, struct minutes_speech *out)
{
	const struct floor_times *all = &compiling->recorder->floor_times;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		n += strcmp(all->list[i].turn, turn->id) == 0;
	}
	n = n > MINUTES_SPEECH_STRETCHES_MAX ? MINUTES_SPEECH_STRETCHES_MAX : n;
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_stretch), &list);
	if (r != 0) {
		return r;
	}
	struct minutes_stretch *stretches = list;
	for (size_t i = 0; i < all->n && out->n_stretches < n; i++) {
		if (strcmp(all->list[i].turn, turn->id) == 0) {
			compile_stretch(compiling, &all->list[i], turn->site,
				&stretches[out->n_stretches++]);
			out->has_telephone = out->telephone =
				out->telephone || all->list[i].telephone;
		}
	}
	out->stretches = stretches;
	return 0;
}

static int compile_speech(const struct compiling *compiling, int index, struct minutes_speech *out)
{
	const struct turn *turn = mtg_turn(compiling->meeting, index);
	const struct site *site = mtg_site(compiling->meeting, turn->site);

	ARRAY_COPY(out->turn, turn->id);
	ARRAY_COPY(out->list, mtg_list(compiling->meeting, turn->list)->title);
	out->has_list_id = true;
	ARRAY_COPY(out->list_id, mtg_list(compiling->meeting, turn->list)->id);
	out->has_class = turn->class != TURN_CLASS_UNSET;
	out->class = turn->class;
	ARRAY_COPY(out->site, site->id);
	ARRAY_COPY(out->site_name, site->name);
	ARRAY_COPY(out->unit, turn->unit);
	out->has_speaker = turn->speaker[0] != '\0';
	ARRAY_COPY(out->speaker, turn->speaker);
	out->has_office = turn->office[0] != '\0';
	ARRAY_COPY(out->office, turn->office);
	ARRAY_COPY(out->topic, turn->topic);
	out->origin = turn->origin;
	out->state = turn->state;
	out->allowance = turn->allowance;
	out->spoken = spoken_by(compiling, turn);
	out->has_allowed = turn->allowance.ms > 0;
	out->allowed = whole_span((struct span){turn->allowance.ms / compiling->out->speed});
	if (out->has_allowed && out->spoken.ms > out->allowed.ms) {
		out->over.ms = out->spoken.ms - out->allowed.ms;
	}
	int r = compile_stretches(compiling, turn, out);
	if (r == 0 && out->n_stretches > 0) {
		out->has_item = out->stretches[0].has_item;
		ARRAY_COPY(out->item, out->stretches[0].item);
	}
	return r;
}

static int turn_index(const struct compiling *compiling, const char *id)
{
	return mtg_turn_index(compiling->meeting, mtg_turn_by_id(compiling->meeting, id));
}

/* The first stretch of each turn in the order on air; then the turns that were never on air. */
static void order_turns(const struct compiling *compiling, int *order)
{
	const struct floor_times *all = &compiling->recorder->floor_times;
	bool placed[TURNS_MAX] = {false};
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		int turn = turn_index(compiling, all->list[i].turn);
		if (!placed[turn]) {
			placed[turn] = true;
			order[n++] = turn;
		}
	}
	for (size_t i = 0; i < mtg_turn_count(compiling->meeting); i++) {
		int turn = mtg_turn_at(compiling->meeting, i);
		if (!placed[turn]) {
			order[n++] = turn;
		}
	}
}

/* Where each turn stands in the order of the lists. */
static void place_turns(
	const struct compiling *compiling, const int *order, struct minutes_speech *speeches)
{
	uint32_t places[TURNS_MAX];
	size_t n = mtg_turn_count(compiling->meeting);

	for (size_t i = 0; i < n; i++) {
		places[mtg_turn_at(compiling->meeting, i)] = (uint32_t)i;
	}
	for (size_t i = 0; i < n; i++) {
		speeches[i].has_place = true;
		speeches[i].place = places[order[i]];
	}
}

int compile_speeches(struct compiling *compiling)
{
	size_t n = mtg_turn_count(compiling->meeting);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_speech), &list);
	int order[TURNS_MAX];

	order_turns(compiling, order);
	struct minutes_speech *speeches = list;
	for (size_t i = 0; i < n && r == 0; i++) {
		r = compile_speech(compiling, order[i], &speeches[i]);
		compiling->out->spoken = span_sum(compiling->out->spoken, speeches[i].spoken);
	}
	if (r == 0) {
		place_turns(compiling, order, speeches);
	}
	compiling->out->speeches = speeches;
	compiling->out->n_speeches = n;
	compiling->out->has_spoken = true;
	return r;
}

struct span compile_spoken_from(const struct compiling *compiling, int site)
{
	const struct floor_times *all = &compiling->recorder->floor_times;
	struct span sum = {0};

	for (size_t i = 0; i < all->n; i++) {
		if (all->list[i].site == site) {
			sum = span_sum(sum, length_of(compiling, &all->list[i]));
		}
	}
	return sum;
}
