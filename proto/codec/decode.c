/*
 * Decoding: the JSON library parses, the tables define the structure.
 *
 * A refusal is made where it is found (refuse); the reader has the path to it. A survey reports it
 * and continues as if the value had been read, which leaves it zero. Values are stored with memcpy,
 * since the tables have offsets only.
 */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>

#include "proto/codec/codec.h"
#include "status.h"
#include "text_copy.h"
#include "utf8.h"

/* Not the library's json_auto_t, which spells out the attribute that cleanup.h makes a macro. */
DEFINE_CLEANUP(json_t *, json_decref)

/* A member's name, or NULL and an index. */
struct path_step {
	const char *name;
	size_t index;
};

struct reader {
	struct msg_arena *arena;
	struct msg_error error;
	struct path_step steps[MSG_DEPTH_MAX + 1];
	size_t n_steps;
	msg_report *report; /* survey */
	void *user;
	const json_t *value; /* what is read; NULL where it is missing */
};

/* The JSON library ignores some failed allocations (a string would be truncated); we do not. */
static thread_local bool allocation_failed;
static once_flag allocator_once = ONCE_FLAG_INIT;

static void *recording_allocate(size_t size)
{
	void *memory = msg_allocate(size);

	allocation_failed = allocation_failed || !memory;
	return memory;
}

static void set_allocator(void)
{
	json_set_alloc_funcs(recording_allocate, msg_free);
}

static void enter(struct reader *reader, const char *name, size_t index)
{
	assert(reader->n_steps <= MSG_DEPTH_MAX);
	reader->steps[reader->n_steps++] = (struct path_step){name, index};
}

static void leave(struct reader *reader)
{
	reader->n_steps--;
}

/* A path that is too long is truncated at its end. */
static void write_path(const struct reader *reader, char path[static MSG_PATH_SIZE])
{
	path[0] = '\0';
	size_t len = 0;
	for (size_t i = 0; i < reader->n_steps && len < MSG_PATH_SIZE - 1; i++) {
		const struct path_step *step = &reader->steps[i];
		int n = step->name ? snprintf(path + len, MSG_PATH_SIZE - len, "/%s", step->name)
				   : snprintf(path + len, MSG_PATH_SIZE - len, "/%zu", step->index);

		len += (size_t)n;
	}
}

/* Texts and numbers as they are; of a list or an object nothing is quoted. */
static void quote_value(const json_t *json, char value[static MSG_VALUE_SIZE])
{
	value[0] = '\0';
	if (json_is_string(json)) {
		text_copy(value, MSG_VALUE_SIZE, json_string_value(json));
	} else if (json_is_integer(json)) {
		snprintf(value, MSG_VALUE_SIZE, "%" JSON_INTEGER_FORMAT, json_integer_value(json));
	} else if (json_is_real(json)) {
		snprintf(value, MSG_VALUE_SIZE, "%g", json_real_value(json));
	} else if (json_is_boolean(json)) {
		text_copy(value, MSG_VALUE_SIZE, json_is_true(json) ? "true" : "false");
	}
}

__attribute__((format(printf, 4, 5))) static int refuse(struct reader *reader,
	const struct msg_type *type, enum msg_code code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reader->error.text, sizeof(reader->error.text), format, arguments);
	va_end(arguments);
	reader->error.code = code;
	reader->error.type = type;
	write_path(reader, reader->error.path);
	if (reader->report) {
		quote_value(reader->value, reader->error.value);
		reader->report(reader->user, &reader->error);
		return 0;
	}
	return (int)code;
}

/* A member name chosen by the peer, made safe for a log. */
static void clean_step(const char *name, char step[static 32])
{
	size_t i;

	for (i = 0; i < 31 && name[i]; i++) {
		bool plain = name[i] > ' ' && name[i] < 0x7f && !strchr("\"\\/~<>&", name[i]);

		step[i] = name[i];
		if (!plain) {
			step[i] = '?';
		}
	}
	step[i] = '\0';
}

static int refuse_kind(struct reader *reader, const struct msg_type *type, const char *wanted)
{
	return refuse(reader, type, MSG_WRONG_TYPE, "must be %s", wanted);
}

static int read_value(
	struct reader *reader, const struct msg_type *type, const json_t *json, unsigned char *out);

static int read_string(
	struct reader *reader, const struct msg_type *type, const json_t *json, unsigned char *out)
{
	const char *text = json_string_value(json);
	int64_t points = 0;

	if (!text) {
		return refuse_kind(reader, type, "a string");
	}
	size_t len = json_string_length(json);
	for (size_t i = 0; i < len; i++) {
		points += !utf8_continues(text[i]);
	}
	if (points < type->min || points > type->max) {
		return refuse(reader, type, MSG_WRONG_LENGTH,
			"must have %" PRId64 " to %" PRId64 " characters", type->min, type->max);
	}
	/* A pattern admits ASCII only, so bytes equal characters; the check may rely on it. */
	if (type->check && !type->check(text)) {
		return refuse(reader, type, MSG_WRONG_FORM, "must have the form of %s", type->name);
	}
	assert(len < type->size);
	memcpy(out, text, len);
	return 0;
}

