/* One text for each kind of value; strings that have a form are named one by one. */
#include "coordinator/plan/field_hint.h"

#include <string.h>

#include "proto/gen/tables.h"
#include "proto/words/text_fill.h"

static const struct {
	const struct msg_type *type;
	enum text_id text;
} forms[] = {
	{&msg_plan_clock, TEXT_PLAN_HINT_CLOCK},
	{&msg_plan_date, TEXT_PLAN_HINT_DATE},
	{&msg_short_code, TEXT_PLAN_HINT_SHORT_CODE},
	{&msg_site_id, TEXT_PLAN_HINT_ID},
	{&msg_item_id, TEXT_PLAN_HINT_ID},
	{&msg_list_id, TEXT_PLAN_HINT_ID},
	{&msg_vote_id, TEXT_PLAN_HINT_ID},
	{&msg_check_id, TEXT_PLAN_HINT_ID},
	{&msg_task_id, TEXT_PLAN_HINT_ID},
};

struct hint_text {
	char *text;
	size_t length;
	enum language language;
};

/* Appends the text; its values are the bounds of the type. */
static void say(struct hint_text *line, enum text_id id, const struct msg_type *type)
{
	const struct text_value bounds[] = {
		{.name = "min", .number = type->min}, {.name = "max", .number = type->max}, {0}};
	line->length += text_fill(line->text + line->length, PLAN_WANTED_SIZE - line->length, id,
		line->language, bounds);
}

static void say_text(struct hint_text *line, const struct msg_type *type)
{
	size_t i = 0, n = sizeof(forms) / sizeof(forms[0]);
	while (i < n && forms[i].type != type) {
		i++;
	}
	if (i == n) {
		say(line, TEXT_PLAN_HINT_LENGTH, type);
		return;
	}
	say(line, forms[i].text, type);
	if (type->min < type->max && line->length + 2 < PLAN_WANTED_SIZE) {
		memcpy(line->text + line->length, ", ", 3);
		line->length += 2;
		say(line, TEXT_PLAN_HINT_LONGEST, type);
	}
}

static void say_words(struct hint_text *line, const struct msg_type *type)
{
	char words[PLAN_WANTED_SIZE] = "";
	for (size_t i = 0; i < type->n_words; i++) {
		text_list(words, sizeof(words), type->words[i]);
	}
	text_fill(line->text, PLAN_WANTED_SIZE, TEXT_PLAN_HINT_ONE_OF, line->language,
		(const struct text_value[]){{.name = "words", .text = words}, {0}});
}

static void say_fields(struct hint_text *line, const struct msg_type *type)
{
	char words[PLAN_WANTED_SIZE] = "";
	for (size_t i = 0; i < type->n_fields; i++) {
		text_list(words, sizeof(words), type->fields[i].name);
	}
	text_fill(line->text, PLAN_WANTED_SIZE, TEXT_PLAN_HINT_FIELDS, line->language,
		(const struct text_value[]){{.name = "words", .text = words}, {0}});
}

void plan_field_hint(
	const struct msg_type *type, enum language language, char out[static PLAN_WANTED_SIZE])
{
	struct hint_text line = {.text = out, .language = language};
	out[0] = '\0';
	switch (type->kind) {
	case MSG_STRING:
		say_text(&line, type);
		return;
	case MSG_INTEGER:
		say(&line, TEXT_PLAN_HINT_NUMBER, type);
		return;
	case MSG_BOOLEAN:
		say(&line, TEXT_PLAN_HINT_BOOLEAN, type);
		return;
	case MSG_ENUM:
	case MSG_CONST:
		say_words(&line, type);
		return;
	case MSG_ARRAY:
		say(&line, TEXT_PLAN_HINT_LIST, type);
		return;
	case MSG_STRUCT:
		say_fields(&line, type);
		return;
	case MSG_CHOICE:
	case MSG_VARIANT:
	case MSG_KIND_UNSET:
		return; /* no plan has one */
	}
}
