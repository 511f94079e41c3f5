/* One wording for each kind of value; strings that have a form are named one by one. */
#include "coordinator/plan/wanted.h"

#include "proto/gen/tables.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

struct form {
	const struct msg_type *type;
	const char *vi;
	const char *en;
};

#define ID_VI "chữ thường không dấu a-z, số 0-9 và dấu -, ví dụ can-tho"
#define ID_EN "a-z, 0-9 and -, for example can-tho"

static const struct form forms[] = {
	{&msg_plan_clock, "giờ:phút, mỗi bên hai chữ số, ví dụ 07:30", "HH:MM, for example 07:30"},
	{&msg_plan_date, "năm-tháng-ngày, ví dụ 2022-07-15", "YYYY-MM-DD, for example 2022-07-15"},
	{&msg_short_code, "chữ hoa không dấu A-Z và số 0-9, ví dụ CANTHO",
		"A-Z and 0-9, for example CANTHO"},
	{&msg_site_id, ID_VI, ID_EN},
	{&msg_item_id, ID_VI, ID_EN},
	{&msg_list_id, ID_VI, ID_EN},
};

struct line {
	char *text;
	size_t length;
	bool full;
	bool english;
};

/* All of it or nothing, so that no word is cut in two. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) static void say(
	struct line *line, const char *vi, const char *en, ...)
{
	size_t room = PLAN_WANTED_SIZE - line->length;
	va_list arguments;
	va_start(arguments, en);
	int n = vsnprintf(line->text + line->length, room, line->english ? en : vi, arguments);
	va_end(arguments);
	line->full = line->full || n < 0 || (size_t)n >= room;
	line->length += line->full ? 0 : (size_t)n;
	line->text[line->length] = '\0';
}

static void say_text(struct line *line, const struct msg_type *type)
{
	size_t i = 0, n = sizeof(forms) / sizeof(forms[0]);
	while (i < n && forms[i].type != type) {
		i++;
	}
	if (i == n) {
		say(line, "chữ, từ %" PRId64 " đến %" PRId64 " ký tự",
			"text of %" PRId64 " to %" PRId64 " characters", type->min, type->max);
		return;
	}
	say(line, "%s", "%s", line->english ? forms[i].en : forms[i].vi);
	if (type->min < type->max) {
		say(line, ", dài nhất %" PRId64 " ký tự", ", at most %" PRId64 " characters",
			type->max);
	}
}

static void say_words(struct line *line, const struct msg_type *type)
{
	say(line, "một trong các từ", "one of");
	for (size_t i = 0; i < type->n_words; i++) {
		say(line, "%s %s", "%s %s", i == 0 ? ":" : ",", type->words[i]);
	}
}

static void say_fields(struct line *line, const struct msg_type *type)
{
	say(line, "các trường", "the fields are");
	for (size_t i = 0; i < type->n_fields; i++) {
		say(line, "%s %s", "%s %s", i == 0 ? ":" : ",", type->fields[i].name);
	}
}

void plan_wanted(
	const struct msg_type *type, enum language language, char out[static PLAN_WANTED_SIZE])
{
	struct line line = {.text = out, .english = language == LANGUAGE_EN};
	out[0] = '\0';
	switch (type->kind) {
	case MSG_STRING:
		say_text(&line, type);
		return;
	case MSG_INTEGER:
		say(&line, "số nguyên từ %" PRId64 " đến %" PRId64,
			"a whole number from %" PRId64 " to %" PRId64, type->min, type->max);
		return;
	case MSG_BOOLEAN:
		say(&line, "true hoặc false; trong CSV còn viết được x, 1, có, 0, không",
			"true or false; in CSV also x, 1, yes, 0, no");
		return;
	case MSG_ENUM:
	case MSG_CONST:
		say_words(&line, type);
		return;
	case MSG_ARRAY:
		say(&line, "danh sách từ %" PRId64 " đến %" PRId64 " phần tử",
			"a list of %" PRId64 " to %" PRId64 " elements", type->min, type->max);
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
