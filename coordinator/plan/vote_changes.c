/* What is put to the vote by a changed plan: votes go by their ids, and are replaced whole. */
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/votes.h"
#include "coordinator/plan/plan_changes_private.h"
#include "text_copy.h"

static bool is_same(const struct command *one, const struct command *other)
{
	return one && memcmp(&one->vote_add, &other->vote_add, sizeof(one->vote_add)) == 0;
}

/* Whether the meeting has it as the row says. */
static bool is_held(const struct meeting *meeting, const struct cmd_vote_add *row)
{
	const struct vote *vote = mtg_vote_by_id(meeting, row->vote);
	if (!vote || strcmp(vote->question, row->question) != 0 ||
		vote->n_options != row->n_options || vote->method != row->method) {
		return false;
	}
	for (size_t i = 0; i < row->n_options; i++) {
		if (strcmp(vote->options[i], row->options[i]) != 0) {
			return false;
		}
	}
	const char *item = vote->item == MTG_NONE ? "" : mtg_item(meeting, vote->item)->id;
	return strcmp(item, row->item) == 0;
}

static void take_back(struct comparing *comparing, const char *id)
{
	struct command command = {.name = CMD_VOTE_REMOVE};
	if (mtg_vote_by_id(comparing->given->meeting, id)) {
		text_copy(command.vote_remove.vote, VOTE_ID_SIZE, id);
		comparing_ask(comparing, &command);
	}
}

void comparing_votes(struct comparing *comparing)
{
	for (size_t i = 0; i < comparing->before.n; i++) {
		const struct command *row = &comparing->before.list[i];
		if (row->name == CMD_VOTE_ADD &&
			!plan_rows_find(&comparing->after, CMD_VOTE_ADD, row->vote_add.vote)) {
			take_back(comparing, row->vote_add.vote);
		}
	}
	for (size_t i = 0; i < comparing->after.n; i++) {
		const struct command *row = &comparing->after.list[i];
		if (row->name != CMD_VOTE_ADD ||
			is_held(comparing->given->meeting, &row->vote_add) ||
			is_same(plan_rows_find(
					&comparing->before, CMD_VOTE_ADD, row->vote_add.vote),
				row)) {
			continue;
		}
		take_back(comparing, row->vote_add.vote);
		comparing_ask(comparing, row);
	}
}
