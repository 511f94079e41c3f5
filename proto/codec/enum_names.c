/* Machine words: of any enum of the schema, and of the codec's own refusals. */
#include <string.h>

#include "proto/codec/codec.h"

const char *msg_enum_name(const struct msg_type *type, int value)
{
	if (value == 0) {
		return "unset";
	}
	return value < 0 || (size_t)value > type->n_words ? "unknown" : type->words[value - 1];
}

int msg_enum_value(const struct msg_type *type, const char *word)
{
	for (size_t i = 0; i < type->n_words; i++) {
		if (strcmp(type->words[i], word) == 0) {
			return (int)i + 1;
		}
	}
	return 0;
}

const char *msg_code_word(enum msg_code code)
{
	static const char *const words[] = {
		[MSG_OK] = "ok",
		[MSG_TOO_LARGE] = "too_large",
		[MSG_TOO_DEEP] = "too_deep",
		[MSG_NOT_JSON] = "not_json",
		[MSG_WRONG_TYPE] = "wrong_type",
		[MSG_MISSING] = "missing",
		[MSG_UNKNOWN] = "unknown",
		[MSG_UNKNOWN_WORD] = "unknown_word",
		[MSG_OUT_OF_RANGE] = "out_of_range",
		[MSG_WRONG_LENGTH] = "wrong_length",
		[MSG_WRONG_FORM] = "wrong_form",
		[MSG_WRONG_COUNT] = "wrong_count",
	};

	return words[code];
}
