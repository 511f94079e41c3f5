/* Views of the bell: see bell_views.h. */
#include "coordinator/view/bell_views.h"

#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/bell.h"
#include "text_copy.h"

static bool say_last(const struct meeting *meeting, struct bell_brief *ret)
{
	const struct bell *bell = mtg_bell(meeting);

	ret->bell = bell->number;
	ret->reason = bell->reason;
	ret->at = bell->at;
	return bell->number > 0;
}

/* The pause that is under way; *ret_next: why the bell rings in it next, or unset. */
static bool say_pause(
	const struct meeting *meeting, struct pause_brief *ret, enum bell_reason *ret_next)
{
	int pause = mtg_pause(meeting);
	struct next_bell next;

	memset(ret, 0, sizeof(*ret));
	*ret_next = BELL_REASON_UNSET;
	if (pause == MTG_NONE) {
		return false;
	}
	ret->kind = mtg_item(meeting, pause)->kind;
	ret->has_ends = mtg_pause_end(meeting, pause, &ret->ends);
	ret->has_bell = mtg_next_bell(meeting, &next) && next.item == pause;
	if (ret->has_bell) {
		ret->bell = next.at;
		*ret_next = next.reason;
	}
	return true;
}

void bell_view(const struct meeting *meeting, struct wire_bell_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->held = mtg_bell(meeting)->held;
	ret->has_last = say_last(meeting, &ret->last);
	ret->has_pause = ret->has_item = say_pause(meeting, &ret->pause, &ret->next);
	ret->has_next = ret->next != BELL_REASON_UNSET;
	if (ret->has_item) {
		TEXT_COPY(ret->item, mtg_item(meeting, mtg_pause(meeting))->id);
	}
}

void bell_view_desired(const struct meeting *meeting, struct wire_site_desired *ret)
{
	enum bell_reason next;

	ret->has_pause = say_pause(meeting, &ret->pause, &next);
	ret->has_bell = say_last(meeting, &ret->bell);
}
