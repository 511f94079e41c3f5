/*
 * Every role x every command x own and foreign object, made from the tables of the codec and judged
 * by the table in docs/meeting.md, so that a new command is tried without a line here.
 *
 * Each order is whole and sound, and the meeting is one where it makes sense: whoever is refused
 * with `forbidden` is refused for who he is.
 */
#include <stdio.h>
#include <string.h>

#include "proto/codec/codec.h"
#include "tests/unit/meeting/page.h"
#include "tests/unit/meeting/stage.h"

static struct page_table table;

/* Whose things an order names. */
struct subject {
	const char *site;
	const char *turn;
};

static const struct subject own = {"a", "a1"};
static const struct subject foreign = {"b", "b1"};

static void fill(const struct msg_type *type, char *value, const struct subject *subject);

/* The first of some texts that the schema takes. */
static void fill_text(const struct msg_type *type, char *value, const struct subject *subject)
{
	const char *const texts[] = {type == &msg_site_id   ? subject->site
				     : type == &msg_turn_id ? subject->turn
							    : "talks",
		"T", "0123456789abcdef0123456789abcdef",
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int64_t length = (int64_t)strlen(texts[i]);

		if (length >= type->min && length <= type->max &&
			(!type->check || type->check(texts[i]))) {
			strcpy(value, texts[i]);
			return;
		}
	}
	fail_msg("no text for %s", type->name);
}

static void fill_number(const struct msg_type *type, char *value)
{
	int64_t number = type->min > 1 ? type->min : type->max < 1 ? type->max : 1;
	int32_t narrow = (int32_t)number;

	if (type->size == sizeof(narrow)) {
		memcpy(value, &narrow, sizeof(narrow));
	} else {
		memcpy(value, &number, sizeof(number));
	}
}

/* Optional members are left out, but for a site: an object that may be foreign. */
static void fill_struct(const struct msg_type *type, char *value, const struct subject *subject)
{
	const bool present = true;

	for (size_t i = 0; i < type->n_fields; i++) {
		const struct msg_field *field = &type->fields[i];

		if (field->type->kind == MSG_ARRAY ||
			(field->presence != MSG_REQUIRED && field->type != &msg_site_id)) {
			continue;
		}
		if (field->presence != MSG_REQUIRED) {
			memcpy(value + field->presence, &present, sizeof(present));
		}
		fill(field->type, value + field->offset, subject);
	}
}

static void fill(const struct msg_type *type, char *value, const struct subject *subject)
{
	const bool yes = true;
	const int first_word = 1;

	if (type->kind == MSG_STRING) {
		fill_text(type, value, subject);
	} else if (type->kind == MSG_INTEGER) {
		fill_number(type, value);
	} else if (type->kind == MSG_BOOLEAN) {
		memcpy(value, &yes, sizeof(yes));
	} else if (type->kind == MSG_ENUM) {
		memcpy(value, &first_word, sizeof(first_word));
	} else if (type->kind == MSG_STRUCT) {
		fill_struct(type, value, subject);
	}
}

static void make(
	struct stage *stage, enum role role, enum command_name name, const struct subject *subject)
{
	struct command *command = stage_begin(stage, role, name);
	char *json;
	size_t length;

	if (role == ROLE_SITE) {
		stage_by_site(stage, own.site);
	}
	for (size_t i = 0; i < msg_command.n_fields; i++) {
		const struct msg_field *field = &msg_command.fields[i];

		if (field->type->kind == MSG_CHOICE) {
			fill(field->type->arms[name - 1], (char *)command + field->offset, subject);
		}
	}
	/* What the door would not let in proves nothing. */
	assert_int_equal(msg_encode(&msg_command, command, &json, &length), 0);
	msg_free(json);
}

/* Whether an order names a site or a turn at all. */
static bool has_object(enum command_name name)
{
	struct command a, b;

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	for (size_t i = 0; i < msg_command.n_fields; i++) {
		const struct msg_field *field = &msg_command.fields[i];

		if (field->type->kind == MSG_CHOICE) {
			fill(field->type->arms[name - 1], (char *)&a + field->offset, &own);
			fill(field->type->arms[name - 1], (char *)&b + field->offset, &foreign);
		}
	}
	return memcmp(&a, &b, sizeof(a)) != 0;
}

static bool may(enum role role, enum command_name name, bool is_own)
{
	const char *cell = page_cell(&table, msg_enum_name(&msg_command_name, (int)name),
		msg_enum_name(&msg_role, (int)role));

	return strcmp(cell, "yes") == 0 || (strcmp(cell, "own") == 0 && is_own);
}

