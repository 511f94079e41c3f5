/*
 * The roster while it changes: what a site is told to be, what goes with one that is removed, how
 * it comes back, and what follows another main venue. Which command is good when stands in the
 * table `site` of docs/meeting.md.
 */
#include <string.h>

#include "coordinator/meeting/documents.h"
#include "tests/unit/meeting/stage.h"

static struct stage *stage;

static int open_stage(void **state)
{
	(void)state;
	stage = stage_create();
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	stage_destroy(stage);
	return 0;
}

static void must(int r)
{
	assert_int_equal(r, 0);
}

static const struct site *site_of(const char *id)
{
	const struct site *site = mtg_site_by_id(stage->meeting, id);

	assert_non_null(site);
	return site;
}

static struct cmd_site_edit *edit(const char *site)
{
	struct cmd_site_edit *in = &stage_begin(stage, ROLE_TECHNICIAN, CMD_SITE_EDIT)->site_edit;

	strcpy(in->site, site);
	return in;
}

static struct cmd_site_add *add(enum role role, const char *site, uint32_t number)
{
	struct cmd_site_add *in = &stage_begin(stage, role, CMD_SITE_ADD)->site_add;

	strcpy(in->site, site);
	in->number = number;
	strcpy(in->name, "Tên");
	strcpy(in->short_code, "X");
	strcpy(in->region, "Region");
	in->kind = SITE_KIND_REMOTE;
	return in;
}

static void show_two(const char *first, const char *second)
{
	struct cmd_scene_override *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_SCENE_OVERRIDE)->scene_override;

	in->layout = LAYOUT_SIDE_BY_SIDE;
	in->n_panes = 2;
	strcpy(in->panes[0].site, first);
	strcpy(in->panes[1].site, second);
	in->panes[0].source = in->panes[1].source = SOURCE_NAME_CAMERA;
	must(stage_give(stage));
}

static bool is_overridden(void)
{
	return mtg_scene_control(stage->meeting)->overridden;
}

static int remove_site(const char *site)
{
	return stage_op(stage, CMD_SITE_REMOVE, site);
}

static int make_main(const char *site)
{
	return stage_op(stage, CMD_SITE_MAKE_MAIN, site);
}

/* ---- edit ---- */

static void test_a_site_is_put_right(void **state)
{
	struct cmd_site_edit *in;

	(void)state;
	stage_rehearse(stage);
	in = edit("b");
	in->has_name = in->has_venue = in->has_contact = in->has_chair = in->has_documents_due =
		true;
	strcpy(in->name, "Cà Mau");
	strcpy(in->venue, "Phòng họp số 1");
	strcpy(in->contact, "Văn phòng Ủy ban");
	strcpy(in->chair, "Phó Chủ tịch");
	strcpy(in->documents_due, "2022-07-10");
	must(stage_give(stage));
	assert_string_equal(site_of("b")->name, "Cà Mau");
	assert_string_equal(site_of("b")->venue, "Phòng họp số 1");
	assert_string_equal(site_of("b")->contact, "Văn phòng Ủy ban");
	assert_string_equal(site_of("b")->chair, "Phó Chủ tịch");
	assert_string_equal(site_of("b")->documents_due, "2022-07-10");
	assert_string_equal(site_of("b")->region, "Region"); /* left out: unchanged */
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
	in = edit("b");
	in->has_venue = in->has_contact = in->has_documents_due = true; /* empty: cleared */
	must(stage_give(stage));
	assert_string_equal(site_of("b")->venue, "");
	assert_string_equal(site_of("b")->contact, "");
	assert_string_equal(site_of("b")->documents_due, "");
	assert_string_equal(site_of("b")->chair, "Phó Chủ tịch");
}

static void test_a_bad_edit_changes_nothing(void **state)
{
	struct cmd_site_edit *in;

	(void)state;
	stage_rehearse(stage);
	assert_int_equal(stage_give(stage), REFUSAL_EXISTS); /* the last turn again */
	edit("b");
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
	in = edit("b");
	in->has_name = true;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	in = edit("b");
	in->has_documents_due = true;
	strcpy(in->documents_due, "2022-02-30");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	edit("nowhere");
	assert_int_equal(stage_give(stage), REFUSAL_NOT_FOUND);
}

