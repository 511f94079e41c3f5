/*
 * A million random orders: after each the invariants hold and the answer is a listed one; the fold
 * of the journal, as such and through its JSON, is the state.
 */
#include <stdlib.h>
#include <string.h>

#include "proto/codec/codec.h"
#include "tests/unit/meeting/random_commands.h"

/* Under a sanitizer everything is slower. */
#ifdef __SANITIZE_ADDRESS__
enum { ORDERS = 100000 };
#else
enum { ORDERS = 1000000 };
#endif

enum { ORDERS_PER_MEETING = 1500, JOURNAL_MAX = 4000, JSON_MEETINGS = 3 };

struct tallies {
	size_t answers[REFUSAL_END];
	size_t done[CMD_END];
	size_t forgotten; /* turns that came to nothing */
};

/* What the core may answer; the other words of enum refusal belong to the doors. */
static bool is_listed(int refusal)
{
	static const enum refusal listed[] = {REFUSAL_UNSET, REFUSAL_BAD_MESSAGE, REFUSAL_FORBIDDEN,
		REFUSAL_NOT_FOUND, REFUSAL_EXISTS, REFUSAL_CONFLICT, REFUSAL_WRONG_STATE,
		REFUSAL_NOT_APPROVED, REFUSAL_HANDS_CLOSED, REFUSAL_NOT_IN_ITEM,
		REFUSAL_TURN_ON_AIR, REFUSAL_NOTHING_ON_AIR, REFUSAL_NO_FILM, REFUSAL_NOT_A_SITE,
		REFUSAL_SITE_BARRED, REFUSAL_SITE_SILENT, REFUSAL_ALREADY, REFUSAL_VOTE_OPEN,
		REFUSAL_TOO_SOON, REFUSAL_TOO_LATE, REFUSAL_INVALID, REFUSAL_LIMIT,
		REFUSAL_NO_OPINIONS, REFUSAL_DIRECTED};

	for (size_t i = 0; i < sizeof(listed) / sizeof(listed[0]); i++) {
		if ((int)listed[i] == refusal) {
			return true;
		}
	}
	return false;
}

static void through_json(struct mtg_record *record)
{
	struct msg_error error;
	size_t len;
	char *json;

	assert_int_equal(msg_encode(&msg_event, &record->event, &json, &len), 0);
	memset(&record->event, 0, sizeof(record->event));
	assert_int_equal(msg_decode(&msg_event, json, len, NULL, &record->event, &error), 0);
	msg_free(json);
}

static void assert_fold(struct stage *stage, bool json)
{
	struct meeting *fold = mtg_create();

	assert_non_null(fold);
	for (size_t i = 0; i < stage->n_journal; i++) {
		if (json) {
			through_json(&stage->journal[i]);
		}
		mtg_apply(fold, &stage->journal[i]);
	}
	assert_true(mtg_equal(fold, stage->meeting));
	mtg_destroy(fold);
}

static bool has_journal_room(const struct stage *stage)
{
	return stage->n_journal + 20 * MTG_BATCH_MAX < JOURNAL_MAX;
}

/* Everybody who may speak has a voice slot of his own, and nobody else. */
static void assert_voices(const struct meeting *meeting)
{
	int slots[VOICES_MAX];
	size_t speaking = 0, in_slots = 0;

	mtg_voices(meeting, slots);
	for (int i = 0; i < VOICES_MAX; i++) {
		in_slots += slots[i] != MTG_NONE;
		assert_true(slots[i] == MTG_NONE || mtg_may_speak(meeting, slots[i]));
	}
	for (int i = 0; i < (int)mtg_site_count(meeting); i++) {
		speaking += mtg_may_speak(meeting, i);
	}
	assert_int_equal(in_slots, speaking);
}

static void give_some_order(
	struct stage *stage, struct random_commands *random, struct tallies *tallies)
{
	int r;

	stage_sleep(stage, random_number(random, 40) == 0 ? random_number(random, 30000)
							  : random_number(random, 900));
	random_command(random, stage->meeting, &stage->command);
	r = stage_give(stage);
	assert_true(is_listed(r));
	assert_voices(stage->meeting);
	tallies->answers[r]++;
	if (r == 0) {
		tallies->done[stage->command.body.name]++;
	}
	if (random_number(random, 4) == 0) {
		size_t before = mtg_turn_count(stage->meeting);

		stage_settle(stage);
		tallies->forgotten += before - mtg_turn_count(stage->meeting);
	}
}

/* One meeting, most often from the usual play, live or before, sometimes from nothing at all. */
static size_t play(struct random_commands *random, struct mtg_record *journal, bool json,
	struct tallies *tallies)
{
	struct stage *stage = stage_create();
	size_t n;

	stage->journal = journal;
	stage->journal_max = JOURNAL_MAX;
	unsigned begin = random_number(random, 8);
	if (begin > 2) {
		stage_start_talks(stage);
	} else if (begin == 2) {
		stage_assemble(stage);
	} else if (begin == 1) {
		stage_rehearse(stage);
	}
	for (n = 0; n < ORDERS_PER_MEETING && has_journal_room(stage); n++) {
		give_some_order(stage, random, tallies);
	}
	assert_fold(stage, json);
	stage_destroy(stage);
	return n;
}

/* The dice are of use only if they reach every command and every answer. */
static void assert_covered(const struct tallies *tallies)
{
	for (int name = 1; name < CMD_END; name++) {
		if (tallies->done[name] == 0) {
			fail_msg("command %d was never carried out", name);
		}
	}
	assert_true(tallies->forgotten > 0);
	for (int r = 1; r < REFUSAL_END; r++) {
		if (is_listed(r) && tallies->answers[r] == 0) {
			fail_msg("refusal %d never came", r);
		}
	}
}

static void test_random_orders(void **state)
{
	struct mtg_record *journal = malloc(JOURNAL_MAX * sizeof(*journal));
	const char *asked = getenv("DIEMCAU_RANDOM_ORDERS");
	size_t orders = asked ? strtoul(asked, NULL, 10) : ORDERS;
	struct random_commands random = {20220715};
	struct tallies tallies = {0};
	size_t n = 0;

	(void)state;
	assert_non_null(journal);
	for (int meeting = 0; n < orders; meeting++) {
		n += play(&random, journal, meeting < JSON_MEETINGS, &tallies);
	}
	free(journal);
	assert_covered(&tallies);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_orders)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
