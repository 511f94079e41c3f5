/* Updates: only what changed, and enough of it that a copy kept by them alone is never wrong. */
#include <stdlib.h>
#include <string.h>

#include "coordinator/view/operator_views.h"
#include "tests/unit/meeting/random_commands.h"
#include "tests/unit/view/seen.h"
#include "tests/unit/view/shadow.h"

struct watch {
	struct seen *seen;
	struct view_shown *shown;
	struct shadow *shadow;
	struct wire_update update;
};

static struct watch watch;

static bool update(void)
{
	struct seen *seen = watch.seen;
	bool changed;

	msg_arena_reset(&seen->arena);
	view_derived_take(seen->derived, seen->stage->meeting, seen->stage->now);
	assert_int_equal(
		view_update(watch.shown, seen->derived, &seen->arena, &watch.update, &changed), 0);
	msg_free(seen_json(&msg_wire_update, &watch.update));
	return changed;
}

static int raise(void **state)
{
	(void)state;
	watch.seen = seen_create();
	watch.shown = view_shown_create();
	watch.shadow = shadow_create();
	assert_non_null(watch.shown);
	assert_non_null(watch.shadow);
	stage_start_talks(watch.seen->stage);
	assert_true(update());
	shadow_apply(watch.shadow, &watch.update);
	return 0;
}

static int strike(void **state)
{
	(void)state;
	view_shown_destroy(watch.shown);
	shadow_destroy(watch.shadow);
	seen_destroy(watch.seen);
	return 0;
}

/* How many views the update carries. */
static size_t weight(void)
{
	const struct wire_update *u = &watch.update;

	return u->n_sites + u->n_items + u->n_lists + u->n_turns + u->n_alarms + u->n_cleared +
	       u->n_messages + u->has_meeting + u->has_floor + u->has_scene + u->has_relay +
	       u->has_microphones + u->has_asked + u->has_bell + u->has_item_order +
	       u->has_turn_order;
}

static void the_first_tells_everything(void **state)
{
	(void)state;
	assert_int_equal(watch.update.n_sites, 5);
	assert_int_equal(watch.update.n_items, 5);
	assert_int_equal(watch.update.n_lists, 2);
	assert_int_equal(watch.update.n_turns, 5);
	assert_true(watch.update.has_meeting && watch.update.has_floor && watch.update.has_scene &&
		    watch.update.has_relay && watch.update.has_microphones &&
		    watch.update.has_asked && watch.update.has_bell);
}

static void nothing_happened_is_no_change(void **state)
{
	(void)state;
	assert_false(update());
	assert_int_equal(weight(), 0);
}

static void one_mute_is_one_view(void **state)
{
	(void)state;
	assert_int_equal(stage_mute(watch.seen->stage, "c", true), 0);
	assert_true(update());
	assert_int_equal(weight(), 1);
	assert_int_equal(watch.update.n_sites, 1);
	assert_string_equal(watch.update.sites[0].site, "c");
	assert_true(watch.update.sites[0].muted);
	assert_false(update());
}

static void a_lock_of_all_names_no_item(void **state)
{
	(void)state;
	stage_begin(watch.seen->stage, ROLE_OPERATOR, CMD_MIC_LOCK_ALL)->mic_lock_all.locked = true;
	assert_int_equal(stage_give(watch.seen->stage), 0);
	assert_true(update());
	assert_true(watch.update.has_microphones && watch.update.microphones.all_locked);
	assert_int_equal(watch.update.n_items + watch.update.n_turns + watch.update.n_lists, 0);
	assert_false(watch.update.has_turn_order || watch.update.has_item_order);
}

static void a_move_tells_the_order_and_no_other_list(void **state)
{
	struct cmd_turn_move *move;

	(void)state;
	move = &stage_begin(watch.seen->stage, ROLE_OPERATOR, CMD_TURN_MOVE)->turn_move;
	strcpy(move->turn, "c1");
	move->has_before = true;
	strcpy(move->before, "a1");
	assert_int_equal(stage_give(watch.seen->stage), 0);
	assert_true(update());
	assert_true(watch.update.has_turn_order);
	assert_int_equal(watch.update.n_turn_order, 5);
	assert_string_equal(watch.update.turn_order[0], "c1");
	assert_false(watch.update.has_item_order || watch.update.has_meeting);
}

