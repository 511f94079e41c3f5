/*
 * The forecast: the cases of data/forecast.txt, and random programmes. Each case is a programme,
 * what happens to it, and what is expected then; the file says how they are written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/cut_offers.h"
#include "proto/codec/codec.h"
#include "proto/gen/tables.h"
#include "tests/unit/meeting/random_commands.h"

enum { LINE_MAX_SIZE = 512, PROGRAMMES_MAX = 32, CASES_MIN = 80, WORDS_MAX = 8, NONE = -1 };

/* Midnight of 15 July 2022 in Hanoi. */
static const int64_t midnight = 1657818000000;

static struct forecast forecast, trial; /* too large for the stack */

struct play {
	struct stage *stage;
	int64_t stepped; /* the wall clock was put on by so much */
	const char *title;
};

static void must(const struct play *play, int r)
{
	if (r != 0) {
		fail_msg("%s: refused (%s)", play->title, msg_enum_name(&msg_refusal, r));
	}
}

/* ---- words ---- */

/* In place; how many. */
static size_t split(char *text, const char *by, char *ret[], size_t max)
{
	size_t n = 0;

	for (char *save, *at = strtok_r(text, by, &save); at; at = strtok_r(NULL, by, &save)) {
		assert_true(n < max);
		ret[n++] = at;
	}
	return n;
}

/* "8:00", "08:00:30" as milliseconds; a sign before it counts. */
static int64_t clock_of(const char *text)
{
	int hours = 0, minutes = 0, seconds = 0;

	assert_true(sscanf(text, "%d:%d:%d", &hours, &minutes, &seconds) >= 2);
	return ((int64_t)hours * 60 + minutes) * MINUTE_MS + seconds * INT64_C(1000);
}

/* "10", "-5", "0:15": minutes, or minutes and seconds. */
static int64_t minutes_of(const char *text)
{
	int minutes = 0, seconds = 0;

	sscanf(text, "%d:%d", &minutes, &seconds);
	return minutes * (int64_t)MINUTE_MS + seconds * INT64_C(1000);
}

/* ---- programmes ---- */

static void add_item(struct play *play, char *text)
{
	struct cmd_item_insert *in =
		&stage_begin(play->stage, ROLE_SYSTEM, CMD_ITEM_INSERT)->item_insert;
	char *words[WORDS_MAX];
	size_t n = split(text, " ", words, WORDS_MAX);

	assert_true(n >= 4);
	strcpy(in->item, words[0]);
	in->kind = (enum item_kind)msg_enum_value(&msg_item_kind, words[1]);
	in->has_planned_start = strcmp(words[2], "-") != 0;
	in->planned_start = in->has_planned_start ? (uint32_t)clock_of(words[2]) : 0;
	in->has_planned_length = strcmp(words[3], "-") != 0;
	in->planned_length.ms = in->has_planned_length ? minutes_of(words[3]) : 0;
	for (size_t i = 4; i < n; i++) {
		if (strcmp(words[i], "until") == 0) {
			in->has_fixed_end = true;
			in->fixed_end = (uint32_t)clock_of(words[++i]);
		} else {
			strcpy(in->lists[in->n_lists++], words[i]);
		}
	}
	must(play, stage_give(play->stage));
}

static void add_turn(struct play *play, char *text)
{
	struct cmd_turn_add *in = &stage_begin(play->stage, ROLE_SYSTEM, CMD_TURN_ADD)->turn_add;
	char *words[WORDS_MAX];
	bool requested;

	assert_int_equal(split(text, " ", words, WORDS_MAX), 3);
	requested = words[0][0] == '?';
	in->has_turn = true;
	strcpy(in->turn, words[0] + requested);
	strcpy(in->list, words[1]);
	strcpy(in->site, "hn");
	strcpy(in->unit, "Sở Y tế");
	in->allowance.ms = minutes_of(words[2]);
	in->origin = TURN_ORIGIN_ASSIGNED;
	in->has_class = requested;
	in->class = requested ? TURN_CLASS_REQUESTED : TURN_CLASS_UNSET;
	must(play, stage_give(play->stage));
}

