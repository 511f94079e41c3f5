/* A plan as the commands that set its meeting up. */
#include <stdio.h>
#include <string.h>

#include "coordinator/plan/agenda_times.h"
#include "coordinator/plan/plan.h"
#include "coordinator/plan/time_of_day.h"
#include "coordinator/plan/vote_options.h"
#include "text_copy.h"

enum {
	MINUTE_MS = 60000,
};

static void prepare(const struct plan_preparation *plan, struct preparation *ret)
{
	ret->n_deadlines = plan->n_deadlines;
	for (size_t i = 0; i < plan->n_deadlines; i++) {
		const struct plan_deadline *from = &plan->deadlines[i];
		struct step_deadline *to = &ret->deadlines[i];
		to->step = from->step;
		TEXT_COPY(to->date, from->date);
		to->has_time = from->has_time;
		to->time = from->has_time ? clock_ms(from->time) : 0;
	}
	ret->has_post_due = plan->has_posts;
	ret->post_due = plan->has_posts ? clock_ms(plan->posts) : 0;
	ret->has_retention_days = plan->has_retention_days;
	ret->retention_days = plan->retention_days;
	ret->has_registration = plan->has_registration;
	ret->registration = plan->registration;
}

/* What a plan leaves out is said all the same: one that is changed can then take it back. */
static enum card_theme theme_of(const struct plan_meeting *meeting)
{
	enum card_theme fitting =
		meeting->form == DOCUMENT_FORM_NEUTRAL ? CARD_THEME_PLAIN : CARD_THEME_STATE;
	return meeting->has_theme ? meeting->theme : fitting;
}

static void create(const struct plan *plan, const struct plan_run *run, struct command *out)
{
	const struct plan_meeting *meeting = &plan->meeting;
	struct cmd_meeting_create *args = &out->meeting_create;
	out->name = CMD_MEETING_CREATE;
	TEXT_COPY(args->meeting, run->meeting);
	ARRAY_COPY(args->name, meeting->name);
	ARRAY_COPY(args->host, meeting->host);
	ARRAY_COPY(args->place, meeting->place);
	ARRAY_COPY(args->date, meeting->date);
	ARRAY_COPY(args->title_lines, meeting->title_lines);
	args->n_title_lines = meeting->n_title_lines;
	args->has_chairs = meeting->has_chairs;
	ARRAY_COPY(args->chairs, meeting->chairs);
	args->n_chairs = meeting->n_chairs;
	args->utc_offset = meeting->utc_offset;
	args->form = meeting->form;
	args->has_theme = true;
	args->theme = theme_of(meeting);
	args->speed = run->speed;
	args->rehearsal = run->rehearsal;
	args->has_document = meeting->has_document;
	args->document = meeting->document;
	args->has_hard_end = true;
	args->hard_end = agenda_hard_end(meeting, &plan->agenda);
	args->has_hand_allowance = true;
	args->hand_allowance.ms = (int64_t)meeting->approve_hands_minutes * MINUTE_MS;
	args->has_preparation = meeting->has_preparation;
	if (meeting->has_preparation) {
		prepare(&meeting->preparation, &args->preparation);
	}
	args->has_phrases = meeting->has_phrases;
	args->phrases = meeting->phrases;
}

static bool has_source(const struct plan_site *site, enum plan_source source)
{
	for (size_t i = 0; i < site->n_sources; i++) {
		if (site->sources[i] == source) {
			return true;
		}
	}
	return false;
}

size_t plan_count_venues(const struct plan *plan)
{
	size_t n = 0;
	for (size_t i = 0; i < plan->sites.n_sites; i++) {
		n += plan->sites.sites[i].kind != SITE_KIND_PLAYER;
	}
	return n;
}

uint32_t plan_site_number(const struct plan *plan, size_t index)
{
	const struct plan_site *sites = plan->sites.sites;
	size_t first = 0;
	while (sites[first].kind != SITE_KIND_MAIN) {
		first++;
	}
	return (uint32_t)(index == first ? 1 : index < first ? index + 2 : index + 1);
}

/*
 * The last day by which documents of this site are due, up to the day of the meeting: those due
 * later do not make it ready. NULL: none.
 */
static const char *documents_due(const struct plan *plan, const struct plan_site *site)
{
	const char *last = NULL;
	for (size_t i = 0; i < plan->documents.n_documents; i++) {
		const struct plan_document *document = &plan->documents.documents[i];
		bool of_site = document->has_site && strcmp(document->site, site->id) == 0;
		bool of_each = document->every_site && site->kind == SITE_KIND_REMOTE;
		bool in_time = document->has_due && strcmp(document->due, plan->meeting.date) <= 0;
		if ((of_site || of_each) && in_time && (!last || strcmp(document->due, last) > 0)) {
			last = document->due;
		}
	}
	return last;
}

