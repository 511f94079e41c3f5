/*
 * Does somebody send media in a site's name, or the site with a wrong key? By the relay's count of
 * packets it refused for that site. Pure.
 *
 * A line that doubles a packet now and then is no attack: only FORGERY_DETECTOR_PACKETS within a
 * second are, and they are remembered for FORGERY_DETECTOR_SPAN_MS.
 */
#ifndef DIEMCAU_COORDINATOR_TELEMETRY_FORGERY_DETECTOR_H
#define DIEMCAU_COORDINATOR_TELEMETRY_FORGERY_DETECTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "units.h"

enum { FORGERY_DETECTOR_PACKETS = 20, FORGERY_DETECTOR_SPAN_MS = 5000 };

struct forgery_detector {
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
void forgery_detector_add(
	struct forgery_detector *forgery_detector, uint64_t refused, struct instant now);

bool forgery_detector_alarmed(const struct forgery_detector *forgery_detector, struct instant now);

#endif
