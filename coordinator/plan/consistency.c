/* The checks across fields, rows and files; one function for each rule. */
#include "coordinator/plan/consistency.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/plan/agenda_times.h"
#include "coordinator/plan/film_check.h"
#include "coordinator/plan/name_index.h"
#include "coordinator/plan/name_text.h"
#include "coordinator/plan/time_of_day.h"
#include "coordinator/plan/vote_options.h"
#include "proto/codec/codec.h"

struct checker {
	const struct plan *plan;
	const struct plan_parts *parts;
	struct plan_diagnostics *faults;
	struct name_index sites;
	struct name_index names; /* of sites, by their keys */
	char **keys;
	struct name_index codes;
	struct name_index regions;
	struct name_index items;
	struct name_index lists;
	struct name_index votes;
	struct name_index checks;
	struct name_index tasks;
};

static void fault_at(struct checker *checker, enum plan_diagnostic_code code,
	const struct plan_part *part, size_t at, const char *field, const char *text)
{
	plan_diagnostics_add(checker->faults, &(struct plan_finding){.code = code,
						      .place = plan_part_place(part, at),
						      .field = field,
						      .text = text});
}

/* Of an element that collides with another. */
static void collision(struct checker *checker, const struct plan_part *part, size_t at,
	size_t other, const char *field, const char *text)
{
	plan_diagnostics_add(checker->faults, &(struct plan_finding){.code = PLAN_DUPLICATE,
						      .place = plan_part_place(part, at),
						      .field = field,
						      .text = text,
						      .other = plan_part_place(part, other)});
}

/* The names of sites without regard to case; without memory, none. */
static void index_names(struct checker *checker)
{
	const struct plan_sites *sites = &checker->plan->sites;
	checker->keys = calloc(sites->n_sites + 1, sizeof(*checker->keys));
	name_index_init(&checker->names, sites->n_sites);
	for (size_t i = 0; checker->keys && i < sites->n_sites; i++) {
		checker->keys[i] = name_text_key(sites->sites[i].name);
		if (checker->keys[i]) {
			name_index_add(&checker->names, checker->keys[i], i);
		}
	}
	name_index_sort(&checker->names);
}

static void build_indices(struct checker *checker)
{
	const struct plan *plan = checker->plan;
	index_names(checker);
	name_index_init(&checker->sites, plan->sites.n_sites);
	name_index_init(&checker->codes, plan->sites.n_sites);
	name_index_init(&checker->regions, plan->meeting.n_regions);
	name_index_init(&checker->items, plan->agenda.n_items);
	name_index_init(&checker->lists, plan->agenda.n_items * PLAN_ITEM_LISTS_MAX);
	for (size_t i = 0; i < plan->sites.n_sites; i++) {
		name_index_add(&checker->sites, plan->sites.sites[i].id, i);
		name_index_add(&checker->codes, plan->sites.sites[i].code, i);
	}
	for (size_t i = 0; i < plan->meeting.n_regions; i++) {
		name_index_add(&checker->regions, plan->meeting.regions[i], i);
	}
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		const struct plan_item *item = &plan->agenda.items[i];
		name_index_add(&checker->items, item->id, i);
		for (size_t j = 0; j < item->n_lists; j++) {
			name_index_add(&checker->lists, item->lists[j], i);
		}
	}
	name_index_init(&checker->votes, plan->votes.n_votes);
	for (size_t i = 0; i < plan->votes.n_votes; i++) {
		name_index_add(&checker->votes, plan->votes.votes[i].id, i);
	}
	name_index_sort(&checker->votes);
	name_index_init(&checker->checks, plan->checklist.n_checks);
	for (size_t i = 0; i < plan->checklist.n_checks; i++) {
		name_index_add(&checker->checks, plan->checklist.checks[i].id, i);
	}
	name_index_init(&checker->tasks, plan->tasks.n_tasks);
	for (size_t i = 0; i < plan->tasks.n_tasks; i++) {
		name_index_add(&checker->tasks, plan->tasks.tasks[i].id, i);
	}
	name_index_sort(&checker->checks);
	name_index_sort(&checker->tasks);
	name_index_sort(&checker->sites);
	name_index_sort(&checker->codes);
	name_index_sort(&checker->regions);
	name_index_sort(&checker->items);
	name_index_sort(&checker->lists);
}