static void set_up(struct play *play, const char *programme, uint32_t speed)
{
	char text[LINE_MAX_SIZE], *halves[2], *parts[WORDS_MAX];
	size_t n;

	strcpy(text, programme);
	n = split(text, "/", halves, 2);
	stage_meeting(play->stage, speed);
	stage_add_site(play->stage, "hn", 1, false);
	stage_add_list(play->stage, "l");
	for (size_t half = 0; half < n; half++) {
		size_t of = split(halves[half], ";", parts, WORDS_MAX);

		for (size_t i = 0; i < of; i++) {
			(half == 0 ? add_item : add_turn)(play, parts[i]);
		}
	}
}

/* ---- what happens ---- */

static void set_clock(struct play *play, int64_t time)
{
	int64_t by = midnight + time - (play->stage->now.wall.ms - play->stepped);

	assert_true(by >= 0);
	stage_sleep(play->stage, by);
}

static void put_on(struct play *play, int64_t ms)
{
	play->stage->now.wall.ms += ms;
	play->stepped += ms;
}

static void extend(struct play *play, const char *item, int64_t by)
{
	struct cmd_item_extend *in =
		&stage_begin(play->stage, ROLE_OPERATOR, CMD_ITEM_EXTEND)->item_extend;

	strcpy(in->item, item);
	in->by.ms = by;
	must(play, stage_give(play->stage));
}

static void set_hard_end(struct play *play, int64_t time)
{
	struct cmd_meeting_edit *in =
		&stage_begin(play->stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;

	in->has_hard_end = true;
	in->hard_end = (uint32_t)time;
	must(play, stage_give(play->stage));
}

static void open_meeting(struct play *play)
{
	must(play, stage_op(play->stage, CMD_MEETING_ASSEMBLE, NULL));
	must(play, stage_op(play->stage, CMD_MEETING_OPEN, NULL));
}

static void happen(struct play *play, char *text)
{
	static const struct {
		const char *word;
		enum command_name name;
	} orders[] = {{"start", CMD_ITEM_START}, {"finish", CMD_ITEM_FINISH},
		{"skip", CMD_ITEM_SKIP}, {"take", CMD_FLOOR_TAKE}, {"release", CMD_FLOOR_RELEASE},
		{"leave", CMD_TURN_SKIP}, {"close", CMD_MEETING_CLOSE}};
	char *words[WORDS_MAX];
	size_t n = split(text, " ", words, WORDS_MAX);

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		if (strcmp(words[0], orders[i].word) == 0) {
			must(play, stage_op(play->stage, orders[i].name, n > 1 ? words[1] : NULL));
			return;
		}
	}
	if (strcmp(words[0], "at") == 0) {
		set_clock(play, clock_of(words[1]));
	} else if (strcmp(words[0], "open") == 0) {
		open_meeting(play);
	} else if (strcmp(words[0], "more") == 0) {
		extend(play, words[1], minutes_of(words[2]));
	} else if (strcmp(words[0], "clock") == 0) {
		put_on(play, minutes_of(words[1]));
	} else if (strcmp(words[0], "hard") == 0) {
		set_hard_end(play, clock_of(words[1]));
	} else if (strcmp(words[0], "rehearsal") != 0 && strcmp(words[0], "speed") != 0 &&
		   strcmp(words[0], "day") != 0) {
		fail_msg("%s: nothing is known of %s", play->title, words[0]);
	}
}

/* ---- what is expected ---- */

static int64_t time_of(const struct play *play, struct instant at)
{
	return play->stage->now.wall.ms - play->stepped + at.ms - play->stage->now.at.ms - midnight;
}

static void assert_ms(const struct play *play, const char *what, int64_t is, int64_t wanted)
{
	if (is != wanted) {
		fail_msg("%s: %s is %.2f min, not %.2f", play->title, what, (double)is / MINUTE_MS,
			(double)wanted / MINUTE_MS);
	}
}

/* The least that is enough may be a little more: shares are of a thousand, spans whole seconds. */
static void assert_minute(const struct play *play, const char *what, int64_t is, int64_t wanted)
{
	int64_t minute = MINUTE_MS / mtg_about(play->stage->meeting)->speed;

	assert_ms(play, what, is >= wanted && is < wanted + minute ? wanted : is, wanted);
}

static void assert_span(const struct play *play, const char *what, struct instant start,
	struct instant finish, char *span)
{
	char *ends[2];

