/*
 * The codec: JSON text (RFC 8259) to C structs and back, by the tables generated from proto/schema.
 *
 * Every input uses it: websocket, relay, journal payloads, files on disk. It is never laxer than
 * the schema, and in these points stricter than a JSON Schema validator: no duplicate or unknown
 * member, no NUL (\u0000) in a string, no lone surrogate, integers written without fraction or
 * exponent (1.0 is refused), valid UTF-8, no byte order mark, MSG_BYTES_MAX and MSG_DEPTH_MAX.
 * Lengths are counted in code points. To add a message: edit proto/schema, run proto/gen.py.
 *
 *	struct event event;
 *	struct msg_error error;
 *	int r = msg_decode(&msg_event, json, size, NULL, &event, &error);
 *	if (r > 0) { answer(msg_code_word(error.code), error.path, error.text); }
 */
#ifndef DIEMCAU_PROTO_CODEC_CODEC_H
#define DIEMCAU_PROTO_CODEC_CODEC_H

#include <stddef.h>

#include "bounds.h"
#include "cleanup.h"
#include "proto/codec/arena.h"
#include "proto/codec/type_table.h"
#include "proto/gen/tables.h"

enum {
	MSG_BYTES_MAX = MESSAGE_TO_PEER_MAX, /* of one document; inputs from peers have lower
					      * limits */
	MSG_DEPTH_MAX = MESSAGE_DEPTH_MAX, /* nested objects and arrays */
	MSG_PATH_SIZE = 192,
	MSG_TEXT_SIZE = 128,
	MSG_VALUE_SIZE = 96,
};

/* Why a document is refused: the positive results of msg_decode. */
enum msg_code {
	MSG_OK,
	MSG_TOO_LARGE, /* more than MSG_BYTES_MAX */
	MSG_TOO_DEEP, /* more than MSG_DEPTH_MAX */
	MSG_NOT_JSON, /* also invalid UTF-8, a NUL in a string, a duplicate member */
	MSG_WRONG_TYPE, /* a string instead of an integer, a fraction, null ... */
	MSG_MISSING, /* a required member */
	MSG_UNKNOWN, /* a member the schema does not know */
	MSG_UNKNOWN_WORD, /* a word outside its list */
	MSG_OUT_OF_RANGE, /* integer */
	MSG_WRONG_LENGTH, /* code points of a string */
	MSG_WRONG_FORM, /* pattern of a string */
	MSG_WRONG_COUNT, /* elements of an array */
};

struct msg_error {
	enum msg_code code;
	char path[MSG_PATH_SIZE]; /* JSON Pointer (RFC 6901), "" for the document; ASCII */
	char text[MSG_TEXT_SIZE]; /* one English sentence for a log or a developer */
	const struct msg_type *type; /* of the refused or missing value; NULL: the document */
	size_t line; /* MSG_NOT_JSON: the line, from 1 */
	char value[MSG_VALUE_SIZE]; /* of a survey: the text or number found, cut; else "" */
};

/*
 * Decodes one document of len bytes into *out, a value of the type's struct.
 *
 * Arrays longer than 16 elements are in the arena until it is reset; for a type without such arrays
 * (commands, events) arena may be NULL and *out is a plain value that may be copied. *out is zeroed
 * first, padding too, and again on failure. 0; -ENOMEM; a positive enum msg_code, with details in
 * *ret_error (may be NULL; set on refusal only).
 */
int msg_decode(const struct msg_type *type, const char *json, size_t len, struct msg_arena *arena,
	void *out, struct msg_error *ret_error);

typedef void msg_report(void *user, const struct msg_error *error);

/*
 * msg_decode for files that people write: reports every fault, not only the first. Each is reported
 * (the error is valid during the call), the value it concerns stays zero, and reading continues.
 * *out is complete if nothing was reported; otherwise it serves only to look for further faults. 0
 * or -ENOMEM.
 */
int msg_survey(const struct msg_type *type, const char *json, size_t len, struct msg_arena *arena,
	void *out, msg_report *report, void *user);

/*
 * A growing text. All bytes zero is an empty one; data is NUL-terminated once anything was added.
 */
struct msg_text {
	char *data;
	size_t len;
	size_t capacity;
};

/*
 * Appends the value as JSON, without spaces, members in the order of the schema: equal values give
 * equal bytes. A value that breaks the schema (an unset word, a string too long or not UTF-8, a
 * number out of range, elements in an absent array) is a programming error: -EINVAL, and the text
 * is unchanged. 0, -EINVAL, -ENOMEM. Every encoded value can be decoded.
 */
int msg_append(const struct msg_type *type, const void *in, struct msg_text *text);
/* A member of a struct in JSON form already: as the codec itself encoded it, NUL-terminated. */
struct msg_written {
	const char *member;
	const char *json;
};
/*
 * msg_append for a struct of which some members are encoded already: these are inserted unchecked,
 * and their fields in *in are not read. The type is a struct, not a variant.
 */
int msg_append_around(const struct msg_type *type, const void *in,
	const struct msg_written *written, size_t n_written, struct msg_text *text);
/* Reserves len more bytes, set to zero (websocket headers before the payload). 0 or -ENOMEM. */
int msg_text_reserve(struct msg_text *text, size_t len);
void msg_text_finish(struct msg_text *text);

/*
 * The same into a new string, which the caller owns and frees with msg_free (or cleanup(msg_free)
 * char *json).
 */
int msg_encode(const struct msg_type *type, const void *in, char **ret_json, size_t *ret_len);
DEFINE_CLEANUP(char *, msg_free)

/*
 * The machine word of an enum's value, "unset" for 0 and "unknown" beyond: never NULL. type is the
 * table of an enum, for example &msg_refusal.
 */
const char *msg_enum_name(const struct msg_type *type, int value);
/* The value of a word; 0 if there is none. */
int msg_enum_value(const struct msg_type *type, const char *word);

/* "too_large", "wrong_type" ...: stable machine-readable words. */
const char *msg_code_word(enum msg_code code);

#endif