static void finish_indices(struct checker *checker)
{
	for (size_t i = 0; checker->keys && i < checker->plan->sites.n_sites; i++) {
		free(checker->keys[i]);
	}
	free(checker->keys);
	name_index_finish(&checker->names);
	name_index_finish(&checker->sites);
	name_index_finish(&checker->codes);
	name_index_finish(&checker->regions);
	name_index_finish(&checker->items);
	name_index_finish(&checker->lists);
	name_index_finish(&checker->votes);
	name_index_finish(&checker->checks);
	name_index_finish(&checker->tasks);
}

/* Each against the first of that name. */
static void check_repeats(struct checker *checker, const struct name_index *index,
	const struct plan_part *part, const char *field)
{
	size_t first = 0;
	for (size_t i = 0; i < index->n; i++) {
		if (!name_index_repeats(index, i)) {
			first = index->keys[i].at;
			continue;
		}
		collision(checker, part, index->keys[i].at, first, field, index->keys[i].text);
	}
}

static void check_names(struct checker *checker)
{
	const struct plan_site *sites = checker->plan->sites.sites;
	size_t first = 0;
	for (size_t i = 0; i < checker->names.n; i++) {
		size_t at = checker->names.keys[i].at;
		if (!name_index_repeats(&checker->names, i)) {
			first = at;
			continue;
		}
		collision(checker, &checker->parts->sites, at, first, "name", sites[at].name);
	}
}

static bool is_a_day(const char *text)
{
	struct calendar_date date;
	return mtg_read_date(text, &date);
}

static void check_date(struct checker *checker)
{
	const char *date = checker->plan->meeting.date;
	if (date[0] && !is_a_day(date)) {
		fault_at(checker, PLAN_NO_SUCH_DAY, &checker->parts->meeting, 0, "date", date);
	}
}

static void check_regions(struct checker *checker)
{
	const char *file = checker->parts->meeting.file;
	size_t first = 0;
	for (size_t i = 0; i < checker->regions.n; i++) {
		const struct name_index_key *key = &checker->regions.keys[i];
		if (!name_index_repeats(&checker->regions, i)) {
			first = key->at;
			continue;
		}
		char field[PLAN_FIELD_SIZE];
		snprintf(field, sizeof(field), "regions/%zu", key->at + 1);
		plan_diagnostics_add(
			checker->faults, &(struct plan_finding){.code = PLAN_DUPLICATE,
						 .place = plan_part_whole(&checker->parts->meeting),
						 .field = field,
						 .text = key->text,
						 .other = {file, PLAN_UNIT_ELEMENT, first + 1}});
	}
}

static void fault_of_main(
	struct checker *checker, struct plan_place place, const char *field, const char *text)
{
	plan_diagnostics_add(
		checker->faults, &(struct plan_finding){.code = PLAN_MAIN_VENUE,
					 .place = place,
					 .field = field,
					 .text = text,
					 .other_text = checker->plan->meeting.main_site});
}

/* The main venue: one site of that kind, and it is the one that meeting.json names. */
static void check_main_venue(struct checker *checker)
{
	const char *main_site = checker->plan->meeting.main_site;
	const struct plan_sites *sites = &checker->plan->sites;
	const struct plan_part *part = &checker->parts->sites;
	bool found = false;
	for (size_t i = 0; i < sites->n_sites; i++) {
		const struct plan_site *site = &sites->sites[i];
		bool named = strcmp(site->id, main_site) == 0;
		if (site->kind == SITE_KIND_MAIN && site->id[0] && main_site[0] && !named) {
			fault_of_main(checker, plan_part_place(part, i), "kind", site->id);
		}
		found = found ||
			(named && site->kind != SITE_KIND_REMOTE && site->kind != SITE_KIND_PLAYER);
	}
	if (sites->n_sites == 0 && !plan_part_may_hold(part, main_site)) {
		plan_diagnostics_add(checker->faults, &(struct plan_finding){.code = PLAN_NO_ROWS,
							      .place = plan_part_whole(part)});
	} else if (!found && main_site[0] && !plan_part_may_hold(part, main_site)) {
		fault_of_main(
			checker, plan_part_whole(&checker->parts->meeting), "main_site", main_site);
	}
}

