/* What viewers may not read is in nothing they are shown; everybody else has it. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/view/seen.h"

#define TO_SITE "to-the-site"
#define FROM_SITE "from-the-site"
#define EVIDENCE "what-was-noted"
#define ADDRESS "192.0.2.77"
#define CONTACT "whom-to-ring"
#define OF_REMOVED "whom-to-ring-there"
#define INSIDE "among-ourselves"
#define OWED "what-is-owed"
#define LOOKED_AT "what-is-looked-at"
#define TO_DO "what-is-to-be-done"
#define ALARM "\"kind\":\"site_lost\""

static const char *const hidden[] = {TO_SITE, FROM_SITE, EVIDENCE, ADDRESS, CONTACT, OF_REMOVED,
	INSIDE, OWED, LOOKED_AT, TO_DO, "\"missing\"", "\"needed\"", ALARM};

static struct seen *seen;
static struct view_shown *shown;

static void say(enum role role, const char *text)
{
	struct cmd_message_send *in =
		&stage_begin(seen->stage, role, CMD_MESSAGE_SEND)->message_send;
	in->has_site = true;
	strcpy(in->site, "a");
	strcpy(in->text, text);
	if (role == ROLE_SITE) {
		stage_by_site(seen->stage, "a");
	}
	assert_int_equal(stage_give(seen->stage), 0);
}

static void say_inside(const char *text)
{
	struct cmd_message_send *in =
		&stage_begin(seen->stage, ROLE_TECHNICIAN, CMD_MESSAGE_SEND)->message_send;
	in->has_audience = true;
	in->audience = MESSAGE_AUDIENCE_STAFF;
	strcpy(in->text, text);
	assert_int_equal(stage_give(seen->stage), 0);
}

static void give_contact(const char *site, const char *contact)
{
	struct cmd_site_edit *in =
		&stage_begin(seen->stage, ROLE_TECHNICIAN, CMD_SITE_EDIT)->site_edit;
	strcpy(in->site, site);
	in->has_contact = true;
	strcpy(in->contact, contact);
	assert_int_equal(stage_give(seen->stage), 0);
}

static void owe(const char *title)
{
	struct cmd_document_add *in =
		&stage_begin(seen->stage, ROLE_SYSTEM, CMD_DOCUMENT_ADD)->document_add;
	strcpy(in->document, "d-1");
	strcpy(in->title, title);
	assert_int_equal(stage_give(seen->stage), 0);
}

static void look_at(const char *title)
{
	struct cmd_check_add *in = &stage_begin(seen->stage, ROLE_SYSTEM, CMD_CHECK_ADD)->check_add;
	strcpy(in->check, "power");
	strcpy(in->title, title);
	assert_int_equal(stage_give(seen->stage), 0);
}

static void have_done(const char *title)
{
	struct cmd_task_add *in = &stage_begin(seen->stage, ROLE_SYSTEM, CMD_TASK_ADD)->task_add;
	strcpy(in->task, "hall");
	strcpy(in->title, title);
	strcpy(in->owner, "Văn phòng");
	assert_int_equal(stage_give(seen->stage), 0);
}

static void come_from(const char *address)
{
	struct cmd_site_link *in = &stage_begin(seen->stage, ROLE_SYSTEM, CMD_SITE_LINK)->site_link;
	strcpy(in->site, "a");
	in->link = LINK_STATE_ONLINE;
	in->has_address = true;
	strcpy(in->address, address);
	assert_int_equal(stage_give(seen->stage), 0);
}

static void sign(const char *evidence)
{
	struct cmd_site_sign *in =
		&stage_begin(seen->stage, ROLE_TECHNICIAN, CMD_SITE_SIGN)->site_sign;
	strcpy(in->site, "a");
	in->step = READINESS_STEP_LINE_TESTED;
	in->done = true;
	in->has_evidence = true;
	strcpy(in->evidence, evidence);
	assert_int_equal(stage_give(seen->stage), 0);
}

static bool update(struct wire_update *ret)
{
	bool changed;
	view_derived_take(seen->derived, seen->stage->meeting, seen->stage->now);
	assert_int_equal(view_update(shown, seen->derived, &seen->arena, ret, &changed), 0);
	return changed;
}

static int raise(void **state)
{
	struct wire_update first;
	(void)state;
	seen = seen_create();
	shown = view_shown_create();
	assert_non_null(shown);
	stage_start_talks(seen->stage);
	assert_true(update(&first));
	return 0;
}

static int strike(void **state)
{
	(void)state;
	view_shown_destroy(shown);
	seen_destroy(seen);
	return 0;
}

static void do_all(void)
{
	say(ROLE_OPERATOR, TO_SITE);
	say(ROLE_SITE, FROM_SITE);
	stage_link(seen->stage, "a", LINK_STATE_LOST);
	come_from(ADDRESS);
	sign(EVIDENCE);
	give_contact("a", CONTACT);
	give_contact("d", OF_REMOVED);
	assert_int_equal(stage_op(seen->stage, CMD_SITE_REMOVE, "d"), 0);
	say_inside(INSIDE);
	owe(OWED);
	look_at(LOOKED_AT);
	have_done(TO_DO);
	stage_link(seen->stage, "b", LINK_STATE_LOST);
	stage_pass(seen->stage, MINUTE_MS);
	assert_true(stage_alarm(seen->stage, ALARM_KIND_SITE_LOST, "b"));
}

static void assert_all(const struct msg_type *type, const void *value, bool there)
{
	char *json = seen_json(type, value);
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
		if ((strstr(json, hidden[i]) != NULL) != there) {
			fail_msg("%s: %s is %s", type->name, hidden[i], there ? "gone" : "told");
		}
	}
	assert_non_null(strstr(json, "line_tested")); /* that it was done is no secret */
	msg_free(json);
}

