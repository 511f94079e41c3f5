/*
 * Encoding: JSON text directly from the struct, since it is written once per event and reader.
 *
 * Every value is checked against its table, so that no text is produced that the peer's codec would
 * refuse.
 */
#include <errno.h>
#include <string.h>

#include "proto/codec/codec.h"
#include "utf8.h"

enum { TEXT_FIRST_CAPACITY = 512, INTEGER_DIGITS = 20 };

static int grow(struct msg_text *text, size_t needed)
{
	size_t capacity = text->capacity ? text->capacity : TEXT_FIRST_CAPACITY;

	while (capacity < needed) {
		capacity *= 2;
	}
	char *data = msg_allocate(capacity);
	if (!data) {
		return -ENOMEM;
	}
	if (text->len > 0) {
		memcpy(data, text->data, text->len);
	}
	msg_free(text->data);
	text->data = data;
	text->capacity = capacity;
	return 0;
}

/* Room for len bytes and a NUL. */
static int make_room(struct msg_text *text, size_t len)
{
	size_t needed = text->len + len + 1;

	return needed <= text->capacity ? 0 : grow(text, needed);
}

static int put(struct msg_text *text, const char *bytes, size_t len)
{
	int r = make_room(text, len);

	if (r == 0) {
		memcpy(text->data + text->len, bytes, len);
		text->len += len;
		text->data[text->len] = '\0';
	}
	return r;
}

int msg_text_reserve(struct msg_text *text, size_t len)
{
	int r = make_room(text, len);

	if (r == 0) {
		memset(text->data + text->len, 0, len + 1);
		text->len += len;
	}
	return r;
}

void msg_text_finish(struct msg_text *text)
{
	msg_free(text->data);
	*text = (struct msg_text){0};
}

/* Code points, or -1 if it is not UTF-8. */
static int64_t count_points(const char *string, size_t len)
{
	int64_t points = 0;
	uint32_t point;

	for (size_t i = 0; i < len; points++) {
		size_t n = utf8_read(string + i, len - i, &point);

		if (n == 0) {
			return -1;
		}
		i += n;
	}
	return points;
}

static int put_escape(struct msg_text *text, unsigned char c)
{
	static const char digits[] = "0123456789abcdef";
	const char control[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
	const char plain[] = {'\\', (char)c};

	if (c == '"' || c == '\\') {
		return put(text, plain, sizeof(plain));
	}
	return c == '\n' ? put(text, "\\n", 2) : put(text, control, sizeof(control));
}

static bool needs_escape(unsigned char c)
{
	return c < ' ' || c == '"' || c == '\\';
}

static bool is_plain(const char *string, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (needs_escape((unsigned char)string[i])) {
			return false;
		}
	}
	return true;
}

/* A text that needs no escapes, between two delimiters. */
static int put_between(struct msg_text *text, const char *before, const char *string, size_t len,
	const char *after)
{
	size_t n_before = strlen(before), n_after = strlen(after);
	int r = make_room(text, n_before + len + n_after);

	if (r == 0) {
		char *at = text->data + text->len;

		memcpy(at, before, n_before);
		memcpy(at + n_before, string, len);
		memcpy(at + n_before + len, after, n_after + 1);
		text->len += n_before + len + n_after;
	}
	return r;
}

static int put_escaped(struct msg_text *text, const char *string, size_t len)
{
	size_t from = 0;
	int r = put(text, "\"", 1);

	for (size_t i = 0; i < len && r == 0; i++) {
		if (needs_escape((unsigned char)string[i])) {
			r = put(text, string + from, i - from);
			r = r == 0 ? put_escape(text, (unsigned char)string[i]) : r;
			from = i + 1;
		}
	}
	r = r == 0 ? put(text, string + from, len - from) : r;
	return r == 0 ? put(text, "\"", 1) : r;
}

static int put_quoted(struct msg_text *text, const char *string, size_t len)
{
	return is_plain(string, len) ? put_between(text, "\"", string, len, "\"")
				     : put_escaped(text, string, len);
}

static int write_value(struct msg_text *text, const struct msg_type *type, const unsigned char *in);

static int write_string(struct msg_text *text, const struct msg_type *type, const unsigned char *in)
{
	const char *string = (const char *)in;
	size_t len = strnlen(string, type->size);
	int64_t points = count_points(string, len);

	if (len == type->size || points < type->min || points > type->max) {
		return -EINVAL;
	}
	if (type->check && !type->check(string)) {
		return -EINVAL;
	}
	return put_quoted(text, string, len);
}

static int64_t load_integer(const struct msg_type *type, const unsigned char *in)
{
	int64_t wide;

	if (type->size == sizeof(wide)) {
		memcpy(&wide, in, sizeof(wide));
		return wide;
	}
	uint32_t narrow;
	memcpy(&narrow, in, sizeof(narrow));
	return type->min < 0 ? (int64_t)(int32_t)narrow : (int64_t)narrow;
}

static int write_integer(
	struct msg_text *text, const struct msg_type *type, const unsigned char *in)
{
	int64_t value = load_integer(type, in);
	/* |value| <= 2^53 - 1 once it is within the range of any type. */
	uint64_t left = value < 0 ? (uint64_t) - (value + 1) + 1 : (uint64_t)value;
	char digits[INTEGER_DIGITS];
	size_t at = sizeof(digits);

	if (value < type->min || value > type->max) {
		return -EINVAL;
	}
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (value < 0) {
		digits[--at] = '-';
	}
	return put(text, digits + at, sizeof(digits) - at);
}

static int write_boolean(struct msg_text *text, const unsigned char *in)
{
	bool value;

	memcpy(&value, in, sizeof(value));
	return value ? put(text, "true", 4) : put(text, "false", 5);
}