/* Fewer may see it than the site. */
static void test_whom_to_ring_is_an_event_of_its_own(void **state)
{
	struct cmd_site_add *in;

	(void)state;
	stage_rehearse(stage);
	in = add(ROLE_SYSTEM, "e", 9);
	in->has_contact = true;
	strcpy(in->contact, "Trung tâm Tin học");
	must(stage_give(stage));
	assert_int_equal(stage->batch.n, 2);
	assert_string_equal(
		stage_event(stage, EV_SITE_CONTACT_GIVEN)->site_contact_given.contact, in->contact);
	assert_string_equal(site_of("e")->contact, in->contact);
	assert_true(mtg_role_sees(ROLE_TECHNICIAN, EV_SITE_CONTACT_GIVEN));
	assert_false(mtg_role_sees(ROLE_CHAIR, EV_SITE_CONTACT_GIVEN));
	assert_false(mtg_role_sees(ROLE_SITE, EV_SITE_CONTACT_GIVEN));
	assert_false(mtg_role_sees(ROLE_VIEWER, EV_SITE_CONTACT_GIVEN));
}

static void take_content_from(const char *site)
{
	struct cmd_site_edit *in = edit(site);

	in->has_has_content = true;
	must(stage_give(stage));
}

static void test_content_goes_with_its_source(void **state)
{
	struct cmd_scene_override *in;
	struct scene scene;

	(void)state;
	stage_start_talks(stage);
	must(stage_show(stage, "a", true));
	in = &stage_begin(stage, ROLE_OPERATOR, CMD_SCENE_OVERRIDE)->scene_override;
	in->layout = LAYOUT_SOLO;
	in->n_panes = 1;
	strcpy(in->panes[0].site, "a");
	in->panes[0].source = SOURCE_NAME_CONTENT;
	must(stage_give(stage));
	take_content_from("a");
	assert_int_equal(mtg_scene_control(stage->meeting)->content, MTG_NONE);
	assert_false(is_overridden());
	mtg_program(stage->meeting, &scene);
	assert_false(mtg_is_in_scene(&scene, mtg_site_index(stage->meeting, site_of("a"))));
	assert_int_equal(stage_show(stage, "a", true), REFUSAL_INVALID);
}

/* An undone take does not bring back what the site can no longer show. */
static void test_undo_brings_no_content_back(void **state)
{
	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_pass(stage, 2000);
	must(stage_show(stage, "a", true));
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	take_content_from("a");
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 2;
	must(stage_give(stage));
	assert_int_equal(stage_turn(stage, "a1"), TURN_STATE_ON_AIR);
	assert_int_equal(mtg_scene_control(stage->meeting)->content, MTG_NONE);
}

/* ---- remove ---- */

static void test_what_goes_with_a_removed_site(void **state)
{
	(void)state;
	stage_start_talks(stage);
	must(stage_site(stage, "b", CMD_TURN_REQUEST, "b"));
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	show_two("b", "hn");
	stage_observe(stage, "b", SIGN_CLOCK_OFF, true);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_CLOCK_OFF, "b"));
	must(remove_site("b"));
	assert_null(mtg_site_by_id(stage->meeting, "b"));
	assert_null(mtg_site_by_number(stage->meeting, 3));
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_WITHDRAWN);
	assert_int_equal(stage_turn(stage, "t-6"), TURN_STATE_WITHDRAWN);
	assert_int_equal(mtg_floor(stage->meeting)->cued, MTG_NONE);
	assert_false(is_overridden());
	stage_settle(stage);
	assert_int_equal(mtg_alarm_count(stage->meeting), 0);
	assert_int_equal(stage_turn(stage, "a1"), TURN_STATE_WAITING); /* others stay */
}

static void test_no_command_finds_a_removed_site(void **state)
{
	(void)state;
	stage_start_talks(stage);
	must(remove_site("b"));
	assert_int_equal(stage_op(stage, CMD_TURN_RESTORE, "b1"), REFUSAL_NOT_FOUND);
	assert_int_equal(stage_bar(stage, "b", true), REFUSAL_NOT_FOUND);
	assert_int_equal(stage_mute(stage, "b", true), REFUSAL_FORBIDDEN);
	assert_int_equal(stage_site(stage, "b", CMD_TURN_REQUEST, "b"), REFUSAL_FORBIDDEN);
	stage_begin(stage, ROLE_SYSTEM, CMD_SITE_LINK)->site_link.link = LINK_STATE_LOST;
	strcpy(stage->command.body.site_link.site, "b");
	assert_int_equal(stage_give(stage), REFUSAL_NOT_FOUND);
}

