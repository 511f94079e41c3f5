/* See shadow.h. It knows nothing of how updates are made. */
#include "tests/unit/view/shadow.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"

enum { SHADOW_SITES = 64, SHADOW_BALLOTS = 512 };

struct shadow {
	struct wire_snapshot singles;
	struct wire_site_view sites[SHADOW_SITES];
	struct wire_item_view items[ITEMS_MAX];
	struct wire_list_view lists[LISTS_MAX];
	struct wire_turn_view turns[TURNS_MAX];
	struct wire_alarm_view alarms[ALARMS_MAX];
	struct wire_message_view messages[MESSAGES_KEPT_MAX];
	struct wire_site_view removed_sites[SHADOW_SITES];
	struct wire_document_view documents[DOCUMENTS_MAX];
	struct wire_site_ticks_view ticks[SHADOW_SITES];
	struct wire_registration_view registrations[SHADOW_SITES];
	size_t n_registrations;
	struct wire_task_view tasks[TASKS_MAX];
	size_t n_ticks;
	size_t n_tasks;
	struct wire_act_view acts[ACTS_MAX];
	size_t n_acts;
	struct wire_received_view received[RECEIVED_MAX]; /* of all documents */
	struct wire_handout_view handouts[HANDOUTS_MAX];
	struct wire_receipt_view receipts[HANDOUTS_MAX * SHADOW_SITES]; /* of all handouts */
	size_t n_handouts;
	size_t n_removed_sites;
	size_t n_documents;
	struct wire_vote_view votes[VOTES_MAX];
	struct wire_ballot_view ballots[SHADOW_BALLOTS];
	struct wire_opinion_view opinions[OPINIONS_MAX];
	size_t n_opinions;
	struct wire_vote_remark_view remarks[VOTE_REMARKS_MAX];
	size_t n_votes;
	size_t n_ballots;
	size_t n_remarks;
	size_t n_sites;
	size_t n_items;
	size_t n_lists;
	size_t n_turns;
	size_t n_alarms;
	size_t n_messages;
};

struct table {
	char *rows;
	size_t *n;
	size_t max;
	size_t size;
	size_t id; /* every view begins with its id */
};

struct shadow *shadow_create(void)
{
	return calloc(1, sizeof(struct shadow));
}

void shadow_destroy(struct shadow *shadow)
{
	free(shadow);
}

static size_t find(const struct table *table, const void *id)
{
	size_t i = 0;

	while (i < *table->n && memcmp(table->rows + i * table->size, id, table->id) != 0) {
		i++;
	}
	return i;
}

static void put(const struct table *table, const void *views, size_t n)
{
	const char *view = views;

	for (size_t i = 0; i < n; i++, view += table->size) {
		size_t at = find(table, view);

		assert(at < table->max);
		*table->n += at == *table->n;
		memcpy(table->rows + at * table->size, view, table->size);
	}
}

static void take_off(const struct table *table, const void *id)
{
	size_t at = find(table, id);

	if (at < *table->n) {
		char *row = table->rows + at * table->size;

		memmove(row, row + table->size, (*table->n - at - 1) * table->size);
		--*table->n;
	}
}

/* Ids in their order, one after another, each `id` bytes. What is not named is no more. */
static void reorder(const struct table *table, const void *ids, size_t n)
{
	char *rows = malloc(*table->n * table->size + 1);

	assert(rows && n <= *table->n);
	for (size_t i = 0; i < n; i++) {
		size_t at = find(table, (const char *)ids + i * table->id);

		assert(at < *table->n);
		memcpy(rows + i * table->size, table->rows + at * table->size, table->size);
	}
	memcpy(table->rows, rows, n * table->size);
	*table->n = n;
	free(rows);
}

#define TABLE(s, kind, max, id)                                                                    \
	{                                                                                          \
		(char *)(s)->kind, &(s)->n_##kind, (max), sizeof((s)->kind[0]),                    \
			sizeof((s)->kind[0].id)                                                    \
	}

static void apply_rows(struct shadow *shadow, const struct wire_update *update)
{
	const struct table sites = TABLE(shadow, sites, SHADOW_SITES, site);
	const struct table items = TABLE(shadow, items, ITEMS_MAX, item);
	const struct table lists = TABLE(shadow, lists, LISTS_MAX, list);
	const struct table turns = TABLE(shadow, turns, TURNS_MAX, turn);
	const struct table alarms = TABLE(shadow, alarms, ALARMS_MAX, alarm);

	const struct table ticks = TABLE(shadow, ticks, SHADOW_SITES, site);

	const struct table registrations = TABLE(shadow, registrations, SHADOW_SITES, site);

	put(&ticks, update->ticks, update->n_ticks);
	put(&registrations, update->registrations, update->n_registrations);
	put(&sites, update->sites, update->n_sites);
	put(&items, update->items, update->n_items);
	put(&lists, update->lists, update->n_lists);
	put(&turns, update->turns, update->n_turns);
	put(&alarms, update->alarms, update->n_alarms);
	for (size_t i = 0; i < update->n_cleared; i++) {
		take_off(&alarms, &update->cleared[i]);
	}
	if (update->has_site_order) {
		reorder(&sites, update->site_order, update->n_site_order);
	}
	if (update->has_item_order) {
		reorder(&items, update->item_order, update->n_item_order);
	}
	if (update->has_turn_order) {
		reorder(&turns, update->turn_order, update->n_turn_order);
	}
}