static int write_word(struct msg_text *text, const struct msg_type *type, int value)
{
	if (value < 1 || (size_t)value > type->n_words) {
		return -EINVAL;
	}
	const char *word = type->words[value - 1];
	return put_between(text, "\"", word, strlen(word), "\"");
}

static int load_tag(const unsigned char *in)
{
	int value;

	memcpy(&value, in, sizeof(value));
	return value;
}

static int write_array(struct msg_text *text, const struct msg_type *type, const unsigned char *in,
	const unsigned char *count_in)
{
	const unsigned char *elements = in;
	size_t count;

	memcpy(&count, count_in, sizeof(count));
	if (count < (size_t)type->min || count > (size_t)type->max) {
		return -EINVAL;
	}
	if (type->in_arena) {
		memcpy(&elements, in, sizeof(elements));
	}
	int r = put(text, "[", 1);
	for (size_t i = 0; i < count && r == 0; i++) {
		r = i > 0 ? put(text, ",", 1) : 0;
		r = r == 0 ? write_value(text, type->element, elements + i * type->element->size)
			   : r;
	}
	return r == 0 ? put(text, "]", 1) : r;
}

/* The arm of a choice or variant by its enum; NULL for a value out of range. */
static const struct msg_type *arm_of(const struct msg_type *type, int value)
{
	return value < 1 || (size_t)value > type->n_words ? NULL : type->arms[value - 1];
}

static int write_member(
	struct msg_text *text, const struct msg_field *field, const unsigned char *in)
{
	const struct msg_type *type = field->type;

	if (type->kind == MSG_ARRAY) {
		return write_array(text, type, in + field->offset, in + field->beside);
	}
	if (type->kind == MSG_CHOICE) {
		type = arm_of(type, load_tag(in + field->beside));
		return type ? write_value(text, type, in + field->offset) : -EINVAL;
	}
	return write_value(text, type, in + field->offset);
}

/* Whether the member is to be written: 1, 0, or -EINVAL for elements of an absent array. */
static int is_present(const struct msg_field *field, const unsigned char *in)
{
	size_t count;

	if (field->presence == MSG_REQUIRED) {
		return 1;
	}
	bool present;
	memcpy(&present, in + field->presence, sizeof(present));
	if (!present && field->type->kind == MSG_ARRAY) {
		memcpy(&count, in + field->beside, sizeof(count));
		return count == 0 ? 0 : -EINVAL;
	}
	return present;
}

/* Members that are JSON already. */
struct written_members {
	const struct msg_written *list;
	size_t n;
};

static const char *find_written(const struct written_members *written, const char *member)
{
	for (size_t i = 0; i < written->n; i++) {
		if (strcmp(written->list[i].member, member) == 0) {
			return written->list[i].json;
		}
	}
	return NULL;
}

static int write_struct_around(struct msg_text *text, const struct msg_type *type,
	const unsigned char *in, const struct written_members *written)
{
	const char *before = "{\"";
	int r = 0;

	for (size_t i = 0; i < type->n_fields; i++) {
		const struct msg_field *field = &type->fields[i];
		const char *json = find_written(written, field->name);

		r = json ? 1 : is_present(field, in);
		if (r == 0) {
			continue;
		}
		r = r < 0 ? r : put_between(text, before, field->name, strlen(field->name), "\":");
		if (r == 0) {
			r = json ? put(text, json, strlen(json)) : write_member(text, field, in);
		}
		if (r < 0) {
			return r;
		}
		before = ",\"";
	}
	return before[0] == '{' ? put(text, "{}", 2) : put(text, "}", 1);
}

static int write_struct(struct msg_text *text, const struct msg_type *type, const unsigned char *in)
{
	static const struct written_members none;

	return write_struct_around(text, type, in, &none);
}

static int write_variant(
	struct msg_text *text, const struct msg_type *type, const unsigned char *in)
{
	const struct msg_type *arm = arm_of(type, load_tag(in));

	return arm ? write_struct(text, arm, in + type->body) : -EINVAL;
}

static int write_value(struct msg_text *text, const struct msg_type *type, const unsigned char *in)
{
	switch (type->kind) {
	case MSG_STRING:
		return write_string(text, type, in);
	case MSG_INTEGER:
		return write_integer(text, type, in);
	case MSG_BOOLEAN:
		return write_boolean(text, in);
	case MSG_ENUM:
		return write_word(text, type, load_tag(in));
	case MSG_CONST:
		return write_word(text, type, 1);
	case MSG_STRUCT:
		return write_struct(text, type, in);
	case MSG_VARIANT:
		return write_variant(text, type, in);
	case MSG_ARRAY:
	case MSG_CHOICE:
	case MSG_KIND_UNSET:
		break;
	}
	return -EINVAL;
}

/* All of it or nothing. */
static int finish(struct msg_text *text, size_t before, int r)
{
	if (r != 0) {
		text->len = before;
		if (text->data) {
			text->data[before] = '\0';
		}
	}
	return r;
}

int msg_append(const struct msg_type *type, const void *in, struct msg_text *text)
{
	size_t before = text->len;

	return finish(text, before, write_value(text, type, in));
}

int msg_append_around(const struct msg_type *type, const void *in,
	const struct msg_written *written, size_t n_written, struct msg_text *text)
{
	struct written_members members = {written, n_written};
	size_t before = text->len;

	return finish(text, before, write_struct_around(text, type, in, &members));
}

int msg_encode(const struct msg_type *type, const void *in, char **ret_json, size_t *ret_len)
{
	struct msg_text text = {0};
	int r = msg_append(type, in, &text);

	if (r != 0) {
		msg_text_finish(&text);
		return r;
	}
	*ret_json = text.data;
	*ret_len = text.len;
	return 0;
}
