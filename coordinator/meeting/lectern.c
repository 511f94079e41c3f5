/* The speaker's screen: see lectern.h. */
#include "coordinator/meeting/lectern.h"

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

static const char *turn_on_air(const struct meeting *meeting)
{
	int on_air = meeting->core.floor.on_air;

	return on_air == MTG_NONE ? "" : meeting->turns[on_air].id;
}

const char *mtg_lectern_text(const struct meeting *meeting)
{
	const struct lectern *lectern = &meeting->core.lectern;
	bool stands = lectern->takes == meeting->core.floor.takes &&
		      strcmp(lectern->turn, turn_on_air(meeting)) == 0;

	return is_open(meeting) && stands ? lectern->text : "";
}

bool mtg_lectern_is_dark(const struct meeting *meeting)
{
	return is_open(meeting) && meeting->core.lectern.dark;
}

int mtg_decide_speaker_tell(struct deciding *d)
{
	const struct cmd_speaker_tell *in = &d->command->body.speaker_tell;
	const char *text = in->has_text ? in->text : "";

	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (strcmp(mtg_lectern_text(d->meeting), text) == 0) {
		return REFUSAL_ALREADY;
	}
	struct ev_speaker_told *out = &mtg_emit(d, EV_SPEAKER_TOLD)->speaker_told;

	out->has_text = in->has_text;
	TEXT_COPY(out->text, text);
	return 0;
}

void mtg_apply_speaker_told(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_speaker_told *in = &record->event.speaker_told;
	struct lectern *lectern = &meeting->core.lectern;

	TEXT_COPY(lectern->text, in->has_text ? in->text : "");
	TEXT_COPY(lectern->turn, in->has_text ? turn_on_air(meeting) : "");
	lectern->takes = in->has_text ? meeting->core.floor.takes : 0;
}

int mtg_decide_speaker_darken(struct deciding *d)
{
	const struct cmd_speaker_darken *in = &d->command->body.speaker_darken;

	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (mtg_lectern_is_dark(d->meeting) == in->dark) {
		return REFUSAL_ALREADY;
	}
	mtg_emit(d, EV_SPEAKER_DARKENED)->speaker_darkened.dark = in->dark;
	return 0;
}

void mtg_apply_speaker_darkened(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.lectern.dark = record->event.speaker_darkened.dark;
}
