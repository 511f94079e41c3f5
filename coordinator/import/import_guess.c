/* See import_guess.h. */
#include "coordinator/import/import_guess.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/import/item_kind_words.h"
#include "coordinator/import/office_cell.h"
#include "coordinator/plan/time_of_day.h"
#include "proto/codec/codec.h"
#include "proto/gen/tables.h"
#include "text_copy.h"

enum { MINUTE_MSEC = 60000 };

static int set(
	struct import *import, struct import_row *row, enum import_column column, const char *text)
{
	row->values[column] = import_keep(&import->arena, text);
	return row->values[column] ? 0 : -ENOMEM;
}

static bool has(const struct import_row *row, enum import_column column)
{
	return import_value(row, column)[0] != '\0';
}

static int tell(struct import *import, const struct import_row *row, enum text_id text,
	enum import_column column, const char *value)
{
	return import_tell(import, &(struct import_note){row->table, row->row, text,
					   import_column_field(column), value});
}

/* ---- ids ---- */

/* The text as an id of up to `size` - 1 letters: "Cần Thơ" is can-tho. 0 or -ENOMEM. */
static int make_id(const char *text, char *ret_id, size_t size)
{
	char plain[IMPORT_PLAIN_SIZE];
	int r = import_plain(text, plain);
	if (r != 0) {
		return r;
	}
	text_copy(ret_id, size, plain);
	for (char *at = ret_id; *at; at++) {
		*at = *at == ' ' ? '-' : *at;
	}
	size_t n = strlen(ret_id);
	ret_id[n > 0 && ret_id[n - 1] == '-' ? n - 1 : n] = '\0';
	return 0;
}

static bool is_used_in(const struct import_rows *rows, enum import_column column, const char *text,
	const struct import_row *but)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct import_row *row = &rows->list[i];
		if (row != but && strcmp(import_value(row, column), text) == 0) {
			return true;
		}
	}
	return false;
}

/* Neither in the plan nor in what is read: what goes now may be in the meeting yet. */
static bool is_used(const struct import *import, enum import_part part, enum import_column column,
	const char *text, const struct import_row *but)
{
	return is_used_in(&import->before[part], column, text, but) ||
	       is_used_in(&import->read[part], column, text, but);
}

/* The text, or with a number behind it that makes it one of its own. */
static void make_unique(const struct import *import, enum import_part part,
	enum import_column column, const struct import_row *row, char *text, size_t size)
{
	size_t length = strlen(text);
	for (unsigned n = 2; is_used(import, part, column, text, row); n++) {
		char number[12];
		size_t digits = (size_t)snprintf(number, sizeof(number), "%u", n);
		size_t at = length + digits < size ? length : size - 1 - digits;
		memcpy(text + at, number, digits + 1);
	}
}

/* ---- sites ---- */

static int guess_site_id(struct import *import, struct import_row *row)
{
	char id[SITE_ID_SIZE];
	int r = make_id(import_value(row, IMPORT_NAME), id, sizeof(id));
	make_unique(import, IMPORT_SITES, IMPORT_ID, row, id, sizeof(id));
	return r == 0 ? set(import, row, IMPORT_ID, id) : r;
}

/* The name in capitals without blanks: CANTHO. */
static int guess_code(struct import *import, struct import_row *row)
{
	char plain[IMPORT_PLAIN_SIZE], code[SHORT_CODE_SIZE];
	size_t n = 0;
	int r = import_plain(import_value(row, IMPORT_NAME), plain);
	for (const char *at = plain; r == 0 && *at && n + 1 < sizeof(code); at++) {
		code[n] = (char)toupper((unsigned char)*at);
		n += *at != ' ';
	}
	code[n] = '\0';
	make_unique(import, IMPORT_SITES, IMPORT_CODE, row, code, sizeof(code));
	return r == 0 ? set(import, row, IMPORT_CODE, code) : r;
}

static int guess_site_kind(struct import *import, struct import_row *row)
{
	const char *main = import->plan->meeting.main_site;
	char plain[IMPORT_PLAIN_SIZE];
	int r = import_plain(import_value(row, IMPORT_NAME), plain);
	bool is_main = main[0] ? strcmp(import_value(row, IMPORT_ID), main) == 0
			       : r == 0 && import_find_word(plain, "trung tam") != NULL;
	return r == 0 ? set(import, row, IMPORT_KIND, is_main ? "main" : "remote") : r;
}