static void check_site(struct checker *checker, size_t at)
{
	const struct plan_site *site = &checker->plan->sites.sites[at];
	bool seen[PLAN_SOURCE_END] = {false};
	if (strcmp(site->id, SITE_ID_OF_RELAY) == 0) {
		fault_at(checker, PLAN_RESERVED, &checker->parts->sites, at, "id", site->id);
	}
	if (site->region[0] && !name_index_has(&checker->regions, site->region) &&
		!plan_part_may_hold(&checker->parts->meeting, site->region)) {
		fault_at(checker, PLAN_UNKNOWN_REGION, &checker->parts->sites, at, "region",
			site->region);
	}
	for (size_t i = 0; i < site->n_sources; i++) {
		if (site->sources[i] && seen[site->sources[i]]) {
			fault_at(checker, PLAN_REPEATED, &checker->parts->sites, at, "sources",
				msg_enum_name(&msg_plan_source, (int)site->sources[i]));
		}
		seen[site->sources[i]] = true;
	}
}

static void fault_of_time(struct checker *checker, enum plan_diagnostic_code code, size_t at,
	size_t other, const char *field, const char *text, uint32_t bound)
{
	const struct plan_part *part = &checker->parts->agenda;
	char clock[CLOCK_TEXT_SIZE];
	clock_write(bound, clock);
	plan_diagnostics_add(checker->faults, &(struct plan_finding){.code = code,
						      .place = plan_part_place(part, at),
						      .field = field,
						      .text = text,
						      .other = plan_part_place(part, other),
						      .other_text = clock});
}

/* Times increase through the programme; gaps are allowed, overlaps are not. */
static void check_times(struct checker *checker)
{
	const struct plan_agenda *agenda = &checker->plan->agenda;
	const struct plan_part *part = &checker->parts->agenda;
	struct agenda_line line;
	agenda_line_init(&line, checker->plan->meeting.date);
	for (size_t i = 0; i < agenda->n_items; i++) {
		const struct plan_item *item = &agenda->items[i];
		struct agenda_time time;
		uint64_t end = line.end;
		agenda_line_next(&line, item, &time);
		if (item->day[0] && !is_a_day(item->day)) {
			fault_at(checker, PLAN_NO_SUCH_DAY, part, i, "day", item->day);
		} else if (time.day_out && is_a_day(checker->plan->meeting.date)) {
			fault_at(checker, PLAN_DAY_OUT, part, i, "day", item->day);
		}
		if (item->day[0] && !item->start[0]) {
			fault_at(checker, PLAN_DAY_ALONE, part, i, "start", NULL);
		}
		if (time.early) {
			fault_of_time(checker, PLAN_OVERLAP, i, i - 1, "start", item->start, end);
		}
		if (time.ends_before) {
			fault_of_time(checker, PLAN_FIXED_END, i, i, "fixed_end", item->fixed_end,
				time.start);
		}
	}
}

static void check_item_lists(struct checker *checker, size_t at)
{
	const struct plan_item *item = &checker->plan->agenda.items[at];
	for (size_t i = 1; i < item->n_lists; i++) {
		for (size_t j = 0; j < i; j++) {
			if (item->lists[i][0] && strcmp(item->lists[i], item->lists[j]) == 0) {
				fault_at(checker, PLAN_REPEATED, &checker->parts->agenda, at,
					"lists", item->lists[i]);
			}
		}
	}
}

static void check_site_reference(
	struct checker *checker, const struct plan_part *part, size_t at, const char *site)
{
	if (site[0] && !name_index_has(&checker->sites, site) &&
		!plan_part_may_hold(&checker->parts->sites, site)) {
		fault_at(checker, PLAN_UNKNOWN_SITE, part, at, "site", site);
	} else if (plan_is_player(&checker->plan->sites, site)) {
		fault_at(checker, PLAN_NOT_A_SITE, part, at, "site", site);
	}
}

