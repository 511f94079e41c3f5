/* The checks across fields, rows and files; one function for each rule. */
#include "coordinator/plan/consistency.h"

#include <string.h>

#include "coordinator/meeting/calendar.h"
#include "coordinator/plan/agenda_times.h"
#include "coordinator/plan/name_index.h"

struct checker {
	const struct plan *plan;
	const struct plan_parts *parts;
	struct plan_diagnostics *faults;
	struct name_index sites;
	struct name_index codes;
	struct name_index regions;
	struct name_index items;
	struct name_index lists;
};

static size_t row_of(const struct plan_part *part, size_t at)
{
	return part->rows ? part->rows[at] : at + 1;
}

static void fault_at(struct checker *checker, enum plan_diagnostic_code code,
	const struct plan_part *part, size_t at, const char *field, const char *text)
{
	plan_diagnostics_add(checker->faults, code, part->file, row_of(part, at), field, text);
}

static void fault_of_meeting(struct checker *checker, enum plan_diagnostic_code code,
	const char *field, const char *text)
{
	plan_diagnostics_add(checker->faults, code, checker->parts->meeting.file, 0, field, text);
}

static void build_indices(struct checker *checker)
{
	const struct plan *plan = checker->plan;
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
	name_index_sort(&checker->sites);
	name_index_sort(&checker->codes);
	name_index_sort(&checker->regions);
	name_index_sort(&checker->items);
	name_index_sort(&checker->lists);
}

static void finish_indices(struct checker *checker)
{
	name_index_finish(&checker->sites);
	name_index_finish(&checker->codes);
	name_index_finish(&checker->regions);
	name_index_finish(&checker->items);
	name_index_finish(&checker->lists);
}

static void check_repeats(struct checker *checker, const struct name_index *index,
	const struct plan_part *part, const char *field)
{
	for (size_t i = 0; i < index->n; i++) {
		if (name_index_repeats(index, i)) {
			fault_at(checker, PLAN_DUPLICATE, part, index->keys[i].at, field,
				index->keys[i].text);
		}
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
		fault_of_meeting(checker, PLAN_NO_SUCH_DAY, "date", date);
	}
}

static void check_regions(struct checker *checker)
{
	for (size_t i = 0; i < checker->regions.n; i++) {
		if (name_index_repeats(&checker->regions, i)) {
			fault_of_meeting(
				checker, PLAN_DUPLICATE, "regions", checker->regions.keys[i].text);
		}
	}
}

/* The main venue: one site of that kind, and it is the one that meeting.json names. */
static void check_main_venue(struct checker *checker)
{
	const char *main_site = checker->plan->meeting.main_site;
	const struct plan_sites *sites = &checker->plan->sites;
	bool found = false;
	for (size_t i = 0; i < sites->n_sites; i++) {
		const struct plan_site *site = &sites->sites[i];
		if (site->kind == SITE_KIND_MAIN && site->id[0] && main_site[0] &&
			strcmp(site->id, main_site) != 0) {
			fault_at(checker, PLAN_MAIN_VENUE, &checker->parts->sites, i, "kind",
				site->id);
		}
		found = found ||
			(strcmp(site->id, main_site) == 0 && site->kind != SITE_KIND_REMOTE);
	}
	if (!found && main_site[0] && checker->parts->sites.whole) {
		fault_of_meeting(checker, PLAN_MAIN_VENUE, "main_site", main_site);
	}
}

static void check_site(struct checker *checker, size_t at)
{
	const struct plan_site *site = &checker->plan->sites.sites[at];
	bool seen[PLAN_SOURCE_END] = {false};
	if (site->region[0] && checker->parts->meeting.whole &&
		!name_index_has(&checker->regions, site->region)) {
		fault_at(checker, PLAN_UNKNOWN_REGION, &checker->parts->sites, at, "region",
			site->region);
	}
	for (size_t i = 0; i < site->n_sources; i++) {
		if (site->sources[i] && seen[site->sources[i]]) {
			fault_at(checker, PLAN_DUPLICATE, &checker->parts->sites, at, "sources",
				NULL);
		}
		seen[site->sources[i]] = true;
	}
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
			fault_at(checker, PLAN_OVERLAP, part, i, "start", item->start);
		}
		if (time.ends_before) {
			fault_at(checker, PLAN_FIXED_END, part, i, "fixed_end", item->fixed_end);
		}
	}
}

static void check_item_lists(struct checker *checker, size_t at)
{
	const struct plan_item *item = &checker->plan->agenda.items[at];
	for (size_t i = 1; i < item->n_lists; i++) {
		for (size_t j = 0; j < i; j++) {
			if (item->lists[i][0] && strcmp(item->lists[i], item->lists[j]) == 0) {
				fault_at(checker, PLAN_DUPLICATE, &checker->parts->agenda, at,
					"lists", item->lists[i]);
			}
		}
	}
}

static void check_site_reference(
	struct checker *checker, const struct plan_part *part, size_t at, const char *site)
{
	if (site[0] && checker->parts->sites.whole && !name_index_has(&checker->sites, site)) {
		fault_at(checker, PLAN_UNKNOWN_SITE, part, at, "site", site);
	}
}

static void check_turn(struct checker *checker, size_t at)
{
	const struct plan_turn *turn = &checker->plan->speaking.turns[at];
	const struct plan_part *part = &checker->parts->speaking;
	check_site_reference(checker, part, at, turn->site);
	if (turn->list[0] && checker->parts->agenda.whole &&
		!name_index_has(&checker->lists, turn->list)) {
		fault_at(checker, PLAN_UNKNOWN_LIST, part, at, "list", turn->list);
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
	for (size_t i = 0; i < plan->sites.n_sites; i++) {
		check_site(&checker, i);
	}
	check_repeats(&checker, &checker.items, &parts->agenda, "id");
	check_times(&checker);
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		check_item_lists(&checker, i);
	}
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		check_turn(&checker, i);
	}
	for (size_t i = 0; i < plan->documents.n_documents; i++) {
		check_document(&checker, i);
	}
	finish_indices(&checker);
}
