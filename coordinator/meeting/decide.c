/*
 * Deciding: checks rights, then revisions, then calls the command's own function by gen/handlers.c.
 * To add a command, declare it in proto/schema and write its mtg_decide_ function in the file of
 * its area.
 */
#include "coordinator/meeting/decide.h"

#include "status.h"

static int decide(struct deciding *d)
{
	bool begun = d->meeting->core.about.state != MEETING_STATE_UNSET;
	int r = mtg_check_rights(d->meeting, d->command);

	if (r != 0) {
		return r;
	}
	if (!begun && d->command->body.name != CMD_MEETING_CREATE) {
		return REFUSAL_WRONG_STATE;
	}
	r = mtg_check_revision(d->meeting, d->command);
	r = r != 0 ? r : mtg_check_plain_text(d->command);
	r = r != 0 ? r : mtg_decide_command(d->command->body.name, d);
	return r != 0 ? r : mtg_check_pace(d);
}

int mtg_decide(const struct meeting *meeting, const struct mtg_command *command, struct now now,
	struct mtg_batch *ret)
{
	struct deciding d = {.meeting = meeting, .command = command, .now = now, .batch = ret};

	if (d.now.at.ms < meeting->core.at.ms) {
		d.now.at = meeting->core.at;
	}
	ret->n = 0;
	int r = decide(&d);
	if (is_refusal(r)) {
		ret->n = 0;
	}
	return r;
}