/* A region in the plan's own spelling; the only one where nothing is said. */
static int guess_region(struct import *import, struct import_row *row)
{
	const struct plan_meeting *meeting = &import->plan->meeting;
	char plain[IMPORT_PLAIN_SIZE], known[IMPORT_PLAIN_SIZE];
	int r = import_plain(import_value(row, IMPORT_REGION), plain);
	if (plain[0] == '\0' && meeting->n_regions == 1) {
		return set(import, row, IMPORT_REGION, meeting->regions[0]);
	}
	for (size_t i = 0; i < meeting->n_regions && r == 0; i++) {
		r = import_plain(meeting->regions[i], known);
		if (r == 0 && plain[0] && strcmp(plain, known) == 0) {
			return set(import, row, IMPORT_REGION, meeting->regions[i]);
		}
	}
	return r;
}

int import_guess_site(struct import *import, struct import_row *row)
{
	int r = guess_region(import, row);
	r = r == 0 && !has(row, IMPORT_ID) ? guess_site_id(import, row) : r;
	r = r == 0 && !has(row, IMPORT_CODE) ? guess_code(import, row) : r;
	r = r == 0 && !has(row, IMPORT_KIND) ? guess_site_kind(import, row) : r;
	if (r == 0 && !has(row, IMPORT_SOURCES)) {
		bool is_main = strcmp(import_value(row, IMPORT_KIND), "main") == 0;
		r = set(import, row, IMPORT_SOURCES,
			is_main ? "camera content voice" : "camera voice");
	}
	return r;
}

/* ---- items ---- */

/* The office's number with two digits, or the next one that is free. */
static int guess_item_id(struct import *import, struct import_row *row)
{
	char id[ITEM_ID_SIZE];
	unsigned long n = strtoul(import_value(row, IMPORT_NUMBER), NULL, 10);
	n = n > 0 && n < PLAN_AGENDA_ITEMS_MAX ? n : 1;
	do {
		snprintf(id, sizeof(id), "%02lu", n++);
	} while (is_used(import, IMPORT_AGENDA, IMPORT_ID, id, row));
	return set(import, row, IMPORT_ID, id);
}

static int guess_item_kind(struct import *import, struct import_row *row)
{
	char plain[IMPORT_PLAIN_SIZE];
	const char *title = import_value(row, IMPORT_TITLE);
	int r = import_plain(title, plain);
	enum item_kind kind = r == 0 ? item_kind_of_title(plain) : ITEM_KIND_UNSET;
	if (r == 0 && kind == ITEM_KIND_UNSET) {
		r = tell(import, row, TEXT_IMPORT_KIND_OTHER, IMPORT_KIND, title);
	}
	kind = kind ? kind : ITEM_KIND_OTHER;
	return r == 0 ? set(import, row, IMPORT_KIND, msg_enum_name(&msg_item_kind, (int)kind)) : r;
}

/* A break ends when it ends: the others wait for nobody. */
static int fix_end(struct import *import, struct import_row *row)
{
	char end[CLOCK_TEXT_SIZE];
	uint32_t minutes = (uint32_t)strtoul(import_value(row, IMPORT_MINUTES), NULL, 10);
	const char *start = import_value(row, IMPORT_START);
	bool is_open = row->before && !has(row->before, IMPORT_FIXED_END);
	if (minutes == 0 || start[0] == '\0' || is_open ||
		strcmp(import_value(row, IMPORT_KIND), "break") != 0) {
		return 0;
	}
	clock_write(clock_ms(start) + minutes * MINUTE_MSEC, end);
	return set(import, row, IMPORT_FIXED_END, end);
}

int import_guess_item(struct import *import, struct import_row *row)
{
	int r = 0;
	if (!has(row, IMPORT_ID)) {
		r = guess_item_id(import, row);
	}
	if (r == 0 && !has(row, IMPORT_KIND)) {
		r = guess_item_kind(import, row);
	}
	return r == 0 ? fix_end(import, row) : r;
}

/* ---- turns ---- */

