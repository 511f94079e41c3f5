/* What sites and the relay are told. On the stage hn is site 1, a to d are sites 2 to 5. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/meeting/random_commands.h"
#include "tests/unit/view/seen.h"

static int raise(void **state)
{
	struct seen *seen = seen_create();

	stage_start_talks(seen->stage);
	*state = seen;
	return 0;
}

static int gather(void **state)
{
	struct seen *seen = seen_create();

	stage_assemble(seen->stage);
	*state = seen;
	return 0;
}

static int strike(void **state)
{
	seen_destroy(*state);
	return 0;
}

static void a_speaker_sees_the_venue_and_not_itself(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "a1"), 0);
	seen_site(seen, "a", &told);
	assert_int_equal(told.tally, TALLY_ON_AIR);
	assert_true(told.seen && told.heard);
	assert_false(seen_receives(&told, SLOT_PROGRAM));
	assert_false(seen_receives(&told, SLOT_VOICE1));
	assert_true(seen_receives(&told, SLOT_RETURN));
	assert_int_equal(told.scene.layout, LAYOUT_SOLO);
	assert_int_equal(told.scene.n_panes, 1);
	assert_int_equal(told.scene.panes[0].slot, SLOT_RETURN);
	assert_int_equal(told.scene.panes[0].site, 1);
	assert_false(told.has_lower_third);
	assert_true(told.has_floor && told.has_timer);
	assert_int_equal(told.uplink.camera, UPLINK_LEVEL_FULL);
	assert_true(told.uplink.voice);
}

static void the_others_see_the_speaker(void **state)
{
	static const char *const others[] = {"hn", "b", "c", "d"};
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "a1"), 0);
	for (size_t i = 0; i < 4; i++) {
		seen_site(seen, others[i], &told);
		assert_true(seen_receives(&told, SLOT_PROGRAM));
		assert_true(seen_receives(&told, SLOT_VOICE1));
		assert_false(seen_receives(&told, SLOT_RETURN));
		assert_int_equal(told.scene.layout, LAYOUT_SOLO);
		assert_int_equal(told.scene.panes[0].slot, SLOT_PROGRAM);
		assert_int_equal(told.scene.panes[0].site, 2);
		assert_true(told.has_lower_third);
		assert_string_equal(told.lower_third.name, "a");
		assert_string_equal(told.lower_third.unit, "Unit");
		assert_int_equal(told.floor.site, 2);
		assert_false(told.uplink.voice);
	}
	seen_site(seen, "c", &told);
	assert_int_equal(told.uplink.camera, UPLINK_LEVEL_PREVIEW);
	assert_false(told.seen || told.heard);
}

static void the_lower_third_on_the_air_is_put_right(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "a1"), 0);
	struct cmd_turn_edit *in =
		&stage_begin(seen->stage, ROLE_OPERATOR, CMD_TURN_EDIT)->turn_edit;
	strcpy(in->turn, "a1");
	in->has_unit = in->has_speaker = in->has_office = true;
	strcpy(in->unit, "Sở Y tế");
	strcpy(in->speaker, "Nguyễn Văn A");
	strcpy(in->office, "Phó Giám đốc");
	assert_int_equal(stage_give(seen->stage), 0);
	seen_site(seen, "b", &told);
	assert_true(told.lower_third.has_speaker && told.lower_third.has_office);
	assert_string_equal(told.lower_third.unit, "Sở Y tế");
	assert_string_equal(told.lower_third.speaker, "Nguyễn Văn A");
	assert_string_equal(told.lower_third.office, "Phó Giám đốc");
	seen_site(seen, "a", &told);
	assert_string_equal(told.unit, "Sở Y tế");
}

static void who_receives_poorly_gets_the_small_picture(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "a1"), 0);
	stage_observe(seen->stage, "b", SIGN_RECEPTION_POOR, true);
	seen_site(seen, "b", &told);
	assert_true(seen_receives(&told, SLOT_PROGRAM_SMALL));
	assert_false(seen_receives(&told, SLOT_PROGRAM));
	assert_true(seen_receives(&told, SLOT_VOICE1));
	assert_int_equal(told.scene.panes[0].slot, SLOT_PROGRAM_SMALL);
	assert_int_equal(told.scene.panes[0].site, 2);
	seen_site(seen, "c", &told);
	assert_true(seen_receives(&told, SLOT_PROGRAM));
	stage_observe(seen->stage, "b", SIGN_RECEPTION_POOR, false);
	seen_site(seen, "b", &told);
	assert_true(seen_receives(&told, SLOT_PROGRAM));
}

static void the_relay_is_told_what_feeds_which_slot(void **state)
{
	struct seen *seen = *state;
	struct wire_relay_desired told;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "a1"), 0);
	seen_relay(seen, &told);
	assert_int_equal(seen_fed(&told, SLOT_PROGRAM), 2);
	assert_int_equal(seen_fed(&told, SLOT_PROGRAM_SMALL), 2);
	assert_int_equal(seen_fed(&told, SLOT_RETURN), 1);
	assert_int_equal(seen_fed(&told, SLOT_VOICE1), 2);
	assert_int_equal(seen_fed(&told, SLOT_CONTENT), 0);
	assert_int_equal(told.n_sites, 5);
	assert_true(seen_relay_site(&told, 2)->has_key);
}

static void the_venue_speaks_without_hearing_itself(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "v1"), 0);
	seen_site(seen, "hn", &told);
	assert_false(seen_receives(&told, SLOT_PROGRAM));
	assert_false(seen_receives(&told, SLOT_VOICE0));
	assert_true(told.heard);
	seen_site(seen, "b", &told);
	assert_true(seen_receives(&told, SLOT_PROGRAM));
	assert_true(seen_receives(&told, SLOT_VOICE0));
	assert_string_equal(told.lower_third.name, "hn");
}

static void content_goes_to_all_but_its_owner(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "a1"), 0);
	assert_int_equal(stage_show(seen->stage, "a", true), 0);
	seen_site(seen, "b", &told);
	assert_true(seen_receives(&told, SLOT_CONTENT));
	assert_int_equal(told.scene.panes[0].slot, SLOT_CONTENT);
	assert_int_equal(told.scene.n_panes, 2);
	seen_site(seen, "a", &told);
	assert_false(seen_receives(&told, SLOT_CONTENT));
	assert_int_equal(told.uplink.content, UPLINK_LEVEL_FULL);
}

/* In place of its content, which the others see beside the speaker. */
static void who_shows_content_while_another_speaks_sees_the_venue(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "b1"), 0);
	assert_int_equal(stage_show(seen->stage, "a", true), 0);
	seen_site(seen, "a", &told);
	assert_int_equal(told.scene.n_panes, 2);
	assert_int_equal(told.scene.panes[0].slot, SLOT_RETURN);
	assert_int_equal(told.scene.panes[1].slot, SLOT_PROGRAM);
	assert_true(seen_receives(&told, SLOT_RETURN));
}