	assert_int_equal(split(span, "-", ends, 2), 2);
	assert_ms(play, what, time_of(play, start), clock_of(ends[0]));
	assert_ms(play, what, time_of(play, finish), clock_of(ends[1]));
}

static const struct cut_offer *offer_of(const struct cut_offer *offers, size_t n, enum cut_way way)
{
	for (size_t i = 0; i < n; i++) {
		if (offers[i].way == way) {
			return &offers[i];
		}
	}
	return NULL;
}

static void assert_way(const struct play *play, char *words[], size_t n)
{
	struct cut_offer offers[CUT_WAYS];
	size_t of =
		mtg_offer_cuts(play->stage->meeting, play->stage->now, &forecast, &trial, offers);
	bool none = strcmp(words[0], "no") == 0;
	const char *word = words[none ? 1 : 0];
	const struct cut_offer *offer =
		offer_of(offers, of, (enum cut_way)msg_enum_value(&msg_cut_way, word));

	if (none != (offer == NULL)) {
		fail_msg("%s: %s is %soffered", play->title, word, offer ? "" : "not ");
	}
	if (offer) {
		assert_minute(play, word, offer->gain.ms, minutes_of(words[1]));
		assert_int_equal(offer->enough, n > 2);
	}
}

static void expect_of(const struct play *play, char *words[], size_t n)
{
	const struct item *item = mtg_item_by_id(play->stage->meeting, words[0]);
	const struct turn *turn = mtg_turn_by_id(play->stage->meeting, words[0]);
	bool unknown = strcmp(words[1], "unknown") == 0;

	if (item) {
		const struct item_forecast *of =
			&forecast.items[mtg_item_index(play->stage->meeting, item)];

		assert_int_equal(of->known, !unknown);
		if (!unknown) {
			assert_span(play, words[0], of->start, of->finish, words[1]);
		}
		return;
	}
	if (!turn) {
		fail_msg("%s: nothing is known of %s", play->title, words[0]);
	}
	const struct turn_forecast *of =
		&forecast.turns[mtg_turn_index(play->stage->meeting, turn)];
	if (n == 3) { /* on air, until */
		assert_false(of->known);
		assert_ms(play, words[0], time_of(play, of->finish), clock_of(words[2]));
		return;
	}
	assert_int_equal(of->known, !unknown);
	if (!unknown) {
		assert_span(play, words[0], of->expected, of->finish, words[1]);
	}
}

static void expect(const struct play *play, char *text)
{
	char *words[WORDS_MAX];
	size_t n = split(text, " ", words, WORDS_MAX);

	if (strcmp(words[0], "offset") == 0) {
		assert_ms(play, words[0], forecast.offset.ms, minutes_of(words[1]));
	} else if (strcmp(words[0], "over") == 0) {
		assert_ms(play, words[0], forecast.over.ms, minutes_of(words[1]));
	} else if (strcmp(words[0], "end") == 0) {
		assert_ms(play, words[0], time_of(play, forecast.end), clock_of(words[1]));
	} else if (strcmp(words[0], "no") == 0 || msg_enum_value(&msg_cut_way, words[0]) > 0) {
		assert_way(play, words, n);
	} else {
		expect_of(play, words, n);
	}
}

/* ---- one case ---- */

static int64_t number_behind(const char *text, const char *word, int64_t otherwise)
{
	const char *at = strstr(text, word);

	return at ? strtoll(at + strlen(word), NULL, 10) : otherwise;
}

/* What the meeting is created with stands among what happens. */
static struct play begin(const char *title, const char *programme, const char *happens)
{
	struct play play = {.stage = stage_create(), .title = title};

	play.stage->rehearsal = strstr(happens, "rehearsal") != NULL;
	play.stage->now.wall.ms = midnight;
	set_up(&play, programme, (uint32_t)number_behind(happens, "speed ", 1));
	put_on(&play, number_behind(happens, "day ", 0) * 24 * 60 * MINUTE_MS);
	return play;
}

static void play_case(char *line, const char *programme)
{
	char *columns[4], *parts[16];

	assert_int_equal(split(line, "|", columns, 4), 4);
	struct play play = begin(columns[0], programme, columns[2]);
	size_t n = split(columns[2], ";", parts, 16);

	for (size_t i = 0; i < n; i++) {
		happen(&play, parts[i]);
	}
	mtg_forecast(play.stage->meeting, play.stage->now, &forecast);
	n = split(columns[3], ";\n", parts, 16);
	for (size_t i = 0; i < n; i++) {
		expect(&play, parts[i]);
	}
	stage_destroy(play.stage);
}

