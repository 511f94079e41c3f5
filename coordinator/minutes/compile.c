/* Compiling: recorded data and the folded state as one document. */
#include <errno.h>
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/rights.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/minutes/recorder.h"
#include "coordinator/minutes/recorder_private.h"
#include "text_copy.h"

struct compiling {
	const struct minutes_recorder *recorder;
	const struct meeting *meeting;
	enum role role; /* of the reader */
	struct msg_arena *arena;
	struct minutes *out;
};

static int take(struct msg_arena *arena, size_t n, size_t size, void **ret_list)
{
	if (n == 0) {
		*ret_list = NULL;
		return 0;
	}
	*ret_list = msg_arena_take(arena, n * size);
	return *ret_list ? 0 : -ENOMEM;
}

static bool is_for_reader(const struct compiling *compiling, enum event_name name)
{
	return mtg_role_sees(compiling->role, name);
}

static void compile_about(struct compiling *compiling)
{
	const struct about *about = mtg_about(compiling->meeting);
	struct minutes *out = compiling->out;

	out->version = 1;
	out->seq = (uint64_t)mtg_last_seq(compiling->meeting);
	out->until = compiling->recorder->last;
	ARRAY_COPY(out->meeting, about->meeting);
	ARRAY_COPY(out->name, about->name);
	ARRAY_COPY(out->host, about->host);
	ARRAY_COPY(out->place, about->place);
	ARRAY_COPY(out->date, about->date);
	ARRAY_COPY(out->title_lines, about->title_lines);
	out->n_title_lines = about->n_title_lines;
	out->form = about->form;
	out->utc_offset = about->utc_offset;
	out->speed = about->speed;
	out->rehearsal = about->rehearsal;
	out->state = about->state;
	out->has_opened = about->was_opened;
	out->opened = (struct minutes_moment){about->opened, about->opened_wall};
	out->has_closed = about->was_closed;
	out->closed = (struct minutes_moment){about->closed, about->closed_wall};
	if (about->was_opened) {
		out->live = span_between(
			about->opened, about->was_closed ? about->closed : out->until.at);
	}
	out->takes = (uint32_t)mtg_floor(compiling->meeting)->takes;
	out->undone = compiling->recorder->undone;
}

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
	out->has_planned_length = item->has_planned_length;
	out->planned_length = item->planned_length;
	out->has_extended = item->extended.ms != 0;
	out->extended = item->extended;
	out->has_fixed_end = item->has_fixed_end;
	out->fixed_end = item->fixed_end;
	out->has_started = item->was_started;
	out->started = (struct minutes_moment){item->started, item->started_wall};
	out->has_finished = item->was_finished;
	out->finished = (struct minutes_moment){item->finished, item->finished_wall};
	out->has_length = item->was_started;
	if (item->was_started) {
		out->length = span_between(item->started,
			item->was_finished ? item->finished : compiling->recorder->last.at);
	}
}

/* The notes of an item that the reader may see. */
static int compile_item_notes(const struct compiling *compiling, int item, struct minutes_item *out)
{
	const struct item_notes *all = &compiling->recorder->item_notes;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		n += all->list[i].item == item && is_for_reader(compiling, all->list[i].event);
	}
	void *list;
	int r = take(compiling->arena, n, sizeof(struct minutes_note), &list);
	if (r != 0) {
		return r;
	}
	struct minutes_note *notes = list;
	for (size_t i = 0; i < all->n; i++) {
		if (all->list[i].item == item && is_for_reader(compiling, all->list[i].event)) {
			notes[out->n_notes++] = all->list[i].note;
		}
	}
	out->has_notes = n > 0;
	out->notes = notes;
	return 0;
}

