/*
 * Planted bugs: for every invariant, a state that breaks it is made by hand (or by leaving an
 * event out, or taking two in the wrong order) and mtg_check names it. The one test that looks
 * inside the state.
 */
#include <string.h>

#include "coordinator/meeting/lookup.h"
#include "coordinator/meeting/state.h"
#include "tests/unit/meeting/stage.h"

struct bug {
	const char *invariant;
	void (*plant)(struct meeting *meeting);
};

static int index_of(const struct meeting *meeting, const char *turn)
{
	return mtg_find_turn(meeting, turn);
}

static struct turn *turn_of(struct meeting *meeting, const char *id)
{
	return &meeting->turns[index_of(meeting, id)];
}

static struct site *site_of(struct meeting *meeting, const char *id)
{
	return &meeting->sites[mtg_find_site(meeting, id)];
}

static void two_active(struct meeting *meeting)
{
	meeting->items[0].state = ITEM_STATE_ACTIVE;
	meeting->items[0].was_started = true;
}

static void done_without_times(struct meeting *meeting)
{
	meeting->items[0].state = ITEM_STATE_DONE;
}

static void two_on_air(struct meeting *meeting)
{
	turn_of(meeting, "b1")->state = TURN_STATE_ON_AIR;
	turn_of(meeting, "b1")->was_taken = true;
}

static void two_cued(struct meeting *meeting)
{
	turn_of(meeting, "b1")->state = TURN_STATE_CUED;
}

static void on_air_elsewhere(struct meeting *meeting)
{
	turn_of(meeting, "a1")->list = mtg_find_list(meeting, "hall");
}

static void on_air_unapproved(struct meeting *meeting)
{
	turn_of(meeting, "a1")->approved = false;
}

static void on_air_barred(struct meeting *meeting)
{
	site_of(meeting, "a")->barred = true;
}

static void on_air_silent(struct meeting *meeting)
{
	site_of(meeting, "a")->media = MEDIA_STATE_SILENT;
}

static void cued_barred(struct meeting *meeting)
{
	site_of(meeting, "c")->barred = true;
}

static void interrupted_for_nothing(struct meeting *meeting)
{
	turn_of(meeting, "b1")->state = TURN_STATE_INTERRUPTED;
}

static void clock_runs_off_air(struct meeting *meeting)
{
	turn_of(meeting, "b1")->since.ms = 1;
}

static void clock_runs_backwards(struct meeting *meeting)
{
	turn_of(meeting, "a1")->since.ms = meeting->core.at.ms + 1;
}

static void done_but_never_taken(struct meeting *meeting)
{
	turn_of(meeting, "b1")->state = TURN_STATE_DONE;
}

static void overran_unwarned(struct meeting *meeting)
{
	turn_of(meeting, "a1")->overran = true;
}

static void item_twice_in_order(struct meeting *meeting)
{
	meeting->item_order[0] = meeting->item_order[1];
}

static void removed_item_before_others(struct meeting *meeting)
{
	meeting->items[meeting->item_order[0]].state = ITEM_STATE_REMOVED;
}

static void turn_twice_in_order(struct meeting *meeting)
{
	meeting->turn_order[0] = meeting->turn_order[1];
}

static void id_lost(struct meeting *meeting)
{
	turn_of(meeting, "b1")->id[0] = 'q';
}

static void hand_uncounted(struct meeting *meeting)
{
	turn_of(meeting, "b1")->origin = TURN_ORIGIN_OPERATOR;
	turn_of(meeting, "b1")->state = TURN_STATE_WITHDRAWN;
}

static void two_main_venues(struct meeting *meeting)
{
	site_of(meeting, "b")->kind = SITE_KIND_MAIN;
}

static void a_turn_of_nobody(struct meeting *meeting)
{
	site_of(meeting, "d")->removed = true;
	site_of(meeting, "d")->link = LINK_STATE_ABSENT;
	site_of(meeting, "d")->media = MEDIA_STATE_NONE;
}

