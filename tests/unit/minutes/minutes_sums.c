/*
 * Everybody adds: over many random meetings, figures on the page come out as they are printed.
 * Planned and difference give the actual length, times of day the length between them, rows their
 * totals; the data has the same figures.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/turns.h"
#include "minutes_run.h"
#include "text_copy.h"

enum {
	MEETINGS = 60,
	STEPS = 120,
	CELLS_MAX = 12,
	CELL_SIZE = 4096,
};

static uint32_t random_state;

/* 0 to n - 1, by xorshift. */
static uint32_t pick(uint32_t n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state % n;
}

/* ---- a random meeting ---- */

/* The wall clock drifts by milliseconds, as one that is disciplined does. */
static void pass(struct run *run)
{
	static const uint32_t most[] = {900, 7000, 200000, 1500000};
	int64_t ms = pick(most[pick(4)]);
	run->now.wall.ms += (int64_t)pick(3) - 1;
	run_pass(run, ms);
}

static void choose_turn(struct run *run, char ret[TURN_ID_SIZE])
{
	uint32_t n = (uint32_t)mtg_turn_count(run->meeting);
	memcpy(ret, mtg_turn(run->meeting, (int)pick(n))->id, TURN_ID_SIZE);
}

static void choose_item(struct run *run, char ret[ITEM_ID_SIZE])
{
	uint32_t n = (uint32_t)mtg_item_count(run->meeting);
	memcpy(ret, mtg_item(run->meeting, (int)pick(n))->id, ITEM_ID_SIZE);
}

static void choose_command(struct run *run)
{
	struct command *body = &run->command.body;
	switch (pick(9)) {
	case 0:
		body->name = CMD_ITEM_START;
		choose_item(run, body->item_start.item);
		break;
	case 1:
		body->name = CMD_FLOOR_RELEASE;
		choose_turn(run, body->floor_release.turn);
		break;
	case 2:
		body->name = CMD_FLOOR_UNDO;
		body->floor_undo.take = mtg_floor(run->meeting)->takes;
		break;
	case 3:
		body->name = CMD_FLOOR_RESUME;
		choose_turn(run, body->floor_resume.turn);
		break;
	case 4:
		body->name = CMD_ITEM_EXTEND;
		choose_item(run, body->item_extend.item);
		body->item_extend.by.ms = ((int64_t)pick(20) - 10) * MINUTE;
		break;
	case 5:
		body->name = pick(3) > 0 ? CMD_MEETING_REOPEN : CMD_MEETING_CLOSE;
		break;
	default:
		body->name = CMD_FLOOR_TAKE;
		choose_turn(run, body->floor_take.turn);
		break;
	}
}

static void hold(struct run *run, uint32_t speed)
{
	run->now.at.ms = pick(1000);
	run->now.wall.ms += pick(1000);
	run_load(run, pick(2) ? "a" : "b");
	run_set_up(run, speed);
	run_gather(run);
	run_pass(run, pick(5000));
	run_simple(run, CMD_MEETING_OPEN);
	for (int i = 0; i < STEPS; i++) {
		pass(run);
		choose_command(run);
		run_give(run, ROLE_OPERATOR); /* many are refused */
		run_tick(run);
	}
	run_compile(run);
}

/* ---- the page as somebody with a pencil reads it ---- */

struct row {
	char cells[CELLS_MAX][CELL_SIZE];
	size_t n;
};

/* The text of markup, each tag a space. */
static void plain(const char *from, const char *end, char ret[CELL_SIZE])
{
	size_t n = 0;
	bool in_tag = false;
	for (; from < end && n < CELL_SIZE - 1; from++) {
		in_tag = in_tag ? *from != '>' : *from == '<';
		if (!in_tag && *from != '>') {
			ret[n++] = *from;
		}
	}
	ret[n] = '\0';
}

/* The next row of a table at *at, which moves behind it; false at the end of the table. */
static bool read_row(const char **at, struct row *row)
{
	const char *begin = strstr(*at, "<tr"), *last = strstr(*at, "</table>");
	if (!begin || !last || begin > last) {
		return false;
	}
	const char *end = strstr(begin, "</tr>");
	row->n = 0;
	for (const char *cell = strstr(begin, "<td"); cell && cell < end && row->n < CELLS_MAX;
		cell = strstr(cell + 1, "<td")) {
		const char *text = strchr(cell, '>') + 1;
		plain(text, strstr(text, "</td>"), row->cells[row->n++]);
	}
	*at = end;
	return true;
}