static int compile_items(struct compiling *compiling)
{
	size_t n = mtg_item_count(compiling->meeting);
	void *list;
	int r = take(compiling->arena, n, sizeof(struct minutes_item), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_item *items = list;
	for (size_t i = 0; i < n && r == 0; i++) {
		int at = mtg_item_at(compiling->meeting, i);
		compile_item(compiling, mtg_item(compiling->meeting, at), &items[i]);
		r = compile_item_notes(compiling, at, &items[i]);
	}
	compiling->out->items = items;
	compiling->out->n_items = n;
	compiling->out->notes_left_out = compiling->recorder->item_notes.n_left_out;
	compiling->out->has_notes_left_out = compiling->out->notes_left_out > 0;
	return r;
}

static struct span spoken_by(const struct compiling *compiling, const struct turn *turn)
{
	struct span spoken = turn->spoken;

	if (turn->state == TURN_STATE_ON_AIR) {
		spoken = span_sum(spoken, span_between(turn->since, compiling->recorder->last.at));
	}
	return spoken;
}

static void compile_stretch(const struct compiling *compiling, const struct floor_time *stretch,
	struct minutes_stretch *out)
{
	bool running = stretch->end == MINUTES_END_RUNNING;

	out->has_item = stretch->item != MTG_NONE;
	if (out->has_item) {
		ARRAY_COPY(out->item, mtg_item(compiling->meeting, stretch->item)->id);
	}
	out->started = stretch->started;
	out->length = span_between(
		stretch->started.at, running ? compiling->recorder->last.at : stretch->ended.at);
	out->end = stretch->end;
	out->has_cause = stretch->cause != INTERRUPT_CAUSE_UNSET;
	out->cause = stretch->cause;
}

static int compile_stretches(
	const struct compiling *compiling, const char *turn, struct minutes_speech *out)
{
	const struct floor_times *all = &compiling->recorder->floor_times;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		n += strcmp(all->list[i].turn, turn) == 0;
	}
	n = n > MINUTES_SPEECH_STRETCHES_MAX ? MINUTES_SPEECH_STRETCHES_MAX : n;
	void *list;
	int r = take(compiling->arena, n, sizeof(struct minutes_stretch), &list);
	if (r != 0) {
		return r;
	}
	struct minutes_stretch *stretches = list;
	for (size_t i = 0; i < all->n && out->n_stretches < n; i++) {
		if (strcmp(all->list[i].turn, turn) == 0) {
			compile_stretch(compiling, &all->list[i], &stretches[out->n_stretches++]);
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
	int64_t allowed = turn->allowance.ms / mtg_about(compiling->meeting)->speed;
	if (allowed > 0 && out->spoken.ms > allowed) {
		out->over.ms = out->spoken.ms - allowed;
	}
	int r = compile_stretches(compiling, turn->id, out);
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

static int compile_speeches(struct compiling *compiling)
{
	size_t n = mtg_turn_count(compiling->meeting);
	void *list;
	int r = take(compiling->arena, n, sizeof(struct minutes_speech), &list);
	int order[TURNS_MAX];

	order_turns(compiling, order);
	struct minutes_speech *speeches = list;
	for (size_t i = 0; i < n && r == 0; i++) {
		r = compile_speech(compiling, order[i], &speeches[i]);
	}
	compiling->out->speeches = speeches;
	compiling->out->n_speeches = n;
	return r;
}

static void compile_steps(
	const struct compiling *compiling, const struct site *site, struct minutes_site *out)
{
	bool whole = is_for_reader(compiling, EV_SITE_SIGNED);

	for (int step = 1; step < READINESS_STEP_END; step++) {
		const struct readiness_mark *from = &site->steps[step];
		if (from->done) {
			struct minutes_step *to = &out->steps[out->n_steps++];

			to->step = (enum readiness_step)step;
			to->when = (struct minutes_moment){from->at, from->wall};
			to->by = whole ? from->by : (struct actor){.role = from->by.role};
			to->has_evidence = whole && from->evidence[0] != '\0';
			if (to->has_evidence) {
				ARRAY_COPY(to->evidence, from->evidence);
			}
		}
	}
}

/* The time since the site's last mark, which is not yet in its sums. */
static struct span since_mark(
	const struct compiling *compiling, const struct site_presence *presence, bool there)
{
	bool live = mtg_about(compiling->meeting)->state == MEETING_STATE_LIVE;

	if (!live || !there) {
		return (struct span){0};
	}
	return span_between(presence->mark, compiling->recorder->last.at);
}

static struct span spoken_from(const struct compiling *compiling, int site)
{
	struct span sum = {0};

	for (size_t i = 0; i < mtg_turn_count(compiling->meeting); i++) {
		const struct turn *turn = mtg_turn(compiling->meeting, (int)i);
		if (turn->site == site) {
			sum = span_sum(sum, spoken_by(compiling, turn));
		}
	}
	return sum;
}

static void compile_site(const struct compiling *compiling, int index, struct minutes_site *out)
{
	const struct site *site = mtg_site(compiling->meeting, index);
	const struct site_presence *presence = &compiling->recorder->presences[index];
	bool has_media = site->media == MEDIA_STATE_GOOD || site->media == MEDIA_STATE_DEGRADED;

	ARRAY_COPY(out->site, site->id);
	ARRAY_COPY(out->name, site->name);
	ARRAY_COPY(out->short_code, site->short_code);
	ARRAY_COPY(out->region, site->region);
	out->kind = site->kind;
	out->attended = presence->attended;
	out->has_first_online = presence->attended;
	out->first_online = presence->first_online;
	compile_steps(compiling, site, out);
	out->online = span_sum(
		presence->online, since_mark(compiling, presence, site->link == LINK_STATE_ONLINE));
	out->media = span_sum(presence->media, since_mark(compiling, presence, has_media));
	out->losses = presence->losses;
	out->silences = presence->silences;
	out->has_alarms = is_for_reader(compiling, EV_ALARM_RAISED);
	out->alarms = out->has_alarms ? presence->alarms : 0;
	out->spoken = spoken_from(compiling, index);
}

static int compile_sites(struct compiling *compiling)
{
	size_t n = mtg_site_count(compiling->meeting);
	void *list;
	int r = take(compiling->arena, n, sizeof(struct minutes_site), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_site *sites = list;
	for (size_t i = 0; i < n; i++) {
		compile_site(compiling, (int)i, &sites[i]);
	}
	compiling->out->sites = sites;
	compiling->out->n_sites = n;
	return 0;
}

static void compile_alarm(const struct compiling *compiling, const struct recorded_alarm *note,
	struct minutes_alarm *out)
{
	out->alarm = note->number;
	out->kind = note->kind;
	out->has_site = note->site != MTG_NONE;
	out->has_site_name = out->has_site;
	if (out->has_site) {
		ARRAY_COPY(out->site, mtg_site(compiling->meeting, note->site)->id);
		ARRAY_COPY(out->site_name, mtg_site(compiling->meeting, note->site)->name);
	}
	out->has_turn = note->turn[0] != '\0';
	ARRAY_COPY(out->turn, note->turn);
	out->raised = note->raised;
	out->has_acknowledged = note->was_acknowledged;
	out->acknowledged = note->acknowledged;
	out->has_acknowledged_by = note->was_acknowledged;
	out->acknowledged_by = note->acknowledged_by;
	out->has_cleared = note->was_cleared;
	out->cleared = note->cleared;
}

static int compile_alarms(struct compiling *compiling)
{
	const struct recorded_alarms *notes = &compiling->recorder->alarms;
	void *list;
	int r = take(compiling->arena, notes->n, sizeof(struct minutes_alarm), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_alarm *alarms = list;
	for (size_t i = 0; i < notes->n; i++) {
		compile_alarm(compiling, &notes->list[i], &alarms[i]);
	}
	compiling->out->alarms = alarms;
	compiling->out->n_alarms = notes->n;
	compiling->out->alarms_left_out = notes->n_left_out;
	return 0;
}

static int compile_restarts(struct compiling *compiling)
{
	const struct recorded_restarts *notes = &compiling->recorder->restarts;
	void *list;
	int r = take(compiling->arena, notes->n, sizeof(*notes->list), &list);

	if (r == 0 && notes->n > 0) {
		memcpy(list, notes->list, notes->n * sizeof(*notes->list));
		compiling->out->restarts = list;
		compiling->out->n_restarts = notes->n;
	}
	return r;
}

/* Alarms and restarts, where the reader may see them. */
static int compile_incidents(struct compiling *compiling)
{
	bool alarms = is_for_reader(compiling, EV_ALARM_RAISED);
	bool restarts = is_for_reader(compiling, EV_CLOCK_RESUMED);

	compiling->out->has_abridged = true;
	compiling->out->abridged =
		!alarms || !restarts || !is_for_reader(compiling, EV_SITE_SIGNED);
	int r = alarms ? compile_alarms(compiling) : 0;
	return r == 0 && restarts ? compile_restarts(compiling) : r;
}

int minutes_recorder_compile(const struct minutes_recorder *recorder, enum role role,
	struct msg_arena *arena, struct minutes *ret_minutes)
{
	struct compiling compiling = {.recorder = recorder,
		.meeting = recorder->meeting,
		.role = role,
		.arena = arena,
		.out = ret_minutes};

	memset(ret_minutes, 0, sizeof(*ret_minutes));
	if (recorder->out_of_memory) {
		return -ENOMEM;
	}
	if (mtg_about(recorder->meeting)->state == MEETING_STATE_UNSET) {
		return -ENODATA;
	}
	compile_about(&compiling);
	int r = compile_items(&compiling);
	if (r == 0) {
		r = compile_speeches(&compiling);
	}
	if (r == 0) {
		r = compile_sites(&compiling);
	}
	return r != 0 ? r : compile_incidents(&compiling);
}
