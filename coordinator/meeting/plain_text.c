/*
 * What a site may write on the screens of others: text without characters that change how the text
 * beside it is shown.
 */
#include <string.h>

#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/declarations.h"
#include "utf8.h"

/* C0 and C1 controls other than tabs and line ends, and marks that change the direction of text. */
static bool is_mark(uint32_t c)
{
	bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0);
	bool turning = c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
		       (c >= 0x2066 && c <= 0x2069);

	return control || turning || c == 0xfeff;
}

bool mtg_is_plain_text(const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		uint32_t character;
		size_t length = utf8_read(text, left, &character);

		if (length == 0 || is_mark(character)) {
			return false;
		}
		text += length;
		left -= length;
	}
	return true;
}

int mtg_check_plain_text(const struct mtg_command *command)
{
	const struct command *body = &command->body;

	if (command->by.role != ROLE_SITE) {
		return 0;
	}
	for (size_t i = 0; i < DECLARED_TEXTS_MAX; i++) {
		const char *text = member_text(body, mtg_commands[body->name].texts[i]);

		if (text && !mtg_is_plain_text(text)) {
			return REFUSAL_INVALID;
		}
	}
	return 0;
}
