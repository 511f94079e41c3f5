/* The peer machine: handshake, limits, liveness, each by bytes and times alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bounds.h"
#include "coordinator/peers/peer.h"

#define INSTANCE "0123456789abcdef0123456789abcdef"
#define TOKEN "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static const char site_hello[] = "{\"type\":\"hello\",\"versions\":[2,1],\"role\":\"site\","
				 "\"instance\":\"" INSTANCE "\",\"site\":\"ha-noi\","
				 "\"token\":\"" TOKEN "\"}";
static const char person_hello[] = "{\"type\":\"hello\",\"versions\":[1],\"role\":\"operator\","
				   "\"instance\":\"" INSTANCE "\",\"language\":\"en\"}";
static const char take[] = "{\"type\":\"command\",\"id\":\"c1\",\"name\":\"floor.take\","
			   "\"args\":{\"turn\":\"t-1\"}}";
static const char report[] = "{\"type\":\"site_report\",\"version\":1,\"level_dbfs\":-20,"
			     "\"playing\":true,\"slots\":[]}";

static struct msg_arena arena;
static struct wire_message message;

static struct instant at(int64_t ms)
{
	return (struct instant){ms};
}

static struct peer_step say(struct peer *peer, const char *text, int64_t ms)
{
	msg_arena_reset(&arena);
	return peer_receive(peer, text, strlen(text), at(ms), &arena, &message);
}

static void admit(struct peer *peer, enum role role, bool spare)
{
	struct peer_identity identity = {.role = role, .number = 7};
	peer_open(peer, at(0));
	if (role == ROLE_SITE) {
		snprintf(identity.site, sizeof(identity.site), "ha-noi");
		assert_int_equal(say(peer, site_hello, 0).kind, PEER_HELLO);
	} else {
		snprintf(identity.account, sizeof(identity.account), "an");
		assert_int_equal(say(peer, person_hello, 0).kind, PEER_HELLO);
	}
	peer_admit(peer, &identity, spare);
}

static void a_site_is_asked_who_it_is_and_comes_in(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_SITE, false);
	assert_int_equal(peer.state, PEER_ADMITTED);
	assert_int_equal(peer.language, LANGUAGE_VI);
	assert_false(peer_is_person(&peer));
	assert_int_equal(say(&peer, report, 10).kind, PEER_REPORT);
	assert_int_equal(say(&peer, take, 10).kind, PEER_ACCEPT);
	assert_int_equal(say(&peer, "{\"type\":\"ping\",\"t\":5}", 10).kind, PEER_TIME_REQUEST);
	assert_int_equal(message.ping.t, 5);
	struct actor actor = peer_actor(&peer);
	assert_int_equal(actor.role, ROLE_SITE);
	assert_true(actor.has_site && !actor.has_account);
	assert_string_equal(actor.site, "ha-noi");
}

static void answers_are_kept_by_who_and_by_instance(void **state)
{
	(void)state;
	struct peer site, person;
	char a[PEER_CLIENT_KEY_SIZE], b[PEER_CLIENT_KEY_SIZE];
	admit(&site, ROLE_SITE, false);
	admit(&person, ROLE_OPERATOR, false);
	peer_client_key(&site, a);
	peer_client_key(&person, b);
	assert_string_equal(a, "site:ha-noi/" INSTANCE);
	assert_string_equal(b, "operator:an/" INSTANCE);
	assert_true(peer_is_person(&person));
	assert_true(peer_is_staff(&person));
	admit(&person, ROLE_VIEWER, false);
	assert_true(peer_is_person(&person));
	assert_false(peer_is_staff(&person));
	assert_false(peer_is_staff(&site));
}

static void before_hello_only_a_good_hello_is_heard(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum refusal code;
	} cases[] = {
		{"", REFUSAL_BAD_MESSAGE},
		{"{}", REFUSAL_BAD_MESSAGE},
		{take, REFUSAL_UNAUTHORISED},
		{"{\"type\":\"hello\",\"versions\":[2],\"role\":\"operator\",\"instance\":"
		 "\"" INSTANCE "\"}",
			REFUSAL_UNSUPPORTED_VERSION},
		{"{\"type\":\"hello\",\"versions\":[],\"role\":\"operator\",\"instance\":"
		 "\"" INSTANCE "\"}",
			REFUSAL_UNSUPPORTED_VERSION},
		{"{\"type\":\"hello\",\"versions\":[1],\"role\":\"system\",\"instance\":\"" INSTANCE
		 "\"}",
			REFUSAL_FORBIDDEN},
		{"{\"type\":\"hello\",\"versions\":[1],\"role\":\"site\",\"instance\":\"" INSTANCE
		 "\"}",
			REFUSAL_UNAUTHORISED},
		{"{\"type\":\"hello\",\"versions\":[1],\"role\":\"relay\",\"instance\":\"" INSTANCE
		 "\"}",
			REFUSAL_UNAUTHORISED},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct peer peer;
		peer_open(&peer, at(0));
		struct peer_step step = say(&peer, cases[i].text, 1);
		assert_int_equal(step.kind, PEER_BYE);
		assert_int_equal(step.code, cases[i].code);
	}
}

static void nobody_speaks_while_it_is_asked_who_he_is(void **state)
{
	(void)state;
	struct peer peer;
	peer_open(&peer, at(0));
	assert_int_equal(say(&peer, person_hello, 0).kind, PEER_HELLO);
	assert_int_equal(say(&peer, take, 0).kind, PEER_BYE);
}

static void a_second_hello_and_foreign_reports_are_refused(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_OPERATOR, false);
	assert_int_equal(say(&peer, person_hello, 1).kind, PEER_REFUSE);
	assert_int_equal(say(&peer, report, 1).kind, PEER_REFUSE);
	assert_int_equal(peer.offences, 2);
}

static void what_is_wrong_is_named(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_OPERATOR, false);
	struct peer_step step = say(&peer,
		"{\"type\":\"command\",\"id\":\"c\",\"name\":\"floor.take\",\"args\":{\"turn\":7}}",
		1);
	assert_int_equal(step.kind, PEER_REFUSE);
	assert_int_equal(step.code, REFUSAL_BAD_MESSAGE);
	assert_string_equal(step.field, "/args/turn");
	assert_string_equal(step.id, "c");
	step = say(
		&peer, "{\"type\":\"command\",\"id\":\"d\",\"name\":\"no.such\",\"args\":{}}", 1);
	assert_string_equal(step.id, "d");
	/* An id that is none is not sent back. */
	step = say(
		&peer, "{\"type\":\"command\",\"id\":\"\",\"name\":\"floor.take\",\"args\":{}}", 1);
	assert_int_equal(step.kind, PEER_REFUSE);
	assert_string_equal(step.id, "");
	step = say(&peer, "{\"type\":\"command\",\"id\":\"e\",", 1);
	assert_string_equal(step.id, "");
}