static bool holds_turns(const struct import_row *item)
{
	const char *kind = import_value(item, IMPORT_KIND);
	return item->fate != IMPORT_DROPPED &&
	       (strcmp(kind, "discussion") == 0 || strcmp(kind, "presentations") == 0);
}

/* The list that a table's surroundings name, by the kind of its item. */
static const char *usual_list(const char *kind)
{
	return strcmp(kind, "presentations") == 0 ? "tham-luan" : "thao-luan";
}

/*
 * The one list of the items in which several speak, if there is but one; else what stands around
 * the table.
 */
int import_guess_list(struct import *import, struct import_row *row)
{
	const struct import_rows *items = &import->merged[IMPORT_AGENDA];
	const char *only = NULL;
	bool one = true;
	char id[LIST_ID_SIZE];
	if (has(row, IMPORT_LIST)) {
		int r = make_id(import_value(row, IMPORT_LIST), id, sizeof(id));
		return r == 0 ? set(import, row, IMPORT_LIST, id) : r;
	}
	for (size_t i = 0; i < items->n; i++) {
		const char *lists = import_value(&items->list[i], IMPORT_LISTS);
		if (!holds_turns(&items->list[i]) || lists[0] == '\0') {
			continue;
		}
		one = one && !strchr(lists, ' ') && (!only || strcmp(only, lists) == 0);
		only = lists;
	}
	const struct import_table *table = &import->tables[row->table];
	bool presents = import_find_word(table->around, "tham luan") ||
			import_find_word(table->name, "tham luan");
	return set(import, row, IMPORT_LIST,
		only && one ? only : usual_list(presents ? "presentations" : "discussion"));
}

static const char *main_site(const struct import *import)
{
	const struct import_rows *sites = &import->merged[IMPORT_SITES];
	for (size_t i = 0; i < sites->n; i++) {
		if (strcmp(import_value(&sites->list[i], IMPORT_KIND), "main") == 0) {
			return import_value(&sites->list[i], IMPORT_ID);
		}
	}
	return import->plan->meeting.main_site;
}

/* How well the text names the site: all of it, or the name's letters in it; 0: not at all. */
static int how_named(const struct import_row *site, const char *plain, size_t *ret_how)
{
	static const enum import_column whole[] = {IMPORT_ID, IMPORT_NAME, IMPORT_CODE};
	char name[IMPORT_PLAIN_SIZE];
	int r = 0;
	*ret_how = 0;
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]) && r == 0; i++) {
		r = import_plain(import_value(site, whole[i]), name);
		if (r == 0 && name[0] && strcmp(name, plain) == 0) {
			*ret_how = SIZE_MAX;
			return 0;
		}
	}
	r = r == 0 ? import_plain(import_value(site, IMPORT_NAME), name) : r;
	bool is_main = strcmp(import_value(site, IMPORT_KIND), "main") == 0;
	if (r == 0 && name[0] && !is_main && import_find_word(plain, name)) {
		*ret_how = strlen(name);
	}
	return r;
}

/* The site that the text names best; NULL: none. */
static int find_site(const struct import *import, const char *text, const char **ret_site)
{
	const struct import_rows *sites = &import->merged[IMPORT_SITES];
	char plain[IMPORT_PLAIN_SIZE];
	size_t best = 0;
	*ret_site = NULL;
	int r = import_plain(text, plain);
	for (size_t i = 0; i < sites->n && r == 0 && plain[0]; i++) {
		size_t how;
		r = how_named(&sites->list[i], plain, &how);
		if (r == 0 && how > best) {
			best = how;
			*ret_site = import_value(&sites->list[i], IMPORT_ID);
		}
	}
	return r;
}

int import_guess_turn(struct import *import, struct import_row *row)
{
	const char *site = NULL;
	const struct import_row *before = row->before;
	const char *said = import_value(row, IMPORT_SITE);
	if (before && strcmp(said, import_value(before, IMPORT_SITE)) == 0) {
		return 0;
	}
	int r = find_site(import, said, &site);
	r = r == 0 && !site ? find_site(import, import_value(row, IMPORT_UNIT), &site) : r;
	if (r == 0 && !site) {
		site = main_site(import);
		r = tell(import, row, TEXT_IMPORT_SITE_MAIN, IMPORT_SITE,
			said[0] ? said : import_value(row, IMPORT_UNIT));
	}
	return r == 0 ? set(import, row, IMPORT_SITE, site) : r;
}

