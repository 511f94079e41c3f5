/* The options of a vote as a plan has them, in one text, parted by semicolons. Pure. */
#ifndef DIEMCAU_COORDINATOR_PLAN_VOTE_OPTIONS_H
#define DIEMCAU_COORDINATOR_PLAN_VOTE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "domain_msg.h"

/* False where there are not two to eight, one is too long, or two are alike. Blanks around each are
   left out, and so is an empty one at the end. */
bool vote_options_split(const char *text,
	char ret[static CMD_VOTE_ADD_OPTIONS_MAX][VOTE_OPTION_SIZE], size_t *ret_n);

#endif