static void add_site(
	const struct plan *plan, const struct plan_run *run, size_t index, struct command *out)
{
	const struct plan_site *site = &plan->sites.sites[index];
	struct cmd_site_add *args = &out->site_add;
	out->name = CMD_SITE_ADD;
	ARRAY_COPY(args->site, site->id);
	args->number = run->numbers ? run->numbers[index] : plan_site_number(plan, index);
	ARRAY_COPY(args->name, site->name);
	ARRAY_COPY(args->short_code, site->code);
	ARRAY_COPY(args->region, site->region);
	args->kind = site->kind;
	args->has_content = has_source(site, PLAN_SOURCE_CONTENT);
	const char *due = documents_due(plan, site);
	args->has_documents_due = due != NULL;
	if (due) {
		TEXT_COPY(args->documents_due, due);
	}
	args->has_venue = site->has_venue;
	ARRAY_COPY(args->venue, site->venue);
	args->has_contact = site->has_contact;
	ARRAY_COPY(args->contact, site->contact);
	args->has_chair = site->has_chair;
	ARRAY_COPY(args->chair, site->chair);
}

/* Whether an item above, or an earlier place of this one, names the list already. */
static bool named_before(const struct plan_agenda *agenda, size_t at, size_t place)
{
	const char *list = agenda->items[at].lists[place];
	for (size_t i = 0; i <= at; i++) {
		size_t n = i == at ? place : agenda->items[i].n_lists;
		for (size_t j = 0; j < n; j++) {
			if (strcmp(agenda->items[i].lists[j], list) == 0) {
				return true;
			}
		}
	}
	return false;
}

/* The index-th list in the order the agenda names them, titled as its first item. */
static void add_list(const struct plan *plan, size_t index, struct command *out)
{
	const struct plan_agenda *agenda = &plan->agenda;
	for (size_t i = 0; i < agenda->n_items; i++) {
		const struct plan_item *item = &agenda->items[i];
		for (size_t j = 0; j < item->n_lists; j++) {
			if (!named_before(agenda, i, j) && index-- == 0) {
				out->name = CMD_LIST_ADD;
				ARRAY_COPY(out->list_add.list, item->lists[j]);
				ARRAY_COPY(out->list_add.title, item->title);
				return;
			}
		}
	}
}

static size_t count_lists(const struct plan *plan)
{
	size_t n = 0;
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		for (size_t j = 0; j < plan->agenda.items[i].n_lists; j++) {
			n += !named_before(&plan->agenda, i, j);
		}
	}
	return n;
}

static struct agenda_time time_of_item(const struct plan *plan, size_t index)
{
	struct agenda_line line;
	struct agenda_time time;
	agenda_line_init(&line, plan->meeting.date);
	for (size_t i = 0; i <= index; i++) {
		agenda_line_next(&line, &plan->agenda.items[i], &time);
	}
	return time;
}

static void insert_item(const struct plan *plan, size_t index, struct command *out)
{
	const struct plan_item *item = &plan->agenda.items[index];
	struct agenda_time time = time_of_item(plan, index);
	struct cmd_item_insert *args = &out->item_insert;
	out->name = CMD_ITEM_INSERT;
	ARRAY_COPY(args->item, item->id);
	args->kind = item->kind;
	ARRAY_COPY(args->title, item->title);
	ARRAY_COPY(args->lists, item->lists);
	args->n_lists = item->n_lists;
	args->has_by = item->has_by;
	ARRAY_COPY(args->by, item->by);
	args->has_planned_start = item->has_start;
	args->planned_start = item->has_start ? time.start : 0;
	args->has_planned_length = item->has_minutes;
	args->planned_length.ms = (int64_t)item->minutes * MINUTE_MS;
	args->has_fixed_end = item->has_fixed_end;
	args->fixed_end = item->has_fixed_end ? time.fixed_end : 0;
	args->has_film = item->film[0] != '\0';
	ARRAY_COPY(args->film, item->film);
}

static void add_turn(const struct plan *plan, size_t index, struct command *out)
{
	const struct plan_turn *turn = &plan->speaking.turns[index];
	struct cmd_turn_add *args = &out->turn_add;
	out->name = CMD_TURN_ADD;
	ARRAY_COPY(args->list, turn->list);
	ARRAY_COPY(args->site, turn->site);
	ARRAY_COPY(args->unit, turn->unit);
	args->has_speaker = turn->has_speaker && turn->speaker[0] != '\0';
	ARRAY_COPY(args->speaker, turn->speaker);
	args->has_office = turn->has_office && turn->office[0] != '\0';
	ARRAY_COPY(args->office, turn->office);
	ARRAY_COPY(args->topic, turn->topic);
	args->allowance.ms = (int64_t)turn->minutes * MINUTE_MS;
	args->origin = TURN_ORIGIN_ASSIGNED;
	args->has_class = true;
	args->class = turn->has_class ? turn->class : TURN_CLASS_ASSIGNED;
}

