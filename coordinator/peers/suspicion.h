/*
 * Does somebody send media in a site's name, or the site with a wrong key? By the relay's count of
 * packets it refused for that site. Pure.
 *
 * A line that doubles a packet now and then is no attack: only SUSPICION_PACKETS within a second
 * are, and they are remembered for SUSPICION_SPAN_MS.
 */
#ifndef DIEMCAU_COORDINATOR_SUSPICION_H
#define DIEMCAU_COORDINATOR_SUSPICION_H

#include <stdbool.h>
#include <stdint.h>

#include "units.h"

enum { SUSPICION_PACKETS = 20, SUSPICION_SPAN_MS = 5000 };

struct suspicion {
	bool begun;
	uint64_t counted;
	int64_t second;
	uint64_t in_second;
	struct instant until;
};

/*
 * Begin with all bytes zero. refused: since the relay began to count; the first is the mark the
 * next are measured by, and a lower one is a new relay's.
 */
void suspicion_note(struct suspicion *suspicion, uint64_t refused, struct instant now);

bool suspicion_holds(const struct suspicion *suspicion, struct instant now);

#endif