static void removed_but_online(struct meeting *meeting)
{
	turn_of(meeting, "d1")->state = TURN_STATE_SKIPPED;
	site_of(meeting, "d")->removed = true;
}

static void owed_twice(struct meeting *meeting)
{
	meeting->core.n_documents = 2;
	meeting->documents[0].site = meeting->documents[1].site = MTG_NONE;
}

static void checked_twice(struct meeting *meeting)
{
	meeting->core.n_checks = 2;
}

static void ticked_beyond(struct meeting *meeting)
{
	meeting->site_ticks[0].ticks[0].done = true;
}

static void counted_without_terms(struct meeting *meeting)
{
	meeting->registrations[0].registered = true;
	meeting->registrations[0].revision = 1;
}

static void counted_beyond(struct meeting *meeting)
{
	meeting->registrations[0].expected[0] = 1;
}

static void task_of_nobody(struct meeting *meeting)
{
	meeting->core.n_tasks = 1;
	strcpy(meeting->tasks[0].id, "t");
}

static void vote_open_unseen(struct meeting *meeting)
{
	meeting->core.n_votes = 1;
	meeting->votes[0].state = VOTE_STATE_OPEN;
	meeting->votes[0].was_opened = true;
}

static void agrees_by_itself(struct meeting *meeting)
{
	meeting->core.n_votes = 1;
	meeting->votes[0].state = VOTE_STATE_CLOSED;
	meeting->votes[0].was_opened = meeting->votes[0].was_ended = true;
}

static void ballot_of_no_option(struct meeting *meeting)
{
	meeting->core.n_votes = meeting->core.n_ballots = 1;
	meeting->votes[0].state = VOTE_STATE_CANCELLED;
	meeting->votes[0].method = VOTE_METHOD_BY_NAME;
	meeting->votes[0].was_opened = meeting->votes[0].was_ended = true;
	meeting->ballots[0].value.choice = 3;
}

static void act_of_no_ceremony(struct meeting *meeting)
{
	meeting->core.n_acts = 1;
	meeting->acts[0].state = ACT_STATE_WAITING;
}

static void received_unowed(struct meeting *meeting)
{
	meeting->core.n_received = 1;
	meeting->received[0].site = MTG_NONE;
	strcpy(meeting->received[0].document, "nothing");
}

static void handed_out_twice(struct meeting *meeting)
{
	meeting->core.n_handouts = 2;
}

static void alarm_unmarked(struct meeting *meeting)
{
	site_of(meeting, "d")->alarms = 0;
}

static void alarm_marked_only(struct meeting *meeting)
{
	site_of(meeting, "b")->alarms = 1u << ALARM_KIND_SITE_LOST;
}

static void content_of_nothing(struct meeting *meeting)
{
	meeting->core.scene.content = mtg_find_site(meeting, "b");
}

static void two_remote_cameras(struct meeting *meeting)
{
	struct scene_control *control = &meeting->core.scene;

	control->overridden = true;
	control->override.layout = LAYOUT_PIP;
	control->override.n_panes = 2;
	control->override.panes[0].site = mtg_find_site(meeting, "a");
	control->override.panes[0].source = SOURCE_NAME_CAMERA;
	control->override.panes[1].site = mtg_find_site(meeting, "b");
	control->override.panes[1].source = SOURCE_NAME_CAMERA;
}

static void talkback_while_live(struct meeting *meeting)
{
	meeting->core.talkback.open = true;
}

static void called_without_talkback(struct meeting *meeting)
{
	meeting->core.talkback.site = mtg_find_site(meeting, "b");
}

static void roll_without_a_call(struct meeting *meeting)
{
	meeting->core.roll.site = mtg_find_site(meeting, "b");
}

