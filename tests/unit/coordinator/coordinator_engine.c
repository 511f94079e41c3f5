/*
 * The turn with a real journal in a folder of its own: nothing is told before it is on disk,
 * answers keep their order, a repeated command is done once, a restart goes on where it stood.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/engine/engine.h"
#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/roster.h"
#include "tests/unit/coordinator/small_plan.h"

enum { HEARD_MAX = 64, ALLOCATIONS = 32 };

/* ---- memory that runs out, as the linker puts it in the place of libc's ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

static int failing; /* which allocation from now on; 0: none */

static bool fails(void)
{
	return failing > 0 && --failing == 0;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}

/* ---- the world ---- */

struct world {
	struct small_plan_dir place;
	struct clock clock;
	struct engine *engine;
	size_t told, settled, answered;
	bool drops_answers;
	int64_t told_seq;
	struct engine_reply answers[HEARD_MAX];
	int64_t answer_after[HEARD_MAX]; /* what `told` stood at when the answer came */
};

static void on_committed(
	void *user, const struct mtg_record *record, const struct journal_entry *entry)
{
	struct world *world = user;
	assert_int_equal(record->seq, mtg_last_seq(engine_committed(world->engine)));
	assert_int_equal(entry->seq, record->seq);
	assert_null(entry->client);
	world->told_seq = record->seq;
	world->told++;
}

static void on_answered(void *user, const struct engine_reply *reply)
{
	struct world *world = user;
	if (world->drops_answers) {
		return;
	}
	assert_true(world->answered < HEARD_MAX);
	world->answer_after[world->answered] = mtg_last_seq(engine_committed(world->engine));
	world->answers[world->answered++] = *reply;
}

static void on_settled(void *user)
{
	((struct world *)user)->settled++;
}

static void on_wake(void *user)
{
	(void)user; /* the tests wait for the disk themselves */
}

static const struct engine_port port = {
	.committed = on_committed, .replied = on_answered, .settled = on_settled};

static void open_turn(struct world *world)
{
	struct engine_config config = {
		.path = world->place.journal, .clock = &world->clock, .wake = on_wake};
	assert_int_equal(engine_create(&config, &world->engine), 0);
	engine_connect(world->engine, &port, world);
}

static struct command named(enum command_name name)
{
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = name;
	return command;
}

static void give(struct world *world, uint64_t peer, const char *id, const struct command *body)
{
	struct mtg_command command;
	memset(&command, 0, sizeof(command));
	command.by.role = ROLE_OPERATOR;
	command.by.has_account = true;
	snprintf(command.by.account, sizeof(command.by.account), "an");
	command.body = *body;
	engine_submit(world->engine, &command,
		&(struct engine_source){.peer = peer, .client = "operator:an/x", .command = id});
}

static void insert_item(struct world *world, uint64_t peer, const char *id, const char *item)
{
	struct command command = named(CMD_ITEM_INSERT);
	snprintf(command.item_insert.item, sizeof(command.item_insert.item), "%s", item);
	snprintf(command.item_insert.title, sizeof(command.item_insert.title), "%s", item);
	command.item_insert.kind = ITEM_KIND_OTHER;
	give(world, peer, id, &command);
}

static int setup(void **state)
{
	struct world *world = calloc(1, sizeof(*world));
	small_plan_dir_make(&world->place);
	open_turn(world);
	struct command create = small_plan_meeting();
	assert_int_equal(engine_submit_system(world->engine, &create), REFUSAL_UNSET);
	assert_int_equal(engine_flush(world->engine), 0);
	*state = world;
	return 0;
}

static int teardown(void **state)
{
	struct world *world = *state;
	engine_destroy(world->engine);
	small_plan_dir_remove(&world->place);
	free(world);
	return 0;
}

