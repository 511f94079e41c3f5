/*
 * The form of the generated tables: one msg_type for each definition of proto/schema.
 *
 * gen/tables.h declares them as msg_NAME; the codec interprets them. No other code needs their
 * fields: a msg_type is passed to the functions of codec.h.
 */
#ifndef DIEMCAU_PROTO_CODEC_TYPE_TABLE_H
#define DIEMCAU_PROTO_CODEC_TYPE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum msg_kind {
	MSG_KIND_UNSET,
	MSG_STRING, /* char[size], NUL at the end */
	MSG_INTEGER, /* 4 or 8 bytes, signed when min < 0 */
	MSG_BOOLEAN, /* bool */
	MSG_ENUM, /* C enum: 0 unset, then the words in order */
	MSG_CONST, /* one word, not stored */
	MSG_STRUCT, /* fields */
	MSG_ARRAY, /* elements in place, or a pointer into the arena; the count is stored beside
		    * it */
	MSG_CHOICE, /* body of a struct, chosen by an enum beside it */
	MSG_VARIANT, /* struct of an enum and a union, chosen by a word inside the JSON object */
};

/* presence of a field without has_NAME: it is required. */
#define MSG_REQUIRED SIZE_MAX

struct msg_field;

struct msg_type {
	enum msg_kind kind;
	const char *name; /* of the definition */
	size_t size; /* bytes of the C value; of an array in the arena: of the pointer */
	int64_t min; /* integer: range; string: code points; array: elements */
	int64_t max;
	bool (*check)(const char *text); /* string with a pattern; may be NULL */
	const char *const *words; /* enum, const, variant */
	size_t n_words;
	const struct msg_field *fields; /* struct */
	size_t n_fields;
	const struct msg_type *element; /* array */
	bool in_arena; /* array */
	const struct msg_type *const *arms; /* choice, variant: arms[value - 1] */
	const char *tag; /* variant: the member that holds the word */
	size_t body; /* variant: offset of the union */
};

struct msg_field {
	const char *name;
	const struct msg_type *type;
	size_t offset;
	size_t beside; /* array: offset of the count; choice: offset of the enum */
	size_t presence; /* offset of has_NAME, or MSG_REQUIRED */
};

#endif
