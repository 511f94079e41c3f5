/* Films: what the player is to have ready or to play, and where it is in it (film.h). */
#include "coordinator/meeting/film.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "film_name.h"

/* ---- what is to be played ---- */

bool mtg_has_film(const struct item *item)
{
	return item->kind == ITEM_KIND_FILM && item->film[0] != '\0';
}

int mtg_player(const struct meeting *meeting)
{
	return meeting->core.film.player;
}

int mtg_film_in_hand(const struct meeting *meeting)
{
	int active = meeting->core.active_item;

	if (active != MTG_NONE && mtg_has_film(&meeting->items[active])) {
		return active;
	}
	for (size_t i = 0; i < meeting->core.n_items; i++) {
		int index = meeting->item_order[i];
		const struct item *item = &meeting->items[index];

		if (item->state == ITEM_STATE_PENDING && mtg_has_film(item)) {
			return index;
		}
	}
	return MTG_NONE;
}

const struct film *mtg_film(const struct meeting *meeting)
{
	static const struct film nothing = {.player = MTG_NONE, .item = MTG_NONE};
	const struct film *film = &meeting->core.film;

	return film->item != MTG_NONE && film->item == mtg_film_in_hand(meeting) ? film : &nothing;
}

bool mtg_film_is_wanted(const struct meeting *meeting)
{
	const struct film *film = mtg_film(meeting);

	return is_live(meeting) && film->wanted && film->item == meeting->core.active_item &&
	       film->state != FILM_STATE_ENDED;
}

static bool player_sends(const struct meeting *meeting)
{
	int player = meeting->core.film.player;
	enum media_state media =
		player == MTG_NONE ? MEDIA_STATE_NONE : meeting->sites[player].media;

	return (media == MEDIA_STATE_GOOD || media == MEDIA_STATE_DEGRADED) &&
	       !meeting->sites[player].barred;
}

/* Who has the floor goes before a film that runs. */
bool mtg_film_is_on_air(const struct meeting *meeting)
{
	enum film_state state = mtg_film(meeting)->state;

	return mtg_film_is_wanted(meeting) && meeting->core.floor.on_air == MTG_NONE &&
	       (state == FILM_STATE_READY || state == FILM_STATE_PLAYING) && player_sends(meeting);
}

static struct span position_at(const struct film *film, struct instant at)
{
	if (film->state != FILM_STATE_PLAYING) {
		return film->position;
	}
	return span_sum(film->position, span_between(film->at, at));
}

bool mtg_film_left(const struct meeting *meeting, struct instant at, struct span *ret_left)
{
	const struct film *film = mtg_film(meeting);

	if (!mtg_film_is_on_air(meeting) || !film->has_length) {
		return false;
	}
	int64_t left = film->length.ms - position_at(film, at).ms;
	*ret_left = (struct span){left > 0 ? left : 0};
	return true;
}

/* ---- started and stopped ---- */

void mtg_film_begin(struct meeting *meeting, int item, const struct mtg_record *record)
{
	struct film *film = &meeting->core.film;
	bool opened = film->item == item && film->has_length;

	if (!mtg_has_film(&meeting->items[item])) {
		return;
	}
	film->has_length = opened;
	film->length = opened ? film->length : (struct span){0};
	film->state = opened ? FILM_STATE_READY : FILM_STATE_UNSET;
	film->item = item;
	film->run++;
	film->wanted = true;
	film->since = record->at;
	film->at = record->at;
	film->position = (struct span){0};
}

void mtg_film_forget(struct meeting *meeting, int item)
{
	struct film *film = &meeting->core.film;

	if (film->item == item) {
		*film = (struct film){.player = film->player, .item = MTG_NONE, .run = film->run};
	}
}

int mtg_check_film(enum item_kind kind, const char *name)
{
	return name[0] == '\0' || (kind == ITEM_KIND_FILM && film_name_is_plain(name))
		       ? 0
		       : REFUSAL_INVALID;
}

/* ---- what the player says ---- */

/* A report about a film that is no longer in hand, or about an earlier start, is late. */
static bool is_late(const struct meeting *meeting, const struct cmd_film_observe *in)
{
	bool wanted = mtg_film_is_wanted(meeting);
	int item = mtg_find_item(meeting, in->item);

	return item == MTG_NONE || item != mtg_film_in_hand(meeting) ||
	       (wanted && in->run != meeting->core.film.run) ||
	       (!wanted && in->state == FILM_STATE_PLAYING);
}

bool mtg_film_is_news(
	const struct meeting *meeting, const struct cmd_film_observe *in, struct instant at)
{
	const struct film *film = mtg_film(meeting);
	int64_t drift = position_at(film, at).ms - in->position.ms;

	if (is_late(meeting, in)) {
		return false;
	}
	return film->item == MTG_NONE || film->state != in->state ||
	       film->has_length != in->has_length ||
	       (in->has_length && film->length.ms != in->length.ms) ||
	       (in->state == FILM_STATE_PLAYING &&
		       (drift > FILM_DRIFT_MS || drift < -FILM_DRIFT_MS));
}
