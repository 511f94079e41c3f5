/*
 * Detects media sent in a site's name, or by the site with a wrong key, by the relay's count of
 * packets it refused for that site. Pure.
 *
 * Single duplicates on a line are no attack: only FORGERY_DETECTOR_PACKETS within a second are, and
 * count for FORGERY_DETECTOR_SPAN_MS.
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
 * Begin with all bytes zero. refused: the total since the relay's start; the first call sets the
 * baseline, and a lower total comes from a new relay.
 */
void forgery_detector_add(
	struct forgery_detector *forgery_detector, uint64_t refused, struct instant now);

bool forgery_detector_alarmed(const struct forgery_detector *forgery_detector, struct instant now);

#endif
