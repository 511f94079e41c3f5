/*
 * What a site may write on the screens of others: text without characters that change how the text
 * beside it is shown.
 */
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/declarations.h"

/* The code point at *at, which moves behind it. The text is UTF-8: it came as JSON. */
static uint32_t next_character(const unsigned char **at)
{
	uint32_t lead = *(*at)++;
	uint32_t more = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
	uint32_t character = more == 0 ? lead : lead & (0x3fu >> more);

	for (; more > 0 && **at; more--) {
		character = character << 6 | (*(*at)++ & 0x3fu);
	}
	return character;
}

/* C0 and C1 controls other than tabs and line ends, and marks that change the direction of text. */
static bool is_mark(uint32_t c)
{
	bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0);
	bool turning = c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
		       (c >= 0x2066 && c <= 0x2069);

	return control || turning || c == 0xfeff;
}

static bool is_words(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	while (*at) {
		if (is_mark(next_character(&at))) {
			return false;
		}
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

		if (text && !is_words(text)) {
			return REFUSAL_INVALID;
		}
	}
	return 0;
}
