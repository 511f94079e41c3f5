/* Who was honoured, and who signed. */
#include "coordinator/meeting/acts.h"
#include "coordinator/minutes/compile.h"
#include "text_copy.h"

static size_t count_acts(const struct meeting *meeting, int item)
{
	size_t n = 0;

	for (int i = 0; i < (int)mtg_act_count(meeting); i++) {
		n += mtg_act(meeting, i)->item == item;
	}
	return n;
}

static void compile_act(
	const struct compiling *compiling, const struct act *act, struct minutes_act *out)
{
	ARRAY_COPY(out->name, act->name);
	out->has_office = act->office[0] != '\0';
	ARRAY_COPY(out->office, act->office);
	out->has_recipient = act->recipient != RECIPIENT_UNSET;
	out->recipient = act->recipient;
	out->has_award = act->award[0] != '\0';
	ARRAY_COPY(out->award, act->award);
	out->has_giver = act->giver[0] != '\0';
	ARRAY_COPY(out->giver, act->giver);
	out->state = act->state;
	out->has_shown = act->was_shown;
	if (act->was_shown) {
		out->shown =
			whole_moment(&compiling->recorder->seconds, act->shown, act->shown_wall);
	}
}

int compile_acts(const struct compiling *compiling, int item, struct minutes_item *out)
{
	const struct meeting *meeting = compiling->meeting;
	size_t n = count_acts(meeting, item);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_act), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_act *acts = list;
	for (int i = 0; i < (int)mtg_act_count(meeting); i++) {
		if (mtg_act(meeting, i)->item == item) {
			compile_act(compiling, mtg_act(meeting, i), &acts[out->n_acts++]);
		}
	}
	out->has_acts = n > 0;
	out->acts = acts;
	return 0;
}