static int read_integer(
	struct reader *reader, const struct msg_type *type, const json_t *json, unsigned char *out)
{
	json_int_t value = json_integer_value(json);
	uint32_t narrow = (uint32_t)value;
	int64_t wide = value;

	if (!json_is_integer(json)) {
		return refuse_kind(reader, type, "an integer without fraction or exponent");
	}
	if (value < type->min || value > type->max) {
		return refuse(reader, type, MSG_OUT_OF_RANGE,
			"must be from %" PRId64 " to %" PRId64, type->min, type->max);
	}
	if (type->size == sizeof(narrow)) {
		memcpy(out, &narrow, sizeof(narrow));
	} else {
		memcpy(out, &wide, sizeof(wide));
	}
	return 0;
}

static int read_boolean(
	struct reader *reader, const struct msg_type *type, const json_t *json, unsigned char *out)
{
	bool value = json_is_true(json);

	if (!json_is_boolean(json)) {
		return refuse_kind(reader, type, "true or false");
	}
	memcpy(out, &value, sizeof(value));
	return 0;
}

/* The value of a word of the type, into *ret_value. */
static int read_word(
	struct reader *reader, const struct msg_type *type, const json_t *json, int *ret_value)
{
	const char *word = json_string_value(json);

	if (!word) {
		return refuse_kind(reader, type, "a string");
	}
	int value = msg_enum_value(type, word);
	if (value == 0 && type->kind == MSG_CONST) {
		return refuse(reader, type, MSG_UNKNOWN_WORD, "must be %s", type->words[0]);
	}
	if (value == 0) {
		return refuse(reader, type, MSG_UNKNOWN_WORD, "is no word of %s", type->name);
	}
	*ret_value = value;
	return 0;
}

static int read_enum(
	struct reader *reader, const struct msg_type *type, const json_t *json, unsigned char *out)
{
	int value = 0;
	int r = read_word(reader, type, json, &value);

	if (r == 0 && type->kind == MSG_ENUM) {
		memcpy(out, &value, sizeof(value));
	}
	return r;
}

/* Where the elements go: in place, or in the arena with a pointer to them in place. */
static unsigned char *array_room(
	struct reader *reader, const struct msg_type *type, size_t count, unsigned char *out)
{
	if (!type->in_arena || count == 0) {
		return out;
	}
	assert(reader->arena);
	void *elements = msg_arena_take(reader->arena, count * type->element->size);
	if (elements) {
		memcpy(out, &elements, sizeof(elements));
	}
	return elements;
}

static int read_array(struct reader *reader, const struct msg_type *type, const json_t *json,
	unsigned char *out, unsigned char *count_out)
{
	size_t count = json_array_size(json);

	reader->value = json;
	if (!json_is_array(json)) {
		return refuse_kind(reader, type, "an array");
	}
	if (count < (size_t)type->min || count > (size_t)type->max) {
		return refuse(reader, type, MSG_WRONG_COUNT,
			"must have %" PRId64 " to %" PRId64 " elements", type->min, type->max);
	}
	unsigned char *elements = array_room(reader, type, count, out);
	if (!elements) {
		return -ENOMEM;
	}
	int r = 0;
	for (size_t i = 0; i < count && r == 0; i++) {
		enter(reader, NULL, i);
		r = read_value(reader, type->element, json_array_get(json, i),
			elements + i * type->element->size);
		leave(reader);
	}
	memcpy(count_out, &count, sizeof(count));
	return r;
}

static int read_choice(struct reader *reader, const struct msg_type *type, const json_t *json,
	unsigned char *out, const unsigned char *selector)
{
	int value;

	memcpy(&value, selector, sizeof(value));
	assert(value > 0 || reader->report);
	return value == 0 ? 0 : read_value(reader, type->arms[value - 1], json, out);
}

static int read_member(struct reader *reader, const struct msg_field *field, const json_t *json,
	unsigned char *out)
{
	const bool present = true;

	if (field->presence != MSG_REQUIRED) {
		memcpy(out + field->presence, &present, sizeof(present));
	}
	if (field->type->kind == MSG_ARRAY) {
		return read_array(
			reader, field->type, json, out + field->offset, out + field->beside);
	}
	if (field->type->kind == MSG_CHOICE) {
		return read_choice(
			reader, field->type, json, out + field->offset, out + field->beside);
	}
	return read_value(reader, field->type, json, out + field->offset);
}