static void a_snapshot_keeps_them_back(void **state)
{
	struct wire_snapshot snapshot;
	(void)state;
	do_all();
	seen_snapshot(seen, &snapshot);
	assert_all(&msg_wire_snapshot, &snapshot, true);
	assert_int_equal(view_snapshot_for(ROLE_VIEWER, &seen->arena, &snapshot), 0);
	assert_all(&msg_wire_snapshot, &snapshot, false);
	assert_int_equal(snapshot.n_sites, 4);
	assert_int_equal(snapshot.n_removed_sites, 1);
}

/* Operators and technicians ring; the chair need not know whom. */
static void whom_to_ring_is_for_those_who_ring(void **state)
{
	struct wire_snapshot snapshot;
	(void)state;
	do_all();
	for (enum role role = ROLE_OPERATOR; role <= ROLE_CHAIR; role++) {
		seen_snapshot(seen, &snapshot);
		assert_int_equal(view_snapshot_for(role, &seen->arena, &snapshot), 0);
		char *json = seen_json(&msg_wire_snapshot, &snapshot);
		assert_int_equal(strstr(json, CONTACT) != NULL, role != ROLE_CHAIR);
		assert_int_equal(strstr(json, OF_REMOVED) != NULL, role != ROLE_CHAIR);
		assert_non_null(strstr(json, INSIDE));
		assert_non_null(strstr(json, OWED));
		msg_free(json);
	}
}

static void write_opinion(const char *text)
{
	struct cmd_opinion_give *in =
		&stage_begin(seen->stage, ROLE_SITE, CMD_OPINION_GIVE)->opinion_give;
	strcpy(in->item, "talks");
	strcpy(in->site, "a");
	strcpy(in->text, text);
	stage_by_site(seen->stage, "a");
	assert_int_equal(stage_give(seen->stage), 0);
}

/* What a site thinks of an item is for the chair and who directs; the line needs nobody's opinion.
 */