/* Which one goes for another of this sender: a site's own where 16 of it are kept; or none. */
static size_t message_to_drop(const struct shadow *shadow, const struct wire_message_view *next)
{
	size_t first = 0, n = 0;

	for (size_t i = shadow->n_messages; i > 0; i--) {
		const struct actor *by = &shadow->messages[i - 1].by;

		if (by->role == ROLE_SITE && next->by.role == ROLE_SITE &&
			strcmp(by->site, next->by.site) == 0) {
			first = i - 1;
			n++;
		}
	}
	if (n >= MESSAGES_PER_SITE_MAX) {
		return first;
	}
	return shadow->n_messages == MESSAGES_KEPT_MAX ? 0 : MESSAGES_KEPT_MAX;
}

/* One that is shown already was read. */
static bool replace_message(struct shadow *shadow, const struct wire_message_view *next)
{
	for (size_t i = 0; i < shadow->n_messages; i++) {
		if (shadow->messages[i].message == next->message) {
			shadow->messages[i] = *next;
			return true;
		}
	}
	return false;
}

static void apply_messages(struct shadow *shadow, const struct wire_update *update)
{
	for (size_t i = 0; i < update->n_messages; i++) {
		if (replace_message(shadow, &update->messages[i])) {
			continue;
		}
		size_t drop = message_to_drop(shadow, &update->messages[i]);

		if (drop < MESSAGES_KEPT_MAX) {
			shadow->n_messages--;
			memmove(shadow->messages + drop, shadow->messages + drop + 1,
				(shadow->n_messages - drop) * sizeof(shadow->messages[0]));
		}
		shadow->messages[shadow->n_messages++] = update->messages[i];
	}
}

static void apply_documents(struct shadow *shadow, const struct wire_update *update)
{
	size_t used = 0;

	assert(update->n_documents <= DOCUMENTS_MAX);
	for (size_t i = 0; i < update->n_documents; i++) {
		struct wire_document_view *document = &shadow->documents[i];

		*document = update->documents[i];
		document->received = &shadow->received[used];
		for (size_t k = 0; k < document->n_received; k++) {
			shadow->received[used++] = update->documents[i].received[k];
		}
	}
	shadow->n_documents = update->n_documents;
}

static void apply_handouts(struct shadow *shadow, const struct wire_update *update)
{
	size_t used = 0;

	assert(update->n_handouts <= HANDOUTS_MAX);
	for (size_t i = 0; i < update->n_handouts; i++) {
		struct wire_handout_view *handout = &shadow->handouts[i];

		*handout = update->handouts[i];
		handout->sites = &shadow->receipts[used];
		for (size_t k = 0; k < handout->n_sites; k++) {
			shadow->receipts[used++] = update->handouts[i].sites[k];
		}
	}
	shadow->n_handouts = update->n_handouts;
}

static void apply_wholes(struct shadow *shadow, const struct wire_update *update)
{
	if (update->has_removed_sites) {
		assert(update->n_removed_sites <= SHADOW_SITES);
		for (size_t i = 0; i < update->n_removed_sites; i++) {
			shadow->removed_sites[i] = update->removed_sites[i];
		}
		shadow->n_removed_sites = update->n_removed_sites;
	}
	if (update->has_acts) {
		assert(update->n_acts <= ACTS_MAX);
		for (size_t i = 0; i < update->n_acts; i++) {
			shadow->acts[i] = update->acts[i];
		}
		shadow->n_acts = update->n_acts;
	}
	if (update->has_documents) {
		apply_documents(shadow, update);
	}
	if (update->has_handouts) {
		apply_handouts(shadow, update);
	}
	if (update->has_tasks) {
		assert(update->n_tasks <= TASKS_MAX);
		for (size_t i = 0; i < update->n_tasks; i++) {
			shadow->tasks[i] = update->tasks[i];
		}
		shadow->n_tasks = update->n_tasks;
	}
	if (update->has_checks) {
		memcpy(shadow->singles.checks, update->checks, sizeof(update->checks));
		shadow->singles.n_checks = update->n_checks;
	}
}

