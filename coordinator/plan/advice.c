/* One function for each kind of note. */
#include "coordinator/plan/advice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "coordinator/plan/agenda_times.h"
#include "coordinator/plan/cell_value.h"
#include "coordinator/plan/time_of_day.h"

enum {
	MINUTE_MS = 60000,
	OFFSET_STEP = 15, /* minutes: no place on earth has a smaller one */
};

struct adviser {
	const struct plan *plan;
	const struct plan_parts *parts;
	struct plan_diagnostics *notes;
};

static void note(struct adviser *adviser, const struct plan_finding *finding)
{
	plan_diagnostics_add(adviser->notes, finding);
}

/* ---- meeting.json ---- */

static bool region_has_site(const struct plan *plan, const char *region)
{
	for (size_t i = 0; i < plan->sites.n_sites; i++) {
		if (strcmp(plan->sites.sites[i].region, region) == 0) {
			return true;
		}
	}
	return false;
}

/* «{site}» alone is replaced on the slate. */
static bool has_strange_brace(const char *line)
{
	static const char site[] = "{site}";
	for (const char *at = line; (at = strpbrk(at, "{}")); at += sizeof(site) - 1) {
		if (strncmp(at, site, sizeof(site) - 1) != 0) {
			return true;
		}
	}
	return false;
}

static void look_at_hard_end(struct adviser *adviser)
{
	const struct plan *plan = adviser->plan;
	char clock[CLOCK_TEXT_SIZE];
	uint64_t end = agenda_end(&plan->meeting, &plan->agenda);
	clock_write(end, clock);
	if (plan->meeting.has_hard_end && end > agenda_hard_end(&plan->meeting, &plan->agenda)) {
		note(adviser, &(struct plan_finding){.code = PLAN_NOTE_HARD_END,
				      .place = plan_part_whole(&adviser->parts->meeting),
				      .field = "hard_end",
				      .text = plan->meeting.hard_end,
				      .other_text = clock});
	}
}

static void look_at_meeting(struct adviser *adviser)
{
	const struct plan_meeting *meeting = &adviser->plan->meeting;
	struct plan_place place = plan_part_whole(&adviser->parts->meeting);
	char field[PLAN_FIELD_SIZE];
	for (size_t i = 0; i < meeting->n_title_lines; i++) {
		snprintf(field, sizeof(field), "title_lines/%zu", i + 1);
		if (has_strange_brace(meeting->title_lines[i])) {
			note(adviser, &(struct plan_finding){.code = PLAN_NOTE_PLACEHOLDER,
					      .place = place,
					      .field = field,
					      .text = meeting->title_lines[i]});
		}
	}
	look_at_hard_end(adviser);
	if (meeting->utc_offset % OFFSET_STEP != 0) {
		snprintf(field, sizeof(field), "%d", (int)meeting->utc_offset);
		note(adviser, &(struct plan_finding){.code = PLAN_NOTE_OFFSET,
				      .place = place,
				      .field = "utc_offset",
				      .text = field});
	}
	for (size_t i = 0; i < meeting->n_regions; i++) {
		snprintf(field, sizeof(field), "regions/%zu", i + 1);
		if (!region_has_site(adviser->plan, meeting->regions[i])) {
			note(adviser, &(struct plan_finding){.code = PLAN_NOTE_REGION_EMPTY,
					      .place = place,
					      .field = field,
					      .text = meeting->regions[i]});
		}
	}
}

/* ---- sites ---- */

static bool has_source(const struct plan_site *site, enum plan_source source)
{
	for (size_t i = 0; i < site->n_sources; i++) {
		if (site->sources[i] == source) {
			return true;
		}
	}
	return false;
}