static void opinions_are_for_the_chair(void **state)
{
	struct wire_snapshot snapshot;
	struct wire_update told;
	bool says;
	(void)state;
	write_opinion("what-we-think");
	for (enum role role = ROLE_OPERATOR; role <= ROLE_VIEWER; role++) {
		bool reads = role == ROLE_OPERATOR || role == ROLE_CHAIR;

		seen_snapshot(seen, &snapshot);
		assert_int_equal(view_snapshot_for(role, &seen->arena, &snapshot), 0);
		char *json = seen_json(&msg_wire_snapshot, &snapshot);
		assert_int_equal(strstr(json, "what-we-think") != NULL, reads);
		msg_free(json);
	}
	assert_true(update(&told));
	assert_int_equal(told.n_opinions, 1);
	assert_int_equal(view_update_for(ROLE_TECHNICIAN, &seen->arena, &told, &says), 0);
	assert_false(told.has_opinions);
	assert_int_equal(told.n_opinions, 0);
}

static void an_update_keeps_them_back(void **state)
{
	struct wire_update told;
	bool says = false;
	(void)state;
	do_all();
	assert_true(update(&told));
	assert_all(&msg_wire_update, &told, true);
	assert_int_equal(view_update_for(ROLE_VIEWER, &seen->arena, &told, &says), 0);
	assert_true(says);
	assert_all(&msg_wire_update, &told, false);
}

static void an_update_of_nothing_else_says_nothing(void **state)
{
	struct wire_update told;
	bool says = true;
	(void)state;
	say(ROLE_OPERATOR, TO_SITE);
	assert_true(update(&told));
	assert_int_equal(view_update_for(ROLE_VIEWER, &seen->arena, &told, &says), 0);
	assert_false(says);
}

/* Whom the centre calls before the opening, and what came of it. */
static void a_talkback_is_kept_back(void **state)
{
	static const struct wire_site_view called = {
		.has_talkback_answer = true, .talkback_answer = TALKBACK_ANSWER_NOT_HEARD};
	struct wire_snapshot snapshot = {.sites = &called,
		.n_sites = 1,
		.microphones = {.has_talkback = true, .talkback = {.private = true}}};
	struct wire_update told = {.sites = &called,
		.n_sites = 1,
		.has_microphones = true,
		.microphones = snapshot.microphones};
	bool says;
	(void)state;
	assert_int_equal(view_snapshot_for(ROLE_CHAIR, &seen->arena, &snapshot), 0);
	assert_true(snapshot.microphones.has_talkback && snapshot.sites[0].has_talkback_answer);
	assert_int_equal(view_snapshot_for(ROLE_VIEWER, &seen->arena, &snapshot), 0);
	assert_false(snapshot.microphones.has_talkback || snapshot.microphones.talkback.private);
	assert_false(snapshot.sites[0].has_talkback_answer);
	assert_int_equal(view_update_for(ROLE_VIEWER, &seen->arena, &told, &says), 0);
	assert_false(told.microphones.has_talkback || told.sites[0].has_talkback_answer);
}

/* That a turn is by telephone all may know, and who is on the line the staff. */
static void who_is_on_the_line_is_kept_back(void **state)
{
	static const struct wire_turn_view turn = {.has_telephone = true,
		.telephone = "a",
		.has_telephone_note = true,
		.telephone_note = EVIDENCE};
	struct wire_snapshot snapshot = {.turns = &turn, .n_turns = 1};
	struct wire_update told = {.turns = &turn, .n_turns = 1};
	bool says;
	(void)state;
	assert_int_equal(view_snapshot_for(ROLE_CHAIR, &seen->arena, &snapshot), 0);
	assert_string_equal(snapshot.turns[0].telephone_note, EVIDENCE);
	assert_int_equal(view_snapshot_for(ROLE_VIEWER, &seen->arena, &snapshot), 0);
	assert_false(snapshot.turns[0].has_telephone_note);
	assert_string_equal(snapshot.turns[0].telephone_note, "");
	assert_true(snapshot.turns[0].has_telephone);
	assert_int_equal(view_update_for(ROLE_VIEWER, &seen->arena, &told, &says), 0);
	assert_string_equal(told.turns[0].telephone_note, "");
	assert_true(says);
}