static void check_turn(struct checker *checker, size_t at)
{
	const struct plan_turn *turn = &checker->plan->speaking.turns[at];
	const struct plan_part *part = &checker->parts->speaking;
	check_site_reference(checker, part, at, turn->site);
	if (turn->list[0] && checker->lists.n > 0 && !name_index_has(&checker->lists, turn->list) &&
		!plan_part_may_hold(&checker->parts->agenda, turn->list)) {
		fault_at(checker, PLAN_UNKNOWN_LIST, part, at, "list", turn->list);
	}
}

/* Without a single list in the agenda one line says it, not one for each turn. */
static void check_any_list(struct checker *checker)
{
	const struct plan_part *agenda = &checker->parts->agenda;
	if (checker->plan->speaking.n_turns == 0 || checker->lists.n > 0 || agenda->lost ||
		(agenda->damaged && agenda->damaged[0])) {
		return;
	}
	plan_diagnostics_add(checker->faults,
		&(struct plan_finding){
			.code = PLAN_NO_LISTS, .place = plan_part_whole(agenda), .field = "lists"});
}

/* The row of an award or a party names an item of its kind. */
static void check_act(struct checker *checker, const struct plan_part *part, size_t at,
	const char *item, enum item_kind kind)
{
	const struct plan_agenda *agenda = &checker->plan->agenda;
	if (item[0] && !name_index_has(&checker->items, item)) {
		if (!plan_part_may_hold(&checker->parts->agenda, item)) {
			fault_at(checker, PLAN_UNKNOWN_ITEM, part, at, "item", item);
		}
		return;
	}
	for (size_t i = 0; i < agenda->n_items; i++) {
		enum item_kind found = agenda->items[i].kind;
		if (found && found != kind && strcmp(agenda->items[i].id, item) == 0) {
			plan_diagnostics_add(checker->faults,
				&(struct plan_finding){.code = PLAN_NO_CEREMONY,
					.place = plan_part_place(part, at),
					.field = "item",
					.text = item,
					.other_text = msg_enum_name(&msg_item_kind, (int)kind)});
		}
	}
}

/* One of the same name and office gets one award in an item, and signs once. */
static void check_award(struct checker *checker, size_t at)
{
	const struct plan_part *part = &checker->parts->awards;
	const struct plan_award *awards = checker->plan->awards.awards;
	check_act(checker, part, at, awards[at].item, ITEM_KIND_AWARDS);
	for (size_t i = 0; i < at && awards[at].name[0]; i++) {
		if (strcmp(awards[i].item, awards[at].item) == 0 &&
			strcmp(awards[i].name, awards[at].name) == 0 &&
			strcmp(awards[i].office, awards[at].office) == 0) {
			collision(checker, part, at, i, "name", awards[at].name);
			return;
		}
	}
}

static void check_party(struct checker *checker, size_t at)
{
	const struct plan_part *part = &checker->parts->signing;
	const struct plan_party *parties = checker->plan->signing.parties;
	check_act(checker, part, at, parties[at].item, ITEM_KIND_SIGNING);
	for (size_t i = 0; i < at && parties[at].name[0]; i++) {
		if (strcmp(parties[i].item, parties[at].item) == 0 &&
			strcmp(parties[i].name, parties[at].name) == 0 &&
			strcmp(parties[i].office, parties[at].office) == 0) {
			collision(checker, part, at, i, "name", parties[at].name);
			return;
		}
	}
}

static void check_acts(struct checker *checker)
{
	for (size_t i = 0; i < checker->plan->awards.n_awards; i++) {
		check_award(checker, i);
	}
	for (size_t i = 0; i < checker->plan->signing.n_parties; i++) {
		check_party(checker, i);
	}
}

static void check_document(struct checker *checker, size_t at)
{
	const struct plan_document *document = &checker->plan->documents.documents[at];
	const struct plan_part *part = &checker->parts->documents;
	bool named = document->has_site || document->has_unit;
	if (document->every_site == named) {
		fault_at(checker, PLAN_OWNER, part, at, "every_site", NULL);
	}
	if (document->due[0] && !is_a_day(document->due)) {
		fault_at(checker, PLAN_NO_SUCH_DAY, part, at, "due", document->due);
	}
	check_site_reference(checker, part, at, document->site);
}