/* ---- across parts ---- */

static bool is_called(const struct import *import, const char *list)
{
	const struct import_rows *items = &import->merged[IMPORT_AGENDA];
	for (size_t i = 0; i < items->n; i++) {
		const char *lists = import_value(&items->list[i], IMPORT_LISTS);
		size_t length = strlen(list);
		for (const char *at = lists; (at = strstr(at, list)); at++) {
			bool begins = at == lists || at[-1] == ' ';
			if (items->list[i].fate != IMPORT_DROPPED && begins &&
				(at[length] == '\0' || at[length] == ' ')) {
				return true;
			}
		}
	}
	return false;
}

/* To the items of the usual kind that have no list; those are told. */
static int call_list(struct import *import, const char *list)
{
	struct import_rows *items = &import->merged[IMPORT_AGENDA];
	int r = 0;
	for (size_t i = 0; i < items->n && r == 0; i++) {
		struct import_row *item = &items->list[i];
		if (holds_turns(item) && !has(item, IMPORT_LISTS) &&
			strcmp(usual_list(import_value(item, IMPORT_KIND)), list) == 0) {
			r = set(import, item, IMPORT_LISTS, list);
		}
	}
	return r;
}

static int call_lists(struct import *import)
{
	const struct import_rows *turns = &import->merged[IMPORT_SPEAKING];
	int r = 0;
	for (size_t i = 0; i < turns->n && r == 0; i++) {
		const char *list = import_value(&turns->list[i], IMPORT_LIST);
		if (turns->list[i].fate != IMPORT_DROPPED && !is_called(import, list)) {
			r = call_list(import, list);
		}
	}
	return r;
}

/* What the items of the list leave for those of its turns that say no length. */
static void share_of(
	const struct import *import, const char *list, int64_t *ret_left, int64_t *ret_n)
{
	const struct import_rows *items = &import->merged[IMPORT_AGENDA];
	const struct import_rows *turns = &import->merged[IMPORT_SPEAKING];
	*ret_left = *ret_n = 0;
	for (size_t i = 0; i < items->n; i++) {
		const struct import_row *item = &items->list[i];
		bool calls = item->fate != IMPORT_DROPPED &&
			     strcmp(import_value(item, IMPORT_LISTS), list) == 0;
		*ret_left += calls ? strtol(import_value(item, IMPORT_MINUTES), NULL, 10) : 0;
	}
	for (size_t i = 0; i < turns->n; i++) {
		const struct import_row *turn = &turns->list[i];
		if (turn->fate != IMPORT_DROPPED &&
			strcmp(import_value(turn, IMPORT_LIST), list) == 0) {
			*ret_left -= strtol(import_value(turn, IMPORT_MINUTES), NULL, 10);
			*ret_n += !has(turn, IMPORT_MINUTES);
		}
	}
}

static int share_minutes(struct import *import, struct import_row *turn)
{
	char text[OFFICE_MINUTES_SIZE];
	int64_t left, n;
	share_of(import, import_value(turn, IMPORT_LIST), &left, &n);
	if (n == 0 || left < n) {
		return tell(import, turn, TEXT_IMPORT_TURN_NO_LENGTH, IMPORT_MINUTES, "");
	}
	snprintf(text, sizeof(text), "%" PRId64, left / n);
	int r = set(import, turn, IMPORT_MINUTES, text);
	return r == 0 ? tell(import, turn, TEXT_IMPORT_TURN_SHARE, IMPORT_MINUTES, text) : r;
}

int import_guess_across(struct import *import)
{
	struct import_rows *turns = &import->merged[IMPORT_SPEAKING];
	int r = call_lists(import);
	/* From the last one on: those before have no length yet, and share alike. */
	for (size_t i = turns->n; i-- > 0 && r == 0;) {
		struct import_row *turn = &turns->list[i];
		if (turn->row > 0 && !has(turn, IMPORT_MINUTES)) {
			const struct import_row *before = turn->before;
			r = before && has(before, IMPORT_MINUTES)
				    ? set(import, turn, IMPORT_MINUTES,
					      import_value(before, IMPORT_MINUTES))
				    : share_minutes(import, turn);
		}
	}
	return r;
}