/* The hall has the slate, the others its picture with the act below; and who speaks goes before. */
static void the_act_that_is_shown_is_told_to_all(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	stage_add_item(seen->stage, "honours", ITEM_KIND_AWARDS, "hall", NULL);
	stage_add_act(seen->stage, "k1", "honours");
	assert_int_equal(stage_op(seen->stage, CMD_ITEM_START, "honours"), 0);
	seen_site(seen, "b", &told);
	assert_false(told.has_act || told.has_lower_third);
	assert_int_equal(stage_op(seen->stage, CMD_ACT_SHOW, "k1"), 0);
	seen_site(seen, "b", &told);
	assert_true(told.has_act && told.has_lower_third);
	assert_string_equal(told.act.title, "honours");
	assert_string_equal(told.act.name, "Sở Nội vụ");
	assert_string_equal(told.lower_third.name, "Sở Nội vụ");
	assert_string_equal(told.lower_third.unit, "honours");
	seen_site(seen, "hn", &told);
	assert_true(told.has_act);
	assert_false(told.has_lower_third);
	assert_int_equal(told.scene.layout, LAYOUT_SLATE);
	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "d1"), 0);
	seen_site(seen, "b", &told);
	assert_string_equal(told.lower_third.unit, "Unit");
	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_RELEASE, "d1"), 0);
	assert_int_equal(stage_op(seen->stage, CMD_ACT_FINISH, "k1"), 0);
	seen_site(seen, "b", &told);
	assert_false(told.has_act || told.has_lower_third);
}

/* Nothing to receive, no key, no address: the group key is for those who are let in. */
/* The end of a break, what rings before it, and what has rung. */
static void a_pause_and_the_bell_are_told_to_all(void **state)
{
	static const char *const all[] = {"hn", "a", "d"};
	struct seen *seen = *state;
	struct stage *stage = seen->stage;
	struct wire_site_desired told;
	struct cmd_item_edit *in = &stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_EDIT)->item_edit;

	strcpy(in->item, "pause");
	in->has_planned_length = true;
	in->planned_length.ms = 15 * MINUTE_MS;
	assert_int_equal(stage_give(stage), 0);
	seen_site(seen, "a", &told);
	assert_false(told.has_pause || told.has_bell);
	assert_int_equal(stage_op(stage, CMD_ITEM_START, "pause"), 0);
	int64_t begun = stage->now.at.ms;
	for (size_t i = 0; i < 3; i++) {
		seen_site(seen, all[i], &told);
		assert_int_equal(told.scene.layout, LAYOUT_SLATE);
		assert_true(told.has_pause && told.pause.has_ends && told.pause.has_bell);
		assert_int_equal(told.pause.kind, ITEM_KIND_BREAK);
		assert_int_equal(told.pause.ends.ms, begun + 15 * MINUTE_MS);
		assert_int_equal(told.pause.bell.ms, begun + 10 * MINUTE_MS);
		assert_false(told.has_bell);
	}
	stage_pass(stage, 10 * MINUTE_MS);
	seen_site(seen, "a", &told);
	assert_true(told.has_bell);
	assert_int_equal(told.bell.bell, 1);
	assert_int_equal(told.bell.reason, BELL_REASON_BREAK_ENDING);
	assert_int_equal(told.bell.at.ms, begun + 10 * MINUTE_MS);
	assert_int_equal(told.pause.bell.ms, begun + 15 * MINUTE_MS);
}

