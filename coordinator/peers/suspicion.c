#include "coordinator/peers/suspicion.h"

enum { MS_PER_SECOND = 1000 };

void suspicion_note(struct suspicion *suspicion, uint64_t refused, struct instant now)
{
	uint64_t mark = suspicion->begun ? suspicion->counted : refused;
	uint64_t more = refused >= mark ? refused - mark : refused;
	int64_t second = now.ms / MS_PER_SECOND;
	suspicion->begun = true;
	suspicion->counted = refused;
	suspicion->in_second = suspicion->second == second ? suspicion->in_second + more : more;
	suspicion->second = second;
	if (suspicion->in_second >= SUSPICION_PACKETS) {
		suspicion->until.ms = now.ms + SUSPICION_SPAN_MS;
	}
}

bool suspicion_holds(const struct suspicion *suspicion, struct instant now)
{
	return now.ms < suspicion->until.ms;
}
