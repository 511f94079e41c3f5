/* The page, from top to bottom; lines are printed as they are made. */
#include "coordinator/plan/plan_outline.h"

#include <string.h>

#include "coordinator/meeting/calendar.h"
#include "coordinator/plan/agenda_times.h"
#include "coordinator/plan/cell_value.h"
#include "coordinator/plan/time_of_day.h"
#include "proto/system/printable.h"
#include "proto/words/text_fill.h"

enum {
	LINE_SIZE = 1024,
	NAMES_WIDTH = 160, /* bytes of names in a line: some hundred letters */
	SPAN_SIZE = 2 * CLOCK_TEXT_SIZE + 4,
};

struct outline {
	const struct plan *plan;
	enum language language;
	FILE *to;
};

static void say(const struct outline *outline, const char *indent, enum text_id id,
	const struct text_value *values)
{
	char line[LINE_SIZE];
	text_fill(line, sizeof(line), id, outline->language, values);
	print_line(outline->to, "%s%s", indent, line);
}

/* ---- programme ---- */

struct sum {
	size_t turns;
	uint32_t minutes;
};

static void add_list(const struct plan *plan, const char *list, struct sum *sum)
{
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		const struct plan_turn *turn = &plan->speaking.turns[i];
		if (strcmp(turn->list, list) == 0) {
			sum->turns++;
			sum->minutes += turn->minutes;
		}
	}
}

/* Eleven columns: "07:30–08:00", "07:30" where nothing says how long, blanks where nothing when. */
static void write_span(uint64_t start, uint64_t end, bool known, char out[static SPAN_SIZE])
{
	char from[CLOCK_TEXT_SIZE], to[CLOCK_TEXT_SIZE];
	clock_write(start, from);
	clock_write(end, to);
	if (!known) {
		snprintf(out, SPAN_SIZE, "%11s", "");
	} else if (end > start) {
		snprintf(out, SPAN_SIZE, "%s–%s", from, to);
	} else {
		snprintf(out, SPAN_SIZE, "%-11s", from);
	}
}

/* Another part of a row, behind a dot. */
static size_t add_part(const struct outline *outline, char row[static LINE_SIZE], size_t used,
	enum text_id id, const struct text_value *values)
{
	used += (size_t)snprintf(row + used, LINE_SIZE - used, " · ");
	return used + text_fill(row + used, LINE_SIZE - used, id, outline->language, values);
}

/* What an item lasts and holds. */
static void write_contents(
	const struct outline *outline, const struct plan_item *item, char out[static LINE_SIZE])
{
	size_t used = 0;
	out[0] = '\0';
	if (item->has_minutes) {
		used = add_part(outline, out, used, TEXT_PLAN_OUTLINE_MINUTES,
			(const struct text_value[]){
				{.name = "minutes", .number = item->minutes}, {0}});
	}
	for (size_t i = 0; i < item->n_lists; i++) {
		struct sum sum = {0};
		add_list(outline->plan, item->lists[i], &sum);
		used = add_part(outline, out, used, TEXT_PLAN_OUTLINE_TURNS,
			(const struct text_value[]){{.name = "name", .text = item->lists[i]},
				{.name = "number", .number = (int64_t)sum.turns},
				{.name = "minutes", .number = sum.minutes}, {0}});
	}
}

static void write_day(const struct plan *plan, uint64_t ms, char out[static CELL_DATE_SIZE])
{
	int64_t first = 0;
	mtg_parse_date(plan->meeting.date, &first);
	struct calendar_date date = mtg_date_of_day(first + ms / DAY_MS);
	cell_write_date(date.year, date.month, date.day, out);
}

/* The programme begins when the meeting does, where its first item says nothing else. */
static bool begin_line(const struct plan *plan, struct agenda_line *line)
{
	bool first_knows = plan->agenda.n_items > 0 && plan->agenda.items[0].has_start;
	agenda_line_init(line, plan->meeting.date);
	if (!first_knows && plan->meeting.has_start) {
		line->end = clock_ms(plan->meeting.start);
	}
	return first_knows || plan->meeting.has_start;
}