/* Its sound is fed from where the telephone comes in, and nobody is shown a picture. */
static void a_turn_by_telephone_is_heard_from_elsewhere(void **state)
{
	static const char *const all[] = {"hn", "b", "c", "d"};
	struct seen *seen = *state;
	struct stage *stage = seen->stage;
	struct wire_site_desired told;
	struct wire_relay_desired relay;

	stage_media(stage, "b", MEDIA_STATE_SILENT);
	struct cmd_turn_telephone *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_TURN_TELEPHONE)->turn_telephone;
	strcpy(in->turn, "b1");
	strcpy(in->at, "c");
	in->has_at = true;
	assert_int_equal(stage_give(stage), 0);
	assert_int_equal(stage_op(stage, CMD_FLOOR_TAKE, "b1"), 0);
	seen_relay(seen, &relay);
	assert_int_equal(seen_fed(&relay, SLOT_VOICE1), 4);
	assert_int_equal(seen_fed(&relay, SLOT_PROGRAM), 0);
	for (size_t i = 0; i < 4; i++) {
		seen_site(seen, all[i], &told);
		assert_int_equal(told.scene.layout, LAYOUT_SLATE);
		assert_true(told.has_caller && told.caller.telephone);
		assert_string_equal(told.caller.name, "b");
		assert_string_equal(told.caller.unit, "Unit");
		assert_false(told.has_lower_third);
	}
	seen_site(seen, "c", &told);
	assert_int_equal(told.telephone.part, TELEPHONE_PART_CARRIES);
	assert_string_equal(told.telephone.name, "b");
	assert_true(told.uplink.voice && !told.microphone.locked && told.heard && !told.seen);
	assert_int_equal(told.tally, TALLY_ON_AIR);
	assert_string_equal(told.turn, "b1");
	seen_site(seen, "b", &told);
	assert_int_equal(told.telephone.part, TELEPHONE_PART_SPEAKS);
	assert_string_equal(told.telephone.name, "c");
	assert_false(told.uplink.voice || told.heard);
	assert_true(seen_receives(&told, SLOT_VOICE1));
	seen_site(seen, "d", &told);
	assert_false(told.has_telephone);
	assert_int_equal(stage_op(stage, CMD_FLOOR_RELEASE, "b1"), 0);
	seen_site(seen, "d", &told);
	assert_false(told.has_caller);
}

static void a_barred_site_learns_no_secret(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;
	struct wire_relay_desired relay;
	char *json;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "a1"), 0);
	seen_site(seen, "b", &told);
	assert_true(told.has_relay);
	assert_string_equal(told.relay.group_key, seen->media_keys->relay.group_key);
	assert_int_equal(stage_bar(seen->stage, "b", true), 0);
	seen_site(seen, "b", &told);
	assert_false(told.has_relay);
	assert_int_equal(told.n_receive, 0);
	assert_int_equal(told.scene.layout, LAYOUT_SLATE);
	assert_int_equal(told.scene.n_panes, 0);
	json = seen_json(&msg_wire_site_desired, &told);
	assert_null(strstr(json, seen->media_keys->relay.group_key));
	assert_null(strstr(json, "192.0.2.1"));
	msg_free(json);
	seen_relay(seen, &relay);
	assert_true(seen_relay_site(&relay, 3)->barred);
	assert_int_equal(seen_relay_site(&relay, 3)->n_receive, 0);
}

/* To the relay it is barred, and its key is void: what it sends later needs another. */
static void a_removed_site_is_cut_off(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;
	struct wire_relay_desired relay;

	assert_int_equal(stage_op(seen->stage, CMD_SITE_REMOVE, "b"), 0);
	seen_relay(seen, &relay);
	assert_true(seen_relay_site(&relay, 3)->barred);
	assert_int_equal(seen_relay_site(&relay, 3)->n_receive, 0);
	assert_false(seen_relay_site(&relay, 3)->has_key);
	assert_false(seen_relay_site(&relay, 3)->has_credential);
	view_site_desired(seen->derived, 3, seen->media_keys, &told);
	assert_int_equal(told.number, 0);
}

/* Its picture is the return now, and the hall that was gets what all others get. */
static void another_main_venue_is_the_return(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;
	struct wire_relay_desired relay;

	assert_int_equal(stage_op(seen->stage, CMD_SITE_MAKE_MAIN, "d"), 0);
	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "a1"), 0);
	seen_relay(seen, &relay);
	for (size_t i = 0; i < relay.n_slots; i++) {
		if (relay.slots[i].slot == SLOT_RETURN) {
			assert_int_equal(relay.slots[i].site, 5);
		}
		assert_int_not_equal(relay.slots[i].site, 1);
	}
	seen_site(seen, "a", &told);
	assert_int_equal(told.scene.n_panes, 1);
	assert_int_equal(told.scene.panes[0].slot, SLOT_RETURN);
	assert_int_equal(told.scene.panes[0].site, 5);
	seen_site(seen, "hn", &told);
	assert_int_equal(told.scene.panes[0].slot, SLOT_PROGRAM);
	assert_int_equal(told.uplink.camera, UPLINK_LEVEL_PREVIEW);
}