static void test_cases(void **state)
{
	static char programmes['Z' + 1][LINE_MAX_SIZE];
	char line[LINE_MAX_SIZE];
	FILE *file = fopen("tests/unit/meeting/data/forecast.txt", "r");
	int cases = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		if (strncmp(line, "programme ", 10) == 0) {
			line[strcspn(line, "\n")] = '\0';
			strcpy(programmes[(int)line[10]], line + 14);
		} else if (line[0] != '#' && line[0] != '\n') {
			const char *name = strchr(line, '|') + 2;

			play_case(line, programmes[(int)*name]);
			cases++;
		}
	}
	fclose(file);
	assert_true(cases >= CASES_MIN);
}

/* ---- random programmes ---- */

enum { ROUNDS = 2000, MOMENTS = 6 };

static void add_random_items(struct play *play, struct random_commands *random)
{
	int64_t start = 8 * 60;
	char text[64];

	for (int i = 0; i < 6; i++) {
		bool timed = random_number(random, 2) == 0;
		bool list = random_number(random, 3) == 0;
		int length = (int)random_number(random, 40);

		start += random_number(random, 50);
		snprintf(text, sizeof(text), "i%d %s %s %d%s", i,
			random_number(random, 4) == 0 ? "break" : "report", "-", length,
			list ? " l" : "");
		if (timed) {
			snprintf(text, sizeof(text), "i%d report %02d:%02d %d%s", i,
				(int)(start / 60), (int)(start % 60), length, list ? " l" : "");
		} else if (random_number(random, 5) == 0) {
			snprintf(text, sizeof(text), "i%d break - - until %02d:%02d", i,
				(int)(start / 60), (int)(start % 60));
		}
		add_item(play, text);
	}
}

static struct play begin_random(struct random_commands *random)
{
	struct play play = {.stage = stage_create(), .title = "random"};
	char text[64];

	play.stage->now.wall.ms = midnight;
	stage_meeting(play.stage, 1);
	stage_add_site(play.stage, "hn", 1, false);
	stage_add_list(play.stage, "l");
	add_random_items(&play, random);
	for (int i = 0; i < 6; i++) {
		snprintf(text, sizeof(text), "%st%d l %d", random_number(random, 2) ? "?" : "", i,
			(int)random_number(random, 20));
		add_turn(&play, text);
	}
	set_hard_end(&play, (9 * 60 + random_number(random, 180)) * (int64_t)MINUTE_MS);
	return play;
}

/* Nothing ends before it begins, begins before what is before it ends, or lies in the past; gaps
 * and items together are the whole. */
static void assert_sound(const struct play *play)
{
	const struct meeting *meeting = play->stage->meeting;
	struct instant last = play->stage->now.at;
	int64_t parts = 0;

	for (size_t i = 0; i < mtg_programme_count(meeting); i++) {
		int index = mtg_item_at(meeting, i);
		const struct item_forecast *of = &forecast.items[index];
		enum item_state state = mtg_item(meeting, index)->state;

		if (state != ITEM_STATE_PENDING && state != ITEM_STATE_ACTIVE) {
			continue;
		}
		struct instant start = state == ITEM_STATE_ACTIVE ? last : of->start;
		assert_true(of->known && of->finish.ms >= start.ms && start.ms >= last.ms);
		parts += span_between(last, start).ms + span_between(start, of->finish).ms;
		last = of->finish;
	}
	if (parts > 0) {
		assert_int_equal(parts, span_between(play->stage->now.at, forecast.end).ms);
	}
	assert_true(forecast.over.ms >= 0);
	for (int i = 0; i < (int)mtg_turn_count(meeting); i++) {
		const struct turn_forecast *of = &forecast.turns[i];

		assert_true(!of->known || (of->expected.ms >= play->stage->now.at.ms &&
						  of->finish.ms >= of->expected.ms));
	}
}

