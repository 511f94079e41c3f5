/* Films: played again, stopped, and what follows from how the player stands. */
#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

static int check_active(const struct deciding *d, const char *id)
{
	int item;
	int r = mtg_need_item(d->meeting, id, &item);

	if (r != 0) {
		return r;
	}
	if (!is_live(d->meeting) || item != d->meeting->core.active_item) {
		return REFUSAL_WRONG_STATE;
	}
	return mtg_has_film(&d->meeting->items[item]) ? 0 : REFUSAL_NO_FILM;
}

int mtg_decide_film_play(struct deciding *d)
{
	const struct cmd_film_play *in = &d->command->body.film_play;
	int r = check_active(d, in->item);

	if (r != 0) {
		return r;
	}
	if (d->meeting->core.floor.on_air != MTG_NONE) {
		return REFUSAL_TURN_ON_AIR;
	}
	TEXT_COPY(mtg_emit(d, EV_FILM_STARTED)->film_started.item, in->item);
	return 0;
}

void mtg_apply_film_started(struct meeting *meeting, const struct mtg_record *record)
{
	mtg_film_begin(meeting, mtg_find_item(meeting, record->event.film_started.item), record);
	meeting->core.revisions.agenda = record->seq;
}

int mtg_decide_film_stop(struct deciding *d)
{
	const struct cmd_film_stop *in = &d->command->body.film_stop;
	int r = check_active(d, in->item);

	if (r != 0) {
		return r;
	}
	if (!mtg_film_is_wanted(d->meeting)) {
		return REFUSAL_ALREADY;
	}
	TEXT_COPY(mtg_emit(d, EV_FILM_STOPPED)->film_stopped.item, in->item);
	return 0;
}

void mtg_apply_film_stopped(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.film.wanted = false;
	meeting->core.revisions.agenda = record->seq;
}

/* The item ends with its film, unless somebody has the floor in it. */
static void finish_with_film(struct deciding *d, const struct cmd_film_observe *in)
{
	bool over = in->state == FILM_STATE_ENDED && mtg_film_is_wanted(d->meeting);

	if (over && d->meeting->core.floor.on_air == MTG_NONE) {
		mtg_emit_active_item_over(d);
	}
}

int mtg_decide_film_observe(struct deciding *d)
{
	const struct cmd_film_observe *in = &d->command->body.film_observe;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (site != d->meeting->core.film.player || !is_word((int)in->state, FILM_STATE_END) ||
		!is_planned_span(in->position) ||
		(in->has_length && !is_planned_span(in->length))) {
		return REFUSAL_INVALID;
	}
	if (!mtg_film_is_news(d->meeting, in, d->now.at)) {
		return 0;
	}
	struct ev_film_observed *out = &mtg_emit(d, EV_FILM_OBSERVED)->film_observed;
	TEXT_COPY(out->item, in->item);
	out->state = in->state;
	out->position = in->position;
	out->has_length = in->has_length;
	out->length = in->has_length ? in->length : (struct span){0};
	finish_with_film(d, in);
	return 0;
}

void mtg_apply_film_observed(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_film_observed *in = &record->event.film_observed;
	struct film *film = &meeting->core.film;
	int item = mtg_find_item(meeting, in->item);

	if (film->item != item) {
		film->item = item;
		film->wanted = false;
		film->since = (struct instant){0};
	}
	film->state = in->state;
	film->at = record->at;
	film->position = in->position;
	film->has_length = in->has_length;
	film->length = in->length;
}