static void heard_and_never_called(struct meeting *meeting)
{
	meeting->core.roll.begun = true;
	meeting->sites[mtg_find_site(meeting, "b")].roll.result = ROLL_RESULT_HEARD_AND_SEEN;
}

static void ready_check_without_end(struct meeting *meeting)
{
	meeting->core.ready.open = true;
}

static void telephone_at_its_own_site(struct meeting *meeting)
{
	struct turn *turn = &meeting->turns[index_of(meeting, "b1")];

	turn->by_telephone = true;
	turn->telephone = turn->site;
}

static void line_of_nobody(struct meeting *meeting)
{
	meeting->turns[index_of(meeting, "b1")].telephone = 0;
}

static void spoken_nowhere(struct meeting *meeting)
{
	meeting->sites[0].moved_on.ms = 1;
}

static void bell_of_nothing(struct meeting *meeting)
{
	meeting->core.bell.number = 1;
}

static void bell_owed_while_held(struct meeting *meeting)
{
	meeting->core.bell.owed = 0;
	meeting->core.bell.held = true;
}

static void read_what_is_not_kept(struct meeting *meeting)
{
	meeting->sites[mtg_find_site(meeting, "b")].read_messages = UINT64_C(1) << 5;
}

static void opinion_of_what_has_not_begun(struct meeting *meeting)
{
	struct opinion *opinion = &meeting->opinions[meeting->core.n_opinions++];

	opinion->item = mtg_item_index(meeting, mtg_item_by_id(meeting, "end"));
	opinion->state = OPINION_STATE_GIVEN;
}

static void offer_of_nobody(struct meeting *meeting)
{
	meeting->core.direction = (struct direction){.offer = {.number = 1, .to = "binh"}};
}

static void debrief_while_live(struct meeting *meeting)
{
	meeting->core.about.debrief = true;
}

static void slot_of_no_message(struct meeting *meeting)
{
	meeting->core.message_slots |= UINT64_C(1) << 63;
}

static void undo_of_another(struct meeting *meeting)
{
	meeting->core.floor.undo.turn = index_of(meeting, "b1");
}

static void revision_ahead(struct meeting *meeting)
{
	meeting->core.revisions.floor = meeting->core.seq + 1;
}

static void open_without_time(struct meeting *meeting)
{
	meeting->core.about.was_opened = false;
}

/* a1 on air, c1 cued, an alarm open at d. */
static struct stage *busy_stage(void)
{
	struct stage *stage = stage_create();

	stage_start_talks(stage);
	assert_int_equal(stage_op(stage, CMD_FLOOR_TAKE, "a1"), 0);
	assert_int_equal(stage_op(stage, CMD_TURN_CUE, "c1"), 0);
	stage_observe(stage, "d", SIGN_CLOCK_OFF, true);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_CLOCK_OFF, "d"));
	assert_null(mtg_check(stage->meeting));
	return stage;
}