/* What a spreadsheet takes for a number (007, 3e2), or a day (1-2, mar-1): it does not keep it. */
static bool spreadsheet_changes(const char *id)
{
	static const char *const months[] = {
		"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
	size_t n = strspn(id, "0123456789");
	if (id[n] == '\0') {
		return id[0] == '0';
	}
	bool number = n > 0 && strchr("eE-", id[n]) && id[n + 1] != '\0' &&
		      id[n + 1 + strspn(id + n + 1, "0123456789-")] == '\0';
	for (size_t i = 0; i < sizeof(months) / sizeof(months[0]) && !number; i++) {
		const char *rest = id + 3 + (strlen(id) > 3 && id[3] == '-');
		number = strncasecmp(id, months[i], 3) == 0 && *rest != '\0' &&
			 rest[strspn(rest, "0123456789")] == '\0';
	}
	return number;
}

static void look_at_id(
	struct adviser *adviser, size_t at, const char *field, const char *id, const char *example)
{
	if (spreadsheet_changes(id)) {
		note(adviser, &(struct plan_finding){.code = PLAN_NOTE_SPREADSHEET_ID,
				      .place = plan_part_place(&adviser->parts->sites, at),
				      .field = field,
				      .text = id,
				      .other_text = example});
	}
}

static void look_at_main_venue(struct adviser *adviser, size_t at, const struct plan_site *site)
{
	struct plan_finding finding = {
		.place = plan_part_place(&adviser->parts->sites, at), .field = "sources"};
	if (!has_source(site, PLAN_SOURCE_CAMERA)) {
		finding.code = PLAN_NOTE_MAIN_WITHOUT_CAMERA;
		note(adviser, &finding);
	}
	if (!has_source(site, PLAN_SOURCE_VOICE)) {
		finding.code = PLAN_NOTE_MAIN_WITHOUT_VOICE;
		note(adviser, &finding);
	}
}

/* A site whose first turn is that of row `at` of speaking, or none. */
static bool first_turn_of(const struct plan *plan, const char *site, size_t *ret_at)
{
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		if (strcmp(plan->speaking.turns[i].site, site) == 0) {
			*ret_at = i;
			return true;
		}
	}
	return false;
}

static void look_at_sites(struct adviser *adviser)
{
	const struct plan_sites *sites = &adviser->plan->sites;
	for (size_t i = 0; i < sites->n_sites; i++) {
		const struct plan_site *site = &sites->sites[i];
		size_t turn;
		look_at_id(adviser, i, "id", site->id, "site-01");
		look_at_id(adviser, i, "code", site->code, "S01");
		if (site->kind == SITE_KIND_MAIN) {
			look_at_main_venue(adviser, i, site);
		} else if (!has_source(site, PLAN_SOURCE_VOICE) &&
			   first_turn_of(adviser->plan, site->id, &turn)) {
			note(adviser,
				&(struct plan_finding){.code = PLAN_NOTE_SPEAKER_WITHOUT_VOICE,
					.place = plan_part_place(&adviser->parts->sites, i),
					.field = "sources",
					.other = plan_part_place(&adviser->parts->speaking, turn)});
		}
	}
	if (plan_count_venues(adviser->plan) == 1) {
		note(adviser, &(struct plan_finding){.code = PLAN_NOTE_NO_REMOTE,
				      .place = plan_part_whole(&adviser->parts->sites)});
	}
}

/* ---- times ---- */

static bool has_list(const struct plan_item *item, const char *list)
{
	for (size_t i = 0; i < item->n_lists; i++) {
		if (strcmp(item->lists[i], list) == 0) {
			return true;
		}
	}
	return false;
}

static bool has_turns(const struct plan *plan, const struct plan_item *item)
{
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		if (has_list(item, plan->speaking.turns[i].list)) {
			return true;
		}
	}
	return false;
}

static void look_at_item(struct adviser *adviser, size_t at, const struct agenda_time *time)
{
	const struct plan_item *item = &adviser->plan->agenda.items[at];
	struct plan_place place = plan_part_place(&adviser->parts->agenda, at);
	if (!item->has_start && !item->has_minutes && !item->has_fixed_end &&
		!has_turns(adviser->plan, item)) {
		note(adviser, &(struct plan_finding){.code = PLAN_NOTE_NO_TIME,
				      .place = place,
				      .field = "minutes",
				      .text = item->title});
	}
	uint64_t end = time->start + item->minutes * MINUTE_MS;
	if (item->has_start && item->has_minutes && item->has_fixed_end && end != time->fixed_end) {
		char clock[CLOCK_TEXT_SIZE];
		clock_write(end, clock);
		note(adviser, &(struct plan_finding){.code = PLAN_NOTE_END_DIFFERS,
				      .place = place,
				      .field = "fixed_end",
				      .text = item->fixed_end,
				      .other_text = clock});
	}
}