/* All at once: then the surplus of its hands is removed like any other. */
static void test_the_hands_of_a_removed_site_give_their_places_back(void **state)
{
	(void)state;
	stage_start_talks(stage);
	for (int i = 0; i < FINISHED_HANDS_PER_SITE_MAX + 3; i++) {
		struct cmd_turn_add *in =
			&stage_begin(stage, ROLE_OPERATOR, CMD_TURN_ADD)->turn_add;

		strcpy(in->list, "talks");
		strcpy(in->site, "b");
		in->origin = TURN_ORIGIN_OPERATOR;
		must(stage_give(stage));
	}
	must(remove_site("b"));
	stage_settle(stage);
	assert_int_equal(mtg_turn_count(stage->meeting), 5 + FINISHED_HANDS_PER_SITE_MAX);
}

/* b1 was replaced by a1: the undo that would bring it back is over. */
static void test_undo_does_not_bring_back_a_removed_site(void **state)
{
	struct instant until;

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	stage_pass(stage, 2000);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(remove_site("b"));
	assert_false(mtg_undo_is_open(stage->meeting, &until));
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 2;
	assert_int_equal(stage_give(stage), REFUSAL_WRONG_STATE);
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_DONE);
}

/* What people set stays; what is measured begins anew. */
static void test_a_removed_site_comes_back(void **state)
{
	(void)state;
	stage_start_talks(stage);
	stage_begin(stage, ROLE_TECHNICIAN, CMD_SITE_SIGN)->site_sign.step =
		READINESS_STEP_LINE_TESTED;
	strcpy(stage->command.body.site_sign.site, "b");
	stage->command.body.site_sign.done = true;
	must(stage_give(stage));
	must(stage_bar(stage, "b", true));
	must(remove_site("b"));
	assert_int_equal(stage_op(stage, CMD_SITE_ADD, "z"), REFUSAL_INVALID);
	add(ROLE_OPERATOR, "z", 9); /* never was there */
	assert_int_equal(stage_give(stage), REFUSAL_NOT_FOUND);
	add(ROLE_SYSTEM, "z", 3); /* its number is kept */
	assert_int_equal(stage_give(stage), REFUSAL_EXISTS);
	add(ROLE_OPERATOR, "b", 9);
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	add(ROLE_OPERATOR, "b", 3);
	must(stage_give(stage));
	assert_string_equal(site_of("b")->name, "Tên");
	assert_true(site_of("b")->steps[READINESS_STEP_LINE_TESTED].done);
	assert_true(site_of("b")->barred);
	assert_int_equal(site_of("b")->link, LINK_STATE_ABSENT);
	assert_int_equal(site_of("b")->media, MEDIA_STATE_NONE);
	must(stage_op(stage, CMD_TURN_RESTORE, "b1"));
	assert_int_equal(mtg_site_count(stage->meeting), 5);
}

/* ---- the main venue ---- */

static enum slot voice_of(int site)
{
	int voices[VOICES_MAX];

	mtg_voices(stage->meeting, voices);
	for (int i = 0; i < VOICES_MAX; i++) {
		if (voices[i] == site) {
			return SLOT_VOICE0 + (enum slot)i;
		}
	}
	return SLOT_UNSET;
}

static void test_everything_follows_the_main_venue(void **state)
{
	int old, now;
	struct uplink uplink;
	struct scene scene;

	(void)state;
	stage_start_talks(stage);
	old = mtg_site_index(stage->meeting, site_of("hn"));
	now = mtg_site_index(stage->meeting, site_of("d"));
	stage_media(stage, "hn", MEDIA_STATE_SILENT);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_MAIN_VENUE_LOST, "hn"));
	stage_begin(stage, ROLE_OPERATOR, CMD_MIC_OPEN_VENUE)->mic_open_venue.open = true;
	must(stage_give(stage));
	must(make_main("d"));
	stage_settle(stage);
	assert_int_equal(mtg_main_venue(stage->meeting), now);
	assert_int_equal(site_of("hn")->kind, SITE_KIND_REMOTE);
	assert_int_equal(site_of("hn")->number, 1); /* numbers stay */
	assert_false(stage_alarm(stage, ALARM_KIND_MAIN_VENUE_LOST, "hn"));
	assert_false(mtg_floor(stage->meeting)->venue_open);
	mtg_program(stage->meeting, &scene);
	assert_int_equal(scene.n_panes, 1);
	assert_int_equal(scene.panes[0].site, now);
	mtg_uplink(stage->meeting, now, &uplink);
	assert_int_equal(uplink.camera, UPLINK_LEVEL_FULL);
	mtg_uplink(stage->meeting, old, &uplink);
	assert_int_equal(uplink.camera, UPLINK_LEVEL_PREVIEW);
	assert_int_equal(voice_of(now), SLOT_VOICE0); /* the hall is open between turns */
	assert_int_equal(voice_of(old), SLOT_UNSET);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_true(mtg_is_ducked(stage->meeting, now));
	assert_false(mtg_is_ducked(stage->meeting, old));
	stage_media(stage, "d", MEDIA_STATE_SILENT);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_MAIN_VENUE_LOST, "d"));
	assert_int_equal(stage_bar(stage, "d", true), REFUSAL_INVALID);
	must(stage_bar(stage, "hn", true)); /* a site like any other now */
	must(remove_site("hn"));
}