/* Ballots and opinions by their number, and what is new of the protocols. */
static void apply_votes(struct shadow *shadow, const struct wire_update *update)
{
	for (size_t i = 0; update->has_votes && i < update->n_votes; i++) {
		shadow->votes[i] = update->votes[i];
	}
	shadow->n_votes = update->has_votes ? update->n_votes : shadow->n_votes;
	for (size_t i = 0; i < update->n_ballots; i++) {
		size_t at = update->ballots[i].ballot - 1;

		assert(at < SHADOW_BALLOTS && at <= shadow->n_ballots);
		shadow->ballots[at] = update->ballots[i];
		shadow->n_ballots = at == shadow->n_ballots ? at + 1 : shadow->n_ballots;
	}
	for (size_t i = 0; i < update->n_opinions; i++) {
		size_t at = update->opinions[i].opinion - 1;

		assert(at <= shadow->n_opinions);
		shadow->opinions[at] = update->opinions[i];
		shadow->n_opinions = at == shadow->n_opinions ? at + 1 : shadow->n_opinions;
	}
	for (size_t i = 0; i < update->n_vote_remarks; i++) {
		shadow->remarks[shadow->n_remarks++] = update->vote_remarks[i];
	}
}

void shadow_apply(struct shadow *shadow, const struct wire_update *update)
{
	shadow->singles.seq = update->seq;
	shadow->singles.at = update->at;
	if (update->has_meeting) {
		shadow->singles.meeting = update->meeting;
	}
	if (update->has_floor) {
		shadow->singles.floor = update->floor;
	}
	if (update->has_scene) {
		shadow->singles.scene = update->scene;
	}
	if (update->has_relay) {
		shadow->singles.relay = update->relay;
	}
	if (update->has_microphones) {
		shadow->singles.microphones = update->microphones;
	}
	if (update->has_attendance) {
		shadow->singles.attendance = update->attendance;
	}
	if (update->has_ledger) {
		shadow->singles.ledger = update->ledger;
	}
	if (update->has_ceremony) {
		shadow->singles.ceremony = update->ceremony;
	}
	if (update->has_lectern) {
		shadow->singles.has_lectern = true;
		shadow->singles.lectern = update->lectern;
	}
	if (update->has_bell) {
		shadow->singles.has_bell = true;
		shadow->singles.bell = update->bell;
	}
	if (update->has_direction) {
		shadow->singles.has_direction = true;
		shadow->singles.direction = update->direction;
	}
	if (update->has_asked) {
		shadow->singles.has_asked = true;
		shadow->singles.asked = update->asked;
	}
	apply_rows(shadow, update);
	apply_wholes(shadow, update);
	apply_votes(shadow, update);
	apply_messages(shadow, update);
}

void shadow_snapshot(const struct shadow *shadow, struct wire_snapshot *ret)
{
	*ret = shadow->singles;
	ret->sites = shadow->sites;
	ret->n_sites = shadow->n_sites;
	ret->items = shadow->items;
	ret->n_items = shadow->n_items;
	ret->lists = shadow->lists;
	ret->n_lists = shadow->n_lists;
	ret->turns = shadow->turns;
	ret->n_turns = shadow->n_turns;
	ret->alarms = shadow->alarms;
	ret->n_alarms = shadow->n_alarms;
	ret->messages = shadow->messages;
	ret->n_messages = shadow->n_messages;
	ret->has_removed_sites = ret->has_documents = ret->has_handouts = ret->has_acts =
		ret->has_ceremony = true;
	ret->acts = shadow->acts;
	ret->n_acts = shadow->n_acts;
	ret->removed_sites = shadow->removed_sites;
	ret->n_removed_sites = shadow->n_removed_sites;
	ret->has_votes = true;
	ret->votes = shadow->votes;
	ret->n_votes = shadow->n_votes;
	ret->has_ballots = shadow->n_ballots > 0;
	ret->ballots = shadow->ballots;
	ret->n_ballots = shadow->n_ballots;
	ret->has_opinions = true;
	ret->opinions = shadow->opinions;
	ret->n_opinions = shadow->n_opinions;
	ret->has_vote_remarks = shadow->n_remarks > 0;
	ret->vote_remarks = shadow->remarks;
	ret->n_vote_remarks = shadow->n_remarks;
	ret->documents = shadow->documents;
	ret->n_documents = shadow->n_documents;
	ret->has_checks = ret->has_ticks = ret->has_tasks = ret->has_ledger = true;
	ret->ticks = shadow->ticks;
	ret->n_ticks = shadow->n_ticks;
	ret->has_registrations = ret->has_attendance = true;
	ret->registrations = shadow->registrations;
	ret->n_registrations = shadow->n_registrations;
	ret->tasks = shadow->tasks;
	ret->n_tasks = shadow->n_tasks;
	ret->handouts = shadow->handouts;
	ret->n_handouts = shadow->n_handouts;
}