static void look_at_items(struct adviser *adviser)
{
	const struct plan *plan = adviser->plan;
	struct agenda_line line;
	agenda_line_init(&line, plan->meeting.date);
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		struct agenda_time time;
		agenda_line_next(&line, &plan->agenda.items[i], &time);
		look_at_item(adviser, i, &time);
	}
}

/* What the items that call a list have for it. */
struct list_time {
	uint32_t minutes;
	size_t item; /* the first that calls it */
	size_t n_items;
	bool known; /* all of them have a length, and no other list */
};

static struct list_time time_of_list(const struct plan *plan, const char *list)
{
	struct list_time time = {.known = true};
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		const struct plan_item *item = &plan->agenda.items[i];
		if (has_list(item, list)) {
			time.item = time.n_items == 0 ? i : time.item;
			time.minutes += item->minutes;
			time.known = time.known && item->has_minutes && item->n_lists == 1;
			time.n_items++;
		}
	}
	return time;
}

static uint32_t minutes_of_turns(const struct plan *plan, const char *list)
{
	uint32_t minutes = 0;
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		const struct plan_turn *turn = &plan->speaking.turns[i];
		minutes += strcmp(turn->list, list) == 0 ? turn->minutes : 0;
	}
	return minutes;
}

static bool is_first_of_list(const struct plan_speaking *speaking, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (strcmp(speaking->turns[i].list, speaking->turns[at].list) == 0) {
			return false;
		}
	}
	return true;
}

/* A turn that alone is too long is told by itself, else the sum of a list at its first turn. */
static void look_at_turns(struct adviser *adviser)
{
	const struct plan *plan = adviser->plan;
	const struct plan_speaking *speaking = &plan->speaking;
	for (size_t i = 0; i < speaking->n_turns; i++) {
		const struct plan_turn *turn = &speaking->turns[i];
		struct list_time time = time_of_list(plan, turn->list);
		struct plan_finding finding = {
			.place = plan_part_place(&adviser->parts->speaking, i),
			.field = "minutes",
			.limit = time.minutes};
		if (!time.known) {
			continue;
		}
		if (turn->minutes > time.minutes) {
			finding.code = PLAN_NOTE_TURN_LONG;
			finding.number = turn->minutes;
			finding.other = plan_part_place(&adviser->parts->agenda, time.item);
			note(adviser, &finding);
		}
		uint32_t sum = minutes_of_turns(plan, turn->list);
		if (is_first_of_list(speaking, i) && sum > time.minutes && sum > turn->minutes) {
			finding.code = PLAN_NOTE_TURNS_LONG;
			finding.number = sum;
			finding.field = "list";
			finding.text = turn->list;
			note(adviser, &finding);
		}
	}
}

/* ---- what an item of a kind lacks ---- */

static size_t count_acts(const struct plan *plan, const char *item)
{
	size_t n = 0;
	for (size_t i = 0; i < plan->awards.n_awards; i++) {
		n += strcmp(plan->awards.awards[i].item, item) == 0;
	}
	for (size_t i = 0; i < plan->signing.n_parties; i++) {
		n += strcmp(plan->signing.parties[i].item, item) == 0;
	}
	return n;
}

static const struct plan_site *site_of(const struct plan *plan, const char *id)
{
	size_t i = 0;
	while (strcmp(plan->sites.sites[i].id, id) != 0) {
		i++;
	}
	return &plan->sites.sites[i];
}

/* The first turn of the item's lists; NULL: nobody is planned to speak. */
static const struct plan_turn *first_turn(const struct plan *plan, const struct plan_item *item)
{
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		if (has_list(item, plan->speaking.turns[i].list)) {
			return &plan->speaking.turns[i];
		}
	}
	return NULL;
}

static bool is_spoken(enum item_kind kind)
{
	return kind == ITEM_KIND_REPORT || kind == ITEM_KIND_PRESENTATIONS ||
	       kind == ITEM_KIND_REMARKS;
}

