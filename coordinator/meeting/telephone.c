/*
 * A turn by telephone: a site whose line is down is heard through a telephone that is patched at
 * another one. Sound and microphone are those of where the telephone comes in (mtg_turn_input), the
 * picture is a slate (scene.c), the turn stays its own site's.
 */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

/* Whoever is on air must be heard from there at once; the main venue is heard in its hall. */
static int check_heard(const struct deciding *d, const struct turn *turn, int input)
{
	const struct site *site = &d->meeting->sites[input];
	bool no_media = site->media == MEDIA_STATE_NONE || site->media == MEDIA_STATE_SILENT;

	return turn->state == TURN_STATE_ON_AIR && no_media && site->kind != SITE_KIND_MAIN
		       ? REFUSAL_SITE_SILENT
		       : 0;
}

static int check_attach(
	const struct deciding *d, const struct turn *turn, const struct cmd_turn_telephone *in)
{
	const char *note = in->has_note ? in->note : "";
	int at;
	int r = mtg_need_venue(d->meeting, in->at, &at);

	if (r != 0) {
		return r;
	}
	if (at == turn->site) {
		return REFUSAL_INVALID;
	}
	if (d->meeting->sites[at].barred) {
		return REFUSAL_SITE_BARRED;
	}
	if (turn->by_telephone && turn->telephone == at &&
		strcmp(note, turn->telephone_note) == 0) {
		return REFUSAL_ALREADY;
	}
	return check_heard(d, turn, at);
}

static int check_detach(
	const struct deciding *d, const struct turn *turn, const struct cmd_turn_telephone *in)
{
	if (in->has_note) {
		return REFUSAL_INVALID;
	}
	return turn->by_telephone ? check_heard(d, turn, turn->site) : REFUSAL_ALREADY;
}

int mtg_decide_turn_telephone(struct deciding *d)
{
	const struct cmd_turn_telephone *in = &d->command->body.turn_telephone;
	int index;
	int r = mtg_need_turn(d->meeting, in->turn, &index);

	if (r != 0) {
		return r;
	}
	const struct turn *turn = &d->meeting->turns[index];
	if (!is_open(d->meeting) || (turn->state != TURN_STATE_ON_AIR && !is_upcoming(turn))) {
		return REFUSAL_WRONG_STATE;
	}
	r = in->has_at ? check_attach(d, turn, in) : check_detach(d, turn, in);
	if (r != 0) {
		return r;
	}
	struct ev_turn_telephoned *out = &mtg_emit(d, EV_TURN_TELEPHONED)->turn_telephoned;
	TEXT_COPY(out->turn, in->turn);
	OPTIONAL_COPY(out, in, at);
	OPTIONAL_COPY(out, in, note);
	return 0;
}

/* Who is next there has seen nothing yet. */
void mtg_apply_turn_telephoned(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_turn_telephoned *in = &record->event.turn_telephoned;
	int index = mtg_find_turn(meeting, in->turn);
	struct turn *turn = &meeting->turns[index];

	mtg_hang_up(turn);
	if (in->has_at) {
		turn->by_telephone = true;
		turn->telephone = mtg_find_site(meeting, in->at);
		TEXT_COPY(turn->telephone_note, in->has_note ? in->note : "");
	}
	if (turn->state == TURN_STATE_CUED) {
		turn->acknowledged = false;
		turn->cued = record->at;
	}
	meeting->core.revisions.floor = record->seq;
	mtg_list_changed(meeting, turn, record);
}

int mtg_input_on_air(const struct meeting *meeting)
{
	int turn = meeting->core.floor.on_air;

	return turn == MTG_NONE ? MTG_NONE : mtg_turn_input(&meeting->turns[turn]);
}

bool mtg_telephone_is_on_air(const struct meeting *meeting)
{
	int turn = meeting->core.floor.on_air;

	return turn != MTG_NONE && meeting->turns[turn].by_telephone;
}