static void nothing_is_told_before_it_is_on_disk(void **state)
{
	struct world *world = *state;
	int64_t before = mtg_last_seq(engine_committed(world->engine));
	insert_item(world, 1, "c1", "one");
	assert_int_equal(mtg_last_seq(engine_pending(world->engine)), before + 1);
	assert_int_equal(mtg_last_seq(engine_committed(world->engine)), before);
	assert_int_equal(world->answered, 0);
	assert_int_equal(engine_flush(world->engine), 0);
	assert_int_equal(world->answered, 1);
	assert_int_equal(world->answers[0].refusal, REFUSAL_UNSET);
	assert_int_equal(world->answers[0].reply.seq, before + 1);
	assert_string_equal(world->answers[0].command, "c1");
	assert_int_equal(world->told_seq, before + 1);
	assert_true(mtg_equal(engine_pending(world->engine), engine_committed(world->engine)));
}

static void a_later_command_is_decided_upon_an_uncommitted_one(void **state)
{
	struct world *world = *state;
	insert_item(world, 1, "c1", "one");
	insert_item(world, 1, "c2", "one"); /* exists: it knows what was promised */
	insert_item(world, 2, "c3", "two");
	engine_flush(world->engine);
	assert_int_equal(world->answered, 3);
	assert_int_equal(world->answers[1].refusal, REFUSAL_EXISTS);
	assert_int_equal(mtg_item_count(engine_committed(world->engine)), 2);
}

static void a_refusal_does_not_overtake_an_answer_to_the_same_peer(void **state)
{
	struct world *world = *state;
	struct command close = named(CMD_MEETING_CLOSE);
	insert_item(world, 1, "c1", "one");
	give(world, 1, "c2", &close);
	give(world, 2, "c3", &close);
	/* Another peer's refusal need not wait. */
	assert_int_equal(world->answered, 1);
	assert_int_equal(world->answers[0].peer, 2);
	engine_flush(world->engine);
	assert_int_equal(world->answered, 3);
	assert_string_equal(world->answers[1].command, "c1");
	assert_string_equal(world->answers[2].command, "c2");
	assert_int_equal(world->answers[2].refusal, REFUSAL_WRONG_STATE);
}

static void a_repeated_command_is_done_once(void **state)
{
	struct world *world = *state;
	insert_item(world, 1, "c1", "one");
	insert_item(world, 1, "c1", "one"); /* asked again before the answer */
	assert_int_equal(world->answered, 0);
	engine_flush(world->engine);
	insert_item(world, 3, "c1", "one"); /* and after it, over another connection */
	assert_int_equal(world->answered, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(world->answers[i].refusal, REFUSAL_UNSET);
		assert_int_equal(world->answers[i].reply.seq, world->told_seq);
	}
	assert_int_equal(mtg_item_count(engine_committed(world->engine)), 1);
	assert_int_equal(engine_figures(world->engine).repeated, 2);
}

static void restart(struct world *world)
{
	engine_destroy(world->engine);
	world->engine = NULL;
	open_turn(world);
	assert_int_equal(engine_flush(world->engine), 0);
}

/* Whichever allocation fails: repeated with memory again, the command has been done once. */
static void without_memory_nothing_is_done_that_is_not_remembered(void **state)
{
	struct world *world = *state;
	for (int i = 1; i <= ALLOCATIONS; i++) {
		char id[16];
		snprintf(id, sizeof(id), "item-%d", i);
		world->answered = 0;
		failing = i;
		insert_item(world, 1, id, id);
		failing = 0;
		if (engine_flush(world->engine) < 0) {
			restart(world);
		}
		insert_item(world, 2, id, id);
		assert_int_equal(engine_flush(world->engine), 0);
		assert_int_equal(world->answers[world->answered - 1].refusal, REFUSAL_UNSET);
		assert_int_equal(mtg_item_count(engine_committed(world->engine)), i);
	}
}

