/*
 * The codec with hand-picked documents. Cases that follow mechanically from the schema (each member
 * missing, each bound exceeded ...) are tested with generated examples in tests/rules.
 */
#include "proto/codec/codec.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "wire_msg.h"

struct refused {
	const struct msg_type *type;
	const char *json;
	enum msg_code code;
	const char *path;
};

static int decode(const struct msg_type *type, const char *json, void *out)
{
	return msg_decode(type, json, strlen(json), NULL, out, NULL);
}

static void assert_refused(const struct refused *expected)
{
	static struct wire_message out;
	struct msg_arena arena = {0};
	struct msg_error error = {0};
	int r = msg_decode(
		expected->type, expected->json, strlen(expected->json), &arena, &out, &error);

	if (r != (int)expected->code || strcmp(error.path, expected->path) != 0) {
		print_error("%s\n -> %s at \"%s\": %s\n", expected->json, msg_code_word(error.code),
			error.path, error.text);
	}
	assert_int_equal(r, expected->code);
	assert_int_equal(error.code, expected->code);
	assert_string_equal(error.path, expected->path);
	assert_true(error.text[0] != '\0');
	msg_arena_finish(&arena);
}

static void refuses_with_code_and_path(void **state)
{
	static const struct refused cases[] = {
		{&msg_command, "", MSG_NOT_JSON, ""},
		{&msg_command, "null", MSG_NOT_JSON, ""},
		{&msg_command, "[]", MSG_WRONG_TYPE, ""},
		{&msg_command, "{}", MSG_MISSING, "/name"},
		{&msg_command, "{\"name\":\"tick\"}", MSG_MISSING, "/args"},
		{&msg_command, "{\"name\":\"tick\",\"args\":{}} x", MSG_NOT_JSON, ""},
		{&msg_command, "\xef\xbb\xbf{\"name\":\"tick\",\"args\":{}}", MSG_NOT_JSON, ""},
		{&msg_command, "{\"name\":\"tick\",\"args\":[]}", MSG_WRONG_TYPE, "/args"},
		{&msg_command, "{\"name\":\"tick\",\"args\":{\"a\":1}}", MSG_UNKNOWN, "/args/a"},
		{&msg_command, "{\"name\":\"tock\",\"args\":{}}", MSG_UNKNOWN_WORD, "/name"},
		{&msg_command, "{\"name\":\"tick\",\"name\":\"tick\",\"args\":{}}", MSG_NOT_JSON,
			""},
		{&msg_command, "{\"name\":\"floor.take\",\"args\":{\"turn\":\"A\"}}",
			MSG_WRONG_FORM, "/args/turn"},
		{&msg_command, "{\"name\":\"floor.take\",\"args\":{\"turn\":null}}", MSG_WRONG_TYPE,
			"/args/turn"},
		{&msg_wire_message, "{\"type\":\"ping\",\"t\":1.0}", MSG_WRONG_TYPE, "/t"},
		{&msg_wire_message, "{\"type\":\"ping\",\"t\":1e2}", MSG_WRONG_TYPE, "/t"},
		{&msg_wire_message, "{\"type\":\"ping\",\"t\":-1}", MSG_OUT_OF_RANGE, "/t"},
		{&msg_wire_message, "{\"type\":\"ping\",\"t\":9007199254740992}", MSG_OUT_OF_RANGE,
			"/t"},
		{&msg_wire_message, "{\"type\":\"ping\",\"t\":9223372036854775808}", MSG_NOT_JSON,
			""},
		{&msg_wire_message, "{\"type\":\"ping\",\"t\":true}", MSG_WRONG_TYPE, "/t"},
		{&msg_wire_message, "{\"t\":1}", MSG_MISSING, "/type"},
		{&msg_wire_message, "{\"type\":7,\"t\":1}", MSG_WRONG_TYPE, "/type"},
		{&msg_wire_message, "{\"type\":\"ping\",\"t\":1,\"\\u001b[31m\\\"\":1}",
			MSG_UNKNOWN, "/?[31m?"},
		{&msg_wire_message,
			"{\"type\":\"telemetry\",\"sites\":[{\"site\":\"a\",\"level_dbfs\":0},"
			"{\"site\":\"b\",\"level_dbfs\":1}]}",
			MSG_OUT_OF_RANGE, "/sites/1/level_dbfs"},
		{&msg_wire_message, "[[[[[[[[[[[[[[[[[", MSG_TOO_DEEP, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_refused(&cases[i]);
	}
}

static void refuses_bytes_that_are_no_text(void **state)
{
	static const char *const texts[] = {
		"\\u0000", /* NUL */
		"a\\u0000b", "\\ud800", /* lone surrogate */
		"\\udc00\\ud800", "\xc0\x80", /* overlong NUL */
		"\xed\xa0\x80", /* surrogate in UTF-8 */
		"\xf4\x90\x80\x80", /* beyond U+10FFFF */
		"\xff", "\xe1\xba", /* cut short */
		"\n", /* control characters must be escaped */
	};
	char json[128];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		snprintf(json, sizeof(json), "{\"site\":\"a\",\"text\":\"%s\"}", texts[i]);
		assert_refused(&(struct refused){&msg_cmd_message_send, json, MSG_NOT_JSON, ""});
	}
}

