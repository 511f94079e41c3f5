#include "coordinator/people/registration_list.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/readiness.h"
#include "coordinator/meeting/registration.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/sheets/list_workbook.h"
#include "proto/system/memory.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

enum { MINUTE_MS = 60000, NUMBER_SIZE = 24, REMARK_SIZE = 200 };

enum column {
	COLUMN_REGION,
	COLUMN_SITE,
	COLUMN_VENUE,
	COLUMN_CHAIR,
	COLUMN_TECHNICIAN,
	COLUMN_CONTACT,
	COLUMN_REGISTERED,
	COLUMN_REMARK,
	COLUMN_CATEGORY,
	COLUMN_EXPECTED,
	COLUMN_PRESENT,
	COLUMN_ONLINE,
	COLUMN_ABSENT,
	COLUMN_NAME,
	COLUMN_POST,
	COLUMN_UNIT,
	COLUMN_SEAT,
	COLUMN_PRESENCE,
	COLUMN_REASON,
	COLUMNS
};

static const enum text_id titles[COLUMNS] = {
	[COLUMN_REGION] = TEXT_REGISTRATION_REGION,
	[COLUMN_SITE] = TEXT_REGISTRATION_SITE,
	[COLUMN_VENUE] = TEXT_REGISTRATION_VENUE,
	[COLUMN_CHAIR] = TEXT_REGISTRATION_CHAIR,
	[COLUMN_TECHNICIAN] = TEXT_REGISTRATION_TECHNICIAN,
	[COLUMN_CONTACT] = TEXT_REGISTRATION_CONTACT,
	[COLUMN_REGISTERED] = TEXT_REGISTRATION_REGISTERED,
	[COLUMN_REMARK] = TEXT_REGISTRATION_REMARK,
	[COLUMN_CATEGORY] = TEXT_REGISTRATION_CATEGORY,
	[COLUMN_EXPECTED] = TEXT_REGISTRATION_EXPECTED,
	[COLUMN_PRESENT] = TEXT_REGISTRATION_PRESENT,
	[COLUMN_ONLINE] = TEXT_REGISTRATION_ONLINE,
	[COLUMN_ABSENT] = TEXT_REGISTRATION_ABSENT,
	[COLUMN_NAME] = TEXT_REGISTRATION_NAME,
	[COLUMN_POST] = TEXT_REGISTRATION_POST,
	[COLUMN_UNIT] = TEXT_REGISTRATION_UNIT,
	[COLUMN_SEAT] = TEXT_REGISTRATION_SEAT,
	[COLUMN_PRESENCE] = TEXT_REGISTRATION_PRESENCE,
	[COLUMN_REASON] = TEXT_REGISTRATION_REASON,
};

struct registration_list {
	enum language language;
	char **cells; /* row by row; NULL: empty */
	size_t n_rows;
	size_t room;
	bool failed; /* without memory */
};

void registration_moment(
	const struct about *about, struct stamp wall, char ret[static REGISTRATION_MOMENT_SIZE])
{
	int64_t local = wall.ms + (int64_t)about->utc_offset * MINUTE_MS;
	struct calendar_date date = mtg_date_of_day(local / DAY_MS);
	int64_t minute = local % DAY_MS / MINUTE_MS;
	snprintf(ret, REGISTRATION_MOMENT_SIZE, "%02d/%02d/%d %02d:%02d", date.day, date.month,
		date.year, (int)(minute / 60), (int)(minute % 60));
}

/* ---- rows ---- */

static void add_row(struct registration_list *list)
{
	if (list->n_rows == list->room) {
		size_t room = list->room > 0 ? 2 * list->room : 64;
		char **more = realloc(list->cells, room * COLUMNS * sizeof(*more));
		if (!more) {
			list->failed = true;
			return;
		}
		list->cells = more;
		list->room = room;
	}
	memset(list->cells + list->n_rows * COLUMNS, 0, COLUMNS * sizeof(*list->cells));
	list->n_rows++;
}

static void put_part(
	struct registration_list *list, enum column column, const char *text, size_t length)
{
	if (list->failed || length == 0) {
		return;
	}
	char *copy = strndup(text, length);
	list->failed = copy == NULL;
	list->cells[(list->n_rows - 1) * COLUMNS + column] = copy;
}

static void put(struct registration_list *list, enum column column, const char *text)
{
	put_part(list, column, text, strlen(text));
}

static void put_number(struct registration_list *list, enum column column, uint32_t number)
{
	char text[NUMBER_SIZE];
	snprintf(text, sizeof(text), "%u", (unsigned)number);
	put(list, column, text);
}