static bool has_field(const struct msg_type *type, const char *name)
{
	for (size_t i = 0; i < type->n_fields; i++) {
		if (strcmp(type->fields[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

static int refuse_unknown(struct reader *reader, const struct msg_type *type, json_t *json)
{
	const char *name;
	json_t *member;
	char step[32];
	int r = 0;

	json_object_foreach(json, name, member)
	{
		if (r == 0 && !has_field(type, name)) {
			clean_step(name, step);
			reader->value = NULL;
			enter(reader, step, 0);
			r = refuse(reader, type, MSG_UNKNOWN, "is no member of %s", type->name);
			leave(reader);
		}
	}
	return r;
}

static int read_struct(
	struct reader *reader, const struct msg_type *type, const json_t *json, unsigned char *out)
{
	size_t n_read = 0;

	if (!json_is_object(json)) {
		return refuse_kind(reader, type, "an object");
	}
	for (size_t i = 0; i < type->n_fields; i++) {
		const struct msg_field *field = &type->fields[i];
		const json_t *member = json_object_get(json, field->name);
		int r = 0;

		enter(reader, field->name, 0);
		if (member) {
			n_read++;
			r = read_member(reader, field, member, out);
		} else if (field->presence == MSG_REQUIRED) {
			reader->value = NULL;
			r = refuse(reader, field->type, MSG_MISSING, "is missing");
		}
		leave(reader);
		if (r != 0) {
			return r;
		}
	}
	if (n_read < json_object_size(json)) {
		return refuse_unknown(reader, type, (json_t *)(uintptr_t)json);
	}
	return 0;
}

static int read_variant(
	struct reader *reader, const struct msg_type *type, const json_t *json, unsigned char *out)
{
	if (!json_is_object(json)) {
		return refuse_kind(reader, type, "an object");
	}
	const json_t *word = json_object_get(json, type->tag);
	enter(reader, type->tag, 0);
	int value = 0;
	int r = word ? read_word(reader, type, word, &value)
		     : refuse(reader, type, MSG_MISSING, "is missing");
	leave(reader);
	if (r != 0 || value == 0) {
		return r;
	}
	memcpy(out, &value, sizeof(value));
	return read_struct(reader, type->arms[value - 1], json, out + type->body);
}

static int read_value(
	struct reader *reader, const struct msg_type *type, const json_t *json, unsigned char *out)
{
	reader->value = json;
	switch (type->kind) {
	case MSG_STRING:
		return read_string(reader, type, json, out);
	case MSG_INTEGER:
		return read_integer(reader, type, json, out);
	case MSG_BOOLEAN:
		return read_boolean(reader, type, json, out);
	case MSG_ENUM:
	case MSG_CONST:
		return read_enum(reader, type, json, out);
	case MSG_STRUCT:
		return read_struct(reader, type, json, out);
	case MSG_VARIANT:
		return read_variant(reader, type, json, out);
	case MSG_ARRAY:
	case MSG_CHOICE:
	case MSG_KIND_UNSET:
		break;
	}
	assert(!"a field's type, or a table that was never generated");
	return -EINVAL;
}

/* The nesting depth of the text, before the parser recurses; strings are skipped. */
static size_t depth_of(const char *json, size_t len)
{
	size_t depth = 0;
	size_t deepest = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		char c = json[i];

		if (quoted) {
			i += c == '\\';
			quoted = c != '"';
		} else if (c == '"') {
			quoted = true;
		} else if (c == '{' || c == '[') {
			depth++;
			deepest = depth > deepest ? depth : deepest;
		} else if ((c == '}' || c == ']') && depth > 0) {
			depth--;
		}
	}
	return deepest;
}

static int parse(struct reader *reader, const char *json, size_t len, json_t **ret_root)
{
	if (len > MSG_BYTES_MAX) {
		return refuse(
			reader, NULL, MSG_TOO_LARGE, "is larger than %d bytes", MSG_BYTES_MAX);
	}
	if (depth_of(json, len) > MSG_DEPTH_MAX) {
		return refuse(reader, NULL, MSG_TOO_DEEP, "nests deeper than %d", MSG_DEPTH_MAX);
	}
	call_once(&allocator_once, set_allocator);
	allocation_failed = false;
	json_error_t error;
	json_t *root = json_loadb(json, len, JSON_REJECT_DUPLICATES, &error);
	if (allocation_failed) {
		json_decref(root);
		return -ENOMEM;
	}
	if (!root) {
		reader->error.line = error.line > 0 ? (size_t)error.line : 0;
		return refuse(reader, NULL, MSG_NOT_JSON, "is not JSON as we accept it, at byte %d",
			error.position);
	}
	*ret_root = root;
	return 0;
}

int msg_decode(const struct msg_type *type, const char *json, size_t len, struct msg_arena *arena,
	void *out, struct msg_error *ret_error)
{
	struct reader reader = {.arena = arena};
	cleanup(json_decref) json_t *root = NULL;

	memset(out, 0, type->size);
	int r = parse(&reader, json, len, &root);
	if (r == 0) {
		r = read_value(&reader, type, root, out);
	}
	if (r != 0) {
		memset(out, 0, type->size);
	}
	if (is_refusal(r) && ret_error) {
		*ret_error = reader.error;
	}
	return r;
}

int msg_survey(const struct msg_type *type, const char *json, size_t len, struct msg_arena *arena,
	void *out, msg_report *report, void *user)
{
	struct reader reader = {.arena = arena, .report = report, .user = user};
	cleanup(json_decref) json_t *root = NULL;

	memset(out, 0, type->size);
	int r = parse(&reader, json, len, &root);
	return r != 0 || !root ? r : read_value(&reader, type, root, out);
}