/* The later it is, the later everything: nothing that is still to come is expected earlier. */
static void assert_later(const struct play *play, const struct forecast *before)
{
	const struct meeting *meeting = play->stage->meeting;

	assert_true(forecast.end.ms >= before->end.ms);
	assert_true(forecast.over.ms >= before->over.ms);
	for (int i = 0; i < (int)mtg_item_count(meeting); i++) {
		if (mtg_item(meeting, i)->state == ITEM_STATE_PENDING) {
			assert_true(forecast.items[i].start.ms >= before->items[i].start.ms);
		}
	}
}

/* What a way promises is what its command brings. */
static void assert_kept(struct play *play, const struct cut_offer *offer)
{
	struct stage *stage = play->stage;
	struct instant end = forecast.end;

	if (offer->way == CUT_WAY_SHORTEN_REST) {
		stage_begin(stage, ROLE_OPERATOR, CMD_PROGRAMME_SHORTEN)->programme_shorten.keep =
			offer->cut.keep;
	} else if (offer->way == CUT_WAY_DROP_REQUESTS) {
		struct cmd_turn_drop *in =
			&stage_begin(stage, ROLE_OPERATOR, CMD_TURN_DROP)->turn_drop;
		int turns[CMD_TURN_DROP_TURNS_MAX];

		mtg_dropped_turns(stage->meeting, &offer->cut, turns);
		for (in->n_turns = 0; in->n_turns < offer->cut.drop; in->n_turns++) {
			strcpy(in->turns[in->n_turns],
				mtg_turn(stage->meeting, turns[in->n_turns])->id);
		}
	} else {
		const struct item *item = mtg_item(stage->meeting, offer->cut.item);
		char id[ITEM_ID_SIZE];

		strcpy(id, item->id);
		if (item->has_fixed_end) {
			struct cmd_item_edit *in =
				&stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_EDIT)->item_edit;

			strcpy(in->item, id);
			in->has_fixed_end = true;
			in->fixed_end = item->fixed_end - (uint32_t)offer->cut.by.ms;
		} else {
			extend(play, id, -offer->cut.by.ms);
			stage->command.body.name = CMD_UNSET;
		}
	}
	if (stage->command.body.name != CMD_UNSET) {
		must(play, stage_give(stage));
	}
	mtg_forecast(stage->meeting, stage->now, &forecast);
	assert_int_equal(span_between(forecast.end, end).ms, offer->gain.ms);
	assert_int_equal(forecast.over.ms == 0, offer->enough);
}

static void start_next(struct play *play)
{
	const struct meeting *meeting = play->stage->meeting;

	for (size_t i = 0; i < mtg_programme_count(meeting); i++) {
		const struct item *item = mtg_item(meeting, mtg_item_at(meeting, i));

		if (item->state == ITEM_STATE_PENDING) {
			must(play, stage_op(play->stage, CMD_ITEM_START, item->id));
			return;
		}
	}
}

static void test_random_programmes(void **state)
{
	static struct forecast before;
	struct random_commands random = {.state = 20221204};
	size_t kept[CUT_WAY_END] = {0};

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct play play = begin_random(&random);
		struct cut_offer offers[CUT_WAYS];

		set_clock(&play, (7 * 60 + 30 + random_number(&random, 90)) * (int64_t)MINUTE_MS);
		open_meeting(&play);
		for (int moment = 0; moment < MOMENTS; moment++) {
			mtg_forecast(play.stage->meeting, play.stage->now, &before);
			stage_sleep(play.stage, random_number(&random, 5 * MINUTE_MS));
			mtg_forecast(play.stage->meeting, play.stage->now, &forecast);
			assert_sound(&play);
			assert_later(&play, &before);
			if (random_number(&random, 2) == 0) {
				start_next(&play);
			}
		}
		mtg_forecast(play.stage->meeting, play.stage->now, &forecast);
		size_t n = mtg_offer_cuts(
			play.stage->meeting, play.stage->now, &forecast, &trial, offers);
		if (n > 0) {
			const struct cut_offer *offer =
				&offers[random_number(&random, (uint32_t)n)];

			kept[offer->way]++;
			assert_kept(&play, offer);
		}
		stage_destroy(play.stage);
	}
	for (int way = CUT_WAY_UNSET + 1; way < CUT_WAY_END; way++) {
		assert_true(kept[way] > 5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_random_programmes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