static void put_text(struct registration_list *list, enum column column, enum text_id text)
{
	char filled[REMARK_SIZE];
	text_fill(filled, sizeof(filled), text, list->language, NULL);
	put(list, column, filled);
}

/* ---- a site ---- */

struct listing {
	const struct registration_list_source *source;
	struct registration_list *list;
	const struct site *site;
	const struct registration *of;
	struct site_people people;
};

/* People were given, and nobody is kept. */
static bool is_erased(const struct listing *listing)
{
	const struct site_people *people = &listing->people;
	return listing->of->people[0] && !people->technician[0] && !people->contact[0] &&
	       !people->delegates[0];
}

static void put_remark(const struct listing *listing)
{
	const struct registration_list_source *source = listing->source;
	struct registration_list *list = listing->list;
	struct stamp due;
	bool over = mtg_step_due(source->meeting, listing->site, READINESS_STEP_REGISTERED, &due) &&
		    due.ms <= source->now.ms;
	if (!listing->of->registered) {
		put_text(list, COLUMN_REMARK,
			over ? TEXT_REGISTRATION_IS_MISSING_LATE : TEXT_REGISTRATION_IS_MISSING);
	} else if (source->forgotten && is_erased(listing)) {
		char moment[REGISTRATION_MOMENT_SIZE], remark[REMARK_SIZE];
		registration_moment(mtg_about(source->meeting), source->forgotten_wall, moment);
		text_fill(remark, sizeof(remark), TEXT_REGISTRATION_IS_FORGOTTEN, list->language,
			(const struct text_value[]){{.name = "date", .text = moment}, {0}});
		put(list, COLUMN_REMARK, remark);
	} else if (listing->of->late) {
		put_text(list, COLUMN_REMARK, TEXT_REGISTRATION_IS_LATE);
	}
}

/* A row begins with where it is of, so that the list can be sorted and filtered. */
static void begin_row(const struct listing *listing)
{
	struct registration_list *list = listing->list;
	char moment[REGISTRATION_MOMENT_SIZE];
	add_row(list);
	put(list, COLUMN_REGION, listing->site->region);
	put(list, COLUMN_SITE, listing->site->name);
	put(list, COLUMN_VENUE, listing->site->venue);
	put(list, COLUMN_CHAIR, listing->site->chair);
	put(list, COLUMN_TECHNICIAN, listing->people.technician);
	put(list, COLUMN_CONTACT, listing->people.contact);
	if (listing->of->registered) {
		registration_moment(mtg_about(listing->source->meeting), listing->of->wall, moment);
		put(list, COLUMN_REGISTERED, moment);
	}
	put_remark(listing);
}

static void list_categories(const struct listing *listing, const struct registration_terms *terms)
{
	const struct registration *of = listing->of;
	struct registration_list *list = listing->list;
	for (size_t i = 0; i < terms->n_categories; i++) {
		begin_row(listing);
		put(list, COLUMN_CATEGORY, terms->categories[i]);
		put_number(list, COLUMN_EXPECTED, of->expected[i]);
		if (of->attended) {
			put_number(list, COLUMN_PRESENT, of->present[i]);
			put_number(list, COLUMN_ONLINE, of->online[i]);
			put_number(list, COLUMN_ABSENT, of->absent[i]);
			put(list, COLUMN_REASON, of->reason);
		}
	}
}

static void put_presence(struct registration_list *list, const struct named_delegate *delegate)
{
	static const struct {
		const char *word;
		enum text_id text;
	} words[] = {{"present", TEXT_REGISTRATION_IS_PRESENT},
		{"online", TEXT_REGISTRATION_IS_ONLINE}, {"absent", TEXT_REGISTRATION_IS_ABSENT}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strlen(words[i].word) == delegate->length[DELEGATE_PRESENCE] &&
			memcmp(words[i].word, delegate->text[DELEGATE_PRESENCE],
				delegate->length[DELEGATE_PRESENCE]) == 0) {
			put_text(list, COLUMN_PRESENCE, words[i].text);
		}
	}
}

static void list_delegates(const struct listing *listing)
{
	static const enum column columns[DELEGATE_FIELDS] = {
		[DELEGATE_CATEGORY] = COLUMN_CATEGORY,
		[DELEGATE_NAME] = COLUMN_NAME,
		[DELEGATE_POST] = COLUMN_POST,
		[DELEGATE_UNIT] = COLUMN_UNIT,
		[DELEGATE_SEAT] = COLUMN_SEAT,
		[DELEGATE_PRESENCE] = COLUMN_PRESENCE,
		[DELEGATE_REASON] = COLUMN_REASON,
	};
	struct named_delegate delegate;
	const char *at = listing->people.delegates;
	while (mtg_next_delegate(&at, &delegate)) {
		begin_row(listing);
		for (int i = 0; i < DELEGATE_FIELDS; i++) {
			if (i == DELEGATE_PRESENCE) {
				put_presence(listing->list, &delegate);
			} else {
				put_part(listing->list, columns[i], delegate.text[i],
					delegate.length[i]);
			}
		}
	}
}