static void look_at_kind(struct adviser *adviser, size_t at)
{
	const struct plan *plan = adviser->plan;
	const struct plan_item *item = &plan->agenda.items[at];
	const struct plan_turn *turn = first_turn(plan, item);
	size_t n_acts = count_acts(plan, item->id);
	bool ceremony = item->kind == ITEM_KIND_AWARDS || item->kind == ITEM_KIND_SIGNING;
	struct plan_finding finding = {.place = plan_part_place(&adviser->parts->agenda, at),
		.field = "kind",
		.other_text = item->kind == ITEM_KIND_AWARDS ? "awards" : "signing"};
	if (ceremony && n_acts == 0) {
		finding.code = PLAN_NOTE_NO_ACTS;
	} else if (item->kind == ITEM_KIND_SIGNING && n_acts == 1) {
		finding.code = PLAN_NOTE_ONE_PARTY;
	} else if (is_spoken(item->kind) && !turn) {
		finding.code = PLAN_NOTE_NO_SPEAKER;
	} else if (item->kind == ITEM_KIND_REPORT &&
		   !has_source(site_of(plan, turn->site), PLAN_SOURCE_CONTENT)) {
		finding.code = PLAN_NOTE_REPORT_WITHOUT_CONTENT;
		finding.text = turn->site;
	}
	if (finding.code != PLAN_DIAGNOSTIC_UNSET) {
		note(adviser, &finding);
	}
}

static void look_at_kinds(struct adviser *adviser)
{
	for (size_t i = 0; i < adviser->plan->agenda.n_items; i++) {
		look_at_kind(adviser, i);
	}
}

/* ---- what is owed ---- */

/* How many are due on the day of this one; 0 where one above is. */
static int64_t count_due(const struct plan_documents *documents, size_t at)
{
	int64_t n = 0;
	for (size_t i = 0; i < documents->n_documents; i++) {
		bool same = strcmp(documents->documents[i].due, documents->documents[at].due) == 0;
		if (same && i < at) {
			return 0;
		}
		n += same;
	}
	return n;
}

/* The day of the last sitting. */
static void last_day(const struct plan *plan, char out[static CELL_DATE_SIZE])
{
	int64_t first = 0;
	mtg_parse_date(plan->meeting.date, &first);
	struct calendar_date date = mtg_date_of_day(
		first + (int64_t)(agenda_end(&plan->meeting, &plan->agenda) / DAY_MS));
	cell_write_date(date.year, date.month, date.day, out);
}

/* Once for each day. */
static void look_at_documents(struct adviser *adviser)
{
	const struct plan *plan = adviser->plan;
	char last[CELL_DATE_SIZE];
	last_day(plan, last);
	for (size_t i = 0; i < plan->documents.n_documents; i++) {
		const struct plan_document *document = &plan->documents.documents[i];
		bool late = document->has_due && strcmp(document->due, last) > 0;
		int64_t n = late ? count_due(&plan->documents, i) : 0;
		if (n > 0) {
			note(adviser,
				&(struct plan_finding){.code = PLAN_NOTE_DUE_LATE,
					.place = plan_part_place(&adviser->parts->documents, i),
					.field = "due",
					.text = document->due,
					.other_text = last,
					.number = n});
		}
	}
}

static bool has_vote(const struct plan_votes *votes, const char *item)
{
	for (size_t i = 0; i < votes->n_votes; i++) {
		if (strcmp(votes->votes[i].item, item) == 0) {
			return true;
		}
	}
	return false;
}

/* What is put to approval is voted on. */
static void look_at_approvals(struct adviser *adviser)
{
	const struct plan *plan = adviser->plan;
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		const struct plan_item *item = &plan->agenda.items[i];
		if (item->kind == ITEM_KIND_APPROVAL && !has_vote(&plan->votes, item->id)) {
			note(adviser, &(struct plan_finding){.code = PLAN_NOTE_NO_VOTE,
					      .place = plan_part_place(&adviser->parts->agenda, i),
					      .field = "kind"});
		}
	}
}

void plan_advise(
	const struct plan *plan, const struct plan_parts *parts, struct plan_diagnostics *notes)
{
	struct adviser adviser = {.plan = plan, .parts = parts, .notes = notes};
	look_at_meeting(&adviser);
	look_at_sites(&adviser);
	look_at_items(&adviser);
	look_at_turns(&adviser);
	look_at_kinds(&adviser);
	look_at_documents(&adviser);
	look_at_approvals(&adviser);
}
