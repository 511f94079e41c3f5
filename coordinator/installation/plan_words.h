/*
 * What the plan that a meeting was made from says for its printed papers: nothing in the meeting
 * follows from it, so it is not in the journal (decision 63).
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_PLAN_WORDS_H
#define DIEMCAU_COORDINATOR_INSTALLATION_PLAN_WORDS_H

#include "domain_msg.h"

struct plan;

struct plan_words {
	const struct paper_words *words; /* NULL: the plan has none, or is not there any more */
	struct plan *plan; /* of the words; owned */
};

/* Reads the folder of the plan of a meeting's place; to be finished. */
void plan_words_read(const char *folder, struct plan_words *ret_words);
void plan_words_finish(struct plan_words *words);

#endif
