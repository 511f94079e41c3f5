/* A walk over the type tables of a part. */
#include "coordinator/plan/name_forms.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "coordinator/plan/name_text.h"
#include "proto/gen/tables.h"
#include "utf8.h"

enum { POINT_SIZE = sizeof("U+10FFFF") };

struct walk {
	struct plan_diagnostics *faults;
	struct plan_place place;
	const char *field;
	size_t number; /* of the element of a list, from 1; 0: none */
	bool told_garbled;
};

/* ---- texts ---- */

static bool has_lines(const struct msg_type *type)
{
	return type == &msg_topic || type == &msg_note;
}

static bool is_letter(uint32_t point)
{
	return (point | 0x20) - 'a' < 26 || point >= 0xc0;
}

/* Two bytes of UTF-8 as two letters of Windows' code pages 1252 and 1258: á», Ã´, Ä‘, Æ°. */
static bool is_wrong_pair(uint32_t first, uint32_t second)
{
	bool continues =
		(second >= 0x80 && second < 0xc0) || (second >= 0x2018 && second <= 0x203a);
	return continues && (first == 0xe1 || first == 0xc3 || first == 0xc4 || first == 0xc6);
}

/* Letters read in another code page, or lost to one: Ä‘iá»ƒm, Đi?m. */
static bool is_garbled(const char *text)
{
	uint32_t before = 0, last = 0, point;
	bool address = strstr(text, "://");
	for (size_t left = strlen(text), n; left > 0; text += n, left -= n) {
		n = utf8_read(text, left, &point);
		n = n ? n : 1;
		bool lost = last == '?' && is_letter(before) && is_letter(point) && !address;
		if (lost || is_wrong_pair(last, point)) {
			return true;
		}
		before = last;
		last = point;
	}
	return false;
}

static void tell(struct walk *walk, enum plan_diagnostic_code code, const char *text,
	const char *other_text, const struct msg_type *wanted)
{
	char field[PLAN_FIELD_SIZE];
	snprintf(field, sizeof(field), walk->number ? "%s/%zu" : "%s", walk->field, walk->number);
	plan_diagnostics_add(walk->faults, &(struct plan_finding){.code = code,
						   .place = walk->place,
						   .field = field,
						   .text = text,
						   .wanted = wanted,
						   .other_text = other_text});
}

static void tell_unfolded(
	struct walk *walk, int why, uint32_t point, const struct msg_type *type, const char *text)
{
	char name[POINT_SIZE];
	switch (why) {
	case NAME_TEXT_BLANK:
		tell(walk, PLAN_BLANK, NULL, NULL, NULL);
		return;
	case NAME_TEXT_LINE_BREAK:
		tell(walk, PLAN_LINE_BREAK, text, NULL, NULL);
		return;
	case NAME_TEXT_INVISIBLE:
		snprintf(name, sizeof(name), "U+%04X", (unsigned)(point & 0x1fffff));
		tell(walk, PLAN_INVISIBLE, text, name, NULL);
		return;
	default:
		tell(walk, PLAN_WRONG_LENGTH, text, NULL, type);
	}
}

/* Of a garbled file one line is enough. */
static int fold_text(struct walk *walk, const struct msg_type *type, char *text)
{
	uint32_t point = 0;
	if (is_garbled(text)) {
		if (!walk->told_garbled) {
			tell(walk, PLAN_GARBLED, text, NULL, NULL);
		}
		walk->told_garbled = true;
		memset(text, 0, type->size);
		return 0;
	}
	int r = has_lines(type) ? name_text_fold_lines(text, type->size, &point)
				: name_text_fold(text, type->size, &point);
	if (r > NAME_TEXT_FOLDED) {
		tell_unfolded(walk, r, point, type, text);
		memset(text, 0, type->size);
	}
	return r < 0 ? r : 0;
}

/* 1, 01 and 001 are one number, written with two digits. */
static void widen_number(char *id, size_t size)
{
	size_t zeros = strspn(id, "0"), length = strlen(id);
	if (strspn(id, "0123456789") != length || length == 2) {
		return;
	}
	size_t digits = length - zeros;
	if (digits >= 2) {
		memmove(id, id + zeros, digits + 1);
	} else if (size > 2) {
		char last = id[length - 1];
		memset(id, 0, size);
		id[0] = '0';
		id[1] = last;
	}
}

static int fold_string(struct walk *walk, const struct msg_type *type, char *text)
{
	if (text[0] == '\0') {
		return 0;
	}
	if (type == &msg_item_id || type == &msg_list_id || type == &msg_vote_id) {
		widen_number(text, type->size);
	}
	return type->check ? 0 : fold_text(walk, type, text);
}

static unsigned char *elements_of(const struct msg_field *field, void *value)
{
	unsigned char *elements = (unsigned char *)value + field->offset;
	if (field->type->in_arena) {
		memcpy(&elements, (unsigned char *)value + field->offset, sizeof(elements));
	}
	return elements;
}

/* ---- the walk ---- */

static int fold_list(struct walk *walk, const struct msg_field *field, unsigned char *value)
{
	const struct msg_type *element = field->type->element;
	size_t count;
	memcpy(&count, value + field->beside, sizeof(count));
	unsigned char *elements = elements_of(field, value);
	int r = 0;
	for (size_t i = 0; i < count && r == 0 && element->kind == MSG_STRING; i++) {
		walk->number = i + 1;
		r = fold_string(walk, element, (char *)elements + i * element->size);
	}
	walk->number = 0;
	return r;
}

static int fold_struct(struct walk *walk, const struct msg_type *type, unsigned char *value)
{
	int r = 0;
	for (size_t i = 0; i < type->n_fields && r == 0; i++) {
		const struct msg_field *field = &type->fields[i];
		walk->field = field->name;
		if (field->type->kind == MSG_STRING) {
			r = fold_string(walk, field->type, (char *)value + field->offset);
		} else if (field->type->kind == MSG_ARRAY) {
			r = fold_list(walk, field, value);
		} else if (field->type->kind == MSG_STRUCT) {
			r = fold_struct(walk, field->type, value + field->offset);
		}
	}
	return r;
}

static bool is_rows(const struct msg_type *type)
{
	return type->n_fields == 1 && type->fields[0].type->kind == MSG_ARRAY &&
	       type->fields[0].type->element->kind == MSG_STRUCT;
}

int plan_fold_names(const struct msg_type *type, void *value, const struct plan_part *part,
	struct plan_diagnostics *faults)
{
	struct walk walk = {.faults = faults, .place = plan_part_whole(part)};
	if (!is_rows(type)) {
		return fold_struct(&walk, type, value);
	}
	const struct msg_field *rows = &type->fields[0];
	const struct msg_type *element = rows->type->element;
	unsigned char *elements = elements_of(rows, value);
	size_t count;
	memcpy(&count, (unsigned char *)value + rows->beside, sizeof(count));
	int r = 0;
	for (size_t i = 0; i < count && r == 0; i++) {
		walk.place = plan_part_place(part, i);
		r = fold_struct(&walk, element, elements + i * element->size);
	}
	return r;
}
