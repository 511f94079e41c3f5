/* The status of a site: its link, its spare, its media and the signs it measures. */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

int mtg_decide_site_link(struct deciding *d)
{
	const struct cmd_site_link *in = &d->command->body.site_link;
	int index;
	int r = mtg_need_site(d->meeting, in->site, &index);

	if (r != 0) {
		return r;
	}
	if (in->link != LINK_STATE_ONLINE && in->link != LINK_STATE_LOST) {
		return REFUSAL_INVALID;
	}
	const struct site *site = &d->meeting->sites[index];
	bool same_instance = !in->has_instance || strcmp(in->instance, site->instance) == 0;
	if ((in->link == site->link && same_instance) ||
		(in->link == LINK_STATE_LOST && site->link == LINK_STATE_ABSENT)) {
		return 0;
	}
	struct ev_site_linked *out = &mtg_emit(d, EV_SITE_LINKED)->site_linked;
	TEXT_COPY(out->site, in->site);
	out->link = in->link;
	OPTIONAL_COPY(out, in, instance);
	OPTIONAL_COPY(out, in, address);
	OPTIONAL_COPY(out, in, reason);
	return 0;
}

/* What the protocol of a vote says of a link that changes. */
static enum vote_remark_kind remark_of(enum link_state was, enum link_state now)
{
	if (now != LINK_STATE_ONLINE) {
		return VOTE_REMARK_KIND_DROPPED;
	}
	return was == LINK_STATE_LOST ? VOTE_REMARK_KIND_RETURNED : VOTE_REMARK_KIND_ARRIVED;
}

void mtg_apply_site_linked(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_linked *in = &record->event.site_linked;
	int index = mtg_find_site(meeting, in->site);
	struct site *site = &meeting->sites[index];

	if (site->link != in->link) {
		site->link_since = record->at;
		mtg_disturb_vote(meeting, remark_of(site->link, in->link), index, record);
	}
	site->link = in->link;
	if (in->has_instance) {
		TEXT_COPY(site->instance, in->instance);
	}
	if (in->has_address) {
		TEXT_COPY(site->address, in->address);
	}
}

int mtg_decide_site_spare(struct deciding *d)
{
	const struct cmd_site_spare *in = &d->command->body.site_spare;
	int index;
	int r = mtg_need_site(d->meeting, in->site, &index);

	if (r != 0) {
		return r;
	}
	const struct site *site = &d->meeting->sites[index];
	bool same_instance = !in->waiting || !in->has_instance ||
			     strcmp(in->instance, site->spare_instance) == 0;
	if (in->waiting == site->spare && same_instance) {
		return 0;
	}
	struct ev_site_spared *out = &mtg_emit(d, EV_SITE_SPARED)->site_spared;
	TEXT_COPY(out->site, in->site);
	out->waiting = in->waiting;
	OPTIONAL_COPY(out, in, instance);
	return 0;
}

void mtg_apply_site_spared(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_spared *in = &record->event.site_spared;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];

	site->spare = in->waiting;
	TEXT_COPY(site->spare_instance, in->waiting && in->has_instance ? in->instance : "");
}

int mtg_decide_site_promote(struct deciding *d)
{
	const struct cmd_site_promote *in = &d->command->body.site_promote;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!d->meeting->sites[site].spare) {
		return REFUSAL_WRONG_STATE;
	}
	struct ev_site_promoted *out = &mtg_emit(d, EV_SITE_PROMOTED)->site_promoted;
	TEXT_COPY(out->site, in->site);
	return 0;
}

void mtg_apply_site_promoted(struct meeting *meeting, const struct mtg_record *record)
{
	struct site *site =
		&meeting->sites[mtg_find_site(meeting, record->event.site_promoted.site)];

	site->spare = false;
	TEXT_COPY(site->instance, site->spare_instance);
	TEXT_COPY(site->spare_instance, "");
	site->revision = record->seq;
}

/* The relay has waited SILENT_SPAN before it reports silence. */
int mtg_decide_site_media(struct deciding *d)
{
	const struct cmd_site_media *in = &d->command->body.site_media;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!is_word(in->media, MEDIA_STATE_END)) {
		return REFUSAL_INVALID;
	}
	if (d->meeting->core.relay.link == LINK_STATE_LOST ||
		in->media == d->meeting->sites[site].media) {
		return 0;
	}
	struct ev_site_media_changed *out = &mtg_emit(d, EV_SITE_MEDIA_CHANGED)->site_media_changed;
	TEXT_COPY(out->site, in->site);
	out->media = in->media;
	if (in->media == MEDIA_STATE_SILENT && mtg_input_on_air(d->meeting) == site) {
		int turn = d->meeting->core.floor.on_air;

		mtg_emit_interrupted(d, turn, INTERRUPT_CAUSE_MEDIA_SILENT);
		mtg_emit_alarm(d,
			site == d->meeting->core.main_venue ? ALARM_KIND_MAIN_VENUE_LOST
							    : ALARM_KIND_MEDIA_SILENT,
			site, turn);
	}
	return 0;
}

void mtg_apply_site_media_changed(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_media_changed *in = &record->event.site_media_changed;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];

	site->media = in->media;
	site->media_since = record->at;
}

int mtg_decide_site_observe(struct deciding *d)
{
	const struct cmd_site_observe *in = &d->command->body.site_observe;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!is_word(in->sign, SIGN_END)) {
		return REFUSAL_INVALID;
	}
	if (d->meeting->sites[site].signs[in->sign] == in->present) {
		return 0;
	}
	struct ev_site_observed *out = &mtg_emit(d, EV_SITE_OBSERVED)->site_observed;
	TEXT_COPY(out->site, in->site);
	out->sign = in->sign;
	out->present = in->present;
	return 0;
}

void mtg_apply_site_observed(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_observed *in = &record->event.site_observed;
	struct site *site = &meeting->sites[mtg_find_site(meeting, in->site)];

	site->signs[in->sign] = in->present;
	site->signs_since[in->sign] = record->at;
}