/* Who sends without waiting is refused by the command's own id; a site has less than an operator.
 */
static void a_refusal_for_haste_names_its_command(void **state)
{
	(void)state;
	const struct {
		enum role role;
		int burst;
	} peers[] = {{ROLE_OPERATOR, COMMANDS_BURST}, {ROLE_CHAIR, COMMANDS_BURST},
		{ROLE_SITE, 2 * MESSAGES_PER_SECOND_MAX - 1}};
	for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++) {
		struct peer peer;
		admit(&peer, peers[i].role, false);
		for (int n = 0; n < peers[i].burst; n++) {
			assert_int_equal(say(&peer, take, 1).kind, PEER_ACCEPT);
			peer_command_begins(&peer);
			peer_command_handled(&peer);
		}
		struct peer_step step = say(&peer, take, 1);
		assert_int_equal(step.kind, PEER_REFUSE);
		assert_int_equal(step.code, REFUSAL_RATE_LIMITED);
		assert_string_equal(step.id, "c1");
	}
}

/* However fast the disk is. But what was answered at once was not waited for. */
static void who_waits_for_each_answer_is_never_limited(void **state)
{
	(void)state;
	static const enum role roles[] = {ROLE_OPERATOR, ROLE_SITE};
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		struct peer peer;
		int n = 0;
		admit(&peer, roles[i], false);
		for (; n < 10 * COMMANDS_BURST; n++) {
			assert_int_equal(say(&peer, take, 1).kind, PEER_ACCEPT);
			peer_command_begins(&peer);
			peer_command_handled(&peer);
			peer_command_answered(&peer);
		}
		for (n = 0; say(&peer, take, 1).kind == PEER_ACCEPT; n++) {
			peer_command_begins(&peer);
			peer_command_answered(&peer);
			peer_command_handled(&peer);
		}
		assert_true(n <= COMMANDS_BURST);
	}
}

