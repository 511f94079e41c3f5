/* See hostile_strings.h. */
#include "tests/unit/strings/hostile_strings.h"

#include <assert.h>
#include <string.h>

const struct hostile_string hostile_strings[] = {
	{"markup", "<script>alert(1)</script>", true},
	{"attribute", "\"><img src=x onerror=alert(1)>", true},
	{"single quotes", "' onmouseover='alert(1)", true},
	{"entity", "&lt;b&gt; &#60;b&#62; &amp;amp;", true},
	{"end of style", "</style></title></textarea><svg/onload=alert(1)>", true},
	{"comment", "--><!--", true},
	{"address", "javascript:alert(1)", true},
	{"template", "{{1+1}}${1+1}%{1+1}", true},
	{"format", "%s%n%x%p%1000000s", true},
	{"formula", "=HYPERLINK(\"http://example.invalid\";\"x\")", true},
	{"formula with +", "+1+cmd|' /C calc'!A0", true},
	{"formula with -", "-1+1", true},
	{"formula with @", "@SUM(1)", true},
	{"shell", "$(reboot)`reboot`;reboot|reboot&&reboot", true},
	{"SQL", "'); DROP TABLE entries; --", true},
	{"path", "../../../etc/passwd", true},
	{"override of direction", "Hà \xe2\x80\xae\x67\x6e\x61ig \xe2\x80\xac Nội", true},
	{"isolates",
		"\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8"
		"a"
		"\xe2\x81\xa9",
		true},
	{"marks of direction",
		"\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c"
		"a",
		true},
	{"nothing to see", "\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf", true},
	{"many accents", "Z\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81", true},
	{"beyond 16 bits", "\xf0\x9f\x8e\xa4\xf0\xa0\x9c\x8e", true},
	{"last code point", "\xf4\x8f\xbf\xbf", true},
	{"separators of lines",
		"a\xe2\x80\xa8"
		"b\xe2\x80\xa9"
		"c",
		true},
	{"terminal", "\x1b[2J\x1b]0;x\x07", false},
	{"new lines", "a\r\nSet-Cookie: x=1\r\n\r\nb", true},
	{"control", "\x01\x02\x08\x7f", false},
	{"backslashes", "\\u0000\\\"\\", true},
};
const size_t n_hostile_strings = sizeof(hostile_strings) / sizeof(hostile_strings[0]);

const char *hostile_long(void)
{
	static const char piece[] = "<b>\xe1\xbb\x87&";
	static char text[NASTY_LONG + 1];

	for (size_t i = 0; i + sizeof(piece) <= sizeof(text); i += sizeof(piece) - 1) {
		memcpy(text + i, piece, sizeof(piece));
	}
	return text;
}

/* Length of the code point at the start; 0 if there is none. */
static size_t code_point(const unsigned char *at)
{
	size_t length = at[0] < 0x80   ? 1
			: at[0] < 0xc2 ? 0
			: at[0] < 0xe0 ? 2
			: at[0] < 0xf0 ? 3
				       : 4;

	for (size_t i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80) {
			return 0;
		}
	}
	return at[0] > 0xf4 ? 0 : length;
}

bool hostile_is_utf8(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t length = 1;

	while (*at && (length = code_point(at)) > 0) {
		at += length;
	}
	return *at == '\0';
}

bool hostile_has_control(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text < 0x20 || *text == 0x7f) {
			return true;
		}
	}
	return false;
}

bool hostile_turns_direction(const char *text)
{
	static const char *const marks[] = {"\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xaa",
		"\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6",
		"\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9", "\xd8\x9c"};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (strstr(text, marks[i])) {
			return true;
		}
	}
	return false;
}

static void fill_bound(const struct msg_type *type, char *value)
{
	static const char *const forms[] = {"ha-noi", "HN", "0123456789abcdef0123456789abcdef",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "192.0.2.1:5004", "2022-07-15", "07:30",
		"0123abcd", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		int64_t length = (int64_t)strlen(forms[i]);

		if (length >= type->min && length <= type->max && type->check(forms[i])) {
			strcpy(value, forms[i]);
			return;
		}
	}
	assert(!"a form for every pattern");
}

static void fill_free(const struct msg_type *type, char *value, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	int64_t n = 0;

	for (; *at && n < type->max; n++) {
		at += code_point(at);
	}
	memcpy(value, text, (size_t)(at - (const unsigned char *)text));
	for (char *end = value + strlen(value); n < type->min; n++) {
		*end++ = '<';
	}
}

struct filling {
	const char *text;
	size_t word;
	struct msg_arena *arena;
};

static void fill(const struct filling *how, const struct msg_type *type, char *value);

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

static void fill_array(const struct filling *how, const struct msg_field *field, char *base)
{
	const struct msg_type *type = field->type;
	size_t n = type->max < 2 ? (size_t)type->max : type->min > 2 ? (size_t)type->min : 2;
	char *elements = base + field->offset;

	if (type->in_arena) {
		elements = msg_arena_take(how->arena, n * type->element->size);
		assert(elements);
		memcpy(base + field->offset, &elements, sizeof(elements));
	}
	for (size_t i = 0; i < n; i++) {
		fill(how, type->element, elements + i * type->element->size);
	}
	memcpy(base + field->beside, &n, sizeof(n));
}

static void fill_struct(const struct filling *how, const struct msg_type *type, char *value)
{
	const bool present = true;
	int word;

	for (size_t i = 0; i < type->n_fields; i++) {
		const struct msg_field *field = &type->fields[i];

		if (field->presence != MSG_REQUIRED) {
			memcpy(value + field->presence, &present, sizeof(present));
		}
		if (field->type->kind == MSG_ARRAY) {
			fill_array(how, field, value);
		} else if (field->type->kind == MSG_CHOICE) {
			memcpy(&word, value + field->beside, sizeof(word));
			fill(how, field->type->arms[word - 1], value + field->offset);
		} else {
			fill(how, field->type, value + field->offset);
		}
	}
}

static void fill(const struct filling *how, const struct msg_type *type, char *value)
{
	const bool yes = true;
	int word = type->n_words > 0 ? 1 + (int)(how->word % type->n_words) : 0;

	switch (type->kind) {
	case MSG_STRING:
		if (type->check) {
			fill_bound(type, value);
		} else {
			fill_free(type, value, how->text);
		}
		return;
	case MSG_INTEGER:
		fill_number(type, value);
		return;
	case MSG_BOOLEAN:
		memcpy(value, &yes, sizeof(yes));
		return;
	case MSG_ENUM:
		memcpy(value, &word, sizeof(word));
		return;
	case MSG_VARIANT:
		memcpy(value, &word, sizeof(word));
		fill(how, type->arms[word - 1], value + type->body);
		return;
	case MSG_STRUCT:
		fill_struct(how, type, value);
		return;
	case MSG_CONST:
	case MSG_ARRAY:
	case MSG_CHOICE:
	case MSG_KIND_UNSET:
		return;
	}
}

void hostile_fill(const struct msg_type *type, void *value, const char *text, size_t word,
	struct msg_arena *arena)
{
	const struct filling how = {text, word, arena};

	memset(value, 0, type->size);
	fill(&how, type, value);
}
