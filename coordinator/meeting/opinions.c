/* Written opinions (opinions.h). */
#include "coordinator/meeting/opinions.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

size_t mtg_opinion_count(const struct meeting *meeting)
{
	return meeting->core.n_opinions;
}

const struct opinion *mtg_opinion(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_opinions);
	return &meeting->opinions[position];
}

int64_t mtg_opinions_revision(const struct meeting *meeting)
{
	return meeting->core.revisions.opinions;
}

/* Items in which something is put up for an opinion. */
static bool takes_opinions(enum item_kind kind)
{
	return kind == ITEM_KIND_APPROVAL || kind == ITEM_KIND_REPORT ||
	       kind == ITEM_KIND_PRESENTATIONS || kind == ITEM_KIND_DISCUSSION;
}

int mtg_item_for_opinions(const struct meeting *meeting)
{
	int active = meeting->core.active_item;

	return is_live(meeting) && active != MTG_NONE && takes_opinions(meeting->items[active].kind)
		       ? active
		       : MTG_NONE;
}

static size_t opinions_of(const struct meeting *meeting, int item, int site)
{
	size_t n = 0;

	for (size_t i = 0; i < meeting->core.n_opinions; i++) {
		n += meeting->opinions[i].item == item && meeting->opinions[i].site == site;
	}
	return n;
}

size_t mtg_opinions_left(const struct meeting *meeting, int site)
{
	int item = mtg_item_for_opinions(meeting);

	if (item == MTG_NONE || meeting->core.n_opinions == OPINIONS_MAX) {
		return 0;
	}
	size_t given = opinions_of(meeting, item, site);
	return given < OPINIONS_PER_SITE_MAX ? OPINIONS_PER_SITE_MAX - given : 0;
}

int mtg_decide_opinion_give(struct deciding *d)
{
	const struct cmd_opinion_give *in = &d->command->body.opinion_give;
	int item = mtg_find_item(d->meeting, in->item), site;
	int r = mtg_need_venue(d->meeting, in->site, &site);

	if (r != 0 || item == MTG_NONE) {
		return r != 0 ? r : REFUSAL_NOT_FOUND;
	}
	if (!is_live(d->meeting) || item != d->meeting->core.active_item) {
		return REFUSAL_WRONG_STATE;
	}
	if (mtg_item_for_opinions(d->meeting) == MTG_NONE) {
		return REFUSAL_NO_OPINIONS;
	}
	if (!in->text[0]) {
		return REFUSAL_INVALID;
	}
	if (mtg_opinions_left(d->meeting, site) == 0) {
		return REFUSAL_LIMIT;
	}
	struct ev_opinion_given *out = &mtg_emit(d, EV_OPINION_GIVEN)->opinion_given;
	out->opinion = d->meeting->core.n_opinions + 1;
	TEXT_COPY(out->item, in->item);
	TEXT_COPY(out->site, in->site);
	TEXT_COPY(out->text, in->text);
	OPTIONAL_COPY(out, in, unit);
	return 0;
}

void mtg_apply_opinion_given(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_opinion_given *in = &record->event.opinion_given;
	struct opinion *opinion = &meeting->opinions[meeting->core.n_opinions++];

	opinion->item = mtg_find_item(meeting, in->item);
	opinion->site = mtg_find_site(meeting, in->site);
	opinion->at = record->at;
	opinion->wall = record->wall;
	opinion->state = OPINION_STATE_GIVEN;
	TEXT_COPY(opinion->text, in->text);
	TEXT_COPY(opinion->unit, in->has_unit ? in->unit : "");
	opinion->revision = meeting->core.revisions.opinions = record->seq;
}

/* In every state: what was asked is answered when there is time. */
int mtg_decide_opinion_mark(struct deciding *d)
{
	const struct cmd_opinion_mark *in = &d->command->body.opinion_mark;

	if (in->opinion < 1 || in->opinion > d->meeting->core.n_opinions) {
		return REFUSAL_NOT_FOUND;
	}
	const struct opinion *opinion = &d->meeting->opinions[in->opinion - 1];
	if (!is_word(in->state, OPINION_STATE_END) || in->state == OPINION_STATE_GIVEN) {
		return REFUSAL_INVALID;
	}
	if (in->state <= opinion->state) {
		return REFUSAL_ALREADY;
	}
	struct ev_opinion_marked *out = &mtg_emit(d, EV_OPINION_MARKED)->opinion_marked;
	out->opinion = in->opinion;
	TEXT_COPY(out->site, d->meeting->sites[opinion->site].id);
	out->state = in->state;
	OPTIONAL_COPY(out, in, note);
	return 0;
}

void mtg_apply_opinion_marked(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_opinion_marked *in = &record->event.opinion_marked;
	struct opinion *opinion = &meeting->opinions[in->opinion - 1];

	opinion->state = in->state;
	opinion->marked_by = record->by;
	if (in->has_note) {
		TEXT_COPY(opinion->note, in->note);
	}
	opinion->revision = meeting->core.revisions.opinions = record->seq;
}