static void people_are_shown_no_key(void **state)
{
	struct seen *seen = *state;
	struct wire_snapshot snapshot;
	char *json;

	seen_snapshot(seen, &snapshot);
	json = seen_json(&msg_wire_snapshot, &snapshot);
	assert_null(strstr(json, "KKKK"));
	assert_null(strstr(json, "192.0.2.1"));
	msg_free(json);
}

#define NEXT_RELAY "ffffffffffffffffffffffffffffffff"

/* A relay that has just come has reported nothing yet: what is known is of the one before. */
static void a_key_for_another_relay_is_not_handed_on(void **state)
{
	struct seen *seen = *state;
	struct wire_relay_report report = {.group_key = "B"};
	struct wire_relay_desired told;

	view_derived_take(seen->derived, seen->stage->meeting, seen->stage->now);
	for (int reported = 0; reported < 2; reported++) {
		assert_int_equal(view_relay_desired(seen->derived, seen->media_keys, NEXT_RELAY,
					 &seen->arena, &told),
			0);
		assert_true(told.has_instance);
		assert_string_equal(told.instance, NEXT_RELAY);
		for (size_t i = 0; i < told.n_sites; i++) {
			assert_false(told.sites[i].has_key);
		}
		media_keys_learn_relay(seen->media_keys, NEXT_RELAY, &report);
	}
	assert_null(media_keys_site_key(seen->media_keys, 0, SEEN_RELAY));
	assert_null(media_keys_site_key(seen->media_keys, SITES_MAX + 1, SEEN_RELAY));
}

/* One relay loses its line, another takes over, the first comes back: each has its own keys. */
static void a_key_made_for_one_relay_is_not_taken_for_another(void **state)
{
	struct seen *seen = *state;
	const char *made = media_keys_site_key(seen->media_keys, 2, SEEN_RELAY);
	struct wire_uplink_key key = {.relay = NEXT_RELAY};

	assert_non_null(made);
	strcpy(key.key, made);
	assert_false(media_keys_learn_site(seen->media_keys, 2, &key));
	assert_int_equal(seen->media_keys->keys_refused, 1);
	assert_null(media_keys_site_key(seen->media_keys, 2, NEXT_RELAY));
	memset(key.key, 'N', 10);
	assert_true(media_keys_learn_site(seen->media_keys, 2, &key));
	assert_string_equal(media_keys_site_key(seen->media_keys, 2, NEXT_RELAY), key.key);
	strcpy(key.relay, SEEN_RELAY);
	assert_false(media_keys_learn_site(seen->media_keys, 2, &key));
	assert_null(media_keys_site_key(seen->media_keys, 2, SEEN_RELAY));
	assert_int_equal(seen->media_keys->keys_refused, 2);
}

#define MARK_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define MARK_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void a_key_goes_with_the_join_file_it_came_by(void **state)
{
	struct seen *seen = *state;
	struct wire_relay_desired told;

	assert_true(media_keys_mark_site(seen->media_keys, 2, MARK_A));
	assert_false(media_keys_mark_site(seen->media_keys, 2, MARK_A));
	assert_true(media_keys_mark_site(seen->media_keys, 3, MARK_A));
	seen_relay(seen, &told);
	assert_true(seen_relay_site(&told, 2)->has_key);
	assert_string_equal(seen_relay_site(&told, 2)->credential, MARK_A);
	assert_true(media_keys_mark_site(seen->media_keys, 2, MARK_B));
	seen_relay(seen, &told);
	assert_false(seen_relay_site(&told, 2)->has_key);
	assert_string_equal(seen_relay_site(&told, 2)->credential, MARK_B);
	assert_true(seen_relay_site(&told, 3)->has_key);
	assert_true(media_keys_mark_site(seen->media_keys, 3, ""));
	seen_relay(seen, &told);
	assert_false(seen_relay_site(&told, 3)->has_key);
	assert_false(seen_relay_site(&told, 3)->has_credential);
	assert_false(media_keys_mark_site(seen->media_keys, 0, MARK_A));
	assert_false(media_keys_mark_site(seen->media_keys, SITES_MAX + 1, MARK_A));
}

/* All sites gave it their keys. */
static void the_relays_join_file_takes_all_keys_along(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired site;
	struct wire_relay_desired relay;

	assert_true(media_keys_mark_relay(seen->media_keys, MARK_A));
	seen_site(seen, "a", &site);
	assert_true(site.has_relay);
	assert_string_equal(site.relay_credential, MARK_A);
	assert_true(media_keys_mark_relay(seen->media_keys, MARK_B));
	seen_site(seen, "a", &site);
	assert_false(site.has_relay);
	assert_string_equal(site.relay_credential, MARK_B);
	seen_relay(seen, &relay);
	for (size_t i = 0; i < relay.n_sites; i++) {
		assert_false(relay.sites[i].has_key);
	}
}

