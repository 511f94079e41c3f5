#include "coordinator/autopilot/hold_vote.h"

#include <string.h>

#include "text_copy.h"

static enum autopilot_verdict send(
	enum command_name name, const struct wire_vote_view *vote, struct command *command)
{
	*command = (struct command){.name = name};
	if (name == CMD_VOTE_OPEN) {
		TEXT_COPY(command->vote_open.vote, vote->vote);
	} else {
		TEXT_COPY(command->vote_close.vote, vote->vote);
	}
	return AUTOPILOT_SEND;
}

enum autopilot_verdict hold_open_vote(
	const struct meeting_mirror *mirror, struct instant now, struct command *command)
{
	for (size_t i = 0; i < mirror->n_votes; i++) {
		const struct wire_vote_view *vote = &mirror->votes[i];
		if (vote->state != VOTE_STATE_OPEN) {
			continue;
		}
		bool over = vote->counted >= vote->sites ||
			    span_between(vote->opened, now).ms >= AUTOPILOT_VOTE_MS;
		return over ? send(CMD_VOTE_CLOSE, vote, command) : AUTOPILOT_WAIT;
	}
	return AUTOPILOT_DONE;
}

enum autopilot_verdict hold_vote_of(const struct meeting_mirror *mirror, const char *item,
	struct instant now, struct command *command)
{
	enum autopilot_verdict verdict = hold_open_vote(mirror, now, command);
	for (size_t i = 0; i < mirror->n_votes && verdict == AUTOPILOT_DONE; i++) {
		const struct wire_vote_view *vote = &mirror->votes[i];
		bool due = vote->state == VOTE_STATE_PLANNED && vote->has_item &&
			   strcmp(vote->item, item) == 0;
		if (due) {
			return send(CMD_VOTE_OPEN, vote, command);
		}
	}
	return verdict;
}