static void no_thumbnail_is_an_offence(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_SITE, false);
	for (int i = 1; i < PEER_OFFENCES_MAX; i++) {
		assert_int_equal(peer_bad_thumbnail(&peer, at(1)).code, REFUSAL_BAD_MESSAGE);
	}
	assert_int_equal(peer_bad_thumbnail(&peer, at(1)).kind, PEER_BYE);
}

static void whoever_keeps_offending_is_closed(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_OPERATOR, false);
	for (int i = 1; i < PEER_OFFENCES_MAX; i++) {
		assert_int_equal(say(&peer, "x", i * 100).kind, PEER_REFUSE);
	}
	assert_int_equal(say(&peer, "x", 5000).kind, PEER_BYE);
}

static void offences_are_forgotten_in_time(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_OPERATOR, false);
	for (int i = 1; i < 3 * PEER_OFFENCES_MAX; i++) {
		assert_int_equal(say(&peer, "x", i * 2000).kind, PEER_REFUSE);
	}
}

static void a_flood_is_refused_and_then_ended(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_OPERATOR, false);
	int taken = 0, refused = 0;
	struct peer_step step;
	do {
		step = say(&peer, "{\"type\":\"ping\",\"t\":1}", 1);
		taken += step.kind == PEER_TIME_REQUEST;
		refused += step.kind == PEER_REFUSE;
	} while (step.kind != PEER_BYE);
	assert_int_equal(taken, 2 * MESSAGES_PER_SECOND_MAX - 1); /* hello was one */
	assert_int_equal(refused, PEER_OFFENCES_MAX - 1);
	assert_int_equal(step.code, REFUSAL_RATE_LIMITED);
}

static void a_steady_speaker_is_never_limited(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_OPERATOR, false);
	for (int i = 1; i <= 10 * MESSAGES_PER_SECOND_MAX; i++) {
		int64_t ms = (int64_t)i * 1000 / MESSAGES_PER_SECOND_MAX;
		assert_int_equal(
			say(&peer, "{\"type\":\"ping\",\"t\":1}", ms).kind, PEER_TIME_REQUEST);
	}
}

static void sizes_are_bounded_by_role(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_OPERATOR, false);
	assert_int_equal(peer_message_max(&peer), MESSAGE_FROM_PEER_MAX);
	assert_int_equal(peer_oversized(&peer, at(1)).code, REFUSAL_TOO_LARGE);
	char *text = calloc(1, MESSAGE_FROM_PEER_MAX + 2);
	memset(text, ' ', MESSAGE_FROM_PEER_MAX + 1);
	assert_int_equal(say(&peer, text, 2).code, REFUSAL_TOO_LARGE);
	free(text);
	peer.role = ROLE_RELAY;
	assert_int_equal(peer_message_max(&peer), MESSAGE_FROM_RELAY_MAX);
	assert_int_equal(peer_bytes_max(&peer), MESSAGE_FROM_RELAY_MAX);
}

static void frames_come_from_sites_alone(void **state)
{
	(void)state;
	struct peer peer;
	peer_open(&peer, at(0));
	assert_int_equal(peer_receive_binary(&peer, 10, at(0)).kind, PEER_BYE);
	admit(&peer, ROLE_OPERATOR, false);
	assert_int_equal(peer_receive_binary(&peer, 10, at(1)).code, REFUSAL_FORBIDDEN);
	admit(&peer, ROLE_SITE, false);
	assert_int_equal(peer_receive_binary(&peer, FRAME_MAX, at(1)).kind, PEER_ACCEPT);
	assert_int_equal(peer_receive_binary(&peer, FRAME_MAX + 1, at(1)).code, REFUSAL_TOO_LARGE);
}