/* What the centre asks of all sites, and what each answered. */
static void what_is_asked_is_kept_back(void **state)
{
	static const struct wire_site_view asked = {.has_ready = true,
		.ready = READY_MARK_ASKED,
		.has_roll = true,
		.roll = {.has_note = true, .note = EVIDENCE}};
	struct wire_snapshot snapshot = {.sites = &asked,
		.n_sites = 1,
		.has_asked = true,
		.asked = {.has_roll = true, .roll = {.has_site = true, .site = "a"}}};
	struct wire_update told = {
		.sites = &asked, .n_sites = 1, .has_asked = true, .asked = snapshot.asked};
	bool says;
	(void)state;
	assert_int_equal(view_snapshot_for(ROLE_CHAIR, &seen->arena, &snapshot), 0);
	assert_true(snapshot.has_asked && snapshot.sites[0].has_ready);
	assert_string_equal(snapshot.sites[0].roll.note, EVIDENCE);
	assert_int_equal(view_snapshot_for(ROLE_VIEWER, &seen->arena, &snapshot), 0);
	assert_false(snapshot.has_asked || snapshot.asked.has_roll);
	assert_false(snapshot.sites[0].has_ready || snapshot.sites[0].has_roll);
	assert_string_equal(snapshot.sites[0].roll.note, "");
	assert_int_equal(view_update_for(ROLE_VIEWER, &seen->arena, &told, &says), 0);
	assert_false(told.has_asked || told.sites[0].has_ready || told.sites[0].has_roll);
	assert_true(says); /* the site, without them */
}

/* A screen shows programme and floor; only the speaker's says what is said to the speaker. */
static void a_screen_is_shown_the_least(void **state)
{
	static const enum role screens[] = {ROLE_DISPLAY, ROLE_LECTERN};
	struct wire_snapshot snapshot;
	struct wire_update told;
	bool says = false;
	(void)state;
	do_all();
	struct cmd_speaker_tell *in =
		&stage_begin(seen->stage, ROLE_OPERATOR, CMD_SPEAKER_TELL)->speaker_tell;
	in->has_text = true;
	strcpy(in->text, "come-to-the-end");
	assert_int_equal(stage_give(seen->stage), 0);
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
		seen_snapshot(seen, &snapshot);
		snapshot.meeting.has_phrases = snapshot.meeting.has_document = true;
		assert_int_equal(view_snapshot_for(screens[i], &seen->arena, &snapshot), 0);
		assert_all(&msg_wire_snapshot, &snapshot, false);
		assert_int_equal(snapshot.has_lectern, screens[i] == ROLE_LECTERN);
		assert_false(snapshot.has_votes || snapshot.has_acts);
		assert_false(snapshot.meeting.has_phrases || snapshot.meeting.has_document);
	}
	assert_string_equal(snapshot.lectern.text, "come-to-the-end");
	assert_true(update(&told));
	assert_true(told.has_lectern);
	assert_int_equal(view_update_for(ROLE_DISPLAY, &seen->arena, &told, &says), 0);
	assert_true(says);
	assert_all(&msg_wire_update, &told, false);
	assert_string_equal(told.lectern.text, "");
}

static void an_alarm_gone_says_nothing(void **state)
{
	static const uint64_t cleared[] = {7};
	struct wire_update told = {.cleared = cleared, .n_cleared = 1};
	bool says = true;
	(void)state;
	assert_int_equal(view_update_for(ROLE_VIEWER, &seen->arena, &told, &says), 0);
	assert_false(says);
	assert_int_equal(told.n_cleared, 0);
}