static void test_planted_bugs(void **state)
{
	static const struct bug bugs[] = {
		{"one_active_item", two_active},
		{"items_have_times", done_without_times},
		{"one_turn_on_air", two_on_air},
		{"one_turn_cued", two_cued},
		{"on_air_in_active_item", on_air_elsewhere},
		{"on_air_approved", on_air_unapproved},
		{"on_air_not_barred", on_air_barred},
		{"on_air_not_silent", on_air_silent},
		{"cued_can_be_taken", cued_barred},
		{"interrupted_for_a_cause", interrupted_for_nothing},
		{"clocks_run_on_air", clock_runs_off_air},
		{"clocks_run_on_air", clock_runs_backwards},
		{"spoken_turns_have_times", done_but_never_taken},
		{"warned_before_overrun", overran_unwarned},
		{"items_in_order_once", item_twice_in_order},
		{"removed_items_come_last", removed_item_before_others},
		{"turns_in_order_once", turn_twice_in_order},
		{"ids_found", id_lost},
		{"hands_counted", hand_uncounted},
		{"one_main_venue", two_main_venues},
		{"removed_sites_rest", a_turn_of_nobody},
		{"removed_sites_rest", removed_but_online},
		{"documents_are_owed", owed_twice},
		{"checklist_is_whole", checked_twice},
		{"checklist_is_whole", ticked_beyond},
		{"registrations_fit_terms", counted_without_terms},
		{"registrations_fit_terms", counted_beyond},
		{"tasks_have_owners", task_of_nobody},
		{"votes_have_their_state", vote_open_unseen},
		{"votes_have_their_state", agrees_by_itself},
		{"ballots_fit_their_vote", ballot_of_no_option},
		{"acts_are_of_ceremonies", act_of_no_ceremony},
		{"received_was_owed", received_unowed},
		{"handouts_named_once", handed_out_twice},
		{"alarms_marked", alarm_unmarked},
		{"alarms_marked", alarm_marked_only},
		{"content_can_be_shown", content_of_nothing},
		{"talkback_has_parties", talkback_while_live},
		{"talkback_has_parties", called_without_talkback},
		{"roll_calls_by_talkback", roll_without_a_call},
		{"roll_results_have_calls", heard_and_never_called},
		{"ready_check_ends", ready_check_without_end},
		{"telephones_come_in_elsewhere", telephone_at_its_own_site},
		{"telephones_come_in_elsewhere", line_of_nobody},
		{"sites_have_spoken_their_turns", spoken_nowhere},
		{"bell_has_rung_for_pauses", bell_of_nothing},
		{"bell_has_rung_for_pauses", bell_owed_while_held},
		{"program_fits_slots", two_remote_cameras},
		{"messages_have_slots", read_what_is_not_kept},
		{"messages_have_slots", slot_of_no_message},
		{"direction_is_of_one", offer_of_nobody},
		{"meeting_has_times", debrief_while_live},
		{"opinions_have_items", opinion_of_what_has_not_begun},
		{"undo_is_of_latest_take", undo_of_another},
		{"revisions_are_past", revision_ahead},
		{"meeting_has_times", open_without_time},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bugs) / sizeof(bugs[0]); i++) {
		struct stage *stage = busy_stage();

		bugs[i].plant(stage->meeting);
		assert_non_null(mtg_check(stage->meeting));
		assert_string_equal(mtg_check(stage->meeting), bugs[i].invariant);
		stage_destroy(stage);
	}
}

/* The next record, numbered as if nothing were amiss. */
static void force(struct stage *stage, enum event_name name, const char *id)
{
	struct mtg_record *record = &stage->batch.records[0];

	memset(record, 0, sizeof(*record));
	record->seq = mtg_last_seq(stage->meeting) + 1;
	record->at = stage->now.at;
	record->wall = stage->now.wall;
	record->event.name = name;
	strcpy(record->event.item_started.item, id);
	mtg_apply(stage->meeting, record);
}

/* Events in an order that no decision gives. */
static void test_mutated_order(void **state)
{
	struct stage *stage = busy_stage();

	(void)state;
	force(stage, EV_ITEM_FINISHED, "talks"); /* floor.released left out */
	assert_string_equal(mtg_check(stage->meeting), "on_air_in_active_item");
	stage_destroy(stage);

	stage = busy_stage();
	force(stage, EV_ITEM_STARTED, "pause"); /* item.finished left out */
	assert_string_equal(mtg_check(stage->meeting), "one_active_item");
	stage_destroy(stage);

	stage = busy_stage();
	force(stage, EV_TURN_CUED, "b1"); /* turn.uncued left out */
	assert_string_equal(mtg_check(stage->meeting), "one_turn_cued");
	stage_destroy(stage);

	stage = busy_stage();
	force(stage, EV_MEETING_CLOSED, ""); /* before the turn was released */
	assert_non_null(mtg_check(stage->meeting));
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_planted_bugs),
		cmocka_unit_test(test_mutated_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
