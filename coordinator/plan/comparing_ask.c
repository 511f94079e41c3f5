/* A command that a changed plan asks for: tried on the copy of the meeting, and listed. */
#include <stdlib.h>

#include "coordinator/meeting/meeting.h"
#include "coordinator/plan/plan_changes_private.h"

static struct plan_change *append(struct comparing *comparing)
{
	struct plan_changes *changes = comparing->changes;
	if (changes->n == changes->capacity) {
		size_t capacity = changes->capacity ? changes->capacity * 2 : 16;
		struct plan_change *list = realloc(changes->list, capacity * sizeof(*list));
		if (!list) {
			comparing->without_memory = true;
			return NULL;
		}
		changes->list = list;
		changes->capacity = capacity;
	}
	return &changes->list[changes->n++];
}

void comparing_ask(struct comparing *comparing, const struct command *command)
{
	struct meeting *meeting = comparing->given->meeting;
	struct mtg_command asked = {.by = {.role = ROLE_SYSTEM}, .body = *command};
	int refusal = mtg_decide(meeting, &asked, comparing->given->now, comparing->batch);
	if (refusal == REFUSAL_ALREADY || (refusal == 0 && comparing->batch->n == 0)) {
		return;
	}
	for (size_t i = 0; refusal == 0 && i < comparing->batch->n; i++) {
		mtg_apply(meeting, &comparing->batch->records[i]);
	}
	struct plan_change *change = append(comparing);
	if (change) {
		change->command = *command;
		change->refusal = (enum refusal)refusal;
		comparing->changes->n_refused += refusal != 0;
	}
}
