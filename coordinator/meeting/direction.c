/* Who directs (direction.h). */
#include "coordinator/meeting/direction.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

const struct direction *mtg_direction(const struct meeting *meeting)
{
	return &meeting->core.direction;
}

static bool directs(const struct deciding *d)
{
	return d->command->by.has_account &&
	       strcmp(d->meeting->core.direction.account, d->command->by.account) == 0;
}

/* It begins with who gives this event: any offer of before is void. */
static void begin(struct meeting *meeting, const struct mtg_record *record)
{
	struct direction *direction = &meeting->core.direction;

	memset(direction, 0, sizeof(*direction));
	TEXT_COPY(direction->account, record->by.account);
	direction->since = record->wall;
	direction->link = LINK_STATE_ONLINE;
}

void mtg_direction_begins(struct meeting *meeting, const struct mtg_record *record)
{
	bool by_operator = record->by.role == ROLE_OPERATOR && record->by.has_account;

	if (by_operator && meeting->core.direction.account[0] == '\0') {
		begin(meeting, record);
	}
}

/* ---- taken over ---- */

int mtg_decide_direction_take(struct deciding *d)
{
	const struct cmd_direction_take *in = &d->command->body.direction_take;
	const struct direction *direction = &d->meeting->core.direction;
	bool had = direction->account[0] != '\0';

	if (!d->command->by.has_account) {
		return REFUSAL_FORBIDDEN;
	}
	if (directs(d)) {
		return REFUSAL_ALREADY;
	}
	if (had && direction->link == LINK_STATE_ONLINE) {
		return REFUSAL_DIRECTED;
	}
	if (had && (!in->has_reason || !in->reason[0])) {
		return REFUSAL_INVALID;
	}
	struct ev_direction_taken *out = &mtg_emit(d, EV_DIRECTION_TAKEN)->direction_taken;
	OPTIONAL_COPY(out, in, reason);
	return 0;
}

void mtg_apply_direction_taken(struct meeting *meeting, const struct mtg_record *record)
{
	begin(meeting, record);
}

/* ---- handed over ---- */

int mtg_decide_direction_offer(struct deciding *d)
{
	const struct cmd_direction_offer *in = &d->command->body.direction_offer;

	if (!directs(d)) {
		return REFUSAL_FORBIDDEN;
	}
	if (!in->to[0] || strcmp(in->to, d->command->by.account) == 0) {
		return REFUSAL_INVALID;
	}
	if (d->meeting->core.direction.offer.number != 0) {
		return REFUSAL_ALREADY;
	}
	struct ev_direction_offered *out = &mtg_emit(d, EV_DIRECTION_OFFERED)->direction_offered;
	TEXT_COPY(out->to, in->to);
	OPTIONAL_COPY(out, in, note);
	return 0;
}

void mtg_apply_direction_offered(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_direction_offered *in = &record->event.direction_offered;
	struct direction_offer *offer = &meeting->core.direction.offer;

	offer->number = record->seq;
	offer->at = record->at;
	TEXT_COPY(offer->to, in->to);
	TEXT_COPY(offer->note, in->has_note ? in->note : "");
}

/* Whether this very offer stands. */
static bool stands(const struct deciding *d, uint64_t offer)
{
	int64_t number = d->meeting->core.direction.offer.number;

	return number != 0 && (uint64_t)number == offer;
}

/* Whoever it is offered to answers it. */
static int check_answer(const struct deciding *d, uint64_t offer)
{
	if (!stands(d, offer)) {
		return REFUSAL_NOT_FOUND;
	}
	return d->command->by.has_account && strcmp(d->meeting->core.direction.offer.to,
						     d->command->by.account) == 0
		       ? 0
		       : REFUSAL_FORBIDDEN;
}

int mtg_decide_direction_accept(struct deciding *d)
{
	uint64_t offer = d->command->body.direction_accept.offer;
	int r = check_answer(d, offer);

	if (r == 0) {
		mtg_emit(d, EV_DIRECTION_ACCEPTED)->direction_accepted.offer = offer;
	}
	return r;
}

void mtg_apply_direction_accepted(struct meeting *meeting, const struct mtg_record *record)
{
	begin(meeting, record);
}

int mtg_decide_direction_decline(struct deciding *d)
{
	const struct cmd_direction_decline *in = &d->command->body.direction_decline;
	int r = check_answer(d, in->offer);

	if (r != 0) {
		return r;
	}
	struct ev_direction_declined *out = &mtg_emit(d, EV_DIRECTION_DECLINED)->direction_declined;
	out->offer = in->offer;
	OPTIONAL_COPY(out, in, note);
	return 0;
}

static void end_offer(struct meeting *meeting)
{
	memset(&meeting->core.direction.offer, 0, sizeof(meeting->core.direction.offer));
}

void mtg_apply_direction_declined(struct meeting *meeting, const struct mtg_record *record)
{
	(void)record;
	end_offer(meeting);
}

int mtg_decide_direction_withdraw(struct deciding *d)
{
	uint64_t offer = d->command->body.direction_withdraw.offer;

	if (!stands(d, offer)) {
		return REFUSAL_NOT_FOUND;
	}
	if (!directs(d)) {
		return REFUSAL_FORBIDDEN;
	}
	mtg_emit(d, EV_DIRECTION_WITHDRAWN)->direction_withdrawn.offer = offer;
	return 0;
}

void mtg_apply_direction_withdrawn(struct meeting *meeting, const struct mtg_record *record)
{
	(void)record;
	end_offer(meeting);
}

/* ---- connected ---- */

int mtg_decide_direction_link(struct deciding *d)
{
	const struct cmd_direction_link *in = &d->command->body.direction_link;
	const struct direction *direction = &d->meeting->core.direction;

	if (in->link != LINK_STATE_ONLINE && in->link != LINK_STATE_LOST) {
		return REFUSAL_INVALID;
	}
	if (direction->account[0] == '\0' || strcmp(in->account, direction->account) != 0 ||
		in->link == direction->link) {
		return 0;
	}
	struct ev_direction_linked *out = &mtg_emit(d, EV_DIRECTION_LINKED)->direction_linked;
	TEXT_COPY(out->account, in->account);
	out->link = in->link;
	return 0;
}

void mtg_apply_direction_linked(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.direction.link = record->event.direction_linked.link;
}
