/* Orders by the tables of the codec, so that a new command is tried without a line here. */
#include "tests/fuzz/command_choice.h"

#include <stdio.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/meeting/votes.h"
#include "proto/codec/codec.h"

enum { LONG_EVERY = 16, ELEMENTS_MAX = 4 };

struct choosing {
	struct bytes *bytes;
	const struct meeting *meeting;
};

static void fill(struct choosing *c, const struct msg_type *type, void *at);

/* The id of a thing of this kind that exists; false where the type is no id or nothing is there. */
static bool existing(struct choosing *c, const struct msg_type *type, uint8_t which, char *ret)
{
	const struct meeting *m = c->meeting;
	const char *id = NULL;

	if (type == &msg_site_id && mtg_site_count(m) > 0) {
		id = mtg_site(m, (int)(which % mtg_site_count(m)))->id;
	} else if (type == &msg_item_id && mtg_item_count(m) > 0) {
		id = mtg_item(m, (int)(which % mtg_item_count(m)))->id;
	} else if (type == &msg_list_id && mtg_list_count(m) > 0) {
		id = mtg_list(m, (int)(which % mtg_list_count(m)))->id;
	} else if (type == &msg_turn_id && mtg_turn_count(m) > 0) {
		id = mtg_turn(m, (int)(which % mtg_turn_count(m)))->id;
	} else if (type == &msg_vote_id && mtg_vote_count(m) > 0) {
		id = mtg_vote(m, (int)(which % mtg_vote_count(m)))->id;
	}
	if (id) {
		strcpy(ret, id);
	}
	return id != NULL;
}

static bool fits(const struct msg_type *type, const char *text)
{
	int64_t length = (int64_t)strlen(text);

	return length >= type->min && length <= type->max && (!type->check || type->check(text));
}

/* As long as the schema lets it be, of characters of three bytes. */
static void longest(const struct msg_type *type, char *at)
{
	for (int64_t i = 0; i < type->max; i++) {
		memcpy(at + 3 * i, "\xe1\xbb\x87", 3);
	}
	at[3 * type->max] = '\0';
}

static void some_text(struct choosing *c, const struct msg_type *type, char *at)
{
	static const char *const texts[] = {"x", "Sở Y tế", "2022-07-15", "2023-02-29", "{site}",
		"<b>&", "=1+1", "A1", "0123456789abcdef0123456789abcdef",
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};
	enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };
	uint8_t which = bytes_one(c->bytes);
	char id[8];

	if (which % LONG_EVERY != 0 && existing(c, type, which, at)) {
		return;
	}
	if (!type->check && which % LONG_EVERY == 1) {
		longest(type, at);
		return;
	}
	snprintf(id, sizeof(id), "n%u", which / LONG_EVERY);
	for (unsigned i = 0; i < TEXTS; i++) {
		const char *text = type->check ? id : texts[(which + i) % TEXTS];

		text = fits(type, text) ? text : texts[(which + i) % TEXTS];
		if (fits(type, text)) {
			strcpy(at, text);
			return;
		}
	}
}

static int64_t some_number(struct choosing *c, const struct msg_type *type)
{
	uint8_t which = bytes_one(c->bytes);
	int64_t number;

	switch (which % 8) {
	case 0:
		return type->min;
	case 1:
		return type->max;
	case 2:
		number = -(int64_t)bytes_two(c->bytes) * 100;
		break;
	case 3:
	case 4:
		number = (int64_t)bytes_two(c->bytes) * 1000;
		break;
	case 5:
		number = (int64_t)mtg_floor(c->meeting)->takes;
		break;
	default:
		number = which / 8;
		break;
	}
	number = number < type->min ? type->min : number;
	return number > type->max ? type->max : number;
}

static void put_number(const struct msg_type *type, int64_t number, void *at)
{
	if (type->size == sizeof(int32_t)) {
		int32_t narrow = (int32_t)number;

		memcpy(at, &narrow, sizeof(narrow));
	} else {
		memcpy(at, &number, sizeof(number));
	}
}

static void fill_field(struct choosing *c, const struct msg_field *field, char *base)
{
	const struct msg_type *type = field->type;
	size_t n;

	if (field->presence != MSG_REQUIRED) {
		bool present = bytes_one(c->bytes) & 1;

		memcpy(base + field->presence, &present, sizeof(present));
		if (!present) {
			return;
		}
	}
	if (type->kind != MSG_ARRAY) {
		fill(c, type, base + field->offset);
		return;
	}
	n = bytes_below(c->bytes, ELEMENTS_MAX + 1);
	n = (int64_t)n < type->min ? (size_t)type->min : n;
	n = (int64_t)n > type->max ? (size_t)type->max : n;
	for (size_t i = 0; i < n; i++) {
		fill(c, type->element, base + field->offset + i * type->element->size);
	}
	memcpy(base + field->beside, &n, sizeof(n));
}

static void fill(struct choosing *c, const struct msg_type *type, void *at)
{
	bool yes;
	int word;

	if (type->kind == MSG_STRING) {
		some_text(c, type, at);
	} else if (type->kind == MSG_INTEGER) {
		put_number(type, some_number(c, type), at);
	} else if (type->kind == MSG_BOOLEAN) {
		yes = bytes_one(c->bytes) & 1;
		memcpy(at, &yes, sizeof(yes));
	} else if (type->kind == MSG_ENUM) {
		word = 1 + (int)bytes_below(c->bytes, (uint32_t)type->n_words);
		memcpy(at, &word, sizeof(word));
	}
	for (size_t i = 0; type->kind == MSG_STRUCT && i < type->n_fields; i++) {
		fill_field(c, &type->fields[i], at);
	}
}

/* The field of struct command that is chosen by its name. */
static void fill_arguments(struct choosing *c, struct command *command)
{
	for (size_t i = 0; i < msg_command.n_fields; i++) {
		const struct msg_field *field = &msg_command.fields[i];

		if (field->type->kind == MSG_CHOICE) {
			fill(c, field->type->arms[command->name - 1],
				(char *)command + field->offset);
		}
	}
}

static void some_actor(struct choosing *c, struct actor *ret)
{
	uint8_t which = bytes_one(c->bytes);

	/* Mostly who may do nearly everything, or few orders would come through. */
	ret->role = which < 96    ? ROLE_OPERATOR
		    : which < 192 ? ROLE_SYSTEM
				  : (enum role)(1 + which % (ROLE_END - 1));
	if (ret->role == ROLE_SITE) {
		ret->has_site = existing(c, &msg_site_id, which / 8, ret->site);
	} else if (ret->role != ROLE_SYSTEM && ret->role != ROLE_RELAY) {
		ret->has_account = true;
		strcpy(ret->account, "someone");
	}
}

/* As the codec would have let it in. */
static bool is_sound(const struct command *command)
{
	struct msg_text text = {0};
	bool sound = msg_append(&msg_command, command, &text) == 0;

	msg_text_finish(&text);
	return sound;
}

void command_choose(struct bytes *bytes, const struct meeting *meeting, struct mtg_command *ret)
{
	struct choosing c = {bytes, meeting};
	uint8_t behind;

	memset(ret, 0, sizeof(*ret));
	ret->body.name = (enum command_name)(1 + bytes_below(bytes, CMD_END - 1));
	some_actor(&c, &ret->by);
	behind = bytes_one(bytes);
	ret->has_expect = behind % 8 == 7;
	ret->expect = mtg_last_seq(meeting) - behind / 8;
	fill_arguments(&c, &ret->body);
	demand(is_sound(&ret->body));
}
