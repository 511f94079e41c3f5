/* Small sentences that several views share. */
#include "coordinator/view/text.h"

#include <string.h>

#include "coordinator/meeting/derive.h"

static void put(char *to, size_t room, const char *text, size_t length)
{
	if (length >= room) {
		length = room - 1;
		while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
			length--;
		}
	}
	memcpy(to, text, length);
	to[length] = '\0';
}

void text_copy(char *to, size_t size, const char *text)
{
	put(to, size, text, strlen(text));
}

void text_copy_part(char *to, size_t size, const char *text, size_t length)
{
	put(to, size, text, length);
}

void text_append(char *to, size_t size, const char *text)
{
	size_t used = strlen(to);

	put(to + used, size - used, text, strlen(text));
}

void text_cut(char *text, size_t characters)
{
	for (; *text; text++) {
		bool begins = ((unsigned char)*text & 0xC0) != 0x80;

		if (begins && characters-- == 0) {
			*text = '\0';
			return;
		}
	}
}

void turn_timer_view(const struct meeting *meeting, int turn, struct wire_timer *ret)
{
	struct turn_timer timer;

	mtg_turn_timer(meeting, turn, &timer);
	text_copy(ret->turn, sizeof(ret->turn), mtg_turn(meeting, turn)->id);
	ret->spoken = timer.spoken;
	ret->allowance = timer.allowance;
	ret->warning = timer.warning;
	ret->has_since = timer.running;
	if (timer.running) {
		ret->since = timer.since;
	}
}