/* Behind the head of the table in the section of this heading. */
static const char *table_of(const char *page, const char *heading)
{
	const char *section = strstr(page, heading);
	assert_non_null(section);
	const char *body = strstr(section, "<tbody>");
	assert_non_null(body);
	return body;
}

/* Seconds of "h:mm:ss" with its sign, 0 for "". */
static long seconds_of(const char *text)
{
	long hours, minutes, seconds;
	bool negative = strncmp(text, "−", strlen("−")) == 0;
	if (text[0] == '\0') {
		return 0;
	}
	text += negative ? strlen("−") : text[0] == '+';
	assert_int_equal(sscanf(text, "%ld:%ld:%ld", &hours, &minutes, &seconds), 3);
	long sum = hours * 3600 + minutes * 60 + seconds;
	return negative ? -sum : sum;
}

/* From one time of day to another, on the same day or over midnight. */
static long passed(const char *from, const char *to)
{
	return (seconds_of(to) - seconds_of(from) + 86400) % 86400;
}

static void check_item(const struct row *row, long *expected, long *actual)
{
	enum { PLANNED = 3, BEGAN, ENDED, ACTUAL, DIFFERENCE };
	assert_int_equal(row->n, 8);
	if (row->cells[DIFFERENCE][0]) {
		assert_int_equal(
			seconds_of(row->cells[PLANNED]) + seconds_of(row->cells[DIFFERENCE]),
			seconds_of(row->cells[ACTUAL]));
	}
	if (row->cells[ENDED][0]) {
		assert_int_equal(passed(row->cells[BEGAN], row->cells[ENDED]),
			seconds_of(row->cells[ACTUAL]) % 86400);
	}
	*expected += seconds_of(row->cells[PLANNED]);
	*actual += seconds_of(row->cells[ACTUAL]);
}

static void check_programme(const struct run *run, const char *page)
{
	static struct row row;
	const char *at = table_of(page, "3. Programme");
	long expected = 0, actual = 0;
	for (size_t i = 0; i < run->minutes.n_items; i++) {
		assert_true(read_row(&at, &row));
		check_item(&row, &expected, &actual);
	}
	assert_true(read_row(&at, &row));
	assert_int_equal(seconds_of(row.cells[3]), expected);
	assert_int_equal(seconds_of(row.cells[6]), actual);
	assert_false(read_row(&at, &row));
}

static long check_speeches(const struct run *run, const char *page)
{
	static struct row row;
	const char *at = table_of(page, "4. Speeches");
	long spoken = 0;
	for (size_t i = 0; i < run->minutes.n_speeches; i++) {
		assert_true(read_row(&at, &row));
		assert_int_equal(row.n, 7);
		if (row.cells[6][0]) {
			assert_int_equal(seconds_of(row.cells[5]) + seconds_of(row.cells[6]),
				seconds_of(row.cells[4]));
		}
		spoken += seconds_of(row.cells[4]);
	}
	assert_true(read_row(&at, &row));
	assert_int_equal(seconds_of(row.cells[4]), spoken);
	return spoken;
}

static void check_sites(const struct run *run, const char *page, long spoken)
{
	static struct row row;
	const char *at = table_of(page, "A. Sites");
	long sum = 0;
	for (size_t i = 0; i < run->minutes.n_sites; i++) {
		assert_true(read_row(&at, &row));
		sum += seconds_of(row.cells[8]);
	}
	assert_int_equal(sum, spoken);
}

/* The minutes of "19 minutes" or "1 hour 5 minutes". */
static long minutes_of(const char *length)
{
	char *rest;
	long n = strtol(length, &rest, 10);
	if (strncmp(rest, " hour", strlen(" hour")) != 0) {
		return n;
	}
	rest += strlen(" hour");
	return n * 60 + strtol(rest + strcspn(rest, " "), NULL, 10);
}

/*
 * "Opened at 07:30", "Closed at 08:00 and reopened at 08:02", "Closed at 09:10", "Length: 1 hour 38
 * minutes": cut to the minute, and still they fit.
 */
