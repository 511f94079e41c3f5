#include "coordinator/installation/plan_words.h"

#include "coordinator/plan/plan.h"

void plan_words_read(const char *folder, struct plan_words *ret_words)
{
	struct plan_diagnostics faults = {0};
	*ret_words = (struct plan_words){0};
	if (plan_load(folder, &ret_words->plan, &faults) != 0) {
		ret_words->plan = NULL;
	} else if (ret_words->plan->meeting.has_papers) {
		ret_words->words = &ret_words->plan->meeting.papers;
	}
	plan_diagnostics_finish(&faults);
}

void plan_words_finish(struct plan_words *words)
{
	plan_destroy(words->plan);
}