static void a_standby_keeps_quiet_until_promoted(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_SITE, true);
	assert_int_equal(peer.state, PEER_STANDBY);
	assert_int_equal(say(&peer, report, 1).kind, PEER_IGNORE);
	assert_int_equal(say(&peer, "{\"type\":\"ping\",\"t\":1}", 1).kind, PEER_TIME_REQUEST);
	struct peer_step step = say(&peer, take, 1);
	assert_int_equal(step.kind, PEER_REFUSE);
	assert_int_equal(step.code, REFUSAL_SPARE);
	assert_string_equal(step.id, "c1");
	peer_promote(&peer);
	assert_int_equal(say(&peer, report, 2).kind, PEER_REPORT);
}

static void whoever_leaves_is_not_heard(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_SITE, false);
	peer_leave(&peer);
	assert_int_equal(say(&peer, report, 1).kind, PEER_IGNORE);
	assert_int_equal(say(&peer, "nonsense", 1).kind, PEER_IGNORE);
	assert_int_equal(peer_oversized(&peer, at(1)).kind, PEER_IGNORE);
}

static void a_silent_peer_is_found_within_five_seconds(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_SITE, false);
	assert_int_equal(peer_due(&peer, at(PING_SPAN_MS - 1)), PEER_DUE_NOTHING);
	assert_int_equal(peer_due(&peer, at(PING_SPAN_MS)), PEER_DUE_PING);
	peer_was_pinged(&peer, at(PING_SPAN_MS));
	/* It goes on talking, but answers no ping: it has stopped reading. */
	say(&peer, report, HANGUP_SPAN_MS - 1);
	assert_int_equal(peer_due(&peer, at(HANGUP_SPAN_MS)), PEER_DUE_DEAD);
	peer_is_alive_again(&peer, at(HANGUP_SPAN_MS - 1));
	peer_was_pinged(&peer, at(HANGUP_SPAN_MS - 1));
	assert_int_equal(peer_due(&peer, at(HANGUP_SPAN_MS)), PEER_DUE_NOTHING);
	assert_true(HANGUP_SPAN_MS < 5000);
}

static void a_watcher_is_asked_less_often(void **state)
{
	(void)state;
	struct peer peer;
	admit(&peer, ROLE_VIEWER, false);
	assert_int_equal(peer_due(&peer, at(HANGUP_SPAN_MS)), PEER_DUE_NOTHING);
	assert_int_equal(peer_due(&peer, at(VIEWER_PING_SPAN_MS)), PEER_DUE_PING);
	assert_int_equal(peer_due(&peer, at(VIEWER_HANGUP_SPAN_MS)), PEER_DUE_DEAD);
}

static void a_peer_without_hello_is_late(void **state)
{
	(void)state;
	struct peer peer;
	peer_open(&peer, at(100));
	peer_is_alive_again(&peer, at(HELLO_SPAN_MS));
	peer_was_pinged(&peer, at(HELLO_SPAN_MS));
	assert_int_equal(peer_due(&peer, at(HELLO_SPAN_MS + 99)), PEER_DUE_NOTHING);
	assert_int_equal(peer_due(&peer, at(HELLO_SPAN_MS + 100)), PEER_DUE_LATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_site_is_asked_who_it_is_and_comes_in),
		cmocka_unit_test(answers_are_kept_by_who_and_by_instance),
		cmocka_unit_test(before_hello_only_a_good_hello_is_heard),
		cmocka_unit_test(nobody_speaks_while_it_is_asked_who_he_is),
		cmocka_unit_test(a_second_hello_and_foreign_reports_are_refused),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(whoever_keeps_offending_is_closed),
		cmocka_unit_test(offences_are_forgotten_in_time),
		cmocka_unit_test(a_refusal_for_haste_names_its_command),
		cmocka_unit_test(who_waits_for_each_answer_is_never_limited),
		cmocka_unit_test(no_thumbnail_is_an_offence),
		cmocka_unit_test(a_flood_is_refused_and_then_ended),
		cmocka_unit_test(a_steady_speaker_is_never_limited),
		cmocka_unit_test(sizes_are_bounded_by_role),
		cmocka_unit_test(frames_come_from_sites_alone),
		cmocka_unit_test(a_standby_keeps_quiet_until_promoted),
		cmocka_unit_test(whoever_leaves_is_not_heard),
		cmocka_unit_test(a_silent_peer_is_found_within_five_seconds),
		cmocka_unit_test(a_watcher_is_asked_less_often),
		cmocka_unit_test(a_peer_without_hello_is_late),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	msg_arena_finish(&arena);
	return failed;
}