/* Who spoke in the hall that is lost is heard by nobody. */
static void test_a_silent_speaker_of_the_old_venue_is_interrupted(void **state)
{
	(void)state;
	stage_start_talks(stage);
	stage_media(stage, "hn", MEDIA_STATE_SILENT);
	must(stage_op(stage, CMD_FLOOR_TAKE, "v1"));
	must(make_main("d"));
	assert_int_equal(stage_turn(stage, "v1"), TURN_STATE_INTERRUPTED);
}

static void test_a_speaker_of_the_old_venue_goes_on(void **state)
{
	int old;

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "v1"));
	old = mtg_site_index(stage->meeting, site_of("hn"));
	assert_int_equal(voice_of(old), SLOT_VOICE0);
	must(make_main("d"));
	assert_int_equal(stage_turn(stage, "v1"), TURN_STATE_ON_AIR);
	assert_int_equal(voice_of(old), SLOT_VOICE1);
}

static void test_a_scene_of_two_cameras_gives_way(void **state)
{
	(void)state;
	stage_start_talks(stage);
	show_two("a", "hn");
	must(make_main("a"));
	assert_true(is_overridden()); /* still one remote camera and the venue's */
	must(make_main("d"));
	assert_false(is_overridden());
}

/* ---- the inner line, what is owed, who chairs ---- */

static int say(enum role role, enum message_audience audience, const char *site)
{
	struct cmd_message_send *in = &stage_begin(stage, role, CMD_MESSAGE_SEND)->message_send;

	strcpy(in->text, "chờ 2 phút");
	in->has_audience = audience != MESSAGE_AUDIENCE_UNSET;
	in->audience = audience;
	in->has_site = site != NULL && role != ROLE_SITE;
	if (role == ROLE_SITE) {
		stage_by_site(stage, site);
	} else if (site) {
		strcpy(in->site, site);
	}
	return stage_give(stage);
}

static void test_the_inner_line_is_for_staff(void **state)
{
	const struct message *message;

	(void)state;
	stage_rehearse(stage);
	must(say(ROLE_TECHNICIAN, MESSAGE_AUDIENCE_STAFF, NULL));
	message = mtg_message(stage->meeting, 0);
	assert_int_equal(message->audience, MESSAGE_AUDIENCE_STAFF);
	assert_int_equal(message->site, MTG_NONE);
	assert_false(mtg_is_visible(ROLE_SITE, "a", stage_event(stage, EV_STAFF_MESSAGED)));
	assert_false(mtg_is_visible(ROLE_VIEWER, NULL, stage_event(stage, EV_STAFF_MESSAGED)));
	assert_true(mtg_is_visible(ROLE_CHAIR, NULL, stage_event(stage, EV_STAFF_MESSAGED)));
	must(say(ROLE_OPERATOR, MESSAGE_AUDIENCE_SITES, NULL));
	must(say(ROLE_OPERATOR, MESSAGE_AUDIENCE_UNSET, "a"));
	assert_int_equal(say(ROLE_OPERATOR, MESSAGE_AUDIENCE_STAFF, "a"), REFUSAL_INVALID);
	assert_int_equal(say(ROLE_SITE, MESSAGE_AUDIENCE_STAFF, "a"), REFUSAL_INVALID);
	must(say(ROLE_SITE, MESSAGE_AUDIENCE_UNSET, "a"));
	assert_int_equal(mtg_message_count(stage->meeting), 4);
}

