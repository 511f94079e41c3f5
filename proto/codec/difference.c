#include "proto/codec/difference.h"

#include <string.h>

static const struct msg_field *field_named(const struct msg_type *type, const char *name)
{
	for (size_t i = 0; i < type->n_fields; i++) {
		if (strcmp(type->fields[i].name, name) == 0) {
			return &type->fields[i];
		}
	}
	return NULL;
}

static bool is_present(const void *value, const struct msg_field *field)
{
	return field->presence == MSG_REQUIRED ||
	       *(const bool *)((const char *)value + field->presence);
}

/* Kinds of which nothing is a value. */
static bool may_be_empty(const struct msg_type *type)
{
	return (type->kind == MSG_STRING || type->kind == MSG_ARRAY) && type->min == 0;
}

static bool differs(const struct msg_field *field, const void *before, const void *after)
{
	bool was = is_present(before, field);
	bool is = is_present(after, field);
	const char *one = (const char *)before + field->offset;
	const char *other = (const char *)after + field->offset;
	if (was != is || !is) {
		return was != is;
	}
	size_t count = field->type->kind == MSG_ARRAY ? sizeof(size_t) : 0;
	return memcmp(one, other, field->type->size) != 0 ||
	       memcmp((const char *)before + field->beside, (const char *)after + field->beside,
		       count) != 0;
}

/* Both fields have the same type; the array is in place. */
static void set(
	const struct msg_field *from, const void *value, const struct msg_field *to, void *out)
{
	*(bool *)((char *)out + to->presence) = true;
	memcpy((char *)out + to->offset, (const char *)value + from->offset, from->type->size);
	if (from->type->kind == MSG_ARRAY) {
		memcpy((char *)out + to->beside, (const char *)value + from->beside,
			sizeof(size_t));
	}
}

bool msg_difference(const struct msg_type *whole, const void *before, const void *after,
	const struct msg_type *edit, void *out)
{
	bool any = false;
	for (size_t i = 0; i < edit->n_fields; i++) {
		const struct msg_field *to = &edit->fields[i];
		const struct msg_field *from = field_named(whole, to->name);
		if (!from || to->presence == MSG_REQUIRED || from->type->size != to->type->size ||
			!differs(from, before, after)) {
			continue;
		}
		if (is_present(after, from) || may_be_empty(to->type)) {
			set(from, after, to, out);
			any = true;
		}
	}
	return any;
}
