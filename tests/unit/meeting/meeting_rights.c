/* The tables of rights in docs/meeting.md are those of the core, and a site's own is its own. */
#include <stdio.h>
#include <string.h>

#include "proto/codec/codec.h"
#include "tests/unit/meeting/page.h"
#include "tests/unit/meeting/stage.h"

static enum right right_of(const char *cell)
{
	if (strcmp(cell, "yes") == 0) {
		return RIGHT_ALWAYS;
	}
	return strcmp(cell, "own") == 0 ? RIGHT_OWN : RIGHT_NEVER;
}

static void test_command_table(void **state)
{
	static struct page_table table;

	(void)state;
	page_read("rights", &table);
	assert_int_equal(table.n_rows, CMD_END - 1);
	assert_int_equal(table.n_columns, ROLE_END + 1); /* what is a site's own stands last */
	for (int name = 1; name < CMD_END; name++) {
		for (int role = 1; role < ROLE_END; role++) {
			const char *cell = page_cell(&table, msg_enum_name(&msg_command_name, name),
				msg_enum_name(&msg_role, role));

			assert_int_equal(mtg_right((enum role)role, (enum command_name)name),
				right_of(cell));
		}
	}
}

static void test_nobody_has_no_rights(void **state)
{
	(void)state;
	for (int name = -1; name <= CMD_END; name++) {
		assert_int_equal(mtg_right(ROLE_UNSET, (enum command_name)name), RIGHT_NEVER);
		assert_int_equal(
			mtg_right((enum role)ROLE_END, (enum command_name)name), RIGHT_NEVER);
	}
	assert_int_equal(mtg_right(ROLE_SYSTEM, CMD_UNSET), RIGHT_NEVER);
}

/* An event about site `b`, or to `b`. */
static struct event about_b(enum event_name name)
{
	struct event event;

	memset(&event, 0, sizeof(event));
	event.name = name;
	if (name == EV_MESSAGE_SENT) {
		event.message_sent.has_site = true;
		strcpy(event.message_sent.site, "b");
	} else if (name == EV_OPINION_GIVEN) {
		strcpy(event.opinion_given.site, "b");
	} else if (name == EV_OPINION_MARKED) {
		strcpy(event.opinion_marked.site, "b");
	} else if (name == EV_MESSAGE_READ) {
		strcpy(event.message_read.site, "b");
	} else if (name == EV_TALKBACK_OPENED) {
		event.talkback_opened.has_site = true;
		strcpy(event.talkback_opened.site, "b");
	} else if (name == EV_TALKBACK_CLOSED) {
		event.talkback_closed.has_site = true;
		strcpy(event.talkback_closed.site, "b");
	} else if (name == EV_VOTE_CAST) {
		strcpy(event.vote_cast.site, "b");
	} else if (name == EV_VOTE_CORRECTED) {
		strcpy(event.vote_corrected.site, "b");
	} else if (name == EV_VOTE_REPORTED) {
		event.vote_reported.has_site = true;
		strcpy(event.vote_reported.site, "b");
	} else {
		strcpy(event.site_linked.site, "b");
	}
	return event;
}

static void test_event_table(void **state)
{
	static struct page_table table;

	(void)state;
	page_read("events", &table);
	assert_int_equal(table.n_rows, EV_END - 1);
	for (int name = 1; name < EV_END; name++) {
		struct event event = about_b((enum event_name)name);

		for (int role = 1; role < ROLE_END; role++) {
			const char *cell = page_cell(&table, msg_enum_name(&msg_event_name, name),
				msg_enum_name(&msg_role, role));
			enum right right = right_of(cell);

			assert_int_equal(
				mtg_is_visible((enum role)role, "b", &event), right != RIGHT_NEVER);
			assert_int_equal(mtg_is_visible((enum role)role, "c", &event),
				right == RIGHT_ALWAYS);
		}
	}
}

static void test_message_to_all_is_seen_by_all_sites(void **state)
{
	struct event event;

	(void)state;
	memset(&event, 0, sizeof(event));
	event.name = EV_MESSAGE_SENT;
	assert_true(mtg_is_visible(ROLE_SITE, "c", &event));
	assert_false(mtg_is_visible(ROLE_VIEWER, NULL, &event));
}