static void refuses_size_before_reading(void **state)
{
	(void)state;
	struct msg_error error;
	struct wire_ping ping;
	assert_int_equal(
		msg_decode(&msg_wire_ping, "{}", (size_t)MSG_BYTES_MAX + 1, NULL, &ping, &error),
		MSG_TOO_LARGE);
	assert_string_equal(msg_code_word(error.code), "too_large");
}

/* A name has at most 120 characters, whatever their bytes. */
static void counts_code_points(void **state)
{
	static const char *const letters[] = {"a", "à", "ộ", "\xf0\x9d\x84\x9e"};
	char json[4 * (NAME_CHARS + 1) + 64];
	struct wire_lower_third caption;

	(void)state;
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		strcpy(json, "{\"unit\":\"x\",\"name\":\"");
		for (int n = 0; n < NAME_CHARS; n++) {
			strcat(json, letters[i]);
		}
		strcat(json, "\"}");
		assert_int_equal(decode(&msg_wire_lower_third, json, &caption), 0);
		assert_int_equal(strlen(caption.name), NAME_CHARS * strlen(letters[i]));
		strcpy(json + strlen(json) - 2, letters[i]);
		strcat(json, "\"}");
		assert_int_equal(decode(&msg_wire_lower_third, json, &caption), MSG_WRONG_LENGTH);
	}
}

static void tells_absent_from_zero(void **state)
{
	(void)state;
	struct wire_command command;
	assert_int_equal(decode(&msg_wire_command,
				 "{\"type\":\"command\",\"id\":\"1\",\"expect\":0,"
				 "\"name\":\"tick\",\"args\":{}}",
				 &command),
		0);
	assert_true(command.has_expect);
	assert_int_equal(command.expect, 0);
	assert_int_equal(
		decode(&msg_wire_command,
			"{\"type\":\"command\",\"id\":\"1\",\"name\":\"tick\",\"args\":{}}",
			&command),
		0);
	assert_false(command.has_expect);
}

static void decodes_the_body_its_name_chooses(void **state)
{
	(void)state;
	struct command command;
	assert_int_equal(decode(&msg_command,
				 "{\"args\":{\"turn\":\"t-9\"},\"name\":\"floor.take\"}", &command),
		0);
	assert_int_equal(command.name, CMD_FLOOR_TAKE);
	assert_string_equal(command.floor_take.turn, "t-9");
}

static void zeroes_what_it_refuses(void **state)
{
	static const struct command zero;

	(void)state;
	struct command command;
	memset(&command, 0xa5, sizeof(command));
	assert_int_equal(
		decode(&msg_command,
			"{\"name\":\"turn.withdraw\",\"args\":{\"turn\":\"t\",\"reason\":1}}",
			&command),
		MSG_WRONG_TYPE);
	assert_memory_equal(&command, &zero, sizeof(command));
}

static void keeps_long_arrays_in_the_arena(void **state)
{
	static const char json[] =
		"{\"type\":\"update\",\"seq\":1,\"at\":5,\"sites\":[],\"items\":[],"
		"\"lists\":[{\"list\":\"a\",\"title\":\"A\"},{\"list\":\"b\",\"title\":\"B\"}],"
		"\"turns\":[],\"alarms\":[],\"cleared\":[7,8,9],\"messages\":[],"
		"\"turn_order\":[\"t-2\",\"t-1\"]}";
	static struct wire_message message;

	(void)state;
	struct msg_arena arena = {0};
	assert_int_equal(
		msg_decode(&msg_wire_message, json, sizeof(json) - 1, &arena, &message, NULL), 0);
	assert_int_equal(message.type, WIRE_UPDATE);
	assert_int_equal(message.update.n_lists, 2);
	assert_string_equal(message.update.lists[1].title, "B");
	assert_int_equal(message.update.n_cleared, 3);
	assert_int_equal(message.update.cleared[2], 9);
	assert_true(message.update.has_turn_order);
	assert_string_equal(message.update.turn_order[0], "t-2");
	assert_null(message.update.sites);
	size_t len;
	char *again;
	assert_int_equal(msg_encode(&msg_wire_message, &message, &again, &len), 0);
	assert_string_equal(again, json);
	assert_int_equal(len, sizeof(json) - 1);
	msg_free(again);
	msg_arena_finish(&arena);
}

static void escapes_what_json_must_not_carry(void **state)
{
	struct cmd_message_send sent = {.text = "a\"b\\c\n\t\x1f\x7fộ/"};

	(void)state;
	size_t len;
	char *json;
	assert_int_equal(msg_encode(&msg_cmd_message_send, &sent, &json, &len), 0);
	assert_string_equal(json, "{\"text\":\"a\\\"b\\\\c\\n\\u0009\\u001f\x7fộ/\"}");
	struct cmd_message_send back;
	assert_int_equal(decode(&msg_cmd_message_send, json, &back), 0);
	assert_string_equal(back.text, sent.text);
	msg_free(json);
}