static void say_programme(const struct outline *outline)
{
	const struct plan *plan = outline->plan;
	struct agenda_line line;
	bool known = begin_line(plan, &line);
	uint64_t day = 0;
	say(outline, "", TEXT_PLAN_OUTLINE_PROGRAMME, NULL);
	for (size_t i = 0; i < plan->agenda.n_items; i++) {
		const struct plan_item *item = &plan->agenda.items[i];
		struct agenda_time time;
		char span[SPAN_SIZE], contents[LINE_SIZE], date[CELL_DATE_SIZE];
		agenda_line_next(&line, item, &time);
		known = known || item->has_start;
		if (known && time.start / DAY_MS != day) {
			day = time.start / DAY_MS;
			write_day(plan, time.start, date);
			say(outline, "  ", TEXT_PLAN_OUTLINE_DAY,
				(const struct text_value[]){{.name = "date", .text = date}, {0}});
		}
		write_span(time.start, line.end, known, span);
		write_contents(outline, item, contents);
		print_line(outline->to, "  %s  %s  %s%s", span, item->id, item->title, contents);
	}
}

/* ---- sites ---- */

/* Appends a name to the line, or prints the line and begins another. */
static void add_name(const struct outline *outline, char line[static LINE_SIZE], const char *name)
{
	if (strlen(line) + strlen(name) > NAMES_WIDTH) {
		print_line(outline->to, "    %s", line);
		line[0] = '\0';
	}
	text_list(line, LINE_SIZE, name);
}

static void say_region(const struct outline *outline, const char *region)
{
	const struct plan_sites *sites = &outline->plan->sites;
	char line[LINE_SIZE] = "";
	int64_t n = 0;
	for (size_t i = 0; i < sites->n_sites; i++) {
		n += strcmp(sites->sites[i].region, region) == 0;
	}
	if (n == 0) {
		return;
	}
	say(outline, "  ", TEXT_PLAN_OUTLINE_REGION,
		(const struct text_value[]){
			{.name = "name", .text = region}, {.name = "number", .number = n}, {0}});
	for (size_t i = 0; i < sites->n_sites; i++) {
		if (strcmp(sites->sites[i].region, region) == 0) {
			add_name(outline, line, sites->sites[i].name);
		}
	}
	print_line(outline->to, "    %s", line);
}

static const char *name_of_site(const struct plan *plan, const char *id)
{
	size_t i = 0;
	while (strcmp(plan->sites.sites[i].id, id) != 0) {
		i++;
	}
	return plan->sites.sites[i].name;
}

static void say_sites(const struct outline *outline)
{
	const struct plan_meeting *meeting = &outline->plan->meeting;
	say(outline, "", TEXT_PLAN_OUTLINE_SITES, NULL);
	for (size_t i = 0; i < meeting->n_regions; i++) {
		say_region(outline, meeting->regions[i]);
	}
}

/* ---- turns ---- */