/* Whatever a role may never ask is forbidden, in any state and whatever the arguments. */
static void test_forbidden_for_all_others(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	for (int name = 1; name < CMD_END; name++) {
		for (int role = 1; role < ROLE_END; role++) {
			if (mtg_right((enum role)role, (enum command_name)name) != RIGHT_NEVER) {
				continue;
			}
			stage_begin(stage, (enum role)role, (enum command_name)name);
			if (role == ROLE_SITE) {
				stage_by_site(stage, "a");
			}
			assert_int_equal(stage_give(stage), REFUSAL_FORBIDDEN);
		}
	}
	stage_begin(stage, ROLE_OPERATOR, CMD_UNSET);
	assert_int_equal(stage_give(stage), REFUSAL_BAD_MESSAGE);
	stage_destroy(stage);
}

/* Site a asks about site b. */
static void test_sites_ask_for_themselves(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(stage_op(stage, CMD_TURN_CUE, "b1"), 0);
	assert_int_equal(stage_site(stage, "a", CMD_SITE_MUTE, "b"), REFUSAL_FORBIDDEN);
	assert_int_equal(stage_site(stage, "a", CMD_SITE_SIGN, "b"), REFUSAL_FORBIDDEN);
	assert_int_equal(stage_site(stage, "a", CMD_TURN_REQUEST, "b"), REFUSAL_FORBIDDEN);
	assert_int_equal(stage_site(stage, "a", CMD_CONTENT_SHOW, "b"), REFUSAL_FORBIDDEN);
	assert_int_equal(stage_site(stage, "a", CMD_TURN_ACKNOWLEDGE, "b1"), REFUSAL_FORBIDDEN);
	assert_int_equal(stage_site(stage, "a", CMD_TURN_WITHDRAW, "b1"), REFUSAL_FORBIDDEN);
	assert_int_equal(stage_site(stage, "a", CMD_TURN_WITHDRAW, "none"), REFUSAL_NOT_FOUND);
	assert_int_equal(stage_site(stage, "b", CMD_TURN_ACKNOWLEDGE, "b1"), 0);
	assert_int_equal(stage_site(stage, "a", CMD_TURN_WITHDRAW, "a1"), 0);
	stage_destroy(stage);
}

static void test_a_site_must_be_on_the_roster(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(stage_site(stage, "nowhere", CMD_SITE_MUTE, "nowhere"), REFUSAL_FORBIDDEN);
	strcpy(stage_begin(stage, ROLE_SITE, CMD_SITE_MUTE)->site_mute.site, "a");
	assert_int_equal(stage_give(stage), REFUSAL_FORBIDDEN);
	stage_destroy(stage);
}

static int sign(struct stage *stage, const char *by, enum readiness_step step)
{
	struct cmd_site_sign *in = &stage_begin(stage, ROLE_TECHNICIAN, CMD_SITE_SIGN)->site_sign;

	if (by) {
		stage_by_site(stage, by);
	}
	strcpy(in->site, "a");
	in->step = step;
	in->done = true;
	return stage_give(stage);
}

static void test_sites_sign_what_they_can_vouch_for(void **state)
{
	struct stage *stage = stage_create();
	const struct readiness_mark *step;

	(void)state;
	stage_assemble(stage);
	assert_int_equal(sign(stage, "a", READINESS_STEP_LINE_TESTED), REFUSAL_FORBIDDEN);
	assert_int_equal(sign(stage, "a", READINESS_STEP_DOCUMENTS_IN), REFUSAL_FORBIDDEN);
	assert_int_equal(sign(stage, "a", READINESS_STEP_SEATED), 0);
	assert_int_equal(sign(stage, NULL, READINESS_STEP_SEATED), REFUSAL_ALREADY);
	assert_int_equal(sign(stage, NULL, READINESS_STEP_LINE_TESTED), 0);
	step = &mtg_site_by_id(stage->meeting, "a")->steps[READINESS_STEP_LINE_TESTED];
	assert_true(step->done);
	assert_int_equal(step->by.role, ROLE_TECHNICIAN);
	assert_int_equal(step->at.ms, stage->now.at.ms);
	stage_destroy(stage);
}