static void check_length(const char *page)
{
	const char *at = strstr(page, "1. Time and place") + strlen("1. ");
	const char *end = strstr(page, "Length: ");
	long sum = 0, from = 0;
	bool begins = true;
	for (at = strchr(at, ':'); at < end; at = strchr(at + 1, ':')) {
		long time = strtol(at - 2, NULL, 10) * 60 + strtol(at + 1, NULL, 10);
		sum += begins ? 0 : (time - from + 24 * 60) % (24 * 60);
		from = time;
		begins = !begins;
	}
	assert_true(begins);
	assert_int_equal(minutes_of(end + strlen("Length: ")) % (24 * 60), sum % (24 * 60));
}

/* ---- the data ---- */

static void assert_whole(struct span span)
{
	assert_int_equal(span.ms % 1000, 0);
}

static void check_data(const struct run *run)
{
	const struct minutes *minutes = &run->minutes;
	struct span speeches = {0}, sites = {0};
	assert_whole(minutes->live);
	for (size_t i = 0; i < minutes->n_items; i++) {
		const struct minutes_item *item = &minutes->items[i];
		assert_whole(item->length);
		if (item->has_difference) {
			assert_int_equal(item->expected.ms + item->difference.ms, item->length.ms);
		}
		if (item->has_finished) {
			assert_int_equal(
				item->finished.at.ms - item->started.at.ms, item->length.ms);
		}
	}
	for (size_t i = 0; i < minutes->n_speeches; i++) {
		const struct minutes_speech *speech = &minutes->speeches[i];
		struct span sum = {0};
		for (size_t j = 0; j < speech->n_stretches; j++) {
			sum = span_sum(sum, speech->stretches[j].length);
		}
		assert_int_equal(sum.ms, speech->spoken.ms);
		speeches = span_sum(speeches, sum);
	}
	for (size_t i = 0; i < minutes->n_sites; i++) {
		assert_whole(minutes->sites[i].online);
		assert_true(minutes->sites[i].online.ms <= minutes->live.ms);
		sites = span_sum(sites, minutes->sites[i].spoken);
	}
	assert_int_equal(speeches.ms, sites.ms);
	assert_int_equal(speeches.ms, minutes->spoken.ms);
}

/* Cutting moves no length by a second. */
static void check_truth(const struct run *run)
{
	for (size_t i = 0; i < run->minutes.n_speeches; i++) {
		const struct minutes_speech *speech = &run->minutes.speeches[i];
		const struct turn *turn = mtg_turn_by_id(run->meeting, speech->turn);
		int64_t exact = turn->spoken.ms;
		if (turn->state == TURN_STATE_ON_AIR) {
			exact += span_between(turn->since, mtg_last_at(run->meeting)).ms;
		}
		int64_t off = llabs(speech->spoken.ms - exact);
		assert_true(off == 0 || off < 1000 * (int64_t)speech->n_stretches);
	}
}

static void figures_come_out(void **state)
{
	static const uint32_t speeds[] = {1, 1, 7, 60};
	(void)state;
	for (uint32_t seed = 1; seed <= MEETINGS; seed++) {
		random_state = seed * 2654435761u;
		struct run *run = run_create();
		hold(run, speeds[pick(4)]);
		char *page = run_page(run, LANGUAGE_EN);
		check_data(run);
		check_truth(run);
		check_programme(run, page);
		check_sites(run, page, check_speeches(run, page));
		check_length(page);
		free(page);
		run_destroy(run);
	}
}

/* Held from 07:30:00.9 to 07:30:03.8: three seconds as printed, and 14:57 less than a quarter. */
static void seconds_of_a_quarter(void **state)
{
	struct run *run = run_create();
	(void)state;
	run_load(run, "b");
	run_set_up(run, 1);
	run_gather(run);
	run_pass(run, 60 * MINUTE + 900);
	run_simple(run, CMD_MEETING_OPEN);
	run_start_item(run, "07");
	run_pass(run, 2900);
	run_start_item(run, "08");
	run_pass(run, 1000);
	run_compile(run);
	char *page = run_page(run, LANGUAGE_VI);
	assert_non_null(strstr(page, "<td class=\"n\">0:15:00</td><td class=\"t\">07:30:00</td>"
				     "<td class=\"t\">07:30:03</td><td class=\"n\">0:00:03</td>"
				     "<td class=\"n\">−0:14:57</td>"));
	free(page);
	run_destroy(run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_come_out),
		cmocka_unit_test(seconds_of_a_quarter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
