#include "coordinator/commands/change_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "proto/gen/tables.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

enum { MINUTE_MS = 60000, HOUR_MS = 3600000, VALUE_SIZE = 1200, DAY_HOURS = 24 };

static const enum text_id *verb_of(enum command_name name)
{
	static const struct {
		enum command_name name;
		enum text_id text;
	} verbs[] = {
		{CMD_MEETING_EDIT, TEXT_CHANGE_MEETING_EDIT},
		{CMD_SITE_ADD, TEXT_CHANGE_SITE_ADD},
		{CMD_SITE_EDIT, TEXT_CHANGE_SITE_EDIT},
		{CMD_SITE_REMOVE, TEXT_CHANGE_SITE_REMOVE},
		{CMD_SITE_MAKE_MAIN, TEXT_CHANGE_SITE_MAKE_MAIN},
		{CMD_LIST_ADD, TEXT_CHANGE_LIST_ADD},
		{CMD_LIST_EDIT, TEXT_CHANGE_LIST_EDIT},
		{CMD_ITEM_INSERT, TEXT_CHANGE_ITEM_INSERT},
		{CMD_ITEM_EDIT, TEXT_CHANGE_ITEM_EDIT},
		{CMD_ITEM_REMOVE, TEXT_CHANGE_ITEM_REMOVE},
		{CMD_ITEM_MOVE, TEXT_CHANGE_ITEM_MOVE},
		{CMD_TURN_ADD, TEXT_CHANGE_TURN_ADD},
		{CMD_TURN_EDIT, TEXT_CHANGE_TURN_EDIT},
		{CMD_TURN_REMOVE, TEXT_CHANGE_TURN_REMOVE},
		{CMD_TURN_WITHDRAW, TEXT_CHANGE_TURN_REMOVE},
		{CMD_TURN_MOVE, TEXT_CHANGE_TURN_MOVE},
		{CMD_FLOOR_EXTEND, TEXT_CHANGE_FLOOR_EXTEND},
		{CMD_ACT_ADD, TEXT_CHANGE_ACT_ADD},
		{CMD_ACT_EDIT, TEXT_CHANGE_ACT_EDIT},
		{CMD_ACT_REMOVE, TEXT_CHANGE_ACT_REMOVE},
		{CMD_DOCUMENT_ADD, TEXT_CHANGE_DOCUMENT_ADD},
		{CMD_DOCUMENT_REMOVE, TEXT_CHANGE_DOCUMENT_REMOVE},
		{CMD_CHECK_ADD, TEXT_CHANGE_CHECK_ADD},
		{CMD_CHECK_REMOVE, TEXT_CHANGE_CHECK_REMOVE},
		{CMD_TASK_ADD, TEXT_CHANGE_TASK_ADD},
		{CMD_TASK_REMOVE, TEXT_CHANGE_TASK_REMOVE},
	};
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (verbs[i].name == name) {
			return &verbs[i].text;
		}
	}
	return NULL;
}

enum shape {
	SHAPE_TEXT,
	SHAPE_TIME, /* of day */
	SHAPE_SPAN, /* in minutes */
	SHAPE_NONE, /* too long for a line, or a word of the protocol */
};

static const struct member_words {
	const char *name;
	enum text_id label;
	enum shape shape;
} members[] = {
	{"name", TEXT_CHANGE_NAME, SHAPE_TEXT},
	{"host", TEXT_MINUTES_MEMBER_HOST, SHAPE_TEXT},
	{"place", TEXT_MINUTES_MEMBER_PLACE, SHAPE_TEXT},
	{"date", TEXT_MINUTES_MEMBER_DATE, SHAPE_TEXT},
	{"title_lines", TEXT_MINUTES_MEMBER_TITLE_LINES, SHAPE_NONE},
	{"form", TEXT_CHANGE_PAPERS, SHAPE_NONE},
	{"theme", TEXT_CHANGE_THEME, SHAPE_NONE},
	{"document", TEXT_CHANGE_PAPERS, SHAPE_NONE},
	{"preparation", TEXT_CHANGE_PREPARATION, SHAPE_NONE},
	{"phrases", TEXT_CHANGE_PHRASES, SHAPE_NONE},
	{"chairs", TEXT_CHANGE_CHAIR, SHAPE_NONE},
	{"short_code", TEXT_CHANGE_CODE, SHAPE_TEXT},
	{"region", TEXT_CHANGE_REGION, SHAPE_TEXT},
	{"has_content", TEXT_CHANGE_CONTENT, SHAPE_NONE},
	{"documents_due", TEXT_CHANGE_DUE, SHAPE_TEXT},
	{"venue", TEXT_CHANGE_VENUE, SHAPE_TEXT},
	{"contact", TEXT_CHANGE_CONTACT, SHAPE_TEXT},
	{"chair", TEXT_CHANGE_CHAIR, SHAPE_TEXT},
	{"title", TEXT_MINUTES_MEMBER_TITLE, SHAPE_TEXT},
	{"kind", TEXT_CHANGE_KIND, SHAPE_NONE},
	{"lists", TEXT_CHANGE_LISTS, SHAPE_NONE},
	{"by", TEXT_MINUTES_MEMBER_BY, SHAPE_TEXT},
	{"planned_start", TEXT_MINUTES_MEMBER_PLANNED_START, SHAPE_TIME},
	{"planned_length", TEXT_MINUTES_MEMBER_PLANNED_LENGTH, SHAPE_SPAN},
	{"fixed_end", TEXT_MINUTES_MEMBER_FIXED_END, SHAPE_TIME},
	{"clear", TEXT_CHANGE_CLEARED, SHAPE_NONE},
	{"site", TEXT_MINUTES_MEMBER_SITE, SHAPE_TEXT},
	{"unit", TEXT_MINUTES_MEMBER_UNIT, SHAPE_TEXT},
	{"speaker", TEXT_MINUTES_MEMBER_SPEAKER, SHAPE_TEXT},
	{"office", TEXT_MINUTES_MEMBER_OFFICE, SHAPE_TEXT},
	{"recipient", TEXT_CHANGE_RECIPIENT, SHAPE_NONE},
	{"award", TEXT_CHANGE_AWARD, SHAPE_TEXT},
	{"giver", TEXT_CHANGE_GIVER, SHAPE_TEXT},
	{"topic", TEXT_MINUTES_MEMBER_TOPIC, SHAPE_TEXT},
};