static void check_vote(struct checker *checker, size_t at)
{
	const struct plan_vote *vote = &checker->plan->votes.votes[at];
	const struct plan_part *part = &checker->parts->votes;
	char options[CMD_VOTE_ADD_OPTIONS_MAX][VOTE_OPTION_SIZE];
	size_t n;
	if (vote->item[0] && !name_index_has(&checker->items, vote->item) &&
		!plan_part_may_hold(&checker->parts->agenda, vote->item)) {
		fault_at(checker, PLAN_UNKNOWN_ITEM, part, at, "item", vote->item);
	}
	if (vote->options[0] && !vote_options_split(vote->options, options, &n)) {
		fault_at(checker, PLAN_OPTIONS, part, at, "options", vote->options);
	}
}

static void check_task(struct checker *checker, size_t at)
{
	const char *due = checker->plan->tasks.tasks[at].due;
	if (due[0] && !is_a_day(due)) {
		fault_at(checker, PLAN_NO_SUCH_DAY, &checker->parts->tasks, at, "due", due);
	}
}

/* Each step has one, and each is a day. */
static void check_deadline(struct checker *checker, size_t at)
{
	const struct plan_deadline *deadlines = checker->plan->meeting.preparation.deadlines;
	const struct plan_part *part = &checker->parts->meeting;
	char field[PLAN_FIELD_SIZE];
	snprintf(field, sizeof(field), "preparation/deadlines/%zu", at + 1);
	if (deadlines[at].date[0] && !is_a_day(deadlines[at].date)) {
		fault_at(checker, PLAN_NO_SUCH_DAY, part, 0, field, deadlines[at].date);
	}
	for (size_t i = 0; i < at; i++) {
		if (deadlines[i].step == deadlines[at].step &&
			deadlines[at].step != READINESS_STEP_UNSET) {
			collision(checker, part, 0, 0, field,
				msg_enum_name(&msg_readiness_step, (int)deadlines[at].step));
			return;
		}
	}
}

/* Each category once, and one quorum at most. */
static void check_registration(struct checker *checker)
{
	const struct registration_terms *terms = &checker->plan->meeting.preparation.registration;
	const struct plan_part *part = &checker->parts->meeting;
	char field[PLAN_FIELD_SIZE];
	for (size_t i = 0; i < terms->n_categories; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(terms->categories[i], terms->categories[j]) == 0) {
				snprintf(field, sizeof(field),
					"preparation/registration/categories/%zu", i + 1);
				collision(checker, part, 0, 0, field, terms->categories[i]);
			}
		}
	}
	if (terms->has_quorum_percent && terms->has_quorum_delegates) {
		fault_at(checker, PLAN_TWO_QUORUMS, part, 0,
			"preparation/registration/quorum_delegates", "");
	}
}

void plan_check(
	const struct plan *plan, const struct plan_parts *parts, struct plan_diagnostics *faults)
{
	struct checker checker = {.plan = plan, .parts = parts, .faults = faults};
	build_indices(&checker);
	check_date(&checker);
	check_regions(&checker);
	check_main_venue(&checker);
	check_repeats(&checker, &checker.sites, &parts->sites, "id");
	check_repeats(&checker, &checker.codes, &parts->sites, "code");
	check_names(&checker);
	for (size_t i = 0; i < plan->sites.n_sites; i++) {
		check_site(&checker, i);
	}
	check_repeats(&checker, &checker.items, &parts->agenda, "id");
	check_times(&checker);
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		check_item_lists(&checker, i);
	}
	check_any_list(&checker);
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		check_turn(&checker, i);
	}
	check_acts(&checker);
	for (size_t i = 0; i < plan->documents.n_documents; i++) {
		check_document(&checker, i);
	}
	check_repeats(&checker, &checker.votes, &parts->votes, "id");
	for (size_t i = 0; i < plan->votes.n_votes; i++) {
		check_vote(&checker, i);
	}
	check_repeats(&checker, &checker.checks, &parts->checklist, "id");
	check_repeats(&checker, &checker.tasks, &parts->tasks, "id");
	for (size_t i = 0; i < plan->tasks.n_tasks; i++) {
		check_task(&checker, i);
	}
	for (size_t i = 0; i < plan->meeting.preparation.n_deadlines; i++) {
		check_deadline(&checker, i);
	}
	check_registration(&checker);
	plan_check_films(plan, parts, faults);
	finish_indices(&checker);
}
