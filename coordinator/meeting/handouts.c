#include "coordinator/meeting/handouts.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/files.h"

size_t mtg_handout_count(const struct meeting *meeting)
{
	return meeting->core.n_handouts;
}

const struct handout *mtg_handout(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_handouts);
	return &meeting->handouts[position];
}

enum receipt mtg_receipt(const struct meeting *meeting, const struct handout *handout, int site)
{
	const struct site *at = &meeting->sites[site];
	enum receipt receipt = (enum receipt)handout->receipts[site];

	if (receipt == RECEIPT_UNSET && handout->every_site && at->kind == SITE_KIND_REMOTE &&
		!at->removed) {
		return RECEIPT_OFFERED;
	}
	return receipt;
}

int64_t mtg_handouts_revision(const struct meeting *meeting)
{
	return meeting->core.revisions.handouts;
}

/* ---- offered ---- */

static int check_sites(const struct deciding *d, const struct cmd_handout_offer *in)
{
	for (size_t i = 0; i < in->n_sites; i++) {
		int site;
		int r = mtg_need_site(d->meeting, in->sites[i], &site);

		for (size_t k = 0; r == 0 && k < i; k++) {
			r = strcmp(in->sites[i], in->sites[k]) == 0 ? REFUSAL_INVALID : 0;
		}
		if (r != 0) {
			return r;
		}
	}
	return 0;
}

int mtg_check_offer(const struct meeting *meeting, const char *handout)
{
	if (!is_open(meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (mtg_find_handout(meeting, handout) != MTG_NONE) {
		return REFUSAL_EXISTS;
	}
	return meeting->core.n_handouts == HANDOUTS_MAX ? REFUSAL_LIMIT : 0;
}

int mtg_decide_handout_offer(struct deciding *d)
{
	const struct cmd_handout_offer *in = &d->command->body.handout_offer;

	if (!in->handout[0] || !in->title[0] || !mtg_is_file(&in->file)) {
		return REFUSAL_INVALID;
	}
	int r = mtg_check_offer(d->meeting, in->handout);
	if (r == 0) {
		r = check_sites(d, in);
	}
	if (r != 0) {
		return r;
	}
	struct ev_handout_offered *out = &mtg_emit(d, EV_HANDOUT_OFFERED)->handout_offered;
	TEXT_COPY(out->handout, in->handout);
	TEXT_COPY(out->title, in->title);
	out->has_sites = in->n_sites > 0;
	out->n_sites = in->n_sites;
	memcpy(out->sites, in->sites, sizeof(out->sites));
	out->file = in->file;
	return 0;
}

void mtg_apply_handout_offered(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_handout_offered *in = &record->event.handout_offered;
	struct handout *handout = &meeting->handouts[meeting->core.n_handouts++];

	TEXT_COPY(handout->id, in->handout);
	TEXT_COPY(handout->title, in->title);
	mtg_copy_file(&handout->file, &in->file);
	handout->wall = record->wall;
	handout->every_site = in->n_sites == 0;
	for (size_t i = 0; i < in->n_sites; i++) {
		handout->receipts[mtg_find_site(meeting, in->sites[i])] = RECEIPT_OFFERED;
	}
	meeting->core.revisions.handouts = record->seq;
}

/* ---- withdrawn ---- */

int mtg_decide_handout_withdraw(struct deciding *d)
{
	const struct cmd_handout_withdraw *in = &d->command->body.handout_withdraw;

	if (mtg_find_handout(d->meeting, in->handout) == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	TEXT_COPY(mtg_emit(d, EV_HANDOUT_WITHDRAWN)->handout_withdrawn.handout, in->handout);
	return 0;
}

void mtg_apply_handout_withdrawn(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_handout(meeting, record->event.handout_withdrawn.handout);
	size_t behind = meeting->core.n_handouts - (size_t)index - 1;
	struct handout *at = &meeting->handouts[index];

	memmove(at, at + 1, behind * sizeof(*at));
	meeting->core.n_handouts--;
	memset(&meeting->handouts[meeting->core.n_handouts], 0, sizeof(*at));
	meeting->core.revisions.handouts = record->seq;
}

/* ---- marked ---- */

int mtg_decide_handout_mark(struct deciding *d)
{
	const struct cmd_handout_mark *in = &d->command->body.handout_mark;
	int handout = mtg_find_handout(d->meeting, in->handout);
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0 || handout == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	enum receipt receipt = mtg_receipt(d->meeting, &d->meeting->handouts[handout], site);
	if (receipt == RECEIPT_UNSET) {
		return REFUSAL_NOT_FOUND; /* it is not for this site, which learns no more of it */
	}
	if (!is_word(in->receipt, RECEIPT_END)) {
		return REFUSAL_INVALID;
	}
	if (in->receipt <= receipt) {
		return REFUSAL_ALREADY;
	}
	struct ev_handout_marked *out = &mtg_emit(d, EV_HANDOUT_MARKED)->handout_marked;
	TEXT_COPY(out->handout, in->handout);
	TEXT_COPY(out->site, in->site);
	out->receipt = in->receipt;
	return 0;
}

void mtg_apply_handout_marked(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_handout_marked *in = &record->event.handout_marked;
	struct handout *handout = &meeting->handouts[mtg_find_handout(meeting, in->handout)];

	handout->receipts[mtg_find_site(meeting, in->site)] = (uint8_t)in->receipt;
	meeting->core.revisions.handouts = record->seq;
}