static const struct member_words *member_of(const char *name)
{
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if (strcmp(members[i].name, name) == 0) {
			return &members[i];
		}
	}
	return NULL;
}

static void write_value(
	const struct member_words *member, const void *value, enum language language, char *out)
{
	uint64_t time;
	int64_t span;
	out[0] = '\0';
	switch (member->shape) {
	case SHAPE_TEXT:
		snprintf(out, VALUE_SIZE, " «%s»", (const char *)value);
		return;
	case SHAPE_TIME:
		memcpy(&time, value, sizeof(time));
		snprintf(out, VALUE_SIZE, " %02u:%02u", (unsigned)(time / HOUR_MS) % DAY_HOURS,
			(unsigned)(time / MINUTE_MS) % 60);
		return;
	case SHAPE_SPAN:
		memcpy(&span, value, sizeof(span));
		out[0] = ' ';
		text_fill(out + 1, VALUE_SIZE - 1, TEXT_CHANGE_MINUTES, language,
			(const struct text_value[]){
				{.name = "n", .number = span / MINUTE_MS}, {0}});
		return;
	case SHAPE_NONE:
		return;
	}
}

/* The members that an edit sets, each with its new value. */
static void write_members(const struct command *command, enum language language, char *out)
{
	const struct msg_type *choice = msg_command.fields[msg_command.n_fields - 1].type;
	const struct msg_type *type = choice->arms[command->name - 1];
	const char *args = (const char *)&command->meeting_create; /* the union */
	size_t used = strlen(out);
	const char *between = ": ";
	for (size_t i = 0; i < type->n_fields; i++) {
		const struct msg_field *field = &type->fields[i];
		const struct member_words *member = member_of(field->name);
		char value[VALUE_SIZE];
		if (!member || field->presence == MSG_REQUIRED ||
			!*(const bool *)(args + field->presence) || used >= CHANGE_TEXT_SIZE) {
			continue;
		}
		write_value(member, args + field->offset, language, value);
		used += (size_t)snprintf(out + used, CHANGE_TEXT_SIZE - used, "%s%s%s", between,
			text_of(member->label, language), value);
		between = "; ";
	}
}

static bool is_edit(enum command_name name)
{
	return name == CMD_MEETING_EDIT || name == CMD_SITE_EDIT || name == CMD_ITEM_EDIT ||
	       name == CMD_TURN_EDIT || name == CMD_ACT_EDIT;
}

void change_text(
	const struct plan_change *change, enum language language, char out[static CHANGE_TEXT_SIZE])
{
	const struct command *command = &change->command;
	const enum text_id *verb = verb_of(command->name);
	int64_t more = command->name == CMD_FLOOR_EXTEND ? command->floor_extend.by.ms : 0;
	char minutes[32];
	snprintf(minutes, sizeof(minutes), "%+" PRId64, more / MINUTE_MS);
	out[0] = '\0';
	if (verb) {
		text_fill(out, CHANGE_TEXT_SIZE, *verb, language,
			(const struct text_value[]){{.name = "about", .text = change->about},
				{.name = "n", .text = minutes}, {0}});
	}
	if (is_edit(command->name)) {
		write_members(command, language, out);
	}
}
