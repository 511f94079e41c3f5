/* What a site may write on the screens of others: words, and no marks that act upon what is beside.
 */
#include "coordinator/meeting/decide.h"

/* The code point at *at, which then stands behind it. The text is UTF-8: it came as JSON. */
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

/* Controls of C0 and C1 but tabs and line ends, and what turns the direction of the writing. */
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

int mtg_check_words(const struct mtg_order *order)
{
	const struct command *command = &order->command;
	const char *text = "";

	if (order->by.role != ROLE_SITE) {
		return 0;
	}
	if (command->name == CMD_TURN_REQUEST && command->turn_request.has_topic) {
		text = command->turn_request.topic;
	} else if (command->name == CMD_TURN_WITHDRAW && command->turn_withdraw.has_reason) {
		text = command->turn_withdraw.reason;
	} else if (command->name == CMD_MESSAGE_SEND) {
		text = command->message_send.text;
	} else if (command->name == CMD_SITE_SIGN && command->site_sign.has_evidence) {
		text = command->site_sign.evidence;
	}
	return is_words(text) ? 0 : REFUSAL_INVALID;
}