static void try_one(struct stage *stage, enum role role, enum command_name name, bool is_own)
{
	int64_t before = mtg_last_seq(stage->meeting);
	int r;

	make(stage, role, name, is_own ? &own : &foreign);
	r = mtg_decide(stage->meeting, &stage->command, stage->now, &stage->batch);
	if ((r == REFUSAL_FORBIDDEN) == may(role, name, is_own)) {
		fail_msg("%s by %s on %s: %s", msg_enum_name(&msg_command_name, (int)name),
			msg_enum_name(&msg_role, (int)role), is_own ? "its own" : "another's",
			r == 0 ? "done" : msg_enum_name(&msg_refusal, r));
	}
	assert_true(r == 0 || stage->batch.n == 0);
	assert_int_equal(mtg_last_seq(stage->meeting), before);
	for (size_t i = 0; i < stage->batch.n; i++) {
		assert_int_equal(stage->batch.records[i].by.role, role);
		assert_int_equal(stage->batch.records[i].by.has_site, role == ROLE_SITE);
	}
}

static size_t try_all(struct stage *stage)
{
	size_t n = 0;

	for (int name = CMD_UNSET + 1; name < CMD_END; name++) {
		for (int role = ROLE_UNSET + 1; role < ROLE_END; role++) {
			try_one(stage, (enum role)role, (enum command_name)name, true);
			n++;
			if (has_object((enum command_name)name)) {
				try_one(stage, (enum role)role, (enum command_name)name, false);
				n++;
			}
		}
	}
	return n;
}

/* The site's own turn is on air, so that it may show its content; another's is cued. */
static void every_role_command_and_object(void **state)
{
	struct stage *stage = stage_create();
	size_t n;

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(stage_op(stage, CMD_FLOOR_TAKE, own.turn), 0);
	assert_int_equal(stage_op(stage, CMD_TURN_CUE, foreign.turn), 0);
	stage_sleep(stage, 2000);
	n = try_all(stage);
	print_message("%zu orders: %d commands x %d roles x own and foreign objects\n", n,
		CMD_END - 1, ROLE_END - 1);
	assert_true(n > (size_t)(CMD_END - 1) * (ROLE_END - 1));
	stage_destroy(stage);
}

/* Who may not, may not in any state of the meeting; before it there is nothing of one's own. */
static void nobody_gains_a_right_by_the_state(void **state)
{
	(void)state;
	for (int step = 0; step < 4; step++) {
		struct stage *stage = stage_create();

		if (step == 0) {
			stage_rehearse(stage);
		} else if (step == 1) {
			stage_assemble(stage);
		} else {
			stage_go_live(stage);
		}
		if (step == 3) {
			assert_int_equal(stage_op(stage, CMD_MEETING_CLOSE, NULL), 0);
		}
		for (int name = CMD_UNSET + 1; name < CMD_END; name++) {
			for (int role = ROLE_UNSET + 1; role < ROLE_END; role++) {
				if (may((enum role)role, (enum command_name)name, true)) {
					continue;
				}
				make(stage, (enum role)role, (enum command_name)name, &own);
				assert_int_equal(stage_give(stage), REFUSAL_FORBIDDEN);
			}
		}
		stage_destroy(stage);
	}
}

/* A person's right is not helped by a site beside his name, nor a site's by an account. */
static void a_borrowed_name_is_no_right(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	for (int name = CMD_UNSET + 1; name < CMD_END; name++) {
		for (int role = ROLE_UNSET + 1; role < ROLE_END; role++) {
			if (may((enum role)role, (enum command_name)name, false)) {
				continue;
			}
			make(stage, (enum role)role, (enum command_name)name, &foreign);
			if (!has_object((enum command_name)name) && role == ROLE_SITE &&
				may(ROLE_SITE, (enum command_name)name, true)) {
				continue;
			}
			stage->command.by.has_account = true;
			strcpy(stage->command.by.account, "dieu-hanh");
			stage->command.by.has_site = true;
			strcpy(stage->command.by.site, role == ROLE_SITE ? own.site : foreign.site);
			assert_int_equal(stage_give(stage), REFUSAL_FORBIDDEN);
		}
	}
	stage_destroy(stage);
}

static int read_table(void **state)
{
	(void)state;
	page_read("rights", &table);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_command_and_object),
		cmocka_unit_test(nobody_gains_a_right_by_the_state),
		cmocka_unit_test(a_borrowed_name_is_no_right),
	};
	return cmocka_run_group_tests(tests, read_table, NULL);
}
