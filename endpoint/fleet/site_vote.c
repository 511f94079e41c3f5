#include "endpoint/fleet/site_vote.h"

#include <stdio.h>
#include <string.h>

#include "text_copy.h"

bool site_vote_is_due(const struct wire_site_desired *desired)
{
	bool by_name = desired->vote.method == VOTE_METHOD_BY_NAME;

	return desired->has_vote && desired->vote.ballots < (by_name ? SITE_VOTE_VOTERS : 1);
}

/* A hall of 20 to 49; in every seventh one is against, where there is something to be against. */
static void count_hall(const struct wire_site_desired *desired, struct cmd_vote_cast *cast)
{
	uint32_t present = 20 + desired->number % 30;
	uint32_t against = desired->number % 7 == 0;

	cast->has_count = true;
	cast->count.present = cast->count.cast = present;
	cast->count.n_answers = desired->vote.n_options;
	cast->count.answers[0] = present - against;
	cast->count.answers[1] = against;
}

static void name_voter(const struct wire_site_desired *desired, struct cmd_vote_cast *cast)
{
	cast->has_voter = cast->has_choice = true;
	cast->choice = 1;
	snprintf(cast->voter, sizeof(cast->voter), "delegate %u", desired->vote.ballots + 1);
}

void site_vote_cast(
	const struct wire_site_desired *desired, const char *site, struct command *ret_command)
{
	struct cmd_vote_cast *cast = &ret_command->vote_cast;

	*ret_command = (struct command){.name = CMD_VOTE_CAST};
	TEXT_COPY(cast->vote, desired->vote.vote);
	TEXT_COPY(cast->site, site);
	if (desired->vote.method == VOTE_METHOD_BY_NAME) {
		name_voter(desired, cast);
	} else {
		count_hall(desired, cast);
	}
}
