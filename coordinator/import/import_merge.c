/*
 * What was read and what the plan has, put together part by part: sites first, of which units are
 * told, then the programme, whose lists turns belong to, then the turns.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/import/import.h"
#include "coordinator/import/import_guess.h"
#include "coordinator/import/import_match.h"
#include "coordinator/plan/name_text.h"

/* Capitals are a matter of the office's page: «KHAI MẠC» stays «Khai mạc». */
static int differ(const char *one, const char *other, bool *ret_differ)
{
	char *key = name_text_key(one), *beside = name_text_key(other);
	int r = key && beside ? 0 : -ENOMEM;
	*ret_differ = r == 0 && strcmp(key, beside) != 0;
	free(key);
	free(beside);
	return r;
}

/* What the office says, and the plan's own where it says nothing, or the same. */
static int fill_from_plan(struct import_row *row)
{
	const struct import_row *before = row->before;
	int r = 0;
	row->others = before->others;
	for (enum import_column i = IMPORT_FIRST_FIELD; i < IMPORT_COLUMNS && r == 0; i++) {
		bool differs = false;
		if (row->values[i] && i != IMPORT_ID) {
			r = differ(row->values[i], import_value(before, i), &differs);
		}
		row->values[i] = differs ? row->values[i] : before->values[i];
	}
	return r;
}

static bool equals(const struct import_row *row, const struct import_row *before)
{
	for (enum import_column i = IMPORT_FIRST_FIELD; i < IMPORT_COLUMNS; i++) {
		if (strcmp(import_value(row, i), import_value(before, i)) != 0) {
			return false;
		}
	}
	return true;
}

static enum import_fate fate_of(const struct import_row *row)
{
	if (!row->before) {
		return IMPORT_ADDED;
	}
	return equals(row, row->before) ? IMPORT_UNCHANGED : IMPORT_CHANGED;
}

static int guess(struct import *import, enum import_part part, struct import_row *row)
{
	switch (part) {
	case IMPORT_SITES:
		return import_guess_site(import, row);
	case IMPORT_AGENDA:
		return import_guess_item(import, row);
	case IMPORT_SPEAKING:
		return import_guess_turn(import, row);
	case IMPORT_PARTS:
		break;
	}
	return 0;
}

static int add(struct import *import, enum import_part part, const struct import_row *from,
	enum import_fate fate)
{
	struct import_row *row = import_rows_add(&import->merged[part]);
	if (!row) {
		return -ENOMEM;
	}
	*row = *from;
	row->fate = fate;
	return 0;
}

/* A row that only the plan has. */
static int add_kept(struct import *import, enum import_part part, const struct import_row *before,
	enum import_fate fate)
{
	struct import_row row = *before;
	row.before = before;
	return add(import, part, &row, fate);
}

static bool is_matched(const struct import_rows *rows, const struct import_row *before)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->list[i].before == before) {
			return true;
		}
	}
	return false;
}

static bool names_list(const struct import_rows *rows, const char *list)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (strcmp(import_value(&rows->list[i], IMPORT_LIST), list) == 0) {
			return true;
		}
	}
	return false;
}

/*
 * A programme is whole, so what is not in it goes; a list of speakers is whole for the lists that
 * it names; sites have join files, and are taken out by hand.
 */
static enum import_fate fate_of_missing(
	const struct import_rows *read, enum import_part part, const struct import_row *before)
{
	bool whole =
		part == IMPORT_AGENDA ||
		(part == IMPORT_SPEAKING && names_list(read, import_value(before, IMPORT_LIST)));
	return whole && read->n > 0 ? IMPORT_DROPPED : IMPORT_KEPT;
}

static int add_missing(struct import *import, enum import_part part)
{
	const struct import_rows *before = &import->before[part], *read = &import->read[part];
	int r = 0;
	for (size_t i = 0; i < before->n && r == 0; i++) {
		const struct import_row *row = &before->list[i];
		if (!is_matched(read, row)) {
			r = add_kept(import, part, row, fate_of_missing(read, part, row));
		}
	}
	return r;
}

/* The row that was read of a site of the plan; NULL: none was. */
static const struct import_row *find_read(
	const struct import *import, const struct import_row *before)
{
	const struct import_rows *read = &import->read[IMPORT_SITES];
	for (size_t i = 0; i < read->n; i++) {
		if (read->list[i].before == before) {
			return &read->list[i];
		}
	}
	return NULL;
}

/* Sites keep the order of the plan: numbers and the board follow it. */
static int add_matched_sites(struct import *import)
{
	const struct import_rows *before = &import->before[IMPORT_SITES];
	int r = 0;
	for (size_t i = 0; i < before->n && r == 0; i++) {
		const struct import_row *row = find_read(import, &before->list[i]);
		r = row ? add(import, IMPORT_SITES, row, fate_of(row))
			: add_kept(import, IMPORT_SITES, &before->list[i], IMPORT_KEPT);
	}
	return r;
}

static int add_read(struct import *import, enum import_part part)
{
	const struct import_rows *read = &import->read[part];
	int r = 0;
	for (size_t i = 0; i < read->n && r == 0; i++) {
		const struct import_row *row = &read->list[i];
		if (part == IMPORT_SITES && row->before) {
			continue; /* in its place already */
		}
		r = add(import, part, row, fate_of(row));
	}
	return r;
}

static int complete(struct import *import, enum import_part part)
{
	struct import_rows *read = &import->read[part];
	int r = 0;
	for (size_t i = 0; i < read->n && r == 0; i++) {
		if (read->list[i].before) {
			r = fill_from_plan(&read->list[i]);
		}
		r = r == 0 ? guess(import, part, &read->list[i]) : r;
	}
	return r;
}

static int merge_part(struct import *import, enum import_part part)
{
	struct import_rows *read = &import->read[part];
	int r = 0;
	for (size_t i = 0; i < read->n && part == IMPORT_SPEAKING && r == 0; i++) {
		r = import_guess_list(import, &read->list[i]);
	}
	r = r == 0 ? import_match(part, read, &import->before[part]) : r;
	r = r == 0 ? complete(import, part) : r;
	if (r == 0) {
		r = part == IMPORT_SITES ? add_matched_sites(import) : add_missing(import, part);
	}
	return r == 0 ? add_read(import, part) : r;
}

/* Across parts a row may have become another one. */
static void judge_again(struct import_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct import_row *row = &rows->list[i];
		bool stays = row->fate == IMPORT_KEPT && equals(row, row->before);
		if (row->fate != IMPORT_DROPPED && !stays) {
			row->fate = fate_of(row);
		}
	}
}

int import_merge(struct import *import)
{
	int r = 0;
	for (enum import_part part = 0; part < IMPORT_PARTS && r == 0; part++) {
		r = merge_part(import, part);
	}
	r = r == 0 ? import_guess_across(import) : r;
	for (enum import_part part = 0; part < IMPORT_PARTS && r == 0; part++) {
		judge_again(&import->merged[part]);
	}
	return r;
}