static void add_award(const struct plan *plan, size_t index, struct cmd_act_add *args)
{
	const struct plan_award *award = &plan->awards.awards[index];
	ARRAY_COPY(args->item, award->item);
	ARRAY_COPY(args->name, award->name);
	args->has_office = award->has_office && award->office[0] != '\0';
	ARRAY_COPY(args->office, award->office);
	args->has_recipient = award->has_recipient;
	args->recipient = award->recipient;
	args->has_award = award->has_award && award->award[0] != '\0';
	ARRAY_COPY(args->award, award->award);
	args->has_giver = award->has_giver && award->giver[0] != '\0';
	ARRAY_COPY(args->giver, award->giver);
}

static void add_party(const struct plan *plan, size_t index, struct cmd_act_add *args)
{
	const struct plan_party *party = &plan->signing.parties[index];
	ARRAY_COPY(args->item, party->item);
	ARRAY_COPY(args->name, party->name);
	args->has_office = party->has_office && party->office[0] != '\0';
	ARRAY_COPY(args->office, party->office);
}

static size_t count_acts(const struct plan *plan)
{
	return plan->awards.n_awards + plan->signing.n_parties;
}

/* Awards, then parties. Its id is its place: a plan gives it no other. */
static void add_act(const struct plan *plan, size_t index, struct command *out)
{
	size_t n_awards = plan->awards.n_awards;
	out->name = CMD_ACT_ADD;
	snprintf(out->act_add.act, sizeof(out->act_add.act), "act-%zu", index + 1);
	if (index < n_awards) {
		add_award(plan, index, &out->act_add);
	} else {
		add_party(plan, index - n_awards, &out->act_add);
	}
}

/* The same of a document. */
static void add_document(const struct plan *plan, size_t index, struct command *out)
{
	const struct plan_document *document = &plan->documents.documents[index];
	struct cmd_document_add *args = &out->document_add;
	out->name = CMD_DOCUMENT_ADD;
	snprintf(args->document, sizeof(args->document), "d-%zu", index + 1);
	ARRAY_COPY(args->title, document->title);
	args->has_site = document->has_site;
	ARRAY_COPY(args->site, document->site);
	args->has_every_site = document->has_every_site && document->every_site;
	args->every_site = args->has_every_site;
	args->has_unit = document->has_unit;
	ARRAY_COPY(args->unit, document->unit);
	args->has_due = document->has_due;
	TEXT_COPY(args->due, document->has_due ? document->due : "");
}

/* Its options were checked with the plan. */
static void add_vote(const struct plan *plan, size_t index, struct command *out)
{
	const struct plan_vote *vote = &plan->votes.votes[index];
	struct cmd_vote_add *args = &out->vote_add;
	out->name = CMD_VOTE_ADD;
	ARRAY_COPY(args->vote, vote->id);
	args->has_item = vote->has_item && vote->item[0] != '\0';
	TEXT_COPY(args->item, args->has_item ? vote->item : "");
	ARRAY_COPY(args->question, vote->question);
	vote_options_split(vote->options, args->options, &args->n_options);
	args->method = vote->has_method ? vote->method : VOTE_METHOD_BY_SITE;
}

static void add_check(const struct plan *plan, size_t index, struct command *out)
{
	const struct plan_check *check = &plan->checklist.checks[index];
	out->name = CMD_CHECK_ADD;
	ARRAY_COPY(out->check_add.check, check->id);
	ARRAY_COPY(out->check_add.title, check->title);
}

static void add_task(const struct plan *plan, size_t index, struct command *out)
{
	const struct plan_task *task = &plan->tasks.tasks[index];
	struct cmd_task_add *args = &out->task_add;
	out->name = CMD_TASK_ADD;
	ARRAY_COPY(args->task, task->id);
	ARRAY_COPY(args->title, task->title);
	ARRAY_COPY(args->owner, task->owner);
	args->has_due = task->has_due;
	TEXT_COPY(args->due, task->has_due ? task->due : "");
}

bool plan_command(const struct plan *plan, const struct plan_run *run, size_t index,
	struct command *ret_command)
{
	const struct {
		size_t n;
		void (*say)(const struct plan *plan, size_t index, struct command *out);
	} parts[] = {
		{count_lists(plan), add_list},
		{plan->agenda.n_items, insert_item},
		{plan->speaking.n_turns, add_turn},
		{count_acts(plan), add_act},
		{plan->documents.n_documents, add_document},
		{plan->votes.n_votes, add_vote},
		{plan->checklist.n_checks, add_check},
		{plan->tasks.n_tasks, add_task},
	};
	memset(ret_command, 0, sizeof(*ret_command));
	if (index == 0) {
		create(plan, run, ret_command);
		return true;
	}
	index -= 1;
	if (index < plan->sites.n_sites) {
		add_site(plan, run, index, ret_command);
		return true;
	}
	index -= plan->sites.n_sites;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (index < parts[i].n) {
			parts[i].say(plan, index, ret_command);
			return true;
		}
		index -= parts[i].n;
	}
	return false;
}
