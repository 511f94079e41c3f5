#include "coordinator/view/opinion_views.h"

#include <errno.h>
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/view/text.h"
#include "coordinator/view/told_programme.h"
#include "text_copy.h"

static void say_opinion(
	const struct meeting *meeting, size_t position, struct wire_opinion_view *ret)
{
	const struct opinion *opinion = mtg_opinion(meeting, position);

	memset(ret, 0, sizeof(*ret));
	ret->opinion = position + 1;
	TEXT_COPY(ret->item, mtg_item(meeting, opinion->item)->id);
	TEXT_COPY(ret->site, mtg_site(meeting, opinion->site)->id);
	TEXT_COPY(ret->text, opinion->text);
	ret->wall = opinion->wall;
	ret->state = opinion->state;
	ret->has_unit = opinion->unit[0] != '\0';
	TEXT_COPY(ret->unit, opinion->unit);
	ret->has_marked_by = opinion->state != OPINION_STATE_GIVEN;
	ret->marked_by = opinion->marked_by;
	ret->has_note = opinion->note[0] != '\0';
	TEXT_COPY(ret->note, opinion->note);
}

int opinion_views(const struct meeting *meeting, int64_t since, struct msg_arena *arena,
	const struct wire_opinion_view **ret, size_t *ret_n)
{
	size_t n = 0, all = mtg_opinion_count(meeting);

	for (size_t i = 0; i < all; i++) {
		n += mtg_opinion(meeting, i)->revision > since;
	}
	struct wire_opinion_view *views = n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;
	if (n > 0 && !views) {
		return -ENOMEM;
	}
	*ret = views;
	*ret_n = n;
	for (size_t i = 0; i < all; i++) {
		if (mtg_opinion(meeting, i)->revision > since) {
			say_opinion(meeting, i, views++);
		}
	}
	return 0;
}

static void tell(const struct meeting *meeting, size_t position, struct told_opinion *ret)
{
	const struct opinion *opinion = mtg_opinion(meeting, position);

	ret->opinion = position + 1;
	text_copy(ret->begins, sizeof(ret->begins), opinion->text);
	text_cut(ret->begins, NAME_CHARS);
	ret->at = told_time_of(meeting, opinion->wall);
	ret->state = opinion->state;
	ret->has_note = opinion->note[0] != '\0';
	TEXT_COPY(ret->note, opinion->note);
}

bool opinion_views_brief(const struct meeting *meeting, int site, struct opinion_brief *ret)
{
	int item = mtg_item_for_opinions(meeting);

	for (size_t i = mtg_opinion_count(meeting);
		i-- > 0 && ret->n_given < OPINION_BRIEF_GIVEN_MAX;) {
		if (mtg_opinion(meeting, i)->site == site) {
			tell(meeting, i, &ret->given[ret->n_given++]);
		}
	}
	ret->has_item = item != MTG_NONE;
	if (ret->has_item) {
		TEXT_COPY(ret->item, mtg_item(meeting, item)->id);
		ret->left = (uint32_t)mtg_opinions_left(meeting, site);
	}
	return ret->has_item || ret->n_given > 0;
}