static void say_list(const struct outline *outline, const char *list)
{
	const struct plan *plan = outline->plan;
	struct sum sum = {0};
	int64_t number = 0;
	add_list(plan, list, &sum);
	say(outline, "  ", TEXT_PLAN_OUTLINE_LIST,
		(const struct text_value[]){{.name = "name", .text = list},
			{.name = "number", .number = (int64_t)sum.turns},
			{.name = "minutes", .number = sum.minutes}, {0}});
	for (size_t i = 0; i < plan->speaking.n_turns; i++) {
		const struct plan_turn *turn = &plan->speaking.turns[i];
		if (strcmp(turn->list, list) == 0) {
			number++;
			say(outline, "    ", TEXT_PLAN_OUTLINE_TURN,
				(const struct text_value[]){{.name = "number", .number = number},
					{.name = "site", .text = name_of_site(plan, turn->site)},
					{.name = "unit", .text = turn->unit},
					{.name = "minutes", .number = turn->minutes}, {0}});
		}
	}
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

static void say_turns(const struct outline *outline)
{
	const struct plan_speaking *speaking = &outline->plan->speaking;
	if (speaking->n_turns > 0) {
		say(outline, "", TEXT_PLAN_OUTLINE_SPEAKING, NULL);
	}
	for (size_t i = 0; i < speaking->n_turns; i++) {
		if (is_first_of_list(speaking, i)) {
			say_list(outline, speaking->turns[i].list);
		}
	}
}

/* ---- what is owed ---- */

/* The next day after this one on which something is due; "" comes first and stands for no day. */
static const char *next_due(const struct plan_documents *documents, const char *after)
{
	const char *next = NULL;
	for (size_t i = 0; i < documents->n_documents; i++) {
		const char *due = documents->documents[i].due;
		if ((!after || strcmp(due, after) > 0) && (!next || strcmp(due, next) < 0)) {
			next = due;
		}
	}
	return next;
}

static void say_documents(const struct outline *outline)
{
	const struct plan_documents *documents = &outline->plan->documents;
	if (documents->n_documents > 0) {
		say(outline, "", TEXT_PLAN_OUTLINE_DOCUMENTS, NULL);
	}
	for (const char *due = NULL; (due = next_due(documents, due));) {
		int64_t n = 0;
		for (size_t i = 0; i < documents->n_documents; i++) {
			n += strcmp(documents->documents[i].due, due) == 0;
		}
		say(outline, "  ", due[0] ? TEXT_PLAN_OUTLINE_DUE : TEXT_PLAN_OUTLINE_NO_DUE,
			(const struct text_value[]){{.name = "date", .text = due},
				{.name = "number", .number = n}, {0}});
	}
}

/* ---- what is put to the vote ---- */

static void say_votes(const struct outline *outline)
{
	const struct plan_votes *votes = &outline->plan->votes;
	if (votes->n_votes > 0) {
		say(outline, "", TEXT_PLAN_OUTLINE_VOTES, NULL);
	}
	for (size_t i = 0; i < votes->n_votes; i++) {
		say(outline, "  ", TEXT_PLAN_OUTLINE_VOTE,
			(const struct text_value[]){
				{.name = "question", .text = votes->votes[i].question},
				{.name = "options", .text = votes->votes[i].options}, {0}});
	}
}

/* ---- what is prepared ---- */

static void say_preparation(const struct outline *outline)
{
	const struct plan_checklist *checklist = &outline->plan->checklist;
	const struct plan_tasks *tasks = &outline->plan->tasks;
	if (checklist->n_checks > 0) {
		say(outline, "", TEXT_PLAN_OUTLINE_CHECKLIST, NULL);
	}
	for (size_t i = 0; i < checklist->n_checks; i++) {
		fprintf(outline->to, "  %s\n", checklist->checks[i].title);
	}
	if (tasks->n_tasks > 0) {
		say(outline, "", TEXT_PLAN_OUTLINE_TASKS, NULL);
	}
	for (size_t i = 0; i < tasks->n_tasks; i++) {
		const struct plan_task *task = &tasks->tasks[i];
		say(outline, "  ",
			task->has_due ? TEXT_PLAN_OUTLINE_TASK_BY : TEXT_PLAN_OUTLINE_TASK,
			(const struct text_value[]){{.name = "name", .text = task->title},
				{.name = "unit", .text = task->owner},
				{.name = "date", .text = task->due}, {0}});
	}
}

void plan_print_outline(const struct plan *plan, enum language language, FILE *to)
{
	struct outline outline = {.plan = plan, .language = language, .to = to};
	const struct plan_meeting *meeting = &plan->meeting;
	say(&outline, "", TEXT_PLAN_OUTLINE_MEETING,
		(const struct text_value[]){{.name = "date", .text = meeting->date},
			{.name = "place", .text = meeting->place},
			{.name = "site", .text = name_of_site(plan, meeting->main_site)}, {0}});
	say_programme(&outline);
	say_sites(&outline);
	say_turns(&outline);
	say_documents(&outline);
	say_votes(&outline);
	say_preparation(&outline);
}