static void mute(struct world *world, const char *id, bool muted)
{
	struct mtg_command command;
	memset(&command, 0, sizeof(command));
	command.by.role = ROLE_SITE;
	command.by.has_site = true;
	snprintf(command.by.site, sizeof(command.by.site), "hall");
	command.body = named(CMD_SITE_MUTE);
	snprintf(command.body.site_mute.site, sizeof(command.body.site_mute.site), "hall");
	command.body.site_mute.muted = muted;
	engine_submit(world->engine, &command,
		&(struct engine_source){.peer = 1, .client = "site:hall/x", .command = id});
	assert_int_equal(engine_flush(world->engine), 0);
}

/* The one that made nothing happen too: the world has moved since. */
static void a_repeated_command_that_changed_nothing_changes_nothing(void **state)
{
	struct world *world = *state;
	struct command add = small_plan_hall();
	assert_int_equal(engine_submit_system(world->engine, &add), REFUSAL_UNSET);
	mute(world, "c1", false);
	int64_t before = world->answers[0].reply.seq;
	mute(world, "c2", true);
	mute(world, "c1", false);
	assert_int_equal(world->answered, 3);
	assert_int_equal(world->answers[2].refusal, REFUSAL_UNSET);
	assert_int_equal(world->answers[2].reply.seq, before);
	assert_true(mtg_site_by_id(engine_committed(world->engine), "hall")->muted);
}

static void a_restart_goes_on_where_it_stood(void **state)
{
	struct world *world = *state;
	insert_item(world, 1, "c1", "one");
	engine_flush(world->engine);
	int64_t before = world->told_seq;
	struct instant at = engine_service_now(world->engine).at;
	restart(world);
	assert_int_equal(mtg_item_count(engine_committed(world->engine)), 1);
	assert_int_equal(
		mtg_last_seq(engine_committed(world->engine)), before + 1); /* clock.resumed */
	assert_true(instant_reached(at, engine_service_now(world->engine).at));
	assert_null(mtg_check(engine_committed(world->engine)));
	insert_item(world, 9, "c1", "one");
	assert_int_equal(world->answers[world->answered - 1].peer, 9);
	assert_int_equal(world->answers[world->answered - 1].refusal, REFUSAL_UNSET);
	assert_int_equal(world->answers[world->answered - 1].reply.seq, before);
}

static void what_was_promised_and_not_committed_is_committed_at_the_end(void **state)
{
	struct world *world = *state;
	insert_item(world, 1, "c1", "one");
	restart(world);
	assert_int_equal(mtg_item_count(engine_committed(world->engine)), 1);
}

static void too_much_work_not_yet_on_disk_is_refused_as_busy(void **state)
{
	struct world *world = *state;
	insert_item(world, 1, "c", "one");
	struct command extend = named(CMD_ITEM_EXTEND);
	snprintf(extend.item_extend.item, sizeof(extend.item_extend.item), "one");
	extend.item_extend.by.ms = 1000;
	int given = 0;
	while (world->answered == 0) {
		char id[16];
		snprintf(id, sizeof(id), "c%d", given++);
		give(world, 2 + (uint64_t)given, id, &extend); /* a peer that is owed nothing */
		assert_true(given <= ENGINE_PENDING_MAX);
	}
	assert_int_equal(world->answers[0].refusal, REFUSAL_BUSY);
	struct command tick = named(CMD_SITE_MEDIA);
	assert_int_not_equal(engine_submit_system(world->engine, &tick), REFUSAL_BUSY);
	world->answered = 0;
	world->drops_answers = true;
	engine_flush(world->engine);
	assert_int_equal(engine_figures(world->engine).waiting, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			nothing_is_told_before_it_is_on_disk, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_later_command_is_decided_upon_an_uncommitted_one, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_refusal_does_not_overtake_an_answer_to_the_same_peer, setup, teardown),
		cmocka_unit_test_setup_teardown(a_repeated_command_is_done_once, setup, teardown),
		cmocka_unit_test_setup_teardown(
			without_memory_nothing_is_done_that_is_not_remembered, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_repeated_command_that_changed_nothing_changes_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(a_restart_goes_on_where_it_stood, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_was_promised_and_not_committed_is_committed_at_the_end, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			too_much_work_not_yet_on_disk_is_refused_as_busy, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
