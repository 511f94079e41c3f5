/* Small sentences that several views share. */
#include "coordinator/view/text.h"

#include <string.h>

#include "coordinator/meeting/derive.h"
#include "utf8.h"

void text_append(char *to, size_t size, const char *text)
{
	size_t used = strlen(to);

	text_copy(to + used, size - used, text);
}

void text_cut(char *text, size_t characters)
{
	text[utf8_first(text, characters)] = '\0';
}

void turn_timer_view(const struct meeting *meeting, int turn, struct wire_timer *ret)
{
	struct turn_timer timer;

	mtg_turn_timer(meeting, turn, &timer);
	TEXT_COPY(ret->turn, mtg_turn(meeting, turn)->id);
	ret->spoken = timer.spoken;
	ret->allowance = timer.allowance;
	ret->warning = timer.warning;
	ret->has_since = timer.running;
	if (timer.running) {
		ret->since = timer.since;
	}
}