static void list_site(struct listing *listing, int index)
{
	const struct registration_list_source *source = listing->source;
	const struct registration_terms *terms = mtg_registration_terms(source->meeting);
	listing->site = mtg_site(source->meeting, index);
	listing->of = mtg_registration(source->meeting, index);
	memset(&listing->people, 0, sizeof(listing->people));
	source->people_of(source->user, index, &listing->people);
	if (terms && (listing->of->registered || listing->of->attended)) {
		list_categories(listing, terms);
		list_delegates(listing);
	} else {
		begin_row(listing);
	}
}

int registration_list_make(
	const struct registration_list_source *source, struct registration_list **ret_list)
{
	struct registration_list *list = calloc(1, sizeof(*list));
	if (!list) {
		return -ENOMEM;
	}
	list->language = source->language;
	struct listing listing = {.source = source, .list = list};
	for (size_t i = 0; i < mtg_site_count(source->meeting) && !list->failed; i++) {
		const struct site *site = mtg_site(source->meeting, (int)i);
		if (!site->removed && mtg_is_venue(site)) {
			list_site(&listing, (int)i);
		}
	}
	memory_wipe(&listing, sizeof(listing));
	if (list->failed) {
		registration_list_destroy(list);
		return -ENOMEM;
	}
	*ret_list = list;
	return 0;
}

void registration_list_destroy(struct registration_list *list)
{
	if (!list) {
		return;
	}
	for (size_t i = 0; i < list->n_rows * COLUMNS; i++) {
		if (list->cells[i]) {
			memory_wipe(list->cells[i], strlen(list->cells[i]));
			free(list->cells[i]);
		}
	}
	free(list->cells);
	free(list);
}

size_t registration_list_rows(const struct registration_list *list)
{
	return list->n_rows;
}

/* ---- as CSV ---- */

/* What spreadsheets take for the beginning of a formula. */
static bool begins_formula(const char *text)
{
	return text[0] != '\0' && strchr("=+-@\t\r", text[0]);
}

static void write_cell(FILE *to, const char *text, bool last)
{
	fputc('"', to);
	if (begins_formula(text)) {
		fputc('\'', to);
	}
	for (; *text; text++) {
		if (*text == '"') {
			fputc('"', to);
		}
		fputc(*text, to);
	}
	fputs(last ? "\"\r\n" : "\",", to);
}

static void write_titles(FILE *to, enum language language)
{
	for (int i = 0; i < COLUMNS; i++) {
		write_cell(to, text_of(titles[i], language), i + 1 == COLUMNS);
	}
}

int registration_list_csv(const struct registration_list *list, char **ret_bytes, size_t *ret_size)
{
	char *bytes = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&bytes, &size);
	if (!to) {
		return -ENOMEM;
	}
	fputs("\xef\xbb\xbf", to);
	write_titles(to, list->language);
	for (size_t i = 0; i < list->n_rows * COLUMNS; i++) {
		write_cell(to, list->cells[i] ? list->cells[i] : "", (i + 1) % COLUMNS == 0);
	}
	bool whole = !ferror(to);
	whole = fclose(to) == 0 && whole;
	if (!whole) {
		free(bytes);
		return -ENOMEM;
	}
	*ret_bytes = bytes;
	*ret_size = size;
	return 0;
}

/* ---- as a workbook ---- */

int registration_list_xlsx(const struct registration_list *list, char **ret_bytes, size_t *ret_size)
{
	const char *named[COLUMNS];
	size_t n = list->n_rows * COLUMNS;
	const char **cells = calloc(n + 1, sizeof(*cells));
	if (!cells) {
		return -ENOMEM;
	}
	for (int i = 0; i < COLUMNS; i++) {
		named[i] = text_of(titles[i], list->language);
	}
	for (size_t i = 0; i < n; i++) {
		cells[i] = list->cells[i] ? list->cells[i] : "";
	}
	struct list_sheet sheet = {.name = text_of(TEXT_REGISTRATION_SHEET, list->language),
		.titles = named,
		.n_columns = COLUMNS,
		.cells = cells,
		.n_rows = list->n_rows};
	int r = list_workbook_make(&sheet, 1, ret_bytes, ret_size);
	free(cells);
	return r;
}