/* The views agree with the table of events. */
static void the_events_are_hidden_as_well(void **state)
{
	static const enum event_name names[] = {EV_MESSAGE_SENT, EV_SITE_LINKED, EV_SITE_SIGNED,
		EV_TALKBACK_OPENED, EV_TALKBACK_MARKED, EV_TALKBACK_CLOSED, EV_READY_ASKED,
		EV_READY_ANSWERED, EV_READY_ENDED, EV_LINE_TEST_STARTED, EV_LINE_TEST_REPORTED,
		EV_LINE_TEST_CONFIRMED, EV_LINE_TEST_ENDED, EV_ROLL_BEGUN, EV_ROLL_CALLED,
		EV_ROLL_MARKED, EV_SITE_CONTACT_GIVEN, EV_STAFF_MESSAGED, EV_SITE_CHECKED,
		EV_SITE_POSTED, EV_SITE_REGISTERED, EV_SITE_ATTENDED, EV_CHECK_ADDED,
		EV_CHECK_REMOVED, EV_TASK_ADDED, EV_TASK_REMOVED, EV_TASK_MARKED, EV_DOCUMENT_ADDED,
		EV_DOCUMENT_REMOVED, EV_TURN_TELEPHONED, EV_ALARM_RAISED, EV_ALARM_ACKNOWLEDGED,
		EV_ALARM_CLEARED, EV_VOTE_CAST, EV_VOTE_CORRECTED, EV_VOTE_REPORTED};
	struct event event;
	(void)state;
	memset(&event, 0, sizeof(event));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		event.name = names[i];
		assert_false(mtg_is_visible(ROLE_VIEWER, NULL, &event));
	}
}

/* A member that is new has to be named here, once somebody has decided whether viewers read it. */
static void every_member_was_thought_of(void **state)
{
	static const struct {
		const struct msg_type *type;
		const char *members;
	} known[] = {
		{&msg_wire_snapshot,
			" seq at meeting sites items lists turns floor scene alarms "
			"messages relay microphones asked bell lectern removed_sites acts ceremony "
			"documents handouts checks ticks tasks ledger registrations "
			"attendance votes ballots vote_remarks opinions direction "},
		{&msg_wire_update,
			" type seq at sites items lists turns alarms cleared messages "
			"meeting floor scene relay microphones asked bell lectern item_order "
			"turn_order "
			"site_order removed_sites acts ceremony documents handouts checks ticks "
			"tasks ledger registrations attendance votes ballots vote_remarks opinions "
			"direction "},
		{&msg_wire_site_view,
			" site number name short_code region kind has_content link media barred "
			"locked muted spare tally seen heard spoken steps signs link_since "
			"address documents_due venue contact chair "
			"talkback_answer ready roll line missing late posted "},
		{&msg_wire_microphones_view, " all_locked venue_open talkback "},
		{&msg_wire_step_view, " step at by evidence "},
		{&msg_wire_vote_view,
			" vote item question options method state opened opened_wall closed "
			"closed_wall reason sites counted missing present cast spoilt answers "
			"fault "},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		for (size_t field = 0; field < known[i].type->n_fields; field++) {
			char word[64];
			snprintf(word, sizeof(word), " %s ", known[i].type->fields[field].name);
			if (!strstr(known[i].members, word)) {
				fail_msg("may viewers read%sof %s?", word, known[i].type->name);
			}
		}
	}
}

static void *no_memory(size_t size)
{
	(void)size;
	return NULL;
}

static void without_memory_it_is_not_to_be_shown(void **state)
{
	struct wire_snapshot snapshot;
	struct msg_arena arena = {0};
	(void)state;
	seen_snapshot(seen, &snapshot);
	msg_set_allocator(no_memory, NULL);
	assert_true(view_snapshot_for(ROLE_VIEWER, &arena, &snapshot) < 0);
	msg_set_allocator(NULL, NULL);
	msg_arena_finish(&arena);
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, raise, strike)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(a_snapshot_keeps_them_back),
		STAGED(whom_to_ring_is_for_those_who_ring),
		STAGED(opinions_are_for_the_chair),
		STAGED(an_update_keeps_them_back),
		STAGED(an_update_of_nothing_else_says_nothing),
		STAGED(a_talkback_is_kept_back),
		STAGED(what_is_asked_is_kept_back),
		STAGED(who_is_on_the_line_is_kept_back),
		STAGED(a_screen_is_shown_the_least),
		STAGED(an_alarm_gone_says_nothing),
		cmocka_unit_test(the_events_are_hidden_as_well),
		cmocka_unit_test(every_member_was_thought_of),
		STAGED(without_memory_it_is_not_to_be_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