static void encodes_integers_to_their_ends(void **state)
{
	static const int64_t ends[] = {-9007199254740991, -1, 0, 10, 9007199254740991};
	char expected[64];
	size_t len;
	char *json;

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct cmd_item_extend extend = {.item = "i", .by = {ends[i]}};

		snprintf(expected, sizeof(expected), "{\"item\":\"i\",\"by\":%lld}",
			(long long)ends[i]);
		assert_int_equal(msg_encode(&msg_cmd_item_extend, &extend, &json, &len), 0);
		assert_string_equal(json, expected);
		msg_free(json);
	}
}

static void assert_unfit(const struct msg_type *type, const void *in)
{
	struct msg_text text = {0};

	assert_int_equal(msg_text_reserve(&text, 3), 0);
	assert_int_equal(msg_append(type, in, &text), -EINVAL);
	assert_int_equal(text.len, 3);
	msg_text_finish(&text);
}

static void refuses_to_encode_what_breaks_the_schema(void **state)
{
	struct wire_site_report counted = {.n_signs = 1};

	(void)state;
	struct cmd_message_send unterminated;
	memset(&unterminated, 'a', sizeof(unterminated));
	unterminated.has_site = false;
	assert_unfit(&msg_cmd_message_send, &unterminated);
	assert_unfit(&msg_cmd_message_send, &(struct cmd_message_send){.text = ""});
	assert_unfit(&msg_cmd_message_send, &(struct cmd_message_send){.text = "\xe1\xba"});
	assert_unfit(&msg_command, &(struct command){.name = CMD_UNSET});
	assert_unfit(&msg_command, &(struct command){.name = (enum command_name)CMD_END});
	assert_unfit(&msg_command, &(struct command){.name = CMD_FLOOR_TAKE});
	assert_unfit(&msg_wire_ping, &(struct wire_ping){.t = 9007199254740992});
	assert_unfit(&msg_cmd_site_media, &(struct cmd_site_media){.site = "a"});
	assert_unfit(&msg_wire_site_report, &counted);
	assert_unfit(&msg_wire_message, &(struct wire_message){.type = WIRE_UNSET});
}

struct told {
	size_t n;
	struct msg_error errors[8];
};

static void tell(void *user, const struct msg_error *error)
{
	struct told *told = user;

	assert_true(told->n < 8);
	told->errors[told->n++] = *error;
}

static void surveys_every_fault(void **state)
{
	static const char json[] = "{\"name\":\"tock\",\"type\":\"command\",\"args\":{},\"ide\":1,"
				   "\"expect\":-1}";
	static const enum msg_code codes[] = {
		MSG_MISSING, MSG_OUT_OF_RANGE, MSG_UNKNOWN_WORD, MSG_UNKNOWN};
	static const char *const paths[] = {"/id", "/expect", "/name", "/ide"};

	(void)state;
	struct wire_command command;
	struct told told = {0};
	assert_int_equal(
		msg_survey(&msg_wire_command, json, sizeof(json) - 1, NULL, &command, tell, &told),
		0);
	assert_int_equal(told.n, 4);
	for (size_t i = 0; i < told.n; i++) {
		assert_int_equal(told.errors[i].code, codes[i]);
		assert_string_equal(told.errors[i].path, paths[i]);
	}
	assert_int_equal(command.expect, 0);
}

static void names_words_and_finds_them(void **state)
{
	(void)state;
	assert_string_equal(msg_enum_name(&msg_refusal, REFUSAL_CONFLICT), "conflict");
	assert_string_equal(msg_enum_name(&msg_command_name, CMD_FLOOR_TAKE), "floor.take");
	assert_string_equal(msg_enum_name(&msg_refusal, 0), "unset");
	assert_string_equal(msg_enum_name(&msg_refusal, REFUSAL_END), "unknown");
	assert_string_equal(msg_enum_name(&msg_refusal, -1), "unknown");
	assert_int_equal(msg_enum_value(&msg_tally, "on_air"), TALLY_ON_AIR);
	assert_int_equal(msg_enum_value(&msg_tally, "On_air"), 0);
	assert_int_equal(msg_enum_value(&msg_wire_message_type, "bye"), WIRE_BYE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_with_code_and_path),
		cmocka_unit_test(refuses_bytes_that_are_no_text),
		cmocka_unit_test(refuses_size_before_reading),
		cmocka_unit_test(counts_code_points),
		cmocka_unit_test(tells_absent_from_zero),
		cmocka_unit_test(decodes_the_body_its_name_chooses),
		cmocka_unit_test(zeroes_what_it_refuses),
		cmocka_unit_test(keeps_long_arrays_in_the_arena),
		cmocka_unit_test(escapes_what_json_must_not_carry),
		cmocka_unit_test(encodes_integers_to_their_ends),
		cmocka_unit_test(refuses_to_encode_what_breaks_the_schema),
		cmocka_unit_test(surveys_every_fault),
		cmocka_unit_test(names_words_and_finds_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