static void test_messages(void **state)
{
	struct stage *stage = stage_create();
	struct command *c;

	(void)state;
	stage_assemble(stage);
	c = stage_begin(stage, ROLE_SITE, CMD_MESSAGE_SEND);
	stage_by_site(stage, "a");
	strcpy(c->message_send.text, "Không có tiếng");
	assert_int_equal(stage_give(stage), 0);
	assert_int_equal(mtg_message(stage->meeting, 0)->site, stage_index(stage, "a"));
	c->message_send.has_site = true;
	strcpy(c->message_send.site, "b");
	assert_int_equal(stage_give(stage), REFUSAL_FORBIDDEN);
	for (int i = 0; i < MESSAGES_KEPT_MAX; i++) {
		strcpy(stage_begin(stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send.text, "x");
		assert_int_equal(stage_give(stage), 0);
	}
	assert_int_equal(mtg_message_count(stage->meeting), MESSAGES_KEPT_MAX);
	assert_int_equal(mtg_message(stage->meeting, 0)->site, MTG_NONE);
	stage_destroy(stage);
}

/* A site that writes without end pushes out what it said itself, and nothing of others. */
static void test_messages_of_one_site(void **state)
{
	struct stage *stage = stage_create();
	struct command *c;
	size_t of_a = 0;

	(void)state;
	stage_assemble(stage);
	strcpy(stage_begin(stage, ROLE_OPERATOR, CMD_MESSAGE_SEND)->message_send.text, "first");
	assert_int_equal(stage_give(stage), 0);
	for (int i = 0; i < 2 * MESSAGES_KEPT_MAX; i++) {
		stage_pass(stage, SITE_COMMAND_SPAN_MS);
		c = stage_begin(stage, ROLE_SITE, CMD_MESSAGE_SEND);
		stage_by_site(stage, i % 8 ? "a" : "b");
		snprintf(c->message_send.text, sizeof(c->message_send.text), "%d", i);
		assert_int_equal(stage_give(stage), 0);
	}
	assert_string_equal(mtg_message(stage->meeting, 0)->text, "first");
	for (size_t i = 0; i < mtg_message_count(stage->meeting); i++) {
		of_a += mtg_message(stage->meeting, i)->site == stage_index(stage, "a");
	}
	assert_int_equal(of_a, MESSAGES_PER_SITE_MAX);
	assert_int_equal(mtg_message_count(stage->meeting), 1 + 2 * MESSAGES_PER_SITE_MAX);
	assert_string_equal(
		mtg_message(stage->meeting, mtg_message_count(stage->meeting) - 1)->text, "127");
	stage_destroy(stage);
}

/* What would act upon the screens of others is refused; any language's words are not. */
static void test_a_site_writes_words(void **state)
{
	static const struct {
		const char *text;
		int refusal;
	} texts[] = {{"Cà Mau: không nghe rõ", 0}, {"تعذر السماع", 0}, {"会场 📢\t1\r\n2", 0},
		{"\x1b[2J", REFUSAL_INVALID}, {"a\x07", REFUSAL_INVALID}, {"\x7f", REFUSAL_INVALID},
		{"a\xc2\x9b", REFUSAL_INVALID}, {"gp\u202e4pm", REFUSAL_INVALID},
		{"\u2066x", REFUSAL_INVALID}, {"\u200f", REFUSAL_INVALID},
		{"\u061c", REFUSAL_INVALID}, {"\u2029", REFUSAL_INVALID},
		{"\ufeffx", REFUSAL_INVALID}};
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct command *c = stage_begin(stage, ROLE_SITE, CMD_MESSAGE_SEND);

		stage_by_site(stage, "a");
		strcpy(c->message_send.text, texts[i].text);
		assert_int_equal(stage_give(stage), texts[i].refusal);
		c = stage_begin(stage, ROLE_SITE, CMD_TURN_REQUEST);
		stage_by_site(stage, "a");
		strcpy(c->turn_request.site, "a");
		c->turn_request.has_topic = true;
		strcpy(c->turn_request.topic, texts[i].text);
		assert_int_equal(stage_give(stage), texts[i].refusal);
	}
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command_table),
		cmocka_unit_test(test_nobody_has_no_rights),
		cmocka_unit_test(test_event_table),
		cmocka_unit_test(test_message_to_all_is_seen_by_all_sites),
		cmocka_unit_test(test_forbidden_for_all_others),
		cmocka_unit_test(test_sites_ask_for_themselves),
		cmocka_unit_test(test_a_site_must_be_on_the_roster),
		cmocka_unit_test(test_sites_sign_what_they_can_vouch_for),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_messages_of_one_site),
		cmocka_unit_test(test_a_site_writes_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