static void who_chair_together_are_told(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;
	struct cmd_meeting_edit *in;

	seen_site(seen, "b", &told);
	assert_false(told.has_chairs);
	in = &stage_begin(seen->stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;
	in->has_chairs = true;
	strcpy(in->chairs[in->n_chairs++], "Trưởng Ban");
	strcpy(in->chairs[in->n_chairs++], "Bí thư");
	assert_int_equal(stage_give(seen->stage), 0);
	seen_site(seen, "b", &told);
	assert_int_equal(told.n_chairs, 2);
	assert_string_equal(told.chairs[1], "Bí thư");
}

static void a_title_line_names_the_place(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	seen_site(seen, "c", &told);
	assert_int_equal(told.n_title_lines, 1);
	assert_string_equal(told.title_lines[0], "c");
	assert_string_equal(told.item, "talks");
}

/* 200 characters of which 6 become 120: what is said still keeps to the schema. */
static void a_title_line_that_grows_is_cut(void **state)
{
	struct seen *seen = seen_create();
	struct cmd_meeting_create *create;
	struct cmd_site_add *add;
	struct wire_site_desired told;

	(void)state;
	create = &stage_begin(seen->stage, ROLE_SYSTEM, CMD_MEETING_CREATE)->meeting_create;
	strcpy(create->meeting, "m");
	strcpy(create->name, "n");
	strcpy(create->host, "h");
	strcpy(create->place, "p");
	strcpy(create->date, "2022-07-15");
	create->form = DOCUMENT_FORM_STATE;
	create->speed = 1;
	memset(create->title_lines[0], '-', TITLE_LINE_CHARS);
	memcpy(create->title_lines[0] + 10, "{site}", 6);
	create->n_title_lines = 1;
	assert_int_equal(stage_give(seen->stage), 0);
	add = &stage_begin(seen->stage, ROLE_SYSTEM, CMD_SITE_ADD)->site_add;
	strcpy(add->site, "a");
	add->number = 1;
	memset(add->name, 'n', NAME_CHARS);
	strcpy(add->short_code, "A");
	strcpy(add->region, "r");
	add->kind = SITE_KIND_MAIN;
	assert_int_equal(stage_give(seen->stage), 0);
	seen_site(seen, "a", &told);
	assert_int_equal(strlen(told.title_lines[0]), TITLE_LINE_CHARS);
	assert_memory_equal(told.title_lines[0] + 10, add->name, NAME_CHARS);
	seen_destroy(seen);
}

static int edit_look(struct seen *seen, enum document_form form, enum card_theme theme)
{
	struct cmd_meeting_edit *in =
		&stage_begin(seen->stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;

	in->has_form = form != DOCUMENT_FORM_UNSET;
	in->form = form;
	in->has_theme = theme != CARD_THEME_UNSET;
	in->theme = theme;
	return stage_give(seen->stage);
}

/* The first theme is said by nothing, as to endpoints of before; without one the form decides. */
static void the_theme_is_told_where_it_is_not_the_first(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	seen_site(seen, "a", &told);
	assert_false(told.has_theme);
	assert_int_equal(edit_look(seen, DOCUMENT_FORM_NEUTRAL, CARD_THEME_UNSET), 0);
	seen_site(seen, "a", &told);
	assert_true(told.has_theme && told.theme == CARD_THEME_PLAIN);
	assert_int_equal(edit_look(seen, DOCUMENT_FORM_UNSET, CARD_THEME_STATE), 0);
	seen_site(seen, "a", &told);
	assert_false(told.has_theme);
	assert_int_equal(edit_look(seen, DOCUMENT_FORM_STATE, CARD_THEME_PLAIN), 0);
	seen_site(seen, "a", &told);
	assert_true(told.has_theme && told.theme == CARD_THEME_PLAIN);
	assert_int_equal(edit_look(seen, DOCUMENT_FORM_UNSET, CARD_THEME_PLAIN), REFUSAL_ALREADY);
	assert_int_equal(edit_look(seen, DOCUMENT_FORM_UNSET, (enum card_theme)CARD_THEME_END),
		REFUSAL_INVALID);
}

static void a_message_reaches_whom_it_is_for(void **state)
{
	struct seen *seen = *state;
	struct cmd_message_send *send;
	struct wire_site_desired told;

	send = &stage_begin(seen->stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send;
	strcpy(send->text, "for b");
	send->has_site = true;
	strcpy(send->site, "b");
	assert_int_equal(stage_give(seen->stage), 0);
	seen_site(seen, "b", &told);
	assert_string_equal(told.message, "for b");
	seen_site(seen, "c", &told);
	assert_false(told.has_message);
	send = &stage_begin(seen->stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send;
	strcpy(send->text, "among ourselves");
	send->has_audience = true;
	send->audience = MESSAGE_AUDIENCE_STAFF;
	assert_int_equal(stage_give(seen->stage), 0);
	seen_site(seen, "b", &told);
	assert_string_equal(told.message, "for b"); /* no hall is shown the inner line */
	seen_site(seen, "c", &told);
	assert_false(told.has_message);
}

static const struct told_turn *told_turn_of(const struct wire_site_desired *told, uint32_t number)
{
	for (size_t i = 0; i < told->n_turns; i++) {
		if (told->turns[i].site == number) {
			return &told->turns[i];
		}
	}
	return NULL;
}

static void a_site_is_told_the_programme_and_its_place_in_the_list(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;
	bool active = false;

	assert_int_equal(stage_op(seen->stage, CMD_FLOOR_TAKE, "a1"), 0);
	seen_site(seen, "b", &told);
	for (size_t i = 0; i < told.n_items; i++) {
		active = active ||
			 (told.items[i].state == ITEM_STATE_ACTIVE && told.items[i].has_start);
	}
	assert_true(active);
	assert_int_equal(told.turns[0].site, 2);
	assert_int_equal(told.turns[0].state, TURN_STATE_ON_AIR);
	assert_non_null(told_turn_of(&told, 3));
	assert_true(told_turn_of(&told, 3)->has_expected);
	assert_true(told.has_ahead);
	assert_int_equal(told.ahead, 1);
	seen_site(seen, "a", &told);
	assert_false(told.has_ahead);
}

/* It goes to thousands of sites. */
static void what_a_site_is_told_is_short(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	seen_site(seen, "b", &told);
	char *json = seen_json(&msg_wire_site_desired, &told);
	assert_in_range(strlen(json), 100, 4096);
	msg_free(json);
}

/* What is unread is counted, and a notice stays until it was acknowledged, whatever comes after. */
static void what_was_read_is_told(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	struct cmd_message_send *send =
		&stage_begin(seen->stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send;
	strcpy(send->text, "notice");
	send->has_acknowledge = send->acknowledge = true;
	assert_int_equal(stage_give(seen->stage), 0);
	uint64_t notice = (uint64_t)mtg_last_seq(seen->stage->meeting);
	for (int i = 0; i < WIRE_SITE_DESIRED_MESSAGES_MAX; i++) {
		send = &stage_begin(seen->stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send;
		strcpy(send->text, "later");
		assert_int_equal(stage_give(seen->stage), 0);
	}
	strcpy(stage_begin(seen->stage, ROLE_SITE, CMD_MESSAGE_SEND)->message_send.text, "ours");
	stage_by_site(seen->stage, "b");
	assert_int_equal(stage_give(seen->stage), 0);
	seen_site(seen, "b", &told);
	assert_int_equal(told.unread, WIRE_SITE_DESIRED_MESSAGES_MAX + 1);
	assert_true(told.has_notice);
	assert_string_equal(told.notice.text, "notice");
	assert_int_equal(told.n_written, 1);
	assert_string_equal(told.written[0].text, "ours");
	assert_false(told.written[0].read);
	uint64_t written = told.written[0].message;
	stage_begin(seen->stage, ROLE_SITE, CMD_MESSAGE_READ)->message_read.message = notice;
	stage_by_site(seen->stage, "b");
	assert_int_equal(stage_give(seen->stage), 0);
	stage_begin(seen->stage, ROLE_OPERATOR, CMD_MESSAGE_READ)->message_read.message = written;
	assert_int_equal(stage_give(seen->stage), 0);
	seen_site(seen, "b", &told);
	assert_false(told.has_notice);
	assert_int_equal(told.unread, WIRE_SITE_DESIRED_MESSAGES_MAX);
	assert_true(told.written[0].read);
	seen_site(seen, "a", &told);
	assert_true(told.has_notice);
	assert_false(told.has_written);
}

static void the_last_messages_are_told_with_their_time(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	for (size_t i = 0; i < 6; i++) {
		struct command *c = stage_begin(seen->stage, ROLE_OPERATOR, CMD_MESSAGE_SEND);
		snprintf(c->message_send.text, sizeof(c->message_send.text), "tin %zu", i);
		assert_int_equal(stage_give(seen->stage), 0);
	}
	seen_site(seen, "c", &told);
	assert_int_equal(told.n_messages, WIRE_SITE_DESIRED_MESSAGES_MAX);
	assert_string_equal(told.messages[0].text, "tin 5");
	assert_string_equal(told.messages[1].text, "tin 4");
	assert_string_equal(told.message, "tin 5");
}

static void a_site_is_told_what_it_signed(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	seen_site(seen, "c", &told);
	assert_true(told.has_registered && told.has_seated);
	assert_false(told.registered || told.seated);
	struct command *c = stage_begin(seen->stage, ROLE_OPERATOR, CMD_SITE_SIGN);
	strcpy(c->site_sign.site, "c");
	c->site_sign.step = READINESS_STEP_SEATED;
	c->site_sign.done = true;
	assert_int_equal(stage_give(seen->stage), 0);
	seen_site(seen, "c", &told);
	assert_true(told.seated && !told.registered);
	seen_site(seen, "b", &told);
	assert_false(told.seated);
}

static void a_number_that_is_no_site_is_told_nothing(void **state)
{
	static const struct wire_site_desired nothing;
	struct seen *seen = *state;
	struct wire_site_desired told;

	view_derived_take(seen->derived, seen->stage->meeting, seen->stage->now);
	memset(&told, 1, sizeof(told));
	view_site_desired(seen->derived, 77, seen->media_keys, &told);
	assert_memory_equal(&told, &nothing, sizeof(told));
}

/* What holds for a site in every state of a meeting. */
static void judge_site(const struct wire_relay_desired *relay, const struct wire_site_desired *told)
{
	const struct wire_relay_site *routed = seen_relay_site(relay, told->number);

	assert_non_null(routed);
	assert_int_equal(routed->n_receive, told->n_receive);
	for (size_t i = 0; i < told->n_receive; i++) {
		assert_int_equal(routed->receive[i], told->receive[i]);
		assert_int_not_equal(seen_fed(relay, told->receive[i]), told->number);
	}
	for (size_t i = 0; i < told->scene.n_panes; i++) {
		const struct wire_scene_pane *pane = &told->scene.panes[i];

		assert_int_not_equal(pane->site, told->number);
		assert_true(seen_receives(told, pane->slot));
		assert_int_equal(seen_fed(relay, pane->slot), pane->site);
	}
	assert_int_equal(told->has_relay, !routed->barred);
	assert_true(!routed->barred || told->n_receive == 0);
}

static bool hears(const struct wire_site_desired *told)
{
	return seen_receives(told, SLOT_VOICE0) || seen_receives(told, SLOT_VOICE1) ||
	       seen_receives(told, SLOT_VOICE2) || seen_receives(told, SLOT_VOICE3);
}

static void assert_slate(const struct wire_site_desired *told)
{
	assert_int_equal(told->scene.layout, LAYOUT_SLATE);
	assert_int_equal(told->scene.n_panes, 0);
	assert_false(seen_receives(told, SLOT_RETURN) || seen_receives(told, SLOT_CONTENT));
}

static void before_the_opening_nobody_is_heard_unless_called(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	seen_site(seen, "b", &told);
	assert_false(hears(&told) || told.uplink.voice || told.has_talkback);
	seen_site(seen, "hn", &told);
	assert_false(hears(&told) || told.uplink.voice || told.has_talkback);
}

static void the_venue_speaks_to_all(void **state)
{
	static const char *const others[] = {"a", "b", "c", "d"};
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_talkback(seen->stage, NULL, false), 0);
	for (size_t i = 0; i < 4; i++) {
		seen_site(seen, others[i], &told);
		assert_true(
			seen_receives(&told, SLOT_VOICE0) && seen_receives(&told, SLOT_PROGRAM));
		assert_false(told.uplink.voice || told.heard);
		assert_slate(&told);
		assert_int_equal(told.talkback.part, TALKBACK_PART_LISTENER);
		assert_false(told.talkback.has_name || told.talkback.private);
	}
	seen_site(seen, "hn", &told);
	assert_true(told.uplink.voice && told.heard);
	assert_false(hears(&told));
	assert_int_equal(told.talkback.part, TALKBACK_PART_VENUE);
	assert_int_equal(told.tally, TALLY_OFF);
}

static void a_called_site_is_heard_by_all_and_seen_by_the_venue(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;
	struct wire_relay_desired relay;

	assert_int_equal(stage_talkback(seen->stage, "b", false), 0);
	seen_relay(seen, &relay);
	assert_int_equal(seen_fed(&relay, SLOT_VOICE0), 1);
	assert_int_equal(seen_fed(&relay, SLOT_VOICE1), 3);
	assert_int_equal(seen_fed(&relay, SLOT_PROGRAM), 3);
	assert_int_equal(seen_fed(&relay, SLOT_RETURN), 1);
	seen_site(seen, "b", &told);
	assert_int_equal(told.talkback.part, TALKBACK_PART_CALLED);
	assert_true(told.heard && told.uplink.voice && !told.seen);
	assert_int_equal(told.uplink.camera, UPLINK_LEVEL_FULL);
	assert_true(seen_receives(&told, SLOT_VOICE0) && !seen_receives(&told, SLOT_VOICE1));
	assert_true(seen_receives(&told, SLOT_RETURN) && !seen_receives(&told, SLOT_PROGRAM));
	assert_int_equal(told.scene.panes[0].slot, SLOT_RETURN);
	seen_site(seen, "hn", &told);
	assert_true(seen_receives(&told, SLOT_VOICE1) && seen_receives(&told, SLOT_PROGRAM));
	assert_int_equal(told.scene.panes[0].site, 3);
	assert_string_equal(told.talkback.name, "b");
	assert_int_equal(told.uplink.camera, UPLINK_LEVEL_FULL);
	seen_site(seen, "c", &told);
	assert_true(seen_receives(&told, SLOT_VOICE0) && seen_receives(&told, SLOT_VOICE1));
	assert_false(seen_receives(&told, SLOT_PROGRAM));
	assert_slate(&told);
	assert_string_equal(told.talkback.name, "b");
	assert_int_equal(told.talkback.part, TALKBACK_PART_LISTENER);
}

static void a_private_talk_reaches_nobody_else(void **state)
{
	static const char *const others[] = {"a", "c", "d"};
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_talkback(seen->stage, "b", true), 0);
	for (size_t i = 0; i < 3; i++) {
		seen_site(seen, others[i], &told);
		assert_false(hears(&told) || told.has_talkback || told.uplink.voice);
		assert_int_equal(told.n_receive, 0);
		assert_slate(&told);
	}
	seen_site(seen, "b", &told);
	assert_true(seen_receives(&told, SLOT_VOICE0) && told.talkback.private);
	seen_site(seen, "hn", &told);
	assert_true(seen_receives(&told, SLOT_VOICE1) && told.talkback.private);
}

static void a_scene_set_by_hand_goes_before_the_call(void **state)
{
	struct seen *seen = *state;
	struct cmd_scene_override *in =
		&stage_begin(seen->stage, ROLE_OPERATOR, CMD_SCENE_OVERRIDE)->scene_override;
	struct wire_site_desired told;

	in->layout = LAYOUT_SOLO;
	in->n_panes = 1;
	strcpy(in->panes[0].site, "hn");
	in->panes[0].source = SOURCE_NAME_CAMERA;
	assert_int_equal(stage_give(seen->stage), 0);
	assert_int_equal(stage_talkback(seen->stage, "b", false), 0);
	seen_site(seen, "c", &told);
	assert_int_equal(told.scene.panes[0].site, 1);
	assert_true(hears(&told));
	seen_site(seen, "b", &told);
	assert_int_equal(told.scene.panes[0].site, 1);
	assert_int_equal(told.uplink.camera, UPLINK_LEVEL_PREVIEW);
	assert_true(told.uplink.voice);
}

static void a_barred_site_hears_no_talkback(void **state)
{
	struct seen *seen = *state;
	struct wire_site_desired told;

	assert_int_equal(stage_bar(seen->stage, "c", true), 0);
	assert_int_equal(stage_talkback(seen->stage, NULL, false), 0);
	seen_site(seen, "c", &told);
	assert_false(hears(&told) || told.has_talkback);
}

/* Voices go to the two who speak alone, whatever else is done. */
static void judge_private(const struct seen *seen, const struct wire_site_desired *told)
{
	const struct talkback *talkback = mtg_talkback(seen->stage->meeting);

	if (!talkback->private) {
		return;
	}
	const struct site *called = mtg_site(seen->stage->meeting, talkback->site);
	if (told->number != called->number &&
		told->number != mtg_site(seen->stage->meeting, mtg_main_venue(seen->stage->meeting))
					->number) {
		assert_false(hears(told));
	}
}

static void whatever_happens_nobody_is_sent_himself(void **state)
{
	struct seen *seen = *state;
	struct random_commands random = {.state = 20220715};
	struct wire_relay_desired relay;
	struct wire_site_desired told;

	for (int i = 0; i < 4000; i++) {
		stage_sleep(seen->stage, random_number(&random, 900));
		random_command(&random, seen->stage->meeting, &seen->stage->command);
		seen_complete(&seen->stage->command.body);
		stage_give(seen->stage);
		if (i % 8 != 0) {
			continue;
		}
		msg_arena_reset(&seen->arena);
		seen_relay(seen, &relay);
		for (size_t s = 0; s < mtg_site_count(seen->stage->meeting); s++) {
			const struct site *site = mtg_site(seen->stage->meeting, (int)s);

			if (!site->removed) {
				seen_site(seen, site->id, &told);
				judge_site(&relay, &told);
				judge_private(seen, &told);
			}
		}
	}
}

#define GATHERED(test) cmocka_unit_test_setup_teardown(test, gather, strike)
#define STAGED(test) cmocka_unit_test_setup_teardown(test, raise, strike)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(a_speaker_sees_the_venue_and_not_itself),
		STAGED(the_others_see_the_speaker),
		STAGED(the_lower_third_on_the_air_is_put_right),
		STAGED(who_receives_poorly_gets_the_small_picture),
		STAGED(the_relay_is_told_what_feeds_which_slot),
		STAGED(the_venue_speaks_without_hearing_itself),
		STAGED(content_goes_to_all_but_its_owner),
		STAGED(who_shows_content_while_another_speaks_sees_the_venue),
		STAGED(the_theme_is_told_where_it_is_not_the_first),
		STAGED(the_act_that_is_shown_is_told_to_all),
		STAGED(a_pause_and_the_bell_are_told_to_all),
		STAGED(a_turn_by_telephone_is_heard_from_elsewhere),
		STAGED(a_barred_site_learns_no_secret),
		STAGED(a_removed_site_is_cut_off),
		STAGED(another_main_venue_is_the_return),
		STAGED(people_are_shown_no_key),
		STAGED(a_key_for_another_relay_is_not_handed_on),
		STAGED(a_key_made_for_one_relay_is_not_taken_for_another),
		STAGED(a_key_goes_with_the_join_file_it_came_by),
		STAGED(the_relays_join_file_takes_all_keys_along),
		STAGED(a_title_line_names_the_place),
		STAGED(who_chair_together_are_told),
		cmocka_unit_test(a_title_line_that_grows_is_cut),
		STAGED(a_message_reaches_whom_it_is_for),
		STAGED(a_site_is_told_the_programme_and_its_place_in_the_list),
		STAGED(what_a_site_is_told_is_short),
		STAGED(what_was_read_is_told),
		STAGED(the_last_messages_are_told_with_their_time),
		STAGED(a_site_is_told_what_it_signed),
		STAGED(a_number_that_is_no_site_is_told_nothing),
		GATHERED(before_the_opening_nobody_is_heard_unless_called),
		GATHERED(the_venue_speaks_to_all),
		GATHERED(a_called_site_is_heard_by_all_and_seen_by_the_venue),
		GATHERED(a_private_talk_reaches_nobody_else),
		GATHERED(a_scene_set_by_hand_goes_before_the_call),
		GATHERED(a_barred_site_hears_no_talkback),
		STAGED(whatever_happens_nobody_is_sent_himself),
		GATHERED(whatever_happens_nobody_is_sent_himself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