static void a_removed_item_is_in_no_order(void **state)
{
	(void)state;
	assert_int_equal(stage_op(watch.seen->stage, CMD_ITEM_REMOVE, "end"), 0);
	assert_true(update());
	assert_true(watch.update.has_item_order);
	assert_int_equal(watch.update.n_item_order, 4);
	assert_string_equal(watch.update.item_order[3], "more");
}

static void a_message_is_told_once(void **state)
{
	(void)state;
	strcpy(stage_begin(watch.seen->stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send.text,
		"Chào");
	assert_int_equal(stage_give(watch.seen->stage), 0);
	assert_true(update());
	assert_int_equal(watch.update.n_messages, 1);
	assert_int_equal(weight(), 1);
	assert_false(update());
}

/* Where memory runs out nothing was told, and the next call tells it. */
static void *no_memory(size_t size)
{
	(void)size;
	return NULL;
}

static void what_could_not_be_told_is_told_next(void **state)
{
	struct view_shown *starved = view_shown_create();
	struct msg_arena arena = {0};
	struct seen *seen = watch.seen;
	bool changed = true;

	(void)state;
	assert_non_null(starved);
	view_derived_take(seen->derived, seen->stage->meeting, seen->stage->now);
	msg_set_allocator(no_memory, NULL);
	assert_true(view_update(starved, seen->derived, &arena, &watch.update, &changed) < 0);
	msg_set_allocator(NULL, NULL);
	assert_false(changed);
	assert_int_equal(view_update(starved, seen->derived, &arena, &watch.update, &changed), 0);
	assert_true(changed);
	assert_int_equal(watch.update.n_sites, 5);
	msg_arena_finish(&arena);
	view_shown_destroy(starved);
}

static int by_site(const void *one, const void *other)
{
	return strcmp(one, other); /* its id comes first in each */
}

/* Their order says nothing. The caller's. */
static void *sorted(const void *views, size_t n, size_t size)
{
	void *copy = calloc(n + 1, size);

	assert_non_null(copy);
	if (n > 0) {
		memcpy(copy, views, n * size);
	}
	qsort(copy, n, size, by_site);
	return copy;
}

/* What of a snapshot is in no order, in one. */
struct in_order {
	struct wire_site_ticks_view *ticks;
	struct wire_registration_view *registrations;
};

static struct in_order put_in_order(struct wire_snapshot *of)
{
	struct in_order made = {sorted(of->ticks, of->n_ticks, sizeof(*of->ticks)),
		sorted(of->registrations, of->n_registrations, sizeof(*of->registrations))};

	of->ticks = made.ticks;
	of->registrations = made.registrations;
	return made;
}

static void free_order(struct in_order made)
{
	free(made.ticks);
	free(made.registrations);
}

static void assert_same(void)
{
	struct wire_snapshot fresh, kept;
	char *a, *b;

	seen_snapshot(watch.seen, &fresh);
	shadow_snapshot(watch.shadow, &kept);
	kept.at = fresh.at; /* an update that would say nothing is not sent */
	kept.seq = fresh.seq;
	struct in_order of_fresh = put_in_order(&fresh), of_kept = put_in_order(&kept);
	a = seen_json(&msg_wire_snapshot, &fresh);
	b = seen_json(&msg_wire_snapshot, &kept);
	assert_string_equal(a, b);
	msg_free(a);
	msg_free(b);
	free_order(of_fresh);
	free_order(of_kept);
}

/* Random commands until the meeting has grown, whatever commands there are to choose from. */
enum { COMMANDS_MIN = 6000, COMMANDS_MAX = 60000 };

static bool has_grown(const struct meeting *meeting)
{
	return mtg_turn_count(meeting) > 10 && mtg_site_count(meeting) > 5;
}

static void a_copy_kept_by_updates_is_the_meeting(void **state)
{
	struct random_commands random = {.state = 20221118};
	struct stage *stage = watch.seen->stage;
	size_t told = 0;

	(void)state;
	for (int i = 0; i < COMMANDS_MIN || (i < COMMANDS_MAX && !has_grown(stage->meeting)); i++) {
		stage_sleep(stage, random_number(&random, 2000));
		random_command(&random, stage->meeting, &stage->command);
		if (stage->command.body.name == CMD_MEETING_CLOSE && !has_grown(stage->meeting)) {
			continue; /* a closed one grows no more */
		}
		seen_complete(&stage->command.body);
		stage_give(stage);
		if (random_number(&random, 3) == 0) {
			stage_settle(stage);
		}
		if (random_number(&random, 4) == 0 && update()) {
			shadow_apply(watch.shadow, &watch.update);
			assert_same();
			told++;
		}
	}
	assert_true(told > 100);
	assert_true(has_grown(stage->meeting));
}

/* Between two steps all who look are shown the same, however late it gets; then all moves at once.
 */
static void forecasts_move_in_step(void **state)
{
	struct stage *stage = watch.seen->stage;
	struct instant last = mtg_last_at(stage->meeting);
	size_t moved = 0;

	(void)state;
	update();
	for (int second = 0; second < 3600; second++) {
		struct instant before = view_forecast_moment(stage->meeting, stage->now.at);
		stage->now.at.ms += 1000;
		stage->now.wall.ms += 1000;
		struct instant moment = view_forecast_moment(stage->meeting, stage->now.at);
		bool is_step = moment.ms != before.ms;

		assert_true(moment.ms >= last.ms && moment.ms <= stage->now.at.ms);
		assert_true(stage->now.at.ms - moment.ms < VIEW_STEP_MS);
		assert_true(moment.ms == last.ms || moment.ms % VIEW_STEP_MS == 0);
		bool changed = update();
		assert_true(is_step || !changed);
		moved += changed;
	}
	assert_true(moved > 100); /* for most of this hour it was late */
}

/* A planned minute is shown as that minute, wherever the timeline's own seconds begin. */
static void forecasts_begin_with_the_wall_clocks_seconds(void **state)
{
	struct stage *stage = watch.seen->stage;

	(void)state;
	for (int64_t phase = 0; phase < 1000; phase += 37) {
		struct wire_meeting_view view;
		struct now now = stage->now;
		now.wall.ms = now.at.ms + phase;
		view_derived_take(watch.seen->derived, stage->meeting, now);
		operator_view_meeting(watch.seen->derived, &view);
		if (view.has_forecast_end) {
			int64_t off = (view.forecast_end.ms + phase) % 1000;
			assert_true(view.forecast_end.ms >= 0);
			assert_true(off <= 50 || off >= 950 || view.forecast_end.ms == 0);
		}
	}
	assert_true(mtg_item_count(stage->meeting) > 0);
}

static void steps_follow_the_speed(void **state)
{
	static const struct {
		uint32_t speed;
		int64_t step;
	} cases[] = {{1, 10000}, {2, 5000}, {10, 1000}, {60, 1000}, {1000, 1000}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct stage *stage = stage_create();
		stage_meeting(stage, cases[i].speed);
		struct instant late = {mtg_last_at(stage->meeting).ms + 12345678};
		assert_int_equal(view_forecast_moment(stage->meeting, late).ms,
			late.ms - late.ms % cases[i].step);
		stage_destroy(stage);
	}
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, raise, strike)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(forecasts_move_in_step),
		STAGED(forecasts_begin_with_the_wall_clocks_seconds),
		cmocka_unit_test(steps_follow_the_speed),
		STAGED(the_first_tells_everything),
		STAGED(nothing_happened_is_no_change),
		STAGED(one_mute_is_one_view),
		STAGED(a_lock_of_all_names_no_item),
		STAGED(a_move_tells_the_order_and_no_other_list),
		STAGED(a_removed_item_is_in_no_order),
		STAGED(a_message_is_told_once),
		STAGED(what_could_not_be_told_is_told_next),
		STAGED(a_copy_kept_by_updates_is_the_meeting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