static struct cmd_document_add *owe(const char *id)
{
	struct cmd_document_add *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_DOCUMENT_ADD)->document_add;

	strcpy(in->document, id);
	strcpy(in->title, "Báo cáo kết quả");
	return in;
}

static void test_documents_are_owed(void **state)
{
	struct cmd_document_add *in;
	int64_t revision;

	(void)state;
	stage_rehearse(stage);
	in = owe("d-1");
	in->has_site = in->has_unit = in->has_due = true;
	strcpy(in->site, "a");
	strcpy(in->unit, "Sở Y tế");
	strcpy(in->due, "2022-07-10");
	must(stage_give(stage));
	assert_int_equal(stage_give(stage), REFUSAL_EXISTS);
	in = owe("d-2");
	in->has_every_site = in->every_site = true;
	must(stage_give(stage));
	revision = mtg_documents_revision(stage->meeting);
	in = owe("d-3");
	in->has_every_site = in->every_site = in->has_site = true;
	strcpy(in->site, "a");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	in = owe("d-3");
	in->has_due = true;
	strcpy(in->due, "mai");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	in = owe("d-3");
	in->has_site = true;
	strcpy(in->site, "nowhere");
	assert_int_equal(stage_give(stage), REFUSAL_NOT_FOUND);
	assert_int_equal(mtg_documents_revision(stage->meeting), revision);
	must(stage_op(stage, CMD_DOCUMENT_REMOVE, "d-1"));
	assert_int_equal(mtg_document_count(stage->meeting), 1);
	assert_string_equal(mtg_document(stage->meeting, 0)->id, "d-2");
	assert_true(mtg_document(stage->meeting, 0)->every_site);
	assert_int_equal(stage_op(stage, CMD_DOCUMENT_REMOVE, "d-1"), REFUSAL_NOT_FOUND);
}

static void test_a_barred_site_does_not_come_back_as_main_venue(void **state)
{
	struct cmd_site_add *in;

	(void)state;
	stage_meeting(stage, 1);
	stage_add_site(stage, "b", 2, false);
	must(stage_bar(stage, "b", true));
	must(stage_op(stage, CMD_SITE_REMOVE, "b"));
	in = &stage_begin(stage, ROLE_SYSTEM, CMD_SITE_ADD)->site_add;
	strcpy(in->site, "b");
	in->number = 2;
	in->kind = SITE_KIND_MAIN;
	assert_int_equal(stage_give(stage), REFUSAL_SITE_BARRED);
}

static void test_who_chairs_is_kept(void **state)
{
	struct cmd_meeting_create *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_MEETING_CREATE)->meeting_create;

	(void)state;
	strcpy(in->date, "2022-07-15");
	in->speed = 1;
	in->has_chairs = true;
	in->n_chairs = 2;
	strcpy(in->chairs[0], "Bộ trưởng");
	strcpy(in->chairs[1], "Thứ trưởng");
	must(stage_give(stage));
	assert_int_equal(mtg_about(stage->meeting)->n_chairs, 2);
	assert_string_equal(mtg_about(stage->meeting)->chairs[1], "Thứ trưởng");
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, open_stage, close_stage)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STAGE(test_a_site_is_put_right),
		ON_STAGE(test_a_bad_edit_changes_nothing),
		ON_STAGE(test_whom_to_ring_is_an_event_of_its_own),
		ON_STAGE(test_content_goes_with_its_source),
		ON_STAGE(test_undo_brings_no_content_back),
		ON_STAGE(test_what_goes_with_a_removed_site),
		ON_STAGE(test_no_command_finds_a_removed_site),
		ON_STAGE(test_the_hands_of_a_removed_site_give_their_places_back),
		ON_STAGE(test_undo_does_not_bring_back_a_removed_site),
		ON_STAGE(test_a_removed_site_comes_back),
		ON_STAGE(test_a_barred_site_does_not_come_back_as_main_venue),
		ON_STAGE(test_everything_follows_the_main_venue),
		ON_STAGE(test_a_silent_speaker_of_the_old_venue_is_interrupted),
		ON_STAGE(test_a_speaker_of_the_old_venue_goes_on),
		ON_STAGE(test_a_scene_of_two_cameras_gives_way),
		ON_STAGE(test_the_inner_line_is_for_staff),
		ON_STAGE(test_documents_are_owed),
		ON_STAGE(test_who_chairs_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
